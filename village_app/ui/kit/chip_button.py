"""One chip: a round filter with its word, its count and a light before the word."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from village_app.ui.kit.drawing import focus_ring, painter_of, rounded, width_of, words
from village_app.ui.kit.lights import LightKind, draw_shape, shape_box
from village_app.ui.own_words import own
from village_app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Chip:
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
