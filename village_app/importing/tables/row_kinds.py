"""What a line below the header is: a record, or a total, a signature line, a note, a page mark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from village_app.domain.resources import load_json
from village_app.importing.tables.groups import group_in_title, is_group_name
from village_app.importing.tables.line_texts import (
    compact,
    counts_people,
    is_note,
    is_signature,
    is_total,
    labelled_household,
    opens_household,
)
from village_app.importing.tables.surface import Surface

RowKind = Literal[
    "record",
    "blank",
    "repeated_header",
    "repeated_title",
    "total",
    "signature",
    "note",
    "page_mark",
    "hint",
    "sample",
    "column_numbers",
    "number_only",
    "group_line",
    "household_line",
]

ROW_KIND_LABELS: Mapping[RowKind, str] = {
    "record": "一条记录",
    "blank": "空行",
    "repeated_header": "重复的表头",
    "repeated_title": "重复的表题",
    "total": "合计或小计",
    "signature": "填表、审核一类的签字行",
    "note": "说明或注",
    "page_mark": "页码",
    "hint": "填写提示",
    "sample": "示例行",
    "column_numbers": "栏次",
    "number_only": "只有序号的空行",
    "group_line": "小组名单独成行",
    "household_line": "户主信息单独成行",
}

_PAGE = re.compile(r"^[(（]?第?\d+页(?:[,，/]?共\d+页)?[)）]?$|^第?\d+/\d+页?$|^page\d+")
_NUMBER = re.compile(r"^\d{1,6}(?:\.0)?$")
_TELLING_NUMBER = re.compile(r"^\d{7,}[\dXx]?$")
_LONG_NUMBER = re.compile(r"\d{14}")


@dataclass(frozen=True, slots=True)
class RowJudge:
    """Judges the lines below one header.

    `titles` are the compact lines above the header, `headings` the header rows by column;
    `key_columns` the columns of names and numbers, `serial_columns` those of running numbers.
    `key_length` is how long a key may be in a line that has nothing else, `columns` bounds the
    table where another one stands beside it.
    """

    surface: Surface
    titles: frozenset[str]
    headings: tuple[Mapping[int, str], ...]
    key_columns: frozenset[int]
    serial_columns: frozenset[int]
    key_length: int
    columns: frozenset[int] | None = None

    def kind(self, row: int, place: int) -> RowKind:
        """Say what a row is; `place` counts the rows since the header from 0."""
        filled = self.surface.filled(row)
        if self.columns is not None:
            filled = [column for column in filled if column in self.columns]
        if not filled:
            return "blank"
        first = compact(self.surface.text(row, filled[0]))
        if len(filled) >= 3 and _NUMBER.match(first) and place >= 3:
            return "record"
        return (
            self._repeat(row, filled)
            or self._household_line(row, filled)
            or self._closing_line(row, filled, first)
            or self._line_of_one(row, filled, first)
            or (self._line_near_header(row, filled) if place < 5 else None)
            or "record"
        )

    def _repeat(self, row: int, filled: list[int]) -> RowKind | None:
        texts = {column: compact(self.surface.text(row, column)) for column in filled}
        for heading in self.headings:
            same = sum(heading.get(column) == text for column, text in texts.items())
            if same >= max(1, 0.6 * len(texts)) and (same >= 2 or len(heading) == 1):
                return "repeated_header"
        if " ".join(texts.values()) in self.titles:
            return "repeated_title"
        return None

    def _household_line(self, row: int, filled: list[int]) -> RowKind | None:
        """Recognise a line of particulars over the members of a household."""
        texts = [self.surface.text(row, column) for column in filled]
        found = opens_household(texts[0]) if len(texts) == 1 else labelled_household(texts)
        return "household_line" if found else None

    def _closing_line(self, row: int, filled: list[int], first: str) -> RowKind | None:
        """Recognise totals, signatures and notes; a line with a long number never is one."""
        texts = [self.surface.text(row, column) for column in filled]
        if len(filled) > 2 and any(_LONG_NUMBER.search(text) for text in texts):
            return None
        if _PAGE.match(first) and len(filled) <= 2:
            return "page_mark"
        if is_total(first) or any(is_total(compact(text)) for text in texts[1:3]):
            return "total"
        if counts_people(first, [compact(text) for text in texts[1:]]):
            return "total"
        numbered = any(_TELLING_NUMBER.search(text) for text in texts[1:])
        if is_signature(first) and not numbered and not self._has_key(row, filled):
            return "signature"
        if is_note(first) and len(filled) <= 3:
            return "note"
        return None

    def _has_key(self, row: int, filled: list[int]) -> bool:
        keys = self.key_columns.intersection(filled[1:])
        texts = [compact(self.surface.text(row, column)) for column in keys]
        return any(not is_signature(text) for text in texts)

    def _line_of_one(self, row: int, filled: list[int], first: str) -> RowKind | None:
        """Recognise a line that holds one cell only, or running numbers only."""
        if set(filled) <= self.serial_columns and self._is_plain_number(row, filled):
            return "number_only"
        if len(filled) > 1:
            return None
        is_key = filled[0] in self.key_columns
        in_key = is_key and self.surface.merge(row, filled[0]) is None
        if group_in_title(first) or first.endswith("小组") or (not in_key and is_group_name(first)):
            return "group_line"
        too_long = len(first) > (self.key_length if is_key else 0) and len(first) > 12
        is_text = re.search("[:：]", first) or (too_long and not _LONG_NUMBER.search(first))
        return "note" if is_text else None

    def _is_plain_number(self, row: int, filled: list[int]) -> bool:
        return all(_NUMBER.match(compact(self.surface.text(row, column))) for column in filled)

    def _line_near_header(self, row: int, filled: list[int]) -> RowKind | None:
        texts = [self.surface.text(row, column) for column in filled]
        words = load_json("rules", "sheet-words.json")
        if compact(texts[0]) == "填写说明":
            return "hint"
        if any(text.startswith(word) for text in texts[:3] for word in words["samples"]):
            return "sample"
        hints = sum(any(word in text for word in words["hints"]) for text in texts)
        if hints >= 2 and hints >= 0.4 * len(texts):
            return "hint"
        numbers = [compact(text).removesuffix(".0") for text in texts]
        counted = [str(number) for number in range(1, len(numbers) + 1)]
        lettered = [*"甲乙丙丁"][: max(0, len(numbers) - 1)]
        if len(numbers) >= 4 and (numbers == counted or _is_lettered(numbers, lettered)):
            return "column_numbers"
        return None


def _is_lettered(numbers: list[str], letters: list[str]) -> bool:
    count = sum(number in letters for number in numbers)
    rest = numbers[count:]
    return count > 0 and rest == [str(number) for number in range(1, len(rest) + 1)]
