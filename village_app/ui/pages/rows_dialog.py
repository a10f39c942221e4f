"""The rows behind a figure: every figure of a page can be opened down to its entries (RD-09)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ListSource
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme


class RowsDialog(Sheeted):
    """A sheet with the rows that make a figure, their sum, and a way to the record of a row.

    `open_row` gets the id of the chosen row and leads to it; without it the rows are only read.
    """

    def __init__(
        self,
        title: str,
        source: ListSource,
        window: QWidget,
        *,
        sum_line: str = "",
        measure: str = "笔",
        open_row: Callable[[int], object] | None = None,
    ) -> None:
        super().__init__(title, None, window)
        px = theme().px
        self.setFixedWidth(max(px(320), min(px(920), window.width() - px(32))))
        self._open_row = open_row
        self.table = RecordTable(source, name="rows_behind", measure=measure)
        self.table.setMinimumHeight(max(px(180), min(px(400), window.height() - px(260))))
        self.table.opened.connect(self._open)
        self.body.addWidget(self.table, 1)
        self.sum_line = Text(sum_line, "body", "ink2", wrap=True)
        self.sum_line.setVisible(bool(sum_line))
        self.body.addWidget(self.sum_line)
        row = QHBoxLayout()
        if open_row is not None:
            go = Button("到账上看这一笔", icon="right", kind="primary", press=self.open_chosen)
            row.addWidget(go)
        row.addStretch(1)
        row.addWidget(Button("关上", key="Esc", press=self.reject))
        self.body.addLayout(row)
        self.table.choose_first()
        self.table.focus_rows()

    def open_chosen(self) -> None:
        """Go to the record of the chosen row."""
        key = self.table.current_key()
        if key is not None:
            self._open(key)

    def _open(self, key: int) -> None:
        if self._open_row is not None:
            self.accept()
            self._open_row(key)
