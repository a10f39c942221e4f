"""Workbooks with a password: the old way of .xls and the new way of .xlsx (F11)."""

from __future__ import annotations

import io

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.importing.rc4_workbooks import locked_xls
from village_app.errors import Refused
from village_app.importing.files.reader import read_workbook
from village_app.resources import resource

PASSWORD = "荔枝 Litchi-2026"


def locked_xlsx(plain: bytes, password: str) -> bytes:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(plain)).encrypt(password, target)
    return target.getvalue()


def old() -> tuple[bytes, bytes]:
    plain = resource("sample", "党员名册.xls").read_bytes()
    return plain, locked_xls(plain, PASSWORD)


def new() -> tuple[bytes, bytes]:
    plain = resource("sample", "三组户籍花名册.xlsx").read_bytes()
    return plain, locked_xlsx(plain, PASSWORD)


@pytest.mark.parametrize("make", [old, new])
def test_the_password_gives_the_same_cells_as_the_open_workbook(make: object) -> None:
    assert callable(make)
    plain, locked = make()
    expected = read_workbook(plain, "表")
    opened = read_workbook(locked, "表", password=PASSWORD)
    assert [sheet.rows for sheet in opened.sheets] == [sheet.rows for sheet in expected.sheets]


@pytest.mark.parametrize("make", [old, new])
@pytest.mark.parametrize("password", [None, "", "litchi-2026", "荔枝"])
def test_without_it_or_with_another_one_nothing_is_read_and_it_is_named(
    make: object, password: str | None
) -> None:
    assert callable(make)
    _, locked = make()
    with pytest.raises(Refused) as refusal:
        read_workbook(locked, "表", password=password)
    assert refusal.value.code == ("wrong_password" if password else "has_password")
