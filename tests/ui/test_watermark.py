"""Full numbers in sight carry who looks, and leave the clipboard after their time."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.money_desk import put_up
from tests.ui.safety_desk import asking, desk, shown, village
from village_app.ui.kit.watermark import Watermark
from village_app.ui.page import Desk
from village_app.ui.pages.register.residents import ResidentsPage
from village_app.ui.pictures import grab
from village_app.village import Village

__all__ = ["asking", "desk", "shown", "village"]


def opened(desk: Desk, village: Village, qtbot: QtBot) -> Any:
    village.residents.register({"name": "何强志", "phone": "13800138000"})
    page = ResidentsPage(desk)
    put_up(page, qtbot)
    return page


def test_i11_i12_revealed_numbers_stand_under_a_mark_until_another_is_chosen(
    desk: Desk, village: Village, qtbot: QtBot
) -> None:
    page = opened(desk, village, qtbot)
    mark = page.revealed.mark
    assert not mark.isVisible()
    before = grab(page, (1190, 682))
    page.reveal()
    assert mark.isVisible()
    assert mark.words.startswith("陈丽珍 2026-04-10 08:00")
    assert grab(page, (1190, 682)) != before
    assert mark.geometry() == page.rect()
    page.resize(900, 600)
    assert mark.geometry() == page.rect()
    page.enter()
    assert not mark.isVisible()


def test_the_mark_takes_no_click(qtbot: QtBot, desk: Desk, village: Village) -> None:
    page = opened(desk, village, qtbot)
    page.reveal()
    at = page.revealed.mark.rect().center()
    assert not isinstance(page.childAt(at), Watermark)


def test_i09_a_copied_number_leaves_the_clipboard(
    desk: Desk, village: Village, qtbot: QtBot
) -> None:
    page = opened(desk, village, qtbot)
    clipboard = QGuiApplication.clipboard()
    page.reveal()
    clipboard.setText("电话 13800138000")
    assert page.revealed.timer.isActive()
    page.enter()
    page.revealed.timer.timeout.emit()
    assert clipboard.text() == ""


def test_i09_what_was_copied_since_stays(desk: Desk, village: Village, qtbot: QtBot) -> None:
    page = opened(desk, village, qtbot)
    clipboard = QGuiApplication.clipboard()
    page.reveal()
    clipboard.setText("13800138000")
    clipboard.setText("路灯不亮")
    page.revealed.timer.timeout.emit()
    assert clipboard.text() == "路灯不亮"
