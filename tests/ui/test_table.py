"""The list as people use it: arrows, Enter, copying, sorting, refreshing, columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from tests.ui.hands import CTRL, SHIFT, click, press
from tests.ui.lists import CountedList
from village_app.domain.kinds import DAY, MONEY
from village_app.ui.kit.column_choice import ColumnChoice
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.drawing import width_of
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.table import RecordTable
from village_app.ui.preferences import Preferences
from village_app.ui.theme import theme


def shown(qtbot: QtBot, source: CountedList, **more: object) -> RecordTable:
    table = RecordTable(source, name="issues", title="诉求台账", **more)  # type: ignore[arg-type]
    qtbot.addWidget(table)
    table.resize(900, 500)
    table.show()
    return table


@pytest.fixture
def source() -> CountedList:
    return CountedList(500)


@pytest.fixture
def table(application: QApplication, qtbot: QtBot, source: CountedList) -> RecordTable:
    return shown(qtbot, source)


def position(table: RecordTable) -> str:
    return table._position.text()


def test_fifty_thousand_rows_are_shown_by_fetching_one_window(
    application: QApplication, qtbot: QtBot
) -> None:
    source = CountedList(50_000)
    table = shown(qtbot, source)
    table.choose_first()
    assert source.asked == [(0, 100)]
    table.view.scrollToBottom()
    table.grab()
    assert source.asked[1:] == [(49_900, 100)]


def test_arrows_choose_and_enter_opens(table: RecordTable, qtbot: QtBot) -> None:
    table.choose_first()
    with qtbot.waitSignal(table.chosen) as chosen:
        press(table.view, Qt.Key.Key_Down)
    assert chosen.args == [2]
    with qtbot.waitSignal(table.opened) as opened:
        press(table.view, Qt.Key.Key_Return)
    assert opened.args == [2]


def test_ctrl_enter_is_left_to_the_page(table: RecordTable, qtbot: QtBot) -> None:
    table.choose_first()
    with qtbot.assertNotEmitted(table.opened):
        press(table.view, Qt.Key.Key_Return, CTRL)


def test_home_and_end_go_to_the_first_and_last_record(table: RecordTable, qtbot: QtBot) -> None:
    press(table.view, Qt.Key.Key_End)
    assert table.current_key() == 500
    press(table.view, Qt.Key.Key_Home)
    assert table.current_key() == 1


def test_foot_says_how_many_and_which(
    application: QApplication, qtbot: QtBot, source: CountedList
) -> None:
    table = RecordTable(source, name="issues")
    qtbot.addWidget(table)
    assert position(table) == "共 500 件"
    table.choose(6)
    assert position(table) == "500 件中第 6 件"


def test_copies_what_is_shown_and_nothing_that_a_spreadsheet_would_run(
    table: RecordTable, qtbot: QtBot
) -> None:
    table.choose(3)
    press(table.view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == (
        "超期 3 天\t事项 3 市政设施\t3.00\t'=SUM(A1)\t催办"
    )


def test_several_rows_are_copied_as_lines_in_their_order(
    application: QApplication, qtbot: QtBot, source: CountedList
) -> None:
    table = shown(qtbot, source, many=True)
    table.view.selectRow(0)
    table.choose_first()
    for _ in range(2):
        press(table.view, Qt.Key.Key_Down, SHIFT)
    assert table.selected_keys() == (1, 2, 3)
    assert table.view.copy_rows().count("\n") == 2
    assert position(table) == "500 件，选了 3 件"


def test_a_press_on_the_head_sorts_and_keeps_the_chosen_record(
    table: RecordTable, source: CountedList, qtbot: QtBot
) -> None:
    table.choose(7)
    head = table.view.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(2) + 10, 10)
    click(head.viewport(), place)
    click(head.viewport(), place)
    assert source.sorted == [("fee", False), ("fee", True)]
    assert table.current_key() == 7
    assert position(table) == "500 件中第 494 件"


def test_columns_that_cannot_be_sorted_are_left_alone(
    table: RecordTable, source: CountedList
) -> None:
    table.view._sort_by_section(5)
    assert source.sorted == []


def test_refresh_keeps_choice_and_scroll_position_by_id(
    table: RecordTable, source: CountedList
) -> None:
    table.choose(200)
    table.view.verticalScrollBar().setValue(100 * 50 + 7)
    top = table.view.rowAt(0)
    key, offset = table._model.key_at(top), table.view.rowViewportPosition(top)
    source.ids = [901, 902, 903, *source.ids]
    table.refresh()
    assert table.current_key() == 200
    assert table.selected_keys() == (200,)
    again = table.view.rowAt(0)
    assert (table._model.key_at(again), table.view.rowViewportPosition(again)) == (key, offset)


def test_refresh_tells_nothing_while_the_chosen_record_stays(
    table: RecordTable, qtbot: QtBot
) -> None:
    table.choose(5)
    with qtbot.assertNotEmitted(table.chosen):
        table.refresh()


def test_a_record_that_is_gone_gives_its_place_to_the_next(
    table: RecordTable, source: CountedList, qtbot: QtBot
) -> None:
    table.choose(5)
    source.ids.remove(5)
    with qtbot.waitSignal(table.chosen) as chosen:
        table.refresh()
    assert chosen.args == [6]
    assert position(table) == "499 件中第 5 件"


def test_the_last_record_that_is_gone_gives_its_place_to_the_one_before(
    table: RecordTable, source: CountedList
) -> None:
    table.choose(500)
    source.ids.remove(500)
    table.refresh()
    assert table.current_key() == 499


def test_an_empty_list_shows_what_it_will_be_good_for(
    table: RecordTable, source: CountedList
) -> None:
    empty = EmptyState("还没有诉求", "记下第一件，就可以催办。")
    table.set_empty(empty)
    assert not empty.isVisible()
    source.ids = []
    table.refresh()
    assert empty.isVisible()
    assert table.current_key() is None


def test_links_speak_of_the_present_number_and_grey_out_at_none(
    table: RecordTable, source: CountedList
) -> None:
    link = table.add_link(lambda count: f"导出这 {count} 件", lambda: None)
    assert link.text() == "导出这 500 件"
    source.ids = []
    table.refresh()
    assert link.text() == "导出这 0 件"
    assert not link.isEnabled()


def test_a_press_on_a_verb_tells_record_and_column(table: RecordTable, qtbot: QtBot) -> None:
    index = table._model.index(3, 5)
    place = table.view.visualRect(index).center()
    with qtbot.waitSignal(table.verb_pressed) as pressed:
        click(table.view.viewport(), place)
    assert pressed.args == [4, "verb"]


def test_the_stretching_column_fills_the_room_and_nothing_scrolls_sideways(
    table: RecordTable,
) -> None:
    head = table.view.horizontalHeader()
    assert head.length() == table.view.viewport().width()
    table.resize(1200, 500)
    assert head.length() == table.view.viewport().width()


def test_narrow_lists_leave_out_what_they_have_no_room_for(table: RecordTable) -> None:
    table.set_narrow(True)
    assert table.view.isColumnHidden(3)
    table.set_narrow(False)
    assert not table.view.isColumnHidden(3)
    assert table.view.isColumnHidden(4)


def test_columns_are_remembered_for_the_next_time(
    application: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    first = shown(qtbot, CountedList(3), preferences=Preferences(tmp_path))
    first._columns.move("who", -1)
    first._columns.show("note", True)
    first._columns.show("due", False)
    first.view.setColumnWidth(2, 150)
    again = shown(qtbot, CountedList(3), preferences=Preferences(tmp_path))
    assert again._columns.order() == ["due", "what", "who", "fee", "note", "verb"]
    assert again.view.isColumnHidden(0)
    assert not again.view.isColumnHidden(4)
    assert again.view.columnWidth(2) == 150


def test_the_last_column_cannot_be_hidden(table: RecordTable) -> None:
    for key in table._columns.order():
        table._columns.show(key, False)
    assert len(table.view.visible_columns()) == 1


def test_columns_are_chosen_moved_and_sorted_by_keyboard(
    table: RecordTable, source: CountedList, qtbot: QtBot
) -> None:
    choice = ColumnChoice(table._columns, table.view.sort_by, table)
    qtbot.addWidget(choice)
    choice.list.setCurrentRow(2)
    choice._mover(-1)()
    assert table._columns.order()[:2] == ["due", "fee"]
    choice.list.item(4).setCheckState(Qt.CheckState.Checked)
    assert not table.view.isColumnHidden(4)
    choice._sorter(descending=True)()
    assert source.sorted == [("fee", True)]


def test_the_foot_follows_when_the_page_sorts(table: RecordTable) -> None:
    table.choose(7)
    table.sort_by("fee", descending=True)
    assert position(table) == "500 件中第 494 件"


def test_copying_follows_the_order_on_the_screen(table: RecordTable) -> None:
    table._columns.move("fee", -1)
    table.choose(1)
    assert table.view.copy_rows().split("\t")[1] == "1.00"


def test_the_columns_of_another_source_are_laid_out_anew(table: RecordTable) -> None:
    notes = (ColumnSpec("when", "时间", width=100), ColumnSpec("said", "记了什么", stretch=True))
    table.refresh(ShortList(notes, [ListRow(1, {"when": "8:40", "said": "路灯坏了"})]))
    assert table.view.columnWidth(0) == 100
    assert table.view.columnWidth(1) == table.view.viewport().width() - 100


def test_a_narrow_list_stands_closer_and_keeps_the_small_words(table: RecordTable) -> None:
    rows, cells = table.view.verticalHeader(), table.view.itemDelegate()
    index = table.view.records.index(0, 1)
    ordinary = rows.sectionSize(0)
    table.set_narrow(True)
    assert theme().metrics().height() < rows.sectionSize(0) < ordinary * 0.7
    hint = cells.sizeHint(QStyleOptionViewItem(), index)
    assert hint.height() == rows.sectionSize(0)
    assert hint.width() > width_of("事项 1") + width_of("市政设施", "small")
    table.set_narrow(False)
    assert rows.sectionSize(0) == ordinary


def test_days_stand_at_the_left_edge_and_money_at_the_right() -> None:
    assert ColumnSpec("day", "日期", DAY).side == "left"
    assert ColumnSpec("fee", "金额（元）", MONEY).side == "right"
    assert ColumnSpec("day", "日期", DAY, align="center").side == "center"


def test_a_record_that_is_gone_to_is_chosen_alone_while_a_key_is_held(
    application: QApplication, qtbot: QtBot, source: CountedList
) -> None:
    table = shown(qtbot, source, many=True)
    table.choose_first()
    second = source.window(1, 1)[0].key
    QTest.keyPress(table.view, Qt.Key.Key_Control, CTRL)
    try:
        assert QGuiApplication.keyboardModifiers() & CTRL
        assert table.choose(second)
        assert table.selected_keys() == (second,)
    finally:
        QTest.keyRelease(table.view, Qt.Key.Key_Control)
