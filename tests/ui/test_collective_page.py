"""三资台账 as people use it: every view has its verbs, its rows, its table."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from tests.services.conftest import TurningClock
from tests.services.money_books import book_first_quarter, open_purses
from tests.ui.money_desk import (
    Answers,
    Shown,
    answers,
    clock,
    desk,
    fill,
    put_up,
    shown,
    village,
    wish,
)
from village_app.db.records.notices import Notice
from village_app.ui.kit.lights import Light
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.money.collective import CollectivePage
from village_app.ui.pages.rows_dialog import RowsDialog
from village_app.village import Village

__all__ = ["answers", "clock", "desk", "shown", "village"]


@pytest.fixture
def page(village: Village, desk: Desk, qtbot: QtBot) -> CollectivePage:
    open_purses(village)
    made = CollectivePage(desk)
    village.listen(made.note_change)
    put_up(made, qtbot)
    return made


def save(page: CollectivePage, **texts: str) -> None:
    fill(page, **texts)
    dialog = page.dialog
    assert isinstance(dialog, FormDialog)
    dialog.save()
    faults = [dialog.form.fault_of(name) for name in dialog.form.draft()]
    assert not dialog.isVisible(), ([one for one in faults if one], dialog.refusal.text())


def drafted(village: Village, shown: Shown) -> Notice:
    page, record = shown.gone[-1]
    assert page == "notices"
    assert record is not None
    return village.notices.get(record)


def let_the_pond(page: CollectivePage) -> None:
    page.show_view("assets")
    page.enter_button.click()
    save(page, kind="资源", name="三组鱼塘", area="28亩")
    page.show_view("leases")
    page.enter_button.click()
    save(
        page,
        asset="三组鱼塘",
        tenant="陈某",
        starts_on="2026-01-01",
        ends_on="2026-06-30",
        yearly_rent="72,000",
        months="3",
        first_due="2026-01-08",
    )


def state_of(page: CollectivePage) -> str:
    row = page.view.rows()[0]
    light = row.cells["state"]
    assert isinstance(light, Light)
    return light.word


def test_a_lease_is_entered_goes_yellow_and_takes_its_rent(
    page: CollectivePage, village: Village, shown: Shown
) -> None:
    let_the_pond(page)
    assert state_of(page) == "有欠租"
    assert "本月应收 18,000.00 元，90 天内到期 1 份" in page.view.fact()
    (state,) = village.collective.leases()
    assert (state.owed, state.due_this_month, state.ends_soon) == (3_600_000, 1_800_000, True)
    for day in ("2026-01-08", "2026-04-08"):
        page.table.opened.emit(state.lease.id)
        save(page, day=day, amount="18,000")
    assert shown.said[-1] == "已收 陈某 租金，已入账"
    assert village.collective.leases()[0].owed == 0
    assert state_of(page) == "快到期"


def test_an_income_that_is_booked_already_is_claimed_as_rent(
    page: CollectivePage, village: Village, answers: Answers
) -> None:
    let_the_pond(page)
    book_first_quarter(village)
    wish(page, "账上的租金归到这份租约")
    save(page, entry="2026-01-08 收三组鱼塘承包款（2026年上半年） 36,000.00 元")
    assert village.collective.leases()[0].owed == 0
    wish(page, "看收过的租金")
    assert isinstance(page.dialog, RowsDialog)
    assert page.dialog.table.count() == 1
    assert page.dialog.sum_line.text() == "共收 36,000.00 元，欠收 0.00 元"


def test_the_years_list_of_leases_is_drafted_for_the_wall(
    page: CollectivePage, shown: Shown, village: Village
) -> None:
    let_the_pond(page)
    page.publish()
    notice = drafted(village, shown)
    assert notice.heading.startswith("隔坑村2026年资产资源租赁情况表")


def test_an_asset_that_is_let_is_not_struck_off(
    page: CollectivePage, village: Village, answers: Answers
) -> None:
    let_the_pond(page)
    page.show_view("assets")
    assert page.view.rows()[0].cells["use"] == Light("done", "租给陈某")
    wish(page, "销账这一项")
    fill(page, reason="填平了")
    assert isinstance(page.dialog, FormDialog)
    page.dialog.save()
    assert "还租给陈某" in page.dialog.refusal.text()
    page.dialog.reject()
    assert len(village.collective.assets()) == 1


def test_a_debts_age_list_equals_the_account_and_its_opening_can_be_put_right(
    page: CollectivePage, village: Village, answers: Answers
) -> None:
    page.show_view("应收款")
    page.enter_button.click()
    save(page, party="某水电所", amount="12,480", day="2026-01-01", formed_on="2022-06-30")
    assert page.view.rows()[0].cells["class3"] == 1_248_000
    wish(page, "改期初")
    save(page, amount="12,840", formed_on="2024-06-30")
    row = page.view.rows()[0].cells
    assert (row["class1"], row["total"]) == (1_284_000, 1_284_000)
    account = village.accounts.find("应收款")
    today = village.session.today()
    assert village.ledger.turnovers(today, today)[account.id].closing == 1_284_000


def test_a_budget_line_opens_its_payments(
    page: CollectivePage, village: Village, shown: Shown
) -> None:
    book_first_quarter(village)
    page.show_view("budget")
    page.enter_button.click()
    save(page, account="公益支出", year="2026", planned="100,000")
    line = page.table.current_key()
    assert line is not None
    page.table.opened.emit(line)
    dialog = page.dialog
    assert isinstance(dialog, RowsDialog)
    assert dialog.table.count() == 5
    assert dialog.sum_line.text() == "实际 64,146.50 元，预算 100,000.00 元，执行率 64.15%"
    dialog.open_chosen()
    assert shown.gone[-1][0] == "money"


def test_a_special_fund_adds_up_from_its_entries(page: CollectivePage, village: Village) -> None:
    booked = {one.voucher: one for one in book_first_quarter(village)}
    page.show_view("funds")
    page.enter_button.click()
    save(page, name="民生微实事补助", kind="专项补助", granted="30,000", purpose="路灯")
    (state,) = village.funds.states()
    village.funds.assign(booked["收-003"], state.fund)
    village.funds.assign(booked["付-008"], state.fund)
    row = page.view.rows()[0].cells
    assert (row["received"], row["spent"], row["left"]) == (3_000_000, 1_494_000, 1_506_000)
    village.ledger.reverse(village.ledger.get(booked["付-008"].id), "记错")
    assert village.funds.states()[0].spent == 0
    page.table.opened.emit(state.fund.id)
    assert isinstance(page.dialog, RowsDialog)
    assert page.dialog.table.count() == 3


def test_pay_is_entered_repeated_for_the_next_month_and_drafted(
    page: CollectivePage, village: Village, clock: TurningClock, answers: Answers, shown: Shown
) -> None:
    page.show_view("pay")
    page.enter_button.click()
    save(page, name="梁国栋", post="村委会主任", month="2026-03", basic="4,600", merit="1,200")
    wish(page, "照上个月登记本月")
    assert [one.month for one in village.official_pays.listed(2026)] == ["2026-04", "2026-03"]
    wish(page, "照上个月登记本月")
    assert shown.said[-1] == "2026-04 的报酬已经登记过了。"
    page.publish()
    save(page, period="2026年第一季度")
    notice = drafted(village, shown)
    assert notice.heading == "隔坑村2026年第一季度干部报酬公开表"
    assert village.notices.findings(notice).stops == ()
    clock.turn_to(2026, 4, 11)
    assert village.official_pays.listed(2026)[1].basic == 460_000


def test_split_payments_are_for_inside_alone(page: CollectivePage, shown: Shown) -> None:
    page.show_view("splits")
    assert not page.enter_button.isVisible()
    page.publish()
    assert shown.said[-1] == "这一份只供监督，不公开。"
    assert date(2026, 4, 10) == page.view.today
