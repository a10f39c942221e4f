"""Two entries side by side, field by field, with a choice where they differ; made one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from village_app.db.records.residents import Resident
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


class TwoEntries(QWidget):
    """The fuller entry at the left, the other at the right, and what moves along with it."""

    def __init__(self, village: Any) -> None:
        super().__init__()
        self._village = village
        self._people: tuple[Resident, Resident] | None = None
        self.choice = MergeChoice()
        self.moves = Text("", "small", "ink2", wrap=True)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(8))
        body.addWidget(self.choice, 1)
        body.addWidget(self.moves)

    def show_nobody(self, words: str = "") -> None:
        """Show no entries, and in words what to do."""
        self._people = None
        self.choice.show_pairs([])
        self.moves.setText(words)

    def show_two(self, first: Resident, second: Resident) -> None:
        """Show two entries; which one stays is proposed by what is known of each."""
        merging = self._village.merging
        keep, drop = self._people = merging.fuller(first, second)
        self.choice.show_pairs(merging.compare(keep, drop))
        self.moves.setText(_moves_words(merging.moved(drop)))

    def merge(self) -> Resident | None:
        """Make the two one with the values that are chosen; raises what the service refuses."""
        if self._people is None:
            return None
        kept: Resident = self._village.merging.merge(*self._people, self.choice.choices())
        return kept


def _moves_words(moved: Mapping[str, int]) -> str:
    """Say what moves with a merge: 诉求 2 条、成员 1 条."""
    if not moved:
        return "没有别的记录说到要并掉的这一条。"
    told = "、".join(f"{title} {count} 条" for title, count in moved.items())
    return f"跟着并过去的还有：{told}。"
