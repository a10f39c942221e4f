"""The second opinion for xls, ods and the like: python-calamine, fast but blind in places.

It gives error cells and formulas without a result as blanks, numbers as doubles, and neither
merges nor hidden rows; so it is asked only where the exact reader failed, and says so.
"""

from __future__ import annotations

import io
from typing import Any

from village_app.importing.files.grid import Sheet, Workbook
from village_app.importing.files.python_values import cell_of
from village_app.importing.files.reading import Budget, Damaged, ReadOptions
from village_app.importing.files.sheet_builder import SheetBuilder, Visibility

_VISIBILITY: dict[str, Visibility] = {
    "SheetVisibleEnum.Hidden": "hidden",
    "SheetVisibleEnum.VeryHidden": "very_hidden",
}
REMARK = (
    "文件有轻微损坏，已换一种办法读出来：出错的格子和没有结果的公式会显示为空白，请对照原表核对。"
)


def read_by_calamine(data: bytes, options: ReadOptions) -> Workbook:
    """Read what calamine makes of the bytes."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        budget = Budget()
        sheets = [_sheet(book, info, budget) for info in book.sheets_metadata]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Damaged(str(error)) from error
    if not sheets:
        raise Damaged(options.name)
    return Workbook(file_type="", encoding=None, sheets=sheets, remarks=[REMARK])


def _sheet(book: Any, info: Any, budget: Budget) -> Sheet:
    builder = SheetBuilder(info.name, budget, _VISIBILITY.get(str(info.visible), "visible"))
    if str(info.typ) == "SheetTypeEnum.WorkSheet":
        values = book.get_sheet_by_name(info.name).to_python(skip_empty_area=False)
        for number, row in enumerate(values):
            builder.add_row(number, [cell_of(value) for value in row])
    return builder.finish()
