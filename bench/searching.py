"""What a keystroke in the search box costs where a hundred thousand records of all kinds stand."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.issues import matter
from bench.register import MOST_SECONDS, ROUNDS, many_people
from bench.registry import Measured, alternate_figures, ratio
from village_app.db.records.issues import Issue
from village_app.db.records.meetings import Meeting
from village_app.db.records.notices import Notice
from village_app.db.records.projects import Project
from village_app.village import Village

MATTERS, MEETINGS, PROJECTS, PAPERS = 40_000, 6_000, 2_000, 12_000
# A name, initials, the tail of a number, words of matters, of papers, of nothing.
SOUGHT = ("国标", "wgb", "1234", "路灯", "支出公示", "没有这样的事")


@contextmanager
def many_records() -> Iterator[Village]:
    """Give a village of a hundred thousand people and sixty thousand other records."""
    start = datetime(2020, 1, 1, tzinfo=UTC)
    with many_people() as village:
        body = village.bodies.listed()[0].id
        with village.change("量", kind="bulk") as change:
            change.insert_rows(Issue, (matter(number, start) for number in range(MATTERS)))
            change.insert_rows(
                Meeting, (_meeting(number, start, body) for number in range(MEETINGS))
            )
            change.insert_rows(Project, (_project(number) for number in range(PROJECTS)))
            change.insert_rows(Notice, (_paper(number, start) for number in range(PAPERS)))
        yield village


def _meeting(number: int, start: datetime, body: int) -> dict[str, Any]:
    at = start + timedelta(hours=9 * number)
    return {
        "name": f"第{number + 1}次村民代表会议",
        "body_id": body,
        "day": at.date(),
        "at": at,
        "place": "党群服务中心二楼",
        "state": "final",
    }


def _project(number: int) -> dict[str, Any]:
    return {
        "name": f"{number % 6 + 1}组村道路灯改造工程（第{number + 1}段）",
        "number": f"量项〔2026〕{number + 1:04}号",
        "place": f"村前塘{number}号",
        "budget": 100 * number,
    }


def _paper(number: int, start: datetime) -> dict[str, Any]:
    day: date = (start + timedelta(hours=4 * number)).date()
    return {
        "heading": f"隔坑村{day.year}年{day.month}月财务支出公示（{number}）",
        "kind": "notice",
        "number": f"量公示〔{day.year}〕{number + 1:05}号",
        "state": "archived",
        "policy": "money",
        "paper": "财务收支" * 500,
    }


@ratio("search-box")
def keystroke_within() -> Measured:
    """十六万 条各类记录里在搜索框按一个键，六种找法里最慢的一种，对照 0.05 秒."""

    def slowest(village: Village) -> float:
        taken = []
        for words in SOUGHT:
            begin = time.perf_counter()
            village.search.find(words)
            taken.append(time.perf_counter() - begin)
        return max(taken)

    with many_records() as village:
        return alternate_figures(lambda: slowest(village), lambda: MOST_SECONDS, rounds=ROUNDS)
