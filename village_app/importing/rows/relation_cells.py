"""Cells that say how somebody is related to the head of the household."""

from __future__ import annotations

import re

from village_app.domain.kinds import FieldDeclaration, Unreadable
from village_app.domain.relations import HEAD, Relation, read_relation
from village_app.importing.rows.cleaning import (
    Circumstances,
    CleanCell,
    at_once,
    noted,
    problem_of,
    raw_of,
)
from village_app.importing.rows.findings import Problem
from village_app.importing.rows.records import Record
from village_app.importing.rows.sources import Source
from village_app.importing.tables.line_texts import compact

YES = frozenset({"是", "√", "✓", "✔"})
NO = frozenset({"否", "不是", "×"})
_REMARK = re.compile(r"[(（\[【].*?[)）\]】]")
_RANK = re.compile("^[大二三四五六七八长次小细满幺]")
_SON, _DAUGHTER = (
    "(?:[大二三四五六长次小细满]?(?:儿子?|子|仔))",
    "(?:[大二三四五六长次小细满]?女儿?)",
)
# A relation said by way of another one, with its code of GB/T 4761.
_BY_WAY: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(f"{_SON}(?:之|的)?(?:妻子?|媳妇?|配偶|老婆)"), "38"),
    (re.compile("[大二三四五六长次小细满](?:儿媳妇?|媳妇?|新抱|心抱)"), "38"),
    (re.compile(f"{_DAUGHTER}(?:之|的)?(?:夫|婿|丈夫|配偶|老公)"), "28"),
    (re.compile(f"{_SON}(?:之|的)(?:儿子?|子|仔)"), "41"),
    (re.compile(f"{_SON}(?:之|的)女儿?"), "42"),
    (re.compile(f"{_DAUGHTER}(?:之|的)(?:儿子?|子|仔)"), "43"),
    (re.compile(f"{_DAUGHTER}(?:之|的)女儿?"), "44"),
)
CHILDREN = frozenset({"子女", "儿女", "孩子", "小孩"})
"""Words for a child of either sex; the sex settles them."""


def clean_relation(
    declared: FieldDeclaration, source: Source, record: Record, around: Circumstances
) -> CleanCell:
    """Read a relation in words or code; what needs the ages of both (媳妇) is left open.

    An open word is handed on under `also`; the household settles it.
    """
    del record
    settled = at_once(declared.name, source, "warning")
    if settled:
        return settled
    text = source.text
    if compact(text) in YES:  # a column 是否户主
        return CleanCell(HEAD, noted(declared, source, HEAD))
    if compact(text) in CHILDREN:
        return _left_open(declared.name, text, f"“{text}”没有分子或女，请选一个。")
    two_digits = declared.name in around.two_digit_codes
    try:
        relation = _read(raw_of(source.cell), two_digits=two_digits)
    except Unreadable as unreadable:
        return CleanCell(problems=(problem_of(declared.name, unreadable, "warning"),))
    if relation is None or relation.code is None:
        choices = "、".join(
            declared.kind.show(code) for code in (relation.asks if relation else ())
        )
        return _left_open(declared.name, text, f"“{text}”可能是{choices}，请选一个。")
    return CleanCell(relation.code, noted(declared, source, relation.code))


def _read(raw: object, *, two_digits: bool) -> Relation | None:
    """Read a relation; a word that is not in the table is tried again in its plainer form."""
    try:
        return read_relation(raw, two_digit_codes=two_digits)
    except Unreadable:
        found = _spoken(_REMARK.sub("", compact(str(raw))).removeprefix("之"))
        if found is None:
            raise
        return found


def _spoken(word: str) -> Relation | None:
    """Read what is said by way of another relation or with a rank: 长子媳, 二儿媳, 大孙子, 小女儿.

    A rank says nothing new of children, grandchildren, brothers and sisters; before words for
    older people it does (大娘 is no mother), so it is not taken off there.
    """
    for pattern, code in _BY_WAY:
        if pattern.fullmatch(word):
            return Relation(code)
    try:
        plain = read_relation(_RANK.sub("", word))
    except Unreadable:
        return None
    ranked = plain is not None and plain.code is not None and plain.code[0] in "2347"
    return plain if ranked or not _RANK.match(word) else None


def _left_open(name: str, text: str, message: str) -> CleanCell:
    problem = Problem(name, "warning", "ambiguous_relation", message)
    return CleanCell(problems=(problem,), also=(text,))
