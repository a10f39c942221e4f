"""Cells with names of people: blanks, remarks in brackets, several people in one cell."""

from __future__ import annotations

import re
from functools import lru_cache

from village_app.domain.kinds import FieldDeclaration, Unreadable
from village_app.domain.person_names import CleanName, check_name, clean_name, is_masked_name
from village_app.domain.resources import load_json
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
from village_app.importing.tables.line_texts import compact

_AROUND = " \t\n\u3000'\"‘’“”`,，、;；:：。.~_-—"
_OPEN_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]*)$")
_NO_NAME = re.compile(r"[=@<>{}|\\^~`%&$#+_:：!！]")
_LIST_NUMBER = re.compile(r"^\d{1,3}\s*[.、．)）]\s*(?=[\u3400-\u9fff])")


def clean_person_name(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read a name; remarks in brackets (户主, 已故) are handed on to the fields they speak of."""
    del record, around
    settled = at_once(declared.name, source, "error")
    if settled:
        return settled
    text = source.text
    cleaned = clean_name(_tidied(text))
    if not cleaned.name and len(cleaned.remarks) == 1:
        cleaned = CleanName(cleaned.remarks[0], changes=("去掉括号",))
    if is_masked_name(cleaned.name):
        message = f"“{cleaned.name}”是隐去了字的名字，请填全名。"
        return CleanCell(problems=(Problem(declared.name, "error", "masked_name", message),))
    try:
        _check_two_people(text)
        check_name(cleaned.name)
        _check_signs(cleaned.name)
    except Unreadable as unreadable:
        return CleanCell(problems=(problem_of(declared.name, unreadable, "error"),))
    notes = noted_change(declared.name, source, text, cleaned.name, "，".join(cleaned.changes))
    suggested = {
        field: word for remark in cleaned.remarks for field, word in _spoken_of(remark).items()
    }
    others = tuple(remark for remark in cleaned.remarks if not _spoken_of(remark))
    return CleanCell(cleaned.name or None, notes, also=others, suggested=suggested)


def _tidied(text: str) -> str:
    """Take off a list number before a name and marks around it; close a bracket left open."""
    bare = _LIST_NUMBER.sub("", text).strip(_AROUND)
    return _OPEN_BRACKET.sub(r"（\1）", bare)


def _check_signs(name: str) -> None:
    """Refuse what no name has in it: the signs of formulas, addresses, markup."""
    if _NO_NAME.search(name):
        raise Unreadable("not_a_name", f"“{name}”里有名字不会有的符号，请核对是不是填错了栏。")


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


@lru_cache(maxsize=4096)
def gone_status(word: str) -> str | None:
    """Give the status that a word for a person who is gone stands for: 已故 → 死亡."""
    gone = load_json("rules", "sheet-words.json")["gone"]
    bare = re.sub(r"^于?(?:\d{2,4}年?[./-]?)?(?:\d{1,2}月?[./-]?)?(?:\d{1,2}[日号]?)?", "", word)
    return next((status for status, words in gone.items() if word in words or bare in words), None)
