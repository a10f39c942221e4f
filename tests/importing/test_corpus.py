"""Files that nobody here wrote, read through the real door, each with what it must give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pytest

from tests.importing.corpus_files import CORPUS, corpus_file
from village_app.errors import Refused
from village_app.importing.files.grid import Sheet, Workbook
from village_app.importing.files.reader import read_workbook

MAGICODES = "dotnetcore__Magicodes.IE"
BILLS = "deb-sig__double-entry-generator"


@cache
def book(name: str) -> Workbook:
    path = corpus_file(name)
    return read_workbook(path.read_bytes(), path.name)


def sheet(name: str, number: int = 0) -> Sheet:
    return book(name).sheets[number]


def lines(name: str, number: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet(name, number).rows]


def filled(name: str, number: int = 0) -> list[int]:
    """Give the rows that hold something, as the spreadsheet numbers them."""
    return [row for row, cells in enumerate(sheet(name, number).rows, start=1) if any(cells)]


@dataclass(frozen=True)
class Expected:
    """One file: its type, and single cells by (row, column) as the spreadsheet counts them."""

    name: str
    file_type: str
    cells: dict[tuple[int, int], tuple[str, str]]
    rows: int
    sheets: tuple[str, ...] | None = None


EXPECTED = (
    Expected(
        f"{MAGICODES}/模板字段错误.xlsx",
        "xlsx",
        {(1, 1): ("text", "产品1代码"), (4, 1): ("text", "不去除空格测试  ")},
        7,
    ),
    Expected(
        f"{MAGICODES}/issue236.xlsx",
        "xlsx",
        {(2, 1): ("text", "标题"), (3, 1): ("text", "测试导入"), (4, 2): ("number", "213213")},
        4,
    ),
    Expected(
        f"{MAGICODES}/2020年春季教材订购明细样表.xlsx",
        "xlsx",
        {(3, 3): ("text", "书  名"), (3, 1): ("text", "序号")},
        9,
    ),
    Expected(
        "mini-software__MiniExcel/TestIssueI4YCLQ_2.xlsx",
        "xlsx",
        {(1, 1): ("text", "E1"), **{(2, n): ("text", "值") for n in (3, 4, 5, 7, 8)}},
        4,
    ),
    Expected(
        "mini-software__MiniExcel/TestIssue242.xls",
        "xls",
        {(2, 1): ("date", "2016-04-06"), (2, 2): ("number", "160112226")},
        5,
    ),
    Expected(
        "apache__fesod/test02.xlsx",
        "xlsx",
        {(3, 8): ("date", "2024-05-01"), (1, 4): ("blank", ""), (1, 7): ("blank", "")},
        4,
    ),
    Expected(
        "dromara__hutool/null_cell_test.xlsx",
        "xlsx",
        {(2, 1): ("text", "test1"), (3, 2): ("text", "test2 "), (4, 3): ("text", "test3")},
        4,
    ),
    Expected(
        "okfn__messytables/blank_line.ods",
        "ods",
        {
            (2, 3): ("date", "2010-10-10"),
            (3, 3): ("date", "2012-01-01"),
            (5, 3): ("date", "2015-11-11"),
        },
        5,
    ),
    Expected(
        "frictionlessdata__tabulator-py/multiline-headers.xlsx",
        "xlsx",
        {(1, 1): ("text", "Region"), (4, 3): ("text", "from previous quarter")},
        6,
        ("Лист1",),
    ),
    Expected(
        "frictionlessdata__frictionless-py/skip-rows.xlsx",
        "xlsx",
        {(3, 1): ("number", "8"), (3, 2): ("number", "9"), (4, 2): ("text", "TOTAL")},
        4,
    ),
    Expected(
        "apache__poi/stress020.xlsx",
        "xlsx",
        {(3, 1): ("text", " " * 28 + "时间"), (3, 3): ("text", "1月")},
        44,
    ),
    Expected(
        "wireservice__csvkit/test_skip_lines.xls",
        "xls",
        {(4, 1): ("text", "text"), (5, 2): ("date", "1971-01-01")},
        9,
    ),
    Expected(
        "SheetJS__test_files/fn.et",
        "xls",
        {(2, 3): ("number", "2"), (3, 3): ("error", "#VALUE!")},
        3,
    ),
    Expected("apache__fesod/t09.xlsx", "xlsx", {(1, 1): ("text", "SH\nZ002")}, 1),
    Expected("tafia__calamine/has_x000D_.xlsx", "xlsx", {(1, 1): ("text", "ABC\nDEF")}, 1),
    Expected("SheetJS__test_files/crlf.xls", "xls", {(1, 2): ("text", "abc\ndef")}, 3),
    Expected(
        "openspout__openspout/sheet_with_pronunciation.xlsx",
        "xlsx",
        {(1, 1): ("text", "名前"), (1, 2): ("text", "一二三四")},
        1,
    ),
    Expected("SheetJS__test_files/crlf.htm", "html", {(1, 2): ("text", "abc\ndef")}, 3),
    Expected("SheetJS__test_files/crlf_html_named.xls", "html", {(1, 2): ("text", "abc\ndef")}, 3),
    Expected("SheetJS__test_files/crlf_xls_named.xlsx", "xls", {(1, 2): ("text", "abc\ndef")}, 3),
    Expected("SheetJS__test_files/CRLFX5_2.XLS", "xls", {(1, 2): ("text", "abc\ndef")}, 2),
    Expected("PHPOffice__PhpSpreadsheet/utf16be.xlsx", "xlsx", {(1, 1): ("number", "1")}, 1),
    Expected(
        "PHPOffice__PhpSpreadsheet/Zip-Windows-Directory-Separator.xlsx",
        "xlsx",
        {(1, 1): ("text", "Key ID"), (2, 1): ("text", "184323")},
        3,
    ),
    Expected(
        "tfussell__xlnt/9_unicode_Λ_😇.xlsx",
        "xlsx",
        {(1, 1): ("text", "unïcôdė!")},
        1,
    ),
    Expected(
        "apache__poi/xlsx-corrupted.xlsx",
        "xlsx",
        {(1, 1): ("text", "test"), (3, 3): ("text", "data")},
        3,
        ("Sheet1", "Sheet2"),
    ),
    Expected(
        "mini-software__MiniExcel/TestIssue338.csv",
        "text",
        {(1, 1): ("text", "中文测试内容"), (1, 2): ("text", "Test Content")},
        1,
    ),
    Expected(
        "PHPOffice__PhpSpreadsheet/premiere.utf32bebom.csv",
        "text",
        {(1, 1): ("text", "première"), (1, 3): ("text", "troisième")},
        2,
    ),
    Expected(
        "PHPOffice__PhpSpreadsheet/sep.csv",
        "text",
        {(1, 1): ("text", "A"), (2, 2): ("text", "3")},
        2,
    ),
    Expected(
        "maxogden__csv-spectrum/quotes_and_newlines.csv",
        "text",
        {(1, 2): ("text", "b"), (2, 2): ("text", 'ha \n"ha" \nha'), (3, 2): ("text", "4")},
        3,
    ),
    Expected(
        f"{BILLS}/example-cmb-records.csv",
        "text",
        {(2, 3): ("text", "1,234.00"), (3, 3): ("text", "-1,000.00")},
        6,
    ),
    Expected(
        f"{BILLS}/example-citic-records.xls",
        "xls",
        {(3, 4): ("number", "6688"), (4, 7): ("text", "-0.20")},
        15,
    ),
)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: expected.name)
def test_a_corpus_file_gives_these_cells(expected: Expected) -> None:
    read = book(expected.name)
    assert read.file_type == expected.file_type
    assert len(read.sheets[0].rows) == expected.rows
    if expected.sheets:
        assert tuple(one.name for one in read.sheets) == expected.sheets
    for (row, column), (kind, text) in expected.cells.items():
        cell = read.sheets[0].rows[row - 1][column - 1]
        assert (cell.kind, cell.text) == (kind, text), (row, column)


REFUSED = (
    ("tafia__calamine/too_small.xls", "not_a_spreadsheet"),
    ("nolze__msoffcrypto-tool/example_password.xlsx", "has_password"),
    ("SheetJS__test_files/password_2002_40_xor.xls", "has_password"),
    ("tafia__calamine/pass_protected.ods", "cannot_unlock"),
    (
        "apache__poi/clusterfuzz-testcase-minimized-POIXSSFFuzzer-6419366255919104.xlsx",
        "damaged",
    ),
    ("PHPOffice__PhpSpreadsheet/oleloop.xls", "damaged"),
    ("tafia__calamine/issue_594_dos.ods", "too_many_cells"),
    ("openspout__openspout/attack_billion_laughs.xlsx", "document_type"),
    ("apache__poi/poc-shared-strings.xlsx", "too_many_characters"),
    ("OpenSlides__openslides-backend/example-data.json", "not_a_spreadsheet"),
)


@pytest.mark.parametrize(("name", "code"), REFUSED)
def test_a_corpus_file_is_refused_with_a_chinese_sentence(name: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        book(name)
    assert refusal.value.code == code
    assert refusal.value.message.endswith("。")
    words = set(re.findall("[A-Za-z]+", refusal.value.message))
    assert words <= {"WPS", "Excel", "xlsx"}


def test_instructions_and_blank_rows_keep_their_row_numbers() -> None:
    name = f"{MAGICODES}/管轴导入数据带有空行.xlsx"
    assert filled(name) == [1, 2, 3, 4, 5, 7, 9, 11]
    assert "\n" in lines(name)[0][0]


def test_rows_after_blank_rows_are_not_lost() -> None:
    assert filled("mini-software__MiniExcel/TestIssue138.xlsx") == [1, 2, 4, 7]


def test_a_value_of_a_merge_stays_in_its_corner() -> None:
    name = "dromara__hutool/merge_test.xlsx"
    assert lines(name)[1:3] == [["张三", "男", "11", "41.5"], ["李四", "女", "", "42"]]
    (merge,) = sheet(name).merges
    assert (merge.first_row, merge.last_row) == (1, 2)
    assert (merge.first_column, merge.last_column) == (2, 2)


def test_a_hidden_sheet_is_marked() -> None:
    read = book("dromara__hutool/readBySax.xls")
    assert [(one.name, one.visibility) for one in read.sheets] == [
        ("sheet", "visible"),
        ("systemCodeDataSheet", "hidden"),
    ]
    assert read.sheets[0].rows[0][0].text == "*设备设施名称"


def test_a_header_of_five_rows_has_five_merges() -> None:
    assert len(sheet("frictionlessdata__tabulator-py/multiline-headers.xlsx").merges) == 5


def test_the_1904_date_base_is_told() -> None:
    assert book("wireservice__csvkit/test_skip_lines.xls").date_1904
    assert book("frictionlessdata__frictionless-py/skip-rows.xlsx").date_1904


def test_a_cell_beyond_the_header_is_not_dropped() -> None:
    rows = sheet("wireservice__csvkit/test_skip_lines.xls").rows
    assert len(rows[5]) > max(len(row) for row in (rows[3], rows[4]))


def test_fractions_of_a_second_move_neither_minute_nor_day() -> None:
    rows = lines("apache__fesod/t05.xlsx")[1:]
    assert len(rows) == 5
    assert all(row[0].startswith("2023-01-01 00:00:0") for row in rows)


def test_the_last_second_of_a_day_stays_in_its_day() -> None:
    rows = lines("apache__poi/54071.xlsx")[1:]
    assert {row[0] for row in rows} == {"2012-11-11 23:59:59"}
    assert len(rows) == 19


def test_times_without_a_day_have_no_day() -> None:
    assert [row[0] for row in lines("dromara__hutool/1899bug_demo.xlsx")] == [
        "04:39:00",
        "04:50:00",
        "00:58:00",
        "04:49:00",
        "03:21:00",
        "00:31:00",
        "01:02:00",
    ]


def test_every_error_cell_is_named() -> None:
    rows = sheet("tafia__calamine/errors.xlsx").rows
    assert {row[0].kind for row in rows} == {"error"}
    assert [row[0].text for row in rows] == [
        "#DIV/0!",
        "#NAME?",
        "#VALUE!",
        "#NULL!",
        "#REF!",
        "#NUM!",
        "#N/A",
    ]


def test_the_formats_of_days_and_times_are_told_from_those_of_numbers() -> None:
    rows = sheet("apache__fesod/dataformat.xlsx").rows[1:]
    assert {row[0].kind for row in rows if row} == {"date"}
    assert {row[4].kind for row in rows if len(row) > 4 and row[4].text} == {"number"}
    assert all(row[0].text.startswith(("2020-01-01", "01:01:01")) for row in rows if row)


def test_chart_macro_and_dialog_sheets_are_left_out_with_a_remark() -> None:
    read = book("SheetJS__test_files/BlankSheetTypes.xlsm")
    assert [(one.name, len(one.rows)) for one in read.sheets] == [("Sheet1", 0)]
    assert any("宏" in remark for remark in read.remarks)


def test_a_lying_dimension_makes_no_columns() -> None:
    assert lines("exceljs__exceljs/test-issue-176.xlsx") == [
        ["Name", "Rating"],
        ["First"],
        ["Second"],
        ["Third", "2"],
    ]


def test_a_workbook_that_excel_opens_without_asking_is_opened() -> None:
    read = book("apache__poi/protect.xlsx")
    assert read.file_type == "xlsx"
    assert read.sheets[0].rows[3][1].kind == "text"


def test_a_password_opens_the_file_and_a_wrong_one_is_named() -> None:
    path = corpus_file("nolze__msoffcrypto-tool/example_password.xlsx")
    read = read_workbook(path.read_bytes(), path.name, password="Password1234_")
    assert read.sheets[0].rows
    with pytest.raises(Refused) as refusal:
        read_workbook(path.read_bytes(), path.name, password="不是它")
    assert refusal.value.code == "wrong_password"


def test_a_book_of_excel_4_is_read() -> None:
    rows = sheet("apache__poi/testEXCEL_4.xls").rows
    assert len(rows) == 163
    assert max(len(row) for row in rows) == 12


def test_a_mark_of_utf8_is_no_part_of_the_first_header() -> None:
    rows = lines("apache__fesod/office_bom.csv")
    assert rows[0] == ["姓名", "年纪"]
    assert len([row for row in rows[1:] if row]) in {9, 10}


def test_utf16_text_gives_327_records_of_19_columns() -> None:
    rows = lines("okfn__messytables/utf-16le_encoded.csv")
    assert rows[0][0] == "Organisation_code"
    assert len(rows) == 328
    assert {len(row) for row in rows} == {19}


def test_lines_ending_in_a_carriage_return_are_lines() -> None:
    rows = lines("dromara__hutool/test_lines_cr.csv")
    assert rows[1] == ["a", "b", "c", "d"]
    assert rows[2] == ["1", "2", "3", "4"]
    assert rows[4][4].count("\n") == 1
    assert [row[0][0] for row in (rows[0], rows[3])] == ["#", "#"]


def test_a_pasted_table_keeps_line_breaks_and_thousands() -> None:
    rows = lines("okfn__messytables/excel_pasting.csv")
    assert rows[3][0] == "Year"
    assert any("2,666" in row for row in rows)


def test_the_bill_of_alipay_has_its_header_in_line_25() -> None:
    read = book(f"{BILLS}/example-alipay-records.csv")
    assert read.encoding == "gb18030"
    rows = lines(f"{BILLS}/example-alipay-records.csv")
    assert len(rows[24]) == 12  # and an empty thirteenth after the comma at the line end
    assert len(rows) == 35


def test_the_bill_of_wechat_stands_on_two_sheets() -> None:
    read = book(f"{BILLS}/example-wechat-records.xlsx")
    assert [len(one.rows) for one in read.sheets] == [45, 45]
    assert [len(one.merges) for one in read.sheets] == [0, 17]
    assert {row[5].kind for row in read.sheets[0].rows[18:]} == {"text"}
    assert {row[5].kind for row in read.sheets[1].rows[18:]} == {"number"}


def test_the_statement_of_icbc_has_its_header_in_line_7() -> None:
    rows = lines(f"{BILLS}/example-icbc-debit-v2-records.csv")
    assert len(rows[6]) == 15
    assert len([row for row in rows[7:] if len(row) >= 15]) == 11
    assert any(row and row[0].startswith("人民币合计") for row in rows)


def test_an_empty_first_sheet_is_not_the_end() -> None:
    read = book("open-contracting__sample-data/ocds-213czf-000-00001-05-contract.xlsx")
    assert len(read.sheets) == 25
    assert not read.sheets[0].rows
    assert read.sheets[1].name == "0. Releases >>"
    assert len(read.sheets[1].rows) == 2


def test_reading_leaves_the_stored_files_as_they_are() -> None:
    if not CORPUS.exists():
        pytest.skip("corpus not at hand")
    folder = CORPUS / "dromara__hutool"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in folder.iterdir():
        try:
            read_workbook(path.read_bytes(), path.name)
        except Refused:
            continue
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
