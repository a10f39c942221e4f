"""Where a record is shown, what it is called there, and who may see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from village_app.db.fields import Record, table_of
from village_app.db.records.issues import Issue
from village_app.db.records.ledger import LedgerEntry
from village_app.db.records.meetings import Meeting
from village_app.db.records.notices import Notice
from village_app.db.records.projects import Project
from village_app.db.records.residents import Resident
from village_app.db.records.resolutions import Procedure, Resolution
from village_app.domain.permissions import may
from village_app.services.issues.rights import visible
from village_app.services.session import Session


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One kind of record with a page of its own; `names` give title and note of a record."""

    page: str
    model: type[Record]
    action: str
    names: Callable[[Any], tuple[str, str]]
    condition: Callable[[Session], Any] | None = None


def shown(session: Session, page: RecordPage, ids: list[int]) -> dict[int, tuple[str, str]]:
    """Give title and note of those of the records that exist and that this user may see."""
    if not ids or not may(session.user.role, page.action):
        return {}
    query = session.store.select(page.model).where(page.model.id.in_(ids))
    if page.condition is not None:
        query = query.where(page.condition(session))
    return {one.id: page.names(one) for one in session.store.rows(query)}


PAGES: tuple[RecordPage, ...] = (
    RecordPage(
        "residents",
        Resident,
        "residents.read",
        lambda one: (one.name, Resident.declaration("phone").kind.mask(one.phone)),
    ),
    RecordPage(
        "issues", Issue, "issues.read", lambda one: (one.heading, one.number or ""), visible
    ),
    RecordPage("meetings", Meeting, "meetings.read", lambda one: (one.name, str(one.day))),
    RecordPage("resolutions", Resolution, "meetings.read", lambda one: (one.name, one.number)),
    RecordPage("procedures", Procedure, "meetings.read", lambda one: (one.name, "四议两公开")),
    RecordPage("projects", Project, "projects.read", lambda one: (one.name, one.number or "")),
    RecordPage("notices", Notice, "notices.read", lambda one: (one.heading, one.number or "草稿")),
    RecordPage("money", LedgerEntry, "money.read", lambda one: (one.summary, one.voucher or "")),
)
PAGE_OF_TABLE: dict[str, RecordPage] = {table_of(one.model): one for one in PAGES}
PAGE_OF_KEY: dict[str, RecordPage] = {one.page: one for one in PAGES}
