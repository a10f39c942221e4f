"""The privacy gate: what it stops, where it says it stands, what it offers, what it lets pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.papers.sample_papers import (
    every_block_paper,
    identity,
    one_block_paper,
    picture,
    picture_with_place,
)
from tests.papers.welfare_list import DAY_OF_POSTING, internal_table, paper_of, people
from village_app.domain.kinds import (
    ADDRESS,
    COUNT,
    DAY,
    IDENTITY_NUMBER,
    MONEY,
    PERSON_NAME,
    PHONE,
    TEXT,
)
from village_app.domain.masking_policies import masking_policies
from village_app.papers.blocks import (
    Column,
    FormCell,
    FormGrid,
    Heading,
    Paper,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Table,
)
from village_app.papers.gate import Findings, Surroundings, apply, fix_all, inspect
from village_app.papers.pictures import has_place
from village_app.papers.places import texts_of
from village_app.papers.table_lines import column_total

TODAY = DAY_OF_POSTING
NUMBER = identity(date(1985, 6, 30), 123)


def look(paper: Paper, policy: str = "general", **around: Any) -> Findings:
    sets = {key: frozenset(value) for key, value in around.items()}
    return inspect(
        paper, policy=masking_policies()[policy], today=TODAY, around=Surroundings(**sets)
    )


def said(text: str, policy: str = "general", **around: Any) -> list[tuple[str, str]]:
    findings = look(one_block_paper(Paragraph(text)), policy, **around)
    return [(finding.code, finding.shown) for finding in findings.items]


def table(*columns: Column, rows: tuple[tuple[Any, ...], ...]) -> Paper:
    return one_block_paper(Table(columns, tuple(Row(cells) for cells in rows)))


def test_an_internal_list_printed_as_public_stops_and_lists_the_cells() -> None:
    findings = look(paper_of(internal_table()), "welfare")
    assert findings.holds_back
    assert not findings.can_be_overridden
    places = {(finding.code, finding.where) for finding in findings.stops}
    assert ("never_column", "表 1 致贫原因") in places
    assert ("hidden_column", "表 1 证件号码") in places
    assert ("hidden_column", "表 1 银行卡号") in places
    for row in range(1, 13):
        assert ("unmasked", f"表 1 第 {row} 行 证件号码") in places
        assert ("unmasked", f"表 1 第 {row} 行 电话") in places
        assert ("full_name", f"表 1 第 {row} 行 姓名") in places
    assert [finding.number for finding in findings.items] == list(range(1, len(findings.items) + 1))


def test_a_child_is_known_by_birth_date_number_age_or_word_of_the_village() -> None:
    born = table(Column("出生日期", DAY), rows=((date(2014, 9, 1),), (date(2012, 4, 28),)))
    number = table(Column("备注", TEXT), rows=((identity(date(2014, 9, 1), 7),),))
    aged = table(Column("年龄", COUNT), rows=((13,), (14,)))
    told = table(Column("姓名", PERSON_NAME), rows=(("周*芸",), ("林*山",)))
    for paper in (born, number, aged):
        children = [item for item in look(paper, "election").stops if item.code == "child"]
        assert len(children) == 1
        assert not children[0].overridable
    findings = look(told, "election", child_rows=[(0, 0)])
    assert [item.code for item in findings.items] == ["child"]
    assert len(fix_all(told, findings).blocks[0].rows) == 1  # type: ignore[union-attr]


def test_a_childs_name_that_others_may_bear_is_asked_about() -> None:
    paper = table(Column("姓名", PERSON_NAME), rows=(("周小芸",),))
    findings = look(paper, "election", child_names=["周小芸"])
    assert [(item.code, item.severity) for item in findings.items] == [("child_name", "ask")]
    assert look(paper, "election", child_names=["周小芸"], guardians_consent=["周小芸"]).items == ()


def test_no_shown_text_of_any_finding_holds_a_secret() -> None:
    findings = look(paper_of(internal_table()), "welfare")
    shown = "".join(finding.shown + finding.where + finding.remedy for finding in findings.items)
    for person in people():
        for secret in (person.identity, person.cells[4], person.cells[5]):
            assert str(secret) not in shown


def test_all_fixes_at_once_make_a_paper_that_passes_and_keeps_its_figures() -> None:
    paper = paper_of(internal_table())
    fixed = fix_all(paper, look(paper, "welfare"))
    assert look(fixed, "welfare").items == ()
    mended = fixed.blocks[1]
    assert isinstance(mended, Table)
    assert [column.label for column in mended.columns] == [
        "序号", "姓名", "组别", "保障人数", "月保障金（元）",
    ]  # fmt: skip
    assert len(mended.rows) == 11
    assert mended.rows[0].cells[1] != mended.rows[1].cells[1]
    assert column_total(mended, 4) == sum(
        person.cells[8] for index, person in enumerate(people()) if index != 7
    )


def test_one_fix_changes_one_place_only() -> None:
    paper = one_block_paper(Paragraph("陈伯13512342210，林伯13612342211。"))
    findings = look(paper)
    assert [(item.code, item.shown) for item in findings.items] == [
        ("mobile", "135****2210"),
        ("mobile", "136****2211"),
    ]
    assert findings.items[0].remedy == "改为 135****2210"
    fixed = apply(paper, findings.items[0])
    assert fixed.blocks[0] == Paragraph("陈伯135****2210，林伯13612342211。")
    assert len(look(fixed).items) == 1


def test_the_telephone_of_the_office_passes_and_is_told() -> None:
    findings = look(
        one_block_paper(Paragraph("监督电话：138 1234 1234。")), office_phones=["13812341234"]
    )
    assert not findings.holds_back
    assert [(item.code, item.severity) for item in findings.items] == [("mobile", "passed")]
    assert findings.passed == findings.items


@pytest.mark.parametrize(
    "text",
    [
        "监督电话：0769-83731234（村务监督委员会）。",
        "咨询电话 0769-83731234，联系人陈伯。",
        "镇政府值班室（0769-83731234）。",
        "热线电话：0769-83731234。",
    ],
)
def test_the_fixed_line_of_an_office_passes(text: str) -> None:
    assert said(text) == []


def test_a_fixed_line_beside_a_person_is_asked_about() -> None:
    assert said("有事找陈伯，0769-83731234。") == [("landline", "0769-****1234")]
    known = said("找林青山0769-83731234。", known_names=["林青山"])
    assert sorted(known) == [("landline", "0769-****1234"), ("name_in_text", "林*山")]


def test_a_column_of_office_telephones_still_shows_private_mobiles() -> None:
    paper = table(Column("电话", PHONE), rows=(("0769-83731234",), ("13512342210",)))
    assert [(item.code, item.where) for item in look(paper).items] == [
        ("mobile", "表 1 第 2 行 电话")
    ]
    assert not look(paper, "office").holds_back


@pytest.mark.parametrize(
    "text",
    [
        "张*明因患肺癌生活不能自理。",
        "户主患尿毒症，每周透析。",
        "陈伯是肢体残疾二级。",
        "林某刑满释放后回村。",
        "其妻离异后再婚。",
        "何阿姨有精神分裂病史。",
    ],
)
def test_what_is_said_of_a_persons_illness_or_past_can_never_go_out(text: str) -> None:
    findings = look(one_block_paper(Paragraph(text)))
    assert findings.stops
    assert {item.code for item in findings.stops} == {"never_matter"}
    assert not findings.can_be_overridden
    assert look(fix_all(one_block_paper(Paragraph(text)), findings)).items == ()


@pytest.mark.parametrize(
    "text",
    [
        "组织六十五岁以上老人做高血压、糖尿病筛查。",
        "发放残疾人两项补贴共12人，合计3,600.00元。",
        "户主可到服务中心办理残疾人两项补贴。",
        "学习会议精神，创建精神文明村。",
        "开展禁毒、防艾滋宣传，全国肿瘤防治宣传周活动。",
        "本村物流产业园引产业入村，改善村中风景。",
        "扎实推进团结扎实的作风，勤劳教育进课堂。",
        "户主须投保大病保险，民政给予医疗救助。",
        "0—6岁儿童、3至6岁幼儿免费体检，18岁以上可报名。",
        "注重病虫害防治，林先生主讲。",
        "低保动态管理，防止返贫监测对象2户。",
    ],
)
def test_words_of_services_and_events_pass(text: str) -> None:
    assert said(text) == []


def test_a_cell_beside_a_name_may_not_say_why_somebody_is_poor() -> None:
    paper = table(
        Column("姓名", TEXT), Column("备注", TEXT), rows=(("张*明", "因病"), ("林*山", "按月发放"))
    )
    findings = look(paper)
    assert [(item.code, item.where) for item in findings.items] == [
        ("never_matter", "表 1 第 1 行 备注")
    ]
    fixed = fix_all(paper, findings).blocks[0]
    assert isinstance(fixed, Table)
    assert [row.cells[1] for row in fixed.rows] == ["", "按月发放"]


@pytest.mark.parametrize("label", ["病种", "残疾类别及等级", "致困原因", "婚姻状况", "精神状况"])
def test_columns_that_no_paper_may_carry_are_known_by_their_head(label: str) -> None:
    findings = look(
        table(Column(label, TEXT), Column("组", TEXT), rows=(("略", "一组"),)), "election"
    )
    assert [(item.code, item.overridable) for item in findings.items] == [("never_column", False)]


def test_a_column_declared_sensitive_never_goes_out() -> None:
    findings = look(table(Column("情况", TEXT, "sensitive"), rows=(("甲",),)), "election")
    assert [item.code for item in findings.items] == ["never_column"]


def test_names_of_office_holders_pass_and_those_of_residents_are_masked() -> None:
    paper = table(
        Column("收款人", PERSON_NAME),
        Column("经手人", PERSON_NAME),
        rows=(("林青山", "何国庆"),),
    )
    findings = look(paper)
    assert [(item.code, item.where, item.shown) for item in findings.items] == [
        ("full_name", "表 1 第 1 行 收款人", "林*山")
    ]
    assert findings.can_be_overridden


def test_names_stay_full_where_the_purpose_needs_them() -> None:
    paper = table(Column("候选人姓名", PERSON_NAME), rows=(("林青山",),))
    assert look(paper, "election").items == ()


def test_a_house_number_beside_a_person_is_cut_down_to_the_group() -> None:
    assert said("陈伯，住隔坑村三组12号之二。") == [("house_number", "隔坑村三组***")]
    assert said("现住横沥镇隔坑村塘边路18号。")[0][0] == "house_number"
    paper = table(
        Column("户主", PERSON_NAME),
        Column("住址", ADDRESS),
        rows=(("林*山", "隔坑村三组12号"), ("何*庆", "隔坑村五组")),
    )
    findings = look(paper)
    assert [(item.code, item.shown) for item in findings.items] == [
        ("house_number", "隔坑村三组***")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "受理地点：隔坑村党群服务中心（塘边路18号）一楼。",
        "更换三组12号灯杆，修补塘边路20号井盖。",
        "隔坑村公告〔2026〕12号。",
        "第12号宗地，面积120.00平方米。",
    ],
)
def test_addresses_of_offices_and_things_pass(text: str) -> None:
    assert said(text) == []


def test_a_plot_may_be_named_where_the_notice_is_about_it() -> None:
    paper = table(
        Column("户主", PERSON_NAME), Column("地址", ADDRESS), rows=(("林青山", "三组12号"),)
    )
    assert look(paper, "homestead").items == ()


def test_numbers_hidden_in_title_notes_captions_and_properties_are_found() -> None:
    paper = one_block_paper(
        Heading(f"一、{NUMBER}", 1),
        Table((Column("甲", TEXT),), (Row(("乙",)),), caption="13512342210", notes=(NUMBER,)),
        PhotoGrid((Photo(picture(), "13612342210"),)),
        title=f"关于{NUMBER}的公示",
        footer="13712342210",
        meta={"subject": NUMBER},
    )
    places = [item.where for item in look(paper).stops]
    assert sorted(places) == sorted(
        [
            "标题",
            "页脚",
            "文件属性",
            "第 1 个小标题",
            "表 1 表名",
            "表 1 附注",
            "第 1 组照片 第 1 张",
        ]
    )
    assert look(fix_all(paper, look(paper))).stops == ()


PIECES = (NUMBER[:6], NUMBER[6:14], NUMBER[14:])


def test_a_number_cut_up_over_neighbouring_cells_is_put_together() -> None:
    columns = tuple(Column(label, TEXT) for label in "甲乙丙")
    paper = table(*columns, rows=(PIECES, ("135", "1234", "2210"), ("12", "300", "45")))
    findings = look(paper)
    assert [(item.code, item.where) for item in findings.items] == [
        ("identity", "表 1 第 1 行 甲"),
        ("mobile", "表 1 第 2 行 甲"),
    ]
    fixed = fix_all(paper, findings).blocks[0]
    assert isinstance(fixed, Table)
    assert fixed.rows[0].cells == ("******", "********", "****")
    assert fixed.rows[2].cells == ("12", "300", "45")


def test_a_number_cut_up_down_a_column_or_over_paragraphs_or_boxes_is_put_together() -> None:
    down = table(Column("甲", TEXT), rows=tuple((piece,) for piece in PIECES))
    paragraphs = one_block_paper(
        Paragraph(f"身份证前半{PIECES[0]}"), Paragraph(f"{PIECES[1]}{PIECES[2]}，后半在此")
    )
    boxes = FormGrid(
        (1,) * 19,
        ((FormCell("号码", is_label=True), *(FormCell(digit) for digit in NUMBER)),),
    )
    for paper in (down, paragraphs, one_block_paper(boxes)):
        findings = look(paper)
        assert findings.items[0].code == "identity"
        assert look(fix_all(paper, findings)).items == ()


def test_pieces_are_found_behind_blanks_marks_and_wide_digits_and_are_hidden_where_they_stand() -> (
    None
):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in PIECES[1])
    columns = tuple(Column(label, TEXT) for label in "甲乙丙丁")
    row = (f"证号 {PIECES[0][:3]} {PIECES[0][3:]}", "", wide, PIECES[2])
    for paper in (
        table(*columns, rows=(row,)),
        one_block_paper(Heading(f"证号{PIECES[0]}", 1), Paragraph(f"{PIECES[1]}\n{PIECES[2]}止")),
    ):
        findings = look(paper)
        assert "identity" in {item.code for item in findings.stops}
        fixed = fix_all(paper, findings)
        assert look(fixed).items == ()
        assert not any(piece in str(fixed) for piece in PIECES)


def test_amounts_and_days_beside_each_other_are_no_number_of_a_person() -> None:
    columns = (
        Column("序号", COUNT),
        Column("日期", DAY),
        Column("凭证号", TEXT),
        Column("金额", MONEY),
        Column("户号", TEXT),
    )
    rows = tuple(
        (row, date(2026, 3, 1 + row % 28), f"{row:03d}", 13_512_342_210 + row, f"{1380 + row}")
        for row in range(200)
    )
    assert look(table(*columns, rows=rows)).items == ()


def test_a_photo_with_its_place_stops_and_every_photo_wants_an_eye() -> None:
    paper = one_block_paper(PhotoGrid((Photo(picture_with_place()), Photo(picture()))))
    findings = look(paper)
    assert [(item.code, item.severity, item.where) for item in findings.items] == [
        ("photo_place", "stop", "第 1 组照片 第 1 张"),
        ("photo_look", "ask", "第 1 组照片 第 1 张"),
    ]
    fixed = apply(paper, findings.items[0])
    grid = fixed.blocks[0]
    assert isinstance(grid, PhotoGrid)
    assert not has_place(grid.photos[0].data)
    assert look(fixed).stops == ()


def test_a_birth_date_becomes_a_year_among_years() -> None:
    paper = table(
        Column("姓名", PERSON_NAME),
        Column("出生日期", DAY),
        rows=(("林青山", date(1960, 4, 4)), ("何国庆", date(1949, 10, 1))),
    )
    findings = look(paper, "election")
    assert [(item.code, item.shown) for item in findings.items] == [
        ("birth", "1960年"),
        ("birth", "1949年"),
    ]
    fixed = apply(paper, findings.items[0])
    assert [text.text for text in texts_of(fixed) if text.label == "出生日期"] == [
        "1960年",
        "1949-10-01",
    ]
    assert look(fix_all(paper, findings), "election").items == ()


def test_a_form_may_not_say_what_no_paper_may() -> None:
    form = FormGrid(
        (1, 3),
        (
            (FormCell("姓名", is_label=True), FormCell("张*明", kind=PERSON_NAME)),
            (FormCell("残疾类别", is_label=True), FormCell("一级")),
            (FormCell("备注", is_label=True), FormCell("糖尿病")),
        ),
    )
    findings = look(one_block_paper(form))
    assert [(item.code, item.where) for item in findings.items] == [
        ("never_column", "表格 1 第 2 行 残疾类别"),
        ("never_matter", "表格 1 第 3 行 备注"),
    ]


def test_the_values_of_a_form_are_masked_as_those_of_a_table() -> None:
    form = FormGrid(
        (1, 2, 1, 2),
        (
            (
                FormCell("姓名", is_label=True),
                FormCell("林青山", kind=PERSON_NAME),
                FormCell("联系电话", is_label=True),
                FormCell("83731234", kind=PHONE, sensitivity="personal"),
            ),
            (FormCell("家庭住址", is_label=True), FormCell("隔坑村三组12号", columns=3)),
            (FormCell("出生日期", is_label=True), FormCell("1960-04-04", columns=3)),
            (FormCell("经办人", is_label=True), FormCell("何国庆", columns=3, kind=PERSON_NAME)),
        ),
    )
    findings = look(one_block_paper(form))
    assert {(item.code, item.where, item.shown) for item in findings.items} >= {
        ("full_name", "表格 1 第 1 行 姓名", "林*山"),
        ("unmasked", "表格 1 第 1 行 联系电话", "********"),
        ("house_number", "表格 1 第 2 行 家庭住址", "隔坑村三组***"),
        ("birth", "表格 1 第 3 行 出生日期", "1960年"),
    }
    assert not any("经办人" in item.where for item in findings.items)
    assert look(fix_all(one_block_paper(form), findings)).items == ()


def test_a_fixed_line_in_a_row_with_a_person_is_asked_about_unless_it_is_an_offices() -> None:
    rows = (("林*山", "0769-83731234"),)
    own = table(Column("姓名", TEXT), Column("联系方式", TEXT), rows=rows)
    office = table(Column("姓名", TEXT), Column("办公电话", TEXT), rows=rows)
    assert [item.code for item in look(own).items] == ["landline"]
    assert look(office).items == ()


def test_columns_of_people_are_judged_by_their_kind_even_where_no_pattern_fits() -> None:
    paper = table(
        Column("证件", IDENTITY_NUMBER, "personal"),
        Column("电话", PHONE, "personal"),
        rows=(("4419001985063012", "83731234"),),
    )
    codes = [item.code for item in look(paper, "subsidy").items]
    assert codes.count("unmasked") == 2
    assert codes.count("hidden_column") == 1


def test_a_paper_of_every_block_kind_can_be_looked_through() -> None:
    paper = replace(every_block_paper(), public=True)
    findings = look(paper, "general")
    assert {item.code for item in findings.stops} == {"hidden_column", "unmasked", "full_name"}
    assert len(findings.checks) == 8
    assert all(check.looked_at for check in findings.checks)


def test_the_answer_says_what_was_looked_at() -> None:
    findings = look(one_block_paper(Paragraph("公示"), Paragraph("公告")))
    assert findings.checks[0].label == "证件、电话、银行卡、车牌等号码"
    assert findings.checks[0].looked_at == 3
    assert findings.checks[0].found == 0


SECRETS = st.sampled_from(
    [NUMBER, "13512342210", "6217 0012 3456 7890 128", "441900850630123", "卡号080010190010012345"]
)
WORDS = st.text(st.sampled_from("村民代表会议决议公示一二三，。：（）路灯 \n"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WORDS, SECRETS, WORDS), min_size=1, max_size=4), st.data())
def test_after_all_fixes_no_secret_is_left_wherever_it_stood(
    pieces: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    texts = ["".join(piece) for piece in pieces]
    places = data.draw(
        st.lists(st.sampled_from("段格注题"), min_size=len(texts), max_size=len(texts))
    )
    cells = [text for text, place in zip(texts, places, strict=True) if place == "格"]
    paper = one_block_paper(
        *(Paragraph(text) for text, place in zip(texts, places, strict=True) if place == "段"),
        Table(
            (Column("说明", TEXT),),
            tuple(Row((text,)) for text in cells),
            notes=tuple(text for text, place in zip(texts, places, strict=True) if place == "注"),
        ),
        title="公示"
        + "".join(text for text, place in zip(texts, places, strict=True) if place == "题"),
    )
    fixed = fix_all(paper, look(paper))
    assert look(fixed).stops == ()
    left = "\n".join(placed.text for placed in texts_of(fixed))
    for _, secret, _ in pieces:
        assert secret not in left


def test_a_payee_in_a_column_of_plain_text_may_be_a_firm() -> None:
    paper = table(
        Column("收款人", TEXT),
        Column("摘要", TEXT),
        rows=(("某某五金店", "0769-83731234"), ("高新公司", "购砂石"), ("林青山", "误工补贴")),
    )
    assert [(item.code, item.where, item.shown) for item in look(paper).items] == [
        ("full_name", "表 1 第 3 行 收款人", "林*山")
    ]


def test_an_amount_may_be_headed_by_an_illness_but_words_may_not() -> None:
    money = table(Column("疾病救助金（元）", MONEY), rows=((100,),))
    words = table(Column("疾病", TEXT), rows=(("略",),))
    assert look(money).items == ()
    assert [item.code for item in look(words).items] == ["never_column"]


def test_a_month_of_birth_becomes_a_year_too() -> None:
    paper = table(Column("出生年月", TEXT), rows=(("1985年3月",), ("1949年",)))
    assert [(item.code, item.shown) for item in look(paper).items] == [("birth", "1985年")]
