"""Code tables and relations: every spoken form of the field, and the 媳妇 question."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from village_app.domain.code_tables import CodeChoice, TableName, code_table
from village_app.domain.kinds import Unreadable
from village_app.domain.relations import (
    Relation,
    check_sex,
    expected_sex,
    is_head,
    read_relation,
)

SPOKEN = """
02 户主本人 本户 户主
12 妻子 老婆 内人 爱人
11 丈夫 老公
20 儿子 仔
22 大儿子
23 二儿子 次男
30 女儿 囡
32 大女
38 儿媳妇 媳 新抱 心抱
28 女婿 女婿郎
41 孙 内孙 男孙
43 外孙
52 妈 母 娘
51 爸 父 爹
53 家公
54 家婆
55 外父
56 外母
61 阿公 爷爷
62 阿婆 奶奶 嫲嫲
71 哥
72 大嫂
73 细佬
93 侄仔
99 雇工 寄居 挂靠
"""


@pytest.mark.parametrize(
    ("code", "word"),
    [(line.split()[0], word) for line in SPOKEN.split("\n") if line for word in line.split()[1:]],
)
def test_spoken_relations(code: str, word: str) -> None:
    assert read_relation(word) == Relation(code)
    assert read_relation(f" {word[:1]} {word[1:]} ") == Relation(code)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("12", "12"),
        ("2", "20"),
        (2.0, "20"),
        ("0", "02"),
        ("户主之子", "20"),
        ("户主的妻子", "12"),
        ("户主", "02"),
        ("本人", "01"),
        ("长子", "22"),
    ],
)
def test_codes_and_phrases(raw: object, code: str) -> None:
    assert read_relation(raw) == Relation(code)


def test_a_column_of_two_digit_codes_gets_its_nought_back() -> None:
    assert read_relation(2, two_digit_codes=True) == Relation("02")
    assert read_relation("20", two_digit_codes=True) == Relation("20")


@pytest.mark.parametrize(
    ("birth", "head", "relation"),
    [
        (date(1980, 1, 1), date(1978, 1, 1), Relation("12")),
        (date(1990, 1, 1), date(1978, 1, 1), Relation("12")),
        (date(1985, 1, 1), date(1955, 1, 1), Relation("38")),
        (date(1985, 1, 1), date(1970, 6, 1), Relation(None, ("12", "38"))),
        (None, date(1970, 6, 1), Relation(None, ("12", "38"))),
        (date(1985, 1, 1), None, Relation(None, ("12", "38"))),
    ],
)
def test_the_young_wife_question_is_decided_by_age_or_asked(
    birth: date | None, head: date | None, relation: Relation
) -> None:
    assert read_relation("媳妇", birth, head) == relation


def test_blank_is_none_and_nonsense_is_refused() -> None:
    assert read_relation(None) is None
    assert read_relation(" ") is None
    with pytest.raises(Unreadable):
        read_relation("隔壁老王")


def test_relations_imply_a_sex() -> None:
    assert expected_sex("20") == "1"
    assert expected_sex("38") == "2"
    assert expected_sex("10") is None
    assert is_head("02")
    assert not is_head("12")
    with pytest.raises(Unreadable) as refused:
        check_sex("20", "2")
    assert refused.value.code == "relation_against_sex"


@pytest.mark.parametrize("name", get_args(TableName))
def test_every_table_is_sound(name: TableName) -> None:
    table = code_table(name)
    codes = [option.code for option in table.options]
    assert len(set(codes)) == len(codes)
    assert table.source
    kind = CodeChoice(name)
    words: dict[str, str] = {}
    for option in table.options:
        assert kind.parse(option.label) == option.code
        assert table.label(option.code) == option.label
        for spoken in option.spoken:
            assert words.setdefault(spoken, option.code) == option.code
            assert kind.parse(spoken) == option.code


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("sex", "男 ", "1"),
        ("sex", "M", "1"),
        ("sex", "♀", "2"),
        ("sex", 1, "1"),
        ("sex", "0", "0"),
        ("people", "汉", "01"),
        ("people", "汉族", "01"),
        ("people", "01", "01"),
        ("people", 1, "01"),
        ("people", "基诺族", "56"),
        ("education", "大学", "20"),
        ("education", "高职", "30"),
        ("education", "职高", "40"),
        ("education", "高小", "80"),
        ("education", "未入学", None),
        ("marriage", "离异", "40"),
        ("political", "党员", "01"),
        ("political", "预备党员", "02"),
        ("political", "群众", "13"),
        ("health", "肢残", "64"),
        ("registration", "空挂", "empty"),
        ("life", "已故", "deceased"),
    ],
)
def test_words_of_the_tables(name: TableName, raw: object, code: str | None) -> None:
    assert CodeChoice(name).parse(raw) == code


def test_there_are_fifty_six_peoples() -> None:
    assert len([option for option in code_table("people").options if option.code <= "56"]) == 56
    assert code_table("people").label("99") == "99"
    assert code_table("people").label(None) == ""
