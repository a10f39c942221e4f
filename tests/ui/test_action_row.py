"""A line of buttons: one line whatever its width, the rest in a menu that says why not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.hands import click
from village_app.ui.kit.action_row import ActionRow
from village_app.ui.kit.buttons import Button

WIDE = 900


class Verbs:
    """Five buttons in a row and what was pressed."""

    def __init__(self) -> None:
        self.pressed: list[str] = []
        words = ("加照片", "登记异议", "办期满", "归档", "作废编号")
        self.buttons = {word: self._button(word) for word in words}
        self.row = ActionRow(
            self.buttons.values(),
            rare=[self.buttons["作废编号"]],
            keep=[self.buttons["加照片"]],
        )

    def _button(self, word: str) -> Button:
        return Button(word, press=lambda: self.pressed.append(word))

    def seen(self) -> list[str]:
        return [word for word, one in self.buttons.items() if one.isVisibleTo(self.row)]

    def listed(self) -> dict[str, bool]:
        menu = self.row.open_menu()
        menu.close()
        return {action.text(): action.isEnabled() for action in menu.actions()}


@pytest.fixture
def verbs(application: QApplication, qtbot: QtBot) -> Verbs:
    made = Verbs()
    qtbot.addWidget(made.row)
    made.row.resize(WIDE, made.row.sizeHint().height())
    made.row.show()
    return made


def test_what_is_rare_stands_in_the_menu_and_can_be_done_from_there(verbs: Verbs) -> None:
    assert verbs.seen() == ["加照片", "登记异议", "办期满", "归档"]
    assert verbs.listed() == {"作废编号": True}
    click(verbs.row.more)
    assert verbs.row.menu_shown is not None
    verbs.row.menu_shown.actions()[0].trigger()
    verbs.row.menu_shown.close()
    assert verbs.pressed == ["作废编号"]


def test_what_is_not_possible_now_says_why_in_the_menu(verbs: Verbs) -> None:
    verbs.buttons["归档"].forbid("先登记取下的日期")
    assert "归档" not in verbs.seen()
    assert verbs.listed() == {"归档（先登记取下的日期）": False, "作废编号": True}
    verbs.buttons["归档"].forbid("")
    assert "归档" in verbs.seen()


def test_what_is_kept_stays_in_sight_though_it_is_greyed_out(verbs: Verbs) -> None:
    verbs.buttons["加照片"].forbid("已经归档或作废")
    assert verbs.seen()[0] == "加照片"


def test_the_line_never_grows_over_its_width(verbs: Verbs) -> None:
    for width in range(WIDE, verbs.row.minimumSizeHint().width(), -7):
        verbs.row.resize(width, verbs.row.height())
        shown = [*(verbs.buttons[word] for word in verbs.seen()), verbs.row.more]
        assert max(one.geometry().right() for one in shown) < width
        assert len(verbs.seen()) + len(verbs.listed()) == len(verbs.buttons)
    assert verbs.seen() == ["加照片"]


def test_a_button_that_is_taken_away_stands_nowhere(verbs: Verbs) -> None:
    verbs.row.offer(verbs.buttons["办期满"], False)
    assert "办期满" not in verbs.seen()
    assert "办期满" not in verbs.listed()
    verbs.row.offer(verbs.buttons["办期满"], True)
    assert "办期满" in verbs.seen()
