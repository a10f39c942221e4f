"""Text tables: encodings, separators, quotation marks, and what people must be asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.importing.spreadsheet_makers import kinds, read_all, read_one, texts
from village_app.errors import Refused
from village_app.importing.files.encodings import Candidate, decode_text
from village_app.importing.files.grid import Workbook
from village_app.importing.files.separators import find_separator

ROSTER = "姓名,性别,电话\n张三,男,13800000000\n龚䶮,女,13900000000\n"
BIG5 = "姓名,電話,地址\n陳大文,27880000,九龍旺角彌敦道\n黃麗華,27990000,新界沙田\n"


@pytest.mark.parametrize(
    ("encoding", "mark", "read_as"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8-sig", b"", "utf-8"),
        ("gb18030", b"", "gb18030"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "utf-32-le"),
        ("utf-32-be", b"\x00\x00\xfe\xff", "utf-32-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
def test_text_is_right_in_every_encoding(encoding: str, mark: bytes, read_as: str) -> None:
    """F18: with the characters that GBK does not know."""
    read = read_all(mark + ROSTER.encode(encoding), "名册.csv")
    assert read.encoding == read_as
    assert texts(read.sheets[0]) == [line.split(",") for line in ROSTER.splitlines()]


@pytest.mark.parametrize(
    "text",
    [
        "王明,联通",
        "张三\n李四",
        "翟旻昊,邬玥,瞿翀",
        "吕玥彤",
        "焱淼鑫磊",
        "璟玥,婧怡,梓涵,煜祺",
        "甄珏",
        "龚䶮",
    ],
)
def test_short_lists_of_names_in_gbk_are_not_taken_for_anything_else(text: str) -> None:
    """F19: nine bytes are enough; rare given names are no foreign language."""
    data = text.encode("gb18030")
    assert decode_text(data).text == text
    assert decode_text(data).encoding == "gb18030"


def question(data: bytes) -> tuple[Candidate, ...]:
    with pytest.raises(Refused) as refusal:
        read_all(data, "名册.csv")
    assert refusal.value.code == "encoding_unclear"
    candidates = refusal.value.values["candidates"]
    assert isinstance(candidates, tuple)
    return candidates


def test_big5_is_asked_about_with_a_preview() -> None:
    """F20: the right one stands first, its preview readable."""
    first, *rest = question(BIG5.encode("big5hkscs"))
    assert first.encoding == "big5hkscs"
    assert "陳大文" in first.preview
    assert "大五码" in first.label
    assert all(candidate.score <= first.score for candidate in rest)


def test_the_chosen_encoding_is_taken_at_its_word() -> None:
    read = read_all(BIG5.encode("big5hkscs"), "名册.csv", encoding="big5hkscs")
    assert texts(read.sheets[0])[1] == ["陳大文", "27880000", "九龍旺角彌敦道"]


def test_one_broken_character_is_asked_about_and_then_marked() -> None:
    """A file cut in the middle of a character."""
    data = ROSTER.encode("gb18030") + "李".encode("gb18030")[:1]
    labels = {candidate.encoding: candidate.label for candidate in question(data)}
    assert "1 处读不出" in labels["gb18030"]
    read = read_all(data, "名册.csv", encoding="gb18030")
    assert read.sheets[0].rows[-1][0].text == "\ufffd"
    assert any("1 处文字" in remark for remark in read.remarks)


@pytest.mark.parametrize("encoding", ["火星文", "zlib", "rot13"])
def test_an_encoding_that_does_not_exist_is_refused(encoding: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_all(ROSTER.encode(), "名册.csv", encoding=encoding)
    assert refusal.value.code == "unknown_encoding"


def test_moved_characters_of_old_gb18030_are_repaired_by_the_table_given() -> None:
    assert decode_text(b"\xa8\xbc\xd5\xc5", "gb18030", {0xE7C7: "ḿ"}).text == "ḿ张"
    assert decode_text("张\ue7c7".encode(), "utf-8", {0xE7C7: "ḿ"}).text == "张\ue7c7"


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_utf8_text_always_comes_back(text: str) -> None:
    assert decode_text(text.encode()).text == text


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        text = decode_text(data).text
    except Refused as refusal:
        text = refusal.message
    assert text.encode().decode() == text


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", "，", "、", "；"])
def test_the_separator_is_found(separator: str) -> None:
    """F22."""
    text = "\n".join(
        separator.join(row) for row in (("姓名", "电话"), ("张三", "1"), ("李四", "2"))
    )
    read = read_all(text.encode(), "名册.txt")
    assert read.separator == separator
    assert texts(read.sheets[0])[1] == ["张三", "1"]


def test_separators_inside_the_columns_do_not_mislead() -> None:
    text = "组别,成员\n一组,张三、李四、王五\n二组,赵六、钱七\n三组,孙八\n"
    assert find_separator(text)[0] == ","


def test_tabs_that_only_keep_numbers_from_being_read_as_such_separate_nothing() -> None:
    text = '姓名\t,证件号\t,电话\n张三\t,"1\t",2\t\n李四\t,3\t,4\n'
    assert find_separator(text)[0] == ","
    assert find_separator("姓名,别名\t电话\n张三,\t1\n")[0] == "\t"


def test_title_lines_above_do_not_mislead() -> None:
    text = "隔坑村名册，二〇二六年，三组\n说明\n姓名\t电话\n张三\t1\n李四\t2\n"
    assert find_separator(text)[0] == "\t"


def test_the_line_that_states_the_separator_is_obeyed_and_dropped() -> None:
    assert texts(read_one(b"sep=;\r\nA;1\r\n2;3", "表.csv")) == [["A", "1"], ["2", "3"]]


def test_a_separator_given_overrides_all() -> None:
    read = read_all(b"a;b,c\nd;e,f\n", "表.csv", separator=";")
    assert texts(read.sheets[0]) == [["a", "b,c"], ["d", "e,f"]]


def test_a_list_of_names_in_one_column_is_a_table() -> None:
    assert texts(read_one("姓名\n张三\n李四\n".encode(), "名册.txt")) == [
        ["姓名"],
        ["张三"],
        ["李四"],
    ]


def test_tab_separated_gbk_named_xls_is_read_as_text() -> None:
    """F15."""
    data = "姓名\t身份证号\n张三\t110101199001011234\n".encode("gbk")
    sheet = read_one(data, "名册.xls")
    assert texts(sheet)[1] == ["张三", "110101199001011234"]
    assert kinds(sheet)[1] == ["text", "text"]


@pytest.mark.parametrize("name", ["信.xls", "信.doc", "信"])
def test_prose_is_no_table_unless_its_name_says_so(name: str) -> None:
    text = "各位村民：\n定于本周五开会，请准时参加。\n\n村委会\n"
    with pytest.raises(Refused) as refusal:
        read_one(text.encode(), name)
    assert refusal.value.code == "not_a_spreadsheet"


def test_noughts_marks_and_lone_returns_in_a_text_are_handled() -> None:
    """F21."""
    text = '姓名,备注\r\n张\x00三,"一\r二"\r\n\ufeff李四,三\r四\r\n'
    sheet = read_one(text.encode(), "表.csv")
    assert texts(sheet) == [["姓名", "备注"], ["张三", "一\n二"], ["李四", "三\n四"]]


def test_quotation_marks_inside_fields() -> None:
    """F21."""
    text = 'a,b\n"说""好""的",5"管\n"跨\n行", x\n"带逗号,的",y\n'
    assert texts(read_one(text.encode(), "表.csv")) == [
        ["a", "b"],
        ['说"好"的', '5"管'],
        ["跨\n行", " x"],
        ["带逗号,的", "y"],
    ]


def test_blanks_before_quotation_marks_are_skipped() -> None:
    assert texts(read_one(b'a,b\n1, "2,3"\n', "表.csv"))[1] == ["1", "2,3"]


def test_an_open_quotation_mark_does_not_swallow_the_lines_after_it() -> None:
    text = 'a,b\n"张三,1\n李四,2\n"王,五",3\n'
    read = read_all(text.encode(), "表.csv")
    assert texts(read.sheets[0]) == [["a", "b"], ['"张三', "1"], ["李四", "2"], ["王,五", "3"]]
    assert any("引号不成对" in remark for remark in read.remarks)


def test_a_field_of_200000_characters_is_read_and_one_of_a_million_refused() -> None:
    """F21."""
    assert len(read_one(f"a,{'甲' * 200_000}\nb,c".encode(), "表.csv").rows[0][1].text) == 200_000
    with pytest.raises(Refused) as refusal:
        read_one(f"a,{'甲' * 1_100_000}\nb,c".encode(), "表.csv")
    assert refusal.value.code == "cell_too_long"


def test_digits_protected_from_excel_lose_their_wrapping() -> None:
    text = '姓名,身份证号\n张三,="110101199001011234"\n李四,"=""0123"""\n'
    assert texts(read_one(text.encode(), "表.csv"))[1:] == [
        ["张三", "110101199001011234"],
        ["李四", "0123"],
    ]


def test_formulas_in_text_stay_words() -> None:
    sheet = read_one(b'a,b\n=1+1,@SUM(A1)\n=cmd|"x"!A1,-2', "表.csv")
    assert {kind for row in kinds(sheet) for kind in row} == {"text"}
    assert texts(sheet)[1] == ["=1+1", "@SUM(A1)"]


def test_empty_lines_keep_their_numbers() -> None:
    book: Workbook = read_all(b"a,b\n\n\nc,d\n\n", "表.csv")
    assert texts(book.sheets[0]) == [["a", "b"], [], [], ["c", "d"]]
