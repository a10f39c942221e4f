"""Tables saved as web pages and web archives, as office systems do."""

from __future__ import annotations

from tests.importing.spreadsheet_makers import (
    read_all,
    read_one,
    texts,
)
from village_app.importing.files.grid import Merge

HTML = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet>
<x:Name>三组</x:Name></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]-->
<style>td {mso-number-format:"\\@";}</style></head><body><p>名册</p><table>
<tr><th colspan=2>花名册</th><th rowspan=2>电话</th>
<tr><td>姓&nbsp;名</td><td>身份证号
</td></tr>
<tr style='display:none'><td>张三</td><td>110101199001011234</td>
<td x:num="13800000000">1.38E+10</td></tr>
<tr><td>李<br>四</td><td>&nbsp;</td><td x:num="45292">2024/1/1</td></tr>
<tr><td><s>王五</s></td><td x:err>#N/A</td><td>a &lt; b<p>下一段</p></td></tr>
</table></body></html>"""


def test_a_web_page_named_xls_is_read() -> None:
    """F13: GB2312 and text for the identity numbers."""
    read = read_all(HTML.encode("gbk"), "名册.xls")
    assert (read.file_type, read.encoding) == ("html", "gb18030")
    (sheet,) = read.sheets
    assert sheet.name == "三组"
    assert [[(cell.kind, cell.text) for cell in row] for row in sheet.rows] == [
        [("text", "花名册"), ("blank", ""), ("text", "电话")],
        [("text", "姓\xa0名"), ("text", "身份证号")],
        [("text", "张三"), ("text", "110101199001011234"), ("number", "13800000000")],
        [("text", "李\n四"), ("blank", ""), ("text", "2024/1/1")],
        [("text", "王五"), ("error", "#N/A"), ("text", "a < b\n下一段")],
    ]
    assert sheet.merges == [Merge(0, 0, 0, 1), Merge(0, 2, 1, 2)]
    assert sheet.hidden_rows == {2}
    assert sheet.rows[4][0].struck_out


def test_the_charset_a_page_states_is_not_believed_against_its_bytes() -> None:
    read = read_all(HTML.encode("utf-8"), "名册.xls")
    assert read.encoding == "utf-8"
    assert texts(read.sheets[0])[0][0] == "花名册"


def test_tables_in_a_page_are_sheets_of_their_own() -> None:
    page = (
        "<table><tr><td><table><tr><td>内<td>一</table></td></tr></table>"
        "<table><tr><td>外<td>二<tr><td>三"
    )
    read = read_all(page.encode(), "页.htm")
    assert [(sheet.name, texts(sheet)) for sheet in read.sheets] == [
        ("表1", [["内", "一"]]),
        ("表2", [["外", "二"], ["三"]]),
    ]


def test_a_strike_left_open_ends_with_its_cell() -> None:
    sheet = read_one("<table><tr><td><s>张三</td><td>李四</table>".encode(), "页.htm")
    assert [cell.struck_out for cell in sheet.rows[0]] == [True, False]


def test_a_charset_that_gives_no_text_is_passed_over() -> None:
    page = "<meta charset=zlib><table><tr><td>张三</table>"
    assert texts(read_one(page.encode(), "页.htm")) == [["张三"]]


def test_spans_beyond_all_measure_are_cut() -> None:
    page = "<table><tr><td colspan=99999999 rowspan=99999999>甲<td>乙<tr><td>丙</table>"
    sheet = read_one(page.encode(), "页.htm")
    assert len(sheet.rows[0]) == 1001
    assert sheet.rows[0][1000].text == "乙"


MHTML = b"""MIME-Version: 1.0
Content-Type: multipart/related; boundary="----=x"

------=x
Content-Location: file:///C:/x/main.htm
Content-Transfer-Encoding: quoted-printable
Content-Type: text/html; charset="gb2312"

<html><!--[if gte mso 9]><xml><x:Name>=D2=BB=D7=E9</x:Name><x:Name>=B6=FE=D7=E9</x:Name>=
</xml><![endif]-->
<frameset></frameset></html>

------=x
Content-Location: file:///C:/x/main.files/tabstrip.htm
Content-Type: text/html; charset="us-ascii"

<table><tr><td>tab</td></tr></table>

------=x
Content-Location: file:///C:/x/main.files/sheet001.htm
Content-Transfer-Encoding: base64
Content-Type: text/html; charset="gb2312"

PHRhYmxlPjx0cj48dGQ+1cXI/Twvc2Q+PC90cj48L3RhYmxlPg==

------=x
Content-Location: file:///C:/x/main.files/sheet002.htm
Content-Type: text/html; charset="gb2312"

<table><tr><td>2</td></tr></table>

------=x--
"""


def test_a_web_archive_named_xls_is_read_sheet_by_sheet() -> None:
    """F16."""
    read = read_all(MHTML, "名册.xls")
    assert read.file_type == "mhtml"
    assert [(sheet.name, texts(sheet)) for sheet in read.sheets] == [
        ("一组", [["张三"]]),
        ("二组", [["2"]]),
    ]
