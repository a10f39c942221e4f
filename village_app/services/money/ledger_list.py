"""The entries of a book as a list: by period, account and words, income beside expense.

The query touches the entries alone; the few accounts are looked up in memory, so that a long
ledger opens as fast as a short one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from village_app.db.records.ledger import LedgerAccount, LedgerEntry
from village_app.domain.kinds import DAY, MONEY, TEXT
from village_app.domain.listing import ListColumn, column_of
from village_app.services.listing import QueryList
from village_app.services.money.ledger_accounts import MONEY_BOOK, LedgerAccounts
from village_app.services.session import Service, permitted

COLUMNS = (
    ListColumn("day", "日期", DAY, width=12),
    column_of(LedgerEntry.declaration("voucher"), width=10),
    column_of(LedgerEntry.declaration("summary"), width=36),
    ListColumn("account", "科目", TEXT, width=14, sortable=False),
    ListColumn("party", "收（付）款人", TEXT, width=24, sensitivity="personal"),
    ListColumn("income", "收入（元）", MONEY, width=16),
    ListColumn("expense", "支出（元）", MONEY, width=16),
    ListColumn("purse", "存放", TEXT, width=14, sortable=False),
)


class LedgerList(Service):
    """Lists of ledger entries for pages and exports."""

    @permitted("money.read")
    def entries(
        self,
        *,
        first: date | None = None,
        last: date | None = None,
        account_id: int | None = None,
        words: str = "",
        book: str = MONEY_BOOK,
    ) -> QueryList:
        """Give the entries of a period, newest first; words are sought in summary and party."""
        query = self.store.select(LedgerEntry).where(LedgerEntry.book == book)
        if first is not None:
            query = query.where(LedgerEntry.day >= first)
        if last is not None:
            query = query.where(LedgerEntry.day <= last)
        if account_id is not None:
            query = query.where(
                (LedgerEntry.debit_id == account_id) | (LedgerEntry.credit_id == account_id)
            )
        for word in words.split():
            query = query.where(
                LedgerEntry.summary.contains(word)
                | LedgerEntry.party.contains(word)
                | (LedgerEntry.voucher == word)
            )
        accounts = {
            one.id: one
            for one in LedgerAccounts(self.session).listed(book=book, with_inactive=True)
        }
        return QueryList(
            self.store,
            query,
            LedgerEntry.id,
            COLUMNS,
            _EXPRESSIONS,
            orders={"income": LedgerEntry.amount, "expense": LedgerEntry.amount},
            shape=lambda values: _shown(values, accounts),
            sort=("day", True),
        )


_EXPRESSIONS: dict[str, Any] = {
    "day": LedgerEntry.day,
    "voucher": LedgerEntry.voucher,
    "summary": LedgerEntry.summary,
    "party": LedgerEntry.party,
    "debit": LedgerEntry.debit_id,
    "credit": LedgerEntry.credit_id,
    "amount": LedgerEntry.amount,
    "reverses": LedgerEntry.reverses_id,
    "source": LedgerEntry.source_table,
}


def _shown(values: Mapping[str, Any], accounts: Mapping[int, LedgerAccount]) -> dict[str, Any]:
    """Turn debit and credit into what a village reads: account, purse, income or expense."""
    debit, credit, amount = accounts[values["debit"]], accounts[values["credit"]], values["amount"]
    shown = {
        key: values[key] for key in ("day", "voucher", "summary", "party", "reverses", "source")
    }
    if debit.holds and credit.holds:
        return {
            **shown,
            "account": "内部转款",
            "purse": f"{credit.name}→{debit.name}",
            "income": amount,
            "expense": amount,
        }
    into = bool(debit.holds) or (not credit.holds and debit.nature in {"asset", "cost"})
    purse, account = (debit, credit) if into else (credit, debit)
    return {
        **shown,
        "account": account.name,
        "purse": purse.name,
        "income": amount if into else None,
        "expense": None if into else amount,
    }
