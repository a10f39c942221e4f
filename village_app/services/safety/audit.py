"""The journal shown: what was changed in a record, who did what when, and that nobody edited it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from village_app.db import chain
from village_app.db.engine import Store
from village_app.db.fields import Record, table_of
from village_app.db.records import RECORDS
from village_app.domain.calendar import CHINA
from village_app.domain.kinds import COUNT, TEXT, FieldDeclaration
from village_app.domain.listing import ListRow
from village_app.domain.reporting import Report, silently
from village_app.papers.blocks import Paper
from village_app.papers.builders.safety import ChangeLine, build_change_list
from village_app.papers.xlsx import ExportStamp, write_rows_xlsx
from village_app.services.paper_words import in_own_words
from village_app.services.safety.plain_values import in_words
from village_app.services.session import Service, permitted

KIND_WORDS = {
    "edit": "修改",
    "bulk": "批量",
    "import": "导入",
    "final": "定稿",
    "access": "查阅",
    "undo": "撤销",
    "redo": "重做",
}
SECRET = frozenset({"personal", "sensitive"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit list; `rows` counts the records it touched."""

    number: int
    at: datetime
    user: str
    label: str
    kind: str
    rows: int
    is_undone: bool


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record, old and new as shown; personal values are masked."""

    title: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of a record with all its touched fields."""

    at: datetime
    user: str
    label: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """What the audit list shows; blanks show everything. Days are the village's, both included."""

    user: str = ""
    kind: str = ""
    words: str = ""
    table: str = ""
    first_day: str = ""
    last_day: str = ""


class Audit(Service):
    """Reads the journal; nothing here can change it."""

    @permitted("audit.read")
    def entries(
        self, chosen: Filter, *, limit: int = 200, before: int | None = None
    ) -> list[Entry]:
        """List changes, newest first, `limit` at a time; `before` goes on from a number."""
        condition, values = _condition(chosen)
        if before is not None:
            condition, values = f"{condition} AND c.id < ?", [*values, before]
        lines = self.store.sql(
            f"{_ENTRIES} WHERE {condition} ORDER BY c.id DESC LIMIT ?", [*values, limit]
        )
        return [
            Entry(number, datetime.fromisoformat(at), user, label, kind, rows, bool(undone))
            for number, at, user, label, kind, rows, undone in lines
        ]

    @permitted("audit.read")
    def listed(self, chosen: Filter) -> AuditList:
        """Give the list for a page: counted, newest first, fetched window by window."""
        return AuditList(self.store, chosen)

    @permitted("audit.export")
    def paper(self, chosen: Filter) -> Paper:
        """Build the chosen changes as a paper, with what the check of the chain found."""
        paper = in_own_words(
            self.session,
            build_change_list(
                self._lines(chosen),
                about=f"{_about(chosen)}，",
                verified=verified_words(self.verify()),
                head=self.session.journal.head().short(),
                made_by=self.session.user.full_name,
                day=self.session.today(),
            ),
        )
        self.session.journal.note(f"打印修改记录：{_about(chosen)}")
        return paper

    @permitted("audit.export")
    def spreadsheet(self, chosen: Filter, *, report: Report = silently) -> bytes:
        """Write the chosen changes as a spreadsheet that can be filtered further."""
        stamp = ExportStamp(self.session.user.full_name, self.session.now().astimezone(CHINA))
        lines = self._lines(chosen)
        content = _written(lines, stamp, report)
        self.session.journal.note(f"导出修改记录 {len(lines)} 条：{_about(chosen)}")
        return content

    @permitted("residents.export_full")
    def all_as_spreadsheet(self, stamp: ExportStamp, *, report: Report = silently) -> bytes:
        """Write the whole journal for somebody who takes everything along."""
        return _written(self._lines(Filter()), stamp, report)

    def _lines(self, chosen: Filter) -> list[ChangeLine]:
        condition, values = _condition(chosen)
        lines = self.store.sql(f"{_ENTRIES} WHERE {condition} ORDER BY c.id", values)
        return [
            ChangeLine(
                number,
                f"{datetime.fromisoformat(at).astimezone(CHINA):%Y-%m-%d %H:%M}",
                user,
                KIND_WORDS.get(kind, kind),
                label,
                rows,
            )
            for number, at, user, label, kind, rows, _ in lines
        ]

    @permitted("audit.read")
    def touched(self, number: int, *, limit: int = 200) -> list[FieldChange]:
        """Give the fields that a change touched, record by record, old and new."""
        lines = self.store.sql(
            'SELECT table_name, "before", "after" FROM change_row WHERE change_id = ? '
            "ORDER BY position LIMIT ?",
            (number, limit),
        )
        return [field for line in lines for field in _fields(*line)]

    @permitted("residents.read")
    def history(self, record: Record) -> list[HistoryLine]:
        """Give a record's changes, newest first."""
        lines = self.store.sql(
            'SELECT c.at, c.user, c.label, r.table_name, r."before", r."after" FROM change_row r '
            'JOIN "change" c ON c.id = r.change_id '
            "WHERE r.record_id = ? AND r.table_name = ? ORDER BY c.id DESC",
            (record.id, table_of(type(record))),
        )
        return [
            HistoryLine(datetime.fromisoformat(at), user, label, tuple(_fields(table, old, new)))
            for at, user, label, table, old, new in lines
        ]

    @permitted("audit.read")
    def verify(self) -> chain.Verification:
        """Walk the whole chain and compare it with the head kept outside the database."""
        anchor = self.session.vault.anchor
        return self.session.journal.verify(chain.Head(*anchor) if anchor else None)

    @permitted("audit.read")
    def users(self) -> list[str]:
        """Name everybody who ever changed something."""
        return [user for (user,) in self.store.sql('SELECT DISTINCT user FROM "change" ORDER BY 1')]


_ENTRIES = (
    "SELECT c.id, c.at, c.user, c.label, c.kind, "
    "(SELECT count(*) FROM change_row r WHERE r.change_id = c.id), "
    "EXISTS (SELECT 1 FROM \"change\" u WHERE u.undoes = c.id AND u.kind = 'undo') "
    'FROM "change" c'
)


_COUNT = 'SELECT count(*) FROM "change" c'
_NUMBERS = 'SELECT c.id FROM "change" c'
_SHEET = (
    FieldDeclaration("number", "编号", COUNT),
    FieldDeclaration("at", "时间", TEXT),
    FieldDeclaration("user", "经手人", TEXT),
    FieldDeclaration("kind", "类别", TEXT),
    FieldDeclaration("label", "事项", TEXT),
    FieldDeclaration("records", "涉及记录", COUNT),
)


def _written(lines: list[ChangeLine], stamp: ExportStamp, report: Report) -> bytes:
    rows = [(one.number, one.at, one.user, one.kind, one.label, one.records) for one in lines]
    return write_rows_xlsx(_SHEET, rows, "修改记录清单", stamp, report=report)


class AuditList:
    """The journal as a list: always by number, newest first unless turned round."""

    def __init__(self, store: Store, chosen: Filter) -> None:
        self.store = store
        self._condition, self._values = _condition(chosen)
        self._order = "DESC"

    def count(self) -> int:
        return int(self.store.scalar(f"{_COUNT} WHERE {self._condition}", self._values))

    def ids(self) -> list[int]:
        ids = f"{_NUMBERS} WHERE {self._condition} ORDER BY c.id {self._order}"
        return [number for (number,) in self.store.sql(ids, self._values)]

    def window(self, first: int, count: int) -> list[ListRow]:
        lines = self.store.sql(
            f"{_ENTRIES} WHERE {self._condition} ORDER BY c.id {self._order} LIMIT ? OFFSET ?",
            [*self._values, count, first],
        )
        return [
            ListRow(
                number,
                {
                    "at": datetime.fromisoformat(at),
                    "user": user,
                    "kind": KIND_WORDS.get(kind, kind),
                    "label": f"{label}（已撤销）" if undone else label,
                    "records": rows,
                },
            )
            for number, at, user, label, kind, rows, undone in lines
        ]

    def sort(self, key: str, *, descending: bool) -> None:
        """Turn the list round; it has one order, that of the moments."""
        if key == "at":
            self._order = "DESC" if descending else "ASC"


def verified_words(found: chain.Verification) -> str:
    """Say what the check of the chain found: whole, or the first link that is broken."""
    if found.is_whole:
        return f"校验过全部{found.changes}条，前后相接，没有人在程序外改动。"
    return f"校验发现第{found.broken_at}条对不上：{found.reason}。"


def _about(chosen: Filter) -> str:
    """Say in words what was chosen."""
    parts = [
        f"{chosen.first_day or '开始'}至{chosen.last_day or '今天'}"
        if chosen.first_day or chosen.last_day
        else "全部日期",
        f"经手人{chosen.user}" if chosen.user else "",
        f"类别“{KIND_WORDS.get(chosen.kind, chosen.kind)}”" if chosen.kind else "",
        f"含“{chosen.words}”" if chosen.words else "",
    ]
    return "、".join(part for part in parts if part)


def _condition(chosen: Filter) -> tuple[str, list[Any]]:
    parts: list[tuple[str, Any]] = [("1 = ?", 1)]
    if chosen.user:
        parts.append(("c.user = ?", chosen.user))
    if chosen.kind:
        parts.append(("c.kind = ?", chosen.kind))
    if chosen.words:
        parts.append(("instr(c.label, ?) > 0", chosen.words))
    if chosen.table:
        part = "EXISTS (SELECT 1 FROM change_row r WHERE r.change_id = c.id AND r.table_name = ?)"
        parts.append((part, chosen.table))
    # Moments are kept in UTC; the village's day begins eight hours earlier there.
    if chosen.first_day:
        parts.append(("datetime(c.at, '+8 hours') >= ?", chosen.first_day))
    if chosen.last_day:
        parts.append(("datetime(c.at, '+8 hours') < date(?, '+1 day')", chosen.last_day))
    return " AND ".join(part for part, _ in parts), [value for _, value in parts]


# A code beside a name that says the same.
_ONLY_CODES = {("rule_set", "code")}


def _fields(table: str, before: str | None, after: str | None) -> list[FieldChange]:
    model = RECORDS.get(table)
    old, new = json.loads(before or "{}"), json.loads(after or "{}")
    if model is None:
        return []
    return [
        FieldChange(
            model.title,
            declared.label,
            in_words(table, shown_value(declared, old.get(declared.name))),
            in_words(table, shown_value(declared, new.get(declared.name))),
        )
        for declared in model.declarations()
        if (declared.name in old or declared.name in new)
        and declared.in_form
        and (table, declared.name) not in _ONLY_CODES
    ]


def shown_value(declared: FieldDeclaration, stored: Any) -> str:
    """Show a stored value of a field as the audit list does: numbers of people masked."""
    if stored is None:
        return ""
    value = declared.kind.from_database(stored)
    hidden = declared.sensitivity in SECRET and declared.name not in {"name", "number"}
    return declared.kind.mask(value) if hidden else declared.kind.show(value)
