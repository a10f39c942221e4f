"""What the cells of a column look like, whatever its name says: numbers of cards, phones, days."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from village_app.domain.identity import is_valid, lengthen, tidy
from village_app.domain.kinds import Choice, Kind
from village_app.domain.resources import load_json
from village_app.domain.spreadsheet_damage import is_scientific
from village_app.importing.files.grid import Cell
from village_app.importing.tables.choice_words import read_choice
from village_app.importing.tables.groups import is_group_name
from village_app.importing.tables.line_texts import compact

SAMPLES = 120
"""Cells looked at in a column, spread over its whole length."""

Shape = Callable[[Cell], float]
"""Says how much a cell looks like a value of some kind, from 0 to 1."""

_PHONE = re.compile(r"^(?:\+?86)?-?1[3-9]\d{9}(?:\D.*)?$|^(?:0\d{2,3}[- ]?)?[2-8]\d{6,7}$|^\+?852")
_DAY = re.compile(
    r"^(?:1[89]|20)\d{2}(?:[-/.年](?:0?[1-9]|1[0-2])(?:[-/.月](?:0?[1-9]|[12]\d|3[01]))?[日月]?"
    r"|(?:0[1-9]|1[0-2])(?:(?:0[1-9]|[12]\d|3[01]))?)(?:[T\s].*)?$|^\d{2}[.年]\d{1,2}[.月]?"
)
_HAN_NAME = re.compile(
    r"^[\u3400-\u9fff\U00020000-\U000323af·]{2,4}$|^[\u3400-\u9fff]+·[\u3400-\u9fff·]+$"
)
_AMOUNT = re.compile(r"^[¥￥]?-?[\d,]+(?:\.\d+)?元?$")
_ADDRESS = re.compile(r"[省市区县镇乡村街路巷里坊弄]|\d+号|\d+栋|\d+室|门牌")
_HOUSEHOLD_NUMBER = re.compile(r"^[0-9A-Za-z-]{1,20}$")
_BANK = re.compile(r"^\d{12}(?:\d{2,9})$")


@dataclass(frozen=True, slots=True)
class ColumnSamples:
    """The filled cells of a column that stand for all of them, and how many there are in all."""

    cells: tuple[Cell, ...]
    filled: int
    rows: int

    def agreement(self, shape: Shape) -> float:
        """Give the share of the samples that have a shape; 0 for a column without content."""
        if not self.cells:
            return 0.0
        return sum(shape(cell) for cell in self.cells) / len(self.cells)

    def examples(self, count: int = 3) -> tuple[str, ...]:
        """Give the first different texts, for a person to recognise the column by."""
        return tuple(dict.fromkeys(cell.text.strip() for cell in self.cells))[:count]


def sample_column(cells: Iterable[Cell]) -> ColumnSamples:
    """Pick up to `SAMPLES` filled cells at even distances; the first three among them."""
    column = list(cells)
    filled = [cell for cell in column if cell.text and not cell.text.isspace()]
    if len(filled) > SAMPLES:
        step = len(filled) / SAMPLES
        chosen = [filled[int(place * step)] for place in range(SAMPLES)]
        chosen[:3] = filled[:3]
    else:
        chosen = filled
    return ColumnSamples(tuple(chosen), len(filled), len(column))


def like_identity_number(cell: Cell) -> float:
    """Accept valid numbers fully; damaged, masked, mistyped ones of the right length by half."""
    text = cell.text.strip()
    if cell.kind == "number" and len(text) < 15 and not is_scientific(text):
        return 0.0
    if len(text) < 11:
        return 0.0
    number = tidy(text)
    if is_valid(number) or (
        len(number) == 15 and number.isdecimal() and is_valid(lengthen(number))
    ):
        return 1.0
    if is_scientific(text) or re.fullmatch(r"[0-9]{3,6}\*{4,}[0-9X]{0,4}", number):
        return 0.5
    return 0.6 if re.fullmatch(r"[1-9][0-9]{16}[0-9X]|[1-9][0-9]{14,16}X?", number) else 0.0


def like_phone(cell: Cell) -> float:
    """Accept mobile and fixed numbers, also with a second one behind."""
    text = re.sub(r"[\s()（）]", "", cell.text).removesuffix(".0")
    return 1.0 if len(text) <= 30 and _PHONE.match(text) else 0.0


def like_day(cell: Cell) -> float:
    """Accept dates in any usual form, and serial numbers of spreadsheets by more than half."""
    if cell.kind == "date":
        return 1.0
    text = re.sub(r"\s*([-/.年月日])\s*", r"\1", cell.text.strip())
    if cell.kind == "number" and re.fullmatch(r"[1-4]\d{4}", text):
        return 0.6
    return 1.0 if _DAY.match(text) else 0.0


def like_person_name(cell: Cell) -> float:
    """Accept two to four Chinese characters fully if they open with a usual surname."""
    text = re.sub(r"[(（\[].*?[)）\]]|[\s*]", "", cell.text)
    if cell.kind != "text" or not _HAN_NAME.match(text):
        return 0.0
    surnames = load_json("rules", "surnames.json")
    if text[0] in surnames["single"] or text[:2] in surnames["double"]:
        return 1.0
    return 0.4


def like_group(cell: Cell) -> float:
    """Accept names of village groups (三组, 陈屋小组)."""
    return 1.0 if is_group_name(cell.text) else 0.0


def like_address(cell: Cell) -> float:
    """Accept texts with a village, a street or a house number in them."""
    text = compact(cell.text)
    return 1.0 if len(text) >= 4 and not text.isdigit() and _ADDRESS.search(text) else 0.0


def like_bank_account(cell: Cell) -> float:
    """Accept runs of 14 to 21 digits fully, numbers already damaged by less than half."""
    text = re.sub(r"\s", "", cell.text)
    if is_scientific(text):
        return 0.4
    return 1.0 if _BANK.match(text) else 0.0


def like_amount(cell: Cell) -> float:
    """Accept amounts of money of up to fourteen characters."""
    text = compact(cell.text)
    return 1.0 if _AMOUNT.match(text) and len(text) < 15 else 0.0


def like_household_number(cell: Cell) -> float:
    """Accept short runs of digits and letters."""
    return 1.0 if _HOUSEHOLD_NUMBER.match(compact(cell.text)) else 0.0


def readable_by(kind: Kind) -> Shape:
    """Make a shape of a kind itself: a cell that the kind can read has it."""
    read = read_choice if isinstance(kind, Choice) else _parse

    def shape(cell: Cell) -> float:
        try:
            return 1.0 if read(kind, cell.text) is not None else 0.0
        except ValueError:
            return 0.0

    return shape


def _parse(kind: Kind, raw: object) -> Any:
    return kind.parse(raw)


@dataclass(frozen=True, slots=True)
class ContentTest:
    """How the content of a column speaks for a field.

    `proof` is the confidence that the content alone gives when all of it agrees (0: none);
    `doubt` the share up to which a fitting name is no longer believed (-1: never doubted);
    where `insist` is set, a full name (身份证号码) is believed even then, so that the cells are
    shown as wrong and not passed over. Where `alone` is not set, the content proves nothing
    unless another column holds identity numbers or no column has a name.
    """

    shape: Shape
    label: str
    proof: float = 0.0
    doubt: float = -1.0
    insist: bool = False
    alone: bool = True


TESTS_BY_KIND: Mapping[str, ContentTest] = {
    "identity_number": ContentTest(
        like_identity_number, "身份证号", proof=0.96, doubt=0.1, insist=True
    ),
    "phone": ContentTest(like_phone, "电话号码", proof=0.75, doubt=0.1, insist=True),
    "day": ContentTest(like_day, "日期", doubt=0.05, insist=True),
    "bank_account": ContentTest(like_bank_account, "银行账号", proof=0.6, doubt=0.1, insist=True),
    "person_name": ContentTest(like_person_name, "人名", proof=0.7, alone=False),
    "money": ContentTest(like_amount, "金额", doubt=0.05),
}


def is_running_number(samples: ColumnSamples) -> bool:
    """Tell whether a column counts its rows: whole numbers that mostly rise by one."""
    texts = [cell.text.strip().removesuffix(".0") for cell in samples.cells]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) <= 6]
    if len(numbers) < max(2, 0.9 * len(texts)):
        return False
    rising = sum(later > earlier for earlier, later in pairwise(numbers))
    return rising >= 0.9 * (len(numbers) - 1) and numbers[0] <= 2


def most_common(samples: ColumnSamples) -> str:
    """Give the text that stands most often in a column."""
    counted = Counter(cell.text.strip() for cell in samples.cells)
    return counted.most_common(1)[0][0] if counted else ""
