"""Step two of an import: every column with its samples and what it is taken for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from village_app.services.imports.session import ImportSession
from village_app.services.imports.view import ColumnGuess
from village_app.ui.kit.dialog import Shape
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Hairline, Scroll, Sheet
from village_app.ui.kit.text import Line, Text
from village_app.ui.theme import theme

LEFT_OUT = "不导入"
NEW_FIELD = "+"
"""What the choice of a field that does not exist yet gives."""
_WIDTHS = (34, 150, 210, 168)


class FieldChoice(QComboBox):
    """The drop-down of one column; the wheel scrolls the page, never the choice."""

    def __init__(self, guess: ColumnGuess, fields: QStandardItemModel) -> None:
        super().__init__()
        self.setAccessibleName(f"“{guess.heading or guess.letters}”这一列是")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setModel(fields)
        self.setCurrentIndex(max(0, self.findData(guess.field)))
        self.setFixedWidth(theme().px(_WIDTHS[3]))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ColumnsList(Sheet):
    """All columns of a table, one line each; `chosen` tells a column's key and its field."""

    chosen = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(flush=True)
        self._lines = QWidget()
        self._lines.setProperty("ground", "sheet")
        self._rows = QVBoxLayout(self._lines)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(_head())
        self.body.addWidget(Hairline())
        self.body.addWidget(Scroll(self._lines), 1)
        self.choices: dict[str, FieldChoice] = {}

    def show_columns(self, session: ImportSession) -> None:
        """Show the columns of the session's table."""
        empty(self._rows)
        self.choices = {}
        fields = _choices(session.fields(), own=session.imports.own_fields)
        fields.setParent(self)
        for guess in session.columns():
            self._rows.addWidget(self._line(guess, fields))
            self._rows.addWidget(Hairline())

    def _line(self, guess: ColumnGuess, fields: QStandardItemModel) -> QWidget:
        choice = FieldChoice(guess, fields)
        choice.activated.connect(self._teller(guess.key, choice))
        self.choices[guess.key] = choice
        samples = "　".join(guess.examples) or "（空）"
        return _row(
            Line(guess.letters, "body", "ink3"),
            Line(guess.heading or "（没有列名）", "body"),
            Line(samples, "body", "ink2"),
            choice,
            _why(guess),
        )

    def _teller(self, key: str, choice: FieldChoice) -> Callable[[int], None]:
        return lambda _index: self.chosen.emit(key, choice.currentData())

    def first(self) -> QWidget | None:
        """Give the first drop-down, for the keyboard."""
        return next(iter(self.choices.values()), None)


def _choices(fields: Sequence[tuple[str, str]], *, own: bool) -> QStandardItemModel:
    """List what a column can be, once for all drop-downs of a table."""
    model = QStandardItemModel()
    lines: list[tuple[str | None, str]] = [(None, LEFT_OUT), *fields]
    if own:
        lines.append((NEW_FIELD, "台账里新加这一项"))
    for name, label in lines:
        item = QStandardItem(label)
        item.setData(name, Qt.ItemDataRole.UserRole)
        model.appendRow(item)
    return model


def _why(guess: ColumnGuess) -> QWidget:
    """Say how the column was recognised; the whole sentence is in the tooltip."""
    place = QWidget()
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme().px(6))
    row.addWidget(Shape("done" if guess.sure else "today"))
    row.addWidget(Line(guess.reason, "body", "green" if guess.sure else "amber"), 1)
    return place


def _head() -> QWidget:
    words = ("列", "表格里的列名", "前几个值", "对到台账的哪一项", "怎么认出来的")
    return _row(*(Text(word, "small", "ink2") for word in words))


def _row(*cells: QWidget) -> QWidget:
    line = QWidget()
    px = theme().px
    row = QHBoxLayout(line)
    row.setContentsMargins(px(12), px(5), px(12), px(5))
    row.setSpacing(px(10))
    for cell, width in zip(cells, _WIDTHS, strict=False):
        cell.setFixedWidth(px(width))
        row.addWidget(cell)
    row.addWidget(cells[-1], 1)
    return line
