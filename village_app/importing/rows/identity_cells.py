"""Cells with numbers of identity cards and other papers: damaged, doubled, masked, old."""

from __future__ import annotations

import re

from village_app.domain.identity import Finding, check_identity, lengthen, tidy
from village_app.domain.kinds import DOCUMENT_NUMBER, FieldDeclaration, Unreadable
from village_app.domain.texts import fold_width, remove_invisible
from village_app.importing.rows.cleaning import (
    DAMAGED_MESSAGE,
    Circumstances,
    CleanCell,
    at_once,
    how_changed,
    is_no_value,
    noted_change,
    problem_of,
    raw_of,
)
from village_app.importing.rows.findings import Cleaning, Problem
from village_app.importing.rows.records import Record
from village_app.importing.rows.sources import Source
from village_app.importing.tables.line_texts import compact

CONFIRMABLE = frozenset({"wrong_check_digit"})
"""Errors that a person may confirm: such numbers do stand on real cards."""

_TWO_NUMBERS = re.compile(r"(?<![\dXx])(\d{17}[\dXx]|\d{15})(?![\dXx])")
# 通行证, 护照, 出生医学证明, and 外国人永久居留身份证 of before 2023.
_OTHER_PAPERS = re.compile(
    r"[HM]\d{8}(?:\d{2})?|[EG]\d{8}|E[A-HJ-NP-Z]\d{7}|[DSP]\d{8}|[A-Z]\d{9}|[A-Z]{3}\d{12}"
)
_PLAIN_NUMBER = re.compile(r"[1-9]\d{16}[\dX]")
_FULL = re.compile(r"\d{17}[\dX]|\d{15}")
_AROUND = " \t\n\u3000'\"‘’“”`´.。,，、;；:：*＊#+"
_LABEL = re.compile(
    r"^(?:(?:公民|居民|本人)?(?:身份证件?|证件)(?:号码?)?|号码|ID(?:\s*NO)?)", re.IGNORECASE
)
_ROMAN_TEN = str.maketrans("Ⅹⅹ", "XX")
_CARD_WORDS = ("身份证", "居民证", "户口", "居住证")


def clean_identity_number(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read a citizen identity number, or the number of the paper that the record names beside it.

    A damaged number is an error and never repaired. A number whose end looks lost counts as
    damaged where other numbers of its column surely are. A number that a person may confirm is
    handed on under `also`.
    """
    settled = at_once(declared.name, source, "error")
    if settled:
        return settled
    text = source.text
    plain = source.cell.kind == "text" and _PLAIN_NUMBER.fullmatch(text) is not None
    if not plain and _is_other_paper(text, record):
        return _other_paper(declared.name, source)
    raw, note = (text, "") if plain else _one_number(source)
    check = check_identity(raw, around.today)
    worse = declared.name in around.damaged
    problems = tuple(_as_problem(declared.name, finding, worse) for finding in check.findings)
    if any(problem.level == "error" for problem in problems):
        kept = CONFIRMABLE.issuperset(p.code for p in problems if p.level == "error")
        return CleanCell(problems=problems, also=(check.number,) if kept else ())
    noted: tuple[Cleaning, ...] = ()
    if check.number != text:
        reason = note or _number_reason(text, check.number)
        noted = noted_change(declared.name, source, text, check.number, reason)
    derived = {"birth": check.birth, "sex": check.sex}
    return CleanCell(check.number, noted, problems, derived=derived)


def _as_problem(name: str, finding: Finding, worse: bool) -> Problem:
    if finding.code == "damaged" or (worse and finding.code == "maybe_damaged"):
        return Problem(name, "error", "damaged", DAMAGED_MESSAGE)
    return Problem(name, finding.level, finding.code, finding.message, finding.suggestion)


def _is_other_paper(text: str, record: Record) -> bool:
    number = tidy(text)
    if _PLAIN_NUMBER.fullmatch(number):
        return False
    if _OTHER_PAPERS.fullmatch(number):
        return True
    named = record.sources.get("id_type")
    word = compact(named.text) if named else ""
    unnamed = not word or is_no_value(word) or word.isdigit()
    return not unnamed and not any(card in word for card in _CARD_WORDS)


def _other_paper(name: str, source: Source) -> CleanCell:
    try:
        number = DOCUMENT_NUMBER.parse(raw_of(source.cell))
    except Unreadable as unreadable:
        return CleanCell(problems=(problem_of(name, unreadable, "error"),))
    message = "这不是身份证号，按护照、通行证一类的证件收下，请核对证件类型。"
    assert number is not None
    return CleanCell(
        number,
        noted_change(name, source, source.text, number, ""),
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
    if len(found) > 1:
        return "0" * 30, ""
    bare = text if _FULL.fullmatch(tidy(text)) else _bare(text)
    if bare != text and _FULL.fullmatch(tidy(bare)):
        return bare, "去掉号码前后的字和符号"
    return text, ""


def _bare(text: str) -> str:
    """Take off what people write around a number: 身份证号：, quotation marks, a full stop."""
    plain = fold_width(remove_invisible(text)).translate(_ROMAN_TEN).strip(_AROUND)
    return _LABEL.sub("", plain).strip(_AROUND)


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
