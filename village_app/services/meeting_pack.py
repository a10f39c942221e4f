"""The whole file of a meeting as one PDF, and the attendance since the term began."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from village_app.db.files import write_atomically
from village_app.db.records.bodies import Body
from village_app.db.records.meetings import Meeting
from village_app.db.records.resolutions import Resolution
from village_app.domain.money import show_share
from village_app.domain.reporting import Report, silently
from village_app.papers.blocks import Paper, Photo
from village_app.papers.builders.meeting_pack import (
    PackPart,
    alone,
    build_pack,
    build_photos,
    numbered,
)
from village_app.papers.builders.meetings import build_attendance_report
from village_app.papers.pdf import write_pdf
from village_app.papers.typeset.fitting import count_pages
from village_app.papers.typeset.layouts import layout_for
from village_app.services.attachments import Attachments
from village_app.services.attendance import Attendance
from village_app.services.meeting_papers import MeetingPapers
from village_app.services.minutes import Minutes
from village_app.services.resolutions import Resolutions
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

# The purpose under which the chosen photos of a meeting are attached.
PHOTOS = "会议照片"


class MeetingPack(Service):
    """Puts the papers of a meeting together."""

    @permitted("meetings.export")
    def paper(self, meeting: Meeting, *, report: Report = silently) -> Paper:
        """Build the pack: notice, sign-in, minutes, decisions, photos, with page numbers."""
        parts = self._parts(meeting)
        pages = []
        for at, part in enumerate(parts):
            report(at, len(parts), part.label)
            paper = alone(part)
            pages.append(count_pages(paper, layout_for(paper)))
        return build_pack(f"{meeting.name}材料", numbered(parts, pages))

    @permitted("meetings.export")
    def pdf(self, meeting: Meeting, *, report: Report = silently) -> bytes:
        """Give the pack as PDF."""
        return write_pdf(self.paper(meeting, report=report), report=report).data

    @permitted("meetings.export")
    def save(self, meeting: Meeting, target: Path, *, report: Report = silently) -> None:
        """Keep the pack as a PDF file."""
        write_atomically(target, self.pdf(meeting, report=report), doing="保存PDF", mode=0o644)

    def _parts(self, meeting: Meeting) -> list[PackPart]:
        papers = MeetingPapers(self.session)
        parts = []
        if papers.facts(meeting).items:
            parts.append(PackPart("会议通知", papers.notice(meeting)))
        parts += [
            PackPart("签到表", papers.sign_in(meeting)),
            PackPart("会议记录", Minutes(self.session).paper(meeting)),
        ]
        decided = self.store.rows(
            self.store.select(Resolution)
            .where(Resolution.meeting_id == meeting.id)
            .order_by(Resolution.id)
        )
        resolutions = Resolutions(self.session)
        parts += [PackPart(f"决议 {one.number}", resolutions.paper(one)) for one in decided]
        photos = self._photos(meeting)
        if photos:
            title = f"{meeting.name}照片"
            parts.append(PackPart("照片", build_photos(title, photos)))
        return parts

    def _photos(self, meeting: Meeting) -> list[Photo]:
        files = Attachments(self.session)
        return [
            Photo(files.read(one), one.caption or f"{meeting.day} {meeting.place}")
            for one in files.of(meeting, purpose=PHOTOS)
        ]

    @permitted("meetings.read")
    def attendance_paper(self, body: Body, first: date, last: date) -> Paper:
        """Build 到会情况表 of a body for the wall, each member since the seat began."""
        lines = [
            (one.name, one.office, one.held, one.attended, show_share(one.share))
            for one in Attendance(self.session).report(body, first, last)
        ]
        issuer = Settings(self.session).read().committee_name()
        return build_attendance_report(f"{body.name}成员到会情况", lines, issuer)
