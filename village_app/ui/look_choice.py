"""Type size and contrast, offered before signing in, and what is said at the foot of that page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.ui.door import DoorSign
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.icon import Icon
from village_app.ui.kit.text import Line, Text
from village_app.ui.theme import TYPE_SIZES, Theme, TypeSize, theme

_WORDS: dict[TypeSize, str] = {100: "标准", 125: "大", 150: "特大", 200: "最大"}


class LookChoice(QWidget):
    """字大小 and 高对比; `chosen` gives the new look."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        look = theme()
        self.sizes = ChipRow(
            [Chip(str(size), _WORDS[size]) for size in TYPE_SIZES],
            on=[str(look.type_size)],
            name="字大小",
        )
        on = ["contrast"] if look.contrast else []
        # `together` would write 同时满足 before it; one chip that goes on and off needs no word.
        self.contrast = ChipRow([Chip("contrast", "高对比")], on=on, name="高对比", toggles=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(Text("字大小", "small", "ink2"))
        row.addWidget(self.sizes, 3)
        row.addWidget(self.contrast, 1)
        self.sizes.chosen.connect(lambda _keys: self.chosen.emit(self.look()))
        self.contrast.chosen.connect(lambda _keys: self.chosen.emit(self.look()))

    def look(self) -> Theme:
        """Give the look that is chosen."""
        wanted = self.sizes.on()
        size = next((size for size in TYPE_SIZES if str(size) in wanted), theme().type_size)
        return Theme(size, bool(self.contrast.on()))


class DoorFoot(QWidget):
    """Look, last backup, and that nothing leaves this computer."""

    def __init__(self, sign: DoorSign) -> None:
        super().__init__()
        px = theme().px
        self.look = LookChoice()
        facts = QHBoxLayout()
        facts.setSpacing(px(8))
        facts.addWidget(Icon("shield", tone="ink3"))
        backup = f"{sign.backup.when} {sign.backup.word}　" if sign.backup else ""
        facts.addWidget(Line(f"{backup}数据只在这台电脑上，不联网", "small", "ink2"), 1)
        facts.addWidget(Text(sign.version, "small", "ink2"))
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(px(6))
        body.addWidget(self.look)
        body.addLayout(facts)
