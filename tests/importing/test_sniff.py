"""What bytes really are, whatever the file is called."""

from __future__ import annotations

import pytest

from tests.importing.spreadsheet_makers import (
    biff2,
    ods,
    xlsx_parts,
    zipped,
)
from village_app.errors import Refused
from village_app.importing.files.sniff import sniff


@pytest.mark.parametrize(
    ("data", "file_type"),
    [
        ("<html><table><tr><td>张三".encode("gbk"), "html"),
        (b"\xff\xfe" + "<table><tr><td>张三".encode("utf-16-le"), "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "mhtml"),
        (
            b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "spreadsheetml",
        ),
        (zipped(xlsx_parts()), "xlsx"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "xlsb"),
        (ods(""), "ods"),
        (b'<office:document office:mimetype="application/x.opendocument.spreadsheet"/>', "fods"),
        (biff2(), "xls"),
        ("姓名,电话\n张三,1".encode(), "text"),
        (b"BMI,MZ\n1,2", "text"),
        ("MZ编号,BM\n1,2".encode(), "text"),
        ("<内部>,x\n1,2".encode(), "text"),
    ],
)
def test_bytes_are_told_by_their_content(data: bytes, file_type: str) -> None:
    """F12, F17."""
    assert sniff(data) == file_type


@pytest.mark.parametrize(
    "data", [b"ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K1\r\nE\r\n", b'TABLE\n0,1\n"EXCEL"\n']
)
def test_tables_of_the_eighties_are_refused_by_name(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        sniff(data)
    assert "很老" in refusal.value.message
