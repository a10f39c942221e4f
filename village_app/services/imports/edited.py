"""Records of an import that were edited since: who changed what, for the one who decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from village_app.db.records import RECORDS
from village_app.db.records.residents import ImportBatch
from village_app.db.undo import EditedSince, Kept, Undone
from village_app.domain.calendar import CHINA
from village_app.services.imports.batches import change_of
from village_app.services.safety.audit import Audit, HistoryLine
from village_app.services.session import Session

# A page speaks of these in the words of this room, never of the database.
__all__ = ["EDITED", "EditedRecord", "EditedSince", "Kept", "Undone", "edited_records"]

EDITED = "后来又改过"


@dataclass(frozen=True, slots=True)
class EditedRecord:
    """One record: what it is called, and in one sentence each what was changed since."""

    kept: Kept
    title: str
    since: tuple[str, ...]


def edited_records(
    session: Session, batch: ImportBatch, kept: Iterable[Kept]
) -> list[EditedRecord]:
    """Describe the records that could go back although they were edited; others are left out."""
    at = session.store.scalar('SELECT at FROM "change" WHERE id = ?', (change_of(session, batch),))
    begun = datetime.fromisoformat(at)
    found = []
    for one in kept:
        record = session.store.find(RECORDS[one.table], one.record_id)
        if one.reason == EDITED and record is not None:
            lines = [line for line in Audit(session).history(record) if line.at > begun]
            since = tuple(_said(line) for line in reversed(lines))
            found.append(EditedRecord(one, record.describe(), since))
    return found


def _said(line: HistoryLine) -> str:
    fields = "，".join(f"{one.label} “{one.old}” → “{one.new}”" for one in line.fields)
    return f"{line.at.astimezone(CHINA):%Y-%m-%d} {line.user}：{fields or line.label}"
