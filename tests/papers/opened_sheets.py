"""Opening the spreadsheet of a paper again, for the tests of its writer."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl

from village_app.papers.blocks import (
    Paper,
)
from village_app.papers.xlsx import write_xlsx


def opened(paper: Paper, **options: Any) -> Any:
    return openpyxl.load_workbook(BytesIO(write_xlsx(paper, **options)))


def first_sheet(paper: Paper) -> Any:
    return opened(paper).worksheets[0]


def xml_of(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def row_with(sheet: Any, text: str) -> int:
    return next(int(cell.row) for row in sheet.iter_rows() for cell in row if cell.value == text)


def cell_under(sheet: Any, label: str) -> Any:
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == label)
    return sheet.cell(head.row + 1, head.column)
