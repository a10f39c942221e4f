"""Somebody else saved the same record meanwhile: both versions side by side, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QWidget

from village_app.domain.kinds import FieldDeclaration
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.sheets import Scroll
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Versions:
    """Three versions of a record: as it was when opened, as it was saved by others, as typed."""

    base: Mapping[str, Any]
    theirs: Mapping[str, Any]
    mine: Mapping[str, Any]

    def contested(self, names: Iterable[str]) -> tuple[str, ...]:
        """Name the fields that both sides changed, and not alike."""
        return tuple(
            name
            for name in names
            if self._by_them(name)
            and self._by_me(name)
            and self.theirs.get(name) != self.mine.get(name)
        )

    def merged(self, names: Iterable[str], keep_mine: Mapping[str, bool]) -> dict[str, Any]:
        """Give the values to save: what only one side changed is taken from that side."""
        result: dict[str, Any] = {}
        for name in names:
            mine = self._by_me(name) and (not self._by_them(name) or keep_mine.get(name, True))
            result[name] = (self.mine if mine else self.theirs).get(name)
        return result

    def _by_them(self, name: str) -> bool:
        return bool(self.theirs.get(name) != self.base.get(name))

    def _by_me(self, name: str) -> bool:
        return name in self.mine and bool(self.mine[name] != self.base.get(name))


class ConflictDialog(Sheeted):
    """Shows the contested fields with a choice for each; `decided` gives the values to save.

    Used like this:
        dialog = ConflictDialog(form.declarations, Versions(base, theirs, mine), "叶志坚", window)
        dialog.decided.connect(self.save_again)
        dialog.open()
    """

    decided = Signal(object)

    def __init__(
        self,
        declarations: Iterable[FieldDeclaration],
        versions: Versions,
        who: str,
        window: QWidget | None,
    ) -> None:
        super().__init__(f"您改的时候，{who} 也改了这一条", "dup", window)
        self._versions = versions
        self._declared = {declaration.name: declaration for declaration in declarations}
        self._mine: dict[str, QRadioButton] = {}
        contested = versions.contested(self._declared)
        self.body.addWidget(Text(self._explanation(len(contested), who), wrap=True))
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme().px(8), 0)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for column, name in ((1, f"{who} 存的"), (2, "您写的")):
            grid.addWidget(Text(name, "small", "ink2"), 0, column)
        for row, name in enumerate(contested, start=1):
            self._add(grid, row, name)
        if contested:
            scroll = Scroll(inside)
            scroll.setMinimumHeight(min(theme().px(260), inside.sizeHint().height() + 4))
            self.body.addWidget(scroll, 1)
        self.body.addLayout(self._ways())

    def _explanation(self, count: int, who: str) -> str:
        if not count:
            return f"您和 {who} 改的不是同一处，两边的改动都留下。"
        return f"有 {count} 处两边都改了，一处一处选；别处的改动都留下，什么都不会丢。"

    def _add(self, grid: QGridLayout, row: int, name: str) -> None:
        declaration, kind = self._declared[name], self._declared[name].kind
        masked = declaration.sensitivity != "public"
        show = kind.mask if masked else kind.show
        group = QButtonGroup(self)
        label = Text(declaration.label, "body", "ink2")
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        for column, side in ((1, self._versions.theirs), (2, self._versions.mine)):
            choice = QRadioButton(show(side.get(name)) or "（空）")
            whose = "别人存的" if column == 1 else "您写的"
            choice.setAccessibleName(f"{declaration.label}，{whose}：{choice.text()}")
            choice.setToolTip(choice.text())
            group.addButton(choice)
            grid.addWidget(choice, row, column)
            if column == 2:
                choice.setChecked(True)
                self._mine[name] = choice

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        keep = Button("照选的存", icon="save", kind="primary", press=self._decide)
        keep.setAutoDefault(True)
        keep.setDefault(True)
        row.addWidget(keep)
        row.addStretch(1)
        row.addWidget(Button("先不存，回去看看", key="Esc", press=self.reject))
        return row

    def choose(self, name: str, *, mine: bool) -> None:
        """Choose a side for a contested field."""
        button = self._mine[name]
        if mine:
            button.setChecked(True)
        else:
            for other in button.group().buttons():
                other.setChecked(other is not button)

    def merged(self) -> dict[str, Any]:
        """Give the values to save as the choices stand."""
        keep_mine = {name: button.isChecked() for name, button in self._mine.items()}
        return self._versions.merged(self._declared, keep_mine)

    def _decide(self) -> None:
        self.decided.emit(self.merged())
        self.accept()
