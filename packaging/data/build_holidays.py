"""Write resources/calendar/holidays-YYYY.json for the years whose notices are known.

2026 is written out from the State Council's notice; earlier years come from chinesecalendar
(MIT), which transcribes the notices of each year. Run again when a new year's notice is out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

FOLDER = Path(__file__).resolve().parents[2] / "resources/calendar"
FIRST_YEAR = 2010
LIBRARY = "chinesecalendar 1.11.0（MIT），据国务院办公厅历年关于部分节假日安排的通知"
NOTICE_2026 = (
    "国务院办公厅关于2026年部分节假日安排的通知（2025年11月），"
    "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"
)
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
OFF_2026 = (
    ("元旦", "2026-01-01", "2026-01-03"),
    ("春节", "2026-02-15", "2026-02-23"),
    ("清明节", "2026-04-04", "2026-04-06"),
    ("劳动节", "2026-05-01", "2026-05-05"),
    ("端午节", "2026-06-19", "2026-06-21"),
    ("中秋节", "2026-09-25", "2026-09-27"),
    ("国庆节", "2026-10-01", "2026-10-07"),
)
WORKED_2026 = (
    ("元旦", "2026-01-04"),
    ("春节", "2026-02-14"),
    ("春节", "2026-02-28"),
    ("劳动节", "2026-05-09"),
    ("国庆节", "2026-09-20"),
    ("国庆节", "2026-10-10"),
)

Entry = dict[str, str | bool]


def entry(name: str, day: date, *, off: bool) -> Entry:
    """Make one line of the table."""
    return {"name": name, "date": day.isoformat(), "isOffDay": off}


def entries_2026() -> list[Entry]:
    """Write out the ranges of the notice for 2026."""
    lines = [entry(name, date.fromisoformat(day), off=False) for name, day in WORKED_2026]
    for name, first, last in OFF_2026:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            lines.append(entry(name, day, off=True))
            day += timedelta(days=1)
    return lines


def earlier_entries() -> dict[int, list[Entry]]:
    """Take the years before 2026 from the library."""
    years: dict[int, list[Entry]] = defaultdict(list)
    for table, off in ((holidays, True), (workdays, False)):
        for day, name in table.items():
            if FIRST_YEAR <= day.year < 2026:
                years[day.year].append(entry(NAMES[name], day, off=off))
    return years


def write(year: int, source: str, lines: list[Entry]) -> None:
    """Write one year in the order of its days."""
    days = sorted(lines, key=lambda line: str(line["date"]))
    head = json.dumps({"year": year, "source": source}, ensure_ascii=False)[1:-1]
    body = ",\n  ".join(json.dumps(day, ensure_ascii=False) for day in days)
    text = f'{{\n {head},\n "days": [\n  {body}\n ]\n}}\n'
    (FOLDER / f"holidays-{year}.json").write_text(text, encoding="utf-8")


def main() -> None:
    """Write every year's file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for year, lines in earlier_entries().items():
        write(year, LIBRARY, lines)
    write(2026, NOTICE_2026, entries_2026())


if __name__ == "__main__":
    main()
