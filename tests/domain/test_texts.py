"""Text cleaning: nothing invisible, nothing lost, nothing cut in two."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.resources import load_json, resource_path
from village_app.domain.texts import (
    clean_line,
    clean_text,
    compact,
    cut,
    fold_letters_and_digits,
    fold_width,
    private_use_characters,
    repair_private_use,
    split_graphemes,
    unify_middle_dots,
)


def test_control_and_zero_width_marks_go() -> None:
    assert clean_line("\ufeff路\u200b灯\x07坏\u202e了\xad\u2060") == "路灯坏了"
    assert clean_line("村\ufe0f前\U000e0100塘") == "村前塘"


def test_every_blank_becomes_a_plain_one_and_ends_are_trimmed() -> None:
    assert clean_line("\xa0村前\u3000\u3000塘\t3\u2003组 \r\n") == "村前 塘 3 组"


def test_full_width_digits_and_letters_are_narrowed_and_marks_kept() -> None:
    assert clean_line("３组（ＡＢ），１２号。") == "3组（AB），12号。"
    assert fold_letters_and_digits("３，（") == "3，（"
    assert fold_width("３，（\u3000") == "3,( "


def test_lines_of_a_long_text_are_kept() -> None:
    text = "　一、路灯\u2028二、水沟 \r\n\r\n三、公厕\x0b"
    assert clean_text(text) == "一、路灯\n二、水沟\n\n三、公厕"


def test_numbers_lose_every_blank() -> None:
    assert compact(" １３８ 1234\n1234 ") == "13812341234"


@pytest.mark.parametrize("dot", "·•‧∙⋅・．･")
def test_every_dot_of_a_name_becomes_one(dot: str) -> None:
    assert unify_middle_dots(f"买买提{dot}艾力") == "买买提·艾力"


@pytest.mark.parametrize(
    ("private", "public"),
    [
        ("\ue863", "䶮"),
        ("\ue7c7", "ḿ"),
        ("\ue81e", "\u9fb4"),
        ("\ue816", "𠂇"),
        ("\ue78d", "︐"),
        ("\ue815", "⺁"),
        ("\ue864", "\u9fbb"),
    ],
)
def test_moved_code_points_become_the_real_characters(private: str, public: str) -> None:
    assert repair_private_use(f"陈{private}") == f"陈{public}"


def test_bytes_of_gb18030_come_out_as_the_edition_of_2022() -> None:
    assert repair_private_use(b"\xa8\xbc\xfe\x59\xfe\x9f".decode("gb18030")) == "ḿ\u9fb4䶮"


def test_makers_own_characters_stay_and_are_named() -> None:
    assert repair_private_use("陈\uf001") == "陈\uf001"
    assert private_use_characters("陈\uf001\uf001\U000f0001") == ("\uf001", "\U000f0001")


def test_the_table_of_moved_characters_is_complete() -> None:
    table = load_json("characters", "gb18030-moved.json")["characters"]
    assert len(table) == 105
    assert not any(unicodedata.category(character) == "Co" for character in table.values())
    assert resource_path("characters", "NOTICE.md").exists()


def test_cutting_counts_signs_not_units() -> None:
    assert cut("村前塘路灯坏了", 5) == "村前塘路…"
    assert cut("村前塘", 3) == "村前塘"
    assert cut("𬱖𠮷䶮㙍", 3) == "𬱖𠮷…"
    assert split_graphemes("e\u0301a") == ("e\u0301", "a")
    assert split_graphemes("👨\u200d👩\u200d👧好") == ("👨\u200d👩\u200d👧", "好")


@given(st.text(max_size=60), st.integers(1, 20))
def test_a_cut_text_is_never_longer_than_asked(text: str, length: int) -> None:
    assert len(split_graphemes(cut(text, length))) <= max(length, 1)
    assert "".join(split_graphemes(text)) == text


@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)
    assert not any(unicodedata.category(mark) == "Cc" for mark in clean_line(text))


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=20))
def test_chinese_characters_are_never_changed(text: str) -> None:
    assert clean_line(text) == text
