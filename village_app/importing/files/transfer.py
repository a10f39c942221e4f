"""How a workbook travels from the reading child to the program: as plain JSON, never a pickle.

A child that fell for a hostile file can then send wrong text at worst, but no object.
A row is `[row, kinds, text, text, …]`: one letter a cell, upper case where struck out; blank
cells have a letter and no text. Rows go in blocks, so that neither side holds everything twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from village_app.importing.files.grid import BLANK, Cell, CellKind, Merge, Sheet, Workbook

_BLOCK_CHARACTERS = 1 << 20
_LETTERS: dict[CellKind, str] = {
    "blank": "b",
    "text": "t",
    "number": "n",
    "date": "d",
    "flag": "f",
    "error": "e",
    "formula_without_value": "w",
}
_KINDS: dict[str, tuple[CellKind, bool]] = {
    **{letter: (kind, False) for kind, letter in _LETTERS.items()},
    **{letter.upper(): (kind, True) for kind, letter in _LETTERS.items()},
}
_REMEMBERED = 20_000


def pack(message: dict[str, Any]) -> bytes:
    """Write a message as bytes."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def unpack(data: bytes) -> dict[str, Any]:
    """Read a message; raises ValueError for anything but a JSON object."""
    message = json.loads(data)
    if not isinstance(message, dict):
        raise ValueError(type(message))  # noqa: TRY004 - one error for every broken message
    return message


def messages_of(workbook: Workbook) -> Iterator[bytes]:
    """Cut a workbook into messages: its head, then for each sheet its head and its rows."""
    yield pack(
        {
            "workbook": {
                "file_type": workbook.file_type,
                "encoding": workbook.encoding,
                "separator": workbook.separator,
                "date_1904": workbook.date_1904,
                "remarks": workbook.remarks,
            },
            "rows": sum(len(sheet.rows) for sheet in workbook.sheets),
        }
    )
    for sheet in workbook.sheets:
        yield pack({"sheet": _head_of(sheet)})
        yield from _blocks_of(sheet)


def _head_of(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "visibility": sheet.visibility,
        "height": len(sheet.rows),
        "merges": [[m.first_row, m.first_column, m.last_row, m.last_column] for m in sheet.merges],
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
        "row_colours": [[row, colour] for row, colour in sheet.row_colours.items()],
    }


def _blocks_of(sheet: Sheet) -> Iterator[bytes]:
    block: list[list[Any]] = []
    size = 0
    for number, row in enumerate(sheet.rows):
        if row:
            packed = _packed(number, row)
            block.append(packed)
            size += sum(map(len, packed[1:]))
        if size >= _BLOCK_CHARACTERS:
            yield pack({"cells": block})
            block, size = [], 0
    if block:
        yield pack({"cells": block})


def _packed(number: int, row: Any) -> list[Any]:
    letters = "".join([_LETTERS[c.kind].upper() if c.struck_out else _LETTERS[c.kind] for c in row])
    return [number, letters, *[cell.text for cell in row if cell.kind != "blank"]]


class Assembly:
    """Puts a workbook together again from its messages."""

    def __init__(self) -> None:
        self.workbook: Workbook | None = None
        self.rows_expected = 0
        self.rows_received = 0
        self._rows: list[tuple[Cell, ...]] = []
        self._known: dict[str, dict[str, Cell]] = {letter: {} for letter in _KINDS}

    def take(self, message: dict[str, Any]) -> None:
        """Take the next message of `messages_of`."""
        if "cells" in message:
            self._take_cells(message["cells"])
        elif "sheet" in message:
            self._take_sheet(message["sheet"])
        elif "workbook" in message:
            self.workbook = Workbook(sheets=[], **message["workbook"])
            self.rows_expected = message["rows"]

    def _take_sheet(self, head: dict[str, Any]) -> None:
        assert self.workbook is not None
        self._rows = [()] * head["height"]
        self.workbook.sheets.append(
            Sheet(
                name=head["name"],
                rows=self._rows,
                merges=[Merge(*corners) for corners in head["merges"]],
                visibility=head["visibility"],
                hidden_rows=frozenset(head["hidden_rows"]),
                hidden_columns=frozenset(head["hidden_columns"]),
                row_colours={int(row): str(colour) for row, colour in head["row_colours"]},
            )
        )

    def _take_cells(self, block: list[list[Any]]) -> None:
        for number, letters, *texts in block:
            remaining = iter(texts)
            self._rows[number] = tuple(
                [
                    BLANK if letter == "b" else self._cell(letter, next(remaining))
                    for letter in letters
                ]
            )
        self.rows_received += len(block)

    def _cell(self, letter: str, text: str) -> Cell:
        """Make a cell; the texts that come again and again (男, 汉族) share one."""
        known = self._known[letter]
        cell = known.get(text)
        if cell is None:
            kind, struck_out = _KINDS[letter]
            cell = Cell(kind, text, struck_out)
            if len(known) < _REMEMBERED:
                known[text] = cell
        return cell
