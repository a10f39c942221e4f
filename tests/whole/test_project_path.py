"""A project in the real window on a real village: entered, paid, laid open and published.

The forms are filled and saved as a person does; the draft goes through gate, check and signing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.papers.printed import Printed
from tests.ui.conftest import application, wear
from tests.ui.pretend import PreparedAnswers
from village_app.entrance import FolderDoor
from village_app.opening import NewVillage, create_village
from village_app.ui.page import Page
from village_app.ui.pages import entries
from village_app.ui.pages.money.money import MoneyPage
from village_app.ui.pages.notices.notices import NoticesPage
from village_app.ui.pages.projects.projects import ProjectsPage
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow

__all__ = ["application", "wear"]
PASSWORD = "桥头 榕树 鱼塘 早茶"
LONG = 60_000


@pytest.fixture
def window(
    tmp_path: Path,
    application: QApplication,
    qtbot: QtBot,
    wear: Callable[[Theme], None],
) -> Iterator[MainWindow]:
    folder = tmp_path / "隔坑村 资料"
    wish = NewVillage(
        "隔坑村",
        "横沥镇",
        "陈丽珍",
        PASSWORD,
        role="admin+secretary+accountant+clerk+supervisor",
    )
    create_village(folder, wish)[0].close()
    made = MainWindow(FolderDoor(folder), entries, Preferences(), PreparedAnswers())
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


def go(window: MainWindow, key: str) -> Page:
    assert window.shell is not None
    window.shell.go(key)
    page = window.shell.page()
    assert page is not None
    return page


def save(page: Any, **texts: str) -> None:
    """Fill the form that is open over a page and save it; no fault may be left."""
    for name, text in texts.items():
        page.dialog.form.editor(name).set_raw(text)
    dialog = page.dialog
    dialog.save()
    faults = [dialog.form.fault_of(name) for name in dialog.form.draft()]
    assert not dialog.isVisible(), ([one for one in faults if one], dialog.refusal.text())


def test_a_project_is_entered_paid_and_its_spending_published(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.village is not None
    village = window.village.subjects  # type: ignore[attr-defined]  # the real door's village
    today = village.session.today()
    money = go(window, "money")
    assert isinstance(money, MoneyPage)
    money.open_purse()
    save(money, purse="银行存款", day=f"{today.year}-01-01", amount="100,000")

    projects = go(window, "projects")
    assert isinstance(projects, ProjectsPage)
    projects.enter()
    save(projects, name="村前塘路灯安装", budget="5.2万元", basis="隔村代决〔2026〕1号")
    record = projects.record
    record.add_source()
    save(projects, kind="村集体收入", name="村集体收入", amount="52,000")
    for firm, price in (("甲公司", "49,800"), ("乙公司", "50,600"), ("丙公司", "51,200")):
        record.quote()
        save(projects, firm=firm, price=price, day=today.isoformat())
    record.choose()
    save(projects, offer="甲公司 49,800.00 元")
    record.sign()
    save(projects, signed_on=today.isoformat(), retention_share="3%", terms="签订后付 30%")
    record.pay()
    save(projects, label="预付款30%", kind="预付款", amount="14,940.00", voucher="付-001")

    record.publish()
    assert window.shell is not None
    notices = window.shell.page()
    assert isinstance(notices, NoticesPage)
    document = notices.document
    assert document.gate.held == ()
    document.check()
    document.approve()
    answers = window.asking
    assert isinstance(answers, PreparedAnswers)
    answers.answers.append("publish")
    document.publish()

    notice = document.notice
    assert notice is not None
    assert notice.number == f"隔村公示〔{today.year}〕1号"
    printed = Printed(village.notices.reprint(notice)).text
    assert "14,940.00" in printed
    assert notice.number in printed
    sheets = load_workbook(BytesIO(village.notices.spreadsheet(notice))).worksheets
    assert 14940 in {cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert village.ledger.entries(today, today)[0].amount == 1_494_000
