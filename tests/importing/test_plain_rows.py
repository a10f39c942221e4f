"""The fast lane takes what it understands wholly, and changes nothing of the result."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.importing.corpus_files import CORPUS
from tests.importing.mutants import zip_mutants
from tests.importing.spreadsheet_makers import cells, inline, styles, texts, xlsx
from village_app.errors import Refused
from village_app.importing.files import read_ooxml as reading_ooxml
from village_app.importing.files.grid import Workbook
from village_app.importing.files.plain_rows import PlainCell, PlainRows
from village_app.importing.files.read_ooxml import read_ooxml
from village_app.importing.files.reading import Damaged, ReadOptions

START = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet><sheetData>'


def sift(*pieces: bytes) -> tuple[bytes, list[tuple[int, list[PlainCell]]]]:
    """Give what is left for the parser, and the rows taken."""
    taken: list[tuple[int, list[PlainCell]]] = []
    rows = PlainRows(lambda number, cells: taken.append((number, cells)))
    left = b"".join(rows.sift(piece) for piece in (*pieces, b""))
    return left, taken


def row(number: int, content: str) -> bytes:
    return f'<row r="{number}" spans="1:3" x14ac:dyDescent="0.2">{content}</row>'.encode()


PLAIN = (
    '<c r="A1" s="2" t="s"><v>0</v></c><c r="B1"/><c r="C1" t="inlineStr"><is><t>甲</t></is></c>'
)


def test_plain_rows_are_taken_out_of_the_stream() -> None:
    left, taken = sift(START + row(1, PLAIN) + row(7, '<c r="A7"><v>1.5</v></c>') + b"</sheetData>")
    assert left == START + b"</sheetData>"
    assert taken == [
        (
            1,
            [("A", "2", "s", "0", ""), ("B", "", "", "", ""), ("C", "", "inlineStr", "", "甲")],
        ),
        (7, [("A", "", "", "1.5", "")]),
    ]


@pytest.mark.parametrize("cut", range(len(START), 420, 7))
def test_pieces_may_be_cut_anywhere(cut: int) -> None:
    whole = START + row(1, PLAIN) + row(2, PLAIN) + b"</sheetData><rowBreaks/></worksheet>"
    left, taken = sift(whole[:cut], whole[cut : cut + 50], whole[cut + 50 :])
    assert left == START + b"</sheetData><rowBreaks/></worksheet>"
    assert [number for number, _ in taken] == [1, 2]


@pytest.mark.parametrize(
    "odd",
    [
        '<c r="A1"><f>B1</f><v>7</v></c>',
        '<c r="A1" t="inlineStr"><is><r><t>甲</t></r></is></c>',
        '<c r="A1" t="inlineStr"><is><t>&lt;</t></is></c>',
        '<c r="A1" cm="1"><v>1</v></c>',
        "<c><v>1</v></c>",
    ],
)
def test_odd_rows_are_left_to_the_parser(odd: str) -> None:
    left, taken = sift(START + row(1, odd) + row(2, PLAIN))
    assert left == START + row(1, odd)
    assert [number for number, _ in taken] == [2]


@pytest.mark.parametrize(
    "before",
    [
        b"<!-- ",
        b"<![CDATA[",
        b"<?x ",
        b'<sheetFormatPr zeroHeight="1"/>',
        b"<row><c><v>1</v></c></row>",
    ],
)
def test_what_may_change_the_meaning_of_rows_closes_the_lane(before: bytes) -> None:
    whole = START + before + row(1, PLAIN)
    assert sift(whole, row(2, PLAIN)) == (whole + row(2, PLAIN), [])


@pytest.mark.parametrize(
    "start",
    [
        b'\xff\xfe<\x00w\x00"',
        b'<?xml version="1.0" encoding="GB2312"?><worksheet><sheetData>',
        b"<x:worksheet><x:sheetData>",
        b"<other><worksheet>",
    ],
)
def test_parts_that_are_not_plain_go_to_the_parser_whole(start: bytes) -> None:
    assert sift(start + row(1, PLAIN)) == (start + row(1, PLAIN), [])


def test_rows_without_numbers_follow_the_rows_taken_before() -> None:
    whole = START.replace(b"<sheetData>", b"") + b"<sheetData>" + row(1, PLAIN) + row(2, PLAIN)
    unnumbered = f"<row>{inline('丙')}</row></sheetData></worksheet>".encode()
    parts = {"xl/worksheets/sheet1.xml": whole + b" " * (1 << 18) + unnumbered}
    buffer = io.BytesIO(xlsx(strings="<si><t>乙</t></si>"))
    with zipfile.ZipFile(buffer) as archive:
        parts = {**{name: archive.read(name) for name in archive.namelist()}, **parts}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    sheet = read_ooxml(packed.getvalue(), ReadOptions()).sheets[0]
    assert texts(sheet) == [["乙", "", "甲"], ["乙", "", "甲"], ["丙"]]


class NoFastLane:
    """Leaves every row to the parser."""

    def __init__(self, take_row: object) -> None:
        del take_row

    def sift(self, piece: bytes) -> bytes:
        return piece


def outcome(data: bytes) -> Workbook | str:
    try:
        return read_ooxml(data, ReadOptions())
    except Refused as refusal:
        return refusal.code
    except Damaged:
        return "damaged"


SHEET = xlsx(
    cells(
        inline("姓名", "A1") + inline("生日", "B1"),
        '<c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>31228</v></c>',
        '<c r="A3" t="s"><v>1</v></c><c r="B3"><f>B2</f><v>7</v></c><c r="C3" t="b"><v>1</v></c>',
        '<c r="A4" t="e"><v>#N/A</v></c><c r="B4"/><c r="D4" t="str"><v>_x000D_丁</v></c>',
    ),
    strings="<si><t>张三</t></si><si><t>李四</t></si>",
    styles=styles("yyyy-mm-dd"),
)


def test_with_and_without_the_lane_damaged_sheets_read_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the parser reads a sheet, both agree on every cell; where it refuses, both refuse."""
    damaged = list(zip_mutants(SHEET, 300, seed=11))
    fast = [outcome(data) for data in damaged]
    monkeypatch.setattr(reading_ooxml, "PlainRows", NoFastLane)
    slow = [outcome(data) for data in damaged]
    different = [n for n, (one, other) in enumerate(zip(fast, slow, strict=True)) if one != other]
    assert different == []
    assert sum(isinstance(one, Workbook) for one in fast) > 30


def test_with_and_without_the_lane_stored_files_read_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paths = sorted(CORPUS.glob("*/*.xls[xm]")) if CORPUS.exists() else []
    if not paths:
        pytest.skip("corpus not at hand")
    files = [path.read_bytes() for path in paths]
    fast = [outcome(data) for data in files]
    monkeypatch.setattr(reading_ooxml, "PlainRows", NoFastLane)
    assert [outcome(data) for data in files] == fast
