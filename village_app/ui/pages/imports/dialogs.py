"""The small sheets of an import: pointing at the header, unknown names, one rule per field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from village_app.services.imports.deciding import UnknownGroup
from village_app.services.imports.reading import SheetLines
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.sheets import Scroll
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme

UPDATE_RULES = (
    ("ask", "不同时问我"),
    ("only_blank", "只补空白（稳妥）"),
    ("overwrite", "用表格里的覆盖"),
    ("keep", "已有的一律不动"),
)
CREATE, LEAVE = "create", "skip"
_SHOWN_COLUMNS = 12


class HeaderDialog(Sheeted):
    """The first lines as they stand; the chosen ones become the header.

    `chosen` gives the first and the last row of the header, as the spreadsheet numbers them.
    """

    chosen = Signal(int, int)

    def __init__(self, seen: SheetLines, window: QWidget) -> None:
        super().__init__("点一下表头在哪一行", "new", window)
        self.setFixedWidth(max(theme().px(320), min(theme().px(980), window.width() - 60)))
        self.body.addWidget(
            Text("表头有两三行的，按住 Shift 一起选上。", "small", "ink2", wrap=True)
        )
        self.lines = _lines_table(seen)
        self.body.addWidget(self.lines, 1)
        row = QHBoxLayout()
        row.addWidget(
            Button("就用选中的行", icon="tick", key="Ctrl+Enter", kind="primary", press=self.take)
        )
        row.addStretch(1)
        row.addWidget(Button("还用原来的", key="Esc", press=self.reject))
        self.body.addLayout(row)

    def take(self) -> None:
        """Tell the chosen rows."""
        rows = sorted({index.row() + 1 for index in self.lines.selectedIndexes()})
        if rows:
            self.accept()
            self.chosen.emit(rows[0], rows[-1])


def _lines_table(seen: SheetLines) -> QTableWidget:
    width = min(_SHOWN_COLUMNS, max((len(line) for line in seen.lines), default=1))
    table = QTableWidget(len(seen.lines), width)
    table.setAccessibleName("表格开头的几行")
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
    table.horizontalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setMinimumSectionSize(theme().px(84))
    table.setMinimumHeight(theme().px(330))
    for row, line in enumerate(seen.lines):
        _fill_line(table, row, line[:width])
    for row in seen.header:
        _select(table, row - 1)
    return table


def _fill_line(table: QTableWidget, row: int, line: Sequence[str]) -> None:
    """Show a line; a title that is merged across it stands there once, over all columns."""
    if len(line) > 1 and line[0] and set(line) == {line[0]}:
        table.setSpan(row, 0, 1, len(line))
        line = line[:1]
    for column, text in enumerate(line):
        table.setItem(row, column, QTableWidgetItem(text.replace("\n", " ")))


def _select(table: QTableWidget, row: int) -> None:
    """Choose a line besides those that are chosen; the keyboard stands in it."""
    flags = QItemSelectionModel.SelectionFlag
    index = table.model().index(row, 0)
    table.selectionModel().select(index, flags.Select | flags.Rows)
    table.selectionModel().setCurrentIndex(index, flags.NoUpdate)


class NamesDialog(Sheeted):
    """Names that the village does not have: make each, take it for one it has, or leave it out.

    `decided` gives for every name its answer: create, skip, or a name of the village's list.
    """

    decided = Signal(object)

    def __init__(self, unknown: Sequence[UnknownGroup], window: QWidget, *, counter: str) -> None:
        super().__init__("台账里还没有这些名字", "new", window)
        self.choices: list[QComboBox] = []
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme().px(8), 0)
        for line, one in enumerate(unknown):
            grid.addWidget(
                Text(f"{one.label}“{one.text}”（{one.rows} {counter}）", wrap=True), line, 0
            )
            combo = QComboBox()
            combo.setAccessibleName(f"“{one.text}”怎么办")
            combo.addItem(f"新建“{one.text}”", CREATE)
            for name in one.listed:
                combo.addItem(f"就是“{name}”", name)
            combo.addItem("这一项不填", LEAVE)
            combo.setCurrentIndex(max(0, combo.findData(one.answer)))
            grid.addWidget(combo, line, 1)
            self.choices.append(combo)
        grid.setColumnStretch(0, 1)
        scroll = Scroll(inside)
        scroll.setMinimumHeight(min(inside.sizeHint().height() + 8, theme().px(360)))
        self.body.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.addWidget(
            Button("就这样", icon="tick", key="Ctrl+Enter", kind="primary", press=self.take)
        )
        row.addWidget(Button("全部新建", press=self.create_all))
        row.addStretch(1)
        row.addWidget(Button("先不定", key="Esc", press=self.reject))
        self.body.addLayout(row)

    def create_all(self) -> None:
        """Make all of them."""
        for combo in self.choices:
            combo.setCurrentIndex(0)
        self.take()

    def take(self) -> None:
        """Tell the answers, in the order of the names."""
        self.accept()
        self.decided.emit([combo.currentData() for combo in self.choices])


class RulesDialog(Sheeted):
    """One update rule per field; `decided` gives field → rule, blank = as for all."""

    decided = Signal(object)

    def __init__(
        self,
        fields: Iterable[tuple[str, str]],
        rules: Mapping[str, str],
        window: QWidget,
    ) -> None:
        super().__init__("每一项怎么更新", "new", window)
        self.choices: dict[str, QComboBox] = {}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme().px(8), 0)
        for line, (name, label) in enumerate(fields):
            combo = QComboBox()
            combo.setAccessibleName(f"{label}怎么更新")
            combo.addItem("照总的办", "")
            for code, word in UPDATE_RULES:
                combo.addItem(word, code)
            combo.setCurrentIndex(max(0, combo.findData(rules.get(name, ""))))
            grid.addWidget(Text(label), line, 0)
            grid.addWidget(combo, line, 1)
            self.choices[name] = combo
        grid.setColumnStretch(0, 1)
        scroll = Scroll(inside)
        scroll.setMinimumHeight(min(inside.sizeHint().height() + 8, theme().px(400)))
        self.body.addWidget(scroll, 1)
        self.body.addWidget(Text("空格子永远不会抹掉已有内容。", "small", "ink2"))
        row = QHBoxLayout()
        row.addWidget(
            Button("就这样", icon="tick", key="Ctrl+Enter", kind="primary", press=self.take)
        )
        row.addStretch(1)
        row.addWidget(Button("不改了", key="Esc", press=self.reject))
        self.body.addLayout(row)

    def take(self) -> None:
        """Tell the rules."""
        self.accept()
        self.decided.emit({name: combo.currentData() for name, combo in self.choices.items()})
