"""What passes the door once somebody is at it: a new village, a backup, a rescue, a find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from village_app.ui.door import OpenVillage


@dataclass(frozen=True, slots=True)
class Found:
    """One find of the search: the page and the record to go to, what it is called, a note."""

    page: str
    record: int
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewVillage:
    """What the set-up asked; blank letterhead = to be filled in later."""

    town: str
    village: str
    kind: Literal["村", "社区"]
    user: str
    duty: str
    password: str
    groups: tuple[str, ...] = ()
    letterhead: str = ""


@dataclass(frozen=True, slots=True)
class Created:
    """A new village, open, and the recovery code that is shown once."""

    village: OpenVillage
    recovery_code: str


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """A look into a backup before it is taken: whose, from when, how much, whether it is good."""

    village: str
    made: str
    contents: Sequence[tuple[str, str]] = field(default_factory=tuple)
    good: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RescuedLine:
    """One kind of record of a damaged file: how many came out, and which did not (blank: all)."""

    title: str
    saved: int
    lost: str


@dataclass(frozen=True, slots=True)
class RescueFacts:
    """What a damaged file still gives, before anybody takes it."""

    summary: str
    tables: Sequence[RescuedLine]

    @property
    def loses(self) -> bool:
        """Say whether something could not be read."""
        return any(line.lost for line in self.tables)
