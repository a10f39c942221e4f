"""Filters as chips: one of a row, or several at once where the row begins with 同时满足."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from village_app.ui.kit.chip_button import Chip, ChipButton
from village_app.ui.kit.chip_fold import FoldedLine
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.removal import discard
from village_app.ui.kit.text import Text

__all__ = ["Chip", "ChipButton", "ChipRow"]
from village_app.ui.own_words import own


class ChipRow(QWidget):
    """A row of chips.

    Example: `ChipRow([Chip("open", "未办结", 37), Chip("over", "超期", 2, "over")])`;
    `row.chosen.connect(lambda keys: ...)` gets a tuple of keys: one key where the chips exclude
    each other, any number with `together=True` (the row then begins with 同时满足) or with
    `toggles=True` (where the words before the row say what it is).

    Chips that exclude each other stand in one line: what has no room goes into a menu at its
    end, and with `menu=True` all do. The others go on in the next line.
    """

    chosen = Signal(object)

    def __init__(
        self,
        chips: Iterable[Chip],
        *,
        together: bool = False,
        toggles: bool = False,
        menu: bool = False,
        on: Iterable[str] | None = None,
        name: str = "筛选",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._together = together or toggles
        self._buttons: dict[str, ChipButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(not self._together)
        self._flow = FlowLayout(self, gap=6) if self._together else None
        self._line = None if self._together else FoldedLine(self, own(name), always=menu)
        self.setAccessibleName(name)
        self._take_room(menu=menu)
        if self._flow is not None and together:
            self._flow.addWidget(Text("同时满足", "small", "ink2"))
        made = tuple(chips)
        for chip in made:
            self._add(chip)
        first = () if self._together or not made else (made[0].key,)
        self.set_on(first if on is None else on)

    def _take_room(self, *, menu: bool) -> None:
        sides = QSizePolicy.Policy
        if self._line is not None:
            self.setSizePolicy(sides.Fixed if menu else sides.Preferred, sides.Fixed)
            return
        policy = QSizePolicy(sides.Preferred, sides.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _add(self, chip: Chip) -> None:
        button = ChipButton(chip)
        self._buttons[chip.key] = button
        self._group.addButton(button)
        if self._flow is not None:
            self._flow.addWidget(button)
        if self._line is not None:
            self._line.add(button)
        button.toggled.connect(lambda _on: self._arrange())
        button.clicked.connect(lambda: self.chosen.emit(self.on()))

    def _drop(self, button: ChipButton) -> None:
        self._group.removeButton(button)
        if self._flow is not None:
            self._flow.removeWidget(button)
        if self._line is not None:
            self._line.remove(button)
        discard(button)

    def on(self) -> tuple[str, ...]:
        """Give the keys of the chips that are on."""
        return tuple(key for key, button in self._buttons.items() if button.isChecked())

    def set_on(self, keys: Iterable[str]) -> None:
        """Turn these chips on and the others off, without telling."""
        wanted = set(keys)
        for key, button in self._buttons.items():
            if key in wanted or self._together:
                button.setChecked(key in wanted)

    def set_chips(self, chips: Iterable[Chip]) -> None:
        """Show other chips; what is on stays on where it is still there."""
        made = tuple(chips)
        if [chip.key for chip in made] == list(self._buttons):
            for chip in made:
                self._buttons[chip.key].set_chip(chip)
            self._arrange()
            return
        on = [key for key in self.on() if any(chip.key == key for chip in made)]
        for button in self._buttons.values():
            self._drop(button)
        self._buttons = {}
        for chip in made:
            self._add(chip)
        self.set_on(on or (() if self._together or not made else (made[0].key,)))
        self._arrange()

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show new counts; chips not named keep theirs."""
        for key, count in counts.items():
            if key in self._buttons:
                old = self._buttons[key].chip
                self._buttons[key].set_chip(Chip(old.key, old.word, count, old.light))
        self._arrange()

    def buttons(self) -> Sequence[ChipButton]:
        """Give the chips in order."""
        return tuple(self._buttons.values())

    # The room of the row

    def sizeHint(self) -> QSize:
        return super().sizeHint() if self._line is None else self._line.size()

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() if self._line is None else self._line.least()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self._line is not None:
            self._line.arrange(self.width())
            self.updateGeometry()
