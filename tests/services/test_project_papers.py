"""A project's papers are drafted from its records and go through the gate to the wall."""

from __future__ import annotations

from tests.services.conftest import TurningClock
from tests.services.lamp_project import finish, start
from village_app.papers.blocks import Paragraph, Table
from village_app.papers.filling import DATE, PERIOD, open_places
from village_app.papers.table_lines import amount_in_words, column_total
from village_app.village import Village


def test_the_notice_of_the_lamps_says_every_figure(village: Village, clock: TurningClock) -> None:
    project = finish(village, clock)
    paper = village.project_papers.spending_paper(project)
    text = "".join(block.text for block in paper.blocks if isinstance(block, Paragraph))
    for figure in (
        *("49,800.00元", "1,260.00元", "2.53%", "51,060.00元", "50,870.00元", "190.00元", "0.37%"),
        *("人民币伍万零捌佰柒拾元整", "1,526.10元", "2028年4月28日", "1,130.00元", "52,000.00元"),
    ):
        assert figure in text
    sources, payments = (block for block in paper.blocks if isinstance(block, Table))
    assert column_total(sources, 2) == 5200000
    assert column_total(payments, 5) == 4934390
    assert amount_in_words(payments) == "合计金额（大写）：人民币肆万玖仟叁佰肆拾叁元玖角整"[:-1]
    assert set(open_places(paper)) == {PERIOD, DATE}


def test_it_goes_to_the_wall_with_ten_days_and_marks_the_stage(
    village: Village, clock: TurningClock
) -> None:
    project = finish(village, clock)
    clock.turn_to(2026, 5, 6)
    notice = village.project_papers.draft_spending(project)
    assert village.notices.findings(notice).stops == ()
    stages = {one.label: one for one in village.projects.stages(project)}
    assert stages["公示"].missing == ("资金使用公示 1 份",)
    village.notices.check(notice, agrees=True)
    village.notices.approve(notice)
    village.notices.publish(notice)
    assert (str(notice.period_from), str(notice.period_to)) == ("2026-05-06", "2026-05-15")
    assert open_places(village.notices.paper_of(notice)) == ()
    stages = {one.label: one for one in village.projects.stages(project)}
    assert stages["公示"].state == "done"


def test_before_the_settlement_the_notice_says_so(village: Village, clock: TurningClock) -> None:
    paper = village.project_papers.spending_paper(start(village, clock))
    text = "".join(block.text for block in paper.blocks if isinstance(block, Paragraph))
    assert "项目尚未结算" in text
    assert "没有变更" in text
