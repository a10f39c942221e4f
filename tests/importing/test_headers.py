"""Column names cleaned, looked up, joined and signed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importing.sheets import sheet
from village_app.domain.kinds import TEXT, FieldDeclaration
from village_app.domain.resources import load_json
from village_app.importing.subjects.residents import residents_target
from village_app.importing.tables.header_rows import join_headings
from village_app.importing.tables.headers import (
    Heading,
    Vocabulary,
    clean_heading,
    header_signature,
    heading_forms,
    number_occurrences,
)
from village_app.importing.tables.surface import Surface

VOCABULARY = residents_target().vocabulary()


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("身 份 证\n号 码", "身份证号码"),
        ("*姓名：", "姓名"),
        ("ＩＤ", "id"),
        ("戶主姓名", "户主姓名"),
        ("聯繫電話", "联系电话"),
        ("姓\u200b名", "姓名"),
    ],
)
def test_22_line_breaks_blanks_marks_and_forms_of_letters_do_not_matter(
    written: str, cleaned: str
) -> None:
    assert clean_heading(written) == cleaned


def test_a_name_is_looked_up_with_and_without_its_brackets_number_and_latin_tail() -> None:
    assert "姓名" in heading_forms("1.姓名（与身份证一致）")
    assert "性别" in heading_forms("性别 Sex")
    assert heading_forms("金额(元)")[0] == "金额(元)"
    assert "户号" in heading_forms("【户号】")


@pytest.mark.parametrize(
    ("field", "words"), sorted(load_json("rules", "header-synonyms.json")["fields"].items())
)
def test_every_synonym_of_the_rules_means_its_field(field: str, words: list[str]) -> None:
    known = {declared.name for declared in residents_target().all_fields}
    for word in words:
        assert VOCABULARY.exact(word) == (field if field in known else None), word


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("参保人身份证号码", "id_number"),
        ("低保对象姓名", "name"),
        ("姓名*（必填）", "name"),
        ("联系电话2", "phone"),
        ("身份正号码", "id_number"),
        ("出生日期(年/月/日)", "birth"),
        ("现居住地址", "address"),
        ("户主电话", "phone"),
        ("监护人姓名", None),
        ("与户主之关系", "relation"),
        ("与学生关系", None),
        ("与死者的关系", None),
        ("户主身份证号", None),
        ("曾用名", None),
        ("项目名称", None),
        ("村名", None),
        ("配偶姓名", None),
        ("收（付）款人", None),
        ("残疾证号", None),
        ("入党时间", None),
    ],
)
def test_names_with_something_before_or_behind_are_read_unless_they_speak_of_another(
    written: str, field: str | None
) -> None:
    guess = VOCABULARY.guess(written)
    assert (guess.field if guess else None) == field


def test_the_words_of_a_targets_own_declarations_come_first() -> None:
    own = FieldDeclaration("plot", "宅基地证号", TEXT, synonyms=("证件号", "宅证号"))
    vocabulary = Vocabulary((*residents_target().fields, own))
    assert vocabulary.exact("证件号") == "plot"
    assert vocabulary.exact("宅基地证号") == "plot"
    assert vocabulary.exact("证件号码") == "id_number"


def test_words_that_also_stand_below_weigh_half() -> None:
    assert VOCABULARY.weight("户主") == 0.5
    assert VOCABULARY.weight("身份证号") == 1.0
    assert VOCABULARY.weight("陈大文") == 0.0


def test_20_equal_names_are_counted_and_stay_apart() -> None:
    headings = number_occurrences(
        [Heading(0, ("备注",)), Heading(1, ("备注",)), Heading(2, ("备 注",))]
    )
    assert [heading.key for heading in headings] == ["备注", "备注#2", "备注#3"]


def test_the_signature_does_not_depend_on_the_order_nor_on_the_column_of_reasons() -> None:
    one = [Heading(0, ("姓名",)), Heading(1, ("电话",))]
    other = [Heading(0, ("电 话",)), Heading(1, ("姓名",)), Heading(2, ("原因",))]
    assert header_signature(one) == header_signature(other)
    assert header_signature(one) != header_signature(one[:1])


def test_a_merged_name_counts_for_all_its_columns_and_rows() -> None:
    surface = Surface(
        sheet([["户号", "基本情况", "", "备注"], ["", "姓名", "性别", ""], ["1", "陈", "男", ""]],
              ["A1:A2", "B1:C1", "D1:D2"])
    )  # fmt: skip
    assert [heading.text for heading in join_headings(surface, (0, 1))] == [
        "户号", "基本情况／姓名", "基本情况／性别", "备注",
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_any_text_can_be_cleaned_and_weighed(text: str) -> None:
    assert clean_heading(clean_heading(text)) == clean_heading(text)
    assert VOCABULARY.weight(text) in (0.0, 0.5, 1.0)
