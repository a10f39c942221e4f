"""What is done with a matter's photos: attached before or after the work, looked at, given out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from village_app.db.records.issues import Issue
from village_app.errors import VillageError
from village_app.services.issues.photos import AFTER_PHOTO, BEFORE_PHOTO, SmallPhoto
from village_app.ui.asking import Choice, FileKind, Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.progress import watch
from village_app.ui.page import Desk
from village_app.ui.pages.issues.photo_box import PhotoBox
from village_app.ui.theme import theme

PICTURES = FileKind("照片", ("jpg", "jpeg", "png"))
_JPEG = FileKind("照片", ("jpg",))


class PhotoSheet(Sheeted):
    """One photo over the page, as large as there is room; Esc leaves it."""

    def __init__(self, name: str, data: bytes, window: QWidget) -> None:
        super().__init__(name, None, window)
        picture = QPixmap()
        picture.loadFromData(data)
        room = window.size() - QSize(theme().px(120), theme().px(200))
        self.setFixedWidth(min(room.width(), theme().px(860)))
        wide = QSize(self.width() - theme().px(48), room.height())
        shown = QLabel()
        shown.setAccessibleName(name)
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        ways = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        shown.setPixmap(picture.scaled(wide, *ways))
        self.body.addWidget(shown)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button("看完了", key="Esc", press=self.reject))
        self.body.addLayout(row)


class IssuePhotoStrip(QWidget):
    """Two boxes side by side, as the photos stand on paper: before the work, and after it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._issue: Issue | None = None
        self.before = PhotoBox("办理前")
        self.after = PhotoBox("办理后")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        for box, purpose in ((self.before, BEFORE_PHOTO), (self.after, AFTER_PHOTO)):
            row.addWidget(box, 1)
            box.dropped.connect(self._adder(purpose))
            box.chosen.connect(self._picker(purpose))
            box.pressed.connect(self.ask_about)

    def show_issue(self, issue: Issue) -> None:
        """Show the photos of a matter; they are made small beside the window."""
        if self._issue is None or self._issue.id != issue.id:
            self._show(())
        self._issue = issue
        small = self.desk.village.issue_photos.small
        job = self.desk.jobs.start(lambda _report: small(issue), "照片", writes=False)
        job.succeeded.connect(lambda photos: self._arrived(issue.id, photos))
        job.failed.connect(self._tell)

    def _arrived(self, issue_id: int, photos: Sequence[SmallPhoto]) -> None:
        if self._issue is not None and self._issue.id == issue_id:
            self._show(photos)

    def _show(self, photos: Sequence[SmallPhoto]) -> None:
        self.after.show_photos(one for one in photos if one.purpose == AFTER_PHOTO)
        self.before.show_photos(one for one in photos if one.purpose != AFTER_PHOTO)

    def _adder(self, purpose: str) -> Callable[[Sequence[Path]], None]:
        return lambda files: self.add(files, purpose)

    def _picker(self, purpose: str) -> Callable[[], None]:
        def pick() -> None:
            files = self.desk.asking.pick_files("选照片", [PICTURES], "photos")
            if files:
                self.add(files, purpose)

        return pick

    def add(self, files: Sequence[Path], purpose: str) -> None:
        """Attach photos to the matter that is shown, beside the window."""
        issue = self._issue
        if issue is None:
            return
        photos = self.desk.village.issue_photos
        job = self.desk.jobs.start(
            lambda report: photos.add(issue, files, purpose, report=report), "附上照片"
        )
        job.succeeded.connect(lambda count: self._added(count, purpose))
        job.failed.connect(self._tell)
        watch(job, self.window(), leaves="取消后，一张都不会附上。")

    def _added(self, count: int, purpose: str) -> None:
        self.desk.say(f"已附上{purpose} {count} 张", self.desk.undo)

    def ask_about(self, photo: SmallPhoto) -> None:
        """Ask what is to be done with a photo, and do it."""
        other = BEFORE_PHOTO if photo.purpose == AFTER_PHOTO else AFTER_PHOTO
        lines = [("看不了", photo.trouble)] if photo.trouble else []
        answers = [
            Choice("open", "打开看", "eye"),
            Choice("save", "另存一份", "save"),
            Choice("turn", f"改作{other}"),
            Choice("drop", "取下"),
            Choice("", "不动它"),
        ]
        code = self.desk.asking.ask(Question(photo.name, lines, answers, "new"))
        if code:
            self._attempt(lambda: self._do(code, photo, other))

    def _do(self, code: str, photo: SmallPhoto, other: str) -> None:
        photos = self.desk.village.issue_photos
        if code == "open":
            PhotoSheet(photo.name, photos.large(photo.id), self.window()).open()
        elif code == "save":
            self._save(photo)
        elif code == "turn":
            photos.set_purpose(photo.id, other)
            self.desk.say(f"已改作{other}", self.desk.undo)
        else:
            photos.take_away(photo.id)
            self.desk.say("照片已取下", self.desk.undo)

    def _save(self, photo: SmallPhoto) -> None:
        name = f"{Path(photo.name).stem}.jpg"
        path = self.desk.asking.save_file("另存照片", _JPEG, name, "photos")
        if path is not None:
            self.desk.village.issue_photos.save_copy(photo.id, path)
            self.desk.say(f"已存 {path.name}，拍摄的地点和时间已去掉", None)

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except VillageError as error:
            self.desk.say(error.message, None)

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, VillageError):
            raise error
        self.desk.say(error.message, None)
