"""The people and households of the village, and the lists they come from."""

from __future__ import annotations

from functools import cached_property

from village_app.db.records.bodies import Body
from village_app.db.records.meetings import Meeting
from village_app.services.aid.welfare import Welfare
from village_app.services.imports.imports import Imports
from village_app.services.imports.session import ImportSession
from village_app.services.imports.source import ImportSource
from village_app.services.imports.subject_imports import SubjectImports
from village_app.services.meetings.list_imports import AgendaImports, MemberImports
from village_app.services.notices.file_prints import FilePrints
from village_app.services.register.dossier import Dossier
from village_app.services.register.duplicates import Duplicates
from village_app.services.register.group_moves import GroupMoves
from village_app.services.register.household_book import HouseholdBook
from village_app.services.register.household_moves import HouseholdMoves
from village_app.services.register.labels import Labels
from village_app.services.register.life_events import LifeEvents
from village_app.services.register.merging import Merging
from village_app.services.register.own_fields import OwnFields
from village_app.services.register.resident_bulk import ResidentBulk
from village_app.services.register.resident_doubts import ResidentDoubts
from village_app.services.register.resident_list import ResidentList
from village_app.services.register.residents import Residents
from village_app.services.register.roster import Roster
from village_app.subjects.subject_group import SubjectGroup


class RegisterSubjects(SubjectGroup):
    """The people and households of the village, and the lists they come from."""

    @cached_property
    def imports(self) -> Imports:
        return Imports(self.session)

    @cached_property
    def welfare(self) -> Welfare:
        return Welfare(self.session)

    @cached_property
    def residents(self) -> Residents:
        return Residents(self.session)

    @cached_property
    def resident_list(self) -> ResidentList:
        return ResidentList(self.session)

    @cached_property
    def household_book(self) -> HouseholdBook:
        return HouseholdBook(self.session)

    @cached_property
    def household_moves(self) -> HouseholdMoves:
        return HouseholdMoves(self.session)

    @cached_property
    def life_events(self) -> LifeEvents:
        return LifeEvents(self.session)

    @cached_property
    def group_moves(self) -> GroupMoves:
        return GroupMoves(self.session)

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.session)

    @cached_property
    def resident_doubts(self) -> ResidentDoubts:
        return ResidentDoubts(self.session)

    @cached_property
    def own_fields(self) -> OwnFields:
        return OwnFields(self.session)

    @cached_property
    def merging(self) -> Merging:
        return Merging(self.session)

    @cached_property
    def duplicates(self) -> Duplicates:
        return Duplicates(self.session)

    def agenda_imports(self, meeting: Meeting) -> AgendaImports:
        """Lists of agenda lines for one meeting."""
        return AgendaImports(self.session, meeting)

    def member_imports(self, body: Body) -> MemberImports:
        """Lists of members for one body."""
        return MemberImports(self.session, body)

    def import_session(self, imports: SubjectImports, source: ImportSource) -> ImportSession:
        """Begin to look at a list that may be imported into a subject."""
        return ImportSession(imports, source)

    @cached_property
    def resident_bulk(self) -> ResidentBulk:
        return ResidentBulk(self.session)

    @cached_property
    def roster(self) -> Roster:
        return Roster(self.session)

    @cached_property
    def dossier(self) -> Dossier:
        return Dossier(self.session)

    @cached_property
    def file_prints(self) -> FilePrints:
        return FilePrints(self.session)
