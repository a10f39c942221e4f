"""Soft warnings in the window (UX-09): said below the field, saved all the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.services.conftest import TurningClock
from tests.services.money_books import open_purses
from tests.ui.hands import press, retype
from tests.ui.money_desk import Answers, Shown, answers, clock, desk, fill, put_up, shown, village
from tests.ui.register_desk import Sitting
from village_app.domain.periods import period_of
from village_app.ui.page import Desk
from village_app.ui.pages.money.money import MoneyPage
from village_app.ui.pages.register.residents import ResidentsPage
from village_app.village import Village

__all__ = ["Answers", "Shown", "TurningClock", "answers", "clock", "desk", "shown", "village"]
ENTRY = {
    "purse": "银行存款",
    "account": "管理费用",
    "day": "2026-03-31",
    "summary": "付电费",
    "amount": "86.40",
    "party": "供电所",
}


@pytest.fixture
def money(village: Village, desk: Desk, qtbot: QtBot) -> MoneyPage:
    open_purses(village)
    page = MoneyPage(desk)
    page._period = period_of("quarter", date(2026, 1, 1))
    put_up(page, qtbot)
    return page


def test_a_double_booking_is_said_once_and_booked_when_it_is_meant(
    money: MoneyPage, village: Village
) -> None:
    for presses in (1, 2):
        money.spend()
        fill(money, **ENTRY)
        assert money.dialog is not None
        for left in reversed(range(presses)):
            money.dialog.save()
            assert money.dialog.isVisible() is bool(left)
    assert money.dialog is not None
    assert "已经记过一笔 86.40 元" in money.dialog.form.note_of("amount")
    assert len(village.ledger.entries(date(2026, 3, 1), date(2026, 3, 31))) == 2


def test_the_doubt_goes_with_its_cause(money: MoneyPage, village: Village) -> None:
    village.ledger.spend(
        village.accounts.find("银行存款"), village.accounts.find("管理费用"), ENTRY
    )
    money.spend()
    fill(money, **ENTRY)
    dialog = money.dialog
    assert dialog is not None
    form = dialog.form
    assert dialog.button.text() == "存"
    form.editor("party").left.emit()
    assert dialog.button.text() == "仍然新增"
    form.editor("amount").set_raw("86.50")
    form.editor("amount").left.emit()
    assert dialog.button.text() == "存"
    assert "已经记过" not in form.note_of("amount")
    dialog.save()
    assert not dialog.isVisible()


def test_a_namesake_is_shown_while_the_next_field_is_filled_in(
    village: Village, tmp_path: Path, qtbot: QtBot
) -> None:
    village.residents.register({"name": "吴国标", "sex": "男", "birth": "1968-05-01"})
    page = Sitting(village).open(ResidentsPage, tmp_path, qtbot)
    page.enter()
    line = page.form.editor("name").control
    retype(line, "吴国标")
    press(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "1968 年生" in page.form.note_of("name"))
    assert page.form_sheet.save_button.text() == "仍然新增"
    page.save()
    assert village.residents.count() == 2
    page.enter()
    assert page.form_sheet.save_button.text() == "存"
    assert page.form.note_of("name") == ""


def test_a_person_who_is_corrected_is_not_his_own_namesake(
    village: Village, tmp_path: Path, qtbot: QtBot
) -> None:
    village.residents.register({"name": "吴国标"})
    person = village.residents.register({"name": "吴国标"})
    page = Sitting(village).open(ResidentsPage, tmp_path, qtbot)
    page.open_record(person.id)
    page.edit()
    page.form.editor("note").set_raw("已核对")
    page.save()
    assert village.residents.get(person.id).note == "已核对"
