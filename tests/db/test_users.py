"""Users, passwords, costs of a guess and recovery codes of a vault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from argon2.exceptions import HashingError

from tests.db.keys import (
    ACCOUNTANT,
    DIRECTOR,
    OTHER_PASSWORD,
    PASSWORD,
    Machine,
    loaded,
    new_vault,
    refused,
)
from village_app.db.key_file import FILE_NAME
from village_app.db.key_slots import LEAST_COST, USUAL_COST, Cost, calibrate
from village_app.db.vault import User, Vault
from village_app.errors import EnvironmentProblem, InvalidInput


def test_e05_the_usual_cost_is_three_passes_over_64_megabytes() -> None:
    assert (USUAL_COST.passes, USUAL_COST.memory_kib) == (3, 64 * 1024)
    assert (LEAST_COST.passes, LEAST_COST.memory_kib) == (2, 19 * 1024)


@pytest.mark.parametrize(
    ("seconds", "passes"), [(0.25, 6), (0.5, 3), (2.0, 3), (0.1, 15), (0.0, 40)]
)
def test_e05_the_cost_is_raised_to_half_a_second_never_lowered(seconds: float, passes: int) -> None:
    times = iter([10.0, 10.0 + seconds])
    cost = calibrate(clock=lambda: next(times), try_out=lambda *_: b"")
    assert cost == Cost(passes, 64 * 1024)


def test_e15_less_memory_is_taken_at_set_up_where_the_machine_has_no_more() -> None:
    tried: list[int] = []

    def small_machine(_secret: str, _salt: bytes, cost: Cost) -> bytes:
        tried.append(cost.memory_kib)
        if cost.memory_kib > 20_000:
            raise EnvironmentProblem("no_memory", "")
        return b""

    assert calibrate(clock=iter(range(9)).__next__, try_out=small_machine) == LEAST_COST
    assert tried == [65536, 47104, 32768, 19456]


def test_e15_without_memory_at_login_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_vault(tmp_path)

    def no_memory(*_: object, **__: object) -> bytes:
        raise HashingError

    monkeypatch.setattr("argon2.low_level.hash_secret_raw", no_memory)
    problem = refused("no_memory", lambda: Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD))
    assert "关掉一些程序" in problem.message


def test_e05_e06_weak_passwords_and_taken_names_are_refused_with_all_reasons(
    tmp_path: Path,
) -> None:
    vault = new_vault(tmp_path)
    with pytest.raises(InvalidInput) as raised:
        vault.add_user(f" {ACCOUNTANT}", "13800138000", "经办")
    assert {fault.code for fault in raised.value.faults} >= {"taken", "password_phone"}
    with pytest.raises(InvalidInput) as raised:
        vault.add_user("  ", PASSWORD, "经办")
    assert raised.value.faults[0].code == "required"
    assert [user.name for user in vault.users] == [ACCOUNTANT, DIRECTOR]


def test_somebody_sets_his_own_password_anew(tmp_path: Path) -> None:
    new_vault(tmp_path)
    vault = Vault.load(tmp_path)
    before = vault.unlock(ACCOUNTANT, PASSWORD).dek
    assert vault.change_password(ACCOUNTANT, PASSWORD, "river Stone 52 莲藕").dek == before
    refused("wrong_password", lambda: Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD))
    assert Vault.load(tmp_path).unlock(ACCOUNTANT, "river Stone 52 莲藕").dek == before


def test_the_same_password_again_is_no_change(tmp_path: Path) -> None:
    new_vault(tmp_path)
    with pytest.raises(InvalidInput) as raised:
        Vault.load(tmp_path).change_password(ACCOUNTANT, PASSWORD, PASSWORD)
    assert [fault.code for fault in raised.value.faults] == ["password_same"]


def test_e09_a_colleague_resets_a_forgotten_password_to_be_changed_at_login(tmp_path: Path) -> None:
    new_vault(tmp_path)
    vault = Vault.load(tmp_path)
    vault.unlock(DIRECTOR, OTHER_PASSWORD)
    vault.reset_password(ACCOUNTANT, "临时 Ticket 4471")
    again = Vault.load(tmp_path)
    assert again.unlock(ACCOUNTANT, "临时 Ticket 4471").must_change
    again.change_password(ACCOUNTANT, "临时 Ticket 4471", "river Stone 52 莲藕")
    assert not Vault.load(tmp_path).unlock(ACCOUNTANT, "river Stone 52 莲藕").must_change
    refused("wrong_password", lambda: Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD))


def test_e10_the_recovery_code_opens_once_all_passwords_are_forgotten(tmp_path: Path) -> None:
    dek = new_vault(tmp_path).unlocked
    vault = Vault.load(tmp_path)
    vault.unlock(DIRECTOR, OTHER_PASSWORD)
    assert not vault.has_recovery_code
    code = vault.new_recovery_code()
    found = Vault.load(tmp_path)
    unlocked = found.unlock_with_recovery(code.lower())
    assert dek is not None
    assert unlocked.dek == dek.dek
    assert unlocked.by_recovery
    found.reset_password(DIRECTOR, "river Stone 52 莲藕")
    newer = found.new_recovery_code()
    refused("wrong_password", lambda: Vault.load(tmp_path).unlock_with_recovery(code))
    assert Vault.load(tmp_path).unlock_with_recovery(newer).dek == dek.dek
    assert Vault.load(tmp_path).unlock(DIRECTOR, "river Stone 52 莲藕").must_change


def test_e10_codes_are_slowed_down_like_passwords(tmp_path: Path) -> None:
    new_vault(tmp_path).new_recovery_code()
    other = new_vault(tmp_path / "other").new_recovery_code()
    vault = loaded(tmp_path, Machine())
    for _ in range(5):
        refused("wrong_password", lambda: vault.unlock_with_recovery(other))
    refused("throttled", lambda: vault.unlock_with_recovery(other))


def test_e11_a_slip_in_the_code_is_no_wrong_try(tmp_path: Path) -> None:
    code = new_vault(tmp_path).new_recovery_code()
    vault = loaded(tmp_path, Machine())
    for _ in range(9):
        refused("invalid_input", lambda: vault.unlock_with_recovery(code[:-1]))
    assert vault.unlock_with_recovery(code).notes.wrong_tries == 0


def test_a_role_is_changed_without_the_password_and_everything_else_stays(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    vault.set_role(ACCOUNTANT, "查询")
    assert vault.users == (User(ACCOUNTANT, "查询", False), User(DIRECTOR, "管理员", False))
    assert Vault.load(tmp_path).unlock(ACCOUNTANT, PASSWORD).role == "查询"


@pytest.mark.parametrize(
    "change",
    [
        lambda v: v.add_user("王五", PASSWORD, "经办"),
        lambda v: v.reset_password(ACCOUNTANT, "river Stone 52 莲藕"),
        lambda v: v.set_role(ACCOUNTANT, "管理员"),
        lambda v: v.remove_user(ACCOUNTANT),
        lambda v: v.new_recovery_code(),
        lambda v: v.begin_rotation(),
        lambda v: v.set_anchor(1, "ab"),
    ],
)
def test_nothing_is_changed_without_the_keys_in_hand(
    tmp_path: Path, change: Callable[[Vault], object]
) -> None:
    new_vault(tmp_path)
    before = (tmp_path / FILE_NAME).read_bytes()
    vault = Vault.load(tmp_path)
    vault.unlock(DIRECTOR, OTHER_PASSWORD)
    vault.lock()
    refused("locked", lambda: change(vault))
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_the_last_user_cannot_be_removed(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    vault.remove_user(ACCOUNTANT)
    refused("last_user", lambda: vault.remove_user(DIRECTOR))
    refused("unknown_user", lambda: vault.remove_user(ACCOUNTANT))
