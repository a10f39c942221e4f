"""The numbered steps of a first start, and what they say."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import run
from first_start import environment, system, telling
from first_start.words import Plan, plan_for
from tests.first_start.conftest import finish_venv, pip_that


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
