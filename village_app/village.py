"""An open village: the one way in to everything that is kept, with its subjects.

    with open_village(folder, "陈丽珍", password) as village:
        village.residents.find("何强志")

The window, the command line and the tests hold a `Village` and speak to its subjects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from village_app.db import undo
from village_app.db.chain import Head
from village_app.db.engine import Store
from village_app.db.journal import Change, ChangeKind
from village_app.db.lockfile import FolderLock
from village_app.db.private_folder import PrivateFolder
from village_app.db.records import RECORDS
from village_app.db.vault import Vault
from village_app.services.house.waiting import WaitingCounts
from village_app.services.session import Session, User
from village_app.subjects.house import HouseSubjects
from village_app.subjects.issues import IssueSubjects
from village_app.subjects.meetings import MeetingSubjects
from village_app.subjects.money import MoneySubjects
from village_app.subjects.notices import NoticeSubjects
from village_app.subjects.projects import ProjectSubjects
from village_app.subjects.register import RegisterSubjects
from village_app.subjects.safety import SafetySubjects


@dataclass(slots=True)
class Opened:
    """What is held while a village is open, and let go in order."""

    vault: Vault
    store: Store
    lock: FolderLock | None  # None for one who only reads (BS-07)
    private: PrivateFolder


class Village(
    HouseSubjects,
    SafetySubjects,
    NoticeSubjects,
    RegisterSubjects,
    MoneySubjects,
    ProjectSubjects,
    IssueSubjects,
    MeetingSubjects,
):
    """One open village and its subjects."""

    def __init__(self, session: Session, opened: Opened) -> None:
        self.session = session
        self.store = session.store
        self.journal = session.journal
        self.vault = opened.vault
        self.private = opened.private
        self._opened = opened
        self._sealed_head = session.journal.head()
        self._is_closed = False

    @property
    def folder(self) -> Path:
        return self.session.folder

    @property
    def user(self) -> User:
        return self.session.user

    def change(
        self, label: str, *, kind: ChangeKind = "edit", undoable: bool = True
    ) -> AbstractContextManager[Change]:
        """Open a change of the journal, the only way to write."""
        return self.session.change(label, kind=kind, undoable=undoable)

    def next_undo(self) -> str | None:
        """Name what the next undo takes back, None when there is nothing."""
        found = undo.next_undo(self.journal)
        return found[1] if found else None

    def next_redo(self) -> str | None:
        """Name what the next redo brings again, None when there is nothing."""
        found = undo.next_redo(self.journal)
        return found[1] if found else None

    def undo(self, *, leave_edited: bool = False) -> str | None:
        """Take this user's last change back and name it; None when there is nothing.

        Refuses with the list when records were edited since, unless `leave_edited`.
        """
        self.session.require("changes.undo")
        found = undo.next_undo(self.journal)
        if found is None:
            return None
        return undo.take_back(self.journal, found[0], RECORDS, leave_edited=leave_edited).label

    def redo(self) -> str | None:
        """Bring back what was undone last and name it; None when there is nothing."""
        self.session.require("changes.undo")
        found = undo.next_redo(self.journal)
        if found is None:
            return None
        return undo.take_back(self.journal, found[0], RECORDS, kind="redo").label

    def waiting(self) -> Mapping[str, int]:
        """Give by page how much waits for this user."""
        return WaitingCounts(self.session).by_page()

    def listen(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Call `listener` with the touched tables after each change; gives a way to stop it."""
        self.journal.listeners.append(listener)
        return lambda: self.journal.listeners.remove(listener)

    def lock(self) -> None:
        """Forget the keys while the screen is locked; the half-filled forms stay in the window."""
        try:
            self._seal_outside()
        finally:
            self.store.close()
            self.vault.lock()

    def unlock(self, password: str) -> None:
        """Take the keys again for the same user; refuses a wrong password with its delays.

        Where work under the locked screen still holds the keys, the password is only tried.
        """
        if self.vault.unlocked is not None:
            Vault.load(self.folder).unlock(self.user.name, password)
            return
        unlocked = self.vault.unlock(self.user.name, password)
        self.store.reopen(unlocked.dek)

    def close(self) -> None:
        """Seal where the journal stands outside the database, close and let others in.

        Closing twice does no harm.
        """
        if self._is_closed:
            return
        self._is_closed = True
        try:
            if self.vault.unlocked is not None:
                self._seal_outside()
        finally:
            self.store.close()
            self.vault.lock()
            self._opened.private.close()
            if self._opened.lock is not None:
                self._opened.lock.release()

    def _seal_outside(self) -> None:
        head = self.journal.head()
        if not self.store.read_only and head != self._sealed_head:
            self.vault.set_anchor(head.number, head.mac)
            self._sealed_head = head

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def anchor_of(village: Village) -> Head | None:
    """Give the journal's head as it was kept outside the database at the last close."""
    anchor = village.vault.anchor
    return Head(*anchor) if anchor else None
