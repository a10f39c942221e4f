"""Two entries side by side, field by field, with a choice where they differ."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from village_app.services.register.merging import FieldPair, Side
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Scroll
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme


class MergeChoice(QWidget):
    """Fields in lines: the kept entry at the left, the one that is merged away at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = QWidget()
        self._inside.setProperty("ground", "sheet")
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, theme().px(8), 0)
        self._grid.setHorizontalSpacing(theme().px(10))
        self._grid.setVerticalSpacing(theme().px(4))
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._groups: dict[str, QButtonGroup] = {}
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(Scroll(self._inside))

    def show_pairs(self, pairs: Sequence[FieldPair]) -> None:
        """Show the fields of two entries; those that differ come first."""
        empty(self._grid)
        self._groups = {}
        if not pairs:
            return
        self._grid.addWidget(Text("留下这一条", "small", "ink2"), 0, 1)
        self._grid.addWidget(Text("并掉这一条", "small", "ink2"), 0, 2)
        ordered = sorted(pairs, key=lambda pair: not pair.differs)
        for line, pair in enumerate(ordered, start=1):
            self._grid.addWidget(Text(pair.label, "small", "ink2"), line, 0)
            if pair.differs:
                self._add_choice(line, pair)
            else:
                self._grid.addWidget(Text(pair.kept, wrap=True), line, 1, 1, 2)

    def _add_choice(self, line: int, pair: FieldPair) -> None:
        group = QButtonGroup(self._inside)
        for column, side, text in ((1, "keep", pair.kept), (2, "drop", pair.dropped)):
            button = QRadioButton(text or "（空）")
            button.setAccessibleName(f"{pair.label}用“{text or '空'}”")
            button.setChecked(pair.choice == side)
            group.addButton(button, column)
            self._grid.addWidget(button, line, column)
        self._groups[pair.name] = group

    def choose(self, name: str, side: Side) -> None:
        """Choose a side for a field."""
        self._groups[name].button(1 if side == "keep" else 2).setChecked(True)

    def choices(self) -> dict[str, Side]:
        """Give the side that is chosen for each field that differs."""
        return {
            name: "keep" if group.checkedId() == 1 else "drop"
            for name, group in self._groups.items()
        }
