"""The stages of a project: done, now with its per cent, missing a paper, ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from village_app.ui.kit.drawing import rounded, width_of
from village_app.ui.kit.lights import draw_shape
from village_app.ui.kit.track import (
    Node,
    State,
    Track,
    Written,
    middle_of,
    paint_circle,
    paint_pie,
)
from village_app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: key, name, when, state, per cent done (for now), papers that are missing.

    Example: `Stage("quotes", "比价", "04-02", "missing", missing=("报价单 1 份",))`.
    A stage ahead may already list what it will need.
    """

    key: str
    name: str
    when: str = ""
    state: State = "ahead"
    share: int = 0
    missing: tuple[str, ...] = ()


class _StageNode(Node):
    def __init__(self, parent: QWidget, stage: Stage) -> None:
        super().__init__(parent, stage.state)
        self._stage = stage
        self.setText(stage.name)
        said = {"done": "已完成", "now": f"做到 {stage.share}%", "ahead": "还没到"}
        parts = [stage.name, stage.when, said.get(stage.state, "")]
        parts += [f"缺{paper}" for paper in stage.missing]
        self.setAccessibleName("，".join(part for part in parts if part))

    def mark_size(self) -> int:
        return 30 if self.state == "now" else 26

    def written(self) -> Sequence[Written]:
        colours, stage = theme().colours, self._stage
        name = colours.ink3 if self.state == "ahead" else colours.ink
        when = f"{stage.share}%" if self.state == "now" and not stage.when else stage.when
        lines: list[Written] = [(stage.name, "body", name)]
        if when:
            lines.append((when, "small", colours.ink3))
        for paper in stage.missing:
            lines += [(part, "small", colours.red) for part in _in_two(f"缺 {paper}")]
        return lines

    def paint_mark(self, painter: QPainter, box: QRectF) -> None:
        look, colours = theme(), theme().colours
        if self.state == "missing":
            rounded(painter, box, look.px(2), colours.red_w, colours.red, look.px(2))
            draw_shape(painter, "fault", middle_of(box, look.px(12)), colours.red)
        elif self.state == "done":
            paint_circle(painter, box, colours.blue, colours.blue)
            draw_shape(painter, "done", middle_of(box, look.px(12)), colours.sheet)
        elif self.state == "now":
            paint_pie(painter, box, self._stage.share, colours.blue)
        else:
            paint_circle(painter, box, colours.sheet, colours.edge, dash=True)


def _in_two(text: str) -> list[str]:
    """Break a text that is wider than its node into two lines; what is left then ends in …"""
    room = theme().px(76)
    end = len(text)
    while width_of(text[:end], "small") > room:
        end -= 1
    return [text] if end == len(text) else [text[:end], text[end:].strip()]


class StageTrack(Track):
    """The way of a project; a press tells the stage.

    Example: `track = StageTrack([Stage("start", "提出", "03-06", "done"), ...])`.
    """

    pressed = Signal(str)

    def __init__(self, stages: Iterable[Stage] = ()) -> None:
        super().__init__()
        self.setAccessibleName("走到哪一步")
        self.set_stages(stages)

    def set_stages(self, stages: Iterable[Stage]) -> None:
        """Show other stages."""
        nodes = []
        for stage in stages:
            node = _StageNode(self, stage)
            node.clicked.connect(lambda _checked=False, key=stage.key: self.pressed.emit(key))
            nodes.append(node)
        self._take(nodes)
