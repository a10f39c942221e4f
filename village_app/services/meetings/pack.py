"""The papers of a meeting as they leave the program: one by one, or all with contents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from village_app.db.files import write_atomically
from village_app.db.records.bodies import Body
from village_app.db.records.house import Attachment
from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.db.records.resolutions import Resolution
from village_app.domain.calendar import show_day
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.papers.blocks import Paper, Photo
from village_app.papers.builders.meeting_attendance import build_attendance_report
from village_app.papers.builders.meeting_pack import (
    Material,
    PackPart,
    alone,
    build_materials,
    build_pack,
    build_photos,
    numbered,
)
from village_app.papers.docx import write_docx
from village_app.papers.filling import DATE, fill
from village_app.papers.pdf import write_pdf
from village_app.papers.typeset.fitting import count_pages
from village_app.papers.typeset.layouts import layout_for
from village_app.papers.xlsx import write_xlsx
from village_app.services.house.attachments import Attachments
from village_app.services.meetings.attendance import Attendance
from village_app.services.meetings.meetings import Meetings
from village_app.services.meetings.minutes import Minutes
from village_app.services.meetings.papers import MeetingPapers
from village_app.services.meetings.photos import SHOWN, caption_from, is_picture
from village_app.services.meetings.resolutions import Resolutions
from village_app.services.paper_words import in_own_words
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

PACK = "整套材料"
BALLOTS = "表决票"
MINUTES = "会议记录"
SHEETS = ("会议通知", "会议议程", "签到表", "签到表（大字）", BALLOTS, "表决结果", MINUTES, PACK)

Writer = Callable[[Paper], bytes]
# How a paper is written, by the ending of the file's name.
WRITERS: Mapping[str, Writer] = {
    ".pdf": lambda paper: write_pdf(paper).data,
    ".docx": write_docx,
    ".xlsx": write_xlsx,
}


class MeetingPack(Service):
    """Puts the papers of a meeting together."""

    @permitted("meetings.export")
    def paper(self, meeting: Meeting, *, report: Report = silently) -> Paper:
        """Build the pack: notice, sign-in, agenda, materials, votes, minutes, decisions, photos."""
        paper = pack_of(f"{meeting.name}材料", self.parts(meeting), report)
        return in_own_words(self.session, paper)

    @permitted("meetings.export")
    def sheet(self, meeting: Meeting, kind: str, item: AgendaItem | None = None) -> Paper:
        """Build one of the `SHEETS`; 表决票 wants its item, finalised minutes are as they were."""
        papers = MeetingPapers(self.session)
        if kind == BALLOTS:
            if item is None:
                raise Refused("no_item", "请先选一个议题，再印表决票。")
            return papers.ballots(item)
        makers: dict[str, Callable[[], Paper]] = {
            "会议通知": lambda: papers.notice(meeting),
            "会议议程": lambda: papers.agenda(meeting),
            "签到表": lambda: papers.sign_in(meeting),
            "签到表（大字）": lambda: papers.sign_in(meeting, large=True),
            "表决结果": lambda: papers.tally(meeting),
            MINUTES: lambda: Minutes(self.session).paper(meeting),
            PACK: lambda: self.paper(meeting),
        }
        return makers[kind]()

    @permitted("meetings.export")
    def save(
        self,
        meeting: Meeting,
        kind: str,
        target: Path,
        item: AgendaItem | None = None,
        *,
        report: Report = silently,
    ) -> None:
        """Keep one of the `SHEETS` as a file; its ending says whether as .pdf, .docx or .xlsx."""
        report(0, 2, kind)
        paper = self.sheet(meeting, kind, item)
        report(1, 2, target.name)
        save_paper(paper, target)

    @permitted("meetings.export")
    def pdf(self, meeting: Meeting, *, report: Report = silently) -> bytes:
        """Give the pack as PDF."""
        return write_pdf(self.paper(meeting, report=report), report=report).data

    @permitted("meetings.export")
    def parts(self, meeting: Meeting) -> list[PackPart]:
        """Give the papers of the pack in their order, each by itself."""
        papers = MeetingPapers(self.session)
        facts = papers.facts(meeting)
        parts = []
        if facts.items:
            parts.append(PackPart("会议通知", papers.notice(meeting, facts)))
        parts.append(PackPart("签到表", papers.sign_in(meeting, facts)))
        if facts.items:
            parts.append(PackPart("会议议程", papers.agenda(meeting, facts)))
        parts += self._materials(meeting)
        if any(one.vote is not None for one in facts.items):
            parts.append(PackPart("表决结果", papers.tally(meeting, facts)))
        parts.append(PackPart(MINUTES, Minutes(self.session).paper(meeting)))
        resolutions = Resolutions(self.session)
        parts += [
            PackPart(f"决议 {one.number}", resolutions.paper(one, facts))
            for one in self._decided(meeting)
        ]
        photos = self._photos(Attachments(self.session).of(meeting, purpose=SHOWN))
        if photos:
            parts.append(
                PackPart(
                    "照片", in_own_words(self.session, build_photos(f"{meeting.name}照片", photos))
                )
            )
        return parts

    def _decided(self, meeting: Meeting) -> list[Resolution]:
        return self.store.rows(
            self.store.select(Resolution)
            .where(Resolution.meeting_id == meeting.id)
            .order_by(Resolution.id)
        )

    def _materials(self, meeting: Meeting) -> list[PackPart]:
        """Give the files beside the items: pictures are shown, others are named."""
        files = Attachments(self.session)
        found, pictures = [], []
        for one in Meetings(self.session).agenda(meeting):
            for file in files.of(one.item):
                shown = is_picture(file.name)
                found.append(Material(one.number, one.item.name, file.name, file.size, shown))
                pictures += [file] if shown else []
        if not found:
            return []
        title = f"{meeting.name}议题材料"
        return [
            PackPart(
                "议题材料",
                in_own_words(self.session, build_materials(title, found, self._photos(pictures))),
            )
        ]

    def _photos(self, kept: list[Attachment]) -> list[Photo]:
        files = Attachments(self.session)
        return [
            Photo(files.read(one), caption_from(one.caption or one.name).printed()) for one in kept
        ]

    @permitted("meetings.read")
    def attendance_paper(self, body: Body, first: date, last: date) -> Paper:
        """Build 到会情况表 of a body for the wall, each member since the seat began."""
        lines = [
            (one.name, one.office, one.held, one.attended, one.percent())
            for one in Attendance(self.session).report(body, first, last)
        ]
        issuer = Settings(self.session).read().committee_name()
        title = f"{body.name}成员到会情况（{show_day(first)}至{show_day(last)}）"
        paper = in_own_words(self.session, build_attendance_report(title, lines, issuer))
        return fill(paper, {DATE: show_day(self.session.today())})

    @permitted("meetings.export")
    def save_attendance(self, body: Body, first: date, last: date, target: Path) -> None:
        """Keep 到会情况表 as a file."""
        save_paper(self.attendance_paper(body, first, last), target)


def save_paper(paper: Paper, target: Path) -> None:
    """Write a paper to a file, whole or not at all, as the ending of its name says."""
    write = WRITERS.get(target.suffix.lower(), WRITERS[".pdf"])
    write_atomically(target, write(paper), doing=f"保存{target.name}", mode=0o644)


def pack_of(title: str, parts: list[PackPart], report: Report = silently) -> Paper:
    """Put papers together under one title, with contents that name the first page of each."""
    pages = []
    for at, part in enumerate(parts):
        report(at, len(parts), part.label)
        paper = alone(part)
        pages.append(count_pages(paper, layout_for(paper)))
    return build_pack(title, numbered(parts, pages))
