"""Names that must stand in a list of the village (groups, categories): found or unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from village_app.importing.plans.decisions import Decisions
from village_app.importing.plans.rows import UnknownName
from village_app.importing.rows.findings import Cleaning
from village_app.importing.tables.line_texts import compact

LIKELY = 0.5
"""Likeness from which a name of the list is proposed for an unknown one."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name came to: the list's spelling, as it is, or None where it is left out."""

    value: Any
    cleaned: tuple[Cleaning, ...] = ()


@dataclass(slots=True)
class ListedNames:
    """The village's lists by field, looked up by a key under which spellings meet.

    A field without a list takes any name as it is.
    """

    lists: Mapping[str, Iterable[str]]
    keys: Mapping[str, Callable[[str], str]]
    _by_key: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, entries in self.lists.items():
            key = self.key_function(name)
            self._by_key[name] = {key(entry): entry for entry in entries}

    def key_function(self, name: str) -> Callable[[str], str]:
        return self.keys.get(name, compact)

    def resolve(self, name: str, value: str, decisions: Decisions) -> Resolved:
        """Write a name as the list has it; an unknown one as decided or as it is."""
        listed = self._by_key.get(name)
        if listed is None:
            return Resolved(value)
        key = self.key_function(name)(value)
        known = listed.get(key)
        if known is not None:
            return Resolved(known, _renamed(name, value, known))
        decision = decisions.values.get((name, key))
        if decision is None:
            return Resolved(value)
        if decision.action == "map" and decision.to:
            return Resolved(decision.to, _renamed(name, value, decision.to))
        if decision.action == "skip":
            return Resolved(None, (Cleaning(name, value, "", "名单里没有，按您的决定不填"),))
        return Resolved(value)

    def unknown(
        self, name: str, values: Sequence[tuple[int, Any]], decisions: Decisions
    ) -> list[UnknownName]:
        """List the names of a field that the list lacks, in the order of the file."""
        listed = self._by_key.get(name)
        if listed is None:
            return []
        key_of = self.key_function(name)
        rows: dict[str, list[int]] = {}
        texts: dict[str, str] = {}
        for row, value in values:
            key = key_of(str(value))
            if key not in listed:
                rows.setdefault(key, []).append(row)
                texts.setdefault(key, str(value))
        return [
            UnknownName(
                name, key, texts[key], tuple(found), _likely(texts[key], listed.values()),
                decisions.values.get((name, key)),
            )
            for key, found in rows.items()
        ]  # fmt: skip


def _renamed(name: str, before: str, after: str) -> tuple[Cleaning, ...]:
    return () if before == after else (Cleaning(name, before, after, "按登记册里的叫法"),)


def _likely(text: str, entries: Iterable[str]) -> tuple[str, ...]:
    from rapidfuzz import fuzz

    scored = sorted(((fuzz.ratio(text, entry), entry) for entry in entries), reverse=True)
    return tuple(entry for score, entry in scored[:3] if score >= LIKELY * 100)
