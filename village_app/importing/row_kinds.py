"""What a line below the header is: a record, or a total, a signature line, a note, a page mark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from village_app.domain.resources import load_json
from village_app.importing.groups import group_in_title, group_number, is_group_name
from village_app.importing.surface import Surface

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
_LONG_NUMBER = re.compile(r"\d{14}")
_HOUSEHOLD = re.compile(r"户主(?:姓名)?[:：]\s*([^\s,，;；、:：(（]{2,12})")
_HOUSEHOLD_NUMBER = re.compile(r"户(?:号|口号|编号)[:：]\s*([0-9A-Za-z-]{1,20})")
_ADDRESS = re.compile(r"(?:住址|地址|门牌号?)[:：]\s*(\S+)")
_PHONE = re.compile(r"(?:电话|手机号?|联系电话|联系方式)[:：]\s*(\S+)")


@dataclass(frozen=True, slots=True)
class RowJudge:
    """Judges the lines below one header.

    `titles` are the compact texts above the header, `headings` those of the header rows by row;
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
        if len(filled) <= 4 and texts[filled[0]] in self.titles:
            return "repeated_title"
        return None

    def _closing_line(self, row: int, filled: list[int], first: str) -> RowKind | None:
        """Recognise totals, signatures and notes; a line with a long number never is one."""
        texts = [self.surface.text(row, column) for column in filled]
        if len(filled) > 2 and any(_LONG_NUMBER.search(text) for text in texts):
            return None
        if _PAGE.match(first):
            return "page_mark"
        if is_total(first) or any(is_total(compact(text)) for text in texts[1:3]):
            return "total"
        if is_signature(first) and not self._has_key(row, filled):
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
        if _HOUSEHOLD.search(self.surface.text(row, filled[0])):
            return "household_line"
        in_key = filled[0] in self.key_columns and self.surface.merge(row, filled[0]) is None
        named = group_number(first) is not None or first.endswith("小组")
        if named or (not in_key and (is_group_name(first) or _is_group_title(first))):
            return "group_line"
        if filled[0] in self.key_columns and len(first) <= self.key_length:
            return None
        return "note" if len(first) > 12 and not _LONG_NUMBER.search(first) else None

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


def _is_group_title(text: str) -> bool:
    """Tell whether a line over records names their group: 第二村民小组花名册, 二组(18户72人)."""
    named = re.search(r"册$|表$|名单$|[人户][)）]?$", text)
    return len(text) <= 40 and bool(named) and group_in_title(text) is not None


def _is_lettered(numbers: list[str], letters: list[str]) -> bool:
    count = sum(number in letters for number in numbers)
    rest = numbers[count:]
    return count > 0 and rest == [str(number) for number in range(1, len(rest) + 1)]


@cache
def compact(text: str) -> str:
    """Write a text without blanks, narrow and in lower case, as words are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(compact(word) for word in load_json("rules", "sheet-words.json")[name])


def is_total(first: str) -> bool:
    """Tell whether a compact text opens a line of totals: 合计, 第3页小计, 一组合计:18人."""
    head = re.split(r"[:：(（\d]", first, maxsplit=1)[0]
    if head in _words("totals"):
        return True
    if len(first) > 12:
        return False
    tail = re.split(r"[:：]", first, maxsplit=1)[0]
    opener = tail[:-2]
    return tail.endswith(("小计", "合计", "总计")) and (
        bool(re.fullmatch(r"第?\d+页|本[页组村]|[\d一二三四五六七八九十]+页", opener))
        or is_group_name(opener)
    )


def is_signature(first: str) -> bool:
    """Tell whether a compact text opens a line of signatures: 填表人:, 审核人（签字）:."""
    head, colon, _ = first.replace("：", ":").partition(":")
    bare = re.sub(r"[(（].*?[)）]", "", head)
    words = _words("signatures")
    if head in words or bare in words:
        return True
    return bool(colon) and any(bare.endswith(word) for word in words if len(word) >= 2)


def is_note(first: str) -> bool:
    """Tell whether a compact text opens a note: 注:, 说明1:."""
    head = re.split(r"[:：1一(（]", first, maxsplit=1)[0]
    return head in _words("notes")


def household_line(text: str) -> dict[str, str]:
    """Read a line over a household: 户主：何强志 户号：030001 住址：三组1号 → values by field."""
    patterns = {
        "head_name": _HOUSEHOLD,
        "household_no": _HOUSEHOLD_NUMBER,
        "address": _ADDRESS,
        "phone": _PHONE,
    }
    found = {field: pattern.search(text) for field, pattern in patterns.items()}
    return {field: match.group(1) for field, match in found.items() if match}
