"""Days as people type them, seen from Tuesday 2026-11-24."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.calendar import show_day
from village_app.domain.numerals import to_chinese
from village_app.domain.typed_date import Lean, TypedDate
from village_app.domain.typed_dates import read_date, read_full_date
from village_app.domain.typed_moments import read_moment, show_moment
from village_app.domain.unreadable import Unreadable

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 1, 12, 0, 40, tzinfo=UTC)  # 08:40 in the village


def read(text: str, lean: Lean = "near") -> TypedDate:
    found = read_date(text, TODAY, lean)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-08-03", "2026-08-03"),
        ("2026/8/3", "2026-08-03"),
        ("2026.8.3", "2026-08-03"),
        ("2026．8．3", "2026-08-03"),
        ("２０２６－８－３", "2026-08-03"),
        ("2026年8月3日", "2026-08-03"),
        ("2026年8月3号", "2026-08-03"),
        ("2026 年 8 月 3 日", "2026-08-03"),
        ("二〇二六年八月三日", "2026-08-03"),
        ("1985年六月三十日", "1985-06-30"),
        ("20260803", "2026-08-03"),
        ("8.3", "2026-08-03"),
        ("8月3日", "2026-08-03"),
        ("8/3", "2026-08-03"),
        ("八月三号", "2026-08-03"),
        ("1988.3.5", "1988-03-05"),
        ("1985-6-30 00:00:00", "1985-06-30"),
        ("1985-06-30T10:20", "1985-06-30"),
        ("2026年8月3日（星期一）", "2026-08-03"),
        ("6/30/1985", "1985-06-30"),
        ("30/6/1985", "1985-06-30"),
        ("今天", "2026-11-24"),
        ("明天", "2026-11-25"),
        ("昨晚", "2026-11-23"),
        ("大后天", "2026-11-27"),
        ("上周五", "2026-11-20"),
        ("本周日", "2026-11-29"),
        ("下周三", "2026-12-02"),
        ("上上星期一", "2026-11-09"),
        ("下个月3号", "2026-12-03"),
        ("上月底", "2026-10-31"),
        ("月底", "2026-11-30"),
        ("年底", "2026-12-31"),
        ("去年8月3日", "2025-08-03"),
        ("明年1月1日", "2027-01-01"),
        ("今年底", "2026-12-31"),
        ("3天前", "2026-11-21"),
        ("两周后", "2026-12-08"),
        ("一个月后", "2026-12-24"),
    ],
)
def test_plain_days_are_read_without_a_doubt(text: str, day: str) -> None:
    found = read(text)
    assert found.value == date.fromisoformat(day)
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("text", "lean", "day"),
    [
        ("1.5", "near", "2027-01-05"),
        ("1.5", "past", "2026-01-05"),
        ("12.31", "near", "2026-12-31"),
        ("12.31", "past", "2025-12-31"),
        ("3.5", "future", "2027-03-05"),
        ("3号", "near", "2026-12-03"),
        ("3号", "past", "2026-11-03"),
        ("23号", "future", "2026-12-23"),
        ("周五", "near", "2026-11-27"),
        ("周五", "past", "2026-11-20"),
        ("周一", "future", "2026-11-30"),
        ("29号", "past", "2026-10-29"),
    ],
)
def test_what_is_missing_is_taken_from_where_the_field_leans(
    text: str, lean: Lean, day: str
) -> None:
    assert read(text, lean).value == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "parts", "doubt"),
    [
        ("88年3月", (1988, 3, None), "1988"),
        ("85.6.30", (1985, 6, 30), "1985"),
        ("850630", (1985, 6, 30), "1985"),
        ("85.6", (1985, 6, None), "1985"),
        ("12年3月5日", (2012, 3, 5), "2012"),
        ("1985.1", (1985, 1, None), "10 月"),
        ("3/4/1985", (1985, 3, 4), "4 月 3 日"),
        ("200108", (2001, 8, None), "2020"),
        ("1.5", (2027, 1, 5), "没有写年份"),
        ("3号", (2026, 12, 3), "没有写月份"),
        ("周五", (2026, 11, 27), "没有写哪一周"),
    ],
)
def test_what_could_mean_something_else_is_said(
    text: str, parts: tuple[int, int | None, int | None], doubt: str
) -> None:
    found = read(text)
    assert (found.year, found.month, found.day) == parts
    assert doubt in found.doubts[0]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1985.06", (1985, 6, None)),
        ("1985/6", (1985, 6, None)),
        ("1985年6月", (1985, 6, None)),
        ("1985年6月份", (1985, 6, None)),
        ("198506", (1985, 6, None)),
        ("1985", (1985, None, None)),
        ("1985年", (1985, None, None)),
        ("8月", (2026, 8, None)),
    ],
)
def test_a_month_or_year_stays_one(text: str, parts: tuple[int, int | None, int | None]) -> None:
    found = read(text)
    assert (found.year, found.month, found.day) == parts
    assert found.value is None
    with pytest.raises(Unreadable) as refused:
        read_full_date(text, TODAY)
    assert refused.value.code == "day_missing"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-02-30", "no_such_day"),
        ("2.30", "no_such_day"),
        ("2026-05-0", "no_such_day"),
        ("2026-0", "no_such_day"),
        ("13.13", "no_day"),
        ("2026年13月1日", "no_such_day"),
        ("0年1月1日", "no_day"),
        ("40岁", "age"),
        ("农历八月初三", "lunar"),
        ("八月初三", "lunar"),
        ("31228", "no_day"),
        ("张三", "no_day"),
        ("99999999", "no_such_day"),
        ("00000000", "no_such_day"),
        ("9999年后", "no_day"),
    ],
)
def test_what_is_no_day_is_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_date(text, TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["", " ", "-", "—", "无", "不详"])
def test_blanks_are_no_day(text: str) -> None:
    assert read_date(text, TODAY) is None


def chinese_year(day: date) -> str:
    return "".join(to_chinese(int(digit)) for digit in str(day.year))


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_written_form_of_a_day_is_read_back(day: date) -> None:
    forms = [
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        show_day(day),
        f"{chinese_year(day)}年{to_chinese(day.month)}月{to_chinese(day.day)}日",
    ]
    for form in forms:
        assert read(form) == TypedDate(day.year, day.month, day.day)


@given(st.text("0123456789年月日号.-/周上下个前后天 一二十", max_size=12))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        found = read_date(text, TODAY)
    except Unreadable as error:
        sentence = error.message
    else:
        sentence = f"{found}。"
    assert sentence.endswith("。")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("8:40", "2026-01-12 08:40"),
        ("8：40", "2026-01-12 08:40"),
        ("8点40分", "2026-01-12 08:40"),
        ("八点半", "2026-01-12 08:30"),
        ("下午3点", "2026-01-12 15:00"),
        ("晚上十一点三刻", "2026-01-12 23:45"),
        ("中午12点", "2026-01-12 12:00"),
        ("昨天下午3点半", "2026-01-11 15:30"),
        ("昨晚9点半", "2026-01-11 21:30"),
        ("明早8点", "2026-01-13 08:00"),
        ("2026-01-10 08:40", "2026-01-10 08:40"),
        ("2026年1月10日 8:40:30", "2026-01-10 08:40"),
        ("1.10 8:40", "2026-01-10 08:40"),
        ("2026-01-10T08:40", "2026-01-10 08:40"),
        ("2026-01-10T00:40:00Z", "2026-01-10 08:40"),
        ("2026-01-10 08:40+08:00", "2026-01-10 08:40"),
    ],
)
def test_moments_are_read_in_village_time(text: str, shown: str) -> None:
    moment = read_moment(text, NOW)
    assert moment is not None
    assert moment.tzinfo is UTC
    assert show_moment(moment) == shown


@pytest.mark.parametrize(
    ("text", "code"),
    [("2026-01-10", "no_time"), ("25:00", "no_such_time"), ("2.30 8:40", "no_such_day")],
)
def test_moments_that_cannot_be_are_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_moment(text, NOW)
    assert refused.value.code == code
