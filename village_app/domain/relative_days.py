"""Days named from today: 明天, 上周五, 下个月3号, 3天前, 月底."""

from __future__ import annotations

import re
from datetime import date, timedelta

from village_app.domain.calendar import add_months
from village_app.domain.typed_date import Lean, TypedDate, choose, typed

_WEEKDAYS = {mark: index for index, mark in enumerate("一二三四五六日")} | {"天": 6, "末": 5}
_RELATIVE_DAYS = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0,
    "今晚": 0, "今早": 0, "当天": 0, "明天": 1, "明日": 1, "明晚": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_STEPS = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "": 0, "下": 1, "下下": 2}
_WEEK = re.compile(r"(上上|下下|上|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天末])")
_DAY_OF_MONTH = re.compile(r"(?:(上|下|本|这|当)个?月)?(\d{1,2})[日号]")
_MONTH_END = re.compile(r"(上|下|本|这)?个?月(?:底|末)")
_AGO = re.compile(r"(\d{1,3})个?(天|日|周|星期|月|年)(前|后|以前|以后|之前|之后)")


def read_relative(text: str, today: date, lean: Lean) -> TypedDate | None:
    """Read a day named from today; None where the text names none so."""
    if text in _RELATIVE_DAYS:
        return typed(today + timedelta(days=_RELATIVE_DAYS[text]))
    week = _WEEK.fullmatch(text)
    if week:
        return _day_of_week(week, today, lean)
    ago = _AGO.fullmatch(text)
    if ago:
        count = int(ago[1]) * (-1 if "前" in ago[3] else 1)
        return typed(_shifted(today, count, ago[2]))
    end = _MONTH_END.fullmatch(text)
    if end:
        return typed(_month_end(add_months(today.replace(day=1), _STEPS[end[1] or ""])))
    return _day_of_month(text, today, lean)


def _shifted(today: date, count: int, unit: str) -> date:
    if unit in "月年":
        return add_months(today, count * (12 if unit == "年" else 1))
    return today + timedelta(days=count * (1 if unit in "天日" else 7))


def _month_end(first: date) -> date:
    return add_months(first, 1) - timedelta(days=1)


def _day_of_week(week: re.Match[str], today: date, lean: Lean) -> TypedDate:
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(weeks=_STEPS[week[1] or ""], days=_WEEKDAYS[week[2]])
    if week[1]:
        return typed(day)
    if lean == "past" and day > today:
        day -= timedelta(weeks=1)
    if lean == "future" and day < today:
        day += timedelta(weeks=1)
    return typed(day, f"没有写哪一周，按 {day.isoformat()} 算")


def _day_of_month(text: str, today: date, lean: Lean) -> TypedDate | None:
    found = _DAY_OF_MONTH.fullmatch(text)
    if not found:
        return None
    if found[1]:
        month = add_months(today.replace(day=1), _STEPS[found[1]])
        return TypedDate(month.year, month.month, int(found[2]))
    candidates = [add_months(today.replace(day=1), shift) for shift in (-1, 0, 1)]
    days = [TypedDate(first.year, first.month, int(found[2])) for first in candidates]
    return choose(days, today, lean, "没有写月份")
