"""What tests of locked things share: cheap costs, names, passwords, a machine, edited key files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from village_app.db import key_file
from village_app.db.key_file import FILE_NAME, SECOND_NAME, read_key_file
from village_app.db.key_slots import Cost
from village_app.db.login_delay import LoginDelay
from village_app.db.vault import Vault
from village_app.errors import VillageError

CHEAP = Cost(passes=1, memory_kib=64)
VILLAGE = "441900-隔岭"
ACCOUNTANT = "刘会计"
DIRECTOR = "何主任"
PASSWORD = "苹果 火车 月亮 桌子"
OTHER_PASSWORD = "tulip-Marble-79"


class Machine:
    """A machine whose running time and start are set by the test."""

    def __init__(self) -> None:
        self.uptime = 1000.0
        self.boot = "first"

    def runs(self) -> float:
        return self.uptime

    def restart(self) -> None:
        self.uptime = 60.0
        self.boot += "+"


def new_vault(folder: Path, village: str = VILLAGE) -> Vault:
    """Make a vault with the accountant and the director in it; the keys are in hand."""
    folder.mkdir(parents=True, exist_ok=True)
    vault = Vault.create(folder, village, cost=CHEAP)
    vault.add_user(ACCOUNTANT, PASSWORD, "经办")
    vault.add_user(DIRECTOR, OTHER_PASSWORD, "管理员")
    return vault


def loaded(folder: Path, machine: Machine) -> Vault:
    """Load a vault as a program started on this machine does."""
    contents, _ = read_key_file(folder)
    delay = LoginDelay(folder, contents.delay_key, uptime=machine.runs, boot=machine.boot)
    return Vault.load(folder, delay=delay)


def refused(code: str, call: Callable[[], Any]) -> VillageError:
    with pytest.raises(VillageError) as raised:
        call()
    assert raised.value.code == code
    return raised.value


def edit(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Edit both copies of the key file as somebody who knows the checksum does."""
    values = json.loads((folder / FILE_NAME).read_bytes())
    change(values)
    values.pop("checksum")
    values["checksum"] = key_file._checksum(values)
    for name in (FILE_NAME, SECOND_NAME):
        (folder / name).write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")


def fail(vault: Vault, times: int, name: str = ACCOUNTANT) -> None:
    for _ in range(times):
        refused("wrong_password", lambda: vault.unlock(name, "wrong password"))
