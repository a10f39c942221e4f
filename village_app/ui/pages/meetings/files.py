"""Files of a meeting: what lies beside an item, and the photos; dropped, captioned, chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QImage,
    QImageReader,
    QKeyEvent,
    QPixmap,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from village_app.db.records.house import Attachment
from village_app.domain.kinds import PERSON_NAME, TEXT, FieldDeclaration
from village_app.domain.reporting import Report
from village_app.errors import EnvironmentProblem, InvalidInput, Refused
from village_app.services.meetings.photos import SHOWN, caption_from
from village_app.ui.asking import FileKind
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.meetings.room import MeetingRoom

FILES = FileKind("材料", ("pdf", "docx", "xlsx", "jpg", "jpeg", "png", "doc", "xls", "txt"))
PHOTOS = FileKind("照片和录音", ("jpg", "jpeg", "png", "mp3", "m4a", "wav", "mp4"))
_THUMB = 104
CAPTION = (
    FieldDeclaration("when", "时间", TEXT),
    FieldDeclaration("place", "地点", TEXT),
    FieldDeclaration("content", "内容", TEXT, required=True),
    FieldDeclaration("photographer", "拍摄人", PERSON_NAME),
)


class FileList(QListWidget):
    """A list that takes dropped files. Enter opens a line, Delete takes it away.

    `dropped` gives the paths; `opened` and `removed` the key of a line.
    """

    dropped = Signal(object)
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(lambda item: self.opened.emit(_key(item)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: Any) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Delete and item is not None:
            self.removed.emit(_key(item))
            return
        super().keyPressEvent(event)


class FilesPart(QWidget):
    """Files beside the chosen item above, photos of the meeting below."""

    def __init__(self, room: MeetingRoom) -> None:
        super().__init__()
        self.room = room
        self.village: Any = room.village
        self._thumbs: dict[str, QIcon] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        self.files = FileList("议题材料")
        self.files.dropped.connect(self.attach)
        self.files.opened.connect(self.open)
        self.files.removed.connect(self.take_away)
        self.photos = FileList("会议照片")
        self.photos.setIconSize(QSize(theme().px(_THUMB), theme().px(_THUMB)))
        self.photos.setViewMode(QListWidget.ViewMode.IconMode)
        self.photos.setMovement(QListWidget.Movement.Static)
        self.photos.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.photos.setWordWrap(True)
        self.photos.dropped.connect(self.add_photos)
        self.photos.opened.connect(self.describe)
        self.photos.removed.connect(self.take_away)
        self.photos.itemChanged.connect(self._choose)
        self.flow = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.flow.setSpacing(theme().px(8))
        for title, press, shown, stretch in (
            ("议题材料", self.pick_files, self.files, 2),
            ("会议照片", self.pick_photos, self.photos, 5),
        ):
            part = QVBoxLayout()
            part.addLayout(self._head(title, press))
            part.addWidget(shown, 1)
            self.flow.addLayout(part, stretch)
        column.addLayout(self.flow, 1)
        hint = "可以把文件拖进来。打勾的照片放进整套材料；回车写说明，Delete 取下。"
        column.addWidget(Text(hint, "small", "ink2", wrap=True))

    def _head(self, title: str, press: Any) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Text(title, "body", "ink2"))
        row.addStretch(1)
        row.addWidget(Button(f"添{title[2:]}", icon="plus", kind="quiet", press=press))
        return row

    def set_flat(self, flat: bool) -> None:
        """Put files and photos side by side (a wide, low place) or one above the other."""
        directions = QBoxLayout.Direction
        self.flow.setDirection(directions.LeftToRight if flat else directions.TopToBottom)

    def show_files(self) -> None:
        """Show the files of the chosen item and of the meeting."""
        item, meeting = self.room.item(), self.room.meeting()
        self.files.clear()
        for one in self.village.attachments.of(item) if item is not None else ():
            self._line(self.files, one, one.name)
        self.photos.blockSignals(True)
        self.photos.clear()
        for one in self.village.meeting_photos.photos(meeting):
            line = self._line(self.photos, one, caption_from(one.caption or "").content or one.name)
            shown = one.purpose == SHOWN
            line.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            line.setToolTip(one.caption or one.name)
            self._show_thumb(line, one)
        for one in self.village.meeting_photos.recordings(meeting):
            self._line(self.photos, one, one.name)
        self.photos.blockSignals(False)

    def _line(self, into: QListWidget, one: Attachment, words: str) -> QListWidgetItem:
        line = QListWidgetItem(words, into)
        line.setData(Qt.ItemDataRole.UserRole, one.id)
        return line

    def _show_thumb(self, line: QListWidgetItem, photo: Attachment) -> None:
        """Show a photo upright and small; it is read and shrunk away from the window's thread."""
        known = self._thumbs.get(photo.fingerprint)
        if known is not None:
            line.setIcon(known)
            return
        files, side = self.village.attachments, theme().px(_THUMB)

        def work(report: Report) -> QImage:
            report(0, 1, photo.name)
            return shrunk(files.read(photo), side)

        job = self.room.page.desk.jobs.start(work, f"看照片 {photo.name}", writes=False)
        job.succeeded.connect(lambda image: self._put_thumb(photo, image))

    def _put_thumb(self, photo: Attachment, image: QImage) -> None:
        icon = QIcon(QPixmap.fromImage(image))
        self._thumbs[photo.fingerprint] = icon
        self.photos.blockSignals(True)
        for row in range(self.photos.count()):
            if _key(self.photos.item(row)) == photo.id:
                self.photos.item(row).setIcon(icon)
        self.photos.blockSignals(False)

    # Doing

    def pick_files(self) -> None:
        """Choose files for the chosen item."""
        self.attach(self.room.page.desk.asking.pick_files("选议题材料", [FILES], "papers"))

    def pick_photos(self) -> None:
        """Choose photos and recordings of the meeting."""
        self.add_photos(self.room.page.desk.asking.pick_files("选会议照片", [PHOTOS], "photos"))

    def attach(self, paths: Any) -> None:
        """Put files beside the chosen item."""
        item = self.room.item()
        if item is None:
            self.room.say("先选一个议题，再添材料。")
            return
        attachments = self.village.attachments

        def keep() -> None:
            with self.village.session.change(f"添议题材料 {item.name}"):
                for path in paths:
                    attachments.attach(item, path)

        if paths:
            self._keep(keep, f"已添 {len(paths)} 份材料")

    def add_photos(self, paths: Any) -> None:
        """Put photos and recordings beside the meeting."""
        meeting = self.room.meeting()
        if paths:
            self._keep(
                lambda: self.village.meeting_photos.add(meeting, list(paths)),
                f"已添 {len(paths)} 个照片或录音",
            )

    def _keep(self, act: Any, said: str) -> None:
        """Keep files on a thread of their own: encrypting photos takes its time."""
        desk = self.room.page.desk

        def work(report: Report) -> None:
            report(0, 1, said)
            act()

        job = desk.jobs.start(work, "存文件")
        job.failed.connect(self._say_failure)
        job.succeeded.connect(lambda _none: self._kept(said))

    def _kept(self, said: str) -> None:
        self.show_files()
        self.room.page.desk.say(said, self.room.page.desk.undo)

    def _say_failure(self, error: Exception) -> None:
        if not isinstance(error, (Refused, InvalidInput, EnvironmentProblem)):
            raise error
        self.room.say(error.message)

    def _attachment(self, key: int) -> Attachment:
        found: Attachment = self.village.store.get(Attachment, key)
        return found

    def open(self, key: int) -> None:
        """Show a file with the program the PC has for it."""
        path = self.village.attachments.open_copy(self._attachment(key))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def take_away(self, key: int) -> None:
        """Take a file away; undo brings it back."""
        one = self._attachment(key)
        if self.room.attempt(lambda: self.village.attachments.take_away(one)):
            self.room.page.desk.say(f"已取下 {one.name}", self.room.page.desk.undo)

    def describe(self, key: int) -> None:
        """Write the caption of a photo: 时间, 地点, 内容, 拍摄人; a recording is opened."""
        photo = self._attachment(key)
        if photo not in self.village.meeting_photos.photos(self.room.meeting()):
            self.open(key)
            return
        caption = caption_from(photo.caption or "")
        self.room.ask(
            f"照片说明 {photo.name}",
            list(CAPTION),
            lambda typed: self.village.meeting_photos.describe(photo, typed),
            {name: getattr(caption, name) for name in ("when", "place", "content", "photographer")},
        )

    def _choose(self, line: QListWidgetItem) -> None:
        shown = line.checkState() == Qt.CheckState.Checked
        photo, meeting = self._attachment(_key(line)), self.room.meeting()
        if shown == (photo.purpose == SHOWN):
            return
        photos = self.village.meeting_photos
        if not self.room.attempt(lambda: photos.choose(meeting, photo, shown=shown)):
            self.show_files()


def shrunk(content: bytes, side: int) -> QImage:
    """Decode a photo upright within a square; an unreadable one gives a blank picture."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _key(item: QListWidgetItem) -> int:
    key: int = item.data(Qt.ItemDataRole.UserRole)
    return key
