"""From cell to value of the field's kind, with every change noted and every doubt said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from village_app.domain.kinds import Choice, FieldDeclaration, Flag, Unreadable
from village_app.domain.resources import load_json
from village_app.domain.spreadsheet_damage import lost_digits
from village_app.domain.texts import fold_width
from village_app.importing.files.grid import Cell
from village_app.importing.rows.findings import Cleaning, Level, Problem
from village_app.importing.rows.records import Record
from village_app.importing.rows.sources import Source
from village_app.importing.tables.choice_words import read_choice
from village_app.importing.tables.line_texts import compact

_FROM_ELSEWHERE = frozenset({"assumed", "line", "label", "merged", "repeated"})
_DATE_KINDS = frozenset({"day", "month", "moment", "text", "long_text"})
_EXACT = 10**15
"""From here on a spreadsheet's number no longer keeps all its digits."""
DAMAGED_MESSAGE = "号码已被表格软件损坏，后几位找不回来了，请对照原件重填，并把这一列设为文本格式。"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What holds for the whole file: today and the date base.

    `damaged` are the fields with damaged numbers in them, `two_digit_codes` those whose codes
    have two digits, so that a number cell 2 means 02; `padded` gives the width of numbers that
    stand with leading noughts, so that shorter number cells are seen to have lost theirs; `units`
    names the unit of money columns that are not in 元, by part and column of the table.
    """

    today: date
    date_1904: bool = False
    damaged: frozenset[str] = frozenset()
    two_digit_codes: frozenset[str] = frozenset()
    padded: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[tuple[int, int], tuple[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CleanCell:
    """What a cell came to: the value, and what has to be said about it.

    `also` are further readable contents that the field cannot hold (a second phone);
    `suggested` are texts for other fields that this cell speaks of (户主 behind a name), `derived`
    values that follow from it beyond doubt (birth and sex of a number).
    """

    value: Any = None
    cleaned: tuple[Cleaning, ...] = ()
    problems: tuple[Problem, ...] = ()
    also: tuple[str, ...] = ()
    suggested: Mapping[str, str] = field(default_factory=dict)
    derived: Mapping[str, Any] = field(default_factory=dict)


CellCleaner = Callable[[FieldDeclaration, Source, Record, Circumstances], CleanCell]
"""Reads one cell of a field; the record gives the cells beside it."""


@dataclass(slots=True)
class CleanRow:
    """A cleaned record: values by field name (blank fields are missing), and all that was found.

    `derived` holds what numbers say of other fields, to be compared with what the sheet says.
    """

    values: dict[str, Any] = field(default_factory=dict)
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)
    derived: dict[str, Any] = field(default_factory=dict)
    cleaned: list[Cleaning] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        return any(problem.level == "error" for problem in self.problems)

    def take(self, name: str, cell: CleanCell) -> None:
        """Add what one cell came to."""
        if cell.value is not None:
            self.values[name] = cell.value
        if cell.also:
            self.also[name] = cell.also
        if cell.derived:
            self.derived.update(cell.derived)
        if cell.cleaned:
            self.cleaned += cell.cleaned
        if cell.problems:
            self.problems += cell.problems

    def fill(self, name: str, value: Any, shown: str, reason: str) -> None:
        """Fill a blank field from another one and note it."""
        self.values[name] = value
        self.cleaned.append(Cleaning(name, "", shown, reason))

    def correct(self, name: str, value: Any, before: str, shown: str, reason: str) -> None:
        """Put another value in place of what the cell came to, as the one change of the field."""
        self.values[name] = value
        self.cleaned = [cleaning for cleaning in self.cleaned if cleaning.field != name]
        self.cleaned.append(Cleaning(name, before, shown, reason))

    def settle(self, name: str, code: str) -> None:
        """Take back a doubt that another field has settled."""
        self.problems = [p for p in self.problems if (p.field, p.code) != (name, code)]

    def warn(self, name: str, code: str, message: str) -> None:
        self.problems.append(Problem(name, "warning", code, message))

    def refuse(self, name: str, code: str, message: str, suggestion: str | None = None) -> None:
        self.problems.append(Problem(name, "error", code, message, suggestion))


RowCheck = Callable[[CleanRow, Record, Circumstances], None]
"""Compares the fields of one cleaned row with each other and adds what it finds."""


def read_cell(declared: FieldDeclaration, source: Source, level: Level) -> CleanCell:
    """Read a cell by its kind alone; `level` says how grave an unreadable content is."""
    broken = broken_cell(declared.name, source, level)
    if broken is None and declared.kind.name not in _DATE_KINDS:
        broken = became_date(declared.name, source)
    if broken:
        return broken
    text = source.text
    chosen = isinstance(declared.kind, (Choice, Flag))
    if is_no_value(text) and not chosen:
        return blank_cell(declared.name, text)
    try:
        value = (
            read_choice(declared.kind, raw_of(source.cell))
            if chosen
            else declared.kind.parse(raw_of(source.cell))
        )
    except Unreadable as unreadable:
        if is_no_value(text):
            return blank_cell(declared.name, text)
        return CleanCell(problems=(problem_of(declared.name, unreadable, level),))
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


def at_once(name: str, source: Source, level: Level) -> CleanCell | None:
    """Settle cells that need no reading: errors, formulas without a result, words for nothing."""
    broken = broken_cell(name, source, level)
    if broken is None and is_no_value(source.text):
        return blank_cell(name, source.text)
    return broken


def became_date(name: str, source: Source) -> CleanCell | None:
    """Refuse a date cell where no date belongs: 1-2 typed into a general cell is 2 January."""
    if source.cell.kind != "date":
        return None
    message = f"表格软件把这一格变成了日期 {source.text}，请改回原来的写法。"
    return CleanCell(problems=(Problem(name, "warning", "became_date", message),))


def raw_of(cell: Cell) -> object:
    """Give a cell as kinds read it: everything but number cells as text.

    A whole number that kept all its digits is an int (2.0 is 2), any other a Decimal.
    """
    if cell.kind != "number":
        return cell.text
    try:
        number = Decimal(cell.text)
    except InvalidOperation:
        return cell.text
    whole = number.is_finite() and abs(number) < _EXACT and number == number.to_integral_value()
    return int(number) if whole else number


def is_damaged(cell: Cell) -> bool:
    """Tell whether a cell once held a long number whose last digits are gone."""
    if cell.kind == "text" and not any(mark in cell.text for mark in "eEｅＥ"):
        return False
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
    shown, text = declared.kind.show(value), source.text
    if source.cell.kind in ("number", "date", "flag") and _same_number(text, shown):
        text = shown
    return noted_change(declared.name, source, text, shown, "")


def noted_change(
    name: str, source: Source, before: str, after: str, reason: str
) -> tuple[Cleaning, ...]:
    """Note a change of a cell; what comes from elsewhere than the cell itself is no change."""
    if source.origin == "ditto":
        return (Cleaning(name, "同上", after, "与上一行相同"),)
    if source.origin in _FROM_ELSEWHERE:
        return ()
    if before == after or (source.cell.kind == "number" and before.removesuffix(".0") == after):
        return ()
    return (Cleaning(name, before, after, reason or how_changed(before, after)),)


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
