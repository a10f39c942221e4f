"""A sheet with lines to be ticked: several out of what is there, all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from village_app.errors import InvalidInput, Refused
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.sheets import Scroll
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Tick:
    """One line: its key, its words, whether it is ticked to begin with, a note below it."""

    key: int
    words: str
    on: bool = True
    note: str = ""


class TickDialog(Sheeted):
    """Lines to tick and two ways on; `save` takes the keys of the ticked lines."""

    def __init__(
        self,
        title: str,
        ticks: Sequence[Tick],
        save: Callable[[tuple[int, ...]], object],
        window: QWidget,
        *,
        words: str = "存",
        out: str = "先不记了",
    ) -> None:
        super().__init__(title, "new", window)
        self._save = save
        self.boxes: dict[int, QCheckBox] = {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme().px(8), 0)
        for tick in ticks:
            box = QCheckBox(tick.words)
            box.setChecked(tick.on)
            self.boxes[tick.key] = box
            column.addWidget(box)
            if tick.note:
                note = Text(tick.note, "small", "ink2", wrap=True)
                note.setContentsMargins(theme().px(26), 0, 0, theme().px(4))
                column.addWidget(note)
        column.addStretch(1)
        scroll = Scroll(inside)
        wanted = inside.sizeHint().height() + theme().px(8)
        scroll.setMinimumHeight(min(wanted, max(theme().px(160), window.height() // 2)))
        self.body.addWidget(scroll, 1)
        self.refusal = Text("", "body", "red", wrap=True)
        self.refusal.hide()
        self.body.addWidget(self.refusal)
        row = QHBoxLayout()
        row.addWidget(Button(words, icon="save", key="Ctrl+S", kind="primary", press=self.save))
        row.addStretch(1)
        row.addWidget(Button(out, key="Esc", press=self.reject))
        self.body.addLayout(row)

    def save(self) -> None:
        """Hand on what is ticked; close when it was taken."""
        self.refusal.hide()
        chosen = tuple(key for key, box in self.boxes.items() if box.isChecked())
        try:
            self._save(chosen)
        except (InvalidInput, Refused) as refusal:
            self.refusal.setText(refusal.message)
            self.refusal.show()
            return
        self.accept()
