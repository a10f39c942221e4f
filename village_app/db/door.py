"""The door of the vault: a password, or the paper from the safe, and the keys come out."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from village_app.db.files import REAL_DISK, Disk
from village_app.db.key_file import Contents, Copies, counter_of, slot_of, write_key_file
from village_app.db.key_ring import LoginNotes, Unlocked
from village_app.db.key_rotation import KeyRotation
from village_app.db.key_slots import (
    Cost,
    Slot,
    SlotClosed,
    SlotEdited,
    normalised,
    open_slot,
    refuse_slowly,
)
from village_app.db.login_delay import LoginDelay
from village_app.db.machine import boot_id
from village_app.db.recovery_code import read_code
from village_app.errors import EnvironmentProblem, Refused

_RECOVERY = "recovery"


class Door(KeyRotation):
    """Opens a key file, slowly on purpose, and counts wrong tries."""

    def __init__(
        self,
        folder: Path,
        contents: Contents,
        copies: Copies,
        *,
        delay_folder: Path | None = None,
        delay: LoginDelay | None = None,
        cost: Cost | None = None,
        disk: Disk = REAL_DISK,
    ) -> None:
        super().__init__(folder, contents, disk)
        self.copies = copies
        self._cost = cost or next((slot.cost for slot in contents.slots), Cost())
        self._in_place = delay_folder is None
        self._delay = delay or LoginDelay(
            delay_folder or folder,
            contents.delay_key,
            uptime=time.monotonic,
            boot=boot_id(),
            disk=disk,
        )

    def unlock(self, name: str, password: str) -> Unlocked:
        """Log in; text and time are the same for an unknown name and a wrong password (E01)."""
        slot = self._find(name)
        keys, notes = self._try(slot, counter_of(self.contents, name), normalised(password))
        assert slot is not None  # `_try` refuses an unknown name
        return self._take(keys, slot, notes)

    def unlock_with_recovery(self, code: str) -> Unlocked:
        """Open with the paper from the safe; afterwards set a password and print a new code."""
        secret = read_code(code)
        keys, notes = self._try(self._recovery_slot(), _RECOVERY, secret)
        return self._take(keys, None, notes)

    def lock(self) -> None:
        """Forget the keys."""
        self.unlocked = None

    def seconds_to_wait(self, name: str) -> int:
        """Give the seconds before this user may try again, 0 for none."""
        return self._delay.seconds_left(counter_of(self.contents, name))

    def _try(
        self, slot: Slot | None, counter: str, secret: str
    ) -> tuple[dict[int, bytes], LoginNotes]:
        wait = self._delay.seconds_left(counter)
        if wait:
            raise _throttled(wait)
        self._delay.count(counter)
        try:
            if slot is None:
                refuse_slowly(secret, self._cost)
            keys = open_slot(self.contents.vault_id, slot, secret)
        except SlotClosed as error:
            raise _wrong(self._delay.seconds_left(counter), counter) from error
        except SlotEdited as error:
            raise EnvironmentProblem(
                "damaged",
                "钥匙文件里这个用户的姓名或角色被人改动过，不能使用。请从备份里取回钥匙文件。",
            ) from error
        state = self._delay.state
        return keys, LoginNotes(self._delay.forgive(counter), state)

    def _take(
        self, keys: dict[int, bytes], slot: Slot | None = None, notes: LoginNotes | None = None
    ) -> Unlocked:
        self._mend_copies()
        return self._hold(
            Unlocked(
                user=slot.owner.name if slot else "",
                role=slot.owner.role if slot else "",
                vault_id=self.contents.vault_id,
                village_id=self.contents.village_id,
                keys=self._with_old_keys(keys),
                generation=self.contents.generation,
                pending=self.contents.pending,
                must_change=slot.owner.must_change if slot else False,
                by_recovery=slot is None and notes is not None,
                notes=notes or LoginNotes(),
            )
        )

    def _mend_copies(self) -> None:
        """Write a missing or damaged copy again; a disk that only reads can wait."""
        if self._in_place and self.contents.saved and self.copies != Copies("good", "good"):
            with suppress(EnvironmentProblem):
                self.contents = write_key_file(self.folder, self.contents, disk=self.disk)
                self.copies = Copies("good", "good")

    def _find(self, name: str) -> Slot | None:
        return slot_of(self.contents, name)

    def _recovery_slot(self) -> Slot | None:
        return next((slot for slot in self.contents.slots if slot.owner.kind == "recovery"), None)


def _throttled(seconds: int) -> Refused:
    return Refused(
        "throttled", f"密码连续输错多次，请等 {_duration(seconds)}再试。", seconds=seconds
    )


def _wrong(seconds: int, counter: str) -> Refused:
    what = "恢复码不对" if counter == _RECOVERY else "用户名或密码不对"
    then = f"请等 {_duration(seconds)}再试" if seconds else "请检查输入法和大小写后再试"
    return Refused("wrong_password", f"{what}，{then}。", seconds=seconds)


def _duration(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} 秒"
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} 分 {rest} 秒" if rest else f"{minutes} 分钟"
