"""What is one piece that no line break may part, and what never reaches a printed line."""

from __future__ import annotations

import pytest

from village_app.papers.typeset.units import clean, units_of


def pieces(text: str) -> list[str]:
    return [unit.text for unit in units_of(text, "fangsong")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共1,286,400.00元", ["共", "1,286,400.00", "元"]),
        ("电话：0769-83731234", ["电", "话", "：", "0769-83731234"]),
        ("尾号138****1234的", ["尾", "号", "138****1234", "的"]),
        ("441900********123X", ["441900********123X"]),
        ("￥300和$5", ["￥300", "和", "$5"]),
        ("降0.96%，-12.5℃", ["降", "0.96%", "，", "-12.5℃"]),
        ("8:30—12:00，14:30", ["8:30—12:00", "，", "14:30"]),
        ("工程——2026年", ["工", "程", "——", "2026", "年"]),
        ("等……", ["等", "……"]),
        ("LED灯A3", ["LED", "灯", "A3"]),
        ("a@b.cn", ["a@b.cn"]),
        ("Zhang San", ["Zhang", " ", "San"]),
        ("増减—12,300.50元", ["増", "减", "—12,300.50", "元"]),
    ],
)
def test_words_and_numbers_with_their_signs_are_one_piece(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_a_character_above_the_basic_plane_is_one_character() -> None:
    [unit] = units_of("𬱖", "fangsong")
    assert (unit.text, unit.chars, unit.is_han) == ("𬱖", 1, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\t乙", "甲 乙"),
        ("甲\x00\x0b乙", "甲\n乙"),
        ("甲\r\n乙\u2028丙", "甲\n乙\n丙"),
        ("\u200b甲\u202e乙\ufeff", "甲乙"),
        ("葛\U000e0100", "葛"),
        ("全　角", "全　角"),
        ("\ue863", "\ue863"),
    ],
)
def test_invisible_characters_are_dropped_and_line_ends_made_one(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_marks_know_the_side_of_their_blank_half() -> None:
    [open_mark, close_mark] = units_of("（）", "hei")
    assert (open_mark.blank_left, open_mark.blank_right) == (0.5, 0.0)
    assert (close_mark.blank_left, close_mark.blank_right) == (0.0, 0.5)
