"""The keys in hand while somebody is logged in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from village_app.db.key_slots import derive
from village_app.db.login_delay import DelayState

Purpose = Literal["audit", "blind-index", "verification", "attachments", "packages"]

# What seals and indexes records inside the encrypted file keeps its key when the data key changes:
# whoever has left cannot reach it there. What lies outside (attachments) gets the new one.
_LASTING: frozenset[Purpose] = frozenset({"audit", "blind-index", "verification"})


@dataclass(frozen=True, slots=True)
class LoginNotes:
    """What the log should say about this login: wrong tries before it, state of their counter."""

    wrong_tries: int = 0
    delay_file: DelayState = "intact"


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The data key and all that follows from it; forget it to lock.

    `keys` holds every generation of the data key: earlier ones for old backups and attachments, a
    pending one while a change of keys is under way. `by_recovery` says that the paper from the
    safe was used: then somebody's password must be set anew, and a new code printed.
    """

    user: str
    role: str
    vault_id: str
    village_id: str
    keys: Mapping[int, bytes]
    generation: int
    pending: int | None = None
    must_change: bool = False
    by_recovery: bool = False
    notes: LoginNotes = LoginNotes()

    @property
    def dek(self) -> bytes:
        """The data key in use: the raw key of the database, used for nothing else."""
        return self.keys[self.generation]

    def subkey(self, purpose: Purpose, generation: int | None = None) -> bytes:
        """Give the 32-byte key of a purpose.

        The keys of audit, blind index and verification stay the same for the life of the vault;
        the others belong to a generation (None: the one in use). An unknown generation raises
        `KeyError`.
        """
        if purpose in _LASTING:
            generation = min(self.keys)
        return derive(self.keys[self.generation if generation is None else generation], purpose)

    def __repr__(self) -> str:
        return f"Unlocked(vault_id={self.vault_id!r}, generation={self.generation})"
