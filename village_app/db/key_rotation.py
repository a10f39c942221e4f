"""Keeping the key file, and changing the data key while everybody keeps his password.

A change of keys has two steps in the key file, so that a cut between them loses nothing: with
`begin_rotation` it holds the data key in use and a pending one, then the database is given the
pending one, then `finish_rotation` makes it the one in use. Earlier data keys stay, locked under
the newest, because old backups need them.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from village_app.db.files import Disk
from village_app.db.key_file import Contents, write_key_file
from village_app.db.key_ring import Unlocked
from village_app.db.key_slots import (
    KEY_BYTES,
    DataKey,
    Slot,
    derive,
    lock,
    seal_keys,
    unlock,
)
from village_app.errors import EnvironmentProblem, Refused


class KeyRotation:
    """The contents of a key file and the keys in hand; `Vault` adds people to it."""

    def __init__(self, folder: Path, contents: Contents, disk: Disk) -> None:
        self.folder = folder
        self.contents = contents
        self.disk = disk
        self.unlocked: Unlocked | None = None

    @property
    def is_rotating(self) -> bool:
        """Say whether a change of the data key was begun and not finished."""
        return self.contents.pending is not None

    def begin_rotation(self, *, slots: tuple[Slot, ...] | None = None) -> bytes:
        """Invent the next data key, seal it to everybody beside the one in use, and return it.

        Begun already, the pending one is returned. `slots` are those that remain (None: all).
        """
        unlocked = self._in_hand()
        remaining = self.contents.slots if slots is None else slots
        if unlocked.pending is None:
            generation = max(unlocked.keys) + 1
            keys = {**unlocked.keys, generation: secrets.token_bytes(KEY_BYTES)}
            unlocked = replace(unlocked, keys=keys, pending=generation)
        self._keep(slots=self._sealed_anew(remaining, unlocked), pending=unlocked.pending)
        return self._hold(unlocked).keys[unlocked.pending or 0]

    def finish_rotation(self) -> Unlocked:
        """Make the pending data key the one in use; the database has it already."""
        before = self._in_hand()
        if before.pending is None:
            return before
        unlocked = replace(before, generation=before.pending, pending=None)
        self._keep(
            slots=self._sealed_anew(self.contents.slots, unlocked),
            generation=unlocked.generation,
            pending=None,
            old_keys=self._locked_old_keys(unlocked),
        )
        return self._hold(unlocked)

    def set_anchor(self, number: int, mac: str) -> None:
        """Keep the journal's head outside the database, so that a cut tail shows (J06)."""
        self._keep(anchor=(number, mac, self._anchor_seal(number, mac)))

    @property
    def anchor(self) -> tuple[int, str] | None:
        """Give the kept head of the journal as (number, mac), None before the first.

        Refused where somebody edited it.
        """
        if self.contents.anchor is None:
            return None
        number, mac, seal = self.contents.anchor
        if not hmac.compare_digest(seal, self._anchor_seal(number, mac)):
            raise Refused(
                "anchor_edited", "钥匙文件里的日志封印被人改动过。请做一次日志校验，并查明原因。"
            )
        return number, mac

    def note_database(self, salt: bytes) -> None:
        """Keep the first 16 bytes of the database these keys open."""
        self._keep(database_salt=salt)

    def _anchor_seal(self, number: int, mac: str) -> bytes:
        key = self._in_hand().subkey("verification")
        text = f"anchor|{self.contents.vault_id}|{number}|{mac}"
        return hmac.new(key, text.encode(), sha256).digest()

    def sealable(self, unlocked: Unlocked) -> tuple[DataKey, ...]:
        """Give the data keys every slot must open: the one in use and a pending one."""
        wanted = (unlocked.generation, unlocked.pending)
        return tuple(DataKey(each, unlocked.keys[each]) for each in wanted if each is not None)

    def _sealed_anew(self, slots: tuple[Slot, ...], unlocked: Unlocked) -> tuple[Slot, ...]:
        keys = self.sealable(unlocked)
        return tuple(seal_keys(self.contents.vault_id, slot, keys) for slot in slots)

    def _locked_old_keys(self, unlocked: Unlocked) -> dict[int, bytes]:
        wrapping = derive(unlocked.dek, "old-keys")
        return {
            generation: lock(wrapping, key, self._old_key_data(generation))
            for generation, key in unlocked.keys.items()
            if generation not in {unlocked.generation, unlocked.pending}
        }

    def _with_old_keys(self, keys: Mapping[int, bytes]) -> dict[int, bytes]:
        """Open the earlier data keys with the one in use."""
        from cryptography.exceptions import InvalidTag

        everything = dict(keys)
        try:
            wrapping = derive(keys[self.contents.generation], "old-keys")
            for generation, box in self.contents.old_keys.items():
                everything[generation] = unlock(wrapping, box, self._old_key_data(generation))
        except (KeyError, InvalidTag) as error:
            raise EnvironmentProblem(
                "damaged", "钥匙文件被人改动过，不能使用。请从备份里取回钥匙文件。"
            ) from error
        return everything

    def _old_key_data(self, generation: int) -> bytes:
        return f"old|{self.contents.vault_id}|{generation}".encode()

    def _keep(self, **changes: Any) -> None:
        """Write the key file with changes; only when it is on the disk do they count."""
        self.contents = write_key_file(
            self.folder, replace(self.contents, **changes), disk=self.disk
        )

    def _hold(self, unlocked: Unlocked) -> Unlocked:
        self.unlocked = unlocked
        return unlocked

    def _in_hand(self) -> Unlocked:
        if self.unlocked is None:
            raise Refused("locked", "现在是锁定状态。请先登录，再做这一步。")
        return self.unlocked
