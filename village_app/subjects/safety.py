"""What keeps the records safe and shows who did what."""

from __future__ import annotations

from functools import cached_property

from village_app.services.audit import Audit
from village_app.services.backups import Backups
from village_app.services.drills import Drills
from village_app.services.exports import Exports
from village_app.services.handover import Handover
from village_app.services.health import Health
from village_app.services.leaving import Leaving
from village_app.services.past_records import PastRecords
from village_app.services.privacy import Privacy
from village_app.services.rescue import Rescue
from village_app.services.selfcheck import SelfCheck
from village_app.services.support import Support
from village_app.services.trash import Trash
from village_app.services.two_persons import TwoPersons
from village_app.subjects.subject_group import SubjectGroup


class SafetySubjects(SubjectGroup):
    """What keeps the records safe and shows who did what."""

    @cached_property
    def backups(self) -> Backups:
        return Backups(self.session)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.session)

    @cached_property
    def leaving(self) -> Leaving:
        return Leaving(self.session)

    @cached_property
    def privacy(self) -> Privacy:
        return Privacy(self.session)

    @cached_property
    def handover(self) -> Handover:
        return Handover(self.session)

    @cached_property
    def support(self) -> Support:
        return Support(self.session)

    @cached_property
    def past_records(self) -> PastRecords:
        return PastRecords(self.session)

    @cached_property
    def trash(self) -> Trash:
        return Trash(self.session)

    @cached_property
    def selfcheck(self) -> SelfCheck:
        return SelfCheck(self.session)

    @cached_property
    def two_persons(self) -> TwoPersons:
        return TwoPersons(self.session)

    @cached_property
    def rescue(self) -> Rescue:
        return Rescue(self.session)

    @cached_property
    def health(self) -> Health:
        return Health(self.session)

    @cached_property
    def drills(self) -> Drills:
        return Drills(self.session)

    @cached_property
    def exports(self) -> Exports:
        return Exports(self.session)
