"""The count of a vote: eight fields in three rows, each row with its equation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QIntValidator, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from village_app.ui.kit.dialog import Shape
from village_app.ui.kit.drawing import painter_of, rounded
from village_app.ui.kit.lights import LightKind, light_colour, wash_colour
from village_app.ui.kit.note import Note
from village_app.ui.kit.text import Text, Tone
from village_app.ui.theme import theme

FieldName = Literal["issued", "returned", "valid", "invalid", "yes", "no", "abstain"]

_LABELS: dict[FieldName, str] = {
    "issued": "发出",
    "returned": "收回",
    "valid": "有效",
    "invalid": "无效",
    "yes": "赞成",
    "no": "反对",
    "abstain": "弃权",
}


@dataclass(frozen=True, slots=True)
class Votes:
    """A count as far as it was typed; None = not typed yet."""

    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None

    @property
    def unreturned(self) -> int | None:
        """Issued less returned: reckoned, never typed."""
        if self.issued is None or self.returned is None:
            return None
        return self.issued - self.returned

    def equations(self) -> tuple[tuple[str, bool | None], ...]:
        """Give the three equations and whether each holds; None while a number is missing."""
        return (
            self._first(),
            _sum("收回", self.returned, (("有效", self.valid), ("无效", self.invalid))),
            _sum(
                "有效", self.valid, (("赞成", self.yes), ("反对", self.no), ("弃权", self.abstain))
            ),
        )

    def _first(self) -> tuple[str, bool | None]:
        left = self.unreturned
        if self.issued is None or self.returned is None or left is None:
            return "", None
        if left < 0:
            return f"收回比发出多 {-left} 票", False
        return f"发出 {self.issued} ＝ 收回 {self.returned} ＋ 未收回 {left}", True

    @property
    def balanced(self) -> bool:
        """Whether all three equations hold."""
        return all(holds for _text, holds in self.equations())


def _sum(
    name: str, whole: int | None, parts: tuple[tuple[str, int | None], ...]
) -> tuple[str, bool | None]:
    numbers = [number for _name, number in parts if number is not None]
    if whole is None or len(numbers) < len(parts):
        return "", None
    written = " ＋ ".join(f"{part} {number}" for part, number in parts)
    difference = whole - sum(numbers)
    if difference == 0:
        return f"{name} {whole} ＝ {written}", True
    word = "差" if difference > 0 else "多"
    return f"{name} {whole}，{written}，{word} {abs(difference)} 票", False


class ResultBox(QWidget):
    """What the count means: 通过 or 没有通过, and the sentence with both numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._light: LightKind = "done"
        self._head = QHBoxLayout()
        self._title = Text("", "songh2")
        self._sentence = Text("", wrap=True)
        self._shape: QWidget | None = None
        body = QVBoxLayout(self)
        px = theme().px
        body.setContentsMargins(px(12), px(8), px(12), px(8))
        self._head.addWidget(self._title, 1)
        body.addLayout(self._head)
        body.addWidget(self._sentence)
        self.hide()

    def say(self, title: str, sentence: str, light: LightKind) -> None:
        """Show the result."""
        self._light = light
        if self._shape is not None:
            self._shape.deleteLater()
        self._shape = Shape(light)
        self._head.insertWidget(0, self._shape)
        tone: Tone = "green" if light == "done" else "red"
        self._title.setText(title)
        self._title.set_tone(tone)
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{title}，{sentence}")
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        box, look = QRectF(self.rect()), theme()
        edge = light_colour(self._light)
        rounded(painter_of(self), box, look.px(6), wash_colour(self._light), edge, look.line)


class VotePanel(QWidget):
    """The fields of a count. The page shows the result once `balanced`.

    Used like this:
        panel = VotePanel()
        panel.set_votes(Votes(issued=38))
        panel.changed.connect(lambda votes: ...)
        panel.show_result("通过", "赞成 31 票，过半（须 20 票）。", "done")
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._inputs: dict[FieldName, QLineEdit] = {}
        self._unreturned = QLineEdit()
        self._notes = [Note(), Note(), Note()]
        self.result = ResultBox()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(10))
        grid.setVerticalSpacing(theme().px(2))
        rows: tuple[tuple[FieldName, ...], ...] = (
            ("issued", "returned"),
            ("valid", "invalid"),
            ("yes", "no", "abstain"),
        )
        for row, names in enumerate(rows):
            for column, name in enumerate(names):
                self._add(grid, row, column, name)
            grid.addWidget(self._notes[row], 3 * row + 2, 0, 1, 3)
        self._add_unreturned(grid)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(8))
        body.addLayout(grid)
        body.addWidget(self.result)

    def _add(self, grid: QGridLayout, row: int, column: int, name: FieldName) -> None:
        box = QLineEdit()
        box.setProperty("big", "true")
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setValidator(QIntValidator(0, 99_999, box))
        box.setAccessibleName(f"{_LABELS[name]}票数")
        box.setMinimumWidth(theme().px(64))
        box.textEdited.connect(lambda _text: self._edited())
        box.returnPressed.connect(lambda: self._next_after(name))
        self._inputs[name] = box
        grid.addWidget(Text(_LABELS[name], "body", "ink2"), 3 * row, column)
        grid.addWidget(box, 3 * row + 1, column)

    def _add_unreturned(self, grid: QGridLayout) -> None:
        box = self._unreturned
        box.setProperty("big", "true")
        box.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.setReadOnly(True)
        box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box.setAccessibleName("未收回票数，自动算出")
        box.setMinimumWidth(theme().px(64))
        grid.addWidget(Text("未收回", "body", "ink2"), 0, 2)
        grid.addWidget(box, 1, 2)

    def votes(self) -> Votes:
        """Give the count as far as it was typed."""
        numbers = {name: _number(box.text()) for name, box in self._inputs.items()}
        return Votes(**numbers)

    def set_votes(self, votes: Votes) -> None:
        """Show a count."""
        for name, box in self._inputs.items():
            number = getattr(votes, name)
            box.setText("" if number is None else str(number))
        self._say()

    def set_read_only(self, read_only: bool) -> None:
        """Let nobody change it."""
        for box in self._inputs.values():
            box.setReadOnly(read_only)

    def input(self, name: FieldName) -> QLineEdit:
        """Give the input of a field."""
        return self._inputs[name]

    def notes(self) -> tuple[str, ...]:
        """Give the sentences under the rows."""
        return tuple(note.text() for note in self._notes)

    def show_result(self, title: str, sentence: str, light: LightKind) -> None:
        """Show what the count means; only while all three equations hold."""
        if self.votes().balanced:
            self.result.say(title, sentence, light)

    def _edited(self) -> None:
        self._say()
        self.changed.emit(self.votes())

    def _say(self) -> None:
        votes = self.votes()
        left = votes.unreturned
        self._unreturned.setText("" if left is None else str(left))
        for note, (text, holds) in zip(self._notes, votes.equations(), strict=True):
            if holds:
                note.say(text, "green", "done")
            elif holds is False:
                note.say(text, "red", "fault")
            else:
                note.say("")
        if not votes.balanced:
            self.result.hide()

    def _next_after(self, name: FieldName) -> None:
        names = list(self._inputs)
        place = names.index(name) + 1
        if place < len(names):
            following = self._inputs[names[place]]
            following.setFocus()
            following.selectAll()


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
