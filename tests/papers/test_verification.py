"""The code under a paper, and its drawing as a QR code read back by a reader of our own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.papers.sample_papers import every_block_paper, ledger, one_block_paper
from village_app.papers.verification import (
    ALPHABET,
    content_hash,
    grouped,
    is_code_of,
    qr_matrix,
    read_code,
    verification_code,
)

KEY = bytes(range(32))


def test_a_code_has_eight_characters_that_cannot_be_mistaken() -> None:
    code = verification_code(content_hash(every_block_paper()), KEY)
    assert len(code) == 8
    assert set(code) <= set(ALPHABET)
    assert len(set(ALPHABET)) == 32
    assert not set("0O1I") & set(ALPHABET)


def test_the_same_paper_has_the_same_code_and_its_foot_does_not_count() -> None:
    first = content_hash(every_block_paper())
    assert first == content_hash(every_block_paper(footer="验真码 WXYZ 2345"))
    assert first != content_hash(every_block_paper(title="2026年二季度财务公开表"))


def test_one_fen_changes_the_code() -> None:
    paper = one_block_paper(ledger(3))
    table = ledger(3)
    row = table.rows[0]
    doctored = replace(
        table, rows=(replace(row, cells=(*row.cells[:-1], row.cells[-1] + 1)), *table.rows[1:])
    )
    codes = {
        verification_code(content_hash(one_block_paper(block)), KEY) for block in (table, doctored)
    }
    assert len(codes) == 2
    assert verification_code(content_hash(paper), KEY) in codes


def test_without_the_key_no_code_can_be_made() -> None:
    content = content_hash(every_block_paper())
    assert verification_code(content, KEY) != verification_code(content, bytes(32))


@pytest.mark.parametrize("style", [str.lower, grouped, lambda code: f" {code[:3]}-{code[3:]} "])
def test_a_code_is_read_as_people_type_it(style: object) -> None:
    assert callable(style)
    content = content_hash(every_block_paper())
    typed = style(verification_code(content, KEY))
    assert is_code_of(typed, content, KEY)
    wide = "".join(chr(ord(mark) + 0xFEE0) if mark.isalnum() else mark for mark in typed)
    assert is_code_of(wide, content, KEY)


@pytest.mark.parametrize(
    "typed", ["", "ABCD234", "ABCD23456", "ABCD234O", "ABCD2341", "公示公示公示公示"]
)
def test_what_is_no_code_is_not_read(typed: str) -> None:
    assert read_code(typed) is None
    assert not is_code_of(typed, b"", KEY)


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=16, max_size=64))
def test_every_code_is_its_own(content: bytes, key: bytes) -> None:
    code = verification_code(content, key)
    assert is_code_of(code, content, key)
    other = ALPHABET[(ALPHABET.index(code[0]) + 1) % 32] + code[1:]
    assert not is_code_of(other, content, key)


MASKS = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)


def is_fixed(row: int, column: int, size: int) -> bool:
    """Tell whether a dot belongs to finders, timing, format or the one alignment mark."""
    corner = (
        (row < 9 and column < 9)
        or (row < 9 and column >= size - 8)
        or (row >= size - 8 and column < 9)
    )
    middle = size - 7
    alignment = size > 21 and abs(row - middle) <= 2 and abs(column - middle) <= 2
    return corner or row == 6 or column == 6 or alignment


def read_qr(matrix: list[list[bool]]) -> str:
    """Read a QR code of versions 1 to 3 (one block at level M, ISO/IEC 18004)."""
    size = len(matrix)
    format_bits = [matrix[8][column] for column in range(5)]
    mask = int("".join(str(int(bit)) for bit in format_bits[2:5]), 2) ^ 0b101
    bits = []
    column, upwards = size - 1, True
    while column > 0:
        column -= column == 6
        for step in range(size):
            row = size - 1 - step if upwards else step
            bits += [
                matrix[row][at] ^ MASKS[mask](row, at)
                for at in (column, column - 1)
                if not is_fixed(row, at, size)
            ]
        column, upwards = column - 2, not upwards
    stream = "".join(str(int(bit)) for bit in bits)
    assert stream[:4] == "0100"
    length = int(stream[4:12], 2)
    return bytes(int(stream[12 + 8 * n : 20 + 8 * n], 2) for n in range(length)).decode()


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=10))
def test_a_qr_code_says_what_it_was_told(text: str) -> None:
    matrix = qr_matrix(text)
    assert len(matrix) in (21, 25, 29)
    assert all(len(row) == len(matrix) for row in matrix)
    assert read_qr(matrix) == text


def test_a_qr_code_has_its_three_finders() -> None:
    matrix = qr_matrix("ABCD2345")
    ring = [True] * 7
    for row, column in ((0, 0), (0, len(matrix) - 7), (len(matrix) - 7, 0)):
        assert matrix[row][column : column + 7] == ring
        assert matrix[row + 6][column : column + 7] == ring
        assert matrix[row + 3][column + 2 : column + 5] == [True] * 3
