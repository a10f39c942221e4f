"""复核 on the pages: one's own entry is taken back with a second person's password (SA-03)."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.ui.money_desk import answers, clock, desk, fill, shown, village
from tests.ui.test_money_pages import money
from village_app.db.records.ledger import LedgerEntry
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.money.money import MoneyPage
from village_app.village import Village

__all__ = ["answers", "clock", "desk", "money", "shown", "village"]
LONG = "四头水牛过沙洲去吃草"
DAY = date(2026, 3, 31)


@pytest.fixture
def own(money: MoneyPage, village: Village) -> LedgerEntry:
    """Choose an entry that the accountant at the desk booked; the director is in the office."""
    village.users.add("罗主任", LONG, "director", "罗永强")
    (entry,) = village.ledger.entries(DAY, DAY)
    money.table.choose(entry.id)
    return entry


def dialog_of(money: MoneyPage) -> FormDialog:
    assert money.dialog is not None
    return money.dialog


def test_a_wrong_entry_of_ones_own_asks_for_the_directors_password(
    money: MoneyPage, village: Village, own: LedgerEntry
) -> None:
    money.reverse()
    dialog = dialog_of(money)
    line = dialog.form.editor("second_password").control
    assert isinstance(line, QLineEdit)
    assert line.echoMode() == QLineEdit.EchoMode.Password
    fill(money, reason="重复记账")
    dialog.save()
    assert dialog.isVisible()
    fill(money, reason="重复记账", second="罗永强", second_password="猜一个密码试试看")
    dialog.save()
    assert dialog.refusal.isVisible()
    assert len(village.ledger.entries(DAY, DAY)) == 1
    fill(money, reason="重复记账", second="罗永强", second_password=LONG)
    dialog.save()
    assert not dialog.isVisible()
    assert [one.amount for one in village.ledger.entries(DAY, DAY)] == [own.amount, -own.amount]
    label = village.store.scalar("SELECT label FROM \"change\" WHERE label LIKE '冲销%'")
    assert label == f"冲销 {own.summary}（罗永强复核）"


def test_a_correction_of_ones_own_asks_as_well(
    money: MoneyPage, village: Village, own: LedgerEntry
) -> None:
    money.correct()
    fill(money, reason="看错", amount="1.00", second="罗永强", second_password=LONG)
    dialog_of(money).save()
    amounts = [one.amount for one in village.ledger.entries(DAY, DAY)]
    assert amounts == [own.amount, -own.amount, 100]


def test_where_nobody_else_may_nothing_more_is_asked(money: MoneyPage, village: Village) -> None:
    (entry,) = village.ledger.entries(DAY, DAY)
    money.table.choose(entry.id)
    money.reverse()
    names = [one.name for one in dialog_of(money).form.declarations]
    assert names == ["reason"]
    dialog_of(money).reject()
