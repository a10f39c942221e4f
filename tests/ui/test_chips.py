"""Chips: one of a row or several at once; what has no room in the line stands in its menu."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chip_fold import ChipTail, kept
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.text import Text

Shower = Callable[[QWidget], None]
YEARS = [Chip("", "各年"), Chip("2026", "2026 年"), Chip("2025", "2025 年")]
BODIES = [Chip(str(n), f"第 {n} 个组织") for n in range(9)]


@pytest.fixture
def show(application: QApplication, qtbot: QtBot) -> Shower:
    def show(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.show()

    return show


def tail_of(row: ChipRow) -> ChipTail:
    return row.findChildren(ChipTail)[0]


def seen(row: ChipRow) -> list[str]:
    return [one.chip.key for one in row.buttons() if one.isVisibleTo(row)]


def test_chips_of_a_row_exclude_each_other(show: Shower) -> None:
    row = ChipRow([Chip("open", "未办结", 37), Chip("over", "超期", 2, "over")])
    show(row)
    told: list[tuple[str, ...]] = []
    row.chosen.connect(told.append)
    row.buttons()[1].click()
    assert told == [("over",)]
    assert row.on() == ("over",)
    row.set_counts({"over": 3})
    assert row.buttons()[1].text() == "超期 3"


def test_chips_that_hold_together_go_on_and_off(show: Shower) -> None:
    row = ChipRow([Chip("alone", "独居老人"), Chip("three", "第三小组")], together=True)
    show(row)
    for button in row.buttons():
        button.click()
    assert row.on() == ("alone", "three")
    row.buttons()[0].click()
    assert row.on() == ("three",)
    assert row.findChildren(Text)[0].text() == "同时满足"


@given(
    widths=st.lists(st.integers(10, 200), min_size=1, max_size=12),
    room=st.integers(0, 1500),
    tail=st.integers(20, 120),
    pick=st.integers(0, 11),
)
def test_a_line_never_grows_over_its_room(
    widths: list[int], room: int, tail: int, pick: int
) -> None:
    chosen, gap = pick % len(widths), 6
    stays = kept(widths, [chosen], room, tail, gap)
    taken = sum(widths[place] + gap for place in stays)
    if len(stays) == len(widths):
        assert taken - gap <= room
    elif stays:
        assert chosen in stays
        assert taken + tail <= room
        others = [place for place in range(len(widths)) if place not in stays]
        assert taken + tail + widths[others[0]] + gap > room
    else:
        assert widths[chosen] + gap + tail > room


def test_what_has_no_room_stands_in_the_menu(show: Shower) -> None:
    row = ChipRow(BODIES, name="组织")
    row.resize(400, row.sizeHint().height())
    show(row)
    told: list[tuple[str, ...]] = []
    row.chosen.connect(told.append)
    shown = seen(row)
    tail = tail_of(row)
    assert 1 < len(shown) < len(BODIES)
    assert tail.text() == f"还有 {len(BODIES) - len(shown)} 个"
    assert tail.geometry().right() < 400
    tail.click()
    assert not tail.isChecked()
    line = row._line
    assert line is not None
    assert line.menu_shown is not None
    actions = line.menu_shown.actions()
    assert [one.text() for one in actions] == [chip.words() for chip in BODIES]
    assert [one.isChecked() for one in actions] == [True] + [False] * 8
    actions[8].trigger()
    line.menu_shown.close()
    assert told == [("8",)]
    # What is chosen is always seen.
    assert "8" in seen(row)


def test_a_line_with_room_has_no_menu(show: Shower) -> None:
    row = ChipRow(BODIES[:3])
    row.resize(row.sizeHint())
    show(row)
    assert seen(row) == ["0", "1", "2"]
    assert not tail_of(row).isVisibleTo(row)


def test_a_row_of_rare_use_is_one_chip_that_says_what_is_chosen(show: Shower) -> None:
    row = ChipRow(YEARS, menu=True, name="年份")
    row.resize(row.sizeHint())
    show(row)
    assert seen(row) == []
    tail = tail_of(row)
    assert (tail.text(), tail.isChecked()) == ("各年", False)
    assert tail.accessibleName() == "年份：各年"
    row.set_on(["2025"])
    assert (tail.text(), tail.isChecked()) == ("2025 年", True)
    assert tail.sizeHint().width() <= row.minimumSizeHint().width()


def test_the_keyboard_opens_the_menu(show: Shower) -> None:
    row = ChipRow(YEARS, menu=True)
    show(row)
    tail = tail_of(row)
    QTest.keyClick(tail, Qt.Key.Key_Space)
    assert row._line is not None
    menu = row._line.menu_shown
    assert menu is not None
    assert menu.isVisible()
    menu.close()


def test_a_narrow_head_takes_the_chips_beside_its_title(show: Shower) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    head = PageHead("公示公告", fact="7 份快到期", buttons=[Button("写公示")])
    views = ChipRow(BODIES, name="看什么")
    column.addWidget(head)
    home = QHBoxLayout()
    column.addLayout(home)
    home.addWidget(views)
    head.take_in(views, home)
    page.resize(700, 200)
    show(page)
    assert not head.isAncestorOf(views)
    head.set_narrow(True)
    QApplication.processEvents()
    assert head.isAncestorOf(views)
    assert views.isVisible()
    assert views.geometry().right() < head.width()
    head.set_narrow(False)
    assert not head.isAncestorOf(views)
    assert views.isVisible()
