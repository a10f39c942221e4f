"""The XML of 2003 that older office systems save as xls."""

from __future__ import annotations

import pytest

from tests.importing.spreadsheet_makers import (
    read_all,
)
from village_app.importing.files.grid import Merge

SPREADSHEETML = """<?xml version="1.0" encoding="{encoding}"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style></Styles>
<Worksheet ss:Name="名册"><Table>
<Column ss:Index="2" ss:Span="1" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">花名册</Data></Cell>
<Cell><Data ss:Type="Number">110101199001011234</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1">
<Cell ss:Index="2" ss:StyleID="s1"><Data ss:Type="String">张三</Data>
<Comment><Data>批注</Data></Comment></Cell>
<Cell><Data ss:Type="DateTime">1985-06-30T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="DateTime">1899-12-31T04:39:00.000</Data></Cell></Row>
<Row><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell>
<Cell ss:Formula="=R[-1]C"/><Cell><ss:Data ss:Type="String"
 xmlns="http://www.w3.org/TR/REC-html40"><B>粗</B>细</ss:Data></Cell></Row>
</Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "GB2312"])
def test_a_spreadsheetml_file_named_xls_is_read(encoding: str) -> None:
    """F14."""
    read = read_all(SPREADSHEETML.format(encoding=encoding).encode(encoding), "名册.xls")
    assert read.file_type == "spreadsheetml"
    (sheet,) = read.sheets
    assert (sheet.name, sheet.visibility) == ("名册", "hidden")
    assert [[(cell.kind, cell.text) for cell in row] for row in sheet.rows] == [
        [("text", "花名册"), ("blank", ""), ("number", "110101199001011234")],
        [],
        [],
        [("blank", ""), ("text", "张三"), ("date", "1985-06-30"), ("date", "04:39:00")],
        [
            ("error", "#N/A"),
            ("flag", "TRUE"),
            ("formula_without_value", "=R[-1]C"),
            ("text", "粗细"),
        ],
    ]
    assert sheet.merges == [Merge(0, 0, 0, 1)]
    assert sheet.hidden_rows == {3}
    assert sheet.hidden_columns == {1, 2}
    assert sheet.rows[3][1].struck_out
