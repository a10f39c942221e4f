"""Changing the data key of the records, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.db.databases import ask, new_database
from tests.db.keys import ACCOUNTANT, DIRECTOR, OTHER_PASSWORD, PASSWORD, new_vault
from village_app.db import key_rotation
from village_app.db.cipher_file import opened
from village_app.db.key_care import remember_database
from village_app.db.rekey import change_database_key, key_in_use
from village_app.db.vault import Vault
from village_app.errors import EnvironmentProblem, Refused


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    made = new_vault(tmp_path)
    assert made.unlocked is not None
    new_database(tmp_path / "village.db", made.unlocked.dek)
    remember_database(made, tmp_path / "village.db")
    return made


def opens(database: Path, key: bytes) -> bool:
    try:
        with opened(database, key):
            return True
    except EnvironmentProblem:
        return False


def test_e13_after_a_removal_the_old_key_opens_nothing_new(vault: Vault, tmp_path: Path) -> None:
    database = tmp_path / "village.db"
    assert vault.unlocked is not None
    old = vault.unlocked.dek
    vault.remove_user(ACCOUNTANT)
    new = change_database_key(vault, database)
    assert not opens(database, old)
    assert ask(database, new.dek, "SELECT count(*) FROM resident") == [(500,)]
    assert not vault.is_rotating
    director = Vault.load(tmp_path).unlock(DIRECTOR, OTHER_PASSWORD)
    assert director.dek == new.dek
    assert director.keys[1] == old
    with pytest.raises(Refused):
        Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD)


def test_a12_a_change_cut_before_the_database_was_written_is_finished_later(
    vault: Vault, tmp_path: Path
) -> None:
    pending = vault.begin_rotation()
    again = Vault.load(tmp_path)
    unlocked = again.unlock(ACCOUNTANT, PASSWORD)
    assert key_in_use(again, unlocked, tmp_path / "village.db") == unlocked.dek != pending
    assert change_database_key(again, tmp_path / "village.db").dek == pending


def test_a12_a_change_cut_after_the_database_was_written_is_finished_later(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:

        def cut(*_: object) -> None:
            raise KeyboardInterrupt

        patched.setattr(key_rotation.KeyRotation, "finish_rotation", cut)
        with pytest.raises(KeyboardInterrupt):
            change_database_key(vault, tmp_path / "village.db")
    again = Vault.load(tmp_path)
    unlocked = again.unlock(ACCOUNTANT, PASSWORD)
    assert unlocked.pending is not None
    pending = unlocked.keys[unlocked.pending]
    assert key_in_use(again, unlocked, tmp_path / "village.db") == pending
    assert change_database_key(again, tmp_path / "village.db").dek == pending
    assert ask(tmp_path / "village.db", pending, "SELECT count(*) FROM resident") == [(500,)]


def test_d02_a_database_no_key_opens_is_explained(vault: Vault, tmp_path: Path) -> None:
    assert vault.unlocked is not None
    database = tmp_path / "village.db"
    raw = bytearray(database.read_bytes())
    raw[100] ^= 1
    database.write_bytes(raw)
    with pytest.raises(EnvironmentProblem, match="密码是对的，但数据文件损坏了"):
        key_in_use(vault, vault.unlocked, database)
