"""The lunar day (农历) that stands beside a day on screen."""

from __future__ import annotations

from datetime import date

# borax knows 1900-01-31 to 2100-12-31.
_FIRST, _LAST = date(1900, 1, 31), date(2100, 12, 31)


def lunar_text(day: date) -> str:
    """Write the lunar month and day: 农历六月廿一, 农历闰六月初八; blank outside 1900 to 2100."""
    from borax.calendars.lunardate import LunarDate

    if not _FIRST <= day <= _LAST:
        return ""
    lunar = LunarDate.from_solar(day)
    leap = "闰" if lunar.leap else ""
    return f"农历{leap}{lunar.cn_month}月{lunar.cn_day}"


def solar_term(day: date) -> str:
    """Name the solar term (节气) that falls on a day; blank for none."""
    from borax.calendars.lunardate import LunarDate

    if not _FIRST <= day <= _LAST:
        return ""
    return str(LunarDate.from_solar(day).term or "")
