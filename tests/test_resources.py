"""The files that travel with the program are found wherever the program lies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from village_app import resources
from village_app.errors import EnvironmentProblem
from village_app.resources import resource, resource_folder


@pytest.fixture(autouse=True)
def _forget_the_folder() -> Iterator[None]:
    resource_folder.cache_clear()
    yield
    resource_folder.cache_clear()


def test_a_checkout_has_its_fonts() -> None:
    assert resource("fonts", "GSHei.ttf").read_bytes()[:4] == b"\0\1\0\0"


def test_a_folder_is_a_resource_too() -> None:
    assert resource("fonts", "licences").is_dir()


def test_an_installed_package_looks_beside_its_own_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "village_app" / "resource_files").mkdir(parents=True)
    (tmp_path / "village_app" / "resource_files" / "a.json").touch()
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "village_app")
    assert resource("a.json") == tmp_path / "village_app" / "resource_files" / "a.json"


def test_a_frozen_program_looks_where_it_was_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "a.json").touch()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("a.json") == tmp_path / "resources" / "a.json"


def test_what_is_not_there_is_said_in_a_sentence() -> None:
    with pytest.raises(EnvironmentProblem, match=r"少了 fonts/GSNobody\.ttf") as problem:
        resource("fonts", "GSNobody.ttf")
    assert problem.value.code == "missing_resource"
