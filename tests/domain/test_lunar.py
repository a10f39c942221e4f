"""The lunar day beside a day."""

from __future__ import annotations

from datetime import date

import pytest

from village_app.domain.lunar import lunar_text, solar_term


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 8, 3), "农历六月廿一"),
        (date(2026, 11, 24), "农历十月十六"),
        (date(2026, 2, 17), "农历正月初一"),
        (date(2025, 8, 1), "农历闰六月初八"),
        (date(1890, 1, 1), ""),
        (date(2150, 1, 1), ""),
    ],
)
def test_writes_the_lunar_month_and_day(day: date, text: str) -> None:
    assert lunar_text(day) == text


def test_names_the_solar_term_of_its_day_only() -> None:
    assert solar_term(date(2026, 11, 22)) == "小雪"
    assert solar_term(date(2026, 11, 24)) == ""
    assert solar_term(date(2150, 1, 1)) == ""
