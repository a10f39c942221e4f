"""The locked libraries, and the script that finds a Python."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from first_start import environment

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


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
