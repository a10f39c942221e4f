"""The binary twin of xlsx, made record by record."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from tests.importing.spreadsheet_makers import (
    read_all,
    xlsx_parts,
    zipped,
)
from village_app.importing.files.grid import Merge
from village_app.importing.files.read_xlsb import read_xlsb
from village_app.importing.files.reading import Damaged, ReadOptions


def record(number: int, content: bytes) -> bytes:
    """Make a record of [MS-XLSB]."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    length = len(content)
    while length > 0x7F:
        head += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + bytes([length]) + content


def wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def xlsb(sheet: bytes) -> bytes:
    parts = xlsx_parts()
    del parts["xl/workbook.xml"], parts["xl/worksheets/sheet1.xml"]
    relations = str(parts.pop("xl/_rels/workbook.xml.rels"))
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("workbook.xml", "workbook.bin")
    parts["xl/_rels/workbook.bin.rels"] = relations.replace(".xml", ".bin")
    parts["xl/workbook.bin"] = record(156, struct.pack("<II", 1, 1) + wide("rId1") + wide("名册"))
    parts["xl/sharedStrings.bin"] = record(19, b"\x00" + wide("张三"))
    parts["xl/styles.bin"] = (
        record(44, struct.pack("<H", 164) + wide("yyyy-mm-dd"))
        + record(43, struct.pack("<HH", 220, 0))
        + record(43, struct.pack("<HH", 220, 8))
        + record(617, b"")
        + record(47, struct.pack("<HHH", 0, 0, 0))
        + record(47, struct.pack("<HHH", 0, 164, 1))
        + record(618, b"")
    )
    parts["xl/worksheets/sheet1.bin"] = sheet
    return zipped(parts)


def test_a_part_whose_bytes_were_changed_is_damage() -> None:
    whole = xlsb(record(0, struct.pack("<IIHBB", 0, 0, 300, 0, 0)))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        entry = archive.getinfo("xl/workbook.bin")
    broken = bytearray(whole)
    broken[entry.header_offset + 30 + len(entry.filename) + 5] ^= 0xFF
    with pytest.raises(Damaged):
        read_xlsb(bytes(broken), ReadOptions())


def test_cells_of_an_xlsb_file() -> None:
    def cell(number: int, column: int, value: bytes, style: int = 0) -> bytes:
        return record(number, struct.pack("<II", column, style) + value)

    sheet = (
        record(60, struct.pack("<IIIIH", 1, 1, 0, 0, 1))
        + record(0, struct.pack("<IIHBB", 0, 0, 300, 0, 0))
        + cell(7, 0, struct.pack("<I", 0))
        + cell(2, 1, struct.pack("<i", (-5 << 2) | 2))
        + cell(2, 2, struct.pack("<i", (1234 << 2) | 3))
        + cell(5, 3, struct.pack("<d", 110101199001011234.0))
        + cell(5, 4, struct.pack("<d", 45292.0), style=1)
        + cell(3, 5, b"\x2a")
        + cell(4, 6, b"\x01")
        + cell(8, 7, wide("结果"))
        + cell(6, 8, wide("甲\r\n乙"), style=1)
        + record(0, struct.pack("<IIHBB", 2, 0, 300, 0, 0x10))
        + cell(7, 0, struct.pack("<I", 0))
        + record(176, struct.pack("<IIII", 0, 1, 0, 0))
    )
    read = read_all(xlsb(sheet), "表.xlsb")
    assert read.file_type == "xlsb"
    (one,) = read.sheets
    assert (one.name, one.visibility) == ("名册", "hidden")
    assert [(c.kind, c.text, c.struck_out) for c in one.rows[0]] == [
        ("text", "张三", False),
        ("number", "-5", False),
        ("number", "12.34", False),
        ("number", "1.1010119900101123e+17", False),
        ("date", "2024-01-01", True),
        ("error", "#N/A", False),
        ("flag", "TRUE", False),
        ("text", "结果", False),
        ("text", "甲\n乙", True),
    ]
    assert one.merges == [Merge(0, 0, 1, 0)]
    assert one.hidden_rows == {2}
    assert one.hidden_columns == {1}
