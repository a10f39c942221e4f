"""Names as lists bring them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.kinds import PERSON_NAME
from village_app.domain.person_names import check_name, clean_name, is_masked_name
from village_app.domain.unreadable import Unreadable


@pytest.mark.parametrize(
    ("text", "name", "changes"),
    [
        ("张 明", "张明", ("去掉字间空格",)),
        ("张　小 明", "张小明", ("去掉字间空格",)),
        ("买买提•艾力", "买买提·艾力", ("统一间隔号",)),
        ("买买提 · 艾力", "买买提·艾力", ("去掉字间空格",)),
        ("张明*", "张明", ("去掉星号",)),
        ("\u200b张明\xa0", "张明", ("去掉看不见的字符",)),
        ("陈\ue863", "陈䶮", ("还原旧编码的字",)),
        ("John  Smith", "John Smith", ("去掉字间空格",)),
        ("张ＹＡＮ", "张ＹＡＮ", ()),
        ("陳大文", "陳大文", ()),
        ("𬱖明", "𬱖明", ()),
        ("\uf9d1明", "\uf9d1明", ()),
    ],
)
def test_names_are_cleaned_and_the_change_is_said(
    text: str, name: str, changes: tuple[str, ...]
) -> None:
    clean = clean_name(text)
    assert (clean.name, clean.changes) == (name, changes)


def test_remarks_in_brackets_are_kept_apart() -> None:
    assert clean_name("张明(户主)").remarks == ("户主",)
    assert clean_name("张明（已故）【旧】").remarks == ("已故", "旧")
    assert clean_name("张明（已故）").name == "张明"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("张三、李四", "several_names"),
        ("张三和李四", "several_names"),
        ("张三/李四", "several_names"),
        ("张?明", "lost_character"),
        ("张□", "lost_character"),
        ("⿰王明", "lost_character"),
        ("张\uf001", "lost_character"),
        ("张三2", "digits_in_name"),
        ("张" * 51, "too_long"),
    ],
)
def test_what_is_no_name_is_refused(name: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        check_name(name)
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["张和平", "和平", "欧阳和平", "张ＹＡＮ", "李和"])
def test_ordinary_names_pass(name: str) -> None:
    assert PERSON_NAME.parse(f" {name} ") == name


@pytest.mark.parametrize(
    ("name", "masked"), [("张*明", True), ("张某", True), ("张某某", True), ("张明", False)]
)
def test_masked_names_are_known(name: str, masked: bool) -> None:
    assert is_masked_name(name) is masked


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=4))
def test_characters_of_a_name_are_never_exchanged(name: str) -> None:
    spaced = " ".join(name)
    assert clean_name(spaced).name == name
