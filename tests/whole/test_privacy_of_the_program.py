"""No socket is opened, and nothing of a person stands outside the encrypted files (IN-08, SA-06).

The program runs from outside in a home and a temporary folder of its own; a small module that
every Python process loads at its start writes down each try to reach the net, also of children.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.seed_search.shipped import ROSTER, people_of_the_roster
from village_app.resources import resource

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "三只白鹅过石桥去赶集"
SECOND_ROSTER = "电话更新.csv"
LOCAL = re.compile(r"socket\((AF_UNIX|AF_LOCAL|AF_NETLINK)\b")
# What is given away on purpose, with names and masked numbers.
GIVEN = frozenset({"居民.xlsx", "修改记录清单.xlsx"})
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
        self.tries, self.sockets = base / "tries.txt", base / "sockets.txt"
        self.said: list[str] = []
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
        return self.run("village_app", *words)

    def run(self, module: str, *words: str | Path, under: Sequence[str] = ()) -> str:
        """Run a module in this home, under another program where one is given."""
        done = subprocess.run(
            [*under, sys.executable, "-m", module, *map(str, words)],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.base,
            env=self.variables,
        )
        # 1 says that there are findings: some rows of the roster are wrong on purpose.
        assert done.returncode in ({0, 1} if module == "village_app" else {0}), done.stderr
        self.said.append(done.stdout + done.stderr)
        return self.said[-1]


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
    roster = resource("sample", SECOND_ROSTER)
    home.run("tests.whole.window_day", home.data, home.out, roster, under=watcher(home))
    return home


def watcher(home: Home) -> Sequence[str]:
    """Watch every socket of the process and its children, where the system can."""
    if shutil.which("strace") is None:
        return ()
    return ("strace", "-f", "--seccomp-bpf", "-e", "trace=socket", "-o", str(home.sockets))


def test_k09_a_whole_day_of_work_opens_no_socket(lived_in: Home) -> None:
    assert not lived_in.tries.exists(), lived_in.tries.read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("strace") is None, reason="没有 strace")
def test_k09_a_day_in_the_window_opens_no_socket_but_those_of_its_own_desk(lived_in: Home) -> None:
    """What Qt and the engine open beside Python's own sockets; D-Bus and X11 are local."""
    opened = [line for line in lived_in.sockets.read_text().splitlines() if " socket(" in line]
    assert [line for line in opened if not LOCAL.search(line)] == []


@pytest.mark.skipif(shutil.which("strace") is None, reason="没有 strace")
def test_that_watch_would_have_seen_one(lived_in: Home) -> None:
    seen = lived_in.base / "seen.txt"
    words = [*watcher(lived_in)[:-1], str(seen)]
    asked = "import socket; socket.socket(socket.AF_INET).close()"
    # -S leaves the other watch, which would stop it first, at home.
    done = subprocess.run([*words, sys.executable, "-S", "-c", asked], check=False)
    assert done.returncode == 0
    assert "socket(AF_INET" in seen.read_text()


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


def test_i06_nothing_of_a_person_stands_outside_the_encrypted_files(lived_in: Home) -> None:
    sought = people_of_the_roster()
    assert len(sought) > 20
    encodings = ("utf-8", "utf-16-le", "gb18030")
    patterns = [(text, text.encode(encoding)) for text in sought for encoding in encodings]
    told = {
        (str(path.relative_to(lived_in.base)), text)
        for path in sorted(lived_in.base.rglob("*"))
        if path.is_file() and path.name not in GIVEN
        for content in (path.name.encode() + b"\n" + path.read_bytes(),)
        for text, pattern in patterns
        # Two characters are four bytes of chance in a megabyte of noise: names count from three.
        if len(pattern) >= 6 and pattern in content
    }
    assert told == set()


def test_i01_nothing_of_a_person_was_said_in_any_log(lived_in: Home) -> None:
    """Numbers and phones never; names neither, but where the command line counts a list."""
    said = "\n".join(lived_in.said[-1:])
    assert "窗口里的一天过完了" in said
    assert [text for text in people_of_the_roster() if len(text) > 2 and text in said] == []


def test_i03_the_crash_report_was_written_and_can_be_given_away(lived_in: Home) -> None:
    reports = [path for path in lived_in.data.rglob("出错报告/*.txt") if path.stat().st_size]
    texts = [path.read_text(encoding="utf-8") for path in reports]
    assert any("ValueError" in text for text in texts)
    assert not [
        text for text in texts for seed in people_of_the_roster() if len(seed) > 2 and seed in text
    ]
