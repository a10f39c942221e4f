"""A row of chips in one line: what has no room stands in a menu at its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QWidget

from village_app.ui.kit.chip_button import Chip, ChipButton
from village_app.ui.kit.drawing import painter_of
from village_app.ui.theme import theme

Press = Callable[[], object]


def kept(
    widths: Sequence[int], chosen: Sequence[int], room: int, tail: int, gap: int
) -> tuple[int, ...]:
    """Say which places of a line stay in sight: all, or as many from the left as leave room.

    `widths`, `room`, `tail` (what opens the rest) and `gap` are px. The `chosen` places always
    stay; where not even they leave room for the tail, nothing does and the tail speaks for them.
    """
    if sum(widths) + gap * (len(widths) - 1) <= room:
        return tuple(range(len(widths)))
    room -= tail + sum(widths[place] + gap for place in chosen)
    if room < 0:
        return ()
    stays = set(chosen)
    for place, width in enumerate(widths):
        if place in stays:
            continue
        room -= width + gap
        if room < 0:
            break
        stays.add(place)
    return tuple(sorted(stays))


class ChipTail(ChipButton):
    """The chip at the end of a line: how many more there are, and the menu of all of them."""

    def __init__(self, parent: QWidget, name: str, open_menu: Press) -> None:
        super().__init__(Chip("", ""), parent)
        self._name = name
        self.clicked.connect(lambda _on: open_menu())

    def nextCheckState(self) -> None:
        """A press opens the menu; whether the chip looks on follows from what it says."""

    def show_chip(self, chip: Chip, *, on: bool) -> None:
        """Say the number of the others, or the one that is chosen."""
        self.setChecked(on)
        if chip != self.chip:
            self.set_chip(chip)
        self.setAccessibleName(f"{self._name}：{chip.words()}")

    @property
    def _mark_width(self) -> int:
        return theme().px(10) + theme().px(7)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(self._mark_width, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = theme().colours
        painter = painter_of(self)
        ink = colours.blue if self.isChecked() else colours.ink2
        painter.setPen(QPen(ink, theme().px(1.75), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        _draw_mark(painter, QRectF(self.rect()))


def _draw_mark(painter: QPainter, box: QRectF) -> None:
    """Draw the open angle that tells that a menu opens below."""
    half = theme().px(10) / 2
    middle = QPointF(box.right() - theme().px(11) - half, box.center().y() + half / 2)
    painter.drawPolyline([middle + QPointF(-half, -half), middle, middle + QPointF(half, -half)])


class FoldedLine:
    """The chips of one row, in one line whatever its width; used by `ChipRow`.

    `always` keeps all of them in the menu, where a row of its own would say too much (年份).
    """

    def __init__(self, row: QWidget, name: str, *, always: bool) -> None:
        self._row = row
        self._always = always
        self._gap = theme().px(6)
        self._buttons: list[ChipButton] = []
        self.tail = ChipTail(row, name, self.open_menu)
        self.menu_shown: QMenu | None = None

    def add(self, button: ChipButton) -> None:
        """Take one more chip, at the end."""
        button.setParent(self._row)
        self._buttons.append(button)

    def remove(self, button: ChipButton) -> None:
        """Forget a chip."""
        self._buttons.remove(button)

    def size(self) -> QSize:
        """Give what the line would like: all chips beside each other, or the menu alone."""
        if self._always:
            return self.tail.sizeHint()
        widths = [one.sizeHint().width() for one in self._buttons]
        width = sum(widths) + self._gap * max(0, len(widths) - 1)
        return QSize(width, self.tail.sizeHint().height())

    def least(self) -> QSize:
        """Give the least the line can do with: the widest of its chips, in the tail."""
        if self._always:
            return self.tail.sizeHint()
        marks = self.tail.sizeHint().width() - ChipButton.sizeHint(self.tail).width()
        widest = max((one.sizeHint().width() for one in self._buttons), default=0)
        return QSize(widest + marks + theme().px(16), self.tail.sizeHint().height())

    def arrange(self, width: int) -> None:
        """Put the chips into the line; the rest goes into the menu."""
        stays = () if self._always else self._places(width)
        left = 0
        for place, button in enumerate(self._buttons):
            button.setVisible(place in stays)
            if place in stays:
                size = button.sizeHint()
                button.setGeometry(left, 0, size.width(), size.height())
                left += size.width() + self._gap
        self.tail.setVisible(len(stays) < len(self._buttons))
        self._speak(len(self._buttons) - len(stays), alone=not stays)
        self.tail.setGeometry(left, 0, self.tail.sizeHint().width(), self.tail.sizeHint().height())

    def _places(self, width: int) -> tuple[int, ...]:
        widths = [one.sizeHint().width() for one in self._buttons]
        chosen = [place for place, one in enumerate(self._buttons) if one.isChecked()]
        self._speak(len(widths), alone=False)
        return kept(widths, chosen, width, self.tail.sizeHint().width(), self._gap)

    def _speak(self, others: int, *, alone: bool) -> None:
        chosen = next((one for one in self._buttons if one.isChecked()), None)
        if alone and chosen is not None:
            self.tail.show_chip(chosen.chip, on=chosen is not self._buttons[0])
        else:
            self.tail.show_chip(Chip("", f"还有 {others} 个"), on=False)

    def open_menu(self) -> QMenu:
        """Open all chips of the row as a menu below the tail; the chosen one is marked."""
        menu = QMenu(self._row)
        menu.setAccessibleName(self.tail.accessibleName())
        for button in self._buttons:
            action = menu.addAction(button.chip.words())
            action.setCheckable(True)
            action.setChecked(button.isChecked())
            action.triggered.connect(button.click)
        self.menu_shown = menu
        menu.popup(self._row.mapToGlobal(self.tail.geometry().bottomLeft()))
        return menu
