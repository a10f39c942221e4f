"""Key files that were edited, damaged, lost, or belong to another village."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.db.failing_disk import FailingDisk
from tests.db.keys import (
    ACCOUNTANT,
    CHEAP,
    DIRECTOR,
    OTHER_PASSWORD,
    PASSWORD,
    VILLAGE,
    edit,
    new_vault,
    refused,
)
from village_app.db.key_file import FILE_NAME, SECOND_NAME
from village_app.db.login_delay import FILE_NAME as DELAY_NAME
from village_app.db.vault import Vault
from village_app.errors import EnvironmentProblem, Refused


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("passes", 2, "wrong_password"),
        ("memory_kib", 32, "wrong_password"),
        ("salt", "00" * 16, "wrong_password"),
        ("role", "管理员", "damaged"),
        ("name", "刘会计二", "damaged"),
        ("must_change", True, "damaged"),
    ],
)
def test_e14_an_edited_slot_does_not_open(
    tmp_path: Path, field: str, value: object, code: str
) -> None:
    new_vault(tmp_path)
    edit(tmp_path, lambda values: values["slots"][0].update({field: value}))
    name = str(value) if field == "name" else ACCOUNTANT
    refused(code, lambda: Vault.load(tmp_path).unlock(name, PASSWORD))


def test_e14_a_slot_of_another_vault_does_not_open(tmp_path: Path) -> None:
    new_vault(tmp_path / "a")
    new_vault(tmp_path / "b")
    foreign = json.loads((tmp_path / "b" / FILE_NAME).read_bytes())["slots"]
    edit(tmp_path / "a", lambda values: values.update(slots=foreign))
    refused("wrong_password", lambda: Vault.load(tmp_path / "a").unlock(ACCOUNTANT, PASSWORD))


def test_e14_the_data_key_sealed_for_a_colleague_does_not_fit(tmp_path: Path) -> None:
    new_vault(tmp_path)

    def swap(values: dict[str, Any]) -> None:
        values["slots"][0]["sealed"] = values["slots"][1]["sealed"]

    edit(tmp_path, swap)
    refused("damaged", lambda: Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD))


def test_d09_either_copy_opens_and_the_other_is_written_again(tmp_path: Path) -> None:
    new_vault(tmp_path)
    for name in (FILE_NAME, SECOND_NAME):
        (tmp_path / name).unlink()
        assert Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD).user == ACCOUNTANT
        assert (tmp_path / FILE_NAME).read_bytes() == (tmp_path / SECOND_NAME).read_bytes()


@pytest.mark.parametrize("damage", [b"", b"{}", b"\x00" * 900, b"[1]", b'{"format": "x"}'])
def test_d09_a_damaged_copy_is_replaced_by_the_good_one(tmp_path: Path, damage: bytes) -> None:
    new_vault(tmp_path)
    (tmp_path / FILE_NAME).write_bytes(damage)
    vault = Vault.load(tmp_path)
    assert vault.copies.first == "damaged"
    vault.unlock(ACCOUNTANT, PASSWORD)
    assert (tmp_path / FILE_NAME).read_bytes() == (tmp_path / SECOND_NAME).read_bytes()


def test_d09_every_flipped_byte_is_told_from_a_wrong_password(tmp_path: Path) -> None:
    new_vault(tmp_path)
    raw = bytearray((tmp_path / FILE_NAME).read_bytes())
    (tmp_path / SECOND_NAME).unlink()
    for at in range(0, len(raw), 7):
        damaged = bytearray(raw)
        damaged[at] ^= 1
        (tmp_path / FILE_NAME).write_bytes(damaged)
        with pytest.raises(EnvironmentProblem) as raised:
            Vault.load(tmp_path)
        assert raised.value.code in {"damaged", "newer_program"}


def test_d09_without_any_copy_the_backups_are_named(tmp_path: Path) -> None:
    problem = refused("no_key_file", lambda: Vault.load(tmp_path))
    assert "从备份取回" in problem.message


def test_d09_two_damaged_copies_are_damage(tmp_path: Path) -> None:
    new_vault(tmp_path)
    for name in (FILE_NAME, SECOND_NAME):
        (tmp_path / name).write_bytes(b"x")
    refused("damaged", lambda: Vault.load(tmp_path))
    refused("vault_exists", lambda: Vault.create(tmp_path, VILLAGE, cost=CHEAP))


def test_the_newer_of_two_good_copies_leads(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    older = (tmp_path / SECOND_NAME).read_bytes()
    vault.set_role(ACCOUNTANT, "查询")
    (tmp_path / FILE_NAME).write_bytes(older)
    assert Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD).role == "查询"


def test_d10_the_key_file_of_another_village_is_told(tmp_path: Path) -> None:
    new_vault(tmp_path, "441900-石排")
    problem = refused("foreign_key_file", lambda: Vault.load(tmp_path, village_id=VILLAGE))
    assert "另一个村" in problem.message
    assert Vault.load(tmp_path, village_id="441900-石排").users


def test_a_key_file_of_a_later_program_is_refused(tmp_path: Path) -> None:
    new_vault(tmp_path)
    edit(tmp_path, lambda values: values.update(format=2))
    refused("newer_program", lambda: Vault.load(tmp_path))


def test_set_up_is_refused_where_a_village_is_kept_already(tmp_path: Path) -> None:
    new_vault(tmp_path)
    with pytest.raises(Refused) as raised:
        Vault.create(tmp_path, VILLAGE, cost=CHEAP)
    assert raised.value.code == "vault_exists"


@pytest.mark.parametrize("room", range(0, 6000, 250))
def test_a13_a_key_file_that_could_not_be_written_leaves_the_old_one(
    tmp_path: Path, room: int
) -> None:
    new_vault(tmp_path)
    disk = FailingDisk()
    vault = Vault.load(tmp_path, disk=disk)
    vault.unlock(DIRECTOR, OTHER_PASSWORD)
    disk.room = room
    with suppress(EnvironmentProblem):
        vault.reset_password(ACCOUNTANT, "river Stone 52 莲藕")
    opened = []
    for password in (PASSWORD, "river Stone 52 莲藕"):
        with suppress(Refused):
            opened.append(Vault.load(tmp_path).unlock(ACCOUNTANT, password).user)
    assert opened == [ACCOUNTANT]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [FILE_NAME, SECOND_NAME, DELAY_NAME]
    )
