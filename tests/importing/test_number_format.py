"""Number formats: which ones mean days and times, and what stored numbers then show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.importing.files.number_format import (
    NumberFormat,
    built_in_format,
    number_format,
    shown,
)

MEANINGS = (
    ("General", "number"),
    ("G/通用格式", "number"),
    ("0", "number"),
    ("0.00E+00", "number"),
    ("@", "number"),
    ("#,##0.00_);[Red]\\(#,##0.00\\)", "number"),
    ('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "number"),
    ('0"岁"', "number"),
    ("[$€-2]\\ #,##0.00", "number"),
    ('[DBNum1][$-804]General"天"', "number"),
    ("yyyy/m/d;@", "day"),
    ('yyyy"年"m"月"d"日"', "day"),
    ('[DBNum1][$-804]yyyy"年"m"月"d"日"', "day"),
    ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "day"),
    ("mmm-yy", "day"),
    ("m", "day"),
    ("aaaa", "day"),
    ("ggge.m.d", "day"),
    ("h:mm", "time"),
    ("mm:ss", "time"),
    ("mm:ss.0", "time"),
    ('上午/下午h"时"mm"分";@', "time"),
    ("h:mm AM/PM", "time"),
    ("yyyy-mm-dd hh:mm:ss.000", "moment"),
    ("m/d/yy h:mm", "moment"),
    ("[h]:mm:ss", "duration"),
    ("[mm]:ss", "duration"),
    ("000000", "padded"),
)


@pytest.mark.parametrize(("code", "meaning"), MEANINGS)
def test_the_meaning_of_a_format(code: str, meaning: str) -> None:
    assert number_format(code).meaning == meaning


@pytest.mark.parametrize("number", [14, 27, 31, 36, 57, 58])
def test_built_in_days_include_the_chinese_ones(number: int) -> None:
    assert number_format(built_in_format(number)).meaning == "day"


@pytest.mark.parametrize(
    ("number", "meaning"),
    [
        (0, "number"),
        (4, "number"),
        (49, "number"),
        (20, "time"),
        (22, "moment"),
        (33, "time"),
        (46, "duration"),
    ],
)
def test_other_built_in_formats(number: int, meaning: str) -> None:
    assert number_format(built_in_format(number)).meaning == meaning


MOMENT = NumberFormat("moment")


@pytest.mark.parametrize(
    ("serial", "text"),
    [
        ("41224.99999", "2012-11-11 23:59:59"),
        ("41224.999999", "2012-11-11 23:59:59"),
        ("44927.000005787", "2023-01-01 00:00:00"),
        ("44927.0000115", "2023-01-01 00:00:01"),
        ("45292.520833333333", "2024-01-01 12:30:00"),
        ("59.5", "1900-02-28 12:00:00"),
        ("61", "1900-03-01 00:00:00"),
    ],
)
def test_seconds_are_rounded_but_never_into_the_next_minute(serial: str, text: str) -> None:
    assert shown(serial, MOMENT, date_1904=False) == ("date", text)


@given(st.integers(min_value=61, max_value=2_958_465), st.integers(0, 86_399))
def test_whole_seconds_come_out_as_they_went_in(day: int, second: int) -> None:
    """With the fifteen digits that spreadsheets store."""
    read = shown(f"{day + second / 86_400:.15g}", MOMENT, date_1904=False)
    assert read is not None
    clock = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
    assert read[1].endswith(clock)
    assert read[1][:10] == shown(str(day), NumberFormat("day"), date_1904=False)[1]  # type: ignore[index]  # a day in range is always shown


def test_numbers_that_are_no_days_stay_numbers() -> None:
    for text in ("-1", "2958466", "abc", "nan", "inf", ""):
        assert shown(text, NumberFormat("day"), date_1904=False) is None
