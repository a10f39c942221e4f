"""Public numbers of papers: 隔村公示〔2026〕12号, written from a pattern and read back.

A pattern holds {年} and {序号}, or {序号:4} where a series is written with leading noughts (0012);
the village edits patterns in its settings, so the names are Chinese. Papers that follow GB/T 9704
have full years in 〔〕, no leading nought and no 第.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from village_app.domain.texts import compact
from village_app.domain.unreadable import Unreadable

_FIELD = re.compile(r"\{(年|序号)(?::([1-9]))?\}")
_LOOSE_FIELDS = {"年": r"(?P<年>\d{4})", "序号": r"第?(?P<序号>\d{1,9})"}
_OPENING, _CLOSING = "〔[【(（［", "〕]】)）］"


@dataclass(frozen=True, slots=True)
class PublicNumber:
    """The parts of a public number; `year` None where the series does not restart each year."""

    number: int
    year: int | None = None


def check_pattern(pattern: str) -> None:
    """Refuse a pattern that cannot give every number once: {序号} must stand in it, and once."""
    fields = [found[1] for found in _FIELD.finditer(pattern)]
    rest = _FIELD.sub("", pattern)
    if fields.count("序号") != 1 or fields.count("年") > 1 or "{" in rest or "}" in rest:
        sentence = "编号样式里要有且只有一个 {序号}，年份写 {年}，如“隔村公示〔{年}〕{序号}号”。"
        raise Unreadable("bad_pattern", sentence)
    if re.search(r"\d$", pattern[: pattern.index("{")]) or re.search(r"\}\d|\}\{", pattern):
        raise Unreadable("bad_pattern", "编号样式里年份和序号旁边不能直接写数字，会分不清。")


def write_number(pattern: str, number: int, year: int | None = None) -> str:
    """Write a number by its pattern: 12 of 2026 → 隔村公示〔2026〕12号."""

    def part(found: re.Match[str]) -> str:
        value = year if found[1] == "年" else number
        if value is None:
            raise ValueError(f"编号样式“{pattern}”需要年份")
        return f"{value:0{found[2] or 1}d}"

    return _FIELD.sub(part, pattern)


def read_number(pattern: str, text: str) -> PublicNumber | None:
    """Read a number that somebody typed by its pattern; None where it is none of this series.

    Other brackets, full-width digits, blanks, leading noughts and a 第 before the number are let
    pass, and a missing 号.
    """
    found = re.fullmatch(_loose(pattern), compact(text))
    if not found:
        return None
    year = found.groupdict().get("年")
    return PublicNumber(int(found["序号"]), int(year) if year else None)


def _loose(pattern: str) -> str:
    """Turn a pattern into an expression that forgives how people type numbers."""
    pieces = []
    position = 0
    for found in _FIELD.finditer(pattern):
        pieces.append(_loose_words(pattern[position : found.start()]))
        pieces.append(_LOOSE_FIELDS[found[1]])
        position = found.end()
    pieces.append(f"{_loose_words(pattern[position:])}?" if position < len(pattern) else "")
    return "".join(pieces)


def _loose_words(words: str) -> str:
    plain = compact(words).removesuffix("第")
    return f"(?:{''.join(_loose_mark(mark) for mark in plain)})"


def _loose_mark(mark: str) -> str:
    for family in (_OPENING, _CLOSING):
        if mark in family:
            return f"[{re.escape(family)}]"
    return re.escape(mark)
