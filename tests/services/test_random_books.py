"""Random years of a village's books: every table of every month, quarter and year is the ledger.

The test keeps its own books beside the program's: plain tuples, added up by hand.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.money_books import open_purses
from village_app.db.records.ledger import LedgerEntry
from village_app.domain.periods import Period, PeriodKind, period_of
from village_app.errors import Refused
from village_app.opening import NewVillage, create_village
from village_app.papers.blocks import Table
from village_app.village import Village

ACCOUNTS = {
    "经营收入": "income",
    "其他收入": "income",
    "公益支出": "expense",
    "管理费用": "expense",
    "应收款": "other",
    "短期借款": "other",
}
OPENING = {"银行存款": 128_640_035, "库存现金": 325_060}
KINDS: tuple[PeriodKind, ...] = ("month", "quarter", "year")
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
FEN = st.integers(1, 10**9)
BOOKED = st.tuples(
    st.just("book"),
    DAYS,
    st.sampled_from(sorted(ACCOUNTS)),
    st.booleans(),
    FEN,
    st.sampled_from(sorted(OPENING)),
)
MOVED = st.tuples(st.just("move"), DAYS, st.booleans(), FEN)
CORRECTED = st.tuples(st.just("correct"), st.integers(0, 30), FEN)
REVERSED = st.tuples(st.just("reverse"), st.integers(0, 30))
CLOSED = st.tuples(st.just("close"), st.integers(1, 12))
YEAR = st.lists(st.one_of(BOOKED, BOOKED, MOVED, CORRECTED, REVERSED, CLOSED), max_size=14)


@dataclass
class Books:
    """The test's own books: (day, debit, credit, 分), and which entries stand."""

    village: Village
    lines: list[tuple[date, str, str, int]] = field(default_factory=list)
    standing: list[LedgerEntry] = field(default_factory=list)
    closed: set[int] = field(default_factory=set)

    def follow(self, wish: tuple[Any, ...]) -> None:
        """Do one thing to both books; what a closed month refuses changes neither."""
        kind, *rest = wish
        getattr(self, f"_{kind}")(*rest)

    def _book(self, day: date, account: str, comes_in: bool, fen: int, purse: str) -> None:
        find = self.village.accounts.find
        write = self.village.ledger.receive if comes_in else self.village.ledger.spend
        sides = (purse, account) if comes_in else (account, purse)
        self._write(day, sides, fen, lambda typed: write(find(purse), find(account), typed))

    def _move(self, day: date, to_cash: bool, fen: int) -> None:
        find = self.village.accounts.find
        out_of, into = ("银行存款", "库存现金") if to_cash else ("库存现金", "银行存款")
        ledger = self.village.ledger
        sides = (into, out_of)
        self._write(day, sides, fen, lambda typed: ledger.transfer(find(out_of), find(into), typed))

    def _write(self, day: date, sides: tuple[str, str], fen: int, write: Any) -> None:
        typed = {"day": day.isoformat(), "summary": "一笔", "amount": yuan(fen)}
        if self._refuses(day, lambda: write(typed)):
            return
        entry = self.village.ledger.entries(day, day)[-1]
        self.standing.append(entry)
        self.lines.append((day, *sides, fen))

    def _correct(self, at: int, fen: int) -> None:
        entry = self._standing(at)
        if entry is None:
            return
        if self._refuses(
            entry.day,
            lambda: self.village.ledger.correct(entry, "看错", {"amount": yuan(fen)}),
        ):
            return
        sides = self._taken_back(entry)
        self.lines.append((entry.day, *sides, fen))
        self.standing.append(self.village.ledger.entries(entry.day, entry.day)[-1])

    def _reverse(self, at: int) -> None:
        entry = self._standing(at)
        if entry is None:
            return
        if not self._refuses(entry.day, lambda: self.village.ledger.reverse(entry, "记错")):
            self._taken_back(entry)

    def _close(self, month: int) -> None:
        if month not in self.closed:
            self.village.ledger.close_month(f"2026-{month:02}")
            self.closed.add(month)

    def _standing(self, at: int) -> LedgerEntry | None:
        return self.standing[at % len(self.standing)] if self.standing else None

    def _taken_back(self, entry: LedgerEntry) -> tuple[str, str]:
        names = {one.id: one.name for one in self.village.accounts.listed()}
        sides = (names[entry.debit_id], names[entry.credit_id])
        self.lines.append((entry.day, *sides, -entry.amount))
        self.standing.remove(entry)
        return sides

    def _refuses(self, day: date, write: Any) -> bool:
        if day.month not in self.closed:
            write()
            return False
        with pytest.raises(Refused) as refused:
            write()
        assert refused.value.code == "month_closed"
        return True

    # Added up by hand

    def net(self, name: str, first: date, last: date) -> int:
        """Give debit less credit of an account over some days."""
        return sum(
            (fen if debit == name else 0) - (fen if credit == name else 0)
            for day, debit, credit, fen in self.lines
            if first <= day <= last
        )

    def holds(self, purse: str, until: date) -> int:
        return OPENING[purse] + self.net(purse, date(2026, 1, 1), until)


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


@contextmanager
def fresh_books() -> Iterator[Books]:
    """Make a village for one example, with its purses open."""
    clock = TurningClock(datetime(2027, 1, 5, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder:
        wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role="accountant+clerk")
        village, _ = create_village(Path(folder) / "村", wish, clock=clock, cost=QUICK)
        open_purses(village)
        with village:
            yield Books(village)


@settings(max_examples=15)
@given(YEAR)
def test_every_table_of_a_random_year_equals_the_ledger(wishes: list[tuple[Any, ...]]) -> None:
    with fresh_books() as books:
        for wish in wishes:
            books.follow(wish)
        for kind in KINDS:
            period = period_of(kind, date(2026, 1, 1))
            while period.first.year == 2026:
                check(books, period)
                period = period.following


def check(books: Books, period: Period) -> None:
    """Compare a period's figures and papers with the test's own books."""
    village, first, last = books.village, period.first, period.last
    figures = village.disclosure.figures(period)
    nets = {name: books.net(name, first, last) for name in ACCOUNTS}
    income = -sum(net for name, net in nets.items() if ACCOUNTS[name] == "income")
    expense = sum(net for name, net in nets.items() if ACCOUNTS[name] == "expense")
    assert (figures.total_income, figures.total_expense) == (income, expense)
    assert figures.opening + income - expense + figures.between == figures.closing
    for line in figures.purses:
        assert line.period.closing == books.holds(line.name, last)
        moved = books.net(line.name, first, last)
        assert line.period.closing - line.period.opening == moved
    assert total_of(village, "money_income", period) == income
    assert total_of(village, "money_expense", period) == expense
    summary = tables(village, "money_summary", period)[0]
    sums = {row.cells[0]: row.cells[1] for row in summary.rows if row.role == "subtotal"}
    assert sums == {"收入合计": income, "支出合计": expense}


def test_the_months_of_a_year_add_up_and_each_closing_is_the_next_opening() -> None:
    with fresh_books() as books:
        for month in (1, 3, 3, 7, 12):
            books.follow(("book", date(2026, month, 9), "公益支出", False, 4711, "银行存款"))
        books.follow(("correct", 1, 4712))
        months = [period_of("month", date(2026, month, 1)) for month in range(1, 13)]
        figures = [books.village.disclosure.figures(one) for one in months]
        for before, after in pairwise(figures):
            assert before.closing == after.opening
        year = books.village.disclosure.figures(period_of("year", date(2026, 1, 1)))
        assert year.total_expense == sum(one.total_expense for one in figures) == 4711 * 4 + 4712


def total_of(village: Village, sheet: Any, period: Period) -> int:
    (table,) = tables(village, sheet, period)[:1]
    amounts = [row.cells[-1] for row in table.rows if row.role == "data"]
    return sum(int(one) for one in amounts if isinstance(one, int))


def tables(village: Village, sheet: Any, period: Period) -> list[Table]:
    paper = village.disclosure.paper(sheet, period)
    return [block for block in paper.blocks if isinstance(block, Table)]
