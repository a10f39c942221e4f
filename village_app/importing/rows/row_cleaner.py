"""Cleans whole records: each cell by its field, then one field against the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from village_app.domain.kinds import Choice, FieldDeclaration, Unreadable
from village_app.importing.rows.cleaning import (
    CellCleaner,
    Circumstances,
    CleanCell,
    CleanRow,
    is_damaged,
    read_cell,
)
from village_app.importing.rows.day_cells import clean_day
from village_app.importing.rows.findings import Level
from village_app.importing.rows.identity_cells import clean_identity_number
from village_app.importing.rows.money_cells import clean_money
from village_app.importing.rows.name_cells import clean_person_name
from village_app.importing.rows.phone_cells import clean_phone
from village_app.importing.rows.records import Record
from village_app.importing.rows.sources import Source
from village_app.importing.tables.targets import Target

_REMEMBERED = 20_000
"""Cells that are remembered as read: what comes again and again (男, 汉族) is among the first."""
_READ_IN_PLACE = ("identity_number", "money")
"""Kinds whose cells mean different things in different places and are not read once for all."""
CLEANERS_BY_KIND: Mapping[str, CellCleaner] = {
    "person_name": clean_person_name,
    "phone": clean_phone,
    "day": clean_day,
    "identity_number": clean_identity_number,
    "money": clean_money,
}
"""How cells of these kinds are read; all others are read by their kind alone."""

_TWO_DIGITS = re.compile(r"\d{2}(?:\.0)?")
_DIGIT_KINDS = ("identity_number", "bank_account")


def damaged_fields(records: Iterable[Record], target: Target) -> frozenset[str]:
    """Name the fields of long numbers of which at least one was surely damaged in this file."""
    names = [field.name for field in target.fields if field.kind.name in _DIGIT_KINDS]
    return frozenset(
        name
        for record in records
        for name in names
        if (source := record.sources.get(name)) and is_damaged(source.cell)
    )


def two_digit_code_fields(records: Iterable[Record], target: Target) -> frozenset[str]:
    """Name the fields whose codes stand with two digits, so that a lone 2 has lost its nought."""
    names = [field.name for field in target.fields if isinstance(field.kind, Choice)]
    return frozenset(
        name
        for record in records
        for name in names
        if (source := record.sources.get(name)) and _TWO_DIGITS.fullmatch(source.text)
    )


def padded_fields(records: Iterable[Record], target: Target) -> dict[str, int]:
    """Give the width of numbers that are written with leading noughts, by field."""
    households = target.households
    if households is None:
        return {}
    texts = {
        source.text
        for record in records
        if (source := record.sources.get(households.number)) and source.cell.kind == "text"
    }
    widths = {len(text) for text in texts if text.isdecimal() and text.startswith("0")}
    return {households.number: widths.pop()} if len(widths) == 1 else {}


class RowCleaner:
    """Cleans the records of one file; equal cells are read once."""

    def __init__(self, target: Target, around: Circumstances) -> None:
        self._target = target
        self._around = around
        self._declared = {field.name: field for field in target.all_fields}
        self._required = tuple(field for field in target.fields if field.required)
        self._read: dict[tuple[str, str, str, str], CleanCell] = {}

    def clean(self, record: Record) -> CleanRow:
        """Clean one record; nothing is raised, everything found is in the answer."""
        row = CleanRow()
        suggested: dict[str, str] = {}
        for name, source in record.sources.items():
            cell = self._cell(self._declared[name], source, record)
            row.take(name, cell)
            if cell.suggested:
                suggested.update(cell.suggested)
        self._suggest(row, record, suggested)
        self._note_merged(row, record)
        for check in self._target.checks:
            check(row, record, self._around)
        self._require(row)
        self._note_marks(row, record)
        return row

    def _cell(self, declared: FieldDeclaration, source: Source, record: Record) -> CleanCell:
        if declared.kind.name in _READ_IN_PLACE:
            return self._read_cell(declared, source, record)
        key = (declared.name, source.cell.kind, source.cell.text, source.origin)
        cell = self._read.get(key)
        if cell is None:
            cell = self._read_cell(declared, source, record)
            if len(self._read) < _REMEMBERED:
                self._read[key] = cell
        return cell

    def _read_cell(self, declared: FieldDeclaration, source: Source, record: Record) -> CleanCell:
        cleaner: CellCleaner | None = self._target.cleaners.get(declared.name)
        cleaner = cleaner or CLEANERS_BY_KIND.get(declared.kind.name)
        if cleaner:
            return cleaner(declared, source, record, self._around)
        level: Level = "error" if declared.name in self._target.grave else "warning"
        return read_cell(declared, source, level)

    def _suggest(self, row: CleanRow, record: Record, suggested: dict[str, str]) -> None:
        """Fill blank fields with what stood in brackets behind a name."""
        for name, text in suggested.items():
            declared = self._declared.get(name)
            if declared is None or name in row.values or name in record.sources:
                continue
            try:
                value = declared.kind.parse(text)
            except Unreadable:
                continue
            row.fill(name, value, declared.kind.show(value), "写在姓名后面的括号里")

    def _note_merged(self, row: CleanRow, record: Record) -> None:
        for name, source in record.unspoken.items():
            label = self._declared[name].label
            message = f"{label}“{source.text}”写在合并的单元格里，只算第一行的，这一行没有填。"
            row.warn(name, "merged_over_rows", message)

    def _require(self, row: CleanRow) -> None:
        for declared in self._required:
            if declared.name in row.values:
                continue
            if not any(p.field == declared.name and p.level == "error" for p in row.problems):
                row.refuse(declared.name, "missing", f"缺{declared.label}，请补上。")

    def _note_marks(self, row: CleanRow, record: Record) -> None:
        key = self._required[0].name if self._required else ""
        if record.struck_out:
            message = "这一行画了删除线，可能已注销或去世，请核对后再导入。"
            row.warn(key, "struck_out", message)
        if record.hidden:
            row.warn(key, "hidden_row", "这一行在表格里是隐藏的，请核对要不要导入。")
