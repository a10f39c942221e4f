"""How names sound: surname readings, corrections, all spellings for the search box."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.names import (
    MOST_READINGS,
    name_pinyin,
    pinyin_key,
    search_keys,
    surname_choices,
    to_numbered,
)

SURNAMES = Path(__file__).parents[2].parent / "shared/corpus/vectors/surname_order.csv"


@pytest.mark.parametrize(
    ("name", "syllables"),
    [
        ("单小明", "shan4 xiao3 ming2"),
        ("仇英", "qiu2 ying1"),
        ("曾国", "zeng1 guo2"),
        ("解明", "xie4 ming2"),
        ("区大伟", "ou1 da4 wei3"),
        ("查明", "zha1 ming2"),
        ("翟明", "zhai2 ming2"),
        ("朴明", "piao2 ming2"),
        ("盖明", "ge3 ming2"),
        ("乐明", "yue4 ming2"),
        ("缪明", "miao4 ming2"),
        ("覃明", "qin2 ming2"),
        ("尉迟恭", "yu4 chi2 gong1"),
        ("万俟明", "mo4 qi2 ming2"),
        ("长孙明", "zhang3 sun1 ming2"),
        ("欧阳明", "ou1 yang2 ming2"),
        ("吕布", "lv3 bu4"),
        ("张YAN", "zhang1 yan"),
        ("张ＹＡＮ", "zhang1 yan"),
        ("买买提·艾力", "mai3 mai3 ti2 ai4 li4"),
        ("䶮明", "yan3 ming2"),
    ],
)
def test_names_are_read(name: str, syllables: str) -> None:
    assert " ".join(name_pinyin(name)) == syllables


def test_a_given_name_keeps_the_ordinary_reading() -> None:
    assert name_pinyin("王曾")[1] == "ceng2"
    assert name_pinyin("王单")[1] == "dan1"


@pytest.mark.parametrize("correction", ["tán", "tan2"])
def test_the_family_knows_best(correction: str) -> None:
    assert name_pinyin("覃小明", correction) == ("tan2", "xiao3", "ming2")
    assert name_pinyin("王乐", "wáng yuè") == ("wang2", "yue4")
    assert surname_choices("覃") == ("qín", "tán")
    assert surname_choices("王") == ()


@pytest.mark.parametrize(
    ("syllable", "numbered"),
    [("zhāng", "zhang1"), ("lǚ", "lv3"), ("nüè", "nve4"), ("de", "de5"), ("tan2", "tan2")],
)
def test_tone_marks_become_digits(syllable: str, numbered: str) -> None:
    assert to_numbered(syllable) == numbered


def test_the_search_box_finds_full_pinyin_and_initials() -> None:
    assert {"wuguobiao", "wgb"} <= set(search_keys("吴国标"))


def test_both_readings_of_a_name_are_found() -> None:
    keys = search_keys("曾乐")
    assert {"zengle", "zengyue", "cengle", "cengyue", "zl", "zy", "cl", "cy"} <= set(keys)
    assert keys[:2] == ("zengle", "zl")
    assert "tanming" in search_keys("覃明")


def test_spellings_are_limited() -> None:
    assert len(search_keys("单行乐重长和着" * 2)) <= 2 * MOST_READINGS


def test_names_sort_by_sound_then_tone_then_strokes() -> None:
    names = ["陈丽", "程一", "曾明", "张明", "陈力", "区明", "陈立"]
    assert sorted(names, key=pinyin_key) == [
        "陈力",
        "陈立",
        "陈丽",
        "程一",
        "区明",
        "曾明",
        "张明",
    ]


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=4))
def test_every_name_has_ascii_keys(name: str) -> None:
    assert pinyin_key(name).isascii() or any(not part.isascii() for part in name_pinyin(name))
    assert len(name_pinyin(name)) == len(name)


@pytest.mark.skipif(not SURNAMES.exists(), reason="the corpus of foreign files is not here")
def test_foreign_surname_readings_agree() -> None:
    # 任 is read rèn by the foreign list; as a surname it is rén (现代汉语词典).
    with SURNAMES.open(encoding="utf-8") as lines:
        differing = [
            line["surname"]
            for line in csv.DictReader(lines)
            if to_numbered(line["reading as a surname"]) != name_pinyin(line["surname"] + "明")[0]
        ]
    assert differing == ["任"]
