"""Stories 1 and 3 in the real window on a real village, with their figures to the fen.

The clock stands where the story puts it; files are read in a child process, forms are filled and
saved as a person does, and every figure is known beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.papers.printed import Printed
from tests.services.conftest import QUICK, TurningClock
from tests.ui.conftest import application, wear
from tests.ui.pretend import PreparedAnswers
from village_app.demo.lamps import ACCEPTED, CARD, CHANGE, FIRM, OFFERS, SOURCES
from village_app.entrance import FolderDoor
from village_app.opening import NewVillage, create_village, open_village
from village_app.resources import resource
from village_app.ui.page import Page
from village_app.ui.pages import entries
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.imports.page import ImportPage
from village_app.ui.pages.money.money import MoneyPage
from village_app.ui.pages.notices.notices import NoticesPage
from village_app.ui.pages.projects.projects import ProjectsPage
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow
from village_app.window_village import WindowVillage

__all__ = ["application", "wear"]
PASSWORD = "桥头 榕树 鱼塘 早茶"
LONG = 60_000
WORKBOOK = "2026年一季度收支流水.xlsx"
QUARTER = "quarter 2026-01-01"


class StoryDoor(FolderDoor):
    """The real door, with the story's clock on the wall."""

    def __init__(self, folder: Path, clock: TurningClock) -> None:
        super().__init__(folder)
        self._clock = clock

    def open(self, user: str, password: str) -> WindowVillage:
        return self._handed_over(open_village(self.folder, user, password, clock=self._clock))


@pytest.fixture
def clock() -> TurningClock:
    return TurningClock(datetime(2026, 3, 27, 1, tzinfo=UTC))


@pytest.fixture
def window(
    tmp_path: Path,
    clock: TurningClock,
    application: QApplication,
    qtbot: QtBot,
    wear: Callable[[Theme], None],
) -> Iterator[MainWindow]:
    folder = tmp_path / "隔坑村 资料"
    role = "admin+secretary+accountant+clerk+supervisor"
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role=role)
    create_village(folder, wish, clock=clock, cost=QUICK)[0].close()
    made = MainWindow(StoryDoor(folder, clock), entries, Preferences(), PreparedAnswers())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    page = made.front()
    assert isinstance(page, UnlockPage)
    page.password.setText(PASSWORD)
    page.button.click()
    qtbot.waitUntil(lambda: made.village is not None, timeout=LONG)
    yield made
    made.watches.idle.end()
    made.jobs.cancel_all()
    if made.village is not None:
        made.village.close()


def village_of(window: MainWindow) -> Any:
    assert window.village is not None
    return window.village.subjects  # type: ignore[attr-defined]  # the real door's village


def go(window: MainWindow, key: str) -> Page:
    assert window.shell is not None
    window.shell.go(key)
    page = window.shell.page()
    assert page is not None
    return page


def fill(page: Any, **texts: str) -> FormDialog:
    """Fill the form that is open over a page."""
    dialog = page.dialog
    assert isinstance(dialog, FormDialog)
    for name, text in texts.items():
        dialog.form.editor(name).set_raw(text)
    return dialog


def save(page: Any, **texts: str) -> None:
    """Fill the open form and save it; no fault may be left."""
    dialog = fill(page, **texts)
    dialog.save()
    faults = [dialog.form.fault_of(name) for name in dialog.form.draft()]
    assert not dialog.isVisible(), ([one for one in faults if one], dialog.refusal.text())


def open_purses(window: MainWindow) -> MoneyPage:
    money = go(window, "money")
    assert isinstance(money, MoneyPage)
    for purse, amount in (("库存现金", "3,250.60"), ("银行存款", "1,286,400.35")):
        money.open_purse()
        save(money, purse=purse, day="2026-01-01", amount=amount)
    return money


def bring_in(window: MainWindow, qtbot: QtBot) -> ImportPage:
    """Walk the import of the quarter's workbook up to its dry run."""
    page = go(window, "import-ledger")
    assert isinstance(page, ImportPage)
    page.restart()
    page.read(resource("sample", WORKBOOK))
    qtbot.waitUntil(lambda: page.wizard.step == 1, timeout=LONG)
    page.wizard.on.click()
    qtbot.waitUntil(lambda: page.wizard.step == 2, timeout=LONG)
    return page


def to_the_wall(window: MainWindow) -> Any:
    """Take the draft that is open through gate, check and signing onto the wall."""
    assert window.shell is not None
    notices = window.shell.page()
    assert isinstance(notices, NoticesPage)
    document = notices.document
    if document.gate.held:
        document.mend()
    document.check()
    document.approve()
    answers = window.asking
    assert isinstance(answers, PreparedAnswers)
    answers.answers.append("publish")
    document.publish()
    assert document.notice is not None
    assert document.notice.number is not None
    return document.notice


def test_story_3_from_the_workbook_to_the_wall_and_a_correction(
    window: MainWindow, qtbot: QtBot, clock: TurningClock
) -> None:
    clock.turn_to(2026, 4, 10)
    village = village_of(window)
    money = open_purses(window)
    page = bring_in(window, qtbot)
    page.wizard.on.click()
    qtbot.waitUntil(lambda: page.wizard.step == 4, timeout=LONG)
    assert page.done.title.text().startswith("已写入：新增 14 笔")

    again = bring_in(window, qtbot)
    assert not again.wizard.on.isEnabled()
    assert len(village.ledger.entries(date(2026, 1, 1), date(2026, 3, 31))) == 14

    go(window, "money")
    money.chips.chosen.emit((QUARTER,))
    assert "1,289,650.95 ＋ 195,376.35 － 71,108.95 ＝ 1,413,918.35" in " ".join(
        money.equation.text().split()
    )
    cells = money.purses.view.model()
    closing = {cells.index(row, 0).data(): cells.index(row, 2).data() for row in range(2)}
    assert closing == {"库存现金": "4,724.10", "银行存款": "1,409,194.25"}

    clock.turn_to(2026, 4, 14)
    money.draft_sheet("money_expense")
    posted = to_the_wall(window)
    printed = village.notices.reprint(posted)
    assert "71,108.95" in Printed(printed).text

    money.chips.chosen.emit((QUARTER,))
    wrong = next(
        one
        for one in village.ledger.entries(date(2026, 1, 1), date(2026, 3, 31))
        if one.voucher == "付-009"
    )
    go(window, "money")
    money.table.choose(wrong.id)
    money.correct()
    save(money, reason="发票金额看错", amount="1,020.00")
    assert village.disclosure.figures(money._period).total_expense == 7_092_895

    (outdated,) = village.disclosure.outdated()
    money.draft_correction(outdated.notice)
    save(money, reason="付-009发票金额看错，多记180.00元")
    correction = to_the_wall(window)
    text = Printed(village.notices.reprint(correction)).text
    for figure in ("1,200.00", "1,020.00", "70,928.95", "180.00"):
        assert figure in text, figure
    assert village.notices.reprint(posted) == printed
    assert village.disclosure.outdated() == []
    assert village.journal.verify().is_whole


def test_a_closed_month_refuses_what_comes_late_in_the_window(
    window: MainWindow, qtbot: QtBot, clock: TurningClock
) -> None:
    clock.turn_to(2026, 4, 10)
    money = open_purses(window)
    village = village_of(window)
    village.ledger.close_month("2026-03")
    page = bring_in(window, qtbot)
    page.wizard.on.click()
    answers = window.asking
    assert isinstance(answers, PreparedAnswers)
    qtbot.waitUntil(lambda: bool(answers.asked), timeout=LONG)
    assert "行 2026-03-06 所在月份已经结账" in answers.asked[-1].lines[0][1]
    assert village.ledger.entries(date(2026, 1, 1), date(2026, 3, 31)) == []
    go(window, "money")
    money.spend()
    dialog = fill(money, purse="银行存款", account="管理费用", day="2026-03-31", amount="12.50")
    fill(money, summary="付电费")
    dialog.save()
    assert "3 月已经结账，没有记进去" in dialog.refusal.text()
    dialog.reject()


def test_story_1_from_the_card_to_the_last_fen(window: MainWindow, clock: TurningClock) -> None:
    village = village_of(window)
    open_purses(window)
    projects = go(window, "projects")
    assert isinstance(projects, ProjectsPage)
    enter(projects)
    clock.turn_to(2026, 4, 28)
    build(projects)
    clock.turn_to(2026, 5, 5)
    projects.record.settle()
    save(projects, day="2026-05-04", submitted="51,060.00", approved="50,870.00")
    refuse_ten_fen_too_much(projects)
    pay(projects, "结算尾款", "结算尾款", "9,503.90", "2026-05-05", "付-014")
    check_figures(village)
    projects.record.publish()
    notice = to_the_wall(window)
    text = Printed(village.notices.reprint(notice)).text
    for figure in ("50,870.00", "1,526.10", "9,503.90", "人民币伍万零捌佰柒拾元整"):
        assert figure in text, figure


def enter(projects: ProjectsPage) -> None:
    """Enter the card, the funding, three offers; choose and sign."""
    projects.enter()
    save(projects, **CARD)
    record = projects.record
    for source in SOURCES:
        record.add_source()
        save(projects, **source)
    for firm, price in OFFERS:
        record.quote()
        save(projects, firm=firm, price=price, day="2026-03-23")
    record.choose()
    save(projects, offer=f"{FIRM} 49,800.00 元")
    record.sign()
    save(projects, signed_on="2026-03-27", retention_share="3%", defects_months="24")


def build(projects: ProjectsPage) -> None:
    """Pay twice, change once, accept."""
    record = projects.record
    pay(projects, "预付款30%", "预付款", "14,940.00", "2026-03-30", "付-008")
    record.order_change()
    save(projects, **CHANGE, day="2026-04-22")
    record.approve_change()
    save(projects)
    pay(projects, "进度款", "进度款", "24,900.00", "2026-04-20", "付-011")
    record.accept()
    save(projects, **ACCEPTED)


def refuse_ten_fen_too_much(projects: ProjectsPage) -> None:
    projects.record.pay()
    dialog = fill(projects, label="尾款", kind="结算尾款", amount="9,504.00", day="2026-05-05")
    dialog.save()
    fault = dialog.form.fault_of("amount")
    assert fault is not None
    assert "已付加质保金不超过审定价" in fault.message
    assert "最多还能付 9,503.90 元" in fault.message
    dialog.reject()


def check_figures(village: Any) -> None:
    file = village.projects.file(village.projects.listed()[0])
    assert file.settlement is not None
    kept = (file.settlement.retention, file.settlement.retention_due)
    assert kept == (152_610, date(2028, 4, 28))
    money = file.money_paid
    assert (money.paid, money.owed_in_all, money.left_of_budget) == (4_934_390, 5_087_000, 113_000)
    booked = village.ledger.entries(date(2026, 1, 1), date(2026, 5, 31))
    assert sum(one.amount for one in booked) == 4_934_390


def pay(page: ProjectsPage, label: str, kind: str, amount: str, day: str, voucher: str) -> None:
    page.record.pay()
    save(page, label=label, kind=kind, amount=amount, day=day, voucher=voucher)
