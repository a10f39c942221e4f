"""What one line of a dossier holds, and whom the lines are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from village_app.db.records.residents import Household
from village_app.services.session import Session

MOST = 200
BY_NAME = "按姓名找到"
BY_SHARED_NAME = "村里有人同名，请核对"


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One line: when, which part (诉求), what, a note, and the page and record to open.

    `page` is blank where the line stands for itself.
    """

    day: date | None
    part: str
    title: str
    note: str = ""
    page: str = ""
    record: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """Whom the lines are about: the ids and names of people, names shared with others, a house."""

    ids: tuple[int, ...]
    names: tuple[str, ...]
    shared: frozenset[str]
    household: Household | None = None

    def doubt(self, name: str) -> str:
        """Say how sure a find by name is."""
        return BY_SHARED_NAME if name in self.shared else BY_NAME


Lines = Iterator[DossierLine]


@dataclass(frozen=True, slots=True)
class PartFinder:
    """How one subject's lines are found, and the action that somebody must be allowed."""

    action: str
    find: Callable[[Session, About], Lines]
