"""What can be read of a folder before anybody signs in."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from tests.db.keys import ACCOUNTANT, DIRECTOR, new_vault
from village_app.db.door_plate import DoorPlate
from village_app.db.vault import Vault
from village_app.errors import EnvironmentProblem, Refused


def test_the_plate_names_those_who_may_sign_in_and_not_the_recovery_code(tmp_path: Path) -> None:
    new_vault(tmp_path).new_recovery_code()
    owners = DoorPlate(tmp_path).users()
    assert [(owner.name, owner.role) for owner in owners] == [
        (ACCOUNTANT, "经办"),
        (DIRECTOR, "管理员"),
    ]


def test_after_five_wrong_passwords_the_plate_asks_for_the_wait_that_the_vault_asks_for(
    tmp_path: Path,
) -> None:
    vault = new_vault(tmp_path)
    assert DoorPlate(tmp_path).seconds_to_wait(ACCOUNTANT) == 0
    for _ in range(5):
        with suppress(Refused):
            vault.unlock(ACCOUNTANT, "wrong password")
    waits = DoorPlate(tmp_path).seconds_to_wait(ACCOUNTANT)
    assert 28 <= waits <= 30
    assert abs(Vault.load(tmp_path).seconds_to_wait(ACCOUNTANT) - waits) <= 1
    assert DoorPlate(tmp_path).seconds_to_wait(DIRECTOR) == 0
    assert DoorPlate(tmp_path).seconds_to_wait("没有这个人") == 0


def test_a_folder_without_records_has_no_village_no_users_and_no_backup(tmp_path: Path) -> None:
    plate = DoorPlate(tmp_path)
    assert not plate.has_village()
    assert plate.newest_backup() is None
    with pytest.raises(EnvironmentProblem, match="找不到钥匙文件"):
        plate.users()
