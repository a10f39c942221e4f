"""The import template: what stands where, what may be typed, how it prints."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import openpyxl

from tests.importing.spreadsheet_makers import read_all, texts
from village_app.domain.kinds import FieldDeclaration, Kind, Option, SpreadsheetFormat
from village_app.importing.files.grid import Cell
from village_app.importing.out.template import is_template_note, write_template


class _Identity(Kind):
    name = "identity_number"
    spreadsheet = SpreadsheetFormat("@", 22, as_text=True)


class _Day(Kind):
    name = "day"
    spreadsheet = SpreadsheetFormat("yyyy-mm-dd", 12)


class _Choice(Kind):
    name = "choice"
    options: ClassVar[tuple[Option, ...]] = (
        Option("1", "中共党员"),
        Option("2", "预备党员"),
        Option("3", "群众"),
    )


class _Flag(Kind):
    name = "flag"


FIELDS = (
    FieldDeclaration("identity", "身份证号", _Identity(), required=True),
    FieldDeclaration("born", "出生日期", _Day(), hint="按身份证填"),
    FieldDeclaration("politics", "政治面貌", _Choice()),
    FieldDeclaration("is_head", "是否户主", _Flag()),
)


def template(tmp_path: Path) -> Path:
    path = tmp_path / "模板.xlsx"
    write_template(path, "居民导入模板", FIELDS)
    return path


def test_the_template_holds_title_header_hints_and_two_samples(tmp_path: Path) -> None:
    sheet = read_all(template(tmp_path).read_bytes()).sheets[0]
    assert texts(sheet) == [
        ["居民导入模板"],
        ["序号", "身份证号*", "出生日期", "政治面貌", "是否户主"],
        [
            "填写说明",
            "必填。18位，末位可以是X",
            "选填。按身份证填",
            "选填。从下拉里选",
            "选填。从下拉里选",
        ],
        ["示例1", "11010519491231002X", "1949-12-31", "中共党员", "是"],
        ["示例2", "440524188001010014", "1988-01-08", "预备党员", "否"],
    ]


def test_hint_and_sample_rows_are_recognised_and_nothing_else_is(tmp_path: Path) -> None:
    rows = read_all(template(tmp_path).read_bytes()).sheets[0].rows
    assert [is_template_note(row) for row in rows] == [False, False, True, True, True]
    assert not is_template_note([Cell("number", "1"), Cell("text", "示例")])
    assert not is_template_note([])


def test_choices_are_picked_from_a_hidden_sheet(tmp_path: Path) -> None:
    path = template(tmp_path)
    sheets = read_all(path.read_bytes()).sheets
    assert [(sheet.name, sheet.visibility) for sheet in sheets] == [
        ("填表", "visible"),
        ("选项", "hidden"),
    ]
    assert [row[3].text for row in sheets[1].rows] == ["中共党员", "预备党员", "群众"]
    rules = openpyxl.load_workbook(path)["填表"].data_validations.dataValidation
    assert [(rule.formula1, str(rule.sqref)) for rule in rules] == [
        ("'选项'!$D$1:$D$3", "D6:D5000"),
        ("'选项'!$E$1:$E$2", "E6:E5000"),
    ]


def test_columns_of_long_numbers_are_text_columns(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(template(tmp_path))["填表"]
    assert sheet.column_dimensions["B"].number_format == "@"
    assert sheet.column_dimensions["C"].number_format == "yyyy-mm-dd"


def test_own_samples_replace_the_usual_ones(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path, "模板", FIELDS, [{"born": "1990-01-01"}, {"politics": "群众"}])
    rows = texts(read_all(path.read_bytes()).sheets[0])
    assert rows[3:] == [["示例1", "", "1990-01-01"], ["示例2", "", "", "群众"]]


def test_the_template_prints_on_a4_with_its_header_on_every_page(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(template(tmp_path))["填表"]
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.freeze_panes == "A3"
