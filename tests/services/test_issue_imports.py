"""A 12345 list comes in, comes in again as an update, and is taken back."""

from __future__ import annotations

import pytest

from village_app.errors import Refused
from village_app.importing.plans.plan import Plan
from village_app.village import Village

HEAD = "工单编号,来电时间,诉求标题,诉求内容,来电人,联系电话,事发地点,处理结果,工单状态"
LINES = (
    "DG2026001,2026-01-05 09:10,路灯不亮,村道三盏路灯不亮,何志强,13800138000,村道,,处理中",
    "DG2026002,2026-01-06 10:00,垃圾没清,后巷垃圾堆两天,余瑞莲,13900139000,旧市场,已清运,已办结",
    "DG2026003,2026-01-07 11:00,噪音扰民,夜里唱歌,陈国良,13700137000,广场,,外星状态",
    "DG2026004,2026-01-07 12:00,排水沟堵,下雨积水,罗顺娣,13600136000,祠堂,,已办结",
)


def planned(village: Village, lines: tuple[str, ...] = LINES) -> Plan:
    content = "\n".join((HEAD, *lines)).encode("gb18030")
    workbook = village.issue_imports.read(content, "转办表.csv")
    return village.issue_imports.plan(workbook, content, "转办表.csv")


def test_known_states_come_in_and_unknown_ones_are_refused_with_their_row(
    village: Village,
) -> None:
    plan = planned(village)
    assert [row.state for row in plan.rows] == ["new", "new", "error", "error"]
    assert "外星状态" in plan.rows[2].errors[0].message
    assert "没有办理结果" in plan.rows[3].errors[0].message
    village.issue_imports.commit(plan)
    issues = [village.issues.by_number(f"隔诉〔2026〕000{n}号") for n in (1, 2)]
    assert [(one.source_number, one.state, one.source) for one in issues] == [
        ("DG2026001", "working", "hotline"),
        ("DG2026002", "closed", "hotline"),
    ]
    assert village.issue_list.counts()["all"] == 2


def test_the_same_list_again_updates_by_its_source_number(village: Village) -> None:
    village.issue_imports.commit(planned(village))
    changed = (LINES[0].replace("13800138000", "13800138001"), LINES[1])
    plan = planned(village, changed)
    assert [row.state for row in plan.rows] == ["update", "same"]
    village.issue_imports.commit(plan)
    assert village.issues.by_number("隔诉〔2026〕0001号").phone == "13800138001"
    assert village.issue_list.counts()["all"] == 2


def test_an_import_is_taken_back_whole_but_worked_matters_stay(village: Village) -> None:
    batch = village.issue_imports.commit(planned(village))
    worked = village.issues.by_number("隔诉〔2026〕0001号")
    village.issue_work.add_step(worked, "到现场看过")
    village.issues.correct(worked, {"place": "村前塘边"})
    undone = village.issue_imports.undo(batch)
    assert village.issue_list.counts()["all"] == 1
    assert [one.record_id for one in undone.kept if one.table == "issue"] == [worked.id]
    with pytest.raises(Refused, match="已经撤回"):
        village.issue_imports.undo(village.store.get(type(batch), batch.id))


def test_nothing_to_write_is_refused(village: Village) -> None:
    with pytest.raises(Refused, match="台账没有动"):
        village.issue_imports.commit(planned(village, LINES[2:]))
