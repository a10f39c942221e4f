"""Photos and recordings of a meeting: captioned with when, where, what, by whom; four are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from village_app.db.records.house import Attachment
from village_app.db.records.meetings import Meeting
from village_app.domain.calendar import show_day
from village_app.errors import Refused
from village_app.services.house.attachments import Attachments
from village_app.services.meetings.agenda import refuse_final
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

# Purposes of a meeting's files: photos of the pack, the other photos, sound and film.
SHOWN = "会议照片"
KEPT = "会议照片备选"
RECORDING = "录音录像"
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})
_BETWEEN = "／"


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands under a photo: 时间, 地点, 内容, 拍摄人."""

    when: str
    place: str
    content: str = ""
    photographer: str = ""

    def text(self) -> str:
        """Give it as one line that `caption_from` reads back; blanks keep their place."""
        return _BETWEEN.join(self._parts())

    def printed(self) -> str:
        """Give it as it stands under the photo: without what is blank."""
        return _BETWEEN.join(part for part in self._parts() if part)

    def _parts(self) -> tuple[str, str, str, str]:
        by = f"拍摄：{self.photographer}" if self.photographer else ""
        return self.when, self.place, self.content, by


def caption_from(text: str) -> Caption:
    """Read a caption back from its line."""
    when, place, content, by, *_ = [*text.split(_BETWEEN), "", "", "", ""]
    return Caption(when, place, content, by.removeprefix("拍摄："))


def is_picture(name: str) -> bool:
    """Tell a picture by the ending of its file's name."""
    return Path(name).suffix.lower() in _PICTURES


class MeetingPhotos(Service):
    """The photos of meetings; the rule says how many stand in the pack."""

    @permitted("attachments.read")
    def photos(self, meeting: Meeting) -> list[Attachment]:
        """Give all photos, those of the pack first."""
        files = Attachments(self.session)
        return [*files.of(meeting, purpose=SHOWN), *files.of(meeting, purpose=KEPT)]

    @permitted("attachments.read")
    def recordings(self, meeting: Meeting) -> list[Attachment]:
        """Give sound and film."""
        return Attachments(self.session).of(meeting, purpose=RECORDING)

    @permitted("attachments.edit")
    def add(self, meeting: Meeting, sources: list[Path]) -> int:
        """Add files; the first photos fill the pack's places, the others wait. One change."""
        refuse_final(self.session, meeting.id)
        files = Attachments(self.session)
        caption = Caption(
            f"{show_day(meeting.day)} {meeting.starts or ''}".strip(),
            meeting.place,
            photographer=self.session.user.full_name,
        ).text()
        with self.session.change(f"添会议照片 {len(sources)} 张"):
            for source in sources:
                is_photo = is_picture(source.name)
                purpose = self._purpose(meeting) if is_photo else RECORDING
                files.attach(meeting, source, caption=caption if is_photo else "", purpose=purpose)
        return len(sources)

    @permitted("attachments.edit")
    def describe(self, photo: Attachment, typed: Mapping[str, str]) -> Attachment:
        """Write a photo's caption anew."""
        caption = Caption(
            *(typed.get(name, "").strip() for name in ("when", "place", "content", "photographer"))
        )
        with self.session.change(f"写照片说明 {photo.name}") as change:
            described: Attachment = change.update(photo, caption=caption.text())
        return described

    @permitted("attachments.edit")
    def choose(self, meeting: Meeting, photo: Attachment, *, shown: bool) -> Attachment:
        """Put a photo into the pack or out of it; refused beyond the number of the rule."""
        if shown and self._purpose(meeting) == KEPT:
            raise Refused("too_many_photos", f"整套材料里最多放 {self._most()} 张，请先取下一张。")
        word = "放进" if shown else "移出"
        with self.session.change(f"照片{word}整套材料 {photo.name}") as change:
            chosen: Attachment = change.update(photo, purpose=SHOWN if shown else KEPT)
        return chosen

    def _purpose(self, meeting: Meeting) -> str:
        shown = Attachments(self.session).of(meeting, purpose=SHOWN)
        return SHOWN if len(shown) < self._most() else KEPT

    def _most(self) -> int:
        return int(Rules(self.session).on("meeting_photos")["most_in_pack"])
