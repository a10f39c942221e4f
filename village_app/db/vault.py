"""The vault: who can open the records, and with what.

    vault = Vault.create(folder, village_id)            # set-up: a random data key in hand
    vault.add_user("刘会计", password, "经办")            # writes the key file
    code = vault.new_recovery_code()                    # shown once, printed for the safe

    vault = Vault.load(folder)                          # later
    unlocked = vault.unlock("刘会计", password)           # -> Unlocked(dek, subkey(purpose), role)
    vault.lock()                                        # forget the keys

Errors: `Refused` wrong_password, throttled, locked, last_user, unknown_user, vault_exists;
`InvalidInput` for passwords and codes that break the rules; `EnvironmentProblem` no_key_file,
foreign_key_file, damaged, no_memory and those of writing. Who may call what is decided by the
services: whoever is logged in holds the data key, so roles are kept by the program, not by
arithmetic.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from village_app.db.door import Door
from village_app.db.files import REAL_DISK, Disk
from village_app.db.key_file import Contents, Copies, has_key_file, read_key_file
from village_app.db.key_ring import Unlocked
from village_app.db.key_slots import (
    KEY_BYTES,
    Cost,
    Owner,
    Slot,
    calibrate,
    new_slot,
    new_slot_id,
    normalised,
    seal_keys,
)
from village_app.db.login_delay import LoginDelay
from village_app.db.passwords import password_faults
from village_app.db.recovery_code import new_code, read_code
from village_app.errors import EnvironmentProblem, Fault, InvalidInput, Refused


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who can log in."""

    name: str
    role: str
    must_change: bool


class Vault(Door):
    """The key file of one village and, between `unlock` and `lock`, its keys."""

    @classmethod
    def create(
        cls, folder: Path, village_id: str, *, cost: Cost | None = None, disk: Disk = REAL_DISK
    ) -> Self:
        """Start a vault with a random data key in hand; nothing is written before `add_user`.

        The cost of a guess is measured on this machine unless it is given. Refused where a key
        file stands already.
        """
        if has_key_file(folder):
            raise Refused(
                "vault_exists", "这个文件夹里已经有一个村的数据。请直接登录，或另选一个空文件夹。"
            )
        contents = Contents(
            vault_id=secrets.token_hex(16),
            village_id=village_id,
            saved=0,
            generation=1,
            slots=(),
            delay_key=secrets.token_bytes(KEY_BYTES),
        )
        vault = cls(folder, contents, Copies("good", "good"), cost=cost or calibrate(), disk=disk)
        vault._delay.start_file()
        vault._take({1: secrets.token_bytes(KEY_BYTES)})
        return vault

    @classmethod
    def load(
        cls,
        folder: Path,
        *,
        village_id: str | None = None,
        delay_folder: Path | None = None,
        delay: LoginDelay | None = None,
        disk: Disk = REAL_DISK,
    ) -> Self:
        """Read the key file of a village's folder, or of a backup.

        For a backup `delay_folder` says where its counter of wrong tries is kept instead. Raises
        `EnvironmentProblem` no_key_file, damaged, or foreign_key_file where `village_id` is given
        and the file belongs to another village (D10).
        """
        contents, copies = read_key_file(folder)
        if village_id is not None and contents.village_id != village_id:
            raise EnvironmentProblem(
                "foreign_key_file",
                "这里的钥匙文件是另一个村的，打不开本村的数据。请从本村的备份里取回钥匙文件。",
                path=str(folder),
            )
        return cls(folder, contents, copies, delay_folder=delay_folder, delay=delay, disk=disk)

    @property
    def users(self) -> tuple[User, ...]:
        """Everybody who can log in, in the order they were added."""
        return tuple(
            User(slot.owner.name, slot.owner.role, slot.owner.must_change)
            for slot in self.contents.slots
            if slot.owner.kind == "user"
        )

    @property
    def has_recovery_code(self) -> bool:
        return self._recovery_slot() is not None

    def add_user(
        self,
        name: str,
        password: str,
        role: str,
        *,
        must_change: bool = False,
        village_name: str = "",
        known: Iterable[str] = (),
    ) -> None:
        """Give somebody a slot; needs the keys in hand."""
        kept = normalised(name).strip()
        faults = list(
            password_faults(password, user_name=kept, village_name=village_name, known=known)
        )
        if not kept:
            faults.insert(0, Fault("name", "required", "请填写用户名。"))
        elif self._find(kept) is not None:
            faults.insert(0, Fault("name", "taken", f"已经有叫“{kept}”的用户，请换一个名字。"))
        if faults:
            raise InvalidInput(faults)
        owner = Owner(new_slot_id(), "user", kept, role, must_change)
        slot = self._make(owner, normalised(password))
        self._keep(slots=(*self.contents.slots, slot))

    def change_password(
        self, name: str, old: str, new: str, *, village_name: str = "", known: Iterable[str] = ()
    ) -> Unlocked:
        """Let somebody set his own password anew; the old one is asked for, with its delays."""
        unlocked = self.unlock(name, old)
        faults = list(
            password_faults(new, user_name=unlocked.user, village_name=village_name, known=known)
        )
        if normalised(new) == normalised(old):
            faults.append(Fault("password", "password_same", "新密码和旧密码一样，请换一个。"))
        if faults:
            raise InvalidInput(faults)
        self._replace_password(name, new, must_change=False)
        return self._retaken()

    def reset_password(
        self, name: str, new: str, *, village_name: str = "", known: Iterable[str] = ()
    ) -> None:
        """Set a colleague's password; he must change it when he logs in (E09)."""
        slot = self._known(name)
        faults = password_faults(
            new, user_name=slot.owner.name, village_name=village_name, known=known
        )
        if faults:
            raise InvalidInput(faults)
        self._replace_password(name, new, must_change=True)

    def set_role(self, name: str, role: str) -> None:
        """Give somebody another role; needs no password of his."""
        slot = self._known(name)
        slot = slot._replace(owner=slot.owner._replace(role=role))
        self._put(seal_keys(self.contents.vault_id, slot, self.sealable(self._in_hand())))

    def remove_user(self, name: str) -> None:
        """Take somebody's slot away and begin a change of the data key (E13).

        The change is finished by `rekey.change_database_key`, now or at the next opening; until
        then the old key still fits.
        """
        slot = self._known(name)
        if len(self.users) == 1:
            raise Refused(
                "last_user", "这是最后一个用户，删掉就没有人能登录了。请先添加另一个用户。"
            )
        rest = tuple(
            each for each in self.contents.slots if each.owner.slot_id != slot.owner.slot_id
        )
        self.begin_rotation(slots=rest)

    def new_recovery_code(self) -> str:
        """Make a recovery code, shown once; the one before it is void (E10)."""
        code = new_code()
        slot = self._make(Owner(new_slot_id(), "recovery"), read_code(code))
        rest = tuple(each for each in self.contents.slots if each.owner.kind != "recovery")
        self._keep(slots=(*rest, slot))
        return code

    def _make(self, owner: Owner, secret: str) -> Slot:
        return new_slot(
            self.contents.vault_id,
            owner,
            secret,
            keys=self.sealable(self._in_hand()),
            cost=self._cost,
        )

    def _replace_password(self, name: str, password: str, *, must_change: bool) -> None:
        owner = self._known(name).owner._replace(must_change=must_change)
        self._put(self._make(owner, normalised(password)))

    def _put(self, slot: Slot) -> None:
        """Put a slot in the place of the one with its id."""
        self._keep(
            slots=tuple(
                slot if each.owner.slot_id == slot.owner.slot_id else each
                for each in self.contents.slots
            )
        )

    def _retaken(self) -> Unlocked:
        return self._hold(replace(self._in_hand(), must_change=False))

    def _known(self, name: str) -> Slot:
        slot = self._find(name)
        if slot is None:
            raise Refused("unknown_user", f"没有叫“{name}”的用户。请从用户名单里选一个。")
        return slot
