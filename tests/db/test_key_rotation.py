"""The journal's head kept outside the database, and the change of the data key."""

from __future__ import annotations

from pathlib import Path

from tests.db.keys import (
    ACCOUNTANT,
    DIRECTOR,
    OTHER_PASSWORD,
    PASSWORD,
    edit,
    new_vault,
    refused,
)
from village_app.db.key_file import FILE_NAME
from village_app.db.vault import Vault


def test_j06_the_head_of_the_journal_is_kept_outside_and_sealed(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    assert vault.anchor is None
    vault.set_anchor(418, "ab" * 32)
    again = Vault.load(tmp_path)
    again.unlock(ACCOUNTANT, PASSWORD)
    assert again.anchor == (418, "ab" * 32)
    edit(tmp_path, lambda values: values["anchor"].__setitem__(0, 400))
    edited = Vault.load(tmp_path)
    edited.unlock(ACCOUNTANT, PASSWORD)
    refused("anchor_edited", lambda: edited.anchor)


def test_e13_after_a_change_of_keys_the_remaining_open_with_their_passwords(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    assert vault.unlocked is not None
    old = vault.unlocked
    code = vault.new_recovery_code()
    kept = (tmp_path / FILE_NAME).read_bytes()
    vault.remove_user(ACCOUNTANT)
    assert vault.is_rotating
    pending = vault.begin_rotation()
    new = vault.finish_rotation()
    assert new.dek == pending != old.dek
    assert not vault.is_rotating
    refused("wrong_password", lambda: Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD))
    director = Vault.load(tmp_path).unlock(DIRECTOR, OTHER_PASSWORD)
    assert director.dek == pending
    assert Vault.load(tmp_path).unlock_with_recovery(code).dek == pending
    assert director.keys == {1: old.dek, 2: pending}
    former = tmp_path / "former"
    former.mkdir()
    (former / FILE_NAME).write_bytes(kept)
    assert pending not in Vault.load(former).unlock(ACCOUNTANT, PASSWORD).keys.values()


def test_e13_between_the_two_steps_everybody_opens_both_keys(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    pending = vault.begin_rotation()
    again = Vault.load(tmp_path)
    unlocked = again.unlock(ACCOUNTANT, PASSWORD)
    assert unlocked.pending == 2
    assert unlocked.keys[2] == pending
    assert unlocked.generation == 1
    assert again.begin_rotation() == pending
    assert again.finish_rotation().dek == pending


def test_e13_many_changes_of_keys_keep_all_earlier_ones(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    used = [vault.unlocked.dek] if vault.unlocked else []
    for _ in range(3):
        used.append(vault.begin_rotation())
        vault.finish_rotation()
    unlocked = Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD)
    assert [unlocked.keys[each] for each in (1, 2, 3, 4)] == used
    assert unlocked.generation == 4


def test_sealing_and_indexing_keys_outlive_a_change_of_keys_others_do_not(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    before = vault.unlocked
    vault.set_anchor(3, "cd")
    vault.begin_rotation()
    after = vault.finish_rotation()
    assert before is not None
    assert after.subkey("audit") == before.subkey("audit")
    assert after.subkey("blind-index") == before.subkey("blind-index")
    assert vault.anchor == (3, "cd")
    assert after.subkey("attachments") != before.subkey("attachments")
    assert after.subkey("attachments", 1) == before.subkey("attachments")


def test_an_edited_list_of_earlier_keys_is_damage(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    vault.begin_rotation()
    vault.finish_rotation()
    edit(tmp_path, lambda values: values["old_keys"].update({"1": "00" * 60}))
    refused("damaged", lambda: Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD))
