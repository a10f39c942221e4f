"""Working days, limits, months and posting periods, against the State Council's tables."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.calendar import (
    DueDay,
    Holiday,
    Limit,
    Term,
    WorkCalendar,
    add_months,
    holidays_from_plain,
    posting_period,
    shipped_calendar,
    show_day,
    weekday_word,
)

VECTORS = Path(__file__).parents[2].parent / "shared/corpus/vectors/workdays.csv"
CALENDAR = shipped_calendar()
known_days = st.dates(date(2010, 1, 1), date(2025, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-09-30", 5, "2026-10-13"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-13", 10, "2026-03-05"),
        ("2026-04-30", 3, "2026-05-08"),
        ("2026-09-18", 1, "2026-09-20"),
        ("2026-12-28", 3, "2026-12-31"),
        ("2026-01-12", 3, "2026-01-15"),
        ("2026-01-12", 0, "2026-01-12"),
    ],
)
def test_working_days_do_not_count_the_start_day(start: str, count: int, end: str) -> None:
    assert CALENDAR.add_work_days(day(start), count) == DueDay(day(end))


def test_a_year_without_a_table_makes_the_answer_estimated() -> None:
    assert CALENDAR.add_work_days(day("2026-12-28"), 4).estimated
    assert CALENDAR.next_work_day(day("2027-01-02")).estimated


def test_data_for_the_year_takes_the_estimate_away() -> None:
    plain = {
        "year": 2027,
        "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}],
    }
    calendar = CALENDAR.with_days(holidays_from_plain(plain), [2027])
    assert calendar.add_work_days(day("2026-12-28"), 4) == DueDay(day("2027-01-04"))
    assert calendar.holiday_name(day("2027-01-01")) == "元旦"


def test_the_village_may_add_a_day_off() -> None:
    calendar = CALENDAR.with_days([Holiday(day("2026-07-01"), is_off=True, name="台风停工")])
    assert calendar.add_work_days(day("2026-06-30"), 1).day == day("2026-07-02")
    assert calendar.holiday_name(day("2026-07-01")) == "台风停工"
    assert calendar.knows(day("2026-01-01"), day("2026-12-31"))


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="负"):
        CALENDAR.add_work_days(day("2026-01-12"), -1)


@given(known_days, st.integers(0, 60))
def test_counting_back_gives_the_same_number(start: date, count: int) -> None:
    due = CALENDAR.add_work_days(start, count)
    assert CALENDAR.work_days_between(start, due.day) == count
    assert CALENDAR.work_days_between(due.day, start) == -count
    assert count == 0 or CALENDAR.is_work_day(due.day)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-04-28", 24, "2028-04-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-31", -2, "2025-11-30"),
        ("2026-11-30", 0, "2026-11-30"),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


@pytest.mark.parametrize(
    ("term", "first_counts", "moves", "start", "end"),
    [
        (Term(10, "calendar_day"), False, False, "2026-09-23", "2026-10-03"),
        (Term(10, "calendar_day"), False, True, "2026-09-23", "2026-10-08"),
        (Term(7, "calendar_day"), True, False, "2026-03-13", "2026-03-19"),
        (Term(1, "month"), False, False, "2026-01-31", "2026-02-28"),
        (Term(1, "month"), True, False, "2026-03-01", "2026-03-31"),
        (Term(3, "work_day"), False, False, "2026-01-12", "2026-01-15"),
        (Term(3, "work_day"), True, False, "2026-01-12", "2026-01-14"),
        (Term(3, "work_day"), True, False, "2026-01-10", "2026-01-14"),
    ],
)
def test_limits(term: Term, first_counts: bool, moves: bool, start: str, end: str) -> None:
    limit = Limit(term, counts_first_day=first_counts, moves_off_holidays=moves)
    assert limit.due_day(day(start), CALENDAR) == DueDay(day(end))


def test_hours_run_straight_on_and_days_end_at_midnight_in_the_village() -> None:
    start = datetime(2026, 9, 30, 0, 40, tzinfo=UTC)  # 08:40 in the village
    two_hours = Limit(Term(2, "hour")).due_moment(start, CALENDAR)
    assert two_hours.moment == start + timedelta(hours=2)
    five_days = Limit(Term(5, "work_day")).due_moment(start, CALENDAR)
    assert five_days.moment == datetime(2026, 10, 13, 15, 59, 59, tzinfo=UTC)
    assert five_days.day == day("2026-10-13")


def test_a_limit_in_hours_has_no_due_day() -> None:
    with pytest.raises(ValueError, match="小时"):
        Limit(Term(2, "hour")).due_day(day("2026-01-12"), CALENDAR)


@pytest.mark.parametrize(
    ("posted", "term", "counts", "text"),
    [
        (
            "2026-03-13",
            Term(7, "calendar_day"),
            True,
            "2026年3月13日至2026年3月19日（共7日）",
        ),
        (
            "2026-05-06",
            Term(10, "calendar_day"),
            True,
            "2026年5月6日至2026年5月15日（共10日）",
        ),
        (
            "2026-04-28",
            Term(7, "work_day"),
            False,
            "2026年4月29日至2026年5月11日（共7个工作日）",
        ),
        (
            "2026-04-28",
            Term(7, "work_day"),
            True,
            "2026年4月28日至2026年5月9日（共7个工作日）",
        ),
        (
            "2026-12-30",
            Term(5, "work_day"),
            True,
            "2026年12月30日至2027年1月5日（共5个工作日，暂估）",
        ),
    ],
)
def test_posting_periods(posted: str, term: Term, counts: bool, text: str) -> None:
    period = posting_period(day(posted), term, CALENDAR, counts_posting_day=counts)
    assert period.show() == text


def test_days_left_count_today_and_end_at_nought() -> None:
    period = posting_period(
        day("2026-03-13"), Term(7, "calendar_day"), CALENDAR, counts_posting_day=True
    )
    assert period.days_left(day("2026-03-12")) == 7
    assert period.days_left(day("2026-03-13")) == 7
    assert period.days_left(day("2026-03-19")) == 1
    assert period.days_left(day("2026-03-20")) == 0


def test_terms_and_days_are_written_for_paper() -> None:
    assert [Term(72, "hour").show(), Term(3, "work_day").show()] == ["72小时", "3个工作日"]
    assert [Term(60, "calendar_day").show(), Term(1, "month").show()] == ["60日", "1个月"]
    assert show_day(day("2026-03-02")) == "2026年3月2日"
    assert weekday_word(day("2026-11-24")) == "星期二"


def test_an_empty_calendar_knows_no_year_and_rests_on_weekends() -> None:
    calendar = WorkCalendar()
    assert not calendar.is_work_day(day("2026-11-22"))
    assert calendar.add_work_days(day("2026-11-20"), 1) == DueDay(day("2026-11-23"), True)


@pytest.mark.skipif(not VECTORS.exists(), reason="the corpus of foreign files is not here")
def test_every_day_since_2010_agrees_with_the_foreign_table() -> None:
    with VECTORS.open(encoding="utf-8") as lines:
        foreign = {day(line["date"]): line["休/班"] == "班" for line in csv.DictReader(lines)}
    first = day("2010-01-01")
    days = [first + timedelta(days=n) for n in range((day("2026-12-31") - first).days + 1)]
    wrong = [d for d in days if CALENDAR.is_work_day(d) != foreign.get(d, d.weekday() < 5)]
    assert wrong == []
