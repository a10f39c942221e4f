"""What the gate answers: findings one by one, and what was looked at, so that it is believed."""

from __future__ import annotations

from dataclasses import dataclass

from village_app.papers.edits import Edit
from village_app.papers.places import Place
from village_app.papers.privacy.rules import Severity


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One thing a check found, before it is judged and numbered.

    `shown` is what may be said of it (never the full number); `remedy` and `edits` say and do
    what would mend it, blank where only a person can.
    """

    code: str
    place: Place
    shown: str
    remedy: str = ""
    edits: tuple[Edit, ...] = ()
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding as shown and logged: number from 1, class, place in words, masked text.

    `severity`: "stop" holds the paper back, "ask" wants a person to look, "passed" is told for
    trust. `overridable`: with a reason and a second person it may be let through.
    """

    number: int
    code: str
    label: str
    where: str
    place: Place
    shown: str
    severity: Severity
    overridable: bool
    remedy: str
    edits: tuple[Edit, ...]

    @property
    def can_be_fixed(self) -> bool:
        return bool(self.edits)


@dataclass(frozen=True, slots=True)
class Check:
    """One check that was made: what for, over how many places, how many findings."""

    label: str
    looked_at: int
    found: int


@dataclass(frozen=True, slots=True)
class Findings:
    """The gate's answer about one paper."""

    items: tuple[Finding, ...]
    checks: tuple[Check, ...]

    @property
    def stops(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.items if finding.severity == "stop")

    @property
    def questions(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.items if finding.severity == "ask")

    @property
    def passed(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.items if finding.severity == "passed")

    @property
    def holds_back(self) -> bool:
        """Tell whether the paper may not go out as it is."""
        return bool(self.stops)

    @property
    def can_be_overridden(self) -> bool:
        """Tell whether a reason and a second person would be enough for all that stops."""
        return all(finding.overridable for finding in self.stops)
