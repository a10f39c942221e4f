"""What the papers of a meeting say, gathered once: votes, items, people, the meeting itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class VoteFacts:
    """One vote as the papers say it."""

    kind: str
    entitled: int
    present: int
    absent: int
    recused: int
    in_favour: int | None
    against: int | None
    abstained: int | None
    attendance_needed: int
    votes_needed: int
    word: str
    rule: str
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One line of the agenda with what was said and decided."""

    number: str
    depth: int
    name: str
    state: str
    reporter: str = ""
    proposer: str = ""
    minutes: int | None = None
    is_internal: bool = False
    report: str = ""
    discussion: str = ""
    speeches: tuple[tuple[str, int, str], ...] = ()
    recused: tuple[tuple[str, str], ...] = ()
    decision: str = ""
    vote: VoteFacts | None = None
    resolution: str = ""
    responsible: str = ""
    due_on: date | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entitled:
    """One person of the roster and how the person came."""

    name: str
    office: str = ""
    group: str = ""
    state: str = "absent"
    proxy: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A decision of an earlier meeting and how far it is."""

    number: str
    name: str
    responsible: str
    due_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A whole meeting as the papers say it."""

    name: str
    body: str
    day: date
    starts: str
    ends: str
    place: str
    chair: str
    recorder: str
    form: str
    guests: str
    supervision: str
    issuer: str
    rule: str
    people: tuple[Entitled, ...]
    items: tuple[ItemFacts, ...]
    earlier: tuple[Earlier, ...] = ()

    def came(self, *states: str) -> tuple[Entitled, ...]:
        return tuple(one for one in self.people if one.state in states)

    @property
    def attended(self) -> tuple[Entitled, ...]:
        """Give who came at all, those who left again included."""
        return self.came("present", "late", "proxy", "left")
