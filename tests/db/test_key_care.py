"""Key files that are wrong, gone or no longer wanted."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from tests.db.keys import ACCOUNTANT, PASSWORD, new_vault
from village_app.db.key_care import (
    destroy_keys,
    remember_database,
    take_back_key_file,
    why_not_opened,
)
from village_app.db.key_file import FILE_NAME, SECOND_NAME
from village_app.db.vault import Vault
from village_app.errors import EnvironmentProblem, Refused


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "village.db"
    path.write_bytes(secrets.token_bytes(8192))
    return path


@pytest.fixture
def vault(tmp_path: Path, database: Path) -> Vault:
    made = new_vault(tmp_path)
    remember_database(made, database)
    return made


def test_d02_a_damaged_first_page_is_called_damage_not_a_wrong_password(
    vault: Vault, database: Path
) -> None:
    raw = bytearray(database.read_bytes())
    raw[3] ^= 0xFF
    raw[500] ^= 1
    database.write_bytes(raw)
    problem = why_not_opened(vault, database)
    assert problem.code == "damaged"
    assert problem.message.startswith("密码是对的，但数据文件损坏了")


@pytest.mark.parametrize("start", [b"", b"\x00" * 512, b"\xff" * 512, b"abc"])
def test_d02_d04_an_empty_or_wiped_start_is_damage(
    vault: Vault, database: Path, start: bytes
) -> None:
    database.write_bytes(start)
    assert why_not_opened(vault, database).code == "damaged"


def test_d10_the_database_of_another_village_is_told(vault: Vault, database: Path) -> None:
    database.write_bytes(secrets.token_bytes(8192))
    problem = why_not_opened(vault, database)
    assert problem.code == "foreign_key_file"
    assert "不是一套" in problem.message


def test_e17_a_plain_database_in_its_place_is_told(vault: Vault, database: Path) -> None:
    database.write_bytes(b"SQLite format 3\x00" + bytes(8000))
    assert why_not_opened(vault, database).code == "not_encrypted"


def test_a_database_that_is_gone_is_told(vault: Vault, database: Path) -> None:
    database.unlink()
    assert why_not_opened(vault, database).code == "gone"


def test_which_database_the_keys_fit_is_written_once(vault: Vault, database: Path) -> None:
    saved = vault.contents.saved
    remember_database(vault, database)
    assert vault.contents.saved == saved


def test_d09_the_key_file_is_taken_back_from_a_backup(vault: Vault, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    backup.mkdir()
    (backup / FILE_NAME).write_bytes((tmp_path / FILE_NAME).read_bytes())
    with pytest.raises(Refused) as raised:
        take_back_key_file(tmp_path, backup)
    assert raised.value.code == "key_file_is_good"
    (tmp_path / FILE_NAME).write_bytes(b"damage")
    (tmp_path / SECOND_NAME).unlink()
    take_back_key_file(tmp_path, backup)
    assert vault.unlocked is not None
    assert Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD).dek == vault.unlocked.dek


def test_i17_destroyed_keys_are_overwritten_and_gone(vault: Vault, tmp_path: Path) -> None:
    assert vault.users
    held = tmp_path / "same file under another name"
    held.hardlink_to(tmp_path / FILE_NAME)
    before = held.read_bytes()
    destroy_keys(tmp_path)
    assert held.read_bytes() != before
    assert len(held.read_bytes()) == len(before)
    assert b"slots" not in held.read_bytes()
    with pytest.raises(EnvironmentProblem) as raised:
        Vault.load(tmp_path)
    assert raised.value.code == "no_key_file"
    destroy_keys(tmp_path)
