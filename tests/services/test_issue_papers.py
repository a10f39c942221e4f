"""Papers, figures, chain and receptions of matters, from records to pages."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.conftest import TurningClock
from tests.services.lamp_matter import answered, lamp_matter, settle
from village_app.errors import InvalidInput, Refused
from village_app.papers.blocks import FormGrid, Paper, Table
from village_app.papers.pdf import write_pdf
from village_app.papers.places import texts_of
from village_app.village import Village

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
VISIT = {
    "visitor": "余瑞莲",
    "day": "2026-01-12",
    "host": "何志强",
    "post": "副主任",
    "problem": "祠堂边排水沟堵塞",
}


def words(paper: Paper) -> str:
    return "\n".join(placed.text for placed in texts_of(paper))


def table(paper: Paper) -> Table:
    return next(block for block in paper.blocks if isinstance(block, Table))


def test_the_public_ledger_names_nobody_and_leaves_confidential_matters_out(
    village: Village,
) -> None:
    person = settle(village)
    answered(village, lamp_matter(village, person))
    answered(village, lamp_matter(village, person, heading="举报某人", is_confidential="是"))
    lamp_matter(village, person, heading="还没答复的事")
    paper = village.issue_papers.public_ledger(*YEAR, "2026年")
    assert [row.cells[4] for row in table(paper).rows] == ["村前塘边路灯坏了三盏"]
    assert person.name not in words(paper)
    assert "共受理民情诉求3件" in words(paper)


def test_the_public_ledger_passes_the_privacy_gate(village: Village) -> None:
    answered(village, lamp_matter(village, settle(village)))
    notice = village.issue_papers.draft_public_ledger(*YEAR, "2026年")
    assert village.notices.findings(notice).stops == ()


def test_an_empty_period_has_nothing_to_publish(village: Village) -> None:
    with pytest.raises(Refused, match="没有答复过"):
        village.issue_papers.draft_public_ledger(*YEAR, "2026年")


def test_the_internal_ledger_says_anonymous_and_is_taken_down(village: Village) -> None:
    lamp_matter(village, reporter_kind="匿名", reporter="不该出现")
    paper = village.issue_papers.internal_ledger(*YEAR, "2026年")
    assert "匿名" in words(paper)
    assert "不该出现" not in words(paper)


def test_on_behalf_of_somebody_keeps_both_names(village: Village) -> None:
    lamp_matter(village, reporter_kind="代他人反映", reporter="陈国良", behalf_of="余瑞莲")
    assert "陈国良（代余瑞莲）" in words(village.issue_papers.internal_ledger(*YEAR, "2026年"))


def test_the_visitor_is_found_in_the_register_and_not_who_is_named_in_the_words(
    village: Village,
) -> None:
    settle(village)
    visitor = settle(village, "余瑞莲")
    visit = village.receptions.take_down({**VISIT, "problem": "陈国良家门口排水沟堵塞"})
    assert village.issues.get(visit.issue_id).reporter_id == visitor.id


def test_the_contents_of_a_file_name_the_pages_that_its_parts_really_have(
    village: Village,
) -> None:
    issue = answered(village, lamp_matter(village, settle(village)))
    for number in range(60):
        village.issue_work.add_step(issue, f"第{number}次到现场查看，线路老化，等待材料到货再换")
    paper = village.issue_files.of(issue)
    rows = [row.cells for row in table(paper).rows]
    assert rows[0] == ("一、诉求登记", "3")
    assert rows[2][0] == "三、办理过程"
    first, last = map(int, rows[2][1].split("—"))
    assert last > first
    assert int(rows[3][1]) == last + 1 == write_pdf(paper).pages


@pytest.mark.parametrize("kind", ["assignment", "feedback", "visit", "extension"])
def test_every_slip_fits_on_one_page_with_its_signature_lines(village: Village, kind: str) -> None:
    issue = answered(village, lamp_matter(village, settle(village)))
    paper = village.issue_papers.slip(kind, issue)
    assert write_pdf(paper).pages == 1
    assert "隔诉〔2026〕0001号" in words(paper)


def test_a_reception_makes_a_matter_and_prints_its_form(village: Village) -> None:
    visit = village.receptions.take_down({**VISIT, "category": "市政设施"})
    assert visit.number == "隔访〔2026〕0001号"
    issue = village.issues.get(visit.issue_id)
    assert (issue.source, issue.reporter) == ("reception", "余瑞莲")
    paper = village.reception_papers.form(visit)
    assert write_pdf(paper).pages == 1
    assert "祠堂边排水沟堵塞" in words(paper)
    empty = village.reception_papers.form()
    assert "余瑞莲" not in words(empty)
    assert isinstance(empty.blocks[0], FormGrid)
    assert len(empty.blocks[0].lines) == 17


def test_a_second_visit_joins_the_matter_that_is_there(village: Village) -> None:
    first = village.receptions.take_down(VISIT)
    issue = village.issues.get(first.issue_id)
    second = village.receptions.take_down(VISIT, joins=issue)
    assert second.issue_id == first.issue_id
    assert village.issue_list.counts()["all"] == 1


def test_blank_forms_carry_numbers_and_come_back_by_them(village: Village) -> None:
    paper = village.reception_papers.blank_forms(3)
    assert write_pdf(paper).pages == 3
    assert len(village.receptions.outstanding(2026)) == 3
    visit = village.receptions.take_down(VISIT, number="隔访〔2026〕0002号")
    assert visit.number == "隔访〔2026〕0002号"
    assert village.receptions.outstanding(2026) == ["隔访〔2026〕0001号", "隔访〔2026〕0003号"]
    with pytest.raises(Refused, match="用过"):
        village.receptions.take_down(VISIT, number="隔访〔2026〕0002号")


def test_more_than_five_deputies_are_refused_and_nothing_is_written(village: Village) -> None:
    with pytest.raises(InvalidInput, match="最多 5 人"):
        village.receptions.take_down({**VISIT, "deputies": "甲、乙、丙、丁、戊、己"})
    assert village.issue_list.counts()["all"] == 0


def test_a_month_of_reception_days_moves_off_the_holiday(
    village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 9, 28)
    hosts = ({"host": "梁国栋", "post": "书记"}, {"host": "何志强", "post": "副主任"})
    days = village.receptions.plan_month(date(2026, 10, 1), hosts)
    assert [one.day.day for one in days] == [8, 14, 21, 28]
    assert [one.host for one in days] == ["梁国栋", "何志强", "梁国栋", "何志强"]
    assert "星期四" in words(village.reception_papers.plan(date(2026, 10, 1)))


def test_every_figure_of_the_table_opens_exactly_its_records(village: Village) -> None:
    for at, count in (("2026-01-02 09:00", 3), ("2026-01-11 09:00", 2)):
        for _ in range(count):
            lamp_matter(village, at=at)
    lamp_matter(village, category="环境卫生", at="2026-01-01 00:30")
    figures = village.issue_figures.table(2026)
    assert figures.rows["市政设施"][0] == 5
    assert figures.rows["环境卫生"][0] == 1
    assert figures.total == 6
    ids = village.issue_figures.ids(2026, "category", "市政设施", 1)
    assert village.issue_list.listed(only="all", ids=ids).count() == 5


def test_the_shares_stand_beside_their_two_numbers(village: Village, clock: TurningClock) -> None:
    for at, word in enumerate(("满意", "基本满意", "非常满意")):
        issue = answered(village, lamp_matter(village))
        clock.turn_to(2026, 1, 20 if at == 2 else 13)
        village.issue_work.visit(issue, {"satisfaction": word})
        village.issue_work.close(issue)
        clock.turn_to(2026, 1, 12, 10)
    clock.turn_to(2026, 1, 21)
    shares = village.issue_figures.shares(*YEAR)
    assert shares == {
        "按期办结率": (2, 3),
        "办结率": (3, 3),
        "满意率": (3, 3),
        "满意率（不含基本满意）": (2, 3),
        "重复诉求率": (0, 3),
    }


def test_the_chain_runs_from_the_matter_over_the_task_to_the_visit(village: Village) -> None:
    issue = lamp_matter(village)
    village.tasks.start(
        {"heading": "买灯", "owner": "叶志坚", "due_on": "2026-01-14"}, source=issue
    )
    project = village.projects.start({"name": "路灯安装", "budget": "52,000.00"}, source=issue)
    village.issue_work.finish(village.issue_work.accept(issue), "换灯")
    village.issue_work.answer(issue, "电话")
    ahead = village.issue_chain.of(issue)
    assert ahead[0].name == "诉求"
    assert {one.name for one in ahead} == {"诉求", "任务", "项目", "回访"}
    assert (ahead[-1].name, ahead[-1].done) == ("回访", False)
    village.issue_work.visit(issue, {"satisfaction": "满意"})
    assert village.issue_chain.of(issue)[-1].done
    assert project.number in [one.number for one in ahead]
