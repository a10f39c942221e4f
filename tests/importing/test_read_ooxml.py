"""Ordinary and odd xlsx files, cell by cell."""

from __future__ import annotations

import pytest

from tests.importing.spreadsheet_makers import (
    MAIN,
    RELATIONS,
    cells,
    inline,
    kinds,
    read_all,
    read_one,
    styles,
    texts,
    xlsx,
    xlsx_parts,
    zipped,
)
from village_app.importing.files.grid import Cell, Merge, cell_address
from village_app.importing.files.ooxml_sheet import column_of
from village_app.importing.files.read_ooxml import read_ooxml
from village_app.importing.files.reading import Damaged, ReadOptions

IDENTITY = "110101199001011234"


def test_no_digit_of_a_number_passes_a_float() -> None:
    """F30: what stands in the file comes out, exact or visibly damaged."""
    stored = [IDENTITY, "4.41900198506301E+17", "0.1", "28.160000000000004", "6222020200112233445"]
    sheet = read_one(xlsx(cells("".join(f"<c><v>{text}</v></c>" for text in stored))))
    assert texts(sheet) == [stored]
    assert kinds(sheet) == [["number"] * len(stored)]


def test_a_dimension_that_says_less_hides_nothing() -> None:
    """F09."""
    rows = cells(*[f"<c><v>{n}</v></c>" for n in range(10)])
    assert len(read_one(xlsx(f'<dimension ref="A1"/>{rows}')).rows) == 10


def test_a_dimension_that_says_more_adds_nothing() -> None:
    """F10."""
    rows = cells(*[inline("甲")] * 3)
    sheet = read_one(xlsx(f'<dimension ref="A1:XFD1048576"/>{rows}'))
    assert texts(sheet) == [["甲"]] * 3


def test_cells_and_rows_without_addresses_follow_each_other() -> None:
    content = (
        f"<sheetData><row>{inline('甲')}{inline('乙')}</row><row/>"
        f'<row r="5">{inline("丙", "C5")}{inline("丁")}</row><row>{inline("戊")}</row></sheetData>'
    )
    assert texts(read_one(xlsx(content))) == [
        ["甲", "乙"],
        [],
        [],
        [],
        ["", "", "丙", "丁"],
        ["戊"],
    ]


def test_a_row_number_given_twice_loses_no_cell() -> None:
    content = (
        f'<sheetData><row r="1">{inline("甲", "A1")}</row>'
        f'<row r="1">{inline("乙", "C1")}</row></sheetData>'
    )
    assert texts(read_one(xlsx(content))) == [["甲", "", "乙"]]


def test_a_formula_gives_its_stored_result() -> None:
    """F23."""
    sheet = read_one(
        xlsx(
            cells(
                "<c><f>1+1</f><v>2</v></c>"
                '<c t="str"><f>A1&amp;"岁"</f><v>2岁</v></c>'
                '<c t="str"><f>""</f><v></v></c>'
                '<c t="b"><f>TRUE()</f><v>1</v></c>'
            )
        )
    )
    assert [(cell.kind, cell.text) for cell in sheet.rows[0]] == [
        ("number", "2"),
        ("text", "2岁"),
        ("blank", ""),
        ("flag", "TRUE"),
    ]


@pytest.mark.parametrize("stored", ["", "<v></v>", "<v/>"])
def test_a_formula_without_a_stored_result_is_not_blank(stored: str) -> None:
    """F24."""
    sheet = read_one(xlsx(cells(f"<c><f>SUM(B1:B9)</f>{stored}</c>")))
    assert sheet.rows[0][0] == Cell("formula_without_value", "=SUM(B1:B9)")


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_error_cells_are_named(error: str) -> None:
    """F25."""
    sheet = read_one(xlsx(cells(f'<c t="e"><v>{error}</v></c>')))
    assert sheet.rows[0][0] == Cell("error", error)


@pytest.mark.parametrize(
    ("state", "visibility"),
    [("hidden", "hidden"), ("veryHidden", "very_hidden"), ("visible", "visible")],
)
def test_hidden_sheets_are_listed_as_such(state: str, visibility: str) -> None:
    """F26."""
    parts = xlsx_parts(others=[cells(inline("甲"))], state=f' state="{state}"')
    sheets = read_all(zipped(parts)).sheets
    assert [sheet.visibility for sheet in sheets] == ["visible", visibility]
    assert texts(sheets[1]) == [["甲"]]


def test_hidden_rows_and_columns_are_marked_within_the_filled_area() -> None:
    """F27: also where columns are hidden to the end of the sheet, as people do."""
    content = (
        '<cols><col min="2" max="2" hidden="1"/><col min="4" max="16384" hidden="true"/></cols>'
        f'<sheetData><row r="1">{inline("甲") * 5}</row>'
        f'<row r="2" hidden="1">{inline("乙")}</row><row r="9" hidden="1"/></sheetData>'
    )
    sheet = read_one(xlsx(content))
    assert sheet.hidden_rows == {1}
    assert sheet.hidden_columns == {1, 3, 4}


def test_rows_hidden_by_default_are_marked() -> None:
    content = (
        '<sheetFormatPr zeroHeight="1"/>'
        f'<sheetData><row r="1" hidden="0">{inline("甲")}</row><row r="2">{inline("乙")}</row>'
        "</sheetData>"
    )
    assert read_one(xlsx(content)).hidden_rows == {1}


def test_merges_are_cut_to_the_filled_area() -> None:
    """F28."""
    content = cells(inline("册") + inline("甲") + inline("乙"), inline("丙")) + (
        '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:A1048576"/>'
        '<mergeCell ref="B2:XFD2"/><mergeCell ref="Z9:Z20"/></mergeCells>'
    )
    assert read_one(xlsx(content)).merges == [Merge(0, 0, 0, 2), Merge(1, 1, 1, 2)]


DATED = (
    ("yyyy-mm-dd", "45292", ("date", "2024-01-01")),
    ('yyyy"年"m"月"d"日"', "31228", ("date", "1985-06-30")),
    ("yyyy/m/d h:mm", "45292.5208333333", ("date", "2024-01-01 12:30:00")),
    ("h:mm:ss", "0.19375", ("date", "04:39:00")),
    ("[h]:mm", "1.10416666666667", ("text", "26:30:00")),
    ("yyyy/m/d", "0", ("date", "1900-01-00")),
    ("yyyy/m/d", "60", ("date", "1900-02-29")),
    ("yyyy/m/d", "-5", ("number", "-5")),
    ("yyyy/m/d", "99999999", ("number", "99999999")),
    ("0000", "12", ("text", "0012")),
    ("0000", "12345", ("text", "12345")),
    ("0.00", "45292", ("number", "45292")),
    ("#,##0.00", "1234.5", ("number", "1234.5")),
    ("@", "45292", ("number", "45292")),
)


@pytest.mark.parametrize(("code", "stored", "expected"), DATED)
def test_number_formats_tell_days_from_numbers(
    code: str, stored: str, expected: tuple[str, str]
) -> None:
    """F33."""
    sheet = read_one(xlsx(cells(f'<c s="1"><v>{stored}</v></c>'), styles=styles(code)))
    assert (sheet.rows[0][0].kind, sheet.rows[0][0].text) == expected


def test_the_1904_system_moves_days_by_four_years() -> None:
    """F33."""
    data = xlsx(
        cells('<c s="1"><v>43830</v></c>'),
        styles=styles("yyyy-mm-dd"),
        book='<workbookPr date1904="1"/>',
    )
    read = read_all(data)
    assert read.date_1904
    assert texts(read.sheets[0]) == [["2024-01-01"]]


def test_cells_that_store_iso_days() -> None:
    content = cells(
        '<c t="d"><v>2024-02-29</v></c><c t="d"><v>2024-02-29T08:30:00Z</v></c>'
        '<c t="d"><v>农历八月</v></c>'
    )
    assert [(cell.kind, cell.text) for cell in read_one(xlsx(content)).rows[0]] == [
        ("date", "2024-02-29"),
        ("date", "2024-02-29 08:30:00"),
        ("text", "农历八月"),
    ]


def test_struck_out_cells_are_marked() -> None:
    content = cells(
        f'<c s="1" t="s"><v>0</v></c><c s="1"><v>7</v></c><c t="s"><v>0</v></c>'
        f'<c t="s"><v>1</v></c><c t="s"><v>2</v></c>{inline("张三")}'
    )
    strings = (
        "<si><t>张三</t></si>"
        "<si><r><rPr><strike/></rPr><t>李</t></r><r><rPr><strike/></rPr><t>四</t></r></si>"
        '<si><r><rPr><strike val="0"/></rPr><t>王</t></r><r><rPr><strike/></rPr><t>五</t></r></si>'
    )
    data = xlsx(content, strings=strings, styles=styles("General", struck_out=True))
    row = read_one(data).rows[0]
    assert [cell.struck_out for cell in row] == [True, True, False, True, False, False]
    assert [cell.text for cell in row] == ["张三", "7", "张三", "李四", "王五", "张三"]


def test_readings_above_characters_are_no_text() -> None:
    strings = '<si><t>名前</t><rPh sb="0" eb="2"><t>ナマエ</t></rPh><phoneticPr/></si>'
    inlined = '<c t="inlineStr"><is><t>山</t><rPh sb="0" eb="1"><t>やま</t></rPh></is></c>'
    sheet = read_one(xlsx(cells('<c t="s"><v>0</v></c>' + inlined), strings=strings))
    assert texts(sheet) == [["名前", "山"]]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("甲_x000D_\n乙", "甲\n乙"),
        ("甲_x000D_乙", "甲\n乙"),
        ("甲_x005F_x000D_乙", "甲\n乙"),
        ("甲_x0007_乙", "甲乙"),
        ("_x4E00_", "一"),
        ("_xD842__xDFB7_", "𠮷"),
        ("a_xyz_b", "a_xyz_b"),
        ("&lt;b&gt;&amp;&#x20;丙", "<b>& 丙"),
        ("<![CDATA[<丁>]]>", "<丁>"),
    ],
)
def test_escapes_become_the_characters_meant(stored: str, shown: str) -> None:
    assert texts(read_one(xlsx(cells(inline(stored))))) == [[shown]]


def test_rare_characters_dots_and_long_names_are_kept() -> None:
    """F34: zero-width characters are left for the cleaning, which notes them."""
    names = ["龚䶮", "𠮷田", "阿卜杜拉·买买提", "张\u200b明", "　李 四　", "名" * 40]
    assert texts(read_one(xlsx(cells("".join(map(inline, names)))))) == [names]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le"])
def test_parts_in_utf16_are_read(encoding: str) -> None:
    parts = xlsx_parts()
    mark = {"utf-16": b"", "utf-16-be": b"\xfe\xff", "utf-16-le": b"\xff\xfe"}[encoding]
    body = f'<?xml version="1.0" encoding="UTF-16"?><worksheet>{cells(inline("张三"))}</worksheet>'
    parts["xl/worksheets/sheet1.xml"] = mark + body.encode(encoding)
    assert texts(read_one(zipped(parts))) == [["张三"]]


def test_a_part_in_gb2312_is_read() -> None:
    parts = xlsx_parts()
    body = f'<?xml version="1.0" encoding="GB2312"?><worksheet>{cells(inline("张三"))}</worksheet>'
    parts["xl/worksheets/sheet1.xml"] = body.encode("gbk")
    assert texts(read_one(zipped(parts))) == [["张三"]]


def test_prefixed_elements_are_read() -> None:
    parts = xlsx_parts()
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    assert texts(read_one(zipped(parts))) == [["7"]]


def test_backslashes_and_case_in_part_names_do_not_matter() -> None:
    parts = xlsx_parts(cells(inline("张三")), strings="<si><t>甲</t></si>")
    renamed = {
        name.replace("/", "\\").replace("sharedStrings", "SharedStrings"): content
        for name, content in parts.items()
    }
    assert texts(read_one(zipped(renamed))) == [["张三"]]


def test_absolute_targets_and_the_strict_flavour_are_read() -> None:
    parts = xlsx_parts(cells(inline("张三")))
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    for name in ("_rels/.rels", "xl/_rels/workbook.xml.rels"):
        part = str(parts[name]).replace(RELATIONS, strict)
        parts[name] = part.replace('"worksheets/', '"/xl/worksheets/')
    assert texts(read_one(zipped(parts))) == [["张三"]]


def test_a_broken_relations_part_does_not_hide_the_sheets() -> None:
    parts = xlsx_parts(cells(inline("张三")))
    parts["xl/_rels/workbook.xml.rels"] = "<Relationships><Relationship"
    assert texts(read_one(zipped(parts))) == [["张三"]]


def test_a_sheet_that_the_book_names_but_the_package_lacks_is_damage() -> None:
    parts = xlsx_parts(cells(inline("张三")))
    del parts["xl/worksheets/sheet1.xml"]
    with pytest.raises(Damaged):
        read_ooxml(zipped(parts), ReadOptions())


def test_where_our_reader_finds_damage_the_second_reader_is_asked() -> None:
    """The shared text is missing; openpyxl reads the sheet of the other kind of cells."""
    import io

    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["姓名", "号码"])
    book.active.append(["张三", 110101199001011234])
    buffer = io.BytesIO()
    book.save(buffer)
    import zipfile

    with zipfile.ZipFile(buffer) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = sheet.replace('r="B2"', 'r="B2" t="odd"', 1).encode()
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b't="odd" t="n"', b't="odd"'
    )
    read = read_all(zipped(parts))
    assert texts(read.sheets[0])[1][0] == "张三"
    assert any("换一种办法" in remark for remark in read.remarks)


@pytest.mark.parametrize(
    ("letters", "column"), [("A", 0), ("Z", 25), ("AA", 26), ("AMJ", 1023), ("XFD", 16383)]
)
def test_column_letters_are_counted(letters: str, column: int) -> None:
    assert column_of(letters) == column
    assert cell_address(0, column) == f"{letters}1"
