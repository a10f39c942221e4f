"""Which records form a household: by number, merged block, head's name, or the word 户主."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from village_app.domain.person_names import clean_name
from village_app.importing.rows.records import Record
from village_app.importing.tables.line_texts import compact
from village_app.importing.tables.targets import HouseholdFields

Key = tuple[object, ...]


def form_households(records: list[Record], fields: HouseholdFields) -> list[int | None]:
    """Give each record the running number of its household, None where it belongs to none.

    Looked at in this order: members in columns of one line; household numbers; merged blocks and
    lines over a block; names of heads; the relation 户主, which opens a household.
    """
    assigned: list[int | None] = []
    known: dict[Key, int] = {}
    for part in dict.fromkeys(record.part for record in records):
        own = [record for record in records if record.part == part]
        former = _Former(own, fields, known, len(known) + 1_000_000 * part)
        assigned += former.form()
    return _renumber(assigned)


def _renumber(assigned: list[int | None]) -> list[int | None]:
    """Number the households from 0 in the order of the sheet."""
    order: dict[int, int] = {}
    for number in assigned:
        if number is not None:
            order.setdefault(number, len(order))
    return [None if number is None else order[number] for number in assigned]


class _Former:
    """Forms the households of one part of a table."""

    def __init__(
        self, records: list[Record], fields: HouseholdFields, known: dict[Key, int], start: int
    ) -> None:
        self._records = records
        self._fields = fields
        self._known = known
        self._next = start
        self._has_head: set[int] = set()
        self._heads = [self._is_head(record) for record in records]

    def form(self) -> list[int | None]:
        rule = self._rule()
        if rule is None:
            return [None] * len(self._records)
        assigned: list[int | None] = []
        for place, record in enumerate(self._records):
            previous = assigned[-1] if assigned else None
            household = rule(place, record, previous)
            if household is not None and self._heads[place]:
                self._has_head.add(household)
            assigned.append(household)
        return assigned

    def _rule(self) -> Callable[[int, Record, int | None], int | None] | None:
        if any(record.member for record in self._records):
            return self._by_line
        numbered = sum(self._fields.number in record.sources for record in self._records)
        if numbered and self._speaks_downwards(self._fields.number, numbered):
            return self._by_number
        if any(record.block is not None for record in self._records):
            return self._by_block
        named = sum(self._fields.head in record.sources for record in self._records)
        if named and self._speaks_downwards(self._fields.head, named):
            return self._by_head_name
        return self._by_relation if any(self._heads) else None

    def _is_head(self, record: Record) -> bool:
        relation = record.sources.get(self._fields.relation)
        if relation is not None:
            return self._fields.is_head(compact(relation.text))
        head = self._head_name(record)
        return bool(head) and head == self._name(record)

    def _speaks_downwards(self, field: str, filled: int) -> bool:
        """Tell whether a blank repeats the line above rather than being unknown."""
        blank = len(self._records) - filled
        if blank <= 0.1 * len(self._records):
            return True
        has = [field in record.sources for record in self._records]
        if any(self._fields.relation in record.sources for record in self._records):
            heads_named = sum(head and own for head, own in zip(self._heads, has, strict=True))
            heads_blank = sum(head and not own for head, own in zip(self._heads, has, strict=True))
            return heads_named >= 0.7 * filled and heads_blank <= 0.3 * blank
        return has[0] and filled <= 0.7 * len(self._records)

    def _open(self, key: Key | None = None) -> int:
        number, self._next = self._next, self._next + 1
        if key is not None:
            self._known[key] = number
        return number

    def _by_line(self, place: int, record: Record, previous: int | None) -> int | None:
        before = self._records[place - 1] if place else None
        return previous if before and before.row == record.row else self._open()

    def _by_number(self, place: int, record: Record, previous: int | None) -> int | None:
        source = record.sources.get(self._fields.number)
        if source is None:
            if previous is None or self._heads[place]:
                return self._open()
            return previous
        key = ("number", self._scope(record, source.text), compact(source.text))
        found = self._known.get(key)
        if found is None:
            return self._open(key)
        second_head = self._heads[place] and found in self._has_head
        return self._open(key) if second_head and found != previous else found

    def _scope(self, record: Record, number: str) -> object:
        """Bound short numbers to their group or sheet, where they may start again from 1."""
        if len(number) > 4:
            return None
        group = record.sources.get(self._fields.group)
        return compact(group.text) if group else record.part

    def _by_block(self, place: int, record: Record, previous: int | None) -> int | None:
        if record.block is None:
            lone = previous is None or self._heads[place] or self._opens_by_itself(record)
            return self._open() if lone else previous
        key = ("block", record.part, record.block)
        found = self._known.get(key)
        return found if found is not None else self._open(key)

    def _opens_by_itself(self, record: Record) -> bool:
        """Tell a household of one line, which has nothing to merge, by its own household cells."""
        return any(
            name in record.sources and record.sources[name].origin == "own"
            for name in (self._fields.number, self._fields.head, self._fields.address)
        )

    def _by_head_name(self, place: int, record: Record, previous: int | None) -> int | None:
        name = self._head_name(record)
        if not name:
            if previous is None or self._heads[place]:
                return self._open()
            return previous
        key = ("head", name, self._where(record))
        found = self._known.get(key)
        if found is None:
            return self._open(key)
        second_head = self._heads[place] and found in self._has_head
        return self._open(key) if second_head else found

    def _where(self, record: Record) -> str:
        group = record.sources.get(self._fields.group)
        return compact(group.text) if group else str(record.part)

    def _by_relation(self, place: int, record: Record, previous: int | None) -> int | None:
        del record
        return self._open() if self._heads[place] else previous

    def _head_name(self, record: Record) -> str:
        source = record.sources.get(self._fields.head)
        return clean_name(source.text).name if source else ""

    def _name(self, record: Record) -> str:
        source = record.sources.get(self._fields.name)
        return clean_name(source.text).name if source else ""


def pass_down(records: list[Record], assigned: list[int | None], fields: HouseholdFields) -> None:
    """Give the lines of a household what stands only on its first line (住址, 组别, 户号).

    The number and the head's name always pass down; other fields only where the sheet writes them
    for the first line of nearly every household and hardly ever anything else below.
    """
    openers: dict[int, Record] = {}
    followers: list[tuple[Record, Record]] = []
    for record, household in zip(records, assigned, strict=True):
        if household is None:
            continue
        opener = openers.setdefault(household, record)
        if opener is not record:
            followers.append((record, opener))
    if not followers:
        return
    for field in sorted(fields.inherited):
        if field in (fields.number, fields.head) or _only_on_first(field, openers, followers):
            for record, opener in followers:
                if field in opener.sources and field not in record.sources:
                    record.sources[field] = replace(opener.sources[field], origin="repeated")


def _only_on_first(
    field: str, openers: dict[int, Record], followers: list[tuple[Record, Record]]
) -> bool:
    first = sum(field in record.sources for record in openers.values())
    other = sum(
        field in record.sources and record.sources[field].text != _text(opener, field)
        for record, opener in followers
    )
    return first >= 0.8 * len(openers) and other <= 0.2 * len(followers)


def _text(record: Record, field: str) -> str:
    source = record.sources.get(field)
    return source.text if source else ""
