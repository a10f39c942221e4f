"""The registers beside the notices: seals, blank forms, the catalogue of the year."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.services.conftest import TurningClock
from village_app.errors import InvalidInput, Refused
from village_app.papers.blocks import Table
from village_app.papers.pdf import write_pdf
from village_app.papers.table_lines import column_total
from village_app.village import Village

USE: dict[str, Any] = {
    "day": "2026-01-12",
    "paper": "低保申请表",
    "copies": "2",
    "seal": "村民委员会章",
    "asked_by": "何强志",
    "approved_by": "梁国栋",
    "sealed_by": "陈丽珍",
}


def test_three_seal_uses_have_three_numbers_and_print_as_a_month(village: Village) -> None:
    uses = [village.seals.use(USE | {"copies": str(n)}) for n in (1, 2, 3)]
    assert [use.number for use in uses] == [f"隔印〔2026〕00{n}号" for n in (1, 2, 3)]
    paper = village.seals.register(2026, 1)
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert column_total(table, 3) == 6
    assert table.rows[0].cells[5:8] == ("何强志", "梁国栋", "陈丽珍")
    assert write_pdf(paper).pages == 1
    assert village.seals.of_month(2026, 2) == []


def test_a_seal_use_is_never_undone_nor_approved_by_who_asks(village: Village) -> None:
    village.seals.use(USE)
    assert village.next_undo() is None
    with pytest.raises(InvalidInput) as invalid:
        village.seals.use(USE | {"approved_by": "何强志", "copies": "0", "day": "2026-01-13"})
    assert {fault.field for fault in invalid.value.faults} == {"approved_by", "copies", "day"}
    assert village.seals.use(USE).number == "隔印〔2026〕002号"


def test_fifty_blank_forms_come_back_or_are_missed(village: Village) -> None:
    forms = village.blank_forms.prepare("接访登记表", 50, "三组")
    assert (forms[0].number, forms[-1].number) == ("隔表〔2026〕0001号", "隔表〔2026〕0050号")
    papers = village.blank_forms.papers(forms, ("来访人", "电话", "反映的事"))
    assert [paper.number for paper in papers] == [form.number for form in forms]
    village.blank_forms.take_back(forms[3].number)
    village.blank_forms.void(forms[4].number, "写坏了")
    assert len(village.blank_forms.outstanding("接访登记表")) == 48
    with pytest.raises(Refused):
        village.blank_forms.take_back(forms[3].number)
    states = [one.state for one in village.numbers.listed("form", 2026)]
    assert (states.count("reserved"), states[3], states[4]) == (48, "used", "void")
    with pytest.raises(InvalidInput):
        village.blank_forms.prepare("接访登记表", 0)


def test_the_board_of_the_year_says_what_is_overdue(village: Village, clock: TurningClock) -> None:
    assert len(village.catalogue.items()) == 44
    clock.turn_to(2026, 4, 10)
    lines = {line.item.code: line for line in village.catalogue.board(2026)}
    assert [(slot.label, slot.state) for slot in lines["F02"].slots] == [("一季度", "due")]
    assert [slot.state for slot in lines["C22"].slots] == ["over", "over", "due"]
    assert lines["F01"].slots == ()
    clock.turn_to(2026, 4, 16)
    lines = {line.item.code: line for line in village.catalogue.board(2026)}
    assert lines["F02"].worst == "over"
    notice = village.writing.begin("disclosure")
    written = village.writing.written(notice)
    body = "｜序号｜项目｜说明｜金额（元）｜\n｜1｜租金｜鱼塘｜500.00｜\n公示期：｛公示期｝。"
    notice = village.writing.edit(
        notice, replace(written, heading="一季度收入明细", body=body, catalogue_code="F02")
    )
    village.notices.check(notice, agrees=True)
    village.notices.approve(notice)
    village.notices.publish(notice)
    (slot,) = {line.item.code: line for line in village.catalogue.board(2026)}["F02"].slots
    assert (slot.state, slot.notice is not None) == ("late", True)


def test_the_catalogue_is_the_villages_own_and_prints(village: Village) -> None:
    item = village.catalogue.add_item(
        {"code": "C90", "level": "村务", "name": "祠堂修缮", "frequency": "每季度"}
    )
    with pytest.raises(InvalidInput):
        village.catalogue.add_item(
            {"code": "C90", "level": "村务", "name": "又一个", "frequency": "每年"}
        )
    village.catalogue.change_item(item, {"is_active": "否"})
    assert len(village.catalogue.items()) == 44
    paper = village.catalogue.paper(2026)
    assert write_pdf(paper).missing_glyphs == ()
    with_states = village.catalogue.paper(2026, with_states=True)
    table = next(block for block in with_states.blocks if isinstance(block, Table))
    assert table.columns[-1].label == "公开情况"
