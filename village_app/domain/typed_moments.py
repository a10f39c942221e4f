"""Moments as people type them: 2026-01-12 08:40, 8:40, 昨天下午3点半; village time, kept in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time

from village_app.domain.calendar import CHINA
from village_app.domain.numerals import from_chinese
from village_app.domain.texts import fold_width, remove_invisible
from village_app.domain.typed_dates import read_full_date
from village_app.domain.unreadable import Unreadable

_TIME = re.compile(
    r"(?P<half>凌晨|早上|早|上午|中午|下午|傍晚|晚上|晚)?"
    r"(?:(?P<hour>\d{1,2})[:点时](?:(?P<minute>\d{1,2})分?|(?P<part>半|[一三]刻|整)?)"
    r"(?::(?P<second>\d{1,2})(?:\.\d+)?)?)$"
)
_HOUR_IN_WORDS = re.compile(r"[零〇一二三四五六七八九十两]+(?=[点时分])")
_PARTS = {"半": 30, "一刻": 15, "三刻": 45}
_SHORT_DAYS = {"昨": "昨天", "今": "今天", "明": "明天"}  # 昨晚9点: the 晚 belongs to the hour
_AFTERNOON = {"下午", "傍晚", "晚上", "晚"}


def read_moment(raw: str, now: datetime) -> datetime | None:
    """Read a typed moment as aware UTC; None for blank.

    A time alone means the day of `now`; a day alone is refused, since a record of a moment needs
    its time. `now` is aware.
    """
    text = fold_width(remove_invisible(raw)).strip()
    if not text:
        return None
    iso = _read_iso(text)
    if iso is not None:
        return iso
    words = _HOUR_IN_WORDS.sub(lambda found: str(from_chinese(found[0])), text)
    found = _TIME.search(words)
    if not found:
        raise Unreadable("no_time", f"“{text}”里没有几点几分，请写成 2026-01-12 08:40。")
    today = now.astimezone(CHINA).date()
    before = re.sub(r"[T\s,，]+$", "", words[: found.start()])
    written = _SHORT_DAYS.get(before, before)
    day = read_full_date(written, today, "near") if written else today
    moment = datetime.combine(day or today, _time_of(found, text), CHINA)
    return moment.astimezone(UTC)


def _read_iso(text: str) -> datetime | None:
    if not re.search(r"\d(Z|[+-]\d{2}:\d{2})$", text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return None


def _time_of(found: re.Match[str], text: str) -> time:
    hour = int(found["hour"])
    minute = int(found["minute"] or _PARTS.get(found["part"] or "", 0))
    if found["half"] in _AFTERNOON and hour < 12:
        hour += 12
    if found["half"] == "中午" and hour < 3:
        hour += 12
    try:
        return time(hour, minute, int(found["second"] or 0))
    except ValueError as error:
        raise Unreadable("no_such_time", f"“{text}”这个时间不存在，请核对。") from error


def show_moment(moment: datetime) -> str:
    """Write a moment in village time as the screen shows it: 2026-01-12 08:40."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
