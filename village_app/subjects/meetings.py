"""Bodies, meetings, votes, minutes and what was decided."""

from __future__ import annotations

from functools import cached_property

from village_app.services.meetings.attendance import Attendance
from village_app.services.meetings.bodies import Bodies
from village_app.services.meetings.household_statements import HouseholdStatements
from village_app.services.meetings.meetings import Meetings
from village_app.services.meetings.minutes import Minutes
from village_app.services.meetings.pack import MeetingPack
from village_app.services.meetings.papers import MeetingPapers
from village_app.services.meetings.photos import MeetingPhotos
from village_app.services.meetings.procedures import Procedures
from village_app.services.meetings.proposals import Proposals
from village_app.services.meetings.record_books import RecordBooks
from village_app.services.meetings.resolutions import Resolutions
from village_app.services.meetings.speeches import Speeches
from village_app.services.meetings.votes import VoteCounts
from village_app.subjects.subject_group import SubjectGroup


class MeetingSubjects(SubjectGroup):
    """Bodies, meetings, votes, minutes and what was decided."""

    @cached_property
    def attendance(self) -> Attendance:
        return Attendance(self.session)

    @cached_property
    def bodies(self) -> Bodies:
        return Bodies(self.session)

    @cached_property
    def household_statements(self) -> HouseholdStatements:
        return HouseholdStatements(self.session)

    @cached_property
    def meeting_papers(self) -> MeetingPapers:
        return MeetingPapers(self.session)

    @cached_property
    def meeting_photos(self) -> MeetingPhotos:
        return MeetingPhotos(self.session)

    @cached_property
    def meetings(self) -> Meetings:
        return Meetings(self.session)

    @cached_property
    def minutes(self) -> Minutes:
        return Minutes(self.session)

    @cached_property
    def procedures(self) -> Procedures:
        return Procedures(self.session)

    @cached_property
    def record_books(self) -> RecordBooks:
        return RecordBooks(self.session)

    @cached_property
    def resolutions(self) -> Resolutions:
        return Resolutions(self.session)

    @cached_property
    def votes(self) -> VoteCounts:
        return VoteCounts(self.session)

    @cached_property
    def meeting_pack(self) -> MeetingPack:
        return MeetingPack(self.session)

    @cached_property
    def proposals(self) -> Proposals:
        return Proposals(self.session)

    @cached_property
    def speeches(self) -> Speeches:
        return Speeches(self.session)
