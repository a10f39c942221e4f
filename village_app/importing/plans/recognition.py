"""Whether a row is somebody or something the register already knows, how sure, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol


class Known(Protocol):
    """A record the register holds, as the caller hands it over."""

    @property
    def id(self) -> int: ...

    @property
    def title(self) -> str:
        """Say what people call it."""
        ...

    def value(self, field: str) -> Any:
        """Give the value of a field, None where it is blank."""
        ...


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A known record of any kind: its id, what it is called, its values by field name."""

    id: int
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def value(self, field: str) -> Any:
        return self.values.get(field)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A known resident: what recognises him, and under `values` all that an import may change."""

    id: int
    name: str
    identity_number: str | None = None
    birth: date | None = None
    household_id: int | None = None
    head_name: str | None = None
    phone: str | None = None
    group: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.name

    def value(self, field: str) -> Any:
        own = _OWN_FIELDS.get(field)
        return getattr(self, own) if own else self.values.get(field)


_OWN_FIELDS = {
    "name": "name",
    "id_number": "identity_number",
    "birth": "birth",
    "head_name": "head_name",
    "phone": "phone",
    "group": "group",
}


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What a row says for being recognised: its values, its household's head and number."""

    values: Mapping[str, Any]
    head_name: str | None = None
    household_no: str | None = None
    partial_birth: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known record that a row may mean: score from 0 to 1, and the reasons in words.

    `code` names the class of likeness, under which one decision serves all rows alike.
    """

    known: Known
    score: float
    code: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """The outcome for one row: at most one certain record, else candidates, best first."""

    certain: Candidate | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A key under which rows of one file meet; `reason` says what is the same.

    Rows that meet under different labels (names) contradict each other in `field`.
    """

    key: tuple[Any, ...]
    reason: str
    field: str
    label: str = ""


class Register(Protocol):
    """The known records, indexed for one import."""

    def recognise(self, facts: RowFacts) -> Recognised: ...


class Recognition(Protocol):
    """How rows of a target are compared with the register and with each other."""

    def index(self, known: Iterable[Any]) -> Register:
        """Index the known records once; looking a row up afterwards takes constant time."""
        ...

    def own_keys(self, facts: RowFacts) -> tuple[OwnKey, ...]:
        """Give the keys under which a second row of the same file is the same record."""
        ...


NOBODY = Recognised()


@dataclass(frozen=True, slots=True)
class ByKeys:
    """Recognition of records by keys: source number of a 转办单, voucher and day of a ledger.

    Of each tuple in `certain` all fields must be filled and equal; `likely` ones only suspect.
    """

    certain: tuple[tuple[str, ...], ...]
    likely: tuple[tuple[str, ...], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    def index(self, known: Iterable[KnownRecord]) -> Register:
        return _KeyRegister(self, list(known))

    def own_keys(self, facts: RowFacts) -> tuple[OwnKey, ...]:
        keys = ((names, _key(names, facts.values)) for names in self.certain)
        return tuple(
            OwnKey((names, key), self.reason(names), names[0]) for names, key in keys if key
        )

    def reason(self, names: tuple[str, ...]) -> str:
        """Say which fields are the same."""
        return "、".join(self.labels.get(name, name) for name in names) + "相同"


def _key(names: tuple[str, ...], values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    key = tuple(values.get(name) for name in names)
    return None if any(part is None or part == "" for part in key) else key


class _KeyRegister:
    def __init__(self, rule: ByKeys, known: list[KnownRecord]) -> None:
        self._rule = rule
        self._index: dict[tuple[Any, ...], list[KnownRecord]] = {}
        for record in known:
            for names in (*rule.certain, *rule.likely):
                key = _key(names, record.values)
                if key:
                    self._index.setdefault((names, key), []).append(record)

    def recognise(self, facts: RowFacts) -> Recognised:
        for names in self._rule.certain:
            found = self._found(names, facts)
            if len(found) == 1:
                return Recognised(certain=found[0])
            if found:
                return Recognised(candidates=tuple(found))
        likely = [one for names in self._rule.likely for one in self._found(names, facts)]
        unique = {one.known.id: one for one in reversed(likely)}
        return Recognised(candidates=tuple(unique.values()))

    def _found(self, names: tuple[str, ...], facts: RowFacts) -> list[Candidate]:
        key = _key(names, facts.values)
        certain = names in self._rule.certain
        score, code = (1.0, "same_key") if certain else (0.8, "like_key")
        reasons = (self._rule.reason(names),)
        return [
            Candidate(record, score, code, reasons)
            for record in (self._index.get((names, key), ()) if key else ())
        ]
