"""社区 instead of 村: menus, forms, lists, help and papers follow, at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK
from tests.ui.conftest import application
from tests.ui.pretend import PreparedAnswers
from village_app.entrance import FolderDoor
from village_app.opening import NewVillage, create_village
from village_app.papers.pdf import write_pdf
from village_app.ui.navigation import NavItem
from village_app.ui.own_words import choose_words
from village_app.ui.pages import entries
from village_app.ui.preferences import Preferences
from village_app.ui.window import MainWindow
from village_app.village import Village
from village_app.window_village import WindowVillage

__all__ = ["application"]
_HORIZONTAL = Qt.Orientation.Horizontal


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    wish = NewVillage("隔坑", "横沥镇", "陈丽珍", PASSWORD, role="admin+clerk+secretary+supervisor")
    opened, _ = create_village(tmp_path / "资料", wish, cost=QUICK)
    yield opened
    opened.close()
    choose_words(())


def test_screens_and_papers_follow_the_setting_at_once(
    village: Village, tmp_path: Path, application: QApplication, qtbot: QtBot
) -> None:
    window = MainWindow(FolderDoor(tmp_path / "别处"), entries, Preferences(), PreparedAnswers())
    qtbot.addWidget(window)
    window.show()
    window.enter(WindowVillage(village))
    before = window.shell
    assert before is not None
    before.go("residents")
    village.settings.write(unit_word="社区", own_words={"议事厅": "议事亭"})
    qtbot.waitUntil(lambda: window.shell is not before)
    shell = window.shell
    assert shell is not None
    assert shell.current_key == "residents"
    assert "议事亭会议" in {item.text() for item in shell.findChildren(NavItem)}
    page = shell.page()
    assert page is not None
    model = page.table.view.model()  # type: ignore[attr-defined]  # the residents' list
    heads = {model.headerData(at, _HORIZONTAL) for at in range(model.columnCount())}
    assert "居民小组" in heads
    said = " ".join(label.text() for label in shell.findChildren(QLabel))
    assert "村民小组" not in said

    notice = village.writing.begin("publicity", "关于村民代表会议决议的公示")
    paper = village.notices.paper_of(notice)
    assert paper.title == "关于居民代表会议决议的公示"
    assert b"%PDF" in write_pdf(paper).data[:8]
    assert "村民" not in str(paper.blocks)
    window.watches.idle.end()
    window.watches.word_keeper.end()
    window.jobs.cancel_all()
