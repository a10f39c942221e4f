"""How the program prepares itself: what it looks for, what it installs, what it says."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import run
from first_start import environment, system, telling
from first_start.words import Plan, plan_for

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with two short locks, in which nothing is prepared yet."""
    (tmp_path / "requirements.lock").write_text("peewee==1\n")
    (tmp_path / "requirements-dev.lock").write_text("peewee==1\npytest==2\n")
    venv = tmp_path / ".venv"
    for module, name, value in (
        (environment, "ROOT", tmp_path),
        (environment, "VENV", venv),
        (environment, "VENV_MARK", venv / ".ok"),
        (environment, "PIP_MARK", venv / ".installing"),
        (environment, "RECORDS", tmp_path / ".run"),
        (telling, "RECORDS", tmp_path / ".run"),
    ):
        monkeypatch.setattr(module, name, value)
    return tmp_path


def finish_venv() -> None:
    """Lay down what a finished `python -m venv` leaves, as far as anyone looks at it."""
    python = environment.python_of_venv()
    python.parent.mkdir(parents=True)
    python.touch()
    environment.VENV_MARK.write_text(environment.identity(), encoding="utf-8")


def pip_that(monkeypatch: pytest.MonkeyPatch, code: int, *lines: str) -> list[tuple[str, ...]]:
    """Put a pip in place that prints these lines and ends with this code; give its calls."""
    calls: list[tuple[str, ...]] = []

    def follow(command: tuple[str, ...], record: str, on_line: Any = None) -> tuple[int, str]:
        calls.append(command)
        for line in lines:
            on_line(line)
        return code, "\n".join(lines)

    monkeypatch.setattr(environment, "follow", follow)
    return calls


# ---------------------------------------------------------------- words


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


class Preparing:
    """Stands in for the slow parts and notes which of them were asked for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, packages: list[str], *, root: bool) -> None:
        self.done: list[str] = []
        self.packages = packages
        monkeypatch.setattr(run, "wanted_packages", lambda plan: self.packages)
        monkeypatch.setattr(run, "missing_extras", lambda plan: ())
        monkeypatch.setattr(system, "may_install", lambda: root)
        monkeypatch.setattr(system, "apt_install", self.apt_install)
        monkeypatch.setattr(environment, "make_venv", lambda: self.done.append("venv"))
        monkeypatch.setattr(environment, "install_lock", self.done.append)

    def apt_install(self, needed: list[str], extra: list[str]) -> None:
        self.done.append(f"apt {' '.join(needed)}")
        self.packages = []


RUNTIME = Plan("requirements.lock", (), ())


def test_a_first_start_goes_through_numbered_steps(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    work = Preparing(monkeypatch, ["libgl1"], root=True)
    run.prepare(RUNTIME)
    assert work.done == ["apt libgl1", "venv", "requirements.lock"]
    numbers = re.findall(r"第 (\d) 步，共 (\d) 步", capsys.readouterr().out)
    assert numbers == [("1", "3"), ("2", "3"), ("3", "3")]


def test_a_second_start_does_and_says_nothing(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    finish_venv()
    pip_that(monkeypatch, 0)
    environment.install_lock("requirements.lock")
    capsys.readouterr()
    work = Preparing(monkeypatch, [], root=True)
    run.prepare(RUNTIME)
    assert (work.done, capsys.readouterr().out) == ([], "")


def test_repair_makes_everything_anew(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish_venv()
    pip_that(monkeypatch, 0)
    environment.install_lock("requirements.lock")
    work = Preparing(monkeypatch, [], root=False)
    run.prepare(plan_for(["repair"]))
    assert work.done == ["venv", "requirements.lock"]


def test_who_may_not_install_gets_one_line_to_type(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Preparing(monkeypatch, ["libgl1", "libxcb-cursor0"], root=False)
    line = "sudo apt-get install -y --no-install-recommends libgl1 libxcb-cursor0"
    with pytest.raises(telling.Stop, match=line):
        run.prepare(RUNTIME)
    assert work.done == []


def test_what_apt_could_not_bring_is_said_and_stops(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Preparing(monkeypatch, ["libgl1"], root=True)
    monkeypatch.setattr(system, "apt_install", lambda needed, extra: None)
    with pytest.raises(telling.Stop, match="没有成功"):
        run.prepare(RUNTIME)


def test_missing_test_tools_are_said_but_do_not_stop(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Preparing(monkeypatch, [], root=False)
    monkeypatch.setattr(run, "missing_extras", lambda plan: [system.Tool("Xvfb", "xvfb")])
    run.prepare(RUNTIME)
    said = capsys.readouterr().out
    assert "没有 xvfb，用到它们的测试这次跳过" in said
    assert "install -y --no-install-recommends xvfb" in said


# ---------------------------------------------------------------- what pip and apt say


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Collecting argon2-cffi==25.1.0 (from -r requirements.lock (line 1))", "argon2-cffi"),
        ("Requirement already satisfied: peewee==4.5.3 in ./x (from -r y)", "peewee"),
        ("Ignoring tzdata: markers 'sys_platform == \"win32\"' don't match", "tzdata"),
        (
            "Processing /media/usb/ast_serialize-0.13.1-cp39-abi3-linux.whl (from x)",
            "ast_serialize",
        ),
        ("Processing /media/usb/psycopg-binary-3.3.9-cp311-linux.whl", "psycopg-binary"),
        ("  Downloading argon2_cffi-25.1.0-py3-none-any.whl (14 kB)", None),
    ],
)
def test_pips_lines_tell_which_package_it_turns_to(line: str, name: str | None) -> None:
    assert environment.package_begun(line) == name


def test_only_pins_are_named_not_hashes_or_comments() -> None:
    lock = (
        "a==1 ; x == 'y' \\\n    --hash=sha256:00==\n    --hash=sha256:11\nb==2 \\\n    --hash=x\n"
    )
    assert environment.names_in(lock) == ["a", "b"]


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "磁盘满了"),
        (
            "WARNING: Retrying after connection broken\nERROR: No matching distribution found",
            "网络连不上",
        ),
        ("ERROR: No matching distribution found for lxml==6.1.3", "没有适合这种系统"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "和清单里记的不一样"),
        ("something new", "pip.log"),
    ],
)
def test_pips_failures_become_sentences(output: str, sentence: str) -> None:
    assert sentence in environment.explain_pip(output)


def test_apts_lines_count_up(capsys: pytest.CaptureFixture[str]) -> None:
    progress = telling.Progress("正在装", moving=False)
    system.read_apt(progress, "0 upgraded, 12 newly installed, 0 to remove and 5 not upgraded.\n")
    for number in range(12):
        system.read_apt(progress, f"Setting up libx{number}:amd64 (1.2-3) ...\n")
    assert progress.done == 12
    assert capsys.readouterr().out == "    正在装第 10 个，共 12 个：libx9\n"


def test_a_terminal_sees_one_line_that_is_taken_away(capsys: pytest.CaptureFixture[str]) -> None:
    progress = telling.Progress("正在装", 2, moving=True)
    progress.count("a")
    progress.count("b")
    progress.count("more than was promised")
    progress.end()
    said = capsys.readouterr().out
    assert "第 2 个，共 2 个：b" in said
    assert "\n" not in said
    assert said.endswith("\r\033[K")


def test_everything_a_command_prints_is_kept(house: Path) -> None:
    lines: list[str] = []
    code, output = telling.follow(
        (sys.executable, "-c", "print('一'); print('二'); raise SystemExit(3)"),
        "x.log",
        lines.append,
    )
    assert (code, output, lines) == (3, "一\n二\n", ["一\n", "二\n"])
    assert (house / ".run" / "x.log").read_text(encoding="utf-8") == output


# ---------------------------------------------------------------- the locks


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host_and_hashes_every_pin(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.findall(r"://|index-url|find-links|trusted-host", text)
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) == len(environment.names_in(text))
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_test_lock_holds_the_runtime_lock() -> None:
    runtime, test = (set(pins(ROOT / name)) for name in LOCKS)
    assert runtime < test


@pytest.mark.parametrize(
    ("source", "lock"), [("requirements.in", LOCKS[0]), ("requirements-dev.in", LOCKS[1])]
)
def test_everything_asked_for_stands_in_its_lock(source: str, lock: str) -> None:
    asked = {pin.lower().replace("[binary]", "") for pin in pins(ROOT / source)}
    assert asked
    assert asked <= set(pins(ROOT / lock))


def pins(path: Path) -> list[str]:
    return re.findall(r"^([\w.\[\]-]+==[\w.]+)", path.read_text(encoding="utf-8"), re.MULTILINE)


# ---------------------------------------------------------------- the shell script


@pytest.fixture
def shell(tmp_path: Path) -> Path:
    """A folder with a space in its name: `run`, a run.py that echoes, a PATH folder of its own."""
    folder = tmp_path / "共治 通"
    (folder / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "run", folder / "run")
    (folder / "run.py").write_text("import sys; print(sys.executable, *sys.argv[1:], sep='|')")
    for name in ("dirname", "id", "sh"):
        (folder / "bin" / name).symlink_to(shutil.which(name) or pytest.fail(f"no {name}"))
    return folder


def start(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    variables = {"PATH": str(folder / "bin"), "LC_ALL": "C.UTF-8"}
    command = [str(folder / "run"), *words]
    return subprocess.run(
        command, env=variables, cwd="/", capture_output=True, encoding="utf-8", check=False
    )


@pytest.mark.skipif(os.name == "nt", reason="the shell script is for Linux")
def test_the_script_passes_over_a_python_that_only_pretends(shell: Path) -> None:
    pretender = shell / "bin" / "python3"
    pretender.write_text("#!/bin/sh\nexit 127\n")
    pretender.chmod(0o755)
    (shell / "bin" / "python3.12").symlink_to(sys.executable)
    answer = start(shell, "import", "a b.xlsx", "*")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip().split("|")[1:] == ["import", "a b.xlsx", "*"]


@pytest.mark.skipif(os.name == "nt", reason="the shell script is for Linux")
def test_without_a_python_the_script_says_what_to_type(shell: Path) -> None:
    answer = start(shell)
    assert answer.returncode == 1
    assert "没有能用的 Python" in answer.stderr
    assert "apt-get install -y --no-install-recommends python3 python3-venv" in answer.stderr


@pytest.mark.skipif(os.name == "nt", reason="the shell script is for Linux")
def test_the_script_prefers_an_environment_that_is_finished(shell: Path) -> None:
    own = shell / ".venv" / "bin" / "python"
    own.parent.mkdir(parents=True)
    own.write_text(f'#!/bin/sh\necho own\nexec "{sys.executable}" "$@"\n')
    own.chmod(0o755)
    (shell / "bin" / "python3").symlink_to(sys.executable)
    assert "own" not in start(shell).stdout
    (shell / ".venv" / ".ok").touch()
    assert "own" in start(shell).stdout


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_everything_that_its_packages_ask_for(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    locked = {_plain_name(line.partition("==")[0]) for line in text.splitlines() if "==" in line}
    missing = {
        f"{name} → {need}"
        for name in locked
        for need in _needs_here(name)
        if _plain_name(need) not in locked
    }
    assert not missing


def _plain_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.partition("[")[0]).lower().strip()


def _needs_here(name: str) -> list[str]:
    """Give what an installed package asks for without any extra; nothing if it is not here."""
    try:
        asked = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    here = [one for one in asked if ";" not in one]
    return [re.match(r"[\w.-]+", one)[0] for one in here]  # type: ignore[index]  # a name is there
