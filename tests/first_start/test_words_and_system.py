"""What a command needs of the system, and what is missing."""

from __future__ import annotations

import importlib.util
import sys

import pytest

import run
from first_start import environment, system, telling
from first_start.words import plan_for


@pytest.mark.parametrize(
    ("typed", "command", "lock"),
    [
        ([], ("-m", "village_app"), "requirements.lock"),
        (["demo", "out"], ("-m", "village_app", "demo", "out"), "requirements.lock"),
        (
            ["import", "名单.xlsx"],
            ("-m", "village_app", "import", "名单.xlsx"),
            "requirements.lock",
        ),
        (["--help"], ("-m", "village_app", "--help"), "requirements.lock"),
        (["bench", "x", "--json"], ("-m", "bench", "x", "--json"), "requirements.lock"),
        (["test"], ("-m", "pytest", "-n", "2"), "requirements-dev.lock"),
        (["test", "-k", "name"], ("-m", "pytest", "-k", "name"), "requirements-dev.lock"),
    ],
)
def test_words_choose_a_command_and_a_lock(
    typed: list[str], command: tuple[str, ...], lock: str
) -> None:
    plan = plan_for(typed)
    assert (plan.commands, plan.lock) == ((command,), lock)


def test_only_the_window_needs_a_screen_and_only_what_draws_needs_qt_libraries() -> None:
    assert [plan_for(words).window for words in ([], ["test"], ["demo", "out"])] == [
        True,
        False,
        False,
    ]
    assert plan_for([]).uses == ("base", "screen")
    assert plan_for(["demo", "out"]).uses == ("base",)
    assert plan_for(["residents", "吴"]).uses == ()


def test_file_names_keep_the_callers_folder_but_tests_run_at_the_root() -> None:
    assert not plan_for(["import", "a.xlsx"]).in_root
    assert plan_for(["test"]).in_root


def test_code_checks_run_formatter_linter_and_types() -> None:
    assert [command[1] for command in plan_for(["check-code"]).commands] == ["ruff", "ruff", "mypy"]


# ---------------------------------------------------------------- what is missing


def test_nothing_is_missing_where_everything_loads() -> None:
    assert system.missing_libraries(("base", "screen", "print"), lambda _: True) == []


def test_missing_libraries_become_packages_once_each_and_only_for_the_use() -> None:
    def without_glib_and_cursor(file: str) -> bool:
        return file not in {"libglib-2.0.so.0", "libgthread-2.0.so.0", "libxcb-cursor.so.0"}

    missing = system.missing_libraries(("base", "screen"), without_glib_and_cursor)
    assert system.packages_of(missing) == ["libglib2.0-0", "libxcb-cursor0"]
    missing = system.missing_libraries(("base",), without_glib_and_cursor)
    assert system.packages_of(missing) == ["libglib2.0-0"]


def test_a_library_that_no_system_has_does_not_load() -> None:
    assert not system.loads("libnobody-has-this.so.9")


def test_test_tools_are_named_by_their_packages() -> None:
    missing = system.missing_tools(lambda command: command != "xprop")
    assert system.packages_of(missing) == ["x11-utils"]


def test_the_venv_package_is_asked_for_only_where_ensurepip_is_split_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert environment.venv_package() == f"python{version}-venv"
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    assert environment.venv_package() is None


@pytest.mark.parametrize(
    ("variables", "there"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
    ],
)
def test_a_screen_is_known_by_the_environment(variables: dict[str, str], there: bool) -> None:
    assert system.has_display(variables) is there


def test_without_a_screen_the_window_is_refused_before_anything_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run, "prepare", lambda plan: pytest.fail("something was prepared"))
    with pytest.raises(telling.Stop, match=r"\./run demo 输出文件夹"):
        run.main([], {})


# ---------------------------------------------------------------- marks and stamps
