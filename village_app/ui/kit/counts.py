"""Counts that are buttons: a press shows only those rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from village_app.ui.kit.drawing import focus_ring, painter_of, rounded, width_of, words
from village_app.ui.kit.lights import LightKind, draw_shape, light_colour, shape_box
from village_app.ui.kit.removal import discard
from village_app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class ResultCount:
    """One count: key, light, number, word (41 新增)."""

    key: str
    light: LightKind
    number: int
    word: str


class _CountButton(QAbstractButton):
    def __init__(self, count: ResultCount, number: int) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setShortcut(QKeySequence(f"Alt+Shift+{number}"))
        self.set_count(count)
        self.setToolTip(f"只看{count.word}（Alt+Shift+{number}）")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: ResultCount) -> None:
        """Show another number."""
        self._count = count
        self.setAccessibleName(f"{count.number} {count.word}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px, count = theme().px, self._count
        width = px(40) + width_of(str(count.number), "h2") + px(9) + width_of(count.word) + px(12)
        return QSize(width, max(px(42), theme().metrics("h2").height() + px(12)))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, count = painter_of(self), theme(), self._count
        colours = look.colours
        px, box, on = look.px, QRectF(self.rect()), self.isChecked()
        edge = colours.blue if on else colours.line
        ground = colours.selection if on else colours.sheet
        rounded(painter, box, px(8), ground, edge, look.line + 1 if on else look.line)
        draw_shape(painter, count.light, shape_box(px(16), box.center().y()))
        left = float(px(40))
        words(painter, box.adjusted(left, 0, 0, 0), str(count.number), colours.ink, "h2")
        left += width_of(str(count.number), "h2") + px(9)
        ink = light_colour(count.light) if count.light == "same" else colours.ink2
        words(painter, box.adjusted(left, 0, 0, 0), count.word, ink)
        if self.hasFocus():
            focus_ring(painter, box, px(8), colours.blue)


class CountRow(QWidget):
    """Counts beside each other; pressing one shows only its rows, pressing again all.

    Example: `CountRow([ResultCount("new", "new", 41, "新增")])`; `row.chosen.connect(plan.only)`
    gets the key, blank for all.
    """

    chosen = Signal(str)

    def __init__(self, counts: Iterable[ResultCount] = ()) -> None:
        super().__init__()
        self._on = ""
        self._buttons: dict[str, _CountButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme().px(10))
        self.setAccessibleName("各种结果的行数")
        self.set_counts(counts)

    def set_counts(self, counts: Iterable[ResultCount]) -> None:
        """Show other numbers; what is chosen stays chosen."""
        counts = tuple(counts)
        if [count.key for count in counts] == list(self._buttons):
            for count in counts:
                self._buttons[count.key].set_count(count)
            return
        for button in self._buttons.values():
            discard(button)
        self._buttons = {}
        for number, count in enumerate(counts, start=1):
            button = _CountButton(count, number)
            button.setChecked(count.key == self._on)
            button.clicked.connect(lambda _checked=False, key=count.key: self._press(key))
            self._buttons[count.key] = button
            self._row.addWidget(button)

    def _press(self, key: str) -> None:
        self._on = "" if key == self._on else key
        for other, button in self._buttons.items():
            button.setChecked(other == self._on)
        self.chosen.emit(self._on)
