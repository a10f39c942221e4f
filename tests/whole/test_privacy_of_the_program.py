"""No socket is opened, and nothing of a person stands outside the encrypted files (IN-08, SA-06).

The program runs from outside in a home and a temporary folder of its own; a small module that
every Python process loads at its start writes down each try to reach the net, also of children.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from village_app.resources import resource

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "三只白鹅过石桥去赶集"
ROSTER = "三组户籍花名册.xlsx"
WATCH = """
import os
import socket

_usual = socket.socket.__init__

def _watched(self, family=-1, *args, **named):
    if family != getattr(socket, "AF_UNIX", None):
        with open(os.environ["NET_TRIES"], "a") as file:
            print("socket", family, file=file)
        raise OSError("no net here")
    _usual(self, family, *args, **named)

socket.socket.__init__ = _watched
"""


class Home:
    """Where a run may leave something: its data, its home, its temporary folder, its output."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.data, self.out = base / "资料", base / "给人的"
        self.tries = base / "tries.txt"
        watch = base / "watch"
        for folder in (watch, self.out, base / "home", base / "tmp"):
            folder.mkdir()
        (watch / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
        self.variables = {
            **os.environ,
            "VILLAGE_APP_PASSWORD": PASSWORD,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": os.pathsep.join((str(watch), str(ROOT))),
            "NET_TRIES": str(self.tries),
            "HOME": str(base / "home"),
            "XDG_DATA_HOME": str(base / "home" / "share"),
            "TMPDIR": str(base / "tmp"),
        }

    def say(self, *words: str | Path) -> str:
        """Let the program do something and give what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "village_app", *map(str, words)],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.base,
            env=self.variables,
        )
        # 1 says that there are findings: some rows of the roster are wrong on purpose.
        assert done.returncode in {0, 1}, done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A village that was set up, filled from a spreadsheet, backed up, checked and exported."""
    home = Home(tmp_path_factory.mktemp("whole"))
    home.say(
        "init", "--village", "隔坑村", "--town", "横沥镇", "--user", "陈丽珍", "--data", home.data
    )
    home.say("import", resource("sample", ROSTER), "--data", home.data, "--commit")
    home.say("backup", home.out, "--data", home.data)
    home.say("check", "--data", home.data)
    home.say("export", "residents", home.out / "居民.xlsx", "--data", home.data)
    return home


def seeded() -> list[str]:
    """Names, identity numbers and phones of the roster that was brought in."""
    from openpyxl import load_workbook

    book = load_workbook(resource("sample", ROSTER), read_only=True)
    found: set[str] = set()
    for sheet in book.worksheets:
        for line in sheet.iter_rows(values_only=True):
            texts = [str(value).strip() for value in line if value is not None]
            if any(len(text) == 18 and text[:17].isdigit() for text in texts):
                found.update(text for text in texts if text.isdigit() and len(text) >= 11)
                found.update(text for text in texts if len(text) == 18 and text[:17].isdigit())
                found.update(text for text in texts if 2 <= len(text) <= 4 and not text.isascii())
    book.close()
    return sorted(found - {"汉族", "本人", "群众", "户主", "配偶", "长子", "长女", "农业"})


def test_a_whole_day_of_work_opens_no_socket(lived_in: Home) -> None:
    assert not lived_in.tries.exists(), lived_in.tries.read_text(encoding="utf-8")


def test_the_watch_would_have_seen_a_socket(lived_in: Home, tmp_path: Path) -> None:
    tries = tmp_path / "tries.txt"
    done = subprocess.run(
        [sys.executable, "-c", "import socket; socket.socket()"],
        capture_output=True,
        check=False,
        env={**lived_in.variables, "NET_TRIES": str(tries)},
    )
    assert done.returncode != 0
    assert tries.exists()


def test_nothing_of_a_person_stands_outside_the_encrypted_files(lived_in: Home) -> None:
    sought = seeded()
    assert len(sought) > 20
    encodings = ("utf-8", "utf-16-le", "gb18030")
    patterns = [(text, text.encode(encoding)) for text in sought for encoding in encodings]
    told = {
        (str(path.relative_to(lived_in.base)), text)
        for path in sorted(lived_in.base.rglob("*"))
        if path.is_file() and path.name != "居民.xlsx"
        for content in (path.read_bytes(),)
        for text, pattern in patterns
        # Two characters are four bytes of chance in a megabyte of noise: names count from three.
        if len(pattern) >= 6 and pattern in content
    }
    assert told == set()
