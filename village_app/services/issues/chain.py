"""来龙去脉: what a matter led to, station by station, followed through the links of the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from village_app.db.fields import Record, table_of
from village_app.db.records import RECORDS
from village_app.db.records.issues import Issue, Task
from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.db.records.notices import Notice
from village_app.db.records.projects import Payment, Project
from village_app.domain.calendar import CHINA
from village_app.services.house.links import Links
from village_app.services.issues.issues import Issues
from village_app.services.issues.tasks import MEDIATION
from village_app.services.session import Service, permitted

# Table → station, page and icon; the order of the table is the order of one day's stations.
STATIONS: dict[str, tuple[str, str, str]] = {
    "issue": ("诉求", "issues", "book"),
    "agenda_item": ("议题", "meetings", "hall"),
    "resolution": ("决议", "resolutions", "ballot"),
    "task": ("任务", "tasks", "task"),
    "project": ("项目", "projects", "building"),
    "payment": ("付款", "projects", "coin"),
    "notice": ("公示", "notices", "board"),
}
_DAYS = ("day", "decided_on", "approved_on", "done_on", "due_on", "published_at", "at")
_NAMES = ("number", "voucher", "label", "heading", "name")


_LINKED = "SELECT to_table, to_id FROM link WHERE from_table = ? AND from_id = ? ORDER BY id"
_LED_TO: tuple[tuple[type[Record], str], ...] = (
    (Project, "SELECT id FROM project WHERE source_table = ? AND source_id = ? ORDER BY id"),
    (Project, "SELECT id FROM project WHERE basis_table = ? AND basis_id = ? ORDER BY id"),
    (Notice, "SELECT id FROM notice WHERE source_table = ? AND source_id = ? ORDER BY id"),
)
_PAID = "SELECT id FROM payment WHERE project_id = ? AND state = 'paid' ORDER BY id"


@dataclass(frozen=True, slots=True)
class Station:
    """One station: what it is, the record, its page, number and day; `done` unless ahead."""

    name: str
    table: str
    id: int
    page: str
    icon: str
    number: str
    day: date | None
    done: bool = True


class IssueChain(Service):
    """Follows the ties of a matter."""

    @permitted("issues.read")
    def of(self, issue: Issue) -> list[Station]:
        """List the stations of a matter in order of time, the matter first, the visits last."""
        Issues(self.session).get(issue.id)
        found: dict[tuple[str, int], Record] = {}
        self._follow(issue, found)
        stations = [self._station(record) for key, record in found.items() if key[0] in STATIONS]
        first = stations[:1]
        rest = sorted(stations[1:], key=lambda one: (one.day or date.max, _rank(one.table), one.id))
        return [*first, *rest, *self._ends(issue)]

    def _station(self, record: Record) -> Station:
        table = table_of(type(record))
        name, page, icon = STATIONS[table]
        if isinstance(record, AgendaItem):
            # An item has no number and no day of its own: both are the meeting's.
            meeting = self.store.get(Meeting, record.meeting_id)
            words = f"{meeting.name}：{record.name}"
            return Station(name, table, meeting.id, page, icon, words, meeting.day)
        if isinstance(record, Task) and self._is_mediation(record):
            name = MEDIATION
        target = record.project_id if isinstance(record, Payment) else record.id
        day = _day(record) or self._made_on(table, record.id)
        return Station(name, table, target, page, icon, _number(record), day)

    def _made_on(self, table: str, record_id: int) -> date | None:
        """Give the day on which a record without a day of its own was entered."""
        at = self.store.scalar(
            'SELECT c.at FROM change_row r JOIN "change" c ON c.id = r.change_id '
            'WHERE r.table_name = ? AND r.record_id = ? AND r."before" IS NULL',
            (table, record_id),
        )
        return datetime.fromisoformat(at).astimezone(CHINA).date() if at else None

    def _is_mediation(self, task: Task) -> bool:
        ties = Links(self.session).of(task)
        return any(not one.forward and one.kind == MEDIATION for one in ties)

    def _follow(self, record: Record, found: dict[tuple[str, int], Record]) -> None:
        """Walk from record to record, each once."""
        key = (table_of(type(record)), record.id)
        if key in found:
            return
        found[key] = record
        for other in self._next(record):
            self._follow(other, found)

    def _next(self, record: Record) -> list[Record]:
        """Give what a record led to. Asked of every station, so the statements are fixed ones."""
        table = table_of(type(record))
        here = (table, record.id)
        found = list(self.store.sql(_LINKED, here))
        for model, statement in _LED_TO:
            found += [(table_of(model), one) for (one,) in self.store.sql(statement, here)]
        if isinstance(record, Project):
            paid = self.store.sql(_PAID, (record.id,))
            found += [(table_of(Payment), one) for (one,) in paid]
        others = (self._record(name, other) for name, other in found)
        return [other for other in others if other is not None]

    def _record(self, table: str, record_id: int) -> Record | None:
        model = RECORDS.get(table)
        return None if model is None else self.store.find(model, record_id)

    def _ends(self, issue: Issue) -> list[Station]:
        """Give the visits; where there was none yet, the one that is still ahead."""
        visits = Issues(self.session).file(issue).visits
        kind = type(issue).declaration("satisfaction").kind
        made = [
            Station(
                "回访",
                "follow_up",
                one.id,
                "issues",
                "phone",
                kind.show(one.satisfaction),
                one.at.astimezone(CHINA).date(),
            )
            for one in visits
        ]
        return made or [Station("回访", "follow_up", 0, "issues", "phone", "", None, done=False)]


def _number(record: Record) -> str:
    for field in _NAMES:
        value = getattr(record, field, None)
        if value:
            return str(value)
    return ""


def _day(record: Record) -> date | None:
    for field in _DAYS:
        value = getattr(record, field, None)
        if isinstance(value, datetime):
            return value.astimezone(CHINA).date()
        if isinstance(value, date):
            return value
    return None


def _rank(table: str) -> int:
    return list(STATIONS).index(table)
