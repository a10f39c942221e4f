"""Story 3, 一季度财务公开: the ledger imported, disclosed line by line, corrected by 180.00."""

from __future__ import annotations

from datetime import date

from village_app.demo.stage import SAMPLE_PASSWORD, Stage
from village_app.domain.money import show_money
from village_app.domain.periods import period_of
from village_app.papers.builders.money import Sheet
from village_app.services.two_persons import Second

WORKBOOK = "2026年一季度收支流水.xlsx"
QUARTER = period_of("quarter", date(2026, 1, 1))
SHEETS: tuple[Sheet, ...] = ("money_summary", "money_income", "money_expense")


def tell(stage: Stage) -> None:
    """Bring the quarter's ledger in, hang its tables, and correct one line."""
    stage.clock.turn_to("2026-04-10")
    _bring_in(stage)
    for sheet in SHEETS:
        notice = stage.village.disclosure.draft(sheet, QUARTER)
        stage.to_the_wall(stage.village.notices.mend(notice), "2026-04-14")
    figures = stage.village.disclosure.figures(QUARTER)
    stage.say(
        f"{QUARTER.show()}收入 {show_money(figures.total_income)} 元，"
        f"支出 {show_money(figures.total_expense)} 元，结余 {show_money(figures.closing)} 元"
    )
    _correct(stage)


def _bring_in(stage: Stage) -> None:
    content = stage.workbook(WORKBOOK).read_bytes()
    imports = stage.village.ledger_imports
    plan = imports.plan(imports.read(content, WORKBOOK), content, WORKBOOK)
    imports.commit(plan)
    again = imports.plan(imports.read(content, WORKBOOK), content, WORKBOOK)
    stage.say(
        f"导入《{WORKBOOK}》：新增 {plan.counts.new} 笔，项目付款 {plan.counts.same} 笔已在账上；"
        f"再导一次，新增 {again.counts.new} 笔"
    )


def _correct(stage: Stage) -> None:
    """Take 付-009 back (1,200.00 was 1,020.00) and hang the correction."""
    stage.clock.turn_to("2026-04-20")
    village = stage.village
    wrong = next(
        one
        for one in village.ledger.entries(QUARTER.first, QUARTER.last)
        if one.voucher == "付-009"
    )
    hand = Second("梁书记", SAMPLE_PASSWORD)
    village.ledger.correct(wrong, "发票金额看错", {"amount": "1,020.00"}, second=hand)
    expense = next(
        one.notice for one in village.disclosure.outdated() if "支出明细" in one.notice.heading
    )
    draft = village.disclosure.draft_correction(expense, "付-009发票金额看错，多记180.00元")
    posted = stage.to_the_wall(village.notices.mend(draft), "2026-04-21")
    total = village.disclosure.figures(QUARTER).total_expense
    stage.say(f"张贴《{posted.heading}》{posted.number}，支出现为 {show_money(total)} 元")
