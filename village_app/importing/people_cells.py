"""Cells about a person read with what only a spreadsheet teaches: damage, remarks, two in one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from village_app.domain.identity import Finding, check_identity, lengthen, tidy
from village_app.domain.kinds import (
    DOCUMENT_NUMBER,
    Day,
    FieldDeclaration,
    Unreadable,
)
from village_app.domain.person_names import check_name, clean_name, is_masked_name
from village_app.domain.phones import read_phone, split_phones
from village_app.domain.resources import load_json
from village_app.domain.typed_date import TypedDate
from village_app.domain.typed_dates import read_date
from village_app.importing.cleaning import (
    DAMAGED_MESSAGE,
    Circumstances,
    CleanCell,
    blank_cell,
    broken_cell,
    how_changed,
    is_no_value,
    problem_of,
    raw_of,
)
from village_app.importing.findings import Cleaning, Problem
from village_app.importing.groups import usual_group_name
from village_app.importing.records import Record, Source
from village_app.importing.row_kinds import compact

_TWO_NUMBERS = re.compile(r"(?<![\dXx])(\d{17}[\dXx]|\d{15})(?![\dXx])")
_TRAVEL_PAPERS = re.compile(r"[HM]\d{8}(?:\d{2})?|[EG]\d{8}|E[A-HJ-NP-Z]\d{7}|[DSP]\d{8}")
_CARD_WORDS = ("身份证", "居民证", "户口", "居住证")
_FIRST_SERIAL, _LAST_SERIAL = 1, 73050
"""Serial numbers of days from 1900 to 2099, as spreadsheets count them."""


def clean_person_name(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read a name; remarks in brackets (户主, 已故) are handed on to the fields they speak of."""
    del record, around
    broken = broken_cell(declared.name, source, "error")
    if broken:
        return broken
    text = source.text
    if is_no_value(text):
        return blank_cell(declared.name, text)
    cleaned = clean_name(text)
    if is_masked_name(cleaned.name) and "*" in cleaned.name:
        message = f"“{cleaned.name}”是隐去了字的名字，请填全名。"
        return CleanCell(problems=(Problem(declared.name, "error", "masked_name", message),))
    try:
        check_name(cleaned.name)
    except Unreadable as unreadable:
        return CleanCell(problems=(problem_of(declared.name, unreadable, "error"),))
    notes = _noted(declared.name, source, text, cleaned.name, "，".join(cleaned.changes))
    suggested = {
        field: word for remark in cleaned.remarks for field, word in _spoken_of(remark).items()
    }
    others = tuple(remark for remark in cleaned.remarks if not _spoken_of(remark))
    return CleanCell(cleaned.name or None, notes, also=others, suggested=suggested)


def _spoken_of(remark: str) -> dict[str, str]:
    """Tell which field a remark behind a name speaks of."""
    word = compact(remark)
    if word in ("户主", "户代表"):
        return {"relation": "户主"}
    status = gone_status(word)
    return {"status": status} if status else {}


@cache
def gone_status(word: str) -> str | None:
    """Give the status that a word for a person who is gone stands for: 已故 → 死亡."""
    gone = load_json("rules", "sheet-words.json")["gone"]
    bare = re.sub(r"^于?(?:\d{2,4}年?[./-]?)?(?:\d{1,2}月?[./-]?)?(?:\d{1,2}[日号]?)?", "", word)
    return next((status for status, words in gone.items() if word in words or bare in words), None)


def clean_identity_number(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read a citizen identity number, or the number of the paper that the record names beside it.

    A damaged number is an error and never repaired. A number whose end looks lost counts as
    damaged where other numbers of its column surely are.
    """
    broken = broken_cell(declared.name, source, "error")
    if broken:
        return broken
    text = source.text
    if is_no_value(text):
        return blank_cell(declared.name, text)
    if _is_other_paper(text, record):
        return _other_paper(declared.name, source)
    raw, note = _only_number(text) if source.cell.kind != "number" else (raw_of(source.cell), "")
    check = check_identity(raw, around.today)
    worse = declared.name in around.damaged
    problems = tuple(_as_problem(declared.name, finding, worse) for finding in check.findings)
    if any(problem.level == "error" for problem in problems):
        return CleanCell(problems=problems)
    reason = note or _number_reason(text, check.number)
    return CleanCell(
        check.number, _noted(declared.name, source, text, check.number, reason), problems
    )


def _as_problem(name: str, finding: Finding, worse: bool) -> Problem:
    if finding.code == "damaged" or (worse and finding.code == "maybe_damaged"):
        return Problem(name, "error", "damaged", DAMAGED_MESSAGE)
    return Problem(name, finding.level, finding.code, finding.message, finding.suggestion)


def _is_other_paper(text: str, record: Record) -> bool:
    named = record.sources.get("id_type")
    word = compact(named.text) if named else ""
    if word and not is_no_value(word) and not any(card in word for card in _CARD_WORDS):
        return not re.fullmatch(r"\d{17}[\dXx]", tidy(text)) and not word.isdigit()
    return _TRAVEL_PAPERS.fullmatch(tidy(text)) is not None


def _other_paper(name: str, source: Source) -> CleanCell:
    try:
        number = DOCUMENT_NUMBER.parse(raw_of(source.cell))
    except Unreadable as unreadable:
        return CleanCell(problems=(problem_of(name, unreadable, "error"),))
    message = "这不是身份证号，按护照、通行证一类的证件收下，请核对证件类型。"
    return CleanCell(
        number,
        _noted(name, source, source.text, number, ""),
        (Problem(name, "warning", "other_paper", message),),
    )


def _only_number(text: str) -> tuple[str, str]:
    """Of an old and a new number of one person in a cell, take the new one."""
    found = _TWO_NUMBERS.findall(text)
    long = [number.upper() for number in found if len(number) == 18]
    short = [number for number in found if len(number) == 15]
    if len(long) == 1 and len(short) == 1 and lengthen(short[0]) == long[0]:
        return long[0], "同一人的新旧两个号码，取 18 位的"
    if len(found) == 2 and found[0].upper() == found[1].upper():
        return found[0], "同一个号码写了两遍"
    return ("0" * 30 if len(found) > 1 else text), ""


def _number_reason(before: str, after: str) -> str:
    if len(after) == 18 and len(tidy(before)) == 15:
        return "15 位旧号换算为 18 位"
    if re.search(r"[OoIl|×✕хХ]", before):
        return "形近的字母改回数字或 X"
    if re.search(r"[(（\[【]", before):
        return "去掉号码后面的说明"
    if before.upper() == after:
        return "小写 x 改为大写"
    return how_changed(before, after)


def clean_phone(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read one or several numbers of a cell: the first good one is kept, the others handed on."""
    del record, around
    broken = broken_cell(declared.name, source, "warning")
    if broken:
        return broken
    text = source.text
    if is_no_value(text):
        return blank_cell(declared.name, text)
    raw = raw_of(source.cell)
    parts = (raw,) if isinstance(raw, Decimal) else split_phones(raw) or (text,)
    numbers: list[str] = []
    problems: list[Problem] = []
    for part in parts:
        try:
            number = read_phone(part)
        except Unreadable as unreadable:
            problems.append(problem_of(declared.name, unreadable, "warning"))
            continue
        if number and number not in numbers:
            numbers.append(number)
    if not numbers:
        return CleanCell(problems=tuple(problems))
    first = next((number for number in numbers if len(number) == 11), numbers[0])
    others = tuple(number for number in numbers if number != first)
    if others:
        shown = "、".join(others)
        message = f"一格里有 {len(numbers)} 个号码，先收 {first}，另有 {shown}。"
        problems.append(Problem(declared.name, "warning", "several_phones", message))
    notes = _noted(declared.name, source, text, first, "")
    return CleanCell(first, notes, tuple(problems), also=others)


def clean_day(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read a day in any form, serial numbers of spreadsheets included (1900 or 1904 base).

    A mere month or year is handed on under `also` as 1985-06 or 1985 for others to complete.
    """
    del record
    broken = broken_cell(declared.name, source, "warning")
    if broken:
        return broken
    text = source.text
    if is_no_value(text):
        return blank_cell(declared.name, text)
    if source.cell.kind == "date":
        return _stored_day(declared.name, source)
    serial = _from_serial(source, around)
    if serial is not None:
        reason = "由表格软件的日期序号换算"
        return CleanCell(serial, _noted(declared.name, source, text, serial.isoformat(), reason))
    lean = declared.kind.lean if isinstance(declared.kind, Day) else "near"
    try:
        typed = read_date(text.removesuffix(".0"), around.today, lean)
    except Unreadable as unreadable:
        return CleanCell(problems=(problem_of(declared.name, unreadable, "warning"),))
    return CleanCell() if typed is None else _typed_day(declared.name, source, typed)


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
    return CleanCell(day, _noted(name, source, source.text, day.isoformat(), ""), doubts)


def clean_group(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read a group's name and write numbered groups as they are said: 第三村民小组 → 三组."""
    del record, around
    broken = broken_cell(declared.name, source, "warning")
    if broken:
        return broken
    text = source.text
    if is_no_value(text):
        return blank_cell(declared.name, text)
    name = usual_group_name(text.removesuffix(".0"))
    return CleanCell(name, _noted(declared.name, source, text, name, "统一小组的叫法"))


def _noted(name: str, source: Source, before: str, after: str, reason: str) -> tuple[Cleaning, ...]:
    """Note a change; a value taken from the line above is noted as such."""
    if source.origin == "ditto":
        return (Cleaning(name, "同上", after, "与上一行相同"),)
    if source.origin in ("assumed", "line", "label", "merged", "repeated"):
        return ()
    if before == after or (source.cell.kind == "number" and before.removesuffix(".0") == after):
        return ()
    return (Cleaning(name, before, after, reason or how_changed(before, after)),)


CLEANERS_BY_KIND = {
    "person_name": clean_person_name,
    "phone": clean_phone,
    "day": clean_day,
    "identity_number": clean_identity_number,
}
"""How cells of these kinds are read; all others are read by their kind alone."""
