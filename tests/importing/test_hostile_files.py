"""Files made to harm: refused with a sentence, before or while reading, never by falling over."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path

import pytest

from tests.importing.corpus_files import corpus_file
from tests.importing.spreadsheet_makers import (
    cells,
    inline,
    read_all,
    read_one,
    xlsx,
    xlsx_parts,
    zipped,
)
from village_app.errors import Refused
from village_app.importing.files import limits
from village_app.importing.files.preflight import check_size, preflight
from village_app.importing.files.read_ooxml import read_ooxml
from village_app.importing.files.reader import read_workbook
from village_app.importing.files.reading import Damaged, ReadOptions


def refusal_of(data: bytes, name: str = "表.xlsx") -> str:
    with pytest.raises(Refused) as refusal:
        preflight(data, name)
    return refusal.value.code


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    """F01: a part that grows a thousandfold."""
    bomb = zipped({"[Content_Types].xml": "", "xl/worksheets/sheet1.xml": b" " * (64 << 20)})
    assert len(bomb) < 200_000
    assert refusal_of(bomb) == "zip_bomb"


def test_many_middling_parts_are_refused_by_their_sum() -> None:
    """F01: no single part stands out, together they are too much."""
    data = bytearray(zipped({f"xl/worksheets/sheet{n}.xml": b"<a/>" for n in range(40)}))
    place = data.index(b"PK\x01\x02")
    while place >= 0:
        struct.pack_into("<I", data, place + 24, 9 << 20)
        place = data.find(b"PK\x01\x02", place + 1)
    assert refusal_of(bytes(data)) == "unpacked_too_large"


def test_a_size_stated_too_small_does_not_let_more_through() -> None:
    """F01: the directory lies about the size of a part; then it is damage, not a bigger part."""
    parts = xlsx_parts(cells(*[inline("甲" * 200)] * 2000))
    data = bytearray(zipped(parts))
    name = b"xl/worksheets/sheet1.xml"
    entry = data.rindex(name) - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    struct.pack_into("<I", data, entry + 24, 100)
    with pytest.raises(Damaged):
        read_all(bytes(data))


def test_too_many_entries_are_refused() -> None:
    """F02."""
    data = zipped({f"{n}": b"" for n in range(limits.ZIP_ENTRIES + 1)})
    assert refusal_of(data) == "too_many_entries"


@pytest.mark.long
def test_65536_entries_are_refused() -> None:
    """F02: as many as the small end record cannot count."""
    data = zipped({f"{n}": b"" for n in range(65_536)})
    assert refusal_of(data) == "too_many_entries"


def test_a_directory_longer_than_stated_is_refused() -> None:
    """F02: the end record states few entries, the directory holds many."""
    data = bytearray(zipped({f"{n}": b"" for n in range(3_000)}))
    end = data.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", data, end + 8, 10, 10)
    assert refusal_of(bytes(data)) == "too_many_entries"


def test_entries_lying_over_each_other_are_refused() -> None:
    """F02: two directory entries that share the bytes of one part."""
    data = bytearray(zipped({"a.xml": b"<a/>" * 500, "b.xml": b"<b/>" * 500}))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 0)
    assert refusal_of(bytes(data)) == "overlapping_entries"


def test_an_archive_in_an_archive_is_refused_by_name() -> None:
    """F02: no spreadsheet, so nothing of it is unpacked."""
    inner = zipped({"表.csv": "姓名\n张三"})
    with pytest.raises(Refused) as refusal:
        read_all(zipped({"表.zip": inner, "表.csv": "姓名\n张三"}), "表.zip")
    assert "压缩包" in refusal.value.message


LAUGHS = (
    '<!DOCTYPE sst [<!ENTITY a "哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {x} "{f"&{y};" * 10}">' for y, x in pairwise("abcdefghi"))
    + "]>"
)
ENTITY_ATTACKS = {
    "billion laughs": LAUGHS,
    "quadratic": f'<!DOCTYPE sst [<!ENTITY a "{"甲" * 50_000}">]>',
    "outside file": '<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "outside grammar": '<!DOCTYPE sst SYSTEM "http://192.0.2.1/x.dtd">',
}


@pytest.mark.parametrize("attack", ENTITY_ATTACKS.values(), ids=ENTITY_ATTACKS.keys())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_documents_with_entities_are_refused(attack: str, encoding: str) -> None:
    """F03, F04, F05: in every part, in both encodings, before anything is expanded."""
    parts = xlsx_parts(cells('<c t="s"><v>0</v></c>'), strings="<si><t>甲</t></si>")
    body = f'{attack}<sst xmlns="urn:x"><si><t>&a;</t></si></sst>'
    parts["xl/sharedStrings.xml"] = body.encode(encoding)
    assert refusal_of(zipped(parts)) == "document_type"


def test_a_document_type_behind_a_long_comment_is_found_by_the_parser() -> None:
    """F03: too far back for the quick look, not for the parser."""
    parts = xlsx_parts()
    comment = f"<!--{'.' * 40_000}-->"
    parts["xl/sharedStrings.xml"] = f"{comment}{LAUGHS}<sst><si><t>&i;</t></si></sst>"
    data = zipped(parts)
    preflight(data, "表.xlsx")
    with pytest.raises(Refused) as refusal:
        read_all(data)
    assert refusal.value.code == "document_type"


@pytest.mark.parametrize("kind", ["spreadsheetml", "ods"])
def test_other_xml_formats_refuse_entities_too(kind: str) -> None:
    if kind == "ods":
        parts = {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"{LAUGHS}<office:document-content/>",
        }
        data = zipped(parts)
    else:
        data = (
            f'<?xml version="1.0"?>{LAUGHS}'
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
        ).encode()
    with pytest.raises(Refused) as refusal:
        read_all(data)
    assert refusal.value.code == "document_type"


@pytest.mark.parametrize("name", ["../../../x", "..\\..\\x", "C:/x", "xl/../../x"])
def test_paths_out_of_the_archive_are_refused(name: str, tmp_path: Path) -> None:
    """F06: and nothing is ever unpacked to a disk anyway."""
    parts = xlsx_parts()
    parts[name] = b"x"
    assert refusal_of(zipped(parts)) == "path_in_zip"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("last", [100_000, pytest.param(1_048_576, marks=pytest.mark.long)])
def test_formatted_empty_rows_give_the_one_real_row(last: int) -> None:
    """F07."""
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(2, last + 1))
    data = xlsx(f'<sheetData><row r="1">{inline("张三")}</row>{rows}</sheetData>')
    sheet = read_one(data)
    assert [[cell.text for cell in row] for row in sheet.rows] == [["张三"]]


def test_values_in_the_two_far_corners_only() -> None:
    """F08: sparse, so that no memory goes into what is not there."""
    data = xlsx(
        f'<sheetData><row r="1">{inline("起", "A1")}</row>'
        f'<row r="1048576">{inline("止", "XFD1048576")}</row></sheetData>'
    )
    sheet = read_one(data)
    assert len(sheet.rows) == 1_048_576
    assert sheet.rows[0][0].text == "起"
    assert sheet.rows[-1][-1].text == "止"
    assert len(sheet.rows[-1]) == 16_384
    assert sheet.rows[500_000] is sheet.rows[500_001]


def test_wide_rows_all_the_way_down_are_refused() -> None:
    """F08: a cell in the last column of every row would need millions of places."""
    rows = "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 2_000))
    with pytest.raises(Refused) as refusal:
        read_one(xlsx(f"<sheetData>{rows}</sheetData>"))
    assert refusal.value.code == "too_many_cells"


@pytest.mark.parametrize("row", ["0", "1048577", "99999999999", "-1", "x"])
def test_rows_that_no_sheet_has_are_damage(row: str) -> None:
    with pytest.raises(Damaged):
        read_ooxml(
            xlsx(f'<sheetData><row r="{row}"><c><v>1</v></c></row></sheetData>'), ReadOptions()
        )


@pytest.mark.parametrize("place", ["XFE1", "AAAA1", "一1", "1"])
def test_columns_that_no_sheet_has_are_damage(place: str) -> None:
    with pytest.raises(Damaged):
        read_ooxml(xlsx(cells(f'<c r="{place}"><v>1</v></c>')), ReadOptions())


def test_a_cell_of_a_million_characters_is_refused() -> None:
    data = xlsx(cells(inline("甲" * (limits.CELL_CHARACTERS + 1))))
    with pytest.raises(Refused) as refusal:
        read_one(data)
    assert refusal.value.code == "cell_too_long"


def test_one_long_text_in_many_cells_counts_where_it_is_shown() -> None:
    shared = f"<si><t>{'甲' * 1_000_000}</t></si>"
    data = xlsx(cells(*['<c t="s"><v>0</v></c>'] * 100), strings=shared)
    with pytest.raises(Refused) as refusal:
        read_one(data)
    assert refusal.value.code == "too_many_characters"


def test_merges_lying_over_each_other_without_end_are_cut_off() -> None:
    """Whoever walks over merged places must not walk over them a thousand times."""
    rows = cells(*[inline("甲") * 10] * 1_000)
    merges = '<mergeCell ref="A1:J1000"/>' * 1_000
    sheet = read_one(xlsx(f"{rows}<mergeCells>{merges}</mergeCells>"))
    assert len(sheet.merges) == limits.MERGED_PLACES // 10_000


def test_more_than_64_megabytes_are_refused_before_reading() -> None:
    with pytest.raises(Refused) as refusal:
        check_size(limits.FILE_BYTES + 1)
    assert refusal.value.code == "file_too_large"


PICTURE = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 20
NOT_TABLES = {
    "nothing": (b"", "empty_file"),
    "noughts": (b"\x00" * 4096, "empty_file"),
    "picture": (PICTURE, "not_a_spreadsheet"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "not_a_spreadsheet"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not_a_spreadsheet"),
    "rar": (b"Rar!\x1a\x07\x01\x00" + b"\x00" * 100, "not_a_spreadsheet"),
    "program": (b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200, "not_a_spreadsheet"),
    "bitmap": (b"BM" + struct.pack("<IHHI", 1000, 0, 0, 54) + b"\x00" * 900, "not_a_spreadsheet"),
    "word": (zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "not_a_spreadsheet"),
    "slides": (zipped({"ppt/presentation.xml": "<a/>"}), "not_a_spreadsheet"),
    "cut zip": (xlsx()[:-40], "damaged"),
    "half zip": (xlsx(cells(inline("张三")))[:300], "damaged"),
    "json": ('{"姓名": "张三"}'.encode(), "not_a_spreadsheet"),
    "web page without a table": ("<html><body>你好</body></html>".encode(), "not_a_spreadsheet"),
    "random": (random.Random(38).randbytes(5_000), "not_text"),
}


@pytest.mark.parametrize(("data", "code"), NOT_TABLES.values(), ids=NOT_TABLES.keys())
def test_what_is_no_table_is_refused_by_name(data: bytes, code: str) -> None:
    """F38: through the real door, one sentence each."""
    with pytest.raises(Refused) as refusal:
        read_workbook(data, "名册.xlsx")
    assert refusal.value.code == code
    assert refusal.value.message.endswith("。")


def test_a_locked_workbook_whose_lock_is_broken_is_still_named() -> None:
    whole = corpus_file("nolze__msoffcrypto-tool/example_password.xlsx").read_bytes()
    broken = whole.replace(b"<encryption", b"\x00encryption", 1)
    assert broken != whole
    with pytest.raises(Refused) as refusal:
        read_all(broken)
    assert refusal.value.code == "cannot_unlock"


def test_an_archive_with_a_password_is_named() -> None:
    data = bytearray(xlsx(cells(inline("张三"))))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        offsets = [entry.header_offset for entry in archive.infolist()]
    for offset in offsets:
        data[offset + 6] |= 1
    place = data.index(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)
    with pytest.raises(Refused) as refusal:
        read_all(bytes(data))
    assert refusal.value.code == "cannot_unlock"


@pytest.mark.parametrize("name", ["~$名册.xlsx", ".~lock.名册.ods#", ".~名册.et"])
def test_temporary_files_of_office_programs_are_explained(name: str) -> None:
    with pytest.raises(Refused) as refusal:
        preflight(b"\x00" * 165, name)
    assert refusal.value.code == "temporary_file"
    assert "临时文件" in refusal.value.message


def test_macros_links_and_objects_are_left_alone() -> None:
    """F39: only stored values come in; what would run or load is never opened."""
    parts = xlsx_parts(
        cells(
            '<c r="A1" t="str"><f>HYPERLINK("http://192.0.2.1/","点")</f><v>点</v></c>'
            '<c r="B1"><f>[1]外部!A1</f><v>7</v></c>'
            '<c r="C1" t="str"><f>cmd|"/c calc"!A1</f><v>值</v></c>'
        )
    )
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macro"
    parts["xl/embeddings/oleObject1.bin"] = b"\xd0\xcf\x11\xe0 object"
    parts["xl/externalLinks/externalLink1.xml"] = "<externalLink/>"
    read = read_all(zipped(parts))
    assert [cell.text for cell in read.sheets[0].rows[0]] == ["点", "7", "值"]
    assert any("宏没有运行" in remark for remark in read.remarks)


def test_a_stream_that_ends_early_is_damage() -> None:
    data = bytearray(xlsx(cells(*[inline("张三")] * 500)))
    packed = zlib.compress(b"")
    place = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[place : place + len(packed)] = packed
    with pytest.raises(Refused) as refusal:
        read_workbook(bytes(data), "表.xlsx")
    assert refusal.value.code == "damaged"
