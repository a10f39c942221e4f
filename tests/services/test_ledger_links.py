"""Imported lines find their account by the village's rules, their lease, their project; once."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from tests.services import lamp_project
from tests.services.conftest import TurningClock
from tests.services.money_books import open_purses
from village_app.db.records.ledger import LedgerEntry
from village_app.errors import EnvironmentProblem, InvalidInput, Refused
from village_app.services.money.payee_rules import rule_for, words_of
from village_app.village import Village

HEAD = "日期,凭证号,摘要,对方户名,收入,支出"
SPRING = (date(2026, 1, 1), date(2026, 5, 31))


@pytest.fixture
def books(village: Village, clock: TurningClock) -> Village:
    clock.turn_to(2026, 4, 10)
    open_purses(village)
    return village


def bring(village: Village, *lines: str) -> list[LedgerEntry]:
    content = "\n".join((HEAD, *lines)).encode()
    imports = village.ledger_imports
    imports.commit(imports.plan(imports.read(content, "流水.csv"), content, "流水.csv"))
    return village.ledger.entries(*SPRING)


def account_of(village: Village, entry: LedgerEntry) -> str:
    names = {one.id: one for one in village.accounts.listed()}
    debit, credit = names[entry.debit_id], names[entry.credit_id]
    return str(credit.name if debit.holds else debit.name)


def test_a_rule_by_words_sends_a_line_to_its_account(books: Village) -> None:
    books.payee_rules.add(
        books.accounts.find("公益支出"), {"words": "保洁、清运", "side": "只看支出"}
    )
    books.payee_rules.add(books.accounts.find("管理费用"), {"words": "供电局", "side": "收和支"})
    entries = bring(
        books,
        "2026-03-01,付-001,三月,洁净保洁服务部,,18640",
        "2026-03-02,付-002,垃圾清运,某人,,300",
        "2026-03-03,付-003,电费,供电局,,120.50",
        "2026-03-04,收-001,保洁押金退回,洁净保洁服务部,100,",
        "2026-03-05,付-004,杂项,某店,,9.90",
    )
    accounts = [account_of(books, one) for one in entries]
    assert accounts == ["公益支出", "公益支出", "管理费用", "其他收入", "其他支出"]


def test_the_first_rule_that_fits_holds_and_a_blank_one_is_refused(books: Village) -> None:
    first = books.payee_rules.add(
        books.accounts.find("公益支出"), {"words": "保洁", "side": "both"}
    )
    books.payee_rules.add(books.accounts.find("管理费用"), {"words": "洁净", "side": "both"})
    rule = rule_for(books.payee_rules.listed(), "洁净保洁服务部", comes_in=False)
    assert rule is not None
    assert rule.id == first.id
    assert words_of(" 保洁，清运;水费 ") == ["保洁", "清运", "水费"]
    with pytest.raises(InvalidInput, match="至少写一个词"):
        books.payee_rules.add(books.accounts.find("公益支出"), {"words": "、", "side": "both"})


def test_rent_of_a_tenant_is_counted_for_his_lease(books: Village) -> None:
    asset = books.collective.add_asset({"name": "三组鱼塘", "kind": "资源"})
    books.collective.let(
        asset,
        {
            "tenant": "陈某",
            "starts_on": "2026-01-01",
            "ends_on": "2026-12-31",
            "yearly_rent": "72,000",
            "months": "6",
            "first_due": "2026-01-08",
        },
    )
    bring(books, "2026-01-08,收-001,鱼塘承包款,陈某,36000,")
    (state,) = books.collective.leases()
    assert (state.received, state.owed, state.received_this_year) == (3_600_000, 0, 3_600_000)


def test_a_rule_with_a_project_makes_the_line_its_payment_and_undo_takes_both_back(
    village: Village, clock: TurningClock
) -> None:
    project = lamp_project.start(village, clock)
    clock.turn_to(2026, 4, 10)
    village.payee_rules.add(
        village.accounts.find("公益支出"),
        {"words": lamp_project.FIRM, "side": "out"},
        project=project,
    )
    entries = bring(
        village,
        f"2026-03-30,付-008,付路灯预付款,{lamp_project.FIRM},,14940",
        f"2026-04-02,付-009,付路灯款,{lamp_project.FIRM},,90000",
    )
    (payment,) = village.projects.file(project).paid
    assert (payment.amount, payment.kind, payment.voucher) == (1_494_000, "advance", "付-008")
    assert [one.source_table for one in entries] == ["payment", None]
    (left,) = village.project_claims.candidates(project)
    assert left.voucher == "付-009"
    village.undo()
    assert village.projects.file(project).paid == ()
    assert village.ledger.entries(*SPRING) == []


def test_a_bank_file_cut_in_half_books_nothing_and_says_so(books: Village) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD.split(","))
    for day in range(1, 29):
        sheet.append([f"2026-03-{day:02}", f"收-{day:03}", "收租金", "某厂", 100, None])
    content = BytesIO()
    book.save(content)
    half = content.getvalue()[: len(content.getvalue()) // 2]
    with pytest.raises((Refused, EnvironmentProblem)) as refused:
        books.ledger_imports.read(half, "流水.xlsx")
    assert refused.value.message.endswith("。")
    assert books.ledger.entries(*SPRING) == []


def test_a_text_file_cut_within_a_line_names_that_line(books: Village) -> None:
    whole = f"{HEAD}\n2026-03-01,收-001,收租金,某厂,100,\n2026-03-02,收-002,收租金,某"
    imports = books.ledger_imports
    plan = imports.plan(imports.read(whole.encode(), "流水.csv"), whole.encode(), "流水.csv")
    bad = [row for row in plan.rows if row.state == "error"]
    assert [row.row for row in bad] == [3]
    assert "没有金额" in bad[0].reasons[0]


@pytest.mark.parametrize("amount", ["-12.50", "12O.00", "1e9", "0"])
def test_a_typed_amount_that_is_none_is_refused_at_its_field(books: Village, amount: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        books.ledger.spend(
            books.accounts.find("银行存款"),
            books.accounts.find("管理费用"),
            {"day": "2026-03-01", "summary": "付电费", "amount": amount},
        )
    assert [fault.field for fault in refused.value.faults] == ["amount"]
    assert books.ledger.entries(*SPRING) == []
