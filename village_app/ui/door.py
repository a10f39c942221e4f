"""What the window asks of the program behind it: the door before signing in, the village after.

The window knows these shapes only; who opens real villages fulfils them. What is told later than
the first picture stands in `door_facts`.

What the first picture needs, here and in other rooms, is a `NamedTuple` and no frozen dataclass:
the interpreter makes one in an eighth of the time, and there are two dozen of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from village_app.domain.own_words import Wording
    from village_app.domain.reporting import Report
    from village_app.errors import Fault
    from village_app.ui.door_facts import BackupFacts, Created, Found, NewVillage, RescueFacts

Draft = Mapping[str, object]


class UserCard(NamedTuple):
    """One who may sign in: the name he signs in with, the duty shown beside it (文书, 治保、网格).

    `full_name` is known only inside: some sign in as 小丽 and are 陈丽珍 on every paper.
    """

    name: str
    duty: str = ""
    full_name: str = ""


class BackupState(NamedTuple):
    """The light of the backup: done, due soon or failed; when, as short words (今天 08:30)."""

    kind: Literal["done", "soon", "fault"]
    word: str
    when: str = ""


class DoorSign(NamedTuple):
    """What may be read before signing in: no record content, no counts."""

    village: str
    address: str = ""
    backup: BackupState | None = None
    version: str = ""


class OpenVillage(Protocol):
    """The open village, as far as the frame of the window needs it; pages use its subjects."""

    @property
    def town(self) -> str:
        """The town's name (横沥镇)."""
        ...

    @property
    def name(self) -> str:
        """The village's name (隔坑村)."""
        ...

    @property
    def user(self) -> UserCard:
        """Who is signed in."""
        ...

    @property
    def wording(self) -> Wording:
        """Standard and own words in pairs (社区 says 居民小组)."""
        ...

    @property
    def is_sample(self) -> bool:
        """Whether this is 示范村: everything in it is invented."""
        ...

    @property
    def idle_minutes(self) -> int:
        """After how many minutes without a key or a mouse move the screen locks."""
        ...

    @property
    def must_change_password(self) -> bool:
        """Whether the one who signed in still uses a password that was given to him."""
        ...

    def change_password(self, old: str, new: str) -> None:
        """Set one's own password; refused in a sentence."""
        ...

    def needs_backup(self, moment: Literal["hour", "closing"]) -> bool:
        """Say whether a backup is to be made now, by somebody who may make one."""
        ...

    def back_up(self, moment: Literal["hour", "closing"], report: Report) -> None:
        """Make it; runs beside the window."""
        ...

    def backup_state(self) -> BackupState:
        """The light of the backup."""
        ...

    def waiting(self) -> Mapping[str, int]:
        """By page key, how much waits for this user."""
        ...

    def undo(self) -> str | None:
        """Take the last change back and say what it was; None where there is nothing.

        Raises `Refused` where something was edited since, with a sentence that lists it.
        """
        ...

    def redo(self) -> str | None:
        """Do again what was taken back last, and say what it was."""
        ...

    def listen(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Call `listener` with the touched tables after each change; gives a way to stop it.

        It may be called on any thread.
        """
        ...

    def find(self, text: str) -> Sequence[Found]:
        """Search everything; at most 20 finds, best first."""
        ...

    def recent(self) -> Sequence[Found]:
        """Give what this user opened last, newest first."""
        ...

    def note_opened(self, page: str, record: int) -> None:
        """Remember that this user opened a record of a page."""
        ...

    def index_documents(self, report: Report) -> int:
        """Draw the words out of documents that were attached lately (slow)."""
        ...

    def has_documents_to_index(self) -> bool:
        """Whether there are documents whose words were not drawn out yet."""
        ...

    def in_thread(self) -> AbstractContextManager[Any]:
        """Give the context in which a worker thread may use the village."""
        ...

    def keep_draft(self, page: str, draft: Draft | None) -> None:
        """Keep what was half written on a page (encrypted like all else), or forget it."""
        ...

    def draft(self, page: str) -> Draft | None:
        """Give what was half written on a page the last time."""
        ...

    def lock(self) -> None:
        """Forget the keys while the screen is locked."""
        ...

    def unlock(self, password: str) -> None:
        """Take the keys again for the same user; raises `Refused` as `Door.open` does."""
        ...

    def close(self) -> None:
        """Close the village."""
        ...


class Door(Protocol):
    """The way into a data folder. Slow methods are called on a worker thread."""

    def has_village(self) -> bool:
        """Whether there is a village in the folder; if not the window shows three doors."""
        ...

    def sign(self) -> DoorSign:
        """What stands on the door."""
        ...

    def list_users(self) -> Sequence[UserCard]:
        """Who may sign in."""
        ...

    def seconds_to_wait(self, user: str) -> int:
        """How long this user must wait after wrong tries; 0 for not at all."""
        ...

    def open(self, user: str, password: str) -> OpenVillage:
        """Sign in (slow). Raises `Refused`: the sentence is shown under the password."""
        ...

    def read(self, user: str, password: str) -> OpenVillage:
        """Open what another program has open, only to read (slow)."""
        ...

    def check_password(self, password: str, user: str, village: str) -> Fault | None:
        """Say why a new password is too weak, or None."""
        ...

    def create(self, new: NewVillage, report: Report) -> Created:
        """Make a new village (slow)."""
        ...

    def open_sample(self, report: Report) -> OpenVillage:
        """Open the sample village 示范村 (slow at first)."""
        ...

    def remove_sample(self) -> None:
        """Remove 示范村 without a trace; it must not be open."""
        ...

    def look_into(self, backup: Path) -> BackupFacts:
        """Look into a backup (slow). Raises `EnvironmentProblem` where it is none."""
        ...

    def restore(self, backup: Path, report: Report) -> None:
        """Put a backup in place; afterwards its users sign in (slow)."""
        ...

    def restore_over(
        self, user: str, password: str, backup: Path | None, report: Report
    ) -> OpenVillage:
        """Put a backup, or the last good one here, in place of damaged data, and open (slow)."""
        ...

    def rescue(self, user: str, password: str, report: Report) -> RescueFacts:
        """Save what can be read of damaged data beside them (slow)."""
        ...

    def take_rescued(self, user: str, password: str, report: Report) -> OpenVillage:
        """Put what was saved in the place of the damaged data, and open it (slow)."""
        ...

    def reset_password(self, user: str, code: str, password: str) -> str:
        """Set a new password by the recovery code (slow); gives the next code, shown once."""
        ...
