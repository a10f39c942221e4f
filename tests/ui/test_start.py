"""The start: what is loaded, what is remembered, and the window of a real process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.pretend import PretendDoor
from village_app.db.key_slots import Cost
from village_app.opening import NewVillage, create_village
from village_app.ui.app import make_window, open_large
from village_app.ui.asking import FileKind, WindowAsking
from village_app.ui.gallery import Gallery
from village_app.ui.pictures import grab, save_picture
from village_app.ui.preferences import FILE_NAME, Preferences
from village_app.ui.theme import Theme
from village_app.ui.unlock import UnlockPage

HEAVY = (
    *("peewee", "sqlcipher3", "reportlab", "openpyxl", "pypdfium2", "docx", "pypinyin", "borax"),
    *("village_app.services", "village_app.db", "village_app.papers", "village_app.importing"),
)

SCRIPT = """
import sys
from pathlib import Path
from tests.ui.pretend import PretendDoor
from village_app.ui.app import make_application, make_window
application = make_application()
window, crashes = make_window(Path(sys.argv[1]), PretendDoor(), list, application)
window.show()
application.processEvents()
crashes.uninstall()
print(" ".join(sorted(sys.modules)))
"""


def test_nothing_heavy_is_loaded_before_signing_in(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    loaded = ran.stdout.split()
    assert "village_app.ui.unlock" in loaded
    assert [name for name in loaded if name.startswith(HEAVY)] == []


REAL_DOOR = """
import sys
from pathlib import Path
from village_app.entrance import open_window

def seen():
    print(" ".join(sorted(sys.modules)), flush=True)
    sys.stdout.close()
    __import__("os")._exit(0)

open_window(Path(sys.argv[1]), seen)
"""
BEHIND_THE_DOOR = (
    *("peewee", "sqlcipher3", "cryptography", "argon2", "ctypes.wintypes", "multiprocessing"),
    *("village_app.services", "village_app.papers", "village_app.importing"),
    *("village_app.village", "village_app.ui.shell", "village_app.ui.pages"),
    *("village_app.db.vault", "village_app.db.engine", "village_app.domain.calendar"),
)


def test_the_first_picture_of_a_real_village_needs_nothing_that_lies_behind_the_door(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "村"
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", "三只白鹅过石桥去赶集")
    village, _ = create_village(folder, wish, cost=Cost(1, 1024))
    village.close()
    ran = subprocess.run(
        [sys.executable, "-c", REAL_DOOR, str(folder)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    loaded = ran.stdout.split()
    assert "village_app.ui.unlock" in loaded
    assert [name for name in loaded if name.startswith(BEHIND_THE_DOOR)] == []


def test_the_window_opens_on_the_door_in_the_look_that_was_kept(
    application: QApplication, wear: object, tmp_path: Path, qtbot: QtBot
) -> None:
    Preferences(tmp_path).keep_theme(Theme(125))
    window, crashes = make_window(tmp_path, PretendDoor(), list, application)
    crashes.uninstall()
    qtbot.addWidget(window)
    assert isinstance(window.front(), UnlockPage)
    assert (tmp_path / "出错报告").is_dir()


def test_a_small_screen_is_filled_and_a_large_one_is_not(
    application: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    window, crashes = make_window(tmp_path, PretendDoor(), list, application)
    crashes.uninstall()
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    open_large(window, QSize(1920, 1040))
    assert window.size() == QSize(1366, 768)
    assert not window.isMaximized()
    open_large(window, QSize(1366, 728))
    assert window.isMaximized()


def test_preferences_last_from_one_start_to_the_next(tmp_path: Path) -> None:
    first = Preferences(tmp_path)
    first.keep_theme(Theme(200, contrast=True))
    first.keep_window_geometry(QByteArray(b"\x00\xff1"))
    first.keep_last_user("陈丽珍")
    first.keep_folder("backup", tmp_path)
    first.keep_columns("issues", ["b", "a"], ["a"])
    first.keep_widths("issues", {"b": 120})
    again = Preferences(tmp_path)
    assert again.theme == Theme(200, contrast=True)
    assert again.window_geometry == QByteArray(b"\x00\xff1")
    assert again.last_user == "陈丽珍"
    assert again.folder("backup") == tmp_path
    kept = again.columns("issues")
    assert (kept.order, kept.hidden, kept.widths) == (("b", "a"), frozenset("a"), {"b": 120})


@pytest.mark.parametrize(
    "nonsense",
    [
        "[look]\ntype_size=900\ncontrast=maybe\n[window]\nidle_minutes=-5\n",
        "[look]\ntype_size=@Invalid()\n[window]\nidle_minutes=lots\n",
        "\x00\x01 not an ini file at all",
        "[columns]\nissues.widths=a:9999999 b: c:xx\n[folders]\nbackup=/gone/away\n",
    ],
)
def test_a_file_full_of_nonsense_gives_the_defaults(tmp_path: Path, nonsense: str) -> None:
    (tmp_path / FILE_NAME).write_text(nonsense, encoding="utf-8")
    preferences = Preferences(tmp_path)
    assert preferences.theme == Theme()
    assert 1 <= preferences.idle_minutes <= 60
    assert preferences.columns("issues").widths == {}
    assert preferences.folder("backup") is None


def test_without_a_folder_preferences_last_as_long_as_the_program() -> None:
    preferences = Preferences()
    preferences.keep_last_user("叶志坚")
    assert preferences.last_user == "叶志坚"
    assert Preferences().last_user == ""


def test_the_folder_of_a_purpose_is_offered_the_next_time(
    application: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []

    def answer(_window: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        started.append(start)
        return str(tmp_path / "花名册.xls"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    asking = WindowAsking(None, Preferences())
    kinds = [FileKind("表格", ("xlsx", "xls"))]
    assert asking.pick_file("选表格", kinds, "import") == tmp_path / "花名册.xls"
    asking.pick_file("选表格", kinds, "import")
    assert started == [str(Path.home()), str(tmp_path)]


def test_a_file_to_save_gets_the_ending_of_its_kind(
    application: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = str(tmp_path / "错误行")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, ""))
    asking = WindowAsking(None, Preferences())
    kind = FileKind("表格", ("xlsx",))
    saved = asking.save_file("存表格", kind, "错误行.xlsx", "export")
    assert saved == tmp_path / "错误行.xlsx"
    assert kind.pattern() == "表格 (*.xlsx)"


def test_pictures_are_as_large_as_asked_and_finer_by_their_scale(
    application: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    gallery = Gallery()
    qtbot.addWidget(gallery)
    picture = grab(gallery, (1366, 768), scale=2)
    assert (picture.width(), picture.height()) == (2732, 1536)
    size = save_picture(gallery, tmp_path / "部件.png", (1366, 768))
    assert size == QSize(1366, 768)
    assert [path.name for path in tmp_path.iterdir()] == ["部件.png"]
