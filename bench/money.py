"""What a ledger of 100,000 rows costs: the month's table, and opening its list."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from bench.registry import Measured, alternate, ratio
from village_app.db.engine import Store
from village_app.db.key_slots import Cost
from village_app.db.records.ledger import LedgerEntry
from village_app.domain.periods import period_of
from village_app.opening import NewVillage, create_village
from village_app.services.money.figures import figures_of
from village_app.village import Village

LONG, SHORT = 100_000, 1_000
MARCH = period_of("month", date(2026, 3, 1))
PASSWORD = "一碗清水量三石米"
SCREEN = 40


def fill(village: Village, count: int) -> None:
    """Book lines in and out in turn: a long ledger over ten years, a short one over one."""
    accounts = village.accounts
    bank, income = accounts.find("银行存款").id, accounts.find("经营收入").id
    expense = accounts.find("公益支出").id
    days = 3650 if count == LONG else 365
    first = date(2026, 12, 31) - timedelta(days=days - 1)
    rows = [
        {
            "book": "money",
            "summary": f"第{number}笔",
            "day": first + timedelta(days=number % days),
            "debit_id": bank if number % 2 else expense,
            "credit_id": income if number % 2 else bank,
            "amount": number + 1,
            "party": f"单位{number % 97}",
        }
        for number in range(count)
    ]
    with village.change("量一量", undoable=False) as change:
        change.insert_rows(LedgerEntry, rows)


@contextmanager
def ledger_of(count: int) -> Iterator[Village]:
    with tempfile.TemporaryDirectory() as folder:
        wish = NewVillage("隔坑村", "横沥镇", "甲", PASSWORD, role="accountant+clerk")
        quick = Cost(passes=1, memory_kib=1024)
        village, _ = create_village(Path(folder) / "村", wish, cost=quick)
        with village:
            fill(village, count)
            yield village


def summed(store: Store) -> None:
    store.sql(
        "SELECT debit_id, credit_id, sum(amount) FROM ledger_entry "
        "WHERE book = 'money' AND day <= '2026-03-31' GROUP BY 1, 2"
    )


@ratio("ledger-month-table", unit="s")
def month_table() -> Measured:
    """A month's figures of 100,000 entries in ten years, against one bare sum by accounts."""
    with ledger_of(LONG) as village:
        return alternate(
            lambda: figures_of(village.session, MARCH), lambda: summed(village.store), rounds=5
        )


@ratio("ledger-list-open", unit="s")
def list_open() -> Measured:
    """Opening a month's list in 100,000 entries of ten years, against 1,000 of one year."""
    with ledger_of(LONG) as long, ledger_of(SHORT) as short:

        def opened(village: Village) -> None:
            listing = village.ledger_list.entries(first=MARCH.first, last=MARCH.last)
            listing.count()
            listing.window(0, SCREEN)

        return alternate(lambda: opened(long), lambda: opened(short), rounds=7)
