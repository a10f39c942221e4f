"""Approvals by amount, split payments, debts, leases, budgets, questions, visits."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services import lamp_project
from tests.services.conftest import TurningClock
from tests.services.money_books import book_first_quarter, open_purses, purse
from village_app.db.records.projects import Payment, Project
from village_app.errors import InvalidInput, Refused
from village_app.services.session import User
from village_app.village import Village


def sit_down(village: Village, name: str, role: str) -> None:
    """Let somebody else sit at the desk."""
    village.session.user = User(name, name, role)


@pytest.fixture
def asked(village: Village, clock: TurningClock) -> tuple[Project, Payment]:
    project = lamp_project.start(village, clock)
    clock.turn_to(2026, 4, 2)
    sit_down(village, "李会计", "accountant+clerk")
    payment = village.project_payments.request(
        project,
        {"kind": "预付款", "label": "预付款30%", "amount": "14,940", "handler": "何志强"},
    )
    return project, payment


def test_a_payment_waits_for_as_many_signatures_as_its_amount_asks(
    village: Village, asked: tuple[Project, Payment]
) -> None:
    project, payment = asked
    assert [one.word for one in village.approvals.steps(payment)] == ["主任", "书记"]
    with pytest.raises(Refused) as caught:
        village.project_payments.pay_out(payment, {"day": "2026-04-02"})
    assert caught.value.code == "not_approved"
    sit_down(village, "梁书记", "secretary")
    with pytest.raises(Refused) as caught:
        village.approvals.sign(payment)
    assert caught.value.code == "other_role"
    sit_down(village, "罗主任", "director+secretary")
    village.approvals.sign(payment)
    with pytest.raises(Refused) as caught:
        village.approvals.sign(payment)
    assert caught.value.code == "signed_already"
    sit_down(village, "梁书记", "secretary")
    village.approvals.sign(payment)
    assert (payment.state, payment.approver) == ("approved", "梁书记")
    sit_down(village, "李会计", "accountant")
    village.project_payments.pay_out(payment, {"day": "2026-04-02", "voucher": "付-008"})
    (entry,) = village.ledger.entries(date(2026, 4, 1), date(2026, 4, 30))
    assert (entry.amount, entry.approver) == (1494000, "梁书记")
    assert village.projects.file(project).money_paid.paid == 1494000


def test_nobody_approves_his_own_payment(village: Village, asked: tuple[Project, Payment]) -> None:
    _, payment = asked
    for name in ("李会计", "何志强"):
        sit_down(village, name, "director")
        with pytest.raises(Refused) as caught:
            village.approvals.sign(payment)
        assert caught.value.code == "same_person"
    assert village.approvals.given(payment) == []


def test_a_payment_sent_back_frees_its_amount(
    village: Village, asked: tuple[Project, Payment]
) -> None:
    project, payment = asked
    sit_down(village, "罗主任", "director")
    with pytest.raises(InvalidInput):
        village.approvals.sign(payment, agrees=False)
    village.approvals.sign(payment, agrees=False, opinion="缺发票")
    assert payment.state == "cancelled"
    assert village.projects.file(project).money.paid == 0


def test_split_payments_are_found_in_the_ledger(village: Village, clock: TurningClock) -> None:
    clock.turn_to(2026, 4, 10)
    open_purses(village)
    book_first_quarter(village)
    assert village.money_watch.split_payments() == ()
    for day, amount in (("2026-03-02", "4,900"), ("2026-03-20", "4,800")):
        typed = {"day": day, "summary": "买材料", "amount": amount, "party": "长兴五金店"}
        village.ledger.spend(purse(village), village.accounts.find("公益支出"), typed)
    (found,) = village.money_watch.split_payments()
    assert (found.party, found.total, found.limit) == ("长兴五金店", 970000, 500000)
    village.ledger.reverse(village.ledger.get(found.payments[0].id), "重复")
    assert village.money_watch.split_payments() == ()


def test_debts_by_age_equal_the_accounts_balance(village: Village, clock: TurningClock) -> None:
    clock.turn_to(2026, 4, 10)
    open_purses(village)
    claims = village.accounts.find("应收款")
    for party, formed, amount in (("陈某", "2022-05-01", "8,000"), ("某厂", "2025-06-01", "3,000")):
        village.accounts.open_with(
            claims, {"day": "2026-01-01", "amount": amount, "party": party, "formed_on": formed}
        )
    paid = {"day": "2026-02-01", "summary": "收回欠款", "amount": "5,000", "party": "陈某"}
    village.ledger.receive(purse(village), claims, paid)
    debts = {one.party: one.by_class for one in village.money_watch.debts(claims)}
    assert debts == {"陈某": (0, 0, 0, 300000), "某厂": (300000, 0, 0, 0)}
    balance = village.ledger.turnovers(date(2026, 1, 1), date(2026, 4, 10))[claims.id].closing
    assert sum(sum(classes) for classes in debts.values()) == balance == 600000


def test_rent_falls_due_is_booked_once_and_a_lease_that_ends_is_named(
    village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 4, 10)
    open_purses(village)
    pond = village.collective.add_asset({"name": "三组鱼塘", "kind": "资源", "area": "36亩"})
    lease = village.collective.let(
        pond,
        {
            "tenant": "陈某",
            "starts_on": "2025-07-01",
            "ends_on": "2026-06-30",
            "yearly_rent": "72,000.01",
            "months": "6",
            "first_due": "2025-07-01",
        },
    )
    village.collective.receive_rent(lease, {"day": "2026-01-08", "amount": "36,000"})
    (state,) = village.collective.leases()
    assert (state.fallen_due, state.received, state.owed) == (7200001, 3600000, 3600001)
    assert (state.due_this_month, state.ends_soon, state.is_over) == (0, True, False)
    with pytest.raises(InvalidInput) as caught:
        village.collective.let(
            pond,
            {
                "tenant": "某人",
                "starts_on": "2026-06-30",
                "ends_on": "2027-06-30",
                "yearly_rent": "1",
                "months": "12",
                "first_due": "2026-06-30",
            },
        )
    assert [fault.code for fault in caught.value.faults] == ["let_already"]
    village.collective.take_rent_back(lease, "退租")
    (state,) = village.collective.leases()
    assert state.received == 0


def test_the_budget_stands_beside_what_was_really_spent(
    village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 4, 10)
    open_purses(village)
    book_first_quarter(village)
    office, works = village.accounts.find("管理费用"), village.accounts.find("公益支出")
    village.budgets.plan(office, {"year": "2026", "planned": "6,000"})
    village.budgets.plan(works, {"year": "2026", "planned": "100,000"})
    village.budgets.plan(works, {"year": "2026", "planned": "128,293"})
    states = {one.account.name: one for one in village.budgets.against_actual(2026)}
    assert (states["管理费用"].actual, states["管理费用"].left) == (696245, -96245)
    assert states["管理费用"].needs_reason
    assert (states["公益支出"].valid, states["公益支出"].share) == (12829300, 5000)
    assert states["公益支出"].line.planned == 10000000


def test_a_question_has_its_due_reply_and_is_answered_once(
    village: Village, clock: TurningClock
) -> None:
    project = lamp_project.start(village, clock)
    question = village.questions.ask(project, {"text": "为什么选这一家", "asked_on": "2026-03-27"})
    assert question.due_on == date(2026, 4, 16)
    clock.turn_to(2026, 4, 17)
    assert [one.id for one in village.questions.overdue()] == [question.id]
    village.questions.reply(question, "三家里报价最低", "已说明")
    assert village.questions.overdue() == []
    with pytest.raises(Refused):
        village.questions.reply(question, "再答一次")
    assert [one.text for one in village.questions.about(project)] == ["为什么选这一家"]


def test_a_visit_of_the_supervision_committee_says_something(
    village: Village, clock: TurningClock
) -> None:
    project = lamp_project.start(village, clock)
    seen = {"day": "2026-03-27", "visitors": "黄伟雄、叶志坚"}
    with pytest.raises(InvalidInput):
        village.questions.visit(project, seen)
    village.questions.visit(project, {**seen, "money": "预付款与合同相符"})
    assert [one.money for one in village.questions.visits(project)] == ["预付款与合同相符"]


def test_what_waits_for_a_hand_stands_on_todays_list(
    village: Village, asked: tuple[Project, Payment], clock: TurningClock
) -> None:
    project, _ = asked
    sit_down(village, "梁书记", "secretary+supervisor")
    village.questions.ask(project, {"text": "为什么选这一家"})
    verbs = {item.title: item.verb for item in village.today.items()}
    assert (verbs["预付款30%"], verbs["为什么选这一家"]) == ("审批", "答复")
