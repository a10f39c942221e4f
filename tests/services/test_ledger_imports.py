"""Ledgers and bills are imported once, to the fen, and taken back (story 3)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.services import lamp_project
from tests.services.conftest import TurningClock
from tests.services.money_books import open_purses, purse
from village_app.domain.periods import period_of
from village_app.errors import Refused
from village_app.importing.plans.plan import Plan
from village_app.village import Village

SHARED = Path(__file__).parents[2].parent / "shared"
WORKBOOK = SHARED / "journeys" / "2026年一季度收支流水.xlsx"
QUARTER = period_of("quarter", date(2026, 1, 1))

needs_workbook = pytest.mark.skipif(not WORKBOOK.exists(), reason="没有故事 3 的流水表")


@pytest.fixture
def books(village: Village, clock: TurningClock) -> Village:
    clock.turn_to(2026, 4, 10)
    open_purses(village)
    return village


def plan_of(village: Village, content: bytes, name: str) -> Plan:
    workbook = village.ledger_imports.read(content, name)
    return village.ledger_imports.plan(workbook, content, name)


def sheet(*lines: str) -> bytes:
    return "\n".join(lines).encode()


@needs_workbook
def test_the_quarters_sheet_is_booked_to_the_fen_and_again_adds_nothing(books: Village) -> None:
    content = WORKBOOK.read_bytes()
    plan = plan_of(books, content, WORKBOOK.name)
    assert (plan.counts.rows, plan.counts.new) == (14, 14)
    books.ledger_imports.commit(plan)
    figures = books.disclosure.figures(QUARTER)
    assert (figures.total_income, figures.total_expense) == (19537635, 7110895)
    closing = {one.name: one.period.closing for one in figures.purses}
    assert closing == {"库存现金": 472410, "银行存款": 140919425}
    by_account = {one.name: one.period.gained for one in (*figures.income, *figures.expense)}
    assert by_account == {
        "经营收入": 16450000,
        "补助收入": 3000000,
        "其他收入": 87635,
        "管理费用": 696245,
        "公益支出": 6414650,
    }
    again = plan_of(books, content, WORKBOOK.name)
    assert (again.counts.new, again.counts.same) == (0, 14)
    assert again.earlier is not None
    with pytest.raises(Refused) as caught:
        books.ledger_imports.commit(again)
    assert caught.value.code == "nothing_to_write"


@needs_workbook
def test_an_import_is_taken_back_as_a_whole(books: Village) -> None:
    plan = plan_of(books, WORKBOOK.read_bytes(), WORKBOOK.name)
    batch = books.ledger_imports.commit(plan)
    books.imports.undo(batch)
    assert books.ledger.entries(date(2026, 1, 1), date(2026, 3, 31)) == []
    again = plan_of(books, WORKBOOK.read_bytes(), WORKBOOK.name)
    assert again.counts.new == 14


@needs_workbook
def test_a_projects_payment_in_the_sheet_is_not_booked_twice(
    village: Village, clock: TurningClock
) -> None:
    project = lamp_project.start(village, clock)
    clock.turn_to(2026, 4, 10)
    lamp_project.pay(
        village,
        project,
        kind="预付款",
        label="预付款30%",
        amount="14,940",
        day="2026-03-30",
        voucher="付-008",
    )
    plan = plan_of(village, WORKBOOK.read_bytes(), WORKBOOK.name)
    assert (plan.counts.new, plan.counts.same) == (13, 1)
    village.ledger_imports.commit(plan)
    assert village.disclosure.figures(QUARTER).total_expense == 7110895


BILL = (
    "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,备注",
    "2026-03-02 10:11:12,商户消费,长兴五金店,灯泡,支出,¥120.00,零钱,支付成功,100001,/",
    "2026-03-05 09:00:00,商户消费-退款,长兴五金店,灯泡退款,收入,¥20.00,零钱,已退款,100002,/",
    "2026-03-06 09:00:00,商户消费,长兴五金店,灯管,支出,¥50.00,零钱,交易关闭,100003,/",
    "2026-03-07 09:00:00,转账,某人,租金,收入,¥1200.00,/,已收钱,100004,/",
)


def test_a_bill_books_refunds_to_where_they_were_spent_and_leaves_out_what_was_not_paid(
    books: Village,
) -> None:
    earlier = {"day": "2026-02-01", "summary": "灯具", "amount": "10", "party": "长兴五金店"}
    books.ledger.spend(purse(books), books.accounts.find("公益支出"), earlier)
    plan = plan_of(books, sheet(*BILL), "微信账单.csv")
    states = {row.values.get("serial"): row.state for row in plan.rows}
    assert states == {"100001": "new", "100002": "new", "100003": "error", "100004": "new"}
    refund = next(row for row in plan.rows if row.values.get("serial") == "100002")
    assert [problem.code for problem in refund.problems] == ["refund"]
    wallet = books.accounts.add(
        {"code": "102.09", "name": "微信零钱", "nature": "资产", "holds": "是"}
    )
    books.ledger_imports.answer(str(wallet.id))
    books.ledger_imports.commit(plan)
    march = books.disclosure.figures(period_of("month", date(2026, 3, 1)))
    assert {one.name: one.period.gained - one.period.lost for one in march.expense} == {
        "公益支出": 10000
    }
    assert {one.name: one.period.closing for one in march.purses}["微信零钱"] == 110000
    again = plan_of(books, sheet(*BILL), "微信账单.csv")
    assert (again.counts.new, again.counts.same) == (0, 3)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2026-03-02,付电费,12O.00,", "no_amount"),
        ("2026-03-02,付电费,1e9,", "no_amount"),
        ("2026-03-02,付电费,10,20", "both_sides"),
        ("2026-03-02,付电费,,", "no_sum"),
        ("承前页,上年结转,10,", ""),
        ("2026-01-01,上年结转,10,", "carried"),
    ],
)
def test_a_bad_line_stays_out_with_its_sentence(books: Village, line: str, code: str) -> None:
    content = sheet("日期,摘要,收入,支出", "2026-03-01,收租金,100,", line)
    plan = plan_of(books, content, "流水.csv")
    bad = [row for row in plan.rows if row.row == 3]
    if code:
        assert [row.state for row in bad] == ["error"]
        assert code in [problem.code for problem in bad[0].problems]
    books.ledger_imports.commit(plan)
    assert len(books.ledger.entries(date(2026, 1, 1), date(2026, 12, 31))) == 1


def test_another_currency_is_refused_by_line(books: Village) -> None:
    content = sheet(
        "交易日期,摘要,币种,收入,支出",
        "2026-03-01,收租金,人民币,100,",
        "2026-03-02,汇入,美元,100,",
    )
    plan = plan_of(books, content, "流水.csv")
    assert [row.state for row in plan.rows] == ["new", "error"]
    assert "美元" in plan.rows[1].problems[0].message


def test_lines_of_a_closed_month_stop_the_whole_import(books: Village) -> None:
    books.ledger.close_month("2026-02")
    content = sheet("日期,摘要,收入,支出", "2026-03-01,收租金,100,", "2026-02-03,收租金,100,")
    plan = plan_of(books, content, "流水.csv")
    with pytest.raises(Refused) as caught:
        books.ledger_imports.commit(plan)
    assert caught.value.code == "wrong_days"
    assert "第 3 行" in caught.value.message
    assert books.ledger.entries(date(2026, 1, 1), date(2026, 12, 31)) == []


def test_old_account_names_are_understood(books: Village) -> None:
    content = sheet(
        "日期,凭证号,摘要,科目,收入,支出",
        "2026-03-01,收1,收承包款,发包及上交收入,100,",
        "2026-03-02,付1,付办公费,管理费用,,30",
    )
    books.ledger_imports.commit(plan_of(books, content, "旧账.csv"))
    figures = books.disclosure.figures(QUARTER)
    assert [one.name for one in figures.income] == ["经营收入"]
