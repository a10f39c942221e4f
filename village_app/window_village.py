"""An open village as the window holds it: what `ui.door.OpenVillage` asks, done by its subjects."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Literal

from village_app.domain.permissions import may
from village_app.ui.door import BackupState, UserCard

if TYPE_CHECKING:
    from village_app.domain.own_words import Wording
    from village_app.domain.reporting import Report
    from village_app.ui.door import Draft
    from village_app.ui.door_facts import Found
    from village_app.village import Village

# What drops down below the empty search box; it scrolls.
RECENT_SHOWN = 30


class WindowVillage:
    """An open village as the window's frame needs it; pages reach the subjects by their names."""

    def __init__(self, village: Village) -> None:
        self.subjects = village
        settings = village.settings.read()
        self.town = settings.town
        self.name = settings.village
        duty = f"{village.user.duty}（只能看）" if self.reads_only else village.user.duty
        self.user = UserCard(village.user.name, duty, village.user.full_name)

    def __getattr__(self, name: str) -> Any:
        """Give a subject of the village: `village.residents`, `village.notices`."""
        return getattr(self.subjects, name)

    @property
    def wording(self) -> Wording:
        return self.subjects.settings.read().wording()

    @property
    def reads_only(self) -> bool:
        """Say whether the village is open elsewhere, and here only to read (BS-07)."""
        return self.subjects.store.read_only

    @property
    def is_sample(self) -> bool:
        return self.subjects.settings.read().is_sample

    @property
    def idle_minutes(self) -> int:
        return self.subjects.settings.read().idle_minutes

    @property
    def must_change_password(self) -> bool:
        return self.subjects.session.keys().must_change and not self.reads_only

    def change_password(self, old: str, new: str) -> None:
        self.subjects.users.change_own_password(old, new)

    def needs_backup(self, moment: Literal["hour", "closing"]) -> bool:
        backups = self.subjects.backups
        if self.is_sample or self.reads_only or not may(self.subjects.user.role, "backup.make"):
            return False
        return backups.is_due() if moment == "hour" else backups.is_due_at_closing()

    def back_up(self, moment: Literal["hour", "closing"], report: Report) -> None:
        reason = "每天自动" if moment == "hour" else "关上程序前"
        self.subjects.backups.make(reason, report=report)

    def backup_state(self) -> BackupState:
        state = self.subjects.backups.state()
        return BackupState(state.kind, state.word, state.when)

    def waiting(self) -> Mapping[str, int]:
        return self.subjects.waiting()

    def undo(self) -> str | None:
        return self.subjects.undo()

    def redo(self) -> str | None:
        return self.subjects.redo()

    def listen(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        return self.subjects.listen(listener)

    def find(self, text: str) -> Sequence[Found]:
        from village_app.ui.door_facts import Found

        return [
            Found(hit.page, hit.record, hit.title, hit.note)
            for hit in self.subjects.search.find(text, limit=20)
        ]

    def recent(self) -> Sequence[Found]:
        from village_app.ui.door_facts import Found

        return [
            Found(one.page, one.record, one.title, one.note)
            for one in self.subjects.recent.listed(RECENT_SHOWN)
        ]

    def note_opened(self, page: str, record: int) -> None:
        self.subjects.recent.note(page, record)

    def has_documents_to_index(self) -> bool:
        return bool(self.subjects.attachment_words.pending())

    def index_documents(self, report: Report) -> int:
        return self.subjects.attachment_words.index(report=report)

    def in_thread(self) -> AbstractContextManager[Any]:
        return self.subjects.store.in_this_thread()

    def keep_draft(self, page: str, draft: Draft | None) -> None:
        if not self.reads_only:
            self.subjects.drafts.keep(page, draft)

    def draft(self, page: str) -> Draft | None:
        return self.subjects.drafts.of(page)

    def lock(self) -> None:
        self.subjects.lock()

    def unlock(self, password: str) -> None:
        with self.in_thread():
            self.subjects.unlock(password)

    def close(self) -> None:
        self.subjects.close()
