"""The table of tried cases (docs/cases.md) says what the tests do, and no more."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "docs" / "cases.md"
# How many cases the catalogue has in each of the chapters written here.
CHAPTERS = {"A": 24, "B": 15, "C": 13, "D": 16, "E": 18, "H": 14, "I": 18, "J": 16, "K": 14, "L": 6}
UNTRIED = ("要 ", "不适用")
_ROW = re.compile(r"^\| ([A-L]\d\d) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
_NAMED = re.compile(r"^\s*def test_((?:[a-l]\d\d_)+)", re.MULTILINE)


@cache
def rows() -> tuple[tuple[str, str, str, str], ...]:
    return tuple(_ROW.findall(TABLE.read_text(encoding="utf-8")))


@cache
def numbers_in(file: Path) -> frozenset[str]:
    """Give the numbers that the names of a file's tests bear."""
    found = _NAMED.findall(file.read_text(encoding="utf-8"))
    return frozenset(number.upper() for name in found for number in name.split("_") if number)


def paths_in(where: str) -> list[Path]:
    return [ROOT / name for name in re.findall(r"`([^`]+)`", where)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_every_row_names_tests_with_its_number_or_says_why_there_are_none(
    row: tuple[str, str, str, str],
) -> None:
    number, what, where, result = row
    assert what.strip()
    assert result.strip()
    if where.startswith(UNTRIED):
        assert all(path.is_file() for path in paths_in(where)), where
        assert where.startswith("不适用") or paths_in(where), f"{number}: where is the code?"
        return
    assert paths_in(where), where
    for path in paths_in(where):
        assert path.is_relative_to(ROOT / "tests"), path
        assert path.is_file(), path
        assert number in numbers_in(path), f"no test of {path.name} bears {number}"


def test_no_case_is_left_out_or_stands_twice() -> None:
    numbers = [row[0] for row in rows()]
    assert sorted(set(numbers)) == sorted(numbers)
    wanted = {f"{letter}{n:02}" for letter, last in CHAPTERS.items() for n in range(1, last + 1)}
    assert wanted <= set(numbers)


def test_every_number_that_a_test_bears_stands_in_the_table() -> None:
    listed = {row[0] for row in rows()}
    written = {number[0] for number in listed}
    borne = {number for path in (ROOT / "tests").rglob("test_*.py") for number in numbers_in(path)}
    assert {number for number in borne if number[0] in written} <= listed
