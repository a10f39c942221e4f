"""Data health: what is missing or cannot be right in the register, record by record (RD-10)."""

from __future__ import annotations

from dataclasses import dataclass

from village_app.services.session import Service, permitted

# Who is still counted as belonging to the village.
_HERE = "coalesce(r.status, '') NOT IN ('moved_out', 'deceased', 'cancelled')"
_MOST = 500


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One kind of gap: how many records, and the sentence that says it."""

    code: str
    message: str
    count: int


@dataclass(frozen=True, slots=True)
class Gap:
    """One record with a gap: the page and the record that open it, who it is, where he lives.

    `record` is None where nobody is left to open (a household without people).
    """

    page: str
    record: int | None
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class _Rule:
    """How one kind of gap is found: `sql` gives the resident to open, a title, the group's name."""

    code: str
    message: str
    sql: str


_PEOPLE = (
    "SELECT r.id, r.name, p.name FROM resident r LEFT JOIN place p ON p.id = r.group_id WHERE {} "
    "ORDER BY p.name, r.id"
)
_RULES = (
    _Rule(
        "no_identity",
        "{count} 人没有证件号码。",
        _PEOPLE.format(f"r.id_number IS NULL AND {_HERE}"),
    ),
    _Rule(
        "birth_ahead",
        "{count} 人的出生日期在今天以后。",
        _PEOPLE.format("r.birth > :today"),
    ),
    _Rule(
        "no_head",
        "{count} 户没有户主。",
        "SELECT (SELECT min(r.id) FROM resident r WHERE r.household_id = h.id), "
        "coalesce(h.number, '没有户号的一户'), p.name FROM household h "
        "LEFT JOIN place p ON p.id = h.group_id "
        "WHERE h.ended_on IS NULL AND NOT EXISTS (SELECT 1 FROM resident r WHERE r.id = h.head_id) "
        "ORDER BY p.name, h.id",
    ),
    _Rule(
        "no_group",
        "{count} 人没有村民小组。",
        _PEOPLE.format(f"r.group_id IS NULL AND {_HERE}"),
    ),
    _Rule(
        "same_number",
        "{count} 人的证件号码和别人登记的一样。",
        "SELECT r.id, r.name, p.name FROM resident r LEFT JOIN place p ON p.id = r.group_id "
        "WHERE r.id_number IN (SELECT id_number FROM resident WHERE id_number IS NOT NULL "
        "GROUP BY id_number HAVING count(*) > 1) ORDER BY r.id_number, r.id",
    ),
)


class Health(Service):
    """Looks through the register; changes nothing."""

    @permitted("residents.read")
    def lines(self) -> list[HealthLine]:
        """List the kinds of gap that there are, with how many records."""
        found = []
        for rule in _RULES:
            counted = f"SELECT count(*) FROM ({rule.sql})"  # noqa: S608 - our own statements
            count = int(self.store.scalar(counted, self._values(rule)))
            if count:
                found.append(HealthLine(rule.code, rule.message.format(count=count), count))
        return found

    @permitted("residents.read")
    def gaps(self, code: str) -> list[Gap]:
        """List the records of one kind of gap, at most 500, by group."""
        rule = next(one for one in _RULES if one.code == code)
        rows = self.store.sql(f"{rule.sql} LIMIT {_MOST}", self._values(rule))
        return [Gap("residents", number, str(title), place or "") for number, title, place in rows]

    def _values(self, rule: _Rule) -> tuple[str, ...]:
        return (self.session.today().isoformat(),) if ":today" in rule.sql else ()
