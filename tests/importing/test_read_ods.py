"""OpenDocument spreadsheets, cell by cell."""

from __future__ import annotations

import pytest

from tests.importing.spreadsheet_makers import (
    ods,
    read_all,
    read_one,
    texts,
)
from village_app.errors import Refused
from village_app.importing.files.grid import Cell, Merge

ODS_ROW = (
    '<table:table-cell office:value-type="string"><text:p>张<text:s text:c="2"/>三</text:p>'
    "<text:p>第二行<text:line-break/>第三行</text:p></table:table-cell>"
    '<table:table-cell office:value-type="float" office:value="110101199001011234"/>'
    '<table:table-cell office:value-type="date" office:date-value="1985-06-30"/>'
    '<table:table-cell office:value-type="date" office:date-value="1985-06-30T08:30:00"/>'
    '<table:table-cell office:value-type="time" office:time-value="PT04H39M00S"/>'
    '<table:table-cell office:value-type="time" office:time-value="PT26H30M00S"/>'
    '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
    '<table:table-cell office:value-type="string" office:string-value="" '
    'calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
    '<table:table-cell table:formula="of:=[.A1]+1"/>'
    '<table:table-cell office:value-type="currency" office:value="28.1"/>'
)


def test_cells_of_an_ods_file() -> None:
    content = (
        f'<table:table table:name="名册"><table:table-row>{ODS_ROW}</table:table-row></table:table>'
    )
    sheet = read_one(ods(content), "表.ods")
    assert sheet.name == "名册"
    assert [(cell.kind, cell.text) for cell in sheet.rows[0]] == [
        ("text", "张  三\n第二行\n第三行"),
        ("number", "110101199001011234"),
        ("date", "1985-06-30"),
        ("date", "1985-06-30 08:30:00"),
        ("date", "04:39:00"),
        ("text", "26:30:00"),
        ("flag", "TRUE"),
        ("error", "#N/A"),
        ("formula_without_value", "=[.A1]+1"),
        ("number", "28.1"),
    ]


def test_repeats_merges_and_hidden_parts_of_an_ods_file() -> None:
    def row(cells: str, more: str = "") -> str:
        return f"<table:table-row {more}>{cells}</table:table-row>"

    def cell(more: str = "") -> str:
        return (
            f'<table:table-cell {more} office:value-type="string"><text:p>甲</text:p>'
            "</table:table-cell>"
        )

    content = (
        '<table:table table:name="一" table:style-name="s1">'
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        + row(cell('table:number-columns-repeated="3"'))
        + row(cell(), 'table:number-rows-repeated="2" table:visibility="filter"')
        + row(cell('table:number-rows-spanned="2"') + cell())
        + row("<table:covered-table-cell/>" + cell())
        + row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            'table:number-rows-repeated="1048571"',
        )
        + "</table:table>"
    )
    hidden = (
        '<style:style style:name="s1" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    sheet = read_one(ods(content, styles=hidden), "表.ods")
    assert texts(sheet) == [["甲"] * 3, ["甲"], ["甲"], ["甲", "甲"], ["", "甲"]]
    assert sheet.merges == [Merge(3, 0, 4, 0)]
    assert sheet.hidden_rows == {1, 2}
    assert sheet.hidden_columns == {2}
    assert sheet.visibility == "hidden"


def test_blank_cells_to_the_end_of_the_sheet_cost_nothing() -> None:
    row = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="1"/>'
        '<table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
    )
    sheet = read_one(ods(f'<table:table table:name="一">{row * 500}</table:table>'), "表.ods")
    assert texts(sheet) == [["1"]] * 500


def test_notes_and_struck_out_cells_of_an_ods_file() -> None:
    content = (
        '<table:table table:name="一"><table:table-row>'
        '<table:table-cell table:style-name="ce1" office:value-type="string">'
        "<office:annotation><text:p>批注</text:p></office:annotation><text:p>张三</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    struck = (
        '<style:style style:name="ce1"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style>'
    )
    assert read_one(ods(content, styles=struck), "表.ods").rows == [
        (Cell("text", "张三", struck_out=True),)
    ]


def test_a_cell_repeated_beyond_all_measure_is_refused_at_once() -> None:
    content = (
        '<table:table table:name="一"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" '
        'office:value="1"/></table:table-row></table:table>'
    )
    with pytest.raises(Refused) as refusal:
        read_all(ods(content), "表.ods")
    assert refusal.value.code == "too_many_cells"


def test_an_encrypted_ods_file_is_named() -> None:
    manifest = "<m:file-entry><m:encryption-data/></m:file-entry>"
    with pytest.raises(Refused) as refusal:
        read_all(ods("", manifest=manifest), "表.ods")
    assert refusal.value.code == "cannot_unlock"


def test_the_flat_twin_of_ods_is_read() -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    data = (
        f'<?xml version="1.0"?><office:document xmlns:office="{office}:office:1.0" '
        f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body>'
        '<office:spreadsheet><table:table table:name="一"><table:table-row><table:table-cell '
        'office:value-type="string"><text:p>张三</text:p></table:table-cell></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document>"
    )
    read = read_all(data.encode(), "表.fods")
    assert (read.file_type, texts(read.sheets[0])) == ("fods", [["张三"]])
