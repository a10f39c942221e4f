"""The village is open already: the second window says who has it, and opens it to read (BS-07)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK
from tests.ui.conftest import application, wear
from tests.ui.pretend import PreparedAnswers
from village_app.entrance import FolderDoor
from village_app.errors import Refused
from village_app.opening import NewVillage, create_village, open_village
from village_app.reading import read_village
from village_app.ui.pages import entries
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow
from village_app.village import Village

__all__ = ["application", "wear"]
LONG = 60_000
ROLES = "admin+secretary+accountant+clerk+supervisor"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "隔坑村 资料"


@pytest.fixture
def first(folder: Path) -> Iterator[Village]:
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role=ROLES)
    village, _ = create_village(folder, wish, cost=QUICK)
    village.residents.register({"name": "何强志", "phone": "13800138000"})
    yield village
    village.close()


def test_the_second_reads_what_the_first_writes_and_changes_nothing(
    first: Village, folder: Path
) -> None:
    with pytest.raises(Refused) as caught:
        open_village(folder, "陈丽珍", PASSWORD)
    assert caught.value.code == "already_open"
    assert "陈丽珍" in caught.value.message
    head = first.journal.head()
    with read_village(folder, "陈丽珍", PASSWORD) as second:
        (person,) = second.residents.find("何强志")
        for act in (
            lambda: second.residents.register({"name": "余瑞莲"}),
            lambda: second.residents.reveal(second.residents.get(person.id)),
            lambda: second.backups.make("手动备份"),
            second.undo,
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.code == "read_only"
        assert first.journal.head() == head
        first.residents.register({"name": "余瑞莲"})
        assert len(second.residents.find("余瑞莲")) == 1
        private = second.session.private
    assert not private.parent.exists()
    assert first.session.private.exists()
    first.residents.register({"name": "吴国标"})


def test_the_second_window_says_who_has_it_and_shows_every_page(
    first: Village,
    folder: Path,
    application: QApplication,
    qtbot: QtBot,
    wear: Callable[[Theme], None],
) -> None:
    asking = PreparedAnswers()
    window = MainWindow(FolderDoor(folder), entries, Preferences(), asking)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    page = window.front()
    assert isinstance(page, UnlockPage)
    page.password.setText(PASSWORD)
    page.button.click()
    qtbot.waitUntil(page.read_link.isVisible, timeout=LONG)
    page.read_link.click()
    qtbot.waitUntil(lambda: window.shell is not None, timeout=LONG)
    assert window.village is not None
    assert window.village.user.duty.endswith("（只能看）")
    head = first.journal.head()
    assert window.shell is not None
    for entry in entries():
        window.shell.go(entry.key)
        assert window.shell.current_key == entry.key
    assert first.journal.head() == head
    assert asking.asked == []
    window.close()
