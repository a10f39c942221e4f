"""Filters as chips: one of a row, or several at once where the row begins with 同时满足."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from village_app.ui.kit.drawing import focus_ring, painter_of, rounded, width_of, words
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.lights import LightKind, draw_shape, shape_box
from village_app.ui.kit.removal import discard
from village_app.ui.kit.text import Text
from village_app.ui.own_words import own
from village_app.ui.theme import theme


class Chip(NamedTuple):
    """One filter: its key, its word, how many it would show, and a light before the word."""

    key: str
    word: str
    count: int | None = None
    light: LightKind | None = None

    def words(self) -> str:
        """Give what the chip says."""
        word = own(self.word)
        return word if self.count is None else f"{word} {self.count}"


class ChipButton(QAbstractButton):
    """One round chip; on = ✓ before the word, blue wash and a 2 px edge."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _on: self.updateGeometry())
        self.set_chip(chip)

    @property
    def chip(self) -> Chip:
        return self._chip

    def set_chip(self, chip: Chip) -> None:
        """Show another count."""
        self._chip = chip
        self.setText(chip.words())
        self.setAccessibleName(chip.words())
        self.updateGeometry()
        self.update()

    def _label(self) -> str:
        return f"✓ {self.text()}" if self.isChecked() else self.text()

    def sizeHint(self) -> QSize:
        px = theme().px
        width = width_of(self._label()) + 2 * px(11)
        if self.isChecked():
            width += px(3)
        elif self._chip.light:
            width += px(13) + px(9)
        return QSize(width, max(px(30), theme().metrics().height() + px(8)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = painter_of(self)
        look, colours = theme(), theme().colours
        box = QRectF(self.rect())
        radius, left = box.height() / 2, look.px(11)
        if self.isChecked():
            rounded(painter, box, radius, colours.selection, colours.blue, look.line + 1)
        else:
            ground = colours.sunk if self.underMouse() else colours.sheet
            rounded(painter, box, radius, ground, colours.line2, look.line)
            if self._chip.light:
                draw_shape(painter, self._chip.light, shape_box(left, box.center().y()))
                left += look.px(13) + look.px(8)
        if self.hasFocus():
            focus_ring(painter, box.adjusted(-0.5, -0.5, 0.5, 0.5), radius, colours.blue)
            inner = box.adjusted(3, 3, -3, -3)
            rounded(painter, inner, inner.height() / 2, None, colours.blue, 1)
        ink = colours.blue if self.isChecked() else colours.ink
        text = box.adjusted(left, 0, 0, 0)
        words(painter, text, self._label(), ink)


class ChipRow(QWidget):
    """A row of chips.

    Example: `ChipRow([Chip("open", "未办结", 37), Chip("over", "超期", 2, "over")])`;
    `row.chosen.connect(lambda keys: ...)` gets a tuple of keys: one key where the chips exclude
    each other, any number with `together=True` (the row then begins with 同时满足) or with
    `toggles=True` (where the words before the row say what it is).
    """

    chosen = Signal(object)

    def __init__(
        self,
        chips: Iterable[Chip],
        *,
        together: bool = False,
        toggles: bool = False,
        on: Iterable[str] | None = None,
        name: str = "筛选",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._together = together or toggles
        self._buttons: dict[str, ChipButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(not self._together)
        self._flow = FlowLayout(self, gap=6)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if together:
            self._flow.addWidget(Text("同时满足", "small", "ink2"))
        made = tuple(chips)
        for chip in made:
            self._add(chip)
        first = () if self._together or not made else (made[0].key,)
        self.set_on(first if on is None else on)

    def _add(self, chip: Chip) -> None:
        button = ChipButton(chip)
        self._buttons[chip.key] = button
        self._group.addButton(button)
        self._flow.addWidget(button)
        button.clicked.connect(lambda: self.chosen.emit(self.on()))

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
            return
        on = [key for key in self.on() if any(chip.key == key for chip in made)]
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._flow.removeWidget(button)
            discard(button)
        self._buttons = {}
        for chip in made:
            self._add(chip)
        self.set_on(on or (() if self._together or not made else (made[0].key,)))

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show new counts; chips not named keep theirs."""
        for key, count in counts.items():
            if key in self._buttons:
                old = self._buttons[key].chip
                self._buttons[key].set_chip(Chip(old.key, old.word, count, old.light))

    def buttons(self) -> Sequence[ChipButton]:
        """Give the chips in order."""
        return tuple(self._buttons.values())
