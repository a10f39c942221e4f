"""Any list of the village as a spreadsheet with real types; masked unless the role allows more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from village_app.db.fields import Record
from village_app.db.files import write_atomically
from village_app.db.records import RECORDS
from village_app.db.records.issues import Issue
from village_app.db.records.residents import Resident
from village_app.domain.calendar import CHINA
from village_app.domain.kinds import TEXT, FieldDeclaration, Kind, Reference
from village_app.domain.permissions import may
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.papers.blocks import Paper
from village_app.papers.pdf import write_pdf
from village_app.papers.xlsx import ExportStamp, write_rows_xlsx
from village_app.services.issues.rights import visible
from village_app.services.register.own_fields import OwnFieldReader, OwnFields
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

# What may be exported by name: the table, and the action that allows it.
EXPORTS: dict[str, tuple[str, str]] = {
    "residents": ("resident", "residents.export"),
    "households": ("household", "residents.export"),
    "issues": ("issue", "issues.export"),
    "notices": ("notice", "notices.export"),
    "meetings": ("meeting", "meetings.export"),
    "members": ("membership", "meetings.export"),
    "resolutions": ("resolution", "meetings.export"),
    "projects": ("project", "projects.export"),
    "payments": ("payment", "money.export"),
    "ledger": ("ledger_entry", "money.export"),
    "tasks": ("task", "tasks.read"),
}
_CALLED = ("name", "number", "heading", "title", "summary")
"""What a record is called, the first of these that it has."""
MASKED_FIELDS = frozenset({"id_number", "phone", "other_phones", "bank_account"})


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished export: the file's bytes and how many rows it holds."""

    content: bytes
    rows: int


Mask = Callable[[Any], Any]


class Exports(Service):
    """Writes lists out; who took what and how many is taken down."""

    @permitted("settings.read")
    def write(self, what: str, *, full: bool = False, report: Report = silently) -> Exported:
        """Export a whole list by name; numbers of people are masked unless `full` and allowed."""
        if what not in EXPORTS:
            names = "、".join(EXPORTS)
            raise Refused("unknown_export", f"没有“{what}”这个清单，可以导出的有：{names}。")
        table, action = EXPORTS[what]
        self.session.require(action)
        if full and not may(self.session.user.role, "residents.export_full"):
            self.session.require("residents.export_full")
        model = RECORDS[table]
        query = self.store.select(model).order_by(model.id)
        if model is Issue:
            query = query.where(visible(self.session))
        records = self.store.rows(query)
        return self.write_records(model, records, full=full, report=report)

    @permitted("settings.read")
    def write_records(
        self,
        model: type[Record],
        records: Sequence[Record],
        *,
        full: bool = False,
        report: Report = silently,
    ) -> Exported:
        """Export given records of one kind with all their declared fields."""
        declared = [one for one in model.declarations() if one.in_form]
        masks = [self._writing(one, full=full) for one in declared]
        shown = [
            one if mask is None else _as_text(one)
            for one, mask in zip(declared, masks, strict=True)
        ]
        rows = [_row(record, declared, masks) for record in records]
        if model is Resident:
            own = OwnFieldReader(OwnFields(self.session).declared())
            shown += own.declared
            rows = [
                [*row, *map(own.values(person).get, (one.name for one in own.declared))]
                for row, person in zip(rows, records, strict=True)
            ]
        word = Settings(self.session).read().word
        shown = [replace(one, label=word(one.label)) for one in shown]
        moment = self.session.now().astimezone(CHINA)
        stamp = ExportStamp(self.session.user.full_name, moment)
        content = write_rows_xlsx(shown, rows, model.title, stamp, report=report)
        extent = "完整号码" if full else "号码已遮盖"
        self.session.journal.note(f"导出{model.title} {len(rows)} 行（{extent}）")
        return Exported(content, len(rows))

    def _writing(self, declared: FieldDeclaration, *, full: bool) -> Mask | None:
        """Say how a field is written where its value does not stand as it is kept.

        Long numbers are masked; for another record stands what people call it, never its id.
        """
        if declared.kind.name == "reference":
            return self._called(declared.kind)
        return None if full or declared.name not in MASKED_FIELDS else declared.kind.mask

    def _called(self, kind: Kind) -> Mask:
        assert isinstance(kind, Reference)
        model = RECORDS[kind.record_name]
        own = {declared.name for declared in model.declarations()}
        word = next((name for name in _CALLED if name in own), "id")
        query = self.store.select(model, model.id, getattr(model, word)).tuples()
        names = {key: str(name or "") for key, name in self.store.rows(query)}
        return lambda value: names.get(value, "")

    @permitted("settings.read")
    def pdf(self, paper: Paper, *, report: Report = silently) -> bytes:
        """Write a paper as PDF, ready for the printer."""
        return write_pdf(paper, report=report).data

    @permitted("settings.read")
    def keep(self, target: Path, content: bytes) -> None:
        """Write a file the user named, whole or not at all, readable for others."""
        write_atomically(target, content, doing=f"保存“{target.name}”", mode=0o644)

    @permitted("settings.read")
    def names(self) -> Iterable[str]:
        """Name what can be exported."""
        return tuple(EXPORTS)


def _as_text(declared: FieldDeclaration) -> FieldDeclaration:
    return FieldDeclaration(declared.name, declared.label, TEXT, sensitivity=declared.sensitivity)


def _row(
    record: Record, declared: Sequence[FieldDeclaration], masks: Sequence[Mask | None]
) -> list[Any]:
    return [
        value if mask is None or value is None else mask(value)
        for value, mask in zip((getattr(record, one.name) for one in declared), masks, strict=True)
    ]
