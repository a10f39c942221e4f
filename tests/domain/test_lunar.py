"""Lunar dates and solar terms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.lunar import (
    LunarDay,
    lunar_day,
    lunar_words,
    next_lunar_birthday,
    show_both,
    solar_day,
    solar_term,
    term_words,
)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-02-17", "农历正月初一"),
        ("2026-03-03", "农历正月十五"),
        ("2026-06-19", "农历五月初五"),
        ("2026-08-26", "农历七月十四"),
        ("2026-09-25", "农历八月十五"),
        ("2026-10-18", "农历九月初九"),
        ("2027-02-06", "农历正月初一"),
        ("2027-02-20", "农历正月十五"),
        ("2027-06-09", "农历五月初五"),
        ("2027-08-15", "农历七月十四"),
        ("2027-09-15", "农历八月十五"),
        ("2027-10-08", "农历九月初九"),
        ("2025-07-25", "农历闰六月初一"),
        ("2026-02-15", "农历腊月廿八"),
        ("2026-02-07", "农历腊月二十"),
        ("2101-01-01", ""),
        ("1899-01-01", ""),
    ],
)
def test_lunar_dates_in_words(day: str, words: str) -> None:
    assert lunar_words(date.fromisoformat(day)) == words


def test_posters_show_both_dates() -> None:
    assert show_both(date(2026, 10, 18)) == "2026年10月18日（农历九月初九）"
    assert show_both(date(2150, 1, 1)) == "2150年1月1日"


def test_a_leap_birthday_falls_on_the_plain_month_in_other_years() -> None:
    born = LunarDay(6, 1, is_leap=True)
    assert solar_day(born, 2025) == date(2025, 7, 25)
    assert solar_day(born, 2026) == solar_day(LunarDay(6, 1), 2026)


def test_a_thirtieth_falls_on_the_last_day_of_a_short_month() -> None:
    days = [date(2026, 2, 17) + timedelta(days=n) for n in range(355)]
    lunar = [found for found in map(lunar_day, days) if found is not None]
    short = next(n for n, found in enumerate(lunar) if found.day == 29 and lunar[n + 1].day == 1)
    assert solar_day(LunarDay(lunar[short].month, 30), 2026) == days[short]


def test_the_next_birthday_may_be_in_this_or_the_next_year() -> None:
    double_ninth = LunarDay(9, 9)
    assert next_lunar_birthday(double_ninth, date(2026, 10, 18)) == date(2026, 10, 18)
    assert next_lunar_birthday(double_ninth, date(2026, 10, 19)) == date(2027, 10, 8)
    assert next_lunar_birthday(LunarDay(12, 28), date(2026, 1, 5)) == date(2026, 2, 15)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-22", "小雪"),
        ("2026-11-24", "小雪后第二天"),
        ("2026-01-01", "冬至后第十一天"),
        ("2026-04-05", "清明"),
        ("2200-01-01", ""),
    ],
)
def test_solar_terms(day: str, words: str) -> None:
    assert term_words(date.fromisoformat(day)) == words


@given(st.dates(date(1902, 1, 1), date(2099, 1, 1)))
def test_lunar_days_lead_back_to_the_solar_day(day: date) -> None:
    lunar = lunar_day(day)
    assert lunar is not None
    assert day in (solar_day(lunar, day.year), solar_day(lunar, day.year - 1))
    term = solar_term(day)
    assert term is not None
    assert 0 <= term[1] <= 16
