"""Who gets the data key and who does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.db.keys import (
    ACCOUNTANT,
    CHEAP,
    DIRECTOR,
    OTHER_PASSWORD,
    PASSWORD,
    VILLAGE,
    new_vault,
    refused,
)
from village_app.db import key_slots
from village_app.db.key_slots import Cost
from village_app.db.vault import Vault


def test_everybody_opens_the_same_data_key_with_his_own_password(tmp_path: Path) -> None:
    first = new_vault(tmp_path).unlocked
    accountant = Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD)
    director = Vault.load(tmp_path).unlock(DIRECTOR, OTHER_PASSWORD)
    assert first is not None
    assert len(accountant.dek) == 32
    assert accountant.dek == director.dek == first.dek
    assert (accountant.user, accountant.role) == (ACCOUNTANT, "经办")
    assert (director.user, director.role) == (DIRECTOR, "管理员")


def test_two_vaults_have_different_keys(tmp_path: Path) -> None:
    one, two = new_vault(tmp_path / "a").unlocked, new_vault(tmp_path / "b").unlocked
    assert one is not None
    assert two is not None
    assert one.dek != two.dek


def test_each_purpose_has_a_key_of_its_own_and_none_is_the_data_key(tmp_path: Path) -> None:
    unlocked = new_vault(tmp_path).unlocked
    assert unlocked is not None
    keys = {
        unlocked.subkey("audit"),
        unlocked.subkey("blind-index"),
        unlocked.subkey("verification"),
        unlocked.subkey("attachments"),
        unlocked.subkey("packages"),
        unlocked.dek,
    }
    assert len(keys) == 6
    assert unlocked.subkey("audit") == Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD).subkey(
        "audit"
    )


def test_e18_the_keys_are_not_in_what_is_printed_of_them(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    unlocked = vault.unlocked
    assert unlocked is not None
    for shown in (repr(unlocked), str(unlocked), f"{vault.sealable(unlocked)}"):
        assert unlocked.dek.hex() not in shown
        assert repr(unlocked.dek) not in shown


def test_e18_no_key_and_no_password_stands_in_the_files(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    code = vault.new_recovery_code()
    assert vault.unlocked is not None
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in (PASSWORD, OTHER_PASSWORD, code, code.replace("-", ""), vault.unlocked.dek.hex()):
        assert secret.encode() not in raw
    assert vault.unlocked.dek not in raw


def test_e01_an_unknown_user_and_a_wrong_password_get_the_same_words(tmp_path: Path) -> None:
    new_vault(tmp_path)
    wrong = refused(
        "wrong_password", lambda: Vault.load(tmp_path).unlock(ACCOUNTANT, "wrong password")
    )
    unknown = refused("wrong_password", lambda: Vault.load(tmp_path).unlock("王五", PASSWORD))
    assert wrong.message == unknown.message == "用户名或密码不对，请检查输入法和大小写后再试。"


def test_e01_an_unknown_user_costs_as_many_guesses_as_a_known_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_vault(tmp_path)
    costs: list[Cost] = []
    real = key_slots.stretch

    def counted(secret: str, salt: bytes, cost: Cost) -> bytes:
        costs.append(cost)
        return real(secret, salt, cost)

    monkeypatch.setattr(key_slots, "stretch", counted)
    refused("wrong_password", lambda: Vault.load(tmp_path).unlock(ACCOUNTANT, "wrong"))
    refused("wrong_password", lambda: Vault.load(tmp_path).unlock("王五", "wrong"))
    assert costs == [CHEAP, CHEAP]


def test_e07_full_width_typing_opens_as_well(tmp_path: Path) -> None:
    new_vault(tmp_path)
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in OTHER_PASSWORD)
    assert Vault.load(tmp_path).unlock(f" {DIRECTOR} ", full_width).user == DIRECTOR


@pytest.mark.parametrize(
    "password", ["这个密码特别长" * 40, "😀😁😂🤣😃😄😅😆😉😊", "  空格 也算 口令  "]
)
def test_e08_long_passwords_emoji_and_outer_blanks_are_taken_as_they_are(
    tmp_path: Path, password: str
) -> None:
    vault = Vault.create(tmp_path, VILLAGE, cost=CHEAP)
    vault.add_user(ACCOUNTANT, password, "经办")
    assert Vault.load(tmp_path).unlock(ACCOUNTANT, password).user == ACCOUNTANT
    if password.strip() != password:
        refused("wrong_password", lambda: Vault.load(tmp_path).unlock(ACCOUNTANT, password.strip()))
