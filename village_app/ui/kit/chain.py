"""来龙去脉: 诉求→议题→决议→项目→公示, where it came from and where it goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QKeySequence, QPainter
from PySide6.QtWidgets import QWidget

from village_app.ui import icons
from village_app.ui.kit.track import Node, State, Track, Written, middle_of, paint_circle
from village_app.ui.theme import theme


@dataclass(frozen=True, slots=True)
class Link:
    """One station: its key, icon, name, number (a link), what stands below, and its state.

    Example: `Link("project", "building", "项目", "隔项2号", "施工 60%", "now")`.
    """

    key: str
    icon: str
    name: str
    number: str = ""
    note: str = ""
    state: State = "done"


class _LinkNode(Node):
    def __init__(self, parent: QWidget, link: Link, number: int) -> None:
        super().__init__(parent, link.state)
        self._link = link
        self.setText(link.name)
        said = {"done": "已完成", "now": "正在", "ahead": "还没到", "missing": "缺"}[link.state]
        parts = (link.name, link.number, link.note, said)
        self.setAccessibleName("，".join(part for part in parts if part))
        self.setShortcut(QKeySequence(f"Alt+{number}"))

    def mark_size(self) -> int:
        return 36 if self.state == "now" else 30

    def written(self) -> Sequence[Written]:
        colours, ahead = theme().colours, self.state == "ahead"
        name = colours.ink3 if ahead else colours.ink
        number = colours.ink3 if ahead else colours.blue
        return (
            (self._link.name, "body", name),
            (self._link.number, "small", number),
            (self._link.note, "small", colours.ink3),
        )

    def paint_mark(self, painter: QPainter, box: QRectF) -> None:
        look, colours = theme(), theme().colours
        if self.state == "done":
            paint_circle(painter, box, colours.blue, colours.blue)
            ink = colours.sheet
        elif self.state == "now":
            paint_circle(painter, box, colours.sheet, colours.blue)
            inset = look.px(4)
            paint_circle(painter, box.adjusted(inset, inset, -inset, -inset), None, colours.blue)
            ink = colours.blue
        else:
            paint_circle(painter, box, colours.sheet, colours.edge, dash=True)
            ink = colours.ink3
        icons.draw(painter, self._link.icon, middle_of(box, look.px(16)), ink)


class Chain(Track):
    """The stations of a matter; Alt+1…5 or a press goes there.

    Example: `chain = Chain(); chain.set_links([...]); chain.pressed.connect(self.go_to)`.
    """

    pressed = Signal(str)

    def __init__(self, links: Iterable[Link] = ()) -> None:
        super().__init__()
        self.setAccessibleName("来龙去脉")
        self.set_links(links)

    def set_links(self, links: Iterable[Link]) -> None:
        """Show other stations."""
        nodes = []
        for number, link in enumerate(links, start=1):
            node = _LinkNode(self, link, number)
            node.clicked.connect(lambda _checked=False, key=link.key: self.pressed.emit(key))
            nodes.append(node)
        self._take(nodes)
