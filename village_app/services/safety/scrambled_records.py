"""Scrambling a whole village's records, and the journal by the same rule, for a copy (IN-09).

The same text gives the same nonsense in both, so that what agreed still agrees, and what somebody
changed in the file still differs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from village_app.db import chain
from village_app.db.engine import Store
from village_app.db.fields import Record
from village_app.db.journal import encode
from village_app.db.records import RECORDS
from village_app.domain.kinds import FieldDeclaration
from village_app.domain.reporting import Report
from village_app.services.safety.scrambling import Scrambler

# Standard lists that travel with the program, and what the program finds by its name.
_AS_IT_IS = frozenset({"rule_set", "holiday", "ledger_account", "catalogue_item"})
_SCRAMBLED_KINDS = frozenset(
    {
        *("text", "long_text", "person_name", "address", "phone", "place"),
        *("identity_number", "document_number", "bank_account", "credit_code"),
    }
)
_PATTERNS = "patterns"
_JOURNAL = (
    'SELECT change_id, position, table_name, record_id, "before", "after" FROM change_row '
    "WHERE erased = 0"
)


def scramble_all(copy: Store, scrambler: Scrambler, report: Report) -> None:
    """Scramble records, journal and names of changes; drafts are left out."""
    with copy.database.atomic("EXCLUSIVE"):
        copy.database.execute_sql('DELETE FROM "draft"')
        _scramble_labels(copy, scrambler)
        _scramble_journal(copy, scrambler)
        for number, (table, model) in enumerate(RECORDS.items()):
            report(number, len(RECORDS), f"打乱{model.title}")
            if table not in _AS_IT_IS:
                _scramble_table(copy, table, model, scrambler)


def _scramble_labels(copy: Store, scrambler: Scrambler) -> None:
    changes = copy.sql('SELECT label, user, id FROM "change"')
    copy.write_many(
        'UPDATE "change" SET label = ?, user = ?, label_erased = 1 WHERE id = ?',
        [(scrambler.text(label), scrambler.text(user), number) for label, user, number in changes],
    )


def _scramble_journal(copy: Store, scrambler: Scrambler) -> None:
    """Scramble what the journal kept of every record, as the record itself is."""
    kept = {number for (number,) in copy.sql("SELECT id FROM setting WHERE key = ?", (_PATTERNS,))}
    lines = []
    for change, position, table, record, before, after in copy.sql(_JOURNAL):
        if table in _AS_IT_IS or (table == "setting" and record in kept):
            continue
        fields = _fields_of(table)
        old, new = (_scrambled_payload(scrambler, fields, one) for one in (before, after))
        digest = chain.row_digest(table, record, old, new)
        lines.append((old, new, digest, change, position))
    copy.write_many(
        'UPDATE change_row SET "before" = ?, "after" = ?, digest = ? '
        "WHERE change_id = ? AND position = ?",
        lines,
    )


def _fields_of(table: str) -> Mapping[str, FieldDeclaration]:
    model = RECORDS.get(table)
    return {one.name: one for one in model.declarations()} if model is not None else {}


def _scrambled_payload(
    scrambler: Scrambler, fields: Mapping[str, FieldDeclaration], payload: str | None
) -> str | None:
    """Scramble the values of one payload; a field that is declared no more is scrambled too."""
    if payload is None:
        return None
    values: dict[str, Any] = json.loads(payload)
    for name, value in values.items():
        declared = fields.get(name)
        if declared is None:
            values[name] = scrambler.text(value, letters=True) if isinstance(value, str) else value
        elif declared.kind.name in _SCRAMBLED_KINDS:
            values[name] = _scrambled(scrambler, declared, value)
    return encode(values)


def _scramble_table(copy: Store, table: str, model: type[Record], scrambler: Scrambler) -> None:
    fields = [one for one in model.declarations() if one.kind.name in _SCRAMBLED_KINDS]
    if not fields:
        return
    columns = ",".join(f'"{one.name}"' for one in fields)
    rows = copy.sql(f'SELECT {columns}, id FROM "{table}"')  # noqa: S608 - declared names
    if table == "setting":
        rows = [row for row in rows if row[0] != _PATTERNS]
    settings = ",".join(f'"{one.name}" = ?' for one in fields)
    copy.write_many(
        f'UPDATE "{table}" SET {settings} WHERE id = ?',  # noqa: S608 - declared names
        [
            (
                *(
                    _scrambled(scrambler, one, value)
                    for one, value in zip(fields, row, strict=False)
                ),
                row[-1],
            )
            for row in rows
        ],
    )


def _scrambled(scrambler: Scrambler, declared: FieldDeclaration, value: object) -> object:
    if not isinstance(value, str):
        return value
    is_named = declared.sensitivity != "public" and value[:1] not in ("{", "[")
    return scrambler.text(value, letters=is_named)
