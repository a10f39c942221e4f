"""From cell to value of the field's kind, with every change noted and every doubt said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from village_app.domain.kinds import FieldDeclaration, Unreadable
from village_app.domain.resources import load_json
from village_app.domain.spreadsheet_damage import lost_digits
from village_app.domain.texts import fold_width
from village_app.importing.findings import Cleaning, Level, Problem
from village_app.importing.grid import Cell
from village_app.importing.records import Record, Source
from village_app.importing.row_kinds import compact

DAMAGED_MESSAGE = "号码已被表格软件损坏，后几位找不回来了，请对照原件重填，并把这一列设为文本格式。"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What holds for the whole file: today and the date base.

    `damaged` are the fields with damaged numbers in them, `two_digit_codes` those whose codes
    have two digits, so that a number cell 2 means 02.
    """

    today: date
    date_1904: bool = False
    damaged: frozenset[str] = frozenset()
    two_digit_codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CleanCell:
    """What a cell came to: the value, and what has to be said about it.

    `also` are further readable contents that the field cannot hold (a second phone);
    `suggested` are texts for other fields that this cell speaks of (户主 behind a name).
    """

    value: Any = None
    cleaned: tuple[Cleaning, ...] = ()
    problems: tuple[Problem, ...] = ()
    also: tuple[str, ...] = ()
    suggested: Mapping[str, str] = field(default_factory=dict)


CellCleaner = Callable[[FieldDeclaration, Source, Record, Circumstances], CleanCell]
"""Reads one cell of a field; the record gives the cells beside it."""


@dataclass(slots=True)
class CleanRow:
    """A cleaned record: values by field name (blank fields are missing), and all that was found."""

    values: dict[str, Any] = field(default_factory=dict)
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cleaned: list[Cleaning] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, name: str, cell: CleanCell) -> None:
        """Add what one cell came to."""
        if cell.value is not None:
            self.values[name] = cell.value
        if cell.also:
            self.also[name] = cell.also
        self.cleaned += cell.cleaned
        self.problems += cell.problems

    def fill(self, name: str, value: Any, shown: str, reason: str) -> None:
        """Fill a blank field from another one and note it."""
        self.values[name] = value
        self.cleaned.append(Cleaning(name, "", shown, reason))

    def warn(self, name: str, code: str, message: str) -> None:
        self.problems.append(Problem(name, "warning", code, message))

    def refuse(self, name: str, code: str, message: str, suggestion: str | None = None) -> None:
        self.problems.append(Problem(name, "error", code, message, suggestion))


RowCheck = Callable[[CleanRow, Record, Circumstances], None]
"""Compares the fields of one cleaned row with each other and adds what it finds."""


def read_cell(declared: FieldDeclaration, source: Source, level: Level) -> CleanCell:
    """Read a cell by its kind alone; `level` says how grave an unreadable content is."""
    broken = broken_cell(declared.name, source, level)
    if broken:
        return broken
    text = source.text
    try:
        value = declared.kind.parse(raw_of(source.cell))
    except Unreadable as unreadable:
        if is_no_value(text):
            return blank_cell(declared.name, text)
        return CleanCell(problems=(problem_of(declared.name, unreadable, level),))
    if value is not None and is_no_value(text) and not hasattr(declared.kind, "options"):
        return blank_cell(declared.name, text)
    if value is None:
        return blank_cell(declared.name, text)
    doubts = tuple(
        Problem(declared.name, "warning", doubt.code, doubt.message)
        for doubt in declared.kind.doubts(value)
    )
    return CleanCell(value, noted(declared, source, value), doubts)


def broken_cell(name: str, source: Source, level: Level) -> CleanCell | None:
    """Judge cells without a value, and contents a spreadsheet has turned into something else."""
    cell = source.cell
    if cell.kind == "error":
        message = f"这一格是错误值 {cell.text}，请在表格里改正。"
        return CleanCell(problems=(Problem(name, level, "cell_error", message),))
    if cell.kind == "formula_without_value":
        message = "这一格是公式，文件里没有存下结果；请用表格软件打开、保存后再导入。"
        return CleanCell(problems=(Problem(name, level, "formula_without_value", message),))
    return None


def raw_of(cell: Cell) -> object:
    """Give a cell as kinds read it: a number cell as Decimal, everything else as text."""
    if cell.kind == "number":
        try:
            return Decimal(cell.text)
        except InvalidOperation:
            return cell.text
    return cell.text


def is_damaged(cell: Cell) -> bool:
    """Tell whether a cell once held a long number whose last digits are gone."""
    return lost_digits(raw_of(cell))


def problem_of(name: str, unreadable: Unreadable, level: Level) -> Problem:
    """Turn a kind's refusal into a problem; a damaged number is always an error."""
    if unreadable.code == "damaged":
        return Problem(name, "error", "damaged", DAMAGED_MESSAGE)
    return Problem(name, level, unreadable.code, unreadable.message, unreadable.suggestion)


def blank_cell(name: str, text: str) -> CleanCell:
    """Take words like 无 for a blank, and say so."""
    if not text:
        return CleanCell()
    return CleanCell(cleaned=(Cleaning(name, text, "", f"“{text}”按空白处理"),))


@cache
def _no_value_words() -> frozenset[str]:
    return frozenset(compact(word) for word in load_json("rules", "sheet-words.json")["no_value"])


def is_no_value(text: str) -> bool:
    """Tell whether a text only says that there is nothing: 无, —, 不详."""
    return len(text) <= 8 and compact(text) in _no_value_words()


def noted(declared: FieldDeclaration, source: Source, value: Any) -> tuple[Cleaning, ...]:
    """Note a change where the value is shown differently from what stood in the cell."""
    shown = declared.kind.show(value)
    if source.origin == "ditto":
        return (Cleaning(declared.name, "同上", shown, "与上一行相同"),)
    text = source.text
    if shown == text or (
        source.cell.kind in ("number", "date", "flag") and _same_number(text, shown)
    ):
        return ()
    return (Cleaning(declared.name, text, shown, how_changed(text, shown)),)


def _same_number(text: str, shown: str) -> bool:
    return text.removesuffix(".0") == shown.replace(",", "").removesuffix(".00")


def how_changed(before: str, after: str) -> str:
    """Say in words what was done to a text."""
    if re.sub(r"\s+", "", before) == re.sub(r"\s+", "", after):
        return "去掉多余的空格"
    if fold_width(before).strip() == after:
        return "全角改为半角"
    if compact(before) == after.casefold():
        return "去掉空格，统一字符"
    return "统一写法"
