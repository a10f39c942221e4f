"""Chinese numerals both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.numerals import from_chinese, ordinal_in, part_number, to_chinese


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (3, "三"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (10_001, "一万零一"),
        (107_000, "十万七千"),
        (220_000, "二十二万"),
        (100_007_000, "一亿零七千"),
        (10**12, "一万亿"),
        (-12, "负十二"),
    ],
)
def test_numbers_are_written_as_they_are_said(number: int, words: str) -> None:
    assert to_chinese(number) == words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十二", 12),
        ("一十二", 12),
        ("廿八", 28),
        ("卅", 30),
        ("二〇二六", 2026),
        ("二零二六", 2026),
        ("两万三", 23_000),
        ("两百三", 230),
        ("一千五", 1_500),
        ("一百零五", 105),
        ("壹仟贰佰", 1_200),
        ("壹拾万零柒仟", 107_000),
        ("两千万", 20_000_000),
        ("〇", 0),
        ("一亿零七千", 100_007_000),
    ],
)
def test_numerals_are_read(text: str, number: int) -> None:
    assert from_chinese(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "十十", "五十百", "万", "亿", "一万零", "零拾", "百十", "abc", "一a", "12", "一亿七千"],
)
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert from_chinese(text) is None


@given(st.integers(0, 10**16 - 1))
def test_every_number_is_read_back(number: int) -> None:
    assert from_chinese(to_chinese(number)) == number


@given(st.text("零一二三十百千万亿两廿", max_size=8))
def test_what_is_read_is_written_with_the_same_digits(text: str) -> None:
    value = from_chinese(text)
    assert value is None or from_chinese(to_chinese(value)) == value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第三小组", 3),
        ("三组", 3),
        ("3组", 3),
        ("第 3 村民小组", 3),
        ("第十二届", 12),
        ("12", 12),
        ("陈屋", None),
        ("", None),
    ],
)
def test_ordinals(text: str, number: int | None) -> None:
    assert ordinal_in(text) == number


def test_parts_of_a_paper_are_numbered_by_level() -> None:
    assert [part_number(2, level) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]
    assert part_number(12, 1) == "十二、"
