"""Who is here: a seat for each, marked with one key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from village_app.ui.kit.drawing import MIDDLE, painter_of, rounded, words
from village_app.ui.kit.lights import LightKind, draw_shape, light_colour, shape_box
from village_app.ui.kit.removal import discard
from village_app.ui.theme import theme

SeatState = Literal["present", "late", "leave", "proxy", "recused", "left", "absent"]

# state -> (silhouette, one-character tag, word read aloud)
_STATES: dict[SeatState, tuple[LightKind, str, str]] = {
    "present": ("done", "", "到"),
    "late": ("done", "迟", "迟到"),
    "leave": ("hold", "假", "请假"),
    "proxy": ("done", "托", "委托他人"),
    "recused": ("hold", "避", "回避"),
    "left": ("hold", "退", "已离场"),
    "absent": ("ok", "缺", "未到"),
}

MARKS: dict[str, SeatState] = {
    " ": "present",
    "2": "late",
    "3": "leave",
    "4": "proxy",
    "5": "recused",
    "0": "absent",
}

# Letters typed within this time belong to one search for initials.
_LETTERS_MS = 900


@dataclass(frozen=True, slots=True)
class Seat:
    """One entitled person: id, name, state, pinyin initials (LJS for 赖金水) to jump by."""

    key: int
    name: str
    state: SeatState = "absent"
    initials: str = ""


class SeatButton(QAbstractButton):
    """One seat; a press asks to mark it as present or, if it was, as absent."""

    def __init__(self, parent: QWidget, seat: Seat) -> None:
        super().__init__(parent)
        # As low as the type allows, where a narrow window has little height.
        self.dense = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_seat(seat)

    def set_seat(self, seat: Seat) -> None:
        """Show another state."""
        self.seat = seat
        self.setText(seat.name)
        self.setAccessibleName(f"{seat.name}，{_STATES[seat.state][2]}")
        self.update()

    def sizeHint(self) -> QSize:
        px, type_height = theme().px, theme().metrics().height()
        return QSize(
            px(102), type_height + px(6) if self.dense else max(px(44), type_height + px(14))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, colours = painter_of(self), theme(), theme().colours
        px, box = look.px, QRectF(self.rect()).adjusted(1, 1, -1, -1)
        kind, tag, _word = _STATES[self.seat.state]
        ground, edge = _grounds()[kind]
        rounded(painter, box, px(4), ground, None if kind == "ok" else edge, look.line)
        if kind == "ok":
            painter.setPen(QPen(edge, look.line, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
        draw_shape(painter, kind, shape_box(box.left() + px(7), box.center().y()))
        ink = colours.ink if kind == "done" else light_colour(kind)
        right = px(26) if tag else px(4)
        words(painter, box.adjusted(px(26), 0, -right, 0), self.seat.name, ink)
        if tag:
            side = px(20)
            place = QRectF(box.right() - side - px(4), box.center().y() - side / 2, side, side)
            rounded(painter, place, px(4), colours.sheet, colours.edge, 1)
            words(painter, place, tag, colours.ink, "small", MIDDLE)
        if self.hasFocus():
            ring = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            rounded(painter, ring, px(5), None, colours.blue, look.px(2.4))


def _grounds() -> dict[LightKind, tuple[QColor, QColor]]:
    colours = theme().colours
    return {
        "done": (colours.green_w, colours.green_l),
        "hold": (colours.grey_w, colours.line2),
        "ok": (colours.sheet, colours.edge),
    }


class SeatGrid(QWidget):
    """All seats. Arrows go; 空格 到, 2 迟, 3 假, 4 托, 5 避, 0 缺; letters jump by initials.

    Example: `grid = SeatGrid(seats); grid.marked.connect(meeting.mark)` (id and state);
    `grid.current_changed` tells whose seat has the keyboard.
    """

    # ids have 63 bits, more than an int of Qt
    marked = Signal(object, str)
    current_changed = Signal(object)

    def __init__(self, seats: Iterable[Seat] = (), columns: int = 5) -> None:
        super().__init__()
        self._columns = columns
        self._shown_columns = columns
        self._dense = False
        self._buttons: list[SeatButton] = []
        self._letters = ""
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(_LETTERS_MS)
        self.pause.timeout.connect(self._forget_letters)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("签到")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_seats(seats)

    def set_seats(self, seats: Iterable[Seat]) -> None:
        """Show seats; the one with the keyboard keeps it."""
        wanted = list(seats)
        if [seat.key for seat in wanted] == [button.seat.key for button in self._buttons]:
            for button, seat in zip(self._buttons, wanted, strict=True):
                button.set_seat(seat)
            return
        for button in self._buttons:
            discard(button)
        self._buttons = [SeatButton(self, seat) for seat in wanted]
        for button in self._buttons:
            button.dense = self._dense
            button.clicked.connect(lambda _checked=False, it=button: self._toggle(it))
            button.installEventFilter(self)
            button.show()
        self.updateGeometry()
        self._place()

    def set_dense(self, dense: bool) -> None:
        """Let the seats be as low as their type allows."""
        self._dense = dense
        for button in self._buttons:
            button.dense = dense
        self.updateGeometry()
        self._place()

    def seats(self) -> Sequence[SeatButton]:
        """Give the seats in order."""
        return tuple(self._buttons)

    def current(self) -> Seat | None:
        """Give whose seat has the keyboard."""
        return next((button.seat for button in self._buttons if button.hasFocus()), None)

    def go_to(self, key: int) -> None:
        """Put the keyboard on a seat."""
        for button in self._buttons:
            if button.seat.key == key:
                button.setFocus()
                self.current_changed.emit(button.seat)

    def _toggle(self, button: SeatButton) -> None:
        button.setFocus()
        self.current_changed.emit(button.seat)
        state = "absent" if button.seat.state == "present" else "present"
        self.marked.emit(button.seat.key, state)

    def focusInEvent(self, event: object) -> None:
        del event
        if self._buttons:
            self.go_to(self._buttons[0].seat.key)

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            return isinstance(watched, SeatButton) and self._key(watched, event)
        return False

    def _key(self, button: SeatButton, event: QKeyEvent) -> bool:
        place = self._buttons.index(button)
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._shown_columns,
            Qt.Key.Key_Down: self._shown_columns,
        }
        step = steps.get(Qt.Key(event.key()))
        text = event.text()
        if step is not None:
            target = place + step
            if 0 <= target < len(self._buttons):
                self.go_to(self._buttons[target].seat.key)
        elif text in MARKS:
            self.marked.emit(button.seat.key, MARKS[text])
        elif len(text) == 1 and text.isascii() and text.isalpha():
            self._jump(text.upper())
        else:
            return False
        return True

    def _jump(self, letter: str) -> None:
        self._letters += letter
        self.pause.start()
        for letters in (self._letters, letter):
            for button in self._buttons:
                if button.seat.initials.upper().startswith(letters):
                    self._letters = letters
                    self.go_to(button.seat.key)
                    return

    def _forget_letters(self) -> None:
        self._letters = ""

    def sizeHint(self) -> QSize:
        rows = -(-max(1, len(self._buttons)) // self._columns)
        return QSize(theme().px(105) * self._columns, rows * self._pitch())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(210), self._pitch() * 2)

    def _pitch(self) -> int:
        height = self._buttons[0].sizeHint().height() if self._buttons else theme().px(44)
        return height + theme().px(4)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return -(-max(1, len(self._buttons)) // self._fitting(width)) * self._pitch()

    def _fitting(self, width: int) -> int:
        return max(1, min(self._columns, width // theme().px(96)))

    def _place(self) -> None:
        columns = self._fitting(self.width())
        self._shown_columns = columns
        gap = theme().px(4)
        width = (self.width() - gap * (columns - 1)) / columns
        for number, button in enumerate(self._buttons):
            row, column = divmod(number, columns)
            left = round(column * (width + gap))
            button.setGeometry(left, row * self._pitch(), round(width), self._pitch() - gap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
