"""Cells about a person read with what only a spreadsheet teaches: damage, remarks, two in one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from village_app.domain.identity import Finding, check_identity, lengthen, tidy
from village_app.domain.kinds import (
    DOCUMENT_NUMBER,
    Day,
    FieldDeclaration,
    Unreadable,
)
from village_app.domain.person_names import CleanName, check_name, clean_name, is_masked_name
from village_app.domain.phones import read_phone, split_phones
from village_app.domain.resources import load_json
from village_app.domain.typed_dates import Lean, read_date
from village_app.domain.texts import fold_width
from village_app.domain.typed_date import TypedDate
from village_app.importing.cleaning import (
    DAMAGED_MESSAGE,
    Circumstances,
    CleanCell,
    became_date,
    blank_cell,
    broken_cell,
    how_changed,
    is_damaged,
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
_PLAIN_NUMBER = re.compile(r"[1-9]\d{16}[\dX]")
_PLAIN_DAY = re.compile(r"((?:18|19|20)\d\d)-?(\d\d)-?(\d\d)")
_PLAIN_MOBILE = re.compile(r"1[3-9]\d{9}")
_MOBILE_BETWEEN = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?[2-8]\d{6,7}(?!\d)")
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
    if not cleaned.name and len(cleaned.remarks) == 1:
        cleaned = CleanName(cleaned.remarks[0], changes=("去掉括号",))
    if is_masked_name(cleaned.name):
        message = f"“{cleaned.name}”是隐去了字的名字，请填全名。"
        return CleanCell(problems=(Problem(declared.name, "error", "masked_name", message),))
    try:
        _check_two_people(text)
        check_name(cleaned.name)
    except Unreadable as unreadable:
        return CleanCell(problems=(problem_of(declared.name, unreadable, "error"),))
    notes = _noted(declared.name, source, text, cleaned.name, "，".join(cleaned.changes))
    suggested = {
        field: word for remark in cleaned.remarks for field, word in _spoken_of(remark).items()
    }
    others = tuple(remark for remark in cleaned.remarks if not _spoken_of(remark))
    return CleanCell(cleaned.name or None, notes, also=others, suggested=suggested)


def _check_two_people(text: str) -> None:
    """Refuse two full names with only a blank between: 张明 李四, but not 欧阳 小明 or 张 小明."""
    pieces = text.split()
    surnames = load_json("rules", "surnames.json")
    full = [
        piece
        for piece in pieces
        if 2 <= len(piece) <= 4
        and piece[0] in surnames["single"]
        and piece not in surnames["double"]
    ]
    if len(pieces) >= 2 and len(full) == len(pieces):
        raise Unreadable("several_names", "这里写了不止一个人，请一人一行。")


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
    plain = source.cell.kind == "text" and _PLAIN_NUMBER.fullmatch(text) is not None
    if not plain and _is_other_paper(text, record):
        return _other_paper(declared.name, source)
    raw, note = (text, "") if plain else _one_number(source)
    check = check_identity(raw, around.today)
    worse = declared.name in around.damaged
    problems = tuple(_as_problem(declared.name, finding, worse) for finding in check.findings)
    if any(problem.level == "error" for problem in problems):
        return CleanCell(problems=problems)
    noted = ()
    if check.number != text:
        reason = note or _number_reason(text, check.number)
        noted = _noted(declared.name, source, text, check.number, reason)
    derived = {"birth": check.birth, "sex": check.sex}
    return CleanCell(check.number, noted, problems, derived=derived)


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


def _one_number(source: Source) -> tuple[object, str]:
    """Of an old and a new number of one person in a cell, take the new one."""
    if source.cell.kind == "number":
        return raw_of(source.cell), ""
    text = source.text
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
    text, name = source.text, declared.name
    if _PLAIN_MOBILE.fullmatch(text):
        return CleanCell(text, _noted(name, source, text, text, ""))
    if is_no_value(text):
        return blank_cell(name, text)
    if is_damaged(source.cell):
        return CleanCell(problems=(Problem(name, "error", "damaged", DAMAGED_MESSAGE),))
    numbers, troubles = _phones(raw_of(source.cell))
    problems = [problem_of(name, trouble, "warning") for trouble in troubles]
    if not numbers:
        return CleanCell(problems=tuple(problems))
    first = next((number for number in numbers if len(number) == 11), numbers[0])
    others = tuple(number for number in numbers if number != first)
    if others:
        message = f"一格里有 {len(numbers)} 个号码，先收 {first}，另有 {'、'.join(others)}。"
        problems.append(Problem(name, "warning", "several_phones", message))
    return CleanCell(first, _noted(name, source, text, first, ""), tuple(problems), also=others)


def _phones(raw: object) -> tuple[list[str], list[Unreadable]]:
    """Read all numbers of a cell: as one, else split, else picked out from between words."""
    try:
        alone = read_phone(raw)
    except Unreadable as unreadable:
        if not isinstance(raw, str):
            return [], [unreadable]
        numbers, troubles = _split_phones(raw)
        if troubles:
            picked = _MOBILE_BETWEEN.findall(re.sub(r"(?<=\d)[ -](?=\d)", "", fold_width(raw)))
            if picked and not numbers:
                return list(dict.fromkeys(picked)), []
        return numbers, troubles
    return [alone] if alone else [], []


def _split_phones(text: str) -> tuple[list[str], list[Unreadable]]:
    numbers: dict[str, None] = {}
    troubles: list[Unreadable] = []
    for part in split_phones(text):
        try:
            number = read_phone(part)
        except Unreadable as unreadable:
            troubles.append(unreadable)
        else:
            if number:
                numbers[number] = None
    return list(numbers), troubles


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
    plain = _PLAIN_DAY.fullmatch(text)
    if plain and 1 <= int(plain[2]) <= 12 and 1 <= int(plain[3]) <= 28:
        day = date(int(plain[1]), int(plain[2]), int(plain[3]))
        return CleanCell(day, _noted(declared.name, source, text, day.isoformat(), ""))
    serial = _from_serial(source, around)
    if serial is not None:
        reason = "由表格软件的日期序号换算"
        return CleanCell(serial, _noted(declared.name, source, text, serial.isoformat(), reason))
    lean = declared.kind.lean if isinstance(declared.kind, Day) else "near"
    try:
        typed = _read_written_day(text, around.today, lean)
    except Unreadable as unreadable:
        return CleanCell(problems=(problem_of(declared.name, unreadable, "warning"),))
    return CleanCell() if typed is None else _typed_day(declared.name, source, typed)


def _read_written_day(text: str, today: date, lean: Lean) -> TypedDate | None:
    """Read a written day, also with commas or blanks between its parts and 生 behind."""
    plain = text.removesuffix(".0")
    try:
        return read_date(plain, today, lean)
    except Unreadable:
        bare = re.sub(r"(?:出?生|出)$", "", plain)
        joined = re.sub(r"(?<=\d)[\s,，、;；]+(?=\d)", "-", bare)
        if joined == plain:
            raise
        return read_date(joined, today, lean)


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


def clean_household_number(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read a household number; a date it was turned into and lost noughts are never guessed at."""
    del record
    name, text = declared.name, source.text.removesuffix(".0")
    broken = broken_cell(name, source, "warning") or became_date(name, source)
    if broken:
        return broken
    if is_no_value(text):
        return blank_cell(name, text)
    if is_damaged(source.cell):
        return CleanCell(problems=(Problem(name, "error", "damaged", DAMAGED_MESSAGE),))
    number = fold_width(re.sub(r"\s+", "", text)).lstrip("'")
    width = around.padded.get(name, 0)
    problems: tuple[Problem, ...] = ()
    if source.cell.kind == "number" and len(number) < width:
        message = f"别的{declared.label}有 {width} 位，“{number}”前面的 0 可能丢了，请核对。"
        problems = (Problem(name, "warning", "zeros_lost", message),)
    return CleanCell(number, _noted(name, source, source.text, number, ""), problems)


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
