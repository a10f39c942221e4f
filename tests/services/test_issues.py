"""Matters from the first word to the last visit (story 1), their limits, rights and history."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.conftest import TurningClock
from tests.services.lamp_matter import LINE, MATTER, answered, lamp_matter, settle
from village_app.db.records.house import IssuedNumber
from village_app.domain.calendar import CHINA
from village_app.errors import InvalidInput, Refused
from village_app.services.session import User
from village_app.village import Village


def test_story_one_opens_with_number_limit_and_the_third_time_of_the_household(
    village: Village, clock: TurningClock
) -> None:
    person = settle(village)
    for day in (3, 20):
        clock.turn_to(2025, 10, day)
        lamp_matter(village, person, heading="水沟堵了", subcategory="排水")
    clock.turn_to(2026, 1, 12, 8, 40)
    history = village.issue_entry.history_of_person(person.id)
    line = village.notebook.write("三组陈国良来电：村前塘边路灯坏了三盏")
    issue = village.notebook.make_issue(line)
    assert issue.number == "隔诉〔2026〕0001号"
    assert (issue.category, issue.subcategory, issue.source) == ("市政设施", "路灯", "phone")
    assert issue.at.astimezone(CHINA).strftime("%F %R") == "2026-01-12 08:40"
    assert issue.due.astimezone(CHINA).date() == date(2026, 1, 15)
    assert history.sentence() == "此户近一年第 3 次反映"
    assert issue.household_id == person.household_id
    assert village.issues.light(issue).word == "还有 3 天"


def test_a_matter_is_closed_only_after_result_answer_and_visit(
    village: Village, clock: TurningClock
) -> None:
    issue = lamp_matter(village)
    with pytest.raises(InvalidInput) as refused:
        village.issue_work.close(issue)
    assert [fault.field for fault in refused.value.faults] == ["result", "answered_at", "visit"]
    answered(village, issue)
    with pytest.raises(InvalidInput, match="回访"):
        village.issue_work.close(issue)
    clock.turn_to(2026, 5, 18)
    village.issue_work.visit(issue, {"satisfaction": "满意"})
    closed = village.issue_work.close(issue)
    assert (closed.state, closed.satisfaction) == ("closed", "satisfied")
    kinds = [step.kind for step in village.issues.file(issue).steps]
    assert kinds == ["registered", "assigned", "finished", "answered", "visited", "closed"]


def test_discontent_needs_a_reason_and_reopens_with_the_same_number(village: Village) -> None:
    issue = answered(village, lamp_matter(village))
    with pytest.raises(InvalidInput, match="不满意要写明原因"):
        village.issue_work.visit(issue, {"satisfaction": "不满意"})
    village.issue_work.visit(issue, {"satisfaction": "不满意", "reason": "还有一盏不亮"})
    again = village.issues.by_number("隔诉〔2026〕0001号")
    assert (again.state, again.reopened, again.answered_at) == ("working", 1, None)


def test_a_matter_cannot_be_reopened_after_the_days_of_the_rule(
    village: Village, clock: TurningClock
) -> None:
    issue = answered(village, lamp_matter(village))
    village.issue_work.go_without_visit(issue, "匿名反映")
    village.issue_work.close(issue)
    clock.turn_to(2026, 3, 1)
    with pytest.raises(Refused, match="30 天"):
        village.issue_work.reopen(issue, "灯又坏了")


def test_the_second_reopening_is_for_the_heads(village: Village) -> None:
    issue = answered(village, lamp_matter(village))
    village.issue_work.reopen(issue, "还有一盏不亮")
    village.issue_work.finish(issue, "又换一盏")
    village.issue_work.answer(issue, "当面")
    village.session.user = User("文书", "文书", "clerk")
    with pytest.raises(Refused, match="书记或主任"):
        village.issue_work.reopen(issue, "还是不亮")


@pytest.mark.parametrize(
    ("category", "due"),
    [
        ("治安", "2026-09-30 11:00"),
        ("消防隐患", "2026-10-01 09:00"),
        ("其他", "2026-10-13 23:59"),
        ("信访维稳", "2026-11-29 23:59"),
    ],
)
def test_the_category_fills_the_limit_and_the_holiday_moves_it(
    village: Village, clock: TurningClock, category: str, due: str
) -> None:
    clock.turn_to(2026, 9, 30)
    issue = lamp_matter(village, category=category, subcategory="")
    assert issue.due.astimezone(CHINA).strftime("%F %R") == due
    assert issue.due_estimated is False


def test_a_limit_that_reaches_an_unknown_year_is_estimated(
    village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 11, 20)
    late = village.issues.log(
        {**MATTER, "category": "其他", "at": "2026-11-20 08:00", "limit": "m3"}
    )
    clock.turn_to(2026, 12, 28)
    issue = lamp_matter(village, limit="d10")
    assert issue.due_estimated is True
    assert late.due.astimezone(CHINA).date() == date(2027, 2, 20)


def test_an_extension_keeps_the_first_due_day(village: Village) -> None:
    issue = lamp_matter(village)
    first = issue.due
    with pytest.raises(InvalidInput, match="晚于现在的 2026-01-15"):
        village.issue_work.extend(issue, date(2026, 1, 15), "等材料")
    village.issue_work.extend(issue, date(2026, 1, 22), "等材料")
    assert issue.first_due == first
    assert issue.due.astimezone(CHINA).date() == date(2026, 1, 22)
    assert issue.extensions == 1


def test_a_hand_over_keeps_who_had_it_from_when_to_when(
    village: Village, clock: TurningClock
) -> None:
    issue = lamp_matter(village)
    village.issue_work.assign(issue, "叶志坚", helpers=["邓永康"])
    clock.turn_to(2026, 1, 13)
    village.issue_work.assign(issue, "罗顺娣")
    had = village.issues.file(issue).assignments
    assert [(one.handler, one.role, one.until is None) for one in had] == [
        ("叶志坚", "main", False),
        ("邓永康", "helper", False),
        ("罗顺娣", "main", True),
    ]
    assert village.issues.file(issue).steps[-1].text == "叶志坚移交罗顺娣"


def test_a_corrected_step_leaves_the_old_text_readable(village: Village) -> None:
    issue = lamp_matter(village)
    step = village.issue_work.add_step(issue, "坏了三盏")
    village.issue_work.correct_step(step, "坏了四盏")
    texts = [one.text for one in village.issues.file(issue).steps]
    assert texts[1:] == ["坏了三盏", "坏了四盏（更正“坏了三盏”）"]


def test_a_duplicate_is_shown_linked_and_closed_with_its_main_matter(
    village: Village, clock: TurningClock
) -> None:
    settle(village)
    main = lamp_matter(village)
    clock.turn_to(2026, 1, 14)
    understood = village.issue_entry.understand("三组来电：村前塘边路灯不亮")
    found = village.issue_entry.duplicates(understood)
    assert [(one.number, one.days_ago) for one in found] == [("隔诉〔2026〕0001号", 2)]
    second = village.issues.log(understood.values())
    village.issue_work.merge(second, main)
    with pytest.raises(Refused):
        village.issue_work.merge(main, second)
    answered(village, main)
    village.issue_work.visit(main, {"satisfaction": "满意"})
    village.issue_work.close(main)
    assert village.issues.get(second.id).state == "closed"


def test_a_confidential_matter_is_hidden_in_lists_search_and_counts(village: Village) -> None:
    issue = lamp_matter(village, is_confidential="是")
    village.session.user = User("网格员", "网格员", "grid")
    assert village.issue_list.listed(only="all").count() == 0
    assert village.issue_list.counts()["all"] == 0
    assert village.search.find("路灯") == []
    assert village.waiting().get("issues") is None
    with pytest.raises(Refused, match="保密"):
        village.issues.get(issue.id)
    with pytest.raises(Refused, match="没有编号"):
        village.issues.by_number(issue.number)


def test_fifty_matters_are_assigned_and_one_undo_takes_all_back(village: Village) -> None:
    matters = [lamp_matter(village) for _ in range(50)]
    assert village.issue_work.assign_many(matters, "叶志坚") == 50
    village.undo()
    states = {village.issues.get(one.id).state for one in matters}
    assert states == {"registered"}


def test_closing_many_closes_none_when_one_lacks_something(village: Village) -> None:
    ready = answered(village, lamp_matter(village))
    village.issue_work.visit(ready, {"satisfaction": "非常满意"})
    with pytest.raises(Refused, match="1 件还不能办结"):
        village.issue_work.close_many([ready, lamp_matter(village)])
    assert village.issues.get(ready.id).state == "visiting"


def test_an_undone_matter_leaves_a_void_number(village: Village) -> None:
    lamp_matter(village)
    village.undo()
    second = lamp_matter(village)
    assert second.number == "隔诉〔2026〕0002号"
    number = village.store.select(IssuedNumber).where(IssuedNumber.serial == 1).first()
    assert number.state == "void"


def test_a_hazard_needs_a_photo_afterwards(village: Village) -> None:
    issue = answered(village, lamp_matter(village, category="消防隐患", subcategory="电动车飞线"))
    village.issue_work.visit(issue, {"satisfaction": "满意"})
    with pytest.raises(InvalidInput, match="照片"):
        village.issue_work.close(issue)


def test_faults_are_all_named_and_nothing_is_written(village: Village) -> None:
    wrong = {"heading": "长" * 31, "reporter_kind": "代他人反映", "at": "2026-02-01 08:00"}
    with pytest.raises(InvalidInput) as refused:
        village.issues.log(wrong)
    assert {fault.field for fault in refused.value.faults} == {"heading", "behalf_of", "at"}
    assert village.issue_list.counts()["all"] == 0


def test_three_attempts_without_reaching_anybody_count_as_a_visit(village: Village) -> None:
    issue = answered(village, lamp_matter(village))
    for attempt in range(3):
        assert bool(village.issue_work.lacking(issue)) == (attempt < 3)
        village.issue_work.visit(issue, {"satisfaction": "无法联系"})
    assert village.issue_work.lacking(issue) == ()


def test_a_slip_has_its_number_and_colour_and_stands_in_the_course(
    village: Village, clock: TurningClock
) -> None:
    issue = lamp_matter(village)
    clock.turn_to(2026, 1, 19)
    slip = village.issue_work.urge(issue, "请三日内更换路灯")
    assert (slip.number, slip.level) == ("隔督〔2026〕1号", "red")
    assert slip.answer_by == date(2026, 1, 21)
    assert "隔督〔2026〕1号" in village.issues.file(issue).steps[-1].text


def test_a_line_of_the_notebook_becomes_a_matter_once(village: Village) -> None:
    line = village.notebook.write(LINE)
    village.notebook.make_issue(line)
    with pytest.raises(Refused, match="已经转成"):
        village.notebook.make_issue(line)
    assert village.notebook.listed(only_open=True) == []


def test_today_lists_matters_and_tasks_by_urgency(village: Village, clock: TurningClock) -> None:
    lamp_matter(village)
    village.tasks.start({"heading": "一月村务公开", "owner": "陈丽珍", "due_on": "2026-01-15"})
    clock.turn_to(2026, 1, 15, 8)
    lamp_matter(village, heading="垃圾没清", category="环境卫生", subcategory="垃圾")
    items = village.today.items()
    assert [(one.light.word, one.page) for one in items] == [
        ("今天", "tasks"),
        ("今天", "issues"),
        ("还有 5 天", "issues"),
    ]


def test_a_recurring_task_brings_the_next_when_it_is_done(village: Village) -> None:
    task = village.tasks.start(
        {
            "heading": "村务公开",
            "owner": "陈丽珍",
            "due_on": "2026-01-31",
            "recurrence": "每月",
            "evidence_needed": "公开照片",
        }
    )
    with pytest.raises(InvalidInput, match="公开照片"):
        village.tasks.finish(task, "已张贴")
    with village.change("证据") as change:
        village.attachments.keep(change, task, "照片.txt", b"1")
    following = village.tasks.finish(task, "已张贴")
    assert following is not None
    assert (following.due_on, following.state) == (date(2026, 2, 28), "open")
