"""Who gets the data key and who does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from argon2.exceptions import HashingError

from tests.db.failing_disk import FailingDisk
from tests.db.keys import (
    ACCOUNTANT,
    CHEAP,
    DIRECTOR,
    OTHER_PASSWORD,
    PASSWORD,
    VILLAGE,
    Machine,
    loaded,
    new_vault,
)
from village_app.db import door, key_file, key_slots
from village_app.db.key_file import FILE_NAME, SECOND_NAME
from village_app.db.key_slots import LEAST_COST, USUAL_COST, Cost, calibrate
from village_app.db.login_delay import FILE_NAME as DELAY_NAME
from village_app.db.vault import User, Vault
from village_app.errors import EnvironmentProblem, InvalidInput, Refused, VillageError


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


# --- opening -----------------------------------------------------------------------------------


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


# --- waiting after wrong tries -----------------------------------------------------------------


def test_e02_five_wrong_tries_wait_half_a_minute_then_double_to_a_quarter_hour(
    tmp_path: Path,
) -> None:
    new_vault(tmp_path)
    machine = Machine()
    vault = loaded(tmp_path, machine)
    fail(vault, 4)
    assert vault.seconds_to_wait(ACCOUNTANT) == 0
    waits = []
    for _ in range(8):
        fail(vault, 1)
        waits.append(vault.seconds_to_wait(ACCOUNTANT))
        machine.uptime += waits[-1]
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_e02_while_waiting_even_the_right_password_is_refused_untried(tmp_path: Path) -> None:
    new_vault(tmp_path)
    machine = Machine()
    vault = loaded(tmp_path, machine)
    fail(vault, 5)
    machine.uptime += 29
    problem = refused("throttled", lambda: vault.unlock(ACCOUNTANT, PASSWORD))
    assert "请等 1 秒再试" in problem.message
    machine.uptime += 1
    assert vault.unlock(ACCOUNTANT, PASSWORD).notes.wrong_tries == 5


def test_e02_the_wait_survives_a_restart_of_the_program(tmp_path: Path) -> None:
    new_vault(tmp_path)
    machine = Machine()
    fail(loaded(tmp_path, machine), 5)
    machine.uptime += 20
    again = loaded(tmp_path, machine)
    assert refused("throttled", lambda: again.unlock(ACCOUNTANT, PASSWORD)).values == {
        "seconds": 10
    }


def test_e02_another_user_need_not_wait(tmp_path: Path) -> None:
    new_vault(tmp_path)
    vault = loaded(tmp_path, Machine())
    fail(vault, 5)
    assert vault.unlock(DIRECTOR, OTHER_PASSWORD).user == DIRECTOR


def test_e02_names_nobody_has_are_slowed_down_too(tmp_path: Path) -> None:
    new_vault(tmp_path)
    vault = loaded(tmp_path, Machine())
    fail(vault, 5, "王五")
    refused("throttled", lambda: vault.unlock("赵六", PASSWORD))


def test_e02_a_success_forgets_the_wrong_tries(tmp_path: Path) -> None:
    new_vault(tmp_path)
    vault = loaded(tmp_path, Machine())
    fail(vault, 4)
    assert vault.unlock(ACCOUNTANT, PASSWORD).notes.wrong_tries == 4
    fail(vault, 4)
    assert vault.unlock(ACCOUNTANT, PASSWORD).notes.wrong_tries == 4


def test_e02_a_program_ended_in_the_middle_of_a_try_has_used_it_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_vault(tmp_path)
    machine = Machine()

    def ends(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(door, "open_slot", ends)
        for _ in range(5):
            with pytest.raises(KeyboardInterrupt):
                loaded(tmp_path, machine).unlock(ACCOUNTANT, "guess")
    refused("throttled", lambda: loaded(tmp_path, machine).unlock(ACCOUNTANT, PASSWORD))


def test_e03_a_restart_of_the_machine_counts_only_the_time_it_has_run(tmp_path: Path) -> None:
    new_vault(tmp_path)
    machine = Machine()
    vault = loaded(tmp_path, machine)
    for wait in (0, 30, 60):
        machine.uptime += wait
        fail(vault, 5 if not wait else 1)
    machine.restart()
    assert loaded(tmp_path, machine).seconds_to_wait(ACCOUNTANT) == 120 - 60


def test_e03_no_clock_that_people_set_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_vault(tmp_path)
    machine = Machine()
    fail(loaded(tmp_path, machine), 5)
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert loaded(tmp_path, machine).seconds_to_wait(ACCOUNTANT) == 30


def test_e04_a_deleted_counter_is_fresh_and_told_to_the_log(tmp_path: Path) -> None:
    new_vault(tmp_path)
    machine = Machine()
    fail(loaded(tmp_path, machine), 5)
    (tmp_path / DELAY_NAME).unlink()
    assert loaded(tmp_path, machine).unlock(ACCOUNTANT, PASSWORD).notes.delay_file == "missing"
    assert loaded(tmp_path, machine).unlock(ACCOUNTANT, PASSWORD).notes.delay_file == "intact"


def test_e04_an_edited_counter_does_not_count_and_is_told(tmp_path: Path) -> None:
    new_vault(tmp_path)
    machine = Machine()
    fail(loaded(tmp_path, machine), 5)
    raw = (tmp_path / DELAY_NAME).read_text(encoding="utf-8")
    (tmp_path / DELAY_NAME).write_text(raw.replace("[5, 30", "[1, 0"), encoding="utf-8")
    assert loaded(tmp_path, machine).unlock(ACCOUNTANT, PASSWORD).notes.delay_file == "damaged"


def test_b02_on_a_full_disk_one_can_log_in_and_the_wait_still_holds(tmp_path: Path) -> None:
    new_vault(tmp_path)
    full = FailingDisk(room=0)
    vault = Vault.load(tmp_path, disk=full)
    assert vault.unlock(ACCOUNTANT, PASSWORD).user == ACCOUNTANT
    fail(vault, 5)
    refused("throttled", lambda: vault.unlock(ACCOUNTANT, PASSWORD))


# --- users and codes ---------------------------------------------------------------------------


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


# --- edited, damaged, missing and foreign key files ----------------------------------------------


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


# --- the journal's head and changing the data key ------------------------------------------------


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
