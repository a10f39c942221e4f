"""Photos beside a matter: before and after the work, dropped in or chosen, opened by a press."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from village_app.services.issues.photos import SmallPhoto
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.drawing import MIDDLE, focus_ring, painter_of, words
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.removal import empty
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme

_WIDE, _HIGH = 84, 63


class Thumb(QAbstractButton):
    """One photo, small; a press asks what is to be done with it."""

    def __init__(self, photo: SmallPhoto) -> None:
        super().__init__()
        self.photo = photo
        self._picture = QPixmap()
        if photo.data:
            self._picture.loadFromData(photo.data)
        said = photo.trouble or f"{photo.purpose} {photo.name}"
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(_WIDE), theme().px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look, box = painter_of(self), theme(), QRectF(self.rect())
        painter.fillRect(box, look.colours.sunk)
        if self._picture.isNull():
            words(painter, box, "打不开", look.colours.red, "small", MIDDLE)
        else:
            self._paint_picture(painter, box)
        if self.hasFocus():
            focus_ring(painter, box, 0, look.colours.blue)

    def _paint_picture(self, painter: QPainter, box: QRectF) -> None:
        """Paint the whole photo, upright as it is, in the middle of its place."""
        size = self._picture.size()
        size.scale(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (box.width() - size.width()) / 2, (box.height() - size.height()) / 2
        place = QRectF(left, top, size.width(), size.height())
        painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))


class PhotoBox(QWidget):
    """The photos of one purpose; files dropped on it are named by `dropped`.

    `chosen` asks for files to be picked, `pressed` names the photo that was pressed.
    """

    dropped = Signal(object)
    chosen = Signal()
    pressed = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        px = theme().px
        self.setAcceptDrops(True)
        self.setAccessibleName(title)
        self._over = False
        body = QVBoxLayout(self)
        body.setContentsMargins(px(8), px(4), px(8), px(6))
        body.setSpacing(px(4))
        head = QHBoxLayout()
        head.addWidget(Text(title, "small", "ink2"), 1)
        self.button = Button("选照片", kind="link", press=self.chosen.emit)
        self.button.setAccessibleName(f"选{title}照片")
        head.addWidget(self.button)
        body.addLayout(head)
        self._hint = Text("拖到这里", "small", "ink3")
        body.addWidget(self._hint)
        self._place = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._place.setSizePolicy(policy)
        self._flow = FlowLayout(self._place, gap=6)
        body.addWidget(self._place)
        body.addStretch(1)

    def show_photos(self, photos: Iterable[SmallPhoto]) -> None:
        """Show these photos."""
        empty(self._flow)
        shown = tuple(photos)
        for photo in shown:
            thumb = Thumb(photo)
            thumb.clicked.connect(lambda _checked=False, one=photo: self.pressed.emit(one))
            self._flow.addWidget(thumb)
            thumb.show()
        self._hint.setVisible(not shown)
        self._place.setVisible(bool(shown))

    def thumbs(self) -> list[Thumb]:
        """Give what is shown, in order."""
        widgets = (self._flow.itemAt(place).widget() for place in range(self._flow.count()))  # type: ignore[union-attr]  # counted
        return [one for one in widgets if isinstance(one, Thumb)]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._mark(over=True)

    def dragLeaveEvent(self, _event: object) -> None:
        self._mark(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(over=False)
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)

    def _mark(self, *, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, look = painter_of(self), theme()
        pen = QPen(look.colours.blue if self._over else look.colours.line2, look.line)
        if not self._over:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
