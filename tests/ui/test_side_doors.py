"""Personal data by side doors of the window and the process (I02, I04, I05, I10, H12, K10, K13)."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pretend import PreparedAnswers, PretendDoor
from tests.ui.window_room import Opener, door, entries, open_window, sign_in
from village_app.ui.app import make_window
from village_app.ui.crash import CrashHandler
from village_app.ui.fonts import add_first_fonts
from village_app.ui.preferences import FILE_NAME, Preferences
from village_app.ui.theme import Theme, theme

__all__ = ["Opener", "PreparedAnswers", "PretendDoor", "door", "open_window"]
ROOT = Path(__file__).resolve().parents[2]
NUMBER = "44190019850630123X"
LIMITS = """
import resource, sys
from pathlib import Path
from village_app.db.engine import Store
Store(Path(sys.argv[1]), bytes(range(32)), create=True).close()
print(resource.getrlimit(resource.RLIMIT_CORE)[0])
import ctypes
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
QUIET = """
import logging, sys
from pathlib import Path
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
from village_app.db.engine import Store
path = Path(sys.argv[1])
store = Store(path, bytes(range(32)), create=True)
store.database.execute_sql("CREATE TABLE person (name TEXT)")
store.database.execute_sql("INSERT INTO person VALUES (?)", ("44190019850630123X",))
for n in range(400):
    store.database.execute_sql("INSERT INTO person VALUES (?)", ("何强志" * 40,))
store.close()
content = bytearray(path.read_bytes())
for at in range(4096 + 200, len(content), 4096):
    content[at] ^= 1
path.write_bytes(bytes(content))
store = Store(path, bytes(range(32)))
try:
    store.sql("SELECT count(*) FROM person WHERE name LIKE '%何%'")
except Exception as error:
    print(type(error).__name__)
"""


def run(code: str, argument: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, str(argument)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )


def test_i02_i04_neither_statements_nor_the_engine_speak_of_persons(tmp_path: Path) -> None:
    done = run(QUIET, tmp_path / "village.db")
    assert done.stdout.split() == ["EnvironmentProblem"]
    assert NUMBER not in done.stderr
    assert "何强志" not in done.stderr
    assert "hmac" not in done.stderr.lower()


def test_i02_the_writer_of_statements_is_switched_off() -> None:
    assert logging.getLogger("peewee").disabled


def test_i04_a_word_of_qt_goes_into_our_log_without_numbers(
    application: QApplication, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    crashes = CrashHandler(tmp_path / "出错报告")
    with caplog.at_level(logging.DEBUG):
        crashes._from_qt(QtMsgType.QtWarningMsg, None, f"cannot show {NUMBER}")  # type: ignore[arg-type]
    assert "cannot show" in caplog.text
    assert NUMBER not in caplog.text
    qInstallMessageHandler(None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no core files")
def test_i05_no_crash_writes_the_memory_to_the_disk(tmp_path: Path) -> None:
    core, dumpable = run(LIMITS, tmp_path / "village.db").stdout.split()
    assert core == "0"
    assert dumpable == "0" or sys.platform != "linux"


def test_i10_titles_of_windows_name_the_village_and_nobody(
    open_window: Opener, door: PretendDoor, qtbot: QtBot
) -> None:
    window = open_window(door)
    village = sign_in(window, qtbot)
    village.note_opened("residents", 1)
    titles = {one.windowTitle() for one in QApplication.topLevelWidgets() if one.windowTitle()}
    assert titles <= {"共治通", "共治通 · 隔坑村", "会议大屏"}
    assert window.windowFilePath() == ""


def test_i10_only_the_meetings_screen_has_another_title() -> None:
    spoken = [
        line.strip()
        for path in (ROOT / "village_app" / "ui").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "setWindowTitle(" in line or "QSystemTrayIcon" in line or "addRecent" in line
    ]
    assert set(spoken) <= {
        'self.setWindowTitle("共治通")',
        'self.setWindowTitle(f"共治通 · {village.name}")',
        'self.setWindowTitle("会议大屏")',
    }


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\x00\xff\xfe\x00garbage",
        "[look]\ntype_size=巨大\ncontrast=也许\n".encode(),
        b"[window]\nidle_minutes=-5\ngeometry=@@@@\n[folders]\nstick=/nowhere/at/all\n",
        b"[look\ntype_size=1500",
    ],
)
def test_h12_nonsense_in_the_settings_file_gives_the_usual_look(
    tmp_path: Path, nonsense: bytes
) -> None:
    (tmp_path / FILE_NAME).write_bytes(nonsense)
    read = Preferences(tmp_path)
    assert read.theme == Theme()
    assert read.idle_minutes == 10
    assert read.folder("stick") is None
    read.keep_theme(Theme(125))
    assert Preferences(tmp_path).theme == Theme(125)


def test_h12_a_window_opens_over_nonsense_too(
    application: QApplication, tmp_path: Path, qtbot: QtBot, wear: object
) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"[window]\ngeometry=QUJD\n[look]\ntype_size=abc\n")
    window, _ = make_window(tmp_path, PretendDoor(), entries, application)
    qtbot.addWidget(window)
    window.show()
    assert theme() == Theme()
    assert window.width() >= 800


def test_k10_a_window_kept_on_a_monitor_that_is_gone_comes_up_in_sight(
    application: QApplication, tmp_path: Path, qtbot: QtBot, wear: object
) -> None:
    away = QWidget()
    away.resize(900, 600)
    away.move(QPoint(9000, 7000))
    qtbot.addWidget(away)
    Preferences(tmp_path).keep_window_geometry(QByteArray(away.saveGeometry()))
    window, _ = make_window(tmp_path, PretendDoor(), entries, application)
    qtbot.addWidget(window)
    window.show()
    assert QGuiApplication.primaryScreen().availableGeometry().intersects(window.geometry())


def test_k13_the_words_are_drawn_by_the_fonts_that_come_along(application: QApplication) -> None:
    for role in ("body", "title", "small", "h3"):
        first = [one for one in theme().font(role).families() if QFontDatabase.hasFamily(one)]
        assert set(first) & set(add_first_fonts()), role
    assert set(add_first_fonts()) == {"GSHei", "GSTitle"}
