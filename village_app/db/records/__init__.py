"""Every kind of record by its table; the journal, the export and the check read this list."""

from __future__ import annotations

from village_app.db.fields import Record, table_of
from village_app.db.records import (
    aid,
    bodies,
    funds,
    house,
    issue_replies,
    issues,
    ledger,
    meetings,
    money,
    notices,
    posting,
    projects,
    receptions,
    register,
    residents,
    resolutions,
    upkeep,
    views,
    votes,
)

_MODULES = (
    house,
    residents,
    register,
    notices,
    posting,
    ledger,
    projects,
    issues,
    issue_replies,
    receptions,
    money,
    bodies,
    meetings,
    votes,
    resolutions,
    aid,
    funds,
    upkeep,
    views,
)


def _all_records() -> dict[str, type[Record]]:
    found: dict[str, type[Record]] = {}
    for module in _MODULES:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Record) and value is not Record:
                found[table_of(value)] = value
    return found


RECORDS: dict[str, type[Record]] = _all_records()
