"""The privacy gate on what is said of people: telephones, illness, names, houses, births."""

from __future__ import annotations

from datetime import date

import pytest

from tests.papers.gate_looks import look, said, table
from tests.papers.sample_papers import (
    identity,
    one_block_paper,
)
from village_app.domain.kinds import (
    ADDRESS,
    COUNT,
    DAY,
    PERSON_NAME,
    PHONE,
    TEXT,
)
from village_app.papers.blocks import (
    Column,
    Paragraph,
    Table,
)
from village_app.papers.gate import apply, fix_all
from village_app.papers.places import texts_of


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


def test_a_fixed_line_in_a_row_with_a_person_is_asked_about_unless_it_is_an_offices() -> None:
    rows = (("林*山", "0769-83731234"),)
    own = table(Column("姓名", TEXT), Column("联系方式", TEXT), rows=rows)
    office = table(Column("姓名", TEXT), Column("办公电话", TEXT), rows=rows)
    assert [item.code for item in look(own).items] == ["landline"]
    assert look(office).items == ()


def test_a_month_of_birth_becomes_a_year_too() -> None:
    paper = table(Column("出生年月", TEXT), rows=(("1985年3月",), ("1949年",)))
    assert [(item.code, item.shown) for item in look(paper).items] == [("birth", "1985年")]
