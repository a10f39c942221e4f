"""The grid of a trial import: correcting in place, pasting, the next problem, the fix bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.hands import CTRL, press, type_text
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.fix_bar import Fix, FixBar
from village_app.ui.kit.grid import DataGrid
from village_app.ui.kit.grid_model import GridModel
from village_app.ui.kit.grid_rows import GridCell, GridColumn, GridRow
from village_app.ui.kit.lights import Light


class Plan:
    """Four rows; a name that is blank is a fault. Remembers what was edited."""

    columns = (GridColumn("name", "姓名"), GridColumn("phone", "电话"), GridColumn("code", "码"))
    locked: ClassVar[GridColumn] = GridColumn("locked", "锁", editable=False)

    def __init__(self) -> None:
        self.names = ["莫少华", "", "罗顺娣", ""]
        self.phones = ["136", "137", "138", "139"]
        self.edits: list[list[tuple[int, str, str]]] = []
        self.only_faults = False

    def _rows(self) -> list[int]:
        return [n for n, name in enumerate(self.names) if not (self.only_faults and name)]

    def count(self) -> int:
        return len(self._rows())

    def window(self, first: int, count: int) -> Sequence[GridRow]:
        return [self.row(place) for place in self._rows()[first : first + count]]

    def row(self, place: int) -> GridRow:
        name = self.names[place]
        cell = GridCell(name) if name else GridCell("", "fault", "姓名不能空。")
        result = Light("new", "新增") if name else Light("fault", "错误")
        cells = (cell, GridCell(self.phones[place]), GridCell("x"))
        return GridRow(place, place + 5, result, cells, "" if name else "姓名：不能空")

    def raw(self, key: int, column: str) -> str:
        return {"name": self.names, "phone": self.phones}.get(column, ["x"] * 4)[key]

    def edit(self, changes: Sequence[tuple[int, str, str]]) -> None:
        self.edits.append(list(changes))
        for key, column, text in changes:
            if column == "name":
                self.names[key] = text
            elif column == "phone":
                self.phones[key] = text

    def next_problem(self, row: int, column: int) -> tuple[int, int] | None:
        faults = [(n, 0) for n, place in enumerate(self._rows()) if not self.names[place]]
        later = [fault for fault in faults if fault > (row, column)]
        return next(iter(later or faults), None)


@pytest.fixture
def plan() -> Plan:
    return Plan()


@pytest.fixture
def grid(application: QApplication, qtbot: QtBot, plan: Plan) -> DataGrid:
    made = DataGrid(plan)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.view.setFocus()
    made.view.setCurrentIndex(made.model.index(0, 2))
    return made


def test_keeps_the_rules_of_qt_models(
    application: QApplication, qtmodeltester: ModelTester, plan: Plan
) -> None:
    check: Any = qtmodeltester.check  # untyped in the plugin
    check(GridModel(plan), force_py=True)


def test_number_and_result_stand_first_and_the_reason_last(grid: DataGrid) -> None:
    heads = [grid.model.headerData(n, Qt.Orientation.Horizontal) for n in range(6)]
    assert heads == ["行", "结果", "姓名", "电话", "码", "原因"]
    shown = [grid.model.index(1, column).data() for column in range(6)]
    assert shown == ["6", "错误", "", "137", "x", "姓名：不能空"]


def test_a_fault_is_read_aloud_with_its_reason(grid: DataGrid) -> None:
    cell = grid.model.index(1, 2)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "，姓名不能空。"


def test_f8_goes_round_the_problems(grid: DataGrid, plan: Plan) -> None:
    rows = []
    for _ in range(3):
        press(grid.view, Qt.Key.Key_F8)
        rows.append(grid.view.currentIndex().row())
    assert rows == [1, 3, 1]
    plan.names = ["一", "二", "三", "四"]
    assert grid.next_problem() is False


def test_f2_corrects_the_cell_and_the_fault_goes_at_once(
    grid: DataGrid, plan: Plan, qtbot: QtBot
) -> None:
    grid.next_problem()
    press(grid.view, Qt.Key.Key_F2)
    editor = grid.view.findChildren(QLineEdit)[0]
    assert editor.accessibleName() == "姓名"
    type_text(editor, "谢添福")
    with qtbot.waitSignal(grid.edited):
        press(editor, Qt.Key.Key_Return)
    assert plan.edits == [[(1, "name", "谢添福")]]
    focus = grid.focus_cell()
    assert focus is not None
    assert focus.cell == GridCell("谢添福")
    assert focus.row.result.kind == "new"


def test_a_cell_that_was_not_changed_is_no_edit(grid: DataGrid, plan: Plan) -> None:
    assert grid.model.setData(grid.model.index(0, 2), "莫少华")
    assert plan.edits == []


def test_rows_pasted_from_a_spreadsheet_are_one_edit(grid: DataGrid, plan: Plan) -> None:
    grid.view.setCurrentIndex(grid.model.index(1, 2))
    QGuiApplication.clipboard().setText("谢添福\t13700000001\r\n罗顺娣\t13700000002\r\n")
    press(grid.view, Qt.Key.Key_V, CTRL)
    assert len(plan.edits) == 1
    assert plan.names == ["莫少华", "谢添福", "罗顺娣", ""]
    assert plan.phones[1:3] == ["13700000001", "13700000002"]


def test_what_is_pasted_over_the_edge_is_left_out(grid: DataGrid, plan: Plan) -> None:
    grid.view.setCurrentIndex(grid.model.index(3, 4))
    assert grid.view.paste("y\tz\nnobody") == 1
    assert plan.edits == [[(3, "code", "y")]]


def test_pasting_beside_the_columns_of_the_file_does_nothing(grid: DataGrid, plan: Plan) -> None:
    grid.view.setCurrentIndex(grid.model.index(0, 1))
    assert grid.view.paste("x") == 0
    assert plan.edits == []


def test_columns_that_are_not_to_be_edited_stay(
    application: QApplication, plan: Plan, qtbot: QtBot
) -> None:
    plan.columns = (*Plan.columns[:2], Plan.locked)
    model = GridModel(plan)
    assert not model.flags(model.index(0, 4)) & Qt.ItemFlag.ItemIsEditable
    assert model.flags(model.index(0, 2)) & Qt.ItemFlag.ItemIsEditable


def test_a_filter_keeps_the_keyboard_in_the_grid(grid: DataGrid, plan: Plan) -> None:
    grid.view.setCurrentIndex(grid.model.index(3, 3))
    plan.only_faults = True
    grid.reload()
    assert grid.model.rowCount() == 2
    index = grid.view.currentIndex()
    assert (index.row(), index.column()) == (1, 3)


def test_a_correction_that_leaves_the_filter_shortens_the_grid(
    grid: DataGrid, plan: Plan, qtbot: QtBot
) -> None:
    plan.only_faults = True
    grid.reload()
    with qtbot.waitSignal(grid.edited):
        grid.model.setData(grid.model.index(0, 2), "谢添福")
    assert grid.model.rowCount() == 1


def test_the_bar_speaks_of_the_cell_with_the_keyboard(grid: DataGrid, qtbot: QtBot) -> None:
    bar = FixBar()
    qtbot.addWidget(bar)
    bar.show()
    grid.moved.connect(lambda focus: bar.show_focus(focus, [Fix("skip", "本行不导入")]))
    grid.next_problem()
    assert bar.accessibleName() == "第 6 行　姓名，姓名不能空。"
    chosen: list[str] = []
    bar.chosen.connect(chosen.append)
    button = next(b for b in bar.findChildren(Button) if b.text() == "本行不导入")
    assert button.shortcut().toString() == "Alt+1"
    button.click()
    assert chosen == ["skip"]
    grid.view.setCurrentIndex(grid.model.index(0, 2))
    assert bar.accessibleName() == "第 5 行　姓名，这一格没有问题。"


def test_the_bar_says_when_no_cell_is_chosen(application: QApplication, qtbot: QtBot) -> None:
    bar = FixBar()
    qtbot.addWidget(bar)
    assert bar.accessibleName().startswith("没有选中的格子")
