"""Waiting after wrong tries: longer each time, and no clock or restart shortens it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.db.failing_disk import FailingDisk
from tests.db.keys import (
    ACCOUNTANT,
    DIRECTOR,
    OTHER_PASSWORD,
    PASSWORD,
    Machine,
    fail,
    loaded,
    new_vault,
    refused,
)
from village_app.db import door
from village_app.db.login_delay import FILE_NAME as DELAY_NAME
from village_app.db.vault import Vault


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
