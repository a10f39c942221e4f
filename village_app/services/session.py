"""What every service holds: the open village's store, journal, user, clock and settings.

A service is a thin object over a session; one service makes another from the same session.
`permitted` names the action of a service function; the table of who may do it is in
`domain/permissions.py`, and a function without an action fails a test.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from village_app.db.engine import Store
from village_app.db.journal import READ_ONLY, Author, Change, ChangeKind, Clock, Journal
from village_app.db.key_ring import Unlocked
from village_app.db.vault import Vault
from village_app.domain.permissions import action_label, may, role_words
from village_app.errors import Refused
from village_app.services.kept import Kept

P = ParamSpec("P")
R = TypeVar("R")

# Actions that write into key files and backups, beside the journal.
_WRITE_BESIDE = frozenset({"users.edit", "backup.make", "backup.restore"})

# All villages of the program live by Beijing time, whatever the PC's clock zone says.
VILLAGE_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class User:
    """Who is signed in."""

    name: str
    full_name: str
    role: str

    @property
    def duty(self) -> str:
        """Name the user's roles in Chinese."""
        return role_words(self.role)


@dataclass(slots=True)
class Session:
    """An open village as the services see it."""

    folder: Path
    store: Store
    journal: Journal
    user: User
    clock: Clock
    vault: Vault
    private: Path
    kept: Kept = field(init=False)

    def __post_init__(self) -> None:
        self.kept = Kept(self.store, self.journal)

    def change(
        self, label: str, *, kind: ChangeKind = "edit", undoable: bool = True
    ) -> AbstractContextManager[Change]:
        """Open a change of the journal; see `village_app.db.journal`."""
        return self.journal.change(label, kind=kind, undoable=undoable)

    def keys(self) -> Unlocked:
        """Give the keys in hand; refused while the screen is locked."""
        if self.vault.unlocked is None:
            raise Refused("locked", "已锁屏，请先输入密码。")
        return self.vault.unlocked

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        """Give the day in the village."""
        return self.clock.now().astimezone(VILLAGE_ZONE).date()

    def stamp(self) -> str:
        """Say who looks and when, for the mark over full numbers: 陈丽珍 2026-04-10 09:00."""
        return f"{self.user.full_name} {self.clock.now().astimezone(VILLAGE_ZONE):%Y-%m-%d %H:%M}"

    def require(self, action: str) -> None:
        """Refuse, and take it down, when the user's role may not do this.

        Where the village is open elsewhere and here only to read, nothing can be taken down, and
        what writes beside the journal (keys, backups) is refused here; the journal refuses the
        rest.
        """
        if self.store.read_only and action in _WRITE_BESIDE:
            raise Refused("read_only", READ_ONLY)
        if may(self.user.role, action):
            return
        label = action_label(action)
        if not self.store.read_only:
            self.journal.note(f"被拒绝：{label}")
        raise Refused("not_permitted", f"您的角色不能“{label}”。请找有这项权限的人办理。")


class Service:
    """A subject's use cases over one session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.store = session.store


def permitted(action: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a service method run only for roles that may do `action`."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def checked(*args: P.args, **named: P.kwargs) -> R:
            service: Any = args[0]
            service.session.require(action)
            return function(*args, **named)

        checked.action = action  # type: ignore[attr-defined]
        return checked

    return decorate


def author_of(user: User, desk: int) -> Author:
    """Give the journal's author for a signed-in user."""
    return Author(user.name, desk)
