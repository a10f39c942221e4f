"""The village's purses and the first quarter of story 3, typed in line by line."""

from __future__ import annotations

import csv
from pathlib import Path

from village_app.db.records.ledger import LedgerAccount, LedgerEntry
from village_app.village import Village

OPENING_DAY = "2026-01-01"
# day, voucher, summary, account, party, in (元), out (元), purse
FIRST_QUARTER = tuple(
    tuple(line)
    for line in csv.reader(
        (Path(__file__).parent / "first_quarter.csv").read_text("utf-8").splitlines()[1:]
    )
)


def purse(village: Village, name: str = "银行存款") -> LedgerAccount:
    return village.accounts.find(name)


def open_purses(village: Village) -> None:
    """Open cash and bank with the balances of story 3."""
    for name, amount in (("库存现金", "3250.60"), ("银行存款", "1286400.35")):
        village.accounts.open_with(purse(village, name), {"day": OPENING_DAY, "amount": amount})


def book_line(village: Village, line: tuple[str, ...]) -> LedgerEntry:
    day, voucher, summary, account, party, income, expense, place = line
    typed = {"day": day, "voucher": voucher, "summary": summary, "party": party}
    if income:
        return village.ledger.receive(
            purse(village, place), village.accounts.find(account), {**typed, "amount": income}
        )
    return village.ledger.spend(
        purse(village, place), village.accounts.find(account), {**typed, "amount": expense}
    )


def book_first_quarter(village: Village) -> list[LedgerEntry]:
    return [book_line(village, line) for line in FIRST_QUARTER]
