"""The empty spreadsheet a village fills in for an import: right headers, hints, drop-downs.

Row 1 is the title, row 2 the header, row 3 says what each column wants, rows 4 and 5 are samples.
The first column is the running number; there the hint and sample rows are marked, and by that
mark they are left out when the file comes back (`is_template_note`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from village_app.domain.kinds import FieldDeclaration, Kind, Option
from village_app.importing.files.grid import Cell
from village_app.importing.out.saving import save_workbook

SERIAL_LABEL = "序号"
HINT_MARK = "填写说明"
SAMPLE_MARK = "示例"
OPTIONS_SHEET = "选项"
_TITLE_ROW, _HEADER_ROW, _HINT_ROW, _FIRST_SAMPLE_ROW = 1, 2, 3, 4
_FIRST_ROW, _LAST_ROW = 6, 5_000
_A4 = 9  # ECMA-376 part 1, 18.3.1.63 paperSize
_TEXT_WIDTH_MM = 190
_MM_PER_PLACE = 2.0

_WISHES: Mapping[str, str] = {
    "identity_number": "18位，末位可以是X",
    "phone": "11位手机号，或带区号的座机",
    "bank_account": "只填数字，不留空格",
    "day": "如1985-06-30",
    "moment": "如2026-03-12 09:30",
    "money": "单位：元，如1200.00",
    "count": "填整数",
    "share": "如25%或1/4",
    "flag": "填是或否",
}
# The identity numbers are the two examples printed in GB 11643; nobody bears them.
_SAMPLES: Mapping[str, tuple[str, str]] = {
    "person_name": ("张三", "李四"),
    "identity_number": ("11010519491231002X", "440524188001010014"),
    "phone": ("13800000000", "0769-80000000"),
    "bank_account": ("6200000000000000000", "6200000000000000018"),
    "day": ("1949-12-31", "1988-01-08"),
    "moment": ("2026-03-12 09:30", "2026-03-12 15:00"),
    "money": ("1200.00", "85.50"),
    "count": ("3", "12"),
    "share": ("25%", "1/4"),
    "flag": ("是", "否"),
}


@runtime_checkable
class _HasOptions(Protocol):
    """A kind whose values are picked from a list."""

    options: tuple[Option, ...]


def is_template_note(row: Sequence[Cell]) -> bool:
    """Tell whether a row is the hint or a sample of a template, by its mark in the first cell."""
    mark = row[0].text.strip() if row else ""
    return mark == HINT_MARK or mark.startswith(SAMPLE_MARK)


def write_template(
    path: Path,
    title: str,
    fields: Sequence[FieldDeclaration],
    samples: Sequence[Mapping[str, str]] = (),
) -> None:
    """Write the import template of these fields to an .xlsx file.

    `samples` overrides the two sample rows, by field name. Required fields carry a * behind
    their label. Choices get drop-downs from a hidden sheet; columns of texts and numbers of many
    digits are text columns, so that no digit is lost while typing. Prints on A4, turned where
    the columns need it, with the header on every page. Raises `EnvironmentProblem` where the file
    cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "填表"
    options = book.create_sheet(OPTIONS_SHEET)
    options.sheet_state = "hidden"
    _write_head(sheet, title, fields)
    for number, field in enumerate(fields):
        column = number + 2
        _write_column(sheet, column, field, _samples_of(field, samples))
        labels = _choices(field.kind)
        if labels:
            _add_drop_down(sheet, options, column, labels)
    _set_up_print(sheet, len(fields) + 1)
    save_workbook(book, path)


def _write_head(sheet: Any, title: str, fields: Sequence[FieldDeclaration]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    _text(sheet, _TITLE_ROW, 1, title)
    sheet.cell(_TITLE_ROW, 1).font = Font(size=16, bold=True)
    sheet.cell(_TITLE_ROW, 1).alignment = Alignment(horizontal="center", vertical="center")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(fields) + 1)
    _text(sheet, _HEADER_ROW, 1, SERIAL_LABEL)
    for number, field in enumerate(fields):
        _text(sheet, _HEADER_ROW, number + 2, f"{field.label}{'*' if field.required else ''}")
    for cell in sheet[_HEADER_ROW]:
        cell.font = Font(bold=True, color="C00000" if str(cell.value).endswith("*") else None)
        cell.fill = PatternFill("solid", fgColor="F2F2F2")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    _text(sheet, _HINT_ROW, 1, HINT_MARK)
    for place in (1, 2):
        _text(sheet, _FIRST_SAMPLE_ROW + place - 1, 1, f"{SAMPLE_MARK}{place}")
    sheet.column_dimensions["A"].width = 10
    sheet.row_dimensions[_TITLE_ROW].height = 30
    sheet.row_dimensions[_HINT_ROW].height = 42
    sheet.freeze_panes = "A3"


def _text(sheet: Any, row: int, column: int, text: str) -> None:
    """Write a text that stays a text, whatever it begins with."""
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"


def _write_column(
    sheet: Any, column: int, field: FieldDeclaration, samples: tuple[str, str]
) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    _text(sheet, _HINT_ROW, column, _hint(field))
    for place, sample in enumerate(samples):
        if sample:
            _text(sheet, _FIRST_SAMPLE_ROW + place, column, sample)
    for row in range(_HINT_ROW, _FIRST_ROW):
        sheet.cell(row, column).font = Font(italic=True, color="808080", size=9)
        sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    form = field.kind.spreadsheet
    dimension = sheet.column_dimensions[get_column_letter(column)]
    dimension.width = max(form.width, 2 * len(field.label) + 4)
    dimension.number_format = "@" if form.as_text else form.number_format


def _hint(field: FieldDeclaration) -> str:
    """Say what a column wants: the field's own hint, else what its kind needs."""
    must = "必填" if field.required else "选填"
    wish = field.hint or (
        "从下拉里选" if _choices(field.kind) else _WISHES.get(field.kind.name, "")
    )
    return f"{must}。{wish}" if wish else f"{must}。"


def _samples_of(field: FieldDeclaration, samples: Sequence[Mapping[str, str]]) -> tuple[str, str]:
    if samples:
        first, second = samples[0], samples[-1]
        return first.get(field.name, ""), second.get(field.name, "")
    labels = _choices(field.kind)
    if labels:
        return labels[0], labels[min(1, len(labels) - 1)]
    return _SAMPLES.get(field.kind.name, ("", ""))


def _choices(kind: Kind) -> tuple[str, ...]:
    """Give the labels a column may hold, none where anything may be typed."""
    if isinstance(kind, _HasOptions):
        return tuple(option.label for option in kind.options)
    return ("是", "否") if kind.name == "flag" else ()


def _add_drop_down(sheet: Any, options: Any, column: int, labels: tuple[str, ...]) -> None:
    """Let the column be filled from a list, which lies in the same column of the hidden sheet."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(column)
    for row, label in enumerate(labels, start=1):
        _text(options, row, column, label)
    rule = DataValidation(
        type="list",
        formula1=f"'{OPTIONS_SHEET}'!${letter}$1:${letter}${len(labels)}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="不在可选范围里",
        error="请从下拉里选一项。",
    )
    rule.add(f"{letter}{_FIRST_ROW}:{letter}{_LAST_ROW}")
    sheet.add_data_validation(rule)


def _set_up_print(sheet: Any, columns: int) -> None:
    from openpyxl.utils import get_column_letter

    widths = [
        sheet.column_dimensions[get_column_letter(column)].width for column in range(1, columns + 1)
    ]
    is_wide = sum(widths) * _MM_PER_PLACE > _TEXT_WIDTH_MM
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if is_wide else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_TITLE_ROW}:{_HEADER_ROW}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = "第&P页 共&N页"
