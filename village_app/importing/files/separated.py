"""Cuts separated text into rows of fields, with the quotation marks people really leave."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from village_app.errors import Refused
from village_app.importing.files import limits

_LONE_RETURN = re.compile(r"\r(?!\n)")
_IN_CELL_BREAK = "\x0b"
_NO_SEPARATOR = "\x1f"
_SENTINEL = "\x1e"
_MOST_LINES_IN_CELL = 20


@dataclass(frozen=True, slots=True)
class CutText:
    """The rows of a text; `open_quotes` counts lines whose quotation mark was never closed."""

    rows: list[list[str]]
    open_quotes: int = 0


@contextmanager
def long_fields() -> Iterator[None]:
    """Let fields be as long as cells may be; the limit is the csv module's own, for all."""
    before = csv.field_size_limit(limits.CELL_CHARACTERS)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def cut_rows(text: str, separator: str | None) -> CutText:
    """Cut a text at its line ends and separators (None: every line is one field).

    Where lines end in a line feed, a carriage return alone is a break inside a cell (U+000B).
    A quotation mark that stays open, or closes in the midst of another line's words, must not
    swallow the lines between: a text with such marks is cut record by record, and where a mark
    finds no mate within twenty lines it is an ordinary character.
    """
    if "\n" in text:
        text = _LONE_RETURN.sub(_IN_CELL_BREAK, text)
    cutter = _Cutter(separator or _NO_SEPARATOR, skips_blanks=f'{separator} "' in text)
    with long_fields():
        rows = cutter.cut(io.StringIO(f"{text}\n{_SENTINEL}", newline=""), strict=True)
        if rows is not None:
            return CutText(rows)
        return cutter.cut_by_records(list(io.StringIO(text, newline="")))


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Cuts lines at one separator; `skips_blanks` where blanks stand before quotation marks."""

    separator: str
    skips_blanks: bool

    def cut(self, lines: Iterable[str], *, strict: bool) -> list[list[str]] | None:
        """Cut lines that end with the sentinel; None where an open mark swallowed it.

        Strict also gives None where words follow a closing mark: `"张三"的`.
        """
        try:
            rows = list(
                csv.reader(
                    lines,
                    delimiter=self.separator,
                    skipinitialspace=self.skips_blanks,
                    strict=strict,
                )
            )
        except csv.Error:
            return None
        return rows[:-1] if rows[-1] == [_SENTINEL] else None

    def cut_by_records(self, lines: list[str]) -> CutText:
        rows: list[list[str]] = []
        open_quotes = 0
        place = 0
        while place < len(lines):
            record, used = self._record(lines, place)
            if record is None:
                open_quotes += 1
                record = self._unquoted(lines[place])
            rows.extend(record)
            place += used
        return CutText(rows, open_quotes)

    def _record(self, lines: list[str], place: int) -> tuple[list[list[str]] | None, int]:
        """Cut the record that starts at a line; None where its mark stays open, and its lines."""
        alone = self.cut([lines[place], _SENTINEL], strict=False)
        if alone is not None:
            return alone, 1
        for count in range(2, _MOST_LINES_IN_CELL + 1):
            together = lines[place : place + count]
            record = self.cut([*together, _SENTINEL], strict=True)
            if record is not None:
                return record, len(together)
            if len(together) < count or self.cut([*together, _SENTINEL], strict=False):
                break
        return None, 1

    def _unquoted(self, line: str) -> list[list[str]]:
        try:
            return list(csv.reader([line], delimiter=self.separator, quoting=csv.QUOTE_NONE))
        except csv.Error as error:
            raise Refused(
                "cell_too_long",
                "表里有一格文字超过一百万字，无法导入。请删去这一格的内容，或另存一份再导入。",
            ) from error
