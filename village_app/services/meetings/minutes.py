"""Minutes: written from the records, finalised with a version, reopened as the next version."""

from __future__ import annotations

import json
from hashlib import sha256

from village_app.db.records.meetings import Meeting
from village_app.db.records.resolutions import MinutesVersion
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import Paper
from village_app.papers.pdf import write_pdf
from village_app.papers.plain import paper_from_plain, paper_to_plain
from village_app.services.meetings.papers import MeetingPapers
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted


class Minutes(Service):
    """The minutes of meetings and their versions."""

    @permitted("meetings.read")
    def versions(self, meeting: Meeting) -> list[MinutesVersion]:
        """Give the finalised versions, the first one first."""
        return self.store.rows(
            self.store.select(MinutesVersion)
            .where(MinutesVersion.meeting_id == meeting.id)
            .order_by(MinutesVersion.number)
        )

    @permitted("meetings.read")
    def phrases(self) -> dict[str, list[str]]:
        """Give the stock phrases by field of an item: report, discussion, decision."""
        found: dict[str, list[str]] = Rules(self.session).on("meeting_phrases")["phrases"]
        return found

    @permitted("meetings.read")
    def paper(self, meeting: Meeting) -> Paper:
        """Give the minutes: the finalised version, else as the records stand now."""
        versions = self.versions(meeting)
        if meeting.state == "final" and versions:
            return self.paper_of(versions[-1])
        return MeetingPapers(self.session).minutes(meeting, version=len(versions) + 1)

    @permitted("meetings.read")
    def paper_of(self, version: MinutesVersion) -> Paper:
        """Give a finalised version exactly as it was."""
        return paper_from_plain(json.loads(version.paper))

    @permitted("meetings.read")
    def pdf_of(self, version: MinutesVersion) -> bytes:
        """Give a finalised version as PDF, to be read on the screen."""
        return write_pdf(self.paper_of(version)).data

    @permitted("meetings.finalise")
    def finalise(self, meeting: Meeting) -> MinutesVersion:
        """Lock the meeting and keep its minutes as the next version; refused before it closed."""
        if meeting.state != "closed":
            word = "已经定稿" if meeting.state == "final" else "还没有散会"
            raise Refused("not_closed", f"会议{word}，不能定稿。")
        number = len(self.versions(meeting)) + 1
        paper = MeetingPapers(self.session).minutes(meeting, version=number)
        text = json.dumps(paper_to_plain(paper), ensure_ascii=False, separators=(",", ":"))
        with self.session.change(
            f"定稿 {meeting.name} 第 {number} 版", kind="final", undoable=False
        ) as change:
            version: MinutesVersion = change.insert(
                MinutesVersion(
                    number=number,
                    meeting_id=meeting.id,
                    paper=text,
                    fingerprint=sha256(text.encode()).hexdigest(),
                    finalised_at=self.session.now(),
                    finalised_by=self.session.user.full_name,
                )
            )
            change.update(meeting, state="final")
        return version

    @permitted("meetings.reopen")
    def reopen(self, meeting: Meeting, reason: str) -> Meeting:
        """Open finalised minutes again; the version stays and says why."""
        if meeting.state != "final":
            raise Refused("not_final", "会议记录没有定稿，不用重开。")
        if not reason.strip():
            raise InvalidInput([Fault("reason", "required", "重开记录要写明原因。")])
        with self.session.change(f"重开 {meeting.name}", undoable=False) as change:
            change.update(self.versions(meeting)[-1], reopened_reason=reason.strip())
            opened: Meeting = change.update(meeting, state="closed")
        return opened
