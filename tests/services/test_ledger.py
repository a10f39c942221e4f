"""The ledger grows only, adds up for every account, and refuses what would spoil it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.conftest import TurningClock
from tests.services.money_books import (
    FIRST_QUARTER,
    book_first_quarter,
    book_line,
    open_purses,
    purse,
)
from village_app.domain.ledgers import Turnover
from village_app.errors import InvalidInput, Refused
from village_app.village import Village

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


@pytest.fixture
def books(village: Village, clock: TurningClock) -> Village:
    clock.turn_to(2026, 4, 3)
    open_purses(village)
    book_first_quarter(village)
    return village


def figures(village: Village, name: str, first: date = FIRST, last: date = LAST) -> Turnover:
    return village.ledger.turnovers(first, last)[village.accounts.find(name).id]


def test_the_first_quarter_adds_up_to_the_fen(books: Village) -> None:
    assert figures(books, "库存现金").closing == 472410
    assert figures(books, "银行存款").closing == 140919425
    assert figures(books, "经营收入").gained == 16450000
    assert figures(books, "补助收入").gained == 3000000
    assert figures(books, "其他收入").gained == 87635
    assert figures(books, "公益支出").gained == 6414650
    assert figures(books, "管理费用").gained == 696245


def test_money_drawn_for_the_cash_box_is_neither_income_nor_expense(books: Village) -> None:
    between = figures(books, "内部往来")
    assert (between.gained, between.lost, between.closing) == (500000, 500000, 0)
    drawn = {"day": "2026-03-31", "summary": "提取备用金", "amount": "100"}
    books.ledger.transfer(purse(books), purse(books, "库存现金"), drawn)
    assert figures(books, "库存现金").closing == 482410
    assert figures(books, "公益支出").gained == 6414650


def test_one_months_closing_is_the_next_months_opening(books: Village) -> None:
    for name in ("库存现金", "银行存款"):
        january = figures(books, name, date(2026, 1, 1), date(2026, 1, 31))
        february = figures(books, name, date(2026, 2, 1), date(2026, 2, 28))
        assert january.closing == february.opening


def test_a_mistake_is_taken_back_by_a_red_entry_and_booked_right(books: Village) -> None:
    wrong = books.ledger.entries(LAST, LAST)[0]
    assert wrong.voucher == "付-009"
    done = books.ledger.correct(wrong, "发票金额看错", {"amount": "1020.00"})
    assert done.reversal.amount == -120000
    assert done.reversal.reverses_id == wrong.id
    assert done.replacement is not None
    assert (done.replacement.summary, done.replacement.party) == ("付办公用品", "文华文具店")
    assert done.replacement.amount == 102000
    assert figures(books, "管理费用").gained == 696245 - 18000
    assert figures(books, "库存现金").closing == 472410 + 18000
    assert len(books.ledger.entries(FIRST, LAST)) == len(FIRST_QUARTER) + 2
    with pytest.raises(Refused) as caught:
        books.ledger.reverse(wrong, "再冲一次")
    assert caught.value.code == "reversed"
    with pytest.raises(Refused) as caught:
        books.ledger.reverse(done.reversal, "冲掉冲销")
    assert caught.value.code == "is_reversal"


def test_a_correction_that_leaves_the_amount_keeps_it(books: Village) -> None:
    wrong = books.ledger.entries(LAST, LAST)[0]
    right = books.ledger.correct(wrong, "收款人写错", {"party": "文华书店"}).replacement
    assert right is not None
    assert (right.amount, right.party) == (120000, "文华书店")


def test_a_reversal_wants_a_reason(books: Village) -> None:
    with pytest.raises(InvalidInput):
        books.ledger.reverse(books.ledger.entries(FIRST, LAST)[0], " ")
    assert len(books.ledger.entries(FIRST, LAST)) == len(FIRST_QUARTER)


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"amount": "12O.00"}, "amount", "no_amount"),
        ({"amount": "1e9"}, "amount", "no_amount"),
        ({"amount": "-5"}, "amount", "not_positive"),
        ({"amount": "0"}, "amount", "not_positive"),
        ({"amount": "1.005"}, "amount", "below_fen"),
        ({"amount": ""}, "amount", "required"),
        ({"summary": ""}, "summary", "required"),
        ({"day": "2026-12-01"}, "day", "future"),
        ({"day": "2025-12-31"}, "day", "before_book"),
    ],
)
def test_bad_input_is_refused_by_field_and_nothing_is_booked(
    books: Village, typed: dict[str, str], field: str, code: str
) -> None:
    before = books.ledger.entries(FIRST, date(2026, 12, 31))
    right = {"day": "2026-03-31", "summary": "付电费", "amount": "10"}
    with pytest.raises(InvalidInput) as caught:
        books.ledger.spend(purse(books), books.accounts.find("管理费用"), {**right, **typed})
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [(field, code)]
    assert books.ledger.entries(FIRST, date(2026, 12, 31)) == before


def test_nothing_is_booked_into_a_closed_month_until_it_is_opened_again(books: Village) -> None:
    books.ledger.close_month("2026-03")
    line = ("2026-03-31", "付-010", "付电费", "管理费用", "供电局", "", "10", "银行存款")
    with pytest.raises(Refused) as caught:
        book_line(books, line)
    assert caught.value.code == "month_closed"
    wrong = books.ledger.entries(LAST, LAST)[0]
    with pytest.raises(Refused):
        books.ledger.reverse(wrong, "看错")
    red = books.ledger.reverse(wrong, "看错", day=date(2026, 4, 2))
    assert red.day == date(2026, 4, 2)
    books.ledger.reopen_month("2026-03", "补记漏掉的一笔")
    assert book_line(books, line).voucher == "付-010"
    assert books.ledger.closed_months() == []


def test_accounts_are_found_by_number_by_name_and_by_their_old_name(books: Village) -> None:
    assert books.accounts.find("514").name == "公益支出"
    assert books.accounts.find("发包及上交收入").name == "经营收入"
    assert books.accounts.find("现金").code == "101"
    with pytest.raises(Refused) as caught:
        books.accounts.find("外星收入")
    assert caught.value.code == "no_account"


def test_a_second_bank_account_stands_beside_the_first(books: Village) -> None:
    own = books.accounts.add(
        {"code": "102.01", "name": "基本户（农商行）", "nature": "资产", "holds": "是"}
    )
    assert [one.name for one in books.accounts.purses()] == [
        "库存现金",
        "银行存款",
        "基本户（农商行）",
    ]
    books.ledger.transfer(
        purse(books), own, {"day": "2026-03-31", "summary": "转入新户", "amount": "1"}
    )
    assert figures(books, "基本户（农商行）").closing == 100
    with pytest.raises(InvalidInput):
        books.accounts.add({"code": "102.01", "name": "基本户（农商行）", "nature": "资产"})


def test_a_purse_is_opened_once(books: Village) -> None:
    with pytest.raises(Refused) as caught:
        books.accounts.open_with(purse(books), {"day": "2026-01-01", "amount": "1"})
    assert caught.value.code == "opened"


def test_a_single_wrong_line_can_be_undone_at_once(books: Village) -> None:
    book_line(books, ("2026-03-31", "付-010", "付电费", "管理费用", "供电局", "", "10", "银行存款"))
    assert books.undo() == "记支出 付电费"
    assert len(books.ledger.entries(FIRST, LAST)) == len(FIRST_QUARTER)
