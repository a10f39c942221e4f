"""What keeps the records safe and shows who did what."""

from __future__ import annotations

from functools import cached_property

from village_app.services.safety.audit import Audit
from village_app.services.safety.backups import Backups
from village_app.services.safety.drills import Drills
from village_app.services.safety.exports import Exports
from village_app.services.safety.handover import Handover
from village_app.services.safety.health import Health
from village_app.services.safety.leaving import Leaving
from village_app.services.safety.past_records import PastRecords
from village_app.services.safety.privacy import Privacy
from village_app.services.safety.rescue import Rescue
from village_app.services.safety.selfcheck import SelfCheck
from village_app.services.safety.support import Support
from village_app.services.safety.trash import Trash
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
