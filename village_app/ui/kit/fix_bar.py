"""The bar under the grid that always speaks of the cell with the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.drawing import painter_of, rounded
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.grid import Focus
from village_app.ui.kit.lights import LightKind, draw_shape, shape_box
from village_app.ui.kit.removal import empty
from village_app.ui.kit.text import Text, Tone
from village_app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Fix:
    """One way out: its key, and the words of its button (改成 X, 本行不导入)."""

    key: str
    words: str


class FixBar(QWidget):
    """Row, column, what is wrong; Alt+1… the ways out, F8 the next place.

    Used like this:
        bar = FixBar()
        grid.moved.connect(lambda focus: bar.show_focus(focus, plan.fixes(focus)))
        bar.chosen.connect(self.apply_fix)
        bar.next_asked.connect(grid.next_problem)
    """

    chosen = Signal(str)
    next_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self._light: LightKind = "ok"
        self._where = Text()
        self._what = Text("", "body", "red", wrap=True)
        self._ways = FlowLayout(gap=8)
        self._next = Button("下一处", key="F8", press=self.next_asked.emit)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self._where)
        row.addWidget(self._what, 1)
        if theme().type_size < 150:
            row.addLayout(self._ways)
        row.addWidget(self._next)
        body = QVBoxLayout(self)
        body.setContentsMargins(px(40), px(6), px(8), px(6))
        body.addLayout(row)
        if theme().type_size >= 150:
            body.addLayout(self._ways)
        self.setMinimumHeight(px(50))
        self.show_focus(None, ())

    def show_focus(self, focus: Focus | None, fixes: Iterable[Fix] = ()) -> None:
        """Speak of a cell of the grid and offer ways out."""
        if focus is None:
            self._say("ok", "没有选中的格子", "", "ink2", ())
            return
        column = f"　{focus.column.label}" if focus.column else ""
        where = f"第 {focus.row.number} 行{column}"
        state = focus.cell.state if focus.cell else "plain"
        reason = (focus.cell.reason if focus.cell else "") or focus.row.reason
        if state == "fault" or (state == "plain" and focus.row.result.kind == "fault"):
            self._say("fault", where, reason, "red", fixes)
        elif state == "doubt" or focus.row.result.kind == "dup":
            self._say("dup", where, reason, "amber", fixes)
        else:
            self._say("ok", where, reason or "这一格没有问题。", "ink2", fixes)

    def _say(
        self, light: LightKind, where: str, what: str, tone: Tone, fixes: Iterable[Fix]
    ) -> None:
        self._light = light
        self._where.setText(where)
        self._what.setText(what)
        self._what.set_tone(tone)
        self.setAccessibleName(f"{where}，{what}")
        empty(self._ways)
        for number, fix in enumerate(fixes, start=1):
            button = Button(fix.words, key=f"Alt+{number}", press=self._chooser(fix.key))
            self._ways.addWidget(button)
        self.updateGeometry()
        self.update()

    def _chooser(self, key: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(key)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, colours = painter_of(self), theme(), theme().colours
        washes = {
            "fault": (colours.red_w, colours.red_l),
            "dup": (colours.amber_w, colours.amber_l),
        }
        ground, edge = washes.get(self._light, (colours.sheet, colours.line))
        box = QRectF(self.rect())
        rounded(painter, box, look.px(6), ground, edge, look.line)
        draw_shape(painter, self._light, shape_box(look.px(14), box.center().y()))
