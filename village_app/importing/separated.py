"""Cuts separated text into rows of fields, with the quotation marks people really leave."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from village_app.errors import Refused
from village_app.importing import limits

_LONE_RETURN = re.compile(r"\r(?!\n)")
_IN_CELL_BREAK = "\x0b"
_NO_SEPARATOR = "\x1f"
_SENTINEL = "\x1e"


@dataclass(frozen=True, slots=True)
class CutText:
    """The rows of a text; `open_quotes` counts lines whose quotation mark was never closed."""

    rows: list[list[str]]
    open_quotes: int = 0


def cut_rows(text: str, separator: str | None) -> CutText:
    """Cut a text at its line ends and separators (None: every line is one field).

    Where lines end in a line feed, a carriage return alone is a break inside a cell (U+000B).
    A quotation mark that stays open must not swallow the lines after it: such a text is cut line
    by line, and in the lines with the open mark it is an ordinary character.
    """
    if "\n" in text:
        text = _LONE_RETURN.sub(_IN_CELL_BREAK, text)
    before = csv.field_size_limit(limits.CELL_CHARACTERS)
    try:
        rows = _cut(io.StringIO(f"{text}\n{_SENTINEL}", newline=""), separator)
        if rows is not None:
            return CutText(rows)
        return _cut_by_lines(io.StringIO(text, newline=""), separator)
    finally:
        csv.field_size_limit(before)


def _cut(lines: Iterable[str], separator: str | None) -> list[list[str]] | None:
    """Cut lines that end with the sentinel; None where an open quotation mark swallowed it."""
    try:
        rows = list(_reader(lines, separator, csv.QUOTE_MINIMAL))
    except csv.Error:
        return None
    return rows[:-1] if rows[-1] == [_SENTINEL] else None


def _cut_by_lines(lines: Iterable[str], separator: str | None) -> CutText:
    rows: list[list[str]] = []
    open_quotes = 0
    for line in lines:
        row = _cut([line, _SENTINEL], separator)
        if row is None:
            open_quotes += 1
            row = _unquoted(line, separator)
        rows.extend(row)
    return CutText(rows, open_quotes)


def _unquoted(line: str, separator: str | None) -> list[list[str]]:
    try:
        return list(_reader([line], separator, csv.QUOTE_NONE))
    except csv.Error as error:
        raise Refused(
            "cell_too_long",
            "表里有一格文字超过一百万字，无法导入。请删去这一格的内容，或另存一份再导入。",
        ) from error


def _reader(lines: Iterable[str], separator: str | None, quoting: int) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=separator or _NO_SEPARATOR, quoting=quoting)  # type: ignore[arg-type]
