"""The search after the suite finds what is planted, where the program could have left it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import QSettings

from tests.seed_search.own_files import Places, own_files
from tests.seed_search.search import Search, is_encrypted
from tests.seed_search.seeds import Seeds
from tests.seed_search.session import MARK
from tests.whole.killing import new_folder
from village_app.db.records.house import UserAccount
from village_app.db.records.residents import Resident

ROOT = Path(__file__).resolve().parents[2]
NAME, PHONE, NUMBER = "何瑞莲", "13912345678", "44190019620528111X"
NEVER = 4e9


@pytest.fixture
def seeds() -> Seeds:
    found = Seeds()
    found.note(Resident, {"name": NAME, "phone": PHONE, "id_number": NUMBER, "address": "三组7号"})
    return found


def in_settings(path: Path) -> None:
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    settings.setValue("recent", f"{NAME}的申请.docx")
    settings.sync()


def in_a_spreadsheet(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f"<c><v>{NUMBER}</v></c>")


@pytest.mark.parametrize(
    ("leave", "sought"),
    [
        (lambda path: path.write_text(f"ValueError: {NUMBER}", encoding="utf-8"), NUMBER),
        (lambda path: path.write_bytes(f"来电 {PHONE}".encode("gb18030")), PHONE),
        (lambda path: path.write_bytes(NAME.encode("utf-16-le")), NAME),
        (lambda path: path.write_text(json.dumps({"last": NAME}), encoding="utf-8"), NAME),
        (lambda path: path.write_text(quote(f"/村/{NAME}.pdf"), encoding="utf-8"), NAME),
        (in_settings, NAME),
        (in_a_spreadsheet, NUMBER),
    ],
    ids=["log", "gb18030", "utf-16", "json", "address", "settings", "spreadsheet"],
)
def test_i01_i06_what_is_planted_in_any_writing_is_found(
    leave: Callable[[Path], object], sought: str, seeds: Seeds, tmp_path: Path
) -> None:
    leave(tmp_path / "left.ini")
    assert Search(seeds).in_content((tmp_path / "left.ini").read_bytes()) == {sought}


def test_only_what_is_noise_from_the_first_byte_counts_as_encrypted(tmp_path: Path) -> None:
    folder = new_folder(tmp_path / "隔坑村 资料")
    assert is_encrypted((folder / "village.db").read_bytes()[:4096])
    assert not is_encrypted(f"{NAME} {PHONE}".encode() * 400)
    assert not is_encrypted(b"SQLite format 3\0" + os.urandom(4080))
    assert not is_encrypted(os.urandom(300))


def test_a_name_in_the_name_of_a_file_is_found(seeds: Seeds, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.pdf").touch()
    assert [trace.text for trace in Search(seeds).through(tmp_path.iterdir())] == [NAME]


def test_who_signs_in_is_no_secret_and_neither_is_an_address(seeds: Seeds) -> None:
    seeds.note(UserAccount, {"name": NAME, "full_name": NAME})
    assert seeds.sought_names() == frozenset()
    assert seeds.numbers == {PHONE, NUMBER}


def test_the_programs_own_files_are_told_by_place_and_by_name(tmp_path: Path) -> None:
    own = (
        "村/vault.keys",
        "村/notes.log",
        "村/backups/备份-000001/manifest.json",
        "elsewhere/.private/scan.pdf",
        "elsewhere/出错报告/1.txt",
        "elsewhere/window.ini",
        "elsewhere/.~0a.part",
        "temporary/anything",
        "project/new.txt",
    )
    given = ("elsewhere/名单.xlsx", "elsewhere/source.csv", "project/.git/HEAD")
    for name in own + given:
        path = tmp_path / "made" / name if "elsewhere" in name or "村" in name else tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    places = Places(tmp_path / "made", (tmp_path / "temporary",), tmp_path / "project", 0)
    found = {
        path.relative_to(tmp_path).as_posix().removeprefix("made/") for path in own_files(places)
    }
    assert found == set(own)
    assert set(own_files(Places(tmp_path / "none", (), tmp_path / "project", NEVER))) == set()


PLANTED = """
from pathlib import Path
from tempfile import mkdtemp

def test_it(village, folder, tmp_path):
    village.residents.register({{"name": "{name}", "phone": "{phone}"}})
    place = {place}
    (Path(place) / "left.txt").write_text("{text}", encoding="utf-8")
"""
CONFTEST = """
from tests.conftest import pytest_configure
from tests.services.conftest import clock, folder, village
"""
TEMPORARY = 'mkdtemp(dir=__import__("os").environ["TMPDIR"])'


def run_with(text: str, place: str, tmp_path: Path, *words: str) -> tuple[int, str]:
    """Run one test that leaves a file, in a run of its own; gives exit code and what was said."""
    test = tmp_path / "test_planted.py"
    written = PLANTED.format(name=NAME, phone=PHONE, text=text, place=place)
    test.write_text(written, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    options = ["--import-mode=importlib", f"--basetemp={tmp_path / 'base'}", *words]
    variables = {name: value for name, value in os.environ.items() if name != MARK}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--rootdir={tmp_path}", *options, str(test)],
        cwd=tmp_path,
        env={**variables, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("place", "workers"),
    [("folder", "-n1"), (TEMPORARY, "-p no:xdist")],
    ids=["village, with a worker", "temporary, alone"],
)
def test_a_run_that_leaves_a_phone_beside_the_records_fails_and_names_the_file(
    place: str, workers: str, tmp_path: Path
) -> None:
    code, said = run_with(f"来电 {PHONE}", place, tmp_path, *workers.split())
    assert code == pytest.ExitCode.TESTS_FAILED, said
    assert "1 passed" in said
    assert f"left.txt：{PHONE}" in said


@pytest.mark.parametrize(
    ("text", "place"),
    [("没有人", "folder"), (f"{NAME} {PHONE}", "tmp_path")],
    ids=["nothing", "given"],
)
def test_a_run_that_leaves_nothing_or_gives_to_somebody_passes(
    text: str, place: str, tmp_path: Path
) -> None:
    code, said = run_with(text, place, tmp_path, "-p", "no:xdist")
    assert code == 0, said
    assert "没有留下个人信息" in said
