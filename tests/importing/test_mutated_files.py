"""Damaged files by the hundred: read, or refused; the program goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.importing.corpus_files import corpus_file
from tests.importing.mutants import mutants, zip_mutants
from tests.importing.spreadsheet_makers import cells, inline, ods, styles, xlsx
from village_app.errors import Refused
from village_app.importing.files.grid import Workbook
from village_app.importing.files.preflight import preflight
from village_app.importing.files.read_html import read_html
from village_app.importing.files.read_ods import read_ods
from village_app.importing.files.read_ooxml import read_ooxml
from village_app.importing.files.read_spreadsheetml import read_spreadsheetml
from village_app.importing.files.read_text import read_text
from village_app.importing.files.reader import read_workbook
from village_app.importing.files.readers import Reader
from village_app.importing.files.reading import Damaged, ReadOptions
from village_app.importing.files.transfer import Assembly, messages_of, unpack

WORKBOOK = xlsx(
    cells(
        inline("姓名", "A1") + inline("生日", "B1"),
        '<c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>31228</v></c><c t="e"><v>#N/A</v></c>',
        '<c r="A3" t="s"><v>1</v></c><c r="B3"><f>B2</f><v>7</v></c><c t="b"><v>1</v></c>',
    )
    + '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
    strings="<si><t>张三</t></si><si><r><rPr><strike/></rPr><t>李四</t></r></si>",
    styles=styles("yyyy-mm-dd"),
)
OPEN_DOCUMENT = ods(
    '<table:table table:name="一"><table:table-row table:number-rows-repeated="2">'
    '<table:table-cell office:value-type="date" office:date-value="1985-06-30"/>'
    '<table:table-cell table:number-columns-repeated="3" office:value-type="string">'
    "<text:p>张<text:s/>三</text:p></table:table-cell></table:table-row></table:table>"
)
TEXT = ('姓名,备注\r\n张三,"一\r\n二"\r\n李四,三\r\n' * 5).encode("gb18030")
PAGE = "<html><table><tr><td colspan=2>册<tr><td>张三<td x:num='7'>7</table>".encode("gbk")
XML_2003 = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="册"><Table>'
    '<Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">张三</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
).encode()


def outcome(reader: Reader, data: bytes) -> str:
    """Read in this process, which only readers written here may be trusted to survive."""
    try:
        preflight(data, "表")
        return str(len(reader(data, ReadOptions(name="表.csv")).sheets))
    except Refused as refusal:
        return refusal.code
    except Damaged:
        return "damaged"


@pytest.mark.parametrize(
    ("reader", "damaged"),
    [
        (read_ooxml, zip_mutants(WORKBOOK, 150, seed=1)),
        (read_ooxml, mutants(WORKBOOK, 60, seed=2)),
        (read_ods, zip_mutants(OPEN_DOCUMENT, 80, seed=3)),
        (read_text, mutants(TEXT, 150, seed=4)),
        (read_html, mutants(PAGE, 80, seed=5)),
        (read_spreadsheetml, mutants(XML_2003, 80, seed=6)),
    ],
    ids=["xlsx parts", "xlsx bytes", "ods parts", "text", "html", "spreadsheetml"],
)
def test_our_own_readers_meet_damage_with_a_refusal(
    reader: Reader, damaged: Iterator[bytes]
) -> None:
    """F44: nothing but a workbook, `Refused` or `Damaged` comes out, and not always the same."""
    outcomes = Counter(outcome(reader, data) for data in damaged)
    assert len(outcomes) >= 2


def old_workbook() -> bytes:
    return corpus_file("mini-software__MiniExcel/TestIssue242.xls").read_bytes()


def through_the_door(data: bytes) -> str:
    try:
        return read_workbook(data, "表.xls").file_type
    except Refused as refusal:
        return refusal.code


def test_damaged_old_workbooks_never_reach_the_program() -> None:
    """F44: through the real door; readers of other people die in the child alone."""
    outcomes = Counter(through_the_door(data) for data in mutants(old_workbook(), 30, seed=7))
    assert set(outcomes) <= {
        "xls",
        "damaged",
        "not_a_spreadsheet",
        "too_large",
        "has_password",
        "cannot_unlock",
    }


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_ten_thousand_damaged_files_never_reach_the_program(seed: int) -> None:
    """F44: a thousand a round, through the real door."""
    files = [
        *mutants(old_workbook(), 400, seed),
        *zip_mutants(WORKBOOK, 250, seed),
        *mutants(WORKBOOK, 100, seed),
        *mutants(TEXT, 150, seed),
        *zip_mutants(OPEN_DOCUMENT, 50, seed),
        *mutants(PAGE, 50, seed),
    ]
    outcomes = Counter(map(through_the_door, files))
    assert outcomes.total() == 1_000
    assert outcomes["damaged"] > 0


def test_a_workbook_travels_without_loss() -> None:
    read = read_ooxml(WORKBOOK, ReadOptions())
    assembly = Assembly()
    for message in messages_of(read):
        assembly.take(unpack(message))
    assert isinstance(assembly.workbook, Workbook)
    assert assembly.workbook == read
