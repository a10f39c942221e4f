"""公开前把关: what is wrong with a draft, each with the button that mends it, and what passed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.services.notices.writing import Point
from village_app.ui.kit.action_row import ActionRow
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.drawing import MIDDLE, painter_of, rounded, words
from village_app.ui.kit.lights import Light, LightKind, LightLabel
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Hairline, Scroll, Sheet
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme

# With more than these the list scrolls by itself and the buttons stay in sight.
_KEYED = 9


class Number(QWidget):
    """The number of a point: white on red for a fault, ink on white for what passed."""

    def __init__(self, number: int, *, fault: bool) -> None:
        super().__init__()
        self._text = str(number)
        self._fault = fault
        side = theme().px(23)
        self.setFixedSize(QSize(side, side))
        self.setAccessibleName(self._text)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, colours = painter_of(self), theme().colours
        box = QRectF(self.rect())
        if self._fault:
            rounded(painter, box, theme().px(2), colours.red)
            words(painter, box, self._text, QColor("#FFFFFF"), "small", MIDDLE)
        else:
            rounded(painter, box, theme().px(2), colours.sheet, colours.line2, theme().line)
            words(painter, box, self._text, colours.ink2, "small", MIDDLE)


class GatePanel(Sheet):
    """The findings of a draft and the buttons that go with them (`add_row`)."""

    def __init__(self, fix: Callable[[Point], object], show: Callable[[Point], object]) -> None:
        super().__init__("公开前把关", "这张纸会贴在墙上，谁都能看到")
        self._fix = fix
        self._show = show
        self.points: tuple[Point, ...] = ()
        self.state = LightLabel(Light("done", "都过了"), pill=True, role="small")
        self.head.addWidget(self.state)
        self._over = Hairline()
        self.body.addWidget(self._over)
        self._inside = QWidget()
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(0, 0, theme().px(8), 0)
        self._list.setSpacing(theme().px(4))
        self._scroll = Scroll(self._inside)
        self._scroll.setMinimumHeight(theme().px(118))
        self.add(self._scroll, 1)
        self._below = Hairline()
        self.body.addWidget(self._below)
        self.hint = Text("", "small", "ink2", wrap=True)
        self.add(self.hint)
        # Without findings the rest of the sheet stays white below.
        self.body.addStretch(0)

    def add_row(self, row: ActionRow) -> None:
        """Put the buttons below the findings, over the hint."""
        self.body.insertWidget(self.body.indexOf(self.hint), row)

    def set_narrow(self, *, narrow: bool) -> None:
        """Let the findings scroll in less height beside a low paper."""
        self._scroll.setMinimumHeight(theme().px(70 if narrow else 118))

    def set_found_visible(self, *, visible: bool) -> None:
        """Show or hide the findings with their head; the buttons below stay."""
        for part in (self._over, self._scroll, self._below):
            part.setVisible(visible)
        for at in range(self.head.count()):
            item = self.head.itemAt(at)
            if item is not None and (widget := item.widget()) is not None:
                widget.setVisible(visible)

    @property
    def held(self) -> tuple[Point, ...]:
        """Give what stops the paper."""
        return tuple(point for point in self.points if point.holds)

    def show_points(self, points: Sequence[Point], *, may_fix: bool) -> None:
        """Show the points in their order; without `may_fix` the buttons are left out."""
        self.points = tuple(points)
        empty(self._list)
        for point in self.points:
            self._list.addWidget(self._line(point, may_fix=may_fix))
        self._list.addStretch(1)
        count = len(self.held)
        questions = sum(not point.passed and not point.holds for point in self.points)
        if count:
            self.state.set_light(Light("fault", f"{count} 处没过"))
        elif questions:
            self.state.set_light(Light("today", f"{questions} 处请看一眼"))
        else:
            self.state.set_light(Light("done", "都过了"))

    def _line(self, point: Point, *, may_fix: bool) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        row.addWidget(Number(point.number, fault=point.holds), 0, Qt.AlignmentFlag.AlignTop)
        kind: LightKind = "done" if point.passed else "fault" if point.holds else "today"
        row.addWidget(LightLabel(Light(kind, "")), 0, Qt.AlignmentFlag.AlignTop)
        sentence = Text(point.sentence, "body", wrap=True)
        row.addWidget(sentence, 1)
        if not point.passed and point.place is not None:
            row.addWidget(Button("看在哪里", kind="quiet", press=lambda: self._show(point)))
        if point.fix and may_fix:
            key = f"Alt+{point.number}" if point.number <= _KEYED else ""
            row.addWidget(Button(point.fix, key=key, press=lambda: self._fix(point)))
        return line
