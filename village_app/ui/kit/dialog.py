"""The dialog: a shape and a title that states the fact, up to three lines, and the ways on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from village_app.errors import Cancelled
from village_app.ui.asking import Choice, Question
from village_app.ui.kit.buttons import Button, ButtonKind
from village_app.ui.kit.drawing import painter_of, rounded
from village_app.ui.kit.lights import LightKind, draw_shape
from village_app.ui.kit.text import Text
from village_app.ui.own_words import own
from village_app.ui.theme import theme

# More answers than this stand in columns.
_MOST_IN_A_ROW = 4


class Scrim(QWidget):
    """Ink at 37 % over the whole window while a dialog stands on it, and the dialog's shadow."""

    def __init__(self, window: QWidget, dialog: QDialog) -> None:
        super().__init__(window)
        self._dialog = dialog
        self._window = window
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self.setGeometry(self._window.rect())
            place_over(self._dialog, self._window)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = painter_of(self)
        ink = QColor(theme().colours.ink)
        ink.setAlphaF(0.37)
        painter.fillRect(self.rect(), ink)
        # Where the sheet was asked to be: window managers tell its place late, or never.
        box = QRectF(self._dialog.rect())
        box.moveTopLeft(place_in(self._window, self._dialog).toPointF())
        paint_shadow(painter, box, theme().px(40), theme().px(10), 0.31)


def paint_shadow(painter: QPainter, box: QRectF, blur: int, drop: int, strength: float) -> None:
    """Paint a soft shadow of a box: rings of thin ink, thinner outwards."""
    steps = max(4, blur // 4)
    ink = QColor(theme().colours.ink)
    ink.setAlphaF(strength / steps)
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for step in range(steps):
        out = blur / 2 * (step + 1) / steps
        ring = box.adjusted(-out, drop - out, out, drop + out)
        painter.drawRoundedRect(ring, out + 8, out + 8)
    painter.restore()


def place_in(window: QWidget, dialog: QWidget) -> QPoint:
    """Give the place of a dialog in its window: the middle, a little above the centre."""
    free = window.size() - dialog.size()
    return QPoint(max(0, free.width() // 2), max(0, round(free.height() * 0.47)))


def place_over(dialog: QWidget, window: QWidget) -> None:
    """Put a dialog in its place over the window."""
    dialog.move(window.mapToGlobal(place_in(window, dialog)))


class Shape(QWidget):
    """A large silhouette beside a title."""

    def __init__(self, kind: LightKind) -> None:
        super().__init__()
        self._kind: LightKind = kind
        self.setFixedSize(theme().px(22), theme().px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        draw_shape(painter_of(self), self._kind, QRectF(self.rect()).adjusted(2, 2, -2, -2))


class Sheeted(QDialog):
    """A frameless sheet over the window, 600 wide; others put what they like into `body`.

    A lock of the screen sets it aside and unlocking brings it back, with all that was typed.
    """

    def __init__(self, title: str, light: LightKind | None, window: QWidget | None) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        px, title = theme().px, own(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle("共治通")
        self.setAccessibleName(title)
        self._scrim: Scrim | None = None
        self._is_aside = False
        self._was_aside = False
        self._is_over = False
        self._comes_back = False
        self._waiting: QEventLoop | None = None
        room = window.width() - px(32) if window is not None else px(600)
        self.setFixedWidth(max(px(320), min(px(600), room)))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(24), px(20), px(24), px(16))
        self.body.setSpacing(px(14))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        if light is not None:
            head.addWidget(Shape(light), 0, Qt.AlignmentFlag.AlignTop)
        heading = Text(title, "songh2", wrap=True)
        heading.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        head.addWidget(heading, 1)
        self.body.addLayout(head)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.adjustSize()
        window = self.parentWidget()
        if window is not None:
            place_over(self, window.window())
            if self._scrim is None:
                self._scrim = Scrim(window.window(), self)

    def done(self, result: int) -> None:
        self._drop_scrim()
        self._is_aside = self._was_aside = False
        super().done(result)
        if self._waiting is not None:
            self._waiting.quit()

    def exec(self) -> int:
        """Show the sheet and wait for its end; a lock in between is no end.

        Raises `Cancelled` when somebody else took the desk over: whoever waited belongs to a
        village that is closed, and must not go on.
        """
        while True:
            result = super().exec()
            if not self._was_aside:
                return result
            self._was_aside = False
            if self._is_aside:
                self._waiting = QEventLoop()
                self._waiting.exec()
                self._waiting = None
                if not self._is_over and not self._comes_back:
                    return self.result()
            if self._is_over:
                raise Cancelled

    def set_aside(self) -> None:
        """Hide the sheet while the screen is locked; what waits for its end goes on waiting."""
        self._is_aside = self._was_aside = True
        self._comes_back = False
        self._drop_scrim()
        self.hide()

    def bring_back(self) -> None:
        """Show the sheet again as it was; one that ended meanwhile stays away."""
        if not self._is_aside:
            return
        self._is_aside, self._comes_back = False, True
        if self._waiting is not None:
            self._waiting.quit()
        else:
            self.show()

    def give_up(self) -> None:
        """End a sheet set aside that nobody comes back to: somebody else took the desk over."""
        self._is_over = True
        self._is_aside = False
        if self._waiting is not None:
            self._waiting.quit()
        else:
            self.reject()

    def _drop_scrim(self) -> None:
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._scrim is not None:
            self._scrim.update()
        # Not every desktop can show translucent windows: the corners are cut out instead.
        corners = QPainterPath()
        corners.addRoundedRect(QRectF(self.rect()), theme().px(8), theme().px(8))
        self.setMask(QRegion(corners.toFillPolygon().toPolygon()))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look = painter_of(self), theme()
        painter.fillRect(self.rect(), look.colours.sheet)
        edge = look.colours.edge if look.contrast else look.colours.line
        rounded(painter, QRectF(self.rect()), look.px(8), look.colours.sheet, edge, look.line)


class Dialog(Sheeted):
    """Asks a `Question`: the way forward first (Enter), the way out at the far right (Esc).

    Example: `Dialog(Question("U 盘上的备份没有写成", lines, answers), window).ask()`.
    """

    def __init__(self, question: Question, window: QWidget | None) -> None:
        super().__init__(question.title, question.light, window)
        self._question = question
        self._answer = question.answers[-1].key
        if question.lines:
            self.body.addWidget(self._lines())
        many = len(question.answers) > _MOST_IN_A_ROW
        self.body.addLayout(self._columns() if many else self._buttons())
        if question.event:
            self.body.addLayout(self._foot())

    def ask(self) -> str:
        """Show the dialog and give the key of the answer."""
        self.exec()
        return self._answer

    def answer(self) -> str:
        """Give the key of the answer; before one was given, that of the way out."""
        return self._answer

    def _lines(self) -> QFrame:
        box, px = QFrame(), theme().px
        box.setProperty("part", "facts")
        grid = QGridLayout(box)
        grid.setContentsMargins(px(14), px(10), px(14), px(10))
        grid.setHorizontalSpacing(px(15))
        grid.setVerticalSpacing(px(5))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, (name, sentence) in enumerate(self._question.lines):
            if name:
                grid.addWidget(Text(own(name), "body", "ink2"), row, 0, top)
                grid.addWidget(Text(own(sentence), wrap=True), row, 1)
            else:
                grid.addWidget(Text(own(sentence), wrap=True), row, 0, 1, 2)
        return box

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(10))
        answers = self._question.answers
        for place, choice in enumerate(answers):
            last = place == len(answers) - 1
            if last and place:
                row.addStretch(1)
            row.addWidget(self._button(choice, first=place == 0, last=last))
        if len(answers) == 1:
            row.addStretch(1)
        return row

    def _columns(self) -> QVBoxLayout:
        """Lay many answers out in columns, the way out in a row of its own."""
        px, answers = theme().px, self._question.answers
        both = QVBoxLayout()
        both.setSpacing(px(14))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(8))
        inside = self.width() - px(48) - 2 * px(10)
        widest = max(
            self._button(one, first=False, last=False).sizeHint().width() for one in answers
        )
        columns = 3 if 3 * widest <= inside else 2 if 2 * widest <= inside else 1
        for place, choice in enumerate(answers[:-1]):
            # None of many is the way forward: the first only has the keyboard.
            button = self._button(choice, first=False, last=False)
            if place == 0:
                button.setFocus()
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            grid.addWidget(button, place // columns, place % columns)
        both.addLayout(grid)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._button(answers[-1], first=False, last=True))
        both.addLayout(row)
        return both

    def _button(self, choice: Choice, *, first: bool, last: bool) -> Button:
        kind: ButtonKind = "danger" if choice.danger else "primary" if first else "plain"
        key = "Enter" if first else "Esc" if last else ""
        # What cannot be undone is never one Enter away: the way out has the keyboard then.
        starts = last if self._question.answers[0].danger else first
        button = Button(
            choice.words,
            icon=choice.icon,
            key="" if choice.danger else key,
            kind=kind,
            press=lambda: self._take(choice),
        )
        button.setAutoDefault(True)
        button.setDefault(starts)
        if starts:
            button.setFocus()
        return button

    def _take(self, choice: Choice) -> None:
        self._answer = choice.key
        self.accept()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Text(f"事件编号 {self._question.event}", "small", "ink2"))
        row.addStretch(1)
        row.addWidget(Button("复制给维护的人", kind="link", press=self.copy))
        return row

    def copy(self) -> None:
        """Put what the dialog says on the clipboard."""
        question = self._question
        lines = [question.title, *(f"{name}：{text}" for name, text in question.lines)]
        QGuiApplication.clipboard().setText("\n".join([*lines, f"事件编号 {question.event}"]))
