"""Links between records of any two subjects: what came from where, read from both sides."""

from __future__ import annotations

from dataclasses import dataclass

from village_app.db.fields import Record, table_of
from village_app.db.journal import Change
from village_app.db.records import RECORDS
from village_app.db.records.issues import Link
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class Linked:
    """The other end of a link: table, id, how they belong together, and which way it points."""

    table: str
    id: int
    kind: str
    forward: bool
    link_id: int


class Links(Service):
    """Ties records together and follows the ties."""

    @permitted("settings.read")
    def link(self, change: Change, first: Record, second: Record, kind: str) -> Link:
        """Tie two records within an open change (from the earlier to the later); ties once."""
        found: Link | None = (
            self.store.select(Link)
            .where(
                Link.from_table == table_of(type(first)),
                Link.from_id == first.id,
                Link.to_table == table_of(type(second)),
                Link.to_id == second.id,
                Link.kind == kind,
            )
            .first()
        )
        if found is not None:
            return found
        made: Link = change.insert(
            Link(
                kind=kind,
                from_table=table_of(type(first)),
                from_id=first.id,
                to_table=table_of(type(second)),
                to_id=second.id,
            )
        )
        return made

    @permitted("settings.read")
    def of(self, record: Record) -> list[Linked]:
        """List what a record is tied to, both ways, in the order in which it was tied."""
        return self.at(table_of(type(record)), record.id)

    @permitted("settings.read")
    def at(self, table: str, record_id: int) -> list[Linked]:
        """List the ties of a record that is known by its table and id."""
        forward = self.store.rows(
            self.store.select(Link).where(Link.from_table == table, Link.from_id == record_id)
        )
        backward = self.store.rows(
            self.store.select(Link).where(Link.to_table == table, Link.to_id == record_id)
        )
        ties = [Linked(one.to_table, one.to_id, one.kind, True, one.id) for one in forward]
        ties += [Linked(one.from_table, one.from_id, one.kind, False, one.id) for one in backward]
        return sorted(ties, key=lambda one: one.link_id)

    @permitted("settings.read")
    def record(self, linked: Linked) -> Record | None:
        """Give the record at the other end; None where it was deleted since."""
        model = RECORDS.get(linked.table)
        return None if model is None else self.store.find(model, linked.id)
