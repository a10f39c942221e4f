"""Who makes does not check: payments, taking money back, notices, overrides (SA-03)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date

import pytest

from tests.services import lamp_project
from tests.services.conftest import PASSWORD, TurningClock
from tests.services.money_books import book_first_quarter, open_purses, purse
from village_app.db.records.ledger import LedgerEntry
from village_app.db.records.notices import Notice
from village_app.errors import InvalidInput, Refused
from village_app.services.safety.audit import Filter
from village_app.services.two_persons import ALONE, Second
from village_app.village import Village

LONG = "四头水牛过沙洲去吃草"
HEAD, LEAD, WATCH, BOOKS = "罗主任", "梁书记", "黄伟雄", "李会计"
Sit = Callable[[str], AbstractContextManager[Village]]


@pytest.fixture
def office(village: Village, clock: TurningClock) -> Village:
    """An office of five: a clerk of many duties, both heads, the committee, an accountant."""
    clock.turn_to(2026, 4, 10)
    for name, role in (
        (HEAD, "director"),
        (LEAD, "secretary"),
        (WATCH, "supervisor"),
        (BOOKS, "accountant"),
    ):
        village.users.add(name, LONG, role)
    return village


@pytest.fixture
def sit(office: Village) -> Sit:
    @contextmanager
    def at_the_desk(name: str) -> Iterator[Village]:
        office.users.switch(name, LONG)
        try:
            yield office
        finally:
            office.users.switch("陈丽珍", PASSWORD)

    return at_the_desk


def refused(act: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value


def newest(village: Village) -> str:
    return str(village.store.scalar('SELECT label FROM "change" ORDER BY id DESC LIMIT 1'))


def draft(village: Village) -> Notice:
    return village.writing.begin("publicity", "关于路灯安装的公示")


def entry(village: Village) -> LedgerEntry:
    open_purses(village)
    book_first_quarter(village)
    entries = village.ledger.entries(date(2026, 1, 1), date(2026, 3, 31))
    return next(one for one in entries if one.voucher == "付-009")


def test_a_notice_is_drafted_checked_and_signed_by_three(office: Village, sit: Sit) -> None:
    notice = draft(office)
    refusal = refused(lambda: office.notices.check(notice, agrees=True))
    assert refusal.code == "same_person"
    assert refusal.message == "这件事是您自己经手的，要由另一个人来审核：罗主任、梁书记、黄伟雄。"
    assert newest(office) == "被拒绝：自己经手又自己审核"
    office.notices.check(notice, agrees=False, opinion="标题不清")
    with sit(HEAD):
        office.notices.check(notice, agrees=True)
        assert refused(lambda: office.notices.approve(notice)).code == "same_person"
    with sit(WATCH):
        office.notices.check(notice, agrees=True)
    assert refused(lambda: office.notices.approve(notice)).code == "same_person"
    with sit(HEAD):
        office.notices.approve(notice)
    names = (notice.drafted_by, notice.checked_by, notice.approved_by)
    assert names == ("陈丽珍", WATCH, HEAD)


def test_in_an_office_of_two_the_checker_of_a_notice_signs_and_the_journal_says_so(
    village: Village,
) -> None:
    village.users.add(HEAD, LONG, "director")
    notice = draft(village)
    village.users.switch(HEAD, LONG)
    village.notices.check(notice, agrees=True)
    village.notices.approve(notice)
    assert newest(village) == f"签发 {notice.heading}{ALONE}"


def test_a_text_changed_after_the_check_is_checked_anew(office: Village, sit: Sit) -> None:
    notice = draft(office)
    with sit(WATCH):
        office.notices.check(notice, agrees=True)
    written = office.writing.written(notice)
    notice = office.writing.edit(notice, replace(written, body="换了正文。"))
    with sit(HEAD):
        assert refused(lambda: office.notices.approve(notice)).code == "not_checked"


def test_an_office_of_one_goes_on_and_the_journal_says_so(village: Village) -> None:
    notice = draft(village)
    village.notices.check(notice, agrees=True)
    assert newest(village) == f"审核 关于路灯安装的公示{ALONE}"
    village.notices.approve(notice)
    assert [one.label for one in village.audit.entries(Filter(words="一人办理"))] == [
        f"签发 关于路灯安装的公示{ALONE}",
        f"审核 关于路灯安装的公示{ALONE}",
    ]


def test_ones_own_entry_is_taken_back_by_a_second_hand(office: Village) -> None:
    wrong = entry(office)
    assert office.two_persons.needs_second(wrong)
    assert office.two_persons.who_may("money.approve") == f"{HEAD}、{LEAD}"
    assert refused(lambda: office.ledger.reverse(wrong, "看错")).code == "same_person"
    own = Second("陈丽珍", PASSWORD)
    assert refused(lambda: office.ledger.reverse(wrong, "看错", second=own)).code == "same_person"
    guess = Second(HEAD, "猜一个密码试试看")
    assert refused(lambda: office.ledger.reverse(wrong, "看错", second=guess)).code == (
        "wrong_password"
    )
    clerk = Second(BOOKS, LONG)
    assert refused(lambda: office.ledger.reverse(wrong, "看错", second=clerk)).code == (
        "second_not_permitted"
    )
    office.ledger.correct(wrong, "看错", {"amount": "1020.00"}, second=Second(HEAD, LONG))
    assert newest(office) == f"更正 {wrong.summary}（{HEAD}复核）"
    assert office.user.name == "陈丽珍"


def test_another_accountant_takes_an_entry_back_alone(office: Village, sit: Sit) -> None:
    wrong = entry(office)
    with sit(BOOKS):
        assert not office.two_persons.needs_second(wrong)
        office.ledger.reverse(wrong, "看错")
        assert newest(office) == f"冲销 {wrong.summary}"


def test_who_closed_a_month_does_not_open_it_again(office: Village, sit: Sit) -> None:
    entry(office)
    office.ledger.close_month("2026-03")
    assert refused(lambda: office.ledger.reopen_month("2026-03", "补记")).code == "same_person"
    with sit(HEAD):
        office.ledger.reopen_month("2026-03", "补记")
    assert office.ledger.closed_months() == []


def test_nobody_books_an_expense_that_he_or_its_handler_approved(office: Village) -> None:
    entry(office)
    typed = {"day": "2026-04-01", "summary": "买灯泡", "amount": "30"}
    for names in ({"approver": "陈丽珍"}, {"approver": "何志强", "handler": "何志强"}):
        with pytest.raises(InvalidInput) as caught:
            office.ledger.spend(purse(office), office.accounts.find("公益支出"), {**typed, **names})
        assert [one.code for one in caught.value.faults] == ["same_person"]


def test_a_payment_names_its_approver_who_neither_booked_nor_pays_it(
    office: Village, clock: TurningClock, sit: Sit
) -> None:
    project = lamp_project.start(office, clock)
    clock.turn_to(2026, 4, 2)
    line = {"label": "预付款", "kind": "预付款", "amount": "100", "day": "2026-04-01"}
    with pytest.raises(InvalidInput) as caught:
        office.project_payments.pay(project, line)
    assert [(one.field, one.code) for one in caught.value.faults] == [("approver", "required")]
    own = {**line, "approver": "陈丽珍"}
    assert refused(lambda: office.project_payments.pay(project, own)).code == "same_person"
    paid = office.project_payments.pay(project, {**line, "approver": HEAD})
    assert refused(lambda: office.project_payments.cancel(paid, "付错")).code == "same_person"
    hand = Second(HEAD, LONG)
    assert office.project_payments.cancel(paid, "付错", second=hand).state == "cancelled"
    with sit(BOOKS):
        asked = office.project_payments.request(project, {**line, "handler": "何志强"})
    steps = [one.role for one in office.approvals.steps(asked)]
    assert steps == ["director"]
    with sit(HEAD):
        office.approvals.sign(asked)
    office.session.user = type(office.user)(HEAD, HEAD, "director+accountant")
    refusal = refused(lambda: office.project_payments.pay_out(asked, {"day": "2026-04-02"}))
    assert refusal.code == "same_person"


def test_ones_own_change_order_is_approved_by_another(
    office: Village, clock: TurningClock, sit: Sit
) -> None:
    project = lamp_project.start(office, clock)
    order = office.project_works.order_change(
        project, {"day": "2026-03-27", "reason": "增设转角灯 1 盏", "amount": "1,260.00"}
    )
    assert refused(lambda: office.project_works.approve_change(order)).code == "same_person"
    with sit(HEAD):
        assert office.project_works.approve_change(order).approved_by == HEAD


def test_who_entered_an_asset_does_not_strike_it_off_alone(office: Village) -> None:
    pond = office.collective.add_asset({"name": "三组鱼塘", "kind": "资源", "area": "36亩"})
    assert refused(lambda: office.collective.retire(pond, "填平了")).code == "same_person"
    hand = Second(HEAD, LONG)
    assert not office.collective.retire(pond, "填平了", second=hand).is_active
    assert newest(office) == f"资产销账 三组鱼塘（{HEAD}复核）"
