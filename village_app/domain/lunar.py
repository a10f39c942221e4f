"""The farmers' calendar in words: lunar dates, lunar birthdays, solar terms (1900 to 2100)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from village_app.domain.calendar import show_day
from village_app.domain.numerals import to_chinese

FIRST_YEAR = 1900
LAST_YEAR = 2100

_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day of the lunar year: month 1 to 12, day 1 to 30, and whether the month is a leap one."""

    month: int
    day: int
    is_leap: bool = False

    def words(self) -> str:
        """Write the day as it is said: 九月初九, 闰六月十五, 腊月廿八."""
        return f"{'闰' if self.is_leap else ''}{_MONTHS[self.month - 1]}月{_day_words(self.day)}"


def _day_words(day: int) -> str:
    if day <= 10:
        return f"初{to_chinese(day)}"
    if day < 20:
        return to_chinese(day)
    if day in (20, 30):
        return f"{to_chinese(day // 10)}十"
    return f"廿{to_chinese(day - 20)}"


def lunar_day(day: date) -> LunarDay | None:
    """Give the lunar day of a solar one; None outside the years that the tables cover."""
    from borax.calendars.lunardate import LunarDate

    if not FIRST_YEAR < day.year <= LAST_YEAR:
        return None
    lunar = LunarDate.from_solar(day)
    return LunarDay(lunar.month, lunar.day, bool(lunar.leap))


def lunar_words(day: date) -> str:
    """Write a day's lunar date: 农历九月初九; blank outside the tables."""
    lunar = lunar_day(day)
    return f"农历{lunar.words()}" if lunar else ""


def show_both(day: date) -> str:
    """Write a day with its lunar date: 2026年10月18日（农历九月初九）."""
    words = lunar_words(day)
    return f"{show_day(day)}（{words}）" if words else show_day(day)


def solar_day(lunar: LunarDay, year: int) -> date | None:
    """Give the solar day of a lunar one in the lunar year that begins in `year`.

    A leap month that the year does not have falls on the plain month, and a thirtieth that the
    month does not have on its last day, as birthdays are kept. None outside the tables.
    """
    if not FIRST_YEAR <= year < LAST_YEAR:
        return None
    for is_leap in dict.fromkeys((lunar.is_leap, False)):
        for day in (lunar.day, lunar.day - 1):
            found = _to_solar(year, lunar.month, day, is_leap=is_leap)
            if found is not None:
                return found
    return None


def _to_solar(year: int, month: int, day: int, *, is_leap: bool) -> date | None:
    from borax.calendars.lunardate import InvalidLunarDateError, LunarDate

    try:
        solar: date = LunarDate(year, month, day, int(is_leap)).to_solar_date()
    except InvalidLunarDateError:
        return None
    return solar


def next_lunar_birthday(lunar: LunarDay, today: date) -> date | None:
    """Give the first such lunar day that is not before today; None outside the tables."""
    days = (solar_day(lunar, year) for year in (today.year - 1, today.year, today.year + 1))
    return min((day for day in days if day is not None and day >= today), default=None)


def solar_term(day: date) -> tuple[str, int] | None:
    """Give the solar term (节气) that a day lies in and the days since it began (0 on its day)."""
    from borax.calendars.lunardate import TERMS_CN, TermUtils

    if not FIRST_YEAR < day.year <= LAST_YEAR:
        return None
    for back in range(17):
        earlier = day - timedelta(days=back)
        days = TermUtils.parse_term_days(earlier.year)
        for half in (0, 1):
            index = 2 * (earlier.month - 1) + half
            if days[index] == earlier.day:
                return TERMS_CN[index], back
    return None


def term_words(day: date) -> str:
    """Say where a day stands between the solar terms: 小雪, 小雪后第二天; blank outside."""
    found = solar_term(day)
    if found is None:
        return ""
    term, since = found
    return term if since == 0 else f"{term}后第{to_chinese(since)}天"
