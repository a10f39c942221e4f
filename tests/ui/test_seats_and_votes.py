"""Attendance and the count of a vote by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Shower
from tests.ui.hands import press, type_text
from village_app.ui.kit.seats import Seat, SeatGrid
from village_app.ui.kit.votes import VotePanel, Votes

SEATS = (
    Seat(1, "卢锦泉", "present", "LJQ"),
    Seat(2, "黄伟雄", "absent", "HWX"),
    Seat(3, "罗顺娣", "late", "LSD"),
    Seat(4, "赖金水", "absent", "LJS"),
)


@pytest.fixture
def grid(show: Shower) -> SeatGrid:
    made = SeatGrid(SEATS, columns=2)
    show(made)
    made.go_to(1)
    return made


@pytest.mark.parametrize(
    ("key", "state"),
    [
        (Qt.Key.Key_Space, "present"),
        (Qt.Key.Key_2, "late"),
        (Qt.Key.Key_3, "leave"),
        (Qt.Key.Key_4, "proxy"),
        (Qt.Key.Key_5, "recused"),
        (Qt.Key.Key_0, "absent"),
    ],
)
def test_one_key_marks_a_seat(grid: SeatGrid, key: Qt.Key, state: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.marked) as marked:
        press(grid.seats()[1], key)
    assert marked.args == [2, state]


def test_arrows_walk_the_seats_and_letters_jump_by_initials(grid: SeatGrid) -> None:
    press(grid.seats()[0], Qt.Key.Key_Down)
    assert grid.current() == SEATS[2]
    press(grid.seats()[2], Qt.Key.Key_L)
    press(grid.seats()[0], Qt.Key.Key_J)
    press(grid.seats()[0], Qt.Key.Key_S)
    assert grid.current() == SEATS[3]
    grid.pause.timeout.emit()
    press(grid.seats()[3], Qt.Key.Key_H)
    assert grid.current() == SEATS[1]


def test_seats_that_changed_keep_the_keyboard_where_it_is(grid: SeatGrid) -> None:
    grid.set_seats([Seat(seat.key, seat.name, "present", seat.initials) for seat in SEATS])
    assert grid.current() is not None
    assert grid.seats()[1].accessibleName() == "黄伟雄，到"


BALANCED = Votes(issued=38, returned=37, valid=36, invalid=1, yes=31, no=3, abstain=2)


def test_votes_that_balance_are_written_out_as_equations() -> None:
    assert BALANCED.balanced
    assert BALANCED.unreturned == 1
    assert [text for text, _ in BALANCED.equations()] == [
        "发出 38 ＝ 收回 37 ＋ 未收回 1",
        "收回 37 ＝ 有效 36 ＋ 无效 1",
        "有效 36 ＝ 赞成 31 ＋ 反对 3 ＋ 弃权 2",
    ]


@pytest.mark.parametrize(
    ("votes", "sentence"),
    [
        (Votes(issued=38, returned=39), "收回比发出多 1 票"),
        (Votes(returned=37, valid=35, invalid=1), "收回 37，有效 35 ＋ 无效 1，差 1 票"),
        (
            Votes(valid=36, yes=31, no=4, abstain=2),
            "有效 36，赞成 31 ＋ 反对 4 ＋ 弃权 2，多 1 票",
        ),
    ],
)
def test_votes_that_do_not_balance_say_the_difference(votes: Votes, sentence: str) -> None:
    assert sentence in [text for text, holds in votes.equations() if holds is False]
    assert not votes.balanced


def test_the_result_shows_only_while_the_count_balances(show: Shower) -> None:
    panel = VotePanel()
    show(panel)
    panel.show_result("通过", "赞成 31 票，过半（须 20 票）。", "done")
    assert not panel.result.isVisible()
    panel.set_votes(BALANCED)
    panel.show_result("通过", "赞成 31 票，过半（须 20 票）。", "done")
    assert panel.result.isVisible()
    box = panel.input("yes")
    box.setFocus()
    box.selectAll()
    type_text(box, "30")
    assert not panel.result.isVisible()
    assert panel.notes()[2].endswith("差 1 票")


def test_enter_goes_through_the_count_and_the_unreturned_are_reckoned(
    show: Shower, qtbot: QtBot
) -> None:
    panel = VotePanel()
    show(panel)
    panel.input("issued").setFocus()
    type_text(panel.input("issued"), "38")
    press(panel.input("issued"), Qt.Key.Key_Return)
    assert panel.input("returned").hasFocus()
    with qtbot.waitSignal(panel.changed) as changed:
        type_text(panel.input("returned"), "3")
    assert changed.args[0].unreturned == 35
    assert panel._unreturned.text() == "35"
    type_text(panel.input("returned"), "x")
    assert panel.input("returned").text() == "3"
