"""The environment that is made once and known again, and its libraries."""

from __future__ import annotations

from pathlib import Path

import pytest

from first_start import environment, telling
from tests.first_start.conftest import finish_venv, pip_that


def test_a_stamp_changes_with_the_lock_the_python_and_the_folder() -> None:
    here = environment.identity("3.11.2", Path("/a"))
    stamps = {
        environment.stamp_of(b"x==1", here),
        environment.stamp_of(b"x==2", here),
        environment.stamp_of(b"x==1", environment.identity("3.13.5", Path("/a"))),
        environment.stamp_of(b"x==1", environment.identity("3.11.2", Path("/b"))),
    }
    assert len(stamps) == 4
    assert environment.stamp_of(b"x==1", here) in stamps


def test_a_half_made_environment_is_not_a_finished_one(house: Path) -> None:
    python = environment.python_of_venv()
    python.parent.mkdir(parents=True)
    python.touch()
    assert not environment.venv_is_finished()
    environment.VENV_MARK.write_text("another python\n/elsewhere", encoding="utf-8")
    assert not environment.venv_is_finished()
    environment.VENV_MARK.write_text(environment.identity(), encoding="utf-8")
    assert environment.venv_is_finished()


def test_an_installed_lock_is_known_until_the_lock_changes(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish_venv()
    pip_that(monkeypatch, 0, "Installing collected packages: peewee")
    assert not environment.lock_is_installed("requirements.lock")
    environment.install_lock("requirements.lock")
    assert environment.lock_is_installed("requirements.lock")
    assert not environment.lock_is_installed("requirements-dev.lock")
    (house / "requirements.lock").write_text("peewee==2\n")
    assert not environment.lock_is_installed("requirements.lock")


def test_the_test_lock_satisfies_the_runtime_lock_too(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish_venv()
    pip_that(monkeypatch, 0, "Installing collected packages: peewee, pytest")
    environment.install_lock("requirements-dev.lock")
    assert environment.lock_is_installed("requirements.lock")


def test_pip_may_take_only_wheels_whose_hash_is_known(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish_venv()
    calls = pip_that(monkeypatch, 0)
    environment.install_lock("requirements.lock")
    (command,) = calls
    assert {"--require-hashes", "--no-deps", "--only-binary=:all:"} <= set(command)
    assert command[-2:] == ("-r", str(house / "requirements.lock"))


def test_a_download_that_fails_leaves_the_old_installation_whole(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish_venv()
    pip_that(monkeypatch, 0, "Installing collected packages: peewee")
    environment.install_lock("requirements.lock")
    pip_that(monkeypatch, 1, "Collecting pytest==2", "ERROR: No matching distribution found")
    with pytest.raises(telling.Stop):
        environment.install_lock("requirements-dev.lock")
    assert environment.lock_is_installed("requirements.lock")
    assert not environment.lock_is_installed("requirements-dev.lock")


def test_an_installation_that_was_cut_off_is_not_taken_for_whole(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish_venv()
    pip_that(monkeypatch, 1, "Installing collected packages: peewee", "ERROR: [Errno 28]")
    with pytest.raises(telling.Stop):
        environment.install_lock("requirements.lock")
    assert not environment.venv_is_finished()


def test_a_failed_venv_is_taken_away_again(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half_a_venv(command: tuple[str, ...], record: str) -> tuple[int, str]:
        (environment.VENV / "bin").mkdir(parents=True)
        return 1, ""

    monkeypatch.setattr(environment, "follow", half_a_venv)
    with pytest.raises(telling.Stop, match="可以写入"):
        environment.make_venv()
    assert not environment.VENV.exists()


def test_a_full_disk_is_refused_before_the_work_begins() -> None:
    environment.check_space(environment.NEEDED_BYTES)
    with pytest.raises(telling.Stop, match="只剩 300 MB"):
        environment.check_space(300_000_000)


# ---------------------------------------------------------------- the steps
