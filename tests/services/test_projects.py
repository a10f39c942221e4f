"""A project's figures to the fen, and the rules that keep them (story 1)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.services.conftest import TurningClock
from tests.services.lamp_project import CARD, FIRM, SOURCES, build, finish, pay, start
from village_app.errors import InvalidInput, Refused
from village_app.village import Village


def codes(caught: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str]]:
    return [(fault.field, fault.code) for fault in caught.value.faults]


def test_the_lamps_cost_what_the_story_says(village: Village, clock: TurningClock) -> None:
    file = village.projects.file(finish(village, clock))
    money = file.money_paid
    assert money.total_due == 5106000
    assert money.change_share == 253
    assert money.settled == 5087000
    assert file.settlement is not None
    assert file.settlement.retention == money.retention == 152610
    assert file.settlement.retention_due == date(2028, 4, 28)
    assert file.paid[-1].amount == 950390
    assert money.paid == 4934390
    assert money.still_payable == 0
    assert money.left_of_budget == 113000
    assert village.projects.findings(file.project) == ()


def test_a_fen_too_much_is_refused_by_the_name_of_the_rule(
    village: Village, clock: TurningClock
) -> None:
    project = build(village, clock)
    with pytest.raises(InvalidInput) as caught:
        pay(village, project, kind="结算尾款", label="尾款", amount="9,504.00", day="2026-05-05")
    assert codes(caught) == [("amount", "over_settlement")]
    assert "已付加质保金不超过审定价" in caught.value.message
    assert "最多还能付 9,503.90 元" in caught.value.message
    assert len(village.projects.file(project).payments) == 2


def test_each_payment_stands_in_the_ledger_once_and_is_linked(
    village: Village, clock: TurningClock
) -> None:
    project = finish(village, clock)
    entries = village.ledger.entries(date(2026, 1, 1), date(2026, 12, 31))
    payments = village.projects.file(project).paid
    assert [one.amount for one in entries] == [one.amount for one in payments]
    assert [one.source_id for one in entries] == [one.id for one in payments]
    assert {one.source_table for one in entries} == {"payment"}
    found = village.ledger.entry_of(payments[0])
    assert found is not None
    assert found.voucher == "付-008"
    with pytest.raises(Refused) as caught:
        village.ledger.reverse(entries[0], "看错")
    assert caught.value.code == "has_source"


def test_a_payment_taken_back_leaves_a_red_entry_and_frees_its_amount(
    village: Village, clock: TurningClock
) -> None:
    project = finish(village, clock)
    last = village.projects.file(project).paid[-1]
    village.project_payments.cancel(last, "退票")
    entries = village.ledger.entries(date(2026, 5, 1), date(2026, 5, 31))
    assert [one.amount for one in entries] == [950390, -950390]
    assert village.projects.file(project).money.still_payable == 950390
    pay(village, project, kind="结算尾款", label="尾款", amount="9,503.90", day="2026-05-05")


def test_before_the_settlement_no_more_than_contract_and_changes_is_paid(
    village: Village, clock: TurningClock
) -> None:
    project = start(village, clock)
    clock.turn_to(2026, 4, 2)
    with pytest.raises(InvalidInput) as caught:
        pay(village, project, label="进度款", amount="48,306.01", day="2026-04-01")
    assert codes(caught) == [("amount", "over_contract")]
    pay(village, project, label="进度款", amount="48,306.00", day="2026-04-01")


def test_funding_that_does_not_make_the_budget_is_said_and_stops_the_contract(
    village: Village,
) -> None:
    project = village.projects.start({**CARD, "method": ""}, SOURCES[:1])
    found = village.projects.findings(project)
    assert [one.code for one in found] == ["funding"]
    assert "还差 22,000.00 元" in found[0].message
    contract = {"firm": FIRM, "amount": "49,800.00", "signed_on": "2026-03-27"}
    with pytest.raises(InvalidInput) as caught:
        village.project_works.sign(project, contract)
    assert codes(caught) == [("amount", "funding")]
    village.projects.add_source(project, SOURCES[1])
    assert village.project_works.sign(project, contract).amount == 4980000


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"retention_share": "3.01%"}, ("retention_share", "retention_share")),
        ({"bond": "4,980.01", "retention_share": ""}, ("bond", "bond")),
        ({"defects_months": "25"}, ("defects_months", "defects_months")),
        ({"signed_on": "2026-03-24"}, ("signed_on", "day_order")),
        ({"amount": "-1"}, ("amount", "not_positive")),
        ({"amount": "4万九"}, ("amount", "no_amount")),
    ],
)
def test_a_contract_against_the_rules_is_refused_at_its_field(
    village: Village, typed: dict[str, Any], fault: tuple[str, str]
) -> None:
    project = village.projects.start(CARD, SOURCES)
    right = {
        "firm": FIRM,
        "amount": "49,800.00",
        "signed_on": "2026-03-27",
        "retention_share": "3%",
    }
    with pytest.raises(InvalidInput) as caught:
        village.project_works.sign(project, {**right, **typed})
    assert codes(caught) == [fault]
    assert village.projects.file(project).contract is None


def test_the_limits_are_rules_and_can_be_revised(village: Village) -> None:
    village.rules.revise("project_retention", date(2026, 1, 1), {"share": 500})
    project = village.projects.start(CARD, SOURCES)
    contract = {
        "firm": FIRM,
        "amount": "49,800",
        "signed_on": "2026-03-27",
        "retention_share": "5%",
    }
    assert village.project_works.sign(project, contract).retention_share == 500


def test_one_invoice_is_paid_once_in_the_whole_village(
    village: Village, clock: TurningClock
) -> None:
    project = start(village, clock)
    clock.turn_to(2026, 4, 2)
    line = {"label": "进度款", "amount": "100", "day": "2026-04-01", "invoice": "24470915"}
    first = pay(village, project, **line)
    with pytest.raises(InvalidInput) as caught:
        pay(village, project, **line)
    assert codes(caught) == [("invoice", "invoice_used")]
    village.project_payments.cancel(first, "开错发票")
    pay(village, project, **line)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"day": "2026-03-26"}, ("day", "day_order")),
        ({"day": "2026-12-01"}, ("day", "future")),
        ({"day": ""}, ("day", "required")),
        ({"amount": "1OO"}, ("amount", "no_amount")),
        ({"amount": "0"}, ("amount", "not_positive")),
        ({"handler": "何志强", "approver": "何志强"}, ("approver", "same_person")),
        ({"kind": "退还质保金"}, ("day", "not_due")),
    ],
)
def test_a_payment_against_the_rules_is_refused_and_nothing_is_written(
    village: Village, clock: TurningClock, typed: dict[str, str], fault: tuple[str, str]
) -> None:
    project = start(village, clock)
    clock.turn_to(2026, 4, 2)
    with pytest.raises(InvalidInput) as caught:
        pay(village, project, **{"label": "进度款", "amount": "100", "day": "2026-04-01", **typed})
    assert codes(caught) == [fault]
    assert village.projects.file(project).payments == ()
    assert village.ledger.entries(date(2026, 1, 1), date(2026, 12, 31)) == []


def test_a_payment_without_a_contract_is_refused(village: Village) -> None:
    project = village.projects.start({**CARD, "chosen_on": ""}, SOURCES)
    with pytest.raises(InvalidInput) as caught:
        pay(village, project, label="预付", amount="1", day="2026-01-10", payee=FIRM)
    assert codes(caught) == [("amount", "no_contract")]


def test_days_in_the_wrong_order_are_named(village: Village) -> None:
    with pytest.raises(InvalidInput) as caught:
        village.projects.start({**CARD, "chosen_on": "2026-03-19"}, SOURCES)
    assert codes(caught) == [("chosen_on", "day_order")]
    assert "早于比价或招标日期 2026-03-23" in caught.value.message


def test_an_offer_that_is_not_the_lowest_wants_a_reason(village: Village) -> None:
    project = village.projects.start(CARD, SOURCES)
    quote = village.project_works.quote
    low = quote(project, {"firm": "甲公司", "price": "100"})
    high = quote(project, {"firm": "乙公司", "price": "200"})
    with pytest.raises(InvalidInput) as caught:
        village.project_works.choose(high)
    assert codes(caught) == [("reason", "required")]
    village.project_works.choose(high, "工期短一个月")
    village.project_works.choose(village.store.get(type(low), low.id))
    chosen = village.projects.file(project).chosen
    assert chosen is not None
    assert (chosen.firm, chosen.reason) == ("甲公司", "报价最低")


def test_an_offer_above_the_ceiling_is_not_chosen(village: Village) -> None:
    project = village.projects.start({**CARD, "ceiling": "50,000"}, SOURCES)
    offer = village.project_works.quote(project, {"firm": "甲公司", "price": "50,000.01"})
    with pytest.raises(InvalidInput) as caught:
        village.project_works.choose(offer)
    assert codes(caught) == [("price", "over_ceiling")]


def test_a_large_change_asks_for_a_new_decision(village: Village, clock: TurningClock) -> None:
    project = start(village, clock)
    order = village.project_works.order_change(
        project, {"day": "2026-03-27", "reason": "加长", "amount": "4,980.01"}
    )
    village.project_works.approve_change(order)
    found = {one.code: one for one in village.projects.findings(project)}
    assert "changes" in found
    assert "10.00%" in found["changes"].message
    assert "over_budget" in found


def test_the_stages_name_what_each_one_lacks(village: Village, clock: TurningClock) -> None:
    project = start(village, clock)
    stages = {one.label: one for one in village.projects.stages(project)}
    assert stages["议事"].state == "done"
    assert stages["比价"].state == "done"
    assert stages["合同"].missing == ("合同要点公示 1 份",)
    assert stages["施工"].state == "current"
    assert stages["验收"].state == "todo"
    village.projects.keep_paper(project, {"name": "合同要点公示", "stage": "contract"})
    assert {one.label: one for one in village.projects.stages(project)}["合同"].state == "done"


def test_missing_offers_are_counted(village: Village) -> None:
    project = village.projects.start(CARD, SOURCES)
    village.project_works.quote(project, {"firm": "甲公司", "price": "100"})
    chosen = next(one for one in village.projects.stages(project) if one.label == "比价")
    assert chosen.missing == ("报价单 2 份", "比价表 1 份")


def test_the_retention_is_given_back_when_the_warranty_is_over(
    village: Village, clock: TurningClock
) -> None:
    project = finish(village, clock)
    clock.turn_to(2028, 4, 28)
    back = {"kind": "退还质保金", "label": "退还质保金", "day": "2028-04-28"}
    with pytest.raises(InvalidInput) as caught:
        pay(village, project, **back, amount="1,526.11")
    assert codes(caught) == [("amount", "over_retention")]
    pay(village, project, **back, amount="1,526.10")
    assert sum(one.amount for one in village.projects.file(project).paid) == 5087000


def test_years_add_up_to_the_whole_and_filters_join(village: Village, clock: TurningClock) -> None:
    project = finish(village, clock)
    clock.turn_to(2028, 4, 28)
    back = {"kind": "退还质保金", "label": "退还质保金", "day": "2028-04-28"}
    pay(village, project, **back, amount="1,526.10")
    years = village.projects.file(project).spent_by_year()
    assert years == {2026: 4934390, 2028: 152610}
    assert sum(years.values()) == 5087000
    listed = village.projects.listed
    assert [one.id for one in listed(year=2028, source_kind="town", state="running")] == [
        project.id
    ]
    assert listed(year=2027) == []
    assert listed(source_kind="donation") == []
    assert [one.id for one in listed(words="路灯")] == [project.id]


def test_a_project_with_payments_is_not_cancelled(village: Village, clock: TurningClock) -> None:
    with pytest.raises(Refused) as caught:
        village.projects.cancel(finish(village, clock), "不做了")
    assert caught.value.code == "paid_already"
