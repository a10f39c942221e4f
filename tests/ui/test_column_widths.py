"""Widths of columns: numbers are never cut off, and a new type size spoils no memory."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from village_app.ui.dress import dress
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.table_cells import natural_width
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme

COLUMNS = (
    ColumnSpec("name", "姓名", width=70),
    ColumnSpec("number", "证件号码", width=40, whole="4419**********1234"),
    ColumnSpec("rest", "户号", width=60, stretch=True),
)


def shown(qtbot: QtBot, preferences: Preferences) -> RecordTable:
    rows = [ListRow(1, {"name": "陈丽华", "number": "4419**********1234", "rest": "1"})]
    table = RecordTable(ShortList(COLUMNS, rows), name="people", preferences=preferences)
    qtbot.addWidget(table)
    table.resize(600, 300)
    with qtbot.waitExposed(table):
        table.show()
    return table


def test_a_column_that_is_read_whole_is_never_narrower(
    application: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    dress(application, Theme())
    preferences = Preferences(tmp_path)
    preferences.keep_widths("people", {"number": 50})
    table = shown(qtbot, preferences)
    wanted = natural_width("4419**********1234", "4419**********1234")
    assert table.view.columnWidth(1) == wanted


def test_a_stretching_column_has_its_own_least_width(
    application: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    dress(application, Theme())
    table = shown(qtbot, Preferences(tmp_path))
    table.resize(200, 300)
    assert table.view.columnWidth(2) == 60


def test_another_type_size_is_not_remembered_as_narrower_columns(
    application: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    dress(application, Theme())
    preferences = Preferences(tmp_path)
    table = shown(qtbot, preferences)
    dress(application, Theme(150))
    table.resize(500, 300)
    assert preferences.columns("people").widths["name"] == 70
    dress(application, Theme())
