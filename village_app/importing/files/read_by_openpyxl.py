"""The second opinion for xlsx: openpyxl, for files whose parts are not where they should be."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from village_app.importing.files.grid import Cell, Sheet, Workbook
from village_app.importing.files.python_values import cell_of
from village_app.importing.files.reading import Budget, Damaged, ReadOptions
from village_app.importing.files.sheet_builder import SheetBuilder, Visibility

_VISIBILITY: dict[str, Visibility] = {"hidden": "hidden", "veryHidden": "very_hidden"}
REMARK = (
    "文件有轻微损坏，已换一种办法读出来：合并的格子、隐藏的行列和没有结果的公式看不出来，"
    "请对照原表核对。"
)


def read_by_openpyxl(data: bytes, options: ReadOptions) -> Workbook:
    """Read what openpyxl makes of the bytes, values only, never trusting the stated size."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        budget = Budget()
        sheets = [_sheet(sheet, budget) for sheet in book.worksheets]
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        SyntaxError,  # as both parsers of XML name what is not well formed
        KeyError,
        TypeError,
        ValueError,
        OSError,
    ) as error:
        raise Damaged(str(error)) from error
    if not sheets:
        raise Damaged(options.name)
    return Workbook(file_type="xlsx", encoding=None, sheets=sheets, remarks=[REMARK])


def _sheet(sheet: Any, budget: Budget) -> Sheet:
    visibility = _VISIBILITY.get(sheet.sheet_state, "visible")
    builder = SheetBuilder(sheet.title, budget, visibility)
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows()):
        builder.add_row(number, [_cell(cell.value, cell.data_type) for cell in row])
    return builder.finish()


def _cell(value: Any, data_type: str) -> Cell:
    if data_type == "e" and value is not None:
        return Cell("error", str(value))
    return cell_of(value)
