"""财务收支 and 项目公开 as people use them: booked, refused, taken back, shown to the fen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.services import lamp_project
from tests.services.conftest import TurningClock
from tests.services.money_books import book_first_quarter, open_purses
from tests.ui.money_desk import Answers, Shown, answers, clock, desk, fill, put_up, shown, village
from village_app.domain.periods import period_of
from village_app.services.session import User
from village_app.ui.dress import dress
from village_app.ui.kit.money_bar import MoneyBar
from village_app.ui.page import Desk
from village_app.ui.pages.aid.aid import AidPage
from village_app.ui.pages.money.collective import CollectivePage
from village_app.ui.pages.money.money import MoneyPage
from village_app.ui.pages.projects.projects import ProjectsPage
from village_app.ui.theme import Theme, TypeSize
from village_app.village import Village

__all__ = ["answers", "clock", "desk", "shown", "village"]


@pytest.fixture
def money(village: Village, desk: Desk, qtbot: QtBot) -> MoneyPage:
    open_purses(village)
    book_first_quarter(village)
    page = MoneyPage(desk)
    page._period = period_of("quarter", date(2026, 1, 1))
    put_up(page, qtbot)
    return page


def test_the_quarter_stands_on_the_page_to_the_fen(money: MoneyPage) -> None:
    assert money.table.count() == 14
    assert "1,289,650.95 ＋ 195,376.35 － 71,108.95 ＝ 1,413,918.35" in " ".join(
        money.equation.text().split()
    )
    assert money.publish_note.text() == "2026年第一季度，4 月 15 日前公开。"


def test_an_expense_is_typed_and_booked(money: MoneyPage, village: Village, shown: Shown) -> None:
    money.spend()
    fill(
        money,
        purse="银行存款",
        account="管理费用",
        day="2026-03-31",
        summary="付电费",
        amount="12.5",
    )
    assert money.dialog is not None
    money.dialog.save()
    entries = village.ledger.entries(date(2026, 3, 31), date(2026, 3, 31))
    assert (entries[-1].summary, entries[-1].amount) == ("付电费", 1250)
    assert shown.said == ["已记支出 付电费"]
    assert not money.dialog.isVisible()


def test_a_bad_amount_stays_in_the_form_with_its_sentence(
    money: MoneyPage, village: Village
) -> None:
    money.spend()
    fill(
        money,
        purse="银行存款",
        account="管理费用",
        day="2026-03-31",
        summary="付电费",
        amount="1e9",
    )
    assert money.dialog is not None
    money.dialog.save()
    fault = money.dialog.form.fault_of("amount")
    assert fault is not None
    assert fault.code == "no_amount"
    assert money.dialog.isVisible()
    assert len(village.ledger.entries(date(2026, 1, 1), date(2026, 3, 31))) == 14
    money.dialog.reject()


def test_a_chosen_entry_is_corrected_with_a_reason(money: MoneyPage, village: Village) -> None:
    last = village.ledger.entries(date(2026, 3, 31), date(2026, 3, 31))[0]
    money.table.choose(last.id)
    money.correct()
    fill(money, reason="发票金额看错", amount="1,020.00")
    assert money.dialog is not None
    money.dialog.save()
    amounts = [one.amount for one in village.ledger.entries(date(2026, 3, 31), date(2026, 3, 31))]
    assert amounts == [120000, -120000, 102000]


def test_an_entry_booked_to_the_wrong_account_and_purse_is_corrected_to_the_right_ones(
    money: MoneyPage, village: Village
) -> None:
    day = date(2026, 3, 31)
    names = {one.id: one.name for one in village.accounts.listed()}
    wrong = village.ledger.entries(day, day)[0]
    assert (names[wrong.debit_id], names[wrong.credit_id]) != ("公益支出", "库存现金")
    money.table.choose(wrong.id)
    money.correct()
    fill(money, reason="选错了科目和存放", debit="公益支出", credit="库存现金")
    assert money.dialog is not None
    money.dialog.save()
    right = village.ledger.entries(day, day)[-1]
    assert (right.summary, right.amount) == (wrong.summary, wrong.amount)
    assert (names[right.debit_id], names[right.credit_id]) == ("公益支出", "库存现金")


def test_a_closed_month_says_why_nothing_was_booked(money: MoneyPage, village: Village) -> None:
    village.ledger.close_month("2026-03")
    money.spend()
    fill(
        money, purse="银行存款", account="管理费用", day="2026-03-31", summary="付电费", amount="1"
    )
    assert money.dialog is not None
    money.dialog.save()
    assert "已经结账" in money.dialog.refusal.text()
    money.dialog.reject()


def test_the_quarters_table_is_drafted_and_opened(money: MoneyPage, shown: Shown) -> None:
    money.draft_sheet("money_summary")
    assert [page for page, _ in shown.gone] == ["notices"]
    assert shown.said == ["已起草 隔坑村2026年第一季度财务收支公开表"]


def test_the_import_is_one_press_away(money: MoneyPage, shown: Shown) -> None:
    money.bring_in()
    assert shown.gone == [("import-ledger", None)]


def test_a_sheet_of_a_project_is_kept_as_a_file(
    village: Village,
    clock: TurningClock,
    desk: Desk,
    qtbot: QtBot,
    answers: Answers,
    tmp_path: Path,
) -> None:
    project = lamp_project.start(village, clock)
    page = ProjectsPage(desk)
    put_up(page, qtbot)
    page.show_project(project.id)
    answers.path = tmp_path / "比价表.pdf"
    page.record.save_sheet()
    fill(page, sheet="比价表")
    assert page.dialog is not None
    page.dialog.save()
    assert answers.path.read_bytes().startswith(b"%PDF-")


def test_a_project_is_opened_and_its_money_read_aloud(
    village: Village, clock: TurningClock, desk: Desk, qtbot: QtBot
) -> None:
    project = lamp_project.finish(village, clock)
    page = ProjectsPage(desk)
    put_up(page, qtbot)
    assert page.table.count() == 1
    page.show_project(project.id)
    bar = page.record.money.findChild(MoneyBar)
    assert bar is not None
    assert bar.accessibleName() == (
        "预算 52,000.00 元，已付 49,343.90 元，合同未付 1,526.10 元，结余 1,130.00 元"
    )
    stages = [node.accessibleName() for node in page.record.track.nodes()]
    assert "合同，03-27，缺合同要点公示 1 份" in [one.replace("，，", "，") for one in stages]
    page.go_back()
    assert page.table.current_key() == project.id


def test_a_payment_of_a_fen_too_much_is_refused_in_the_form(
    village: Village, clock: TurningClock, desk: Desk, qtbot: QtBot, shown: Shown
) -> None:
    project = lamp_project.build(village, clock)
    page = ProjectsPage(desk)
    put_up(page, qtbot)
    page.show_project(project.id)
    page.record.pay()
    fill(page, label="结算尾款", kind="结算尾款", amount="9,504.00", day="2026-05-05")
    assert page.dialog is not None
    page.dialog.save()
    fault = page.dialog.form.fault_of("amount")
    assert fault is not None
    assert "已付加质保金不超过审定价" in fault.message
    fill(page, amount="9,503.90")
    page.dialog.save()
    assert shown.said == ["已付 结算尾款 9,503.90 元，已入账"]
    assert village.projects.file(project).money_paid.paid == 4934390


def test_a_new_project_is_typed_with_its_budget_in_yuan(
    village: Village, desk: Desk, qtbot: QtBot
) -> None:
    page = ProjectsPage(desk)
    put_up(page, qtbot)
    page.enter()
    fill(page, name="村道硬化", budget="1.2万元")
    assert page.dialog is not None
    page.dialog.save()
    assert [one.budget for one in village.projects.listed()] == [1200000]
    assert page.stack.currentIndex() == 1


@pytest.mark.parametrize("make", [MoneyPage, ProjectsPage, CollectivePage, AidPage])
def test_a_page_fits_the_window_at_every_type_size(
    make: Any, village: Village, clock: TurningClock, desk: Desk, qtbot: QtBot
) -> None:
    from PySide6.QtWidgets import QApplication

    project = lamp_project.finish(village, clock)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    looks: tuple[tuple[TypeSize, bool], ...] = ((100, False), (150, True))
    for size, narrow in looks:
        dress(application, Theme(type_size=size))
        page = make(desk)
        put_up(page, qtbot, narrow=narrow)
        if isinstance(page, ProjectsPage):
            page.show_project(project.id)
        room = 1190 if not narrow else 1366 - 72
        assert page.minimumSizeHint().width() <= room
        page.hide()
    dress(application, Theme())


def test_a_payment_is_asked_for_signed_by_another_and_paid_out(
    village: Village, clock: TurningClock, desk: Desk, qtbot: QtBot, shown: Shown
) -> None:
    project = lamp_project.start(village, clock)
    clock.turn_to(2026, 4, 2)
    page = ProjectsPage(desk)
    village.listen(page.note_change)
    put_up(page, qtbot)
    page.show_project(project.id)
    page.record.request_payment()
    fill(page, label="定金", kind="预付款", amount="4,000.00")
    assert page.dialog is not None
    page.dialog.save()
    assert shown.said[-1] == "已申请 定金，要主任签"
    (payment,) = village.projects.file(project).payments
    page.record.payments.choose(payment.id)
    page.record.go_on_with_payment()
    fill(page, agrees="同意")
    page.dialog.save()
    assert "主任" in page.dialog.refusal.text()
    page.dialog.reject()
    before = village.session.user
    village.session.user = User("罗主任", "罗主任", "director")
    page.record.go_on_with_payment()
    fill(page, agrees="同意")
    page.dialog.save()
    village.session.user = before
    page.record.go_on_with_payment()
    fill(page, day="2026-04-02", voucher="付-008")
    page.dialog.save()
    assert shown.said[-1] == "已付 定金，已入账"
    assert village.projects.file(project).money_paid.paid == 400000
