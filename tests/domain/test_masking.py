"""Masks: the vectors of the convention, lengths, and names that must be told apart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.masking import (
    IdentityMask,
    keep_ends,
    mask_address,
    mask_bank_account,
    mask_birth,
    mask_document,
    mask_identity,
    mask_name,
    mask_phone,
    mask_plate,
)

han = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
rare = st.sampled_from("𬱖𫍯𠅤䶮㛃")
names = st.text(han | rare, min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张明", "张*"),
        ("张小明", "张*明"),
        ("欧阳小明", "欧阳*明"),
        ("司徒明", "司徒*"),
        ("张王小明", "张**明"),
        ("买买提·艾力", "买**·艾*"),
        ("买买提·卜拉·艾力", "买**·**·艾*"),
        ("阿卜杜拉木", "阿****"),
        ("欧阳", "欧*"),
        ("𬱖明", "𬱖*"),
        ("张𬱖明", "张*明"),
        ("John Smith", "J*** S****"),
        ("张", "*"),
        ("", "*"),
        ("张*明", "张*明"),
    ],
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "how", "masked"),
    [
        ("44190019850630123X", "ends", "441900********123X"),
        ("44190019850630123X", "strict", "441*************3X"),
        ("44190019850630123X", "tail", "**************123X"),
        ("441900198506301234", "screen", "4419**********1234"),
        ("441900850630123", "ends", "441900******123"),
    ],
)
def test_identity_numbers(number: str, how: IdentityMask, masked: str) -> None:
    assert mask_identity(number, how) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812341234", "138****1234"),
        ("13800005678", "138****5678"),
        ("0769-83731234", "0769-****1234"),
        ("010-62781234-801", "010-****1234-***"),
        ("+852 91234567", "+852 ****4567"),
        ("83731234", "****1234"),
        ("138****1234", "138****1234"),
    ],
)
def test_phones(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


def test_bank_accounts() -> None:
    assert mask_bank_account("6217001234567891234") == "621700*********1234"
    assert mask_bank_account("6217001234567891234", "tail") == "***************1234"
    assert mask_bank_account("12345678") == "****5678"


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("横沥镇隔坑村三组12号", "横沥镇隔坑村三组***"),
        ("东莞市横沥镇隔坑村陈屋组1号", "东莞市横沥镇隔坑村陈屋组***"),
        ("横沥镇隔坑村第3村民小组大路边5巷2号", "横沥镇隔坑村第3村民小组***"),
        ("横沥镇隔坑村村前路2号", "横沥镇隔坑村***"),
        ("横沥镇中山路2号", "横沥镇***"),
        ("陈屋3号", "***"),
    ],
)
def test_addresses_end_at_the_group(address: str, masked: str) -> None:
    assert mask_address(address) == masked


def test_births_plates_and_passports() -> None:
    assert mask_birth(date(1985, 6, 30)) == "1985年"
    assert mask_birth(date(1985, 6, 30), "age", date(2026, 11, 24)) == "41岁"
    assert mask_plate("粤S12123") == mask_plate("粤S·12123") == "粤S·**123"
    assert mask_plate("粤SD12345") == "粤S·***345"
    assert mask_document("E12345678") == "E*****678"
    assert mask_document("44190019850630123X") == "441900********123X"


@given(names)
def test_a_masked_name_keeps_its_length_in_code_points(name: str) -> None:
    masked = mask_name(name)
    assert len(masked) == len(name)
    assert "*" in masked
    assert mask_name(masked) in (masked, masked[:1] + "*" * (len(masked) - 1))


@given(st.text("0123456789X", min_size=1, max_size=30))
def test_masked_numbers_keep_their_length_and_hide_a_third(number: str) -> None:
    hidden = [
        mask_identity(number, "ends"),
        mask_identity(number, "screen"),
        mask_bank_account(number),
        mask_phone(number),
        mask_document(number),
    ]
    for masked in hidden:
        assert len(masked) == len(number)
        assert 3 * masked.count("*") >= len(number)


@given(st.text(min_size=1, max_size=40), st.integers(0, 9), st.integers(0, 9))
def test_keep_ends_never_shows_more_than_asked(text: str, front: int, back: int) -> None:
    masked = keep_ends(text, front, back)
    assert len(masked) == len(text)
    shown = [index for index, mark in enumerate(masked) if mark == text[index] != "*"]
    assert all(index < front or index >= len(text) - back for index in shown)
