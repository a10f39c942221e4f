"""Photos of a matter: kept once as they were taken, shown small and upright, given out clean."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from village_app.db.files import write_atomically
from village_app.db.records.house import Attachment
from village_app.db.records.issues import Issue
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem, Fault, InvalidInput
from village_app.papers.blocks import Photo
from village_app.papers.pictures import clean_picture
from village_app.services.house.attachments import Attachments
from village_app.services.issues.issues import Issues
from village_app.services.session import Service, permitted

BEFORE_PHOTO = "办理前照片"
AFTER_PHOTO = "办理后照片"
# How a photo is told to belong: before the work, after it, or neither.
PURPOSES = (BEFORE_PHOTO, AFTER_PHOTO, "现场照片")
_SMALL = 480
# The kinds that paper and screen can show.
_SHOWN = ("jpeg", "png")
_ENDINGS = (".jpg", ".jpeg", ".jpe", ".png")


@dataclass(frozen=True, slots=True)
class SmallPhoto:
    """A photo as it is shown beside a matter: its file, what it shows, a small upright picture.

    `data` is blank and `trouble` a sentence where the file is gone or cannot be read.
    """

    id: int
    name: str
    purpose: str
    data: bytes
    trouble: str = ""


class IssuePhotos(Service):
    """Adds photos to matters and gives them out."""

    @permitted("attachments.edit")
    def add(
        self, issue: Issue, files: Sequence[Path], purpose: str, *, report: Report = silently
    ) -> int:
        """Attach photos in one change; all or none.

        The same picture again is not stored twice. Refused in a sentence: what is no picture,
        and pictures of more dots than paper or screen could use.
        """
        Issues(self.session).get(issue.id)
        strange = [one.name for one in files if one.suffix.lower() not in _ENDINGS]
        if strange:
            sentence = f"照片要用 JPG 或 PNG，“{strange[0]}”不是。手机里的照片先转成 JPG 再附上。"
            raise InvalidInput([Fault("photo", "no_picture", sentence)])
        attachments = Attachments(self.session)
        with self.session.change(f"附上照片 {len(files)} 张 {issue.number}"):
            for done, file in enumerate(files, 1):
                attachments.attach(issue, file, purpose=purpose, report=report)
                report(done, len(files), file.name)
        return len(files)

    @permitted("attachments.read")
    def listed(self, issue: Issue) -> list[Attachment]:
        """List a matter's photos: before the work, after it, then the others."""
        Issues(self.session).get(issue.id)
        order = {purpose: place for place, purpose in enumerate(PURPOSES)}
        photos = [one for one in Attachments(self.session).of(issue) if one.media_type in _SHOWN]
        return sorted(photos, key=lambda one: order.get(one.purpose or "", len(order)))

    @permitted("attachments.read")
    def small(self, issue: Issue, *, most: int = 12, report: Report = silently) -> list[SmallPhoto]:
        """Give small upright pictures of a matter's photos; a lost file says so in its place."""
        shown: list[SmallPhoto] = []
        for one in self.listed(issue)[:most]:
            report(len(shown), most, one.name)
            shown.append(self._small(one))
        return shown

    @permitted("attachments.read")
    def printed(self, issue: Issue) -> tuple[Photo, ...]:
        """Give a matter's photos for paper: upright, without place or camera, with captions.

        What is gone or damaged is left out; the attachments' own check tells of it.
        """
        photos = []
        for one in self.listed(issue):
            with suppress(EnvironmentProblem):
                picture = clean_picture(Attachments(self.session).read(one))
                photos.append(Photo(picture.data, one.caption or one.purpose or one.name))
        return tuple(photos)

    @permitted("attachments.read")
    def first(self, issue_id: int) -> bytes:
        """Give the first photo of a matter, small; blank where there is none to show."""
        issue = Issues(self.session).get(issue_id)
        photos = self.listed(issue)
        return self._small(photos[0]).data if photos else b""

    @permitted("attachments.read")
    def save_copy(self, photo_id: int, target: Path) -> None:
        """Write an upright copy without place, time or camera to a file of the user's."""
        write_atomically(target, self.large(photo_id), doing="保存照片", mode=0o644)

    @permitted("attachments.read")
    def large(self, photo_id: int) -> bytes:
        """Give a photo upright and as large as a screen can use."""
        photo = self.store.get(Attachment, photo_id)
        return clean_picture(Attachments(self.session).read(photo)).data

    @permitted("attachments.edit")
    def set_purpose(self, photo_id: int, purpose: str) -> None:
        """Say whether a photo shows the place before or after the work."""
        photo = self.store.get(Attachment, photo_id)
        with self.session.change(f"照片改作{purpose} {photo.name}") as change:
            change.update(photo, purpose=purpose)

    @permitted("attachments.edit")
    def take_away(self, photo_id: int) -> None:
        """Take a photo off its matter; undo brings it back."""
        Attachments(self.session).take_away(self.store.get(Attachment, photo_id))

    def _small(self, one: Attachment) -> SmallPhoto:
        try:
            data, trouble = clean_picture(Attachments(self.session).read(one), _SMALL).data, ""
        except EnvironmentProblem as problem:
            data, trouble = b"", problem.message
        return SmallPhoto(one.id, one.name, one.purpose or "照片", data, trouble)
