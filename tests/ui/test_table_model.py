"""The one table model: rows are fetched when they are seen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from tests.ui.lists import CountedList
from village_app.domain.kinds import IDENTITY_NUMBER
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList, TwoLines, cell_text
from village_app.ui.kit.table_model import CELL_ROLE, KEY_ROLE, RecordModel

ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


def test_keeps_the_rules_of_qt_models(
    application: QApplication, qtmodeltester: ModelTester
) -> None:
    check: Any = qtmodeltester.check  # untyped in the plugin
    check(RecordModel(CountedList(5)), force_py=True)


def test_keeps_the_rules_of_qt_models_while_it_is_empty(
    application: QApplication, qtmodeltester: ModelTester
) -> None:
    check: Any = qtmodeltester.check  # untyped in the plugin
    check(RecordModel(CountedList(0)), force_py=True)


def test_fetches_one_window_for_rows_that_stand_together(application: QApplication) -> None:
    source = CountedList(50_000)
    model = RecordModel(source)
    texts = [model.index(row, 1).data() for row in range(40_010, 40_030)]
    assert texts[0] == "事项 40011 市政设施"
    assert source.asked == [(40_000, 100)]
    assert source.key_asks == 0


def test_forgets_windows_that_were_seen_long_ago(application: QApplication) -> None:
    source = CountedList(50_000)
    model = RecordModel(source)
    for row in range(0, 50_000, 100):
        model.row_at(row)
    model.row_at(0)
    assert len(source.asked) == 501


def test_tells_text_cell_and_key_apart(application: QApplication) -> None:
    model = RecordModel(CountedList(3))
    money = model.index(1, 2)
    assert money.data() == "2.00"
    assert money.data(CELL_ROLE) == 200
    assert money.data(KEY_ROLE) == 2
    assert model.index(0, 0).data(ACCESSIBLE) == "超期 1 天"


def test_lets_the_source_sort_and_marks_the_head(application: QApplication) -> None:
    source = CountedList(10)
    model = RecordModel(source)
    model.sort_by("fee", descending=True)
    assert source.sorted == [("fee", True)]
    assert model.key_at(0) == 10
    assert model.headerData(2, Qt.Orientation.Horizontal) == "金额（元） ▼"
    model.sort_by("fee", descending=False)
    assert model.headerData(2, Qt.Orientation.Horizontal) == "金额（元） ▲"


def test_finds_the_place_of_a_record(application: QApplication) -> None:
    source = CountedList(300)
    model = RecordModel(source)
    assert model.row_of(250) == 249
    assert model.row_of(999) is None
    source.ids.remove(1)
    model.reload()
    assert model.row_of(250) == 248


def test_masked_columns_never_show_the_whole_number() -> None:
    column = ColumnSpec("id", "证件号码", IDENTITY_NUMBER, masked=True)
    shown = cell_text(column, "441900196603051237")
    assert shown.startswith("4419")
    assert "19660305" not in shown


def test_a_short_list_sorts_by_the_values_not_by_their_words() -> None:
    columns = CountedList.columns
    rows = [ListRow(1, {"fee": 900}), ListRow(2, {"fee": 12_000}), ListRow(3, {"fee": None})]
    source = ShortList(columns, rows)
    source.sort("fee", descending=False)
    assert list(source.keys()) == [1, 2, 3]
    source.sort("fee", descending=True)
    source.set_rows([ListRow(4, {"fee": 5}), ListRow(5, {"fee": 50})])
    assert list(source.keys()) == [5, 4]
    assert str(TwoLines("上", "")) == "上"
