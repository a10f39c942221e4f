"""Public numbers: written by a pattern, read back however they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.numbering import (
    PublicNumber,
    check_pattern,
    read_number,
    write_number,
)
from village_app.domain.unreadable import Unreadable

NOTICE = "隔村公示〔{年}〕{序号}号"
ISSUE = "隔诉〔{年}〕{序号:4}号"
CASE = "（{年}）人调字第{序号:3}号"
PAYMENT = "付-{序号:3}"


@pytest.mark.parametrize(
    ("pattern", "number", "year", "written"),
    [
        (NOTICE, 12, 2026, "隔村公示〔2026〕12号"),
        (ISSUE, 12, 2026, "隔诉〔2026〕0012号"),
        (ISSUE, 12_345, 2026, "隔诉〔2026〕12345号"),
        (CASE, 1, 2026, "（2026）人调字第001号"),
        (PAYMENT, 8, None, "付-008"),
    ],
)
def test_numbers_are_written(pattern: str, number: int, year: int | None, written: str) -> None:
    check_pattern(pattern)
    assert write_number(pattern, number, year) == written
    assert read_number(pattern, written) == PublicNumber(number, year)


@pytest.mark.parametrize(
    "typed",
    [
        "隔村公示[2026]12号",
        "隔村公示（2026）12号",
        "隔村公示(2026)第12号",
        "隔村公示【２０２６】１２号",
        "隔村公示 〔2026〕 12 号",
        "隔村公示〔2026〕012号",
        "隔村公示〔2026〕12",
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str) -> None:
    assert read_number(NOTICE, typed) == PublicNumber(12, 2026)


@pytest.mark.parametrize("typed", ["隔村通知〔2026〕12号", "隔村公示〔26〕12号", "12", ""])
def test_numbers_of_another_series_are_not_read(typed: str) -> None:
    assert read_number(NOTICE, typed) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "隔村公示〔{年}〕号",
        "{序号}{序号}",
        "{年}{序号}",
        "隔1{序号}号",
        "{序号}1号",
        "{月}-{序号}",
        "{序号:0}号",
    ],
)
def test_patterns_that_could_be_misread_are_refused(pattern: str) -> None:
    with pytest.raises(Unreadable) as refused:
        check_pattern(pattern)
    assert refused.value.code == "bad_pattern"


def test_a_pattern_with_a_year_needs_one() -> None:
    with pytest.raises(ValueError, match="年份"):
        write_number(NOTICE, 12)


@given(st.integers(1, 999_999), st.integers(1990, 2100), st.sampled_from([NOTICE, ISSUE, CASE]))
def test_every_number_is_read_back(number: int, year: int, pattern: str) -> None:
    assert read_number(pattern, write_number(pattern, number, year)) == PublicNumber(number, year)
