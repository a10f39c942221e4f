"""Cells with days: typed in any form, or as the serial numbers spreadsheets count days with."""

from __future__ import annotations

import re
from datetime import date, timedelta

from village_app.domain.kinds import Day, FieldDeclaration, Unreadable
from village_app.domain.typed_date import Lean, TypedDate
from village_app.domain.typed_dates import read_date
from village_app.importing.rows.cleaning import (
    Circumstances,
    CleanCell,
    at_once,
    noted_change,
    problem_of,
)
from village_app.importing.rows.findings import Problem
from village_app.importing.rows.records import Record
from village_app.importing.rows.sources import Source

_PLAIN_DAY = re.compile(r"((?:18|19|20)\d\d)-?(\d\d)-?(\d\d)")
_WORDS_AROUND = re.compile(r"^(?:公历|阳历|新历)[:：]?|(?:出?生|出)$")
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[-\s./]*([A-Za-z]{3,9})[-\s./,]*(\d{4})")
_MONTH_DAY_YEAR = re.compile(r"([A-Za-z]{3,9})[-\s./]*(\d{1,2})[-\s./,]+(\d{4})")
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 73_050
"""Serial numbers of days from 1927 to 2099; smaller ones would be numbers of people."""


def clean_day(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read a day in any form, serial numbers of spreadsheets included (1900 or 1904 base).

    A mere month or year is handed on under `also` as 1985-06 or 1985 for others to complete.
    """
    del record
    settled = at_once(declared.name, source, "warning")
    if settled:
        return settled
    text = source.text
    if source.cell.kind == "date":
        return _stored_day(declared.name, source)
    plain = _PLAIN_DAY.fullmatch(text)
    if plain and 1 <= int(plain[2]) <= 12 and 1 <= int(plain[3]) <= 28:
        day = date(int(plain[1]), int(plain[2]), int(plain[3]))
        return CleanCell(day, noted_change(declared.name, source, text, day.isoformat(), ""))
    serial = _from_serial(source, around)
    if serial is not None:
        reason = "由表格软件的日期序号换算"
        return CleanCell(
            serial, noted_change(declared.name, source, text, serial.isoformat(), reason)
        )
    lean = declared.kind.lean if isinstance(declared.kind, Day) else "near"
    try:
        typed = _read_written_day(text, around.today, lean)
    except Unreadable as unreadable:
        return CleanCell(problems=(problem_of(declared.name, unreadable, "warning"),))
    return CleanCell() if typed is None else _typed_day(declared.name, source, typed)


def _read_written_day(text: str, today: date, lean: Lean) -> TypedDate | None:
    """Read a written day, also with commas or blanks between its parts, 生 behind, Jun for 6."""
    plain = text.removesuffix(".0")
    try:
        return read_date(plain, today, lean)
    except Unreadable:
        bare = _WORDS_AROUND.sub("", _numbered_months(plain))
        joined = re.sub(r"(?<=\d)[\s,，、;；–—]+(?=\d)", "-", bare)
        if joined == plain:
            raise
        return read_date(joined, today, lean)


def _numbered_months(text: str) -> str:
    """Write 30-Jun-1985 and Jun 30, 1985 with the year first, as programs set to English do."""
    found = _DAY_MONTH_YEAR.fullmatch(text)
    if found:
        day, name, year = found.groups()
    else:
        found = _MONTH_DAY_YEAR.fullmatch(text)
        if found is None:
            return text
        name, day, year = found.groups()
    number = _MONTHS.find(name[:3].casefold()) // 3 + 1
    return f"{year}-{number}-{day}" if number else text


def _stored_day(name: str, source: Source) -> CleanCell:
    try:
        return CleanCell(date.fromisoformat(source.text[:10]))
    except ValueError:
        message = f"“{source.text}”只有时刻，没有日期，请补上日期。"
        return CleanCell(problems=(Problem(name, "warning", "no_day", message),))


def _from_serial(source: Source, around: Circumstances) -> date | None:
    """Convert a number cell of five digits; four digits are a year, eight a written day."""
    text = source.text.removesuffix(".0")
    if source.cell.kind not in ("number", "text") or not re.fullmatch(r"[1-7]\d{4}", text):
        return None
    number = int(text)
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return None
    base = date(1904, 1, 1) if around.date_1904 else date(1899, 12, 30)
    return base + timedelta(days=number)


def _typed_day(name: str, source: Source, typed: TypedDate) -> CleanCell:
    doubts = tuple(
        Problem(name, "warning", "doubtful_day", f"“{source.text}”{doubt}，请核对。")
        for doubt in typed.doubts
    )
    day = typed.value
    if day is None:
        known = f"{typed.year:04d}" + (f"-{typed.month:02d}" if typed.month else "")
        return CleanCell(problems=doubts, also=(known,))
    return CleanCell(day, noted_change(name, source, source.text, day.isoformat(), ""), doubts)
