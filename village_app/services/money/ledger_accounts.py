"""The accounts of a book and what they held when the book began."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from village_app.db.journal import Change
from village_app.db.records.ledger import LedgerAccount, LedgerOpening
from village_app.errors import Fault, InvalidInput, Refused
from village_app.resources import resource
from village_app.services.checking import read_values
from village_app.services.session import Service, permitted

MONEY_BOOK = "money"


class LedgerAccounts(Service):
    """Accounts by number or name, today's and those of the system before 2023."""

    @permitted("settings.read")
    def bring_shipped(self, change: Change) -> int:
        """Give a village without accounts those of 财会〔2023〕14号; returns how many."""
        if self.store.scalar("SELECT 1 FROM ledger_account WHERE book = ?", (MONEY_BOOK,)):
            return 0
        rows = [
            {
                "book": MONEY_BOOK,
                "code": entry["code"],
                "name": entry["name"],
                "nature": entry["nature"],
                "holds": bool(entry.get("holds")),
                "is_active": True,
            }
            for entry in shipped_accounts()
        ]
        return len(change.insert_rows(LedgerAccount, rows))

    @permitted("money.edit")
    def add(self, typed: Mapping[str, Any], *, book: str = MONEY_BOOK) -> LedgerAccount:
        """Add an account of the village's own (a second bank account, a detail account)."""
        values = {"is_active": True, **read_values(LedgerAccount, {**typed, "book": book})}
        faults = [
            Fault(field, "taken", f"已经有{label}“{values[field]}”的科目了。")
            for field, label in (("code", "编号为"), ("name", "名叫"))
            if self._by(field, values[field], book) is not None
        ]
        if faults:
            raise InvalidInput(faults)
        with self.session.change(f"新增科目 {values['name']}") as change:
            account: LedgerAccount = change.insert(LedgerAccount(**values))
        return account

    @permitted("money.read")
    def listed(self, *, book: str = MONEY_BOOK, with_inactive: bool = False) -> list[LedgerAccount]:
        """List a book's accounts by number."""
        query = self.store.select(LedgerAccount).where(LedgerAccount.book == book)
        if not with_inactive:
            query = query.where(LedgerAccount.is_active == 1)
        return self.store.rows(query.order_by(LedgerAccount.code))

    @permitted("money.read")
    def purses(self, *, book: str = MONEY_BOOK) -> list[LedgerAccount]:
        """List where the money lies: cash and bank accounts."""
        return [account for account in self.listed(book=book) if account.holds]

    @permitted("money.read")
    def find(self, word: str, *, book: str = MONEY_BOOK) -> LedgerAccount:
        """Find an account by number or name, also by its name of before 2023; refuses others."""
        text = word.strip()
        found = self._by("code", text, book) or self._by("name", text, book)
        if found is None and text in old_accounts():
            found = self._by("code", old_accounts()[text], book)
        if found is None:
            raise Refused("no_account", f"没有“{text}”这个科目。请从科目表里选。")
        return found

    @permitted("money.edit")
    def open_with(self, account: LedgerAccount, typed: Mapping[str, Any]) -> LedgerOpening:
        """Write down what an account held when the book began.

        Cash and bank have one opening; receivables and debts one a party, with the day each was
        formed. Refuses a second opening of a purse.
        """
        values = read_values(LedgerOpening, {**typed, "account_id": account.id})
        if account.holds and self.openings_of(account):
            raise Refused(
                "opened", f"{account.name}的期初已经登记过了，请用“改期初”改原来的那一笔。"
            )
        with self.session.change(f"登记期初 {account.name}") as change:
            opening: LedgerOpening = change.insert(LedgerOpening(**values))
        return opening

    @permitted("money.edit")
    def correct_opening(self, opening: LedgerOpening, typed: Mapping[str, Any]) -> LedgerOpening:
        """Change an opening; refused once a month is closed, or with a day after an entry.

        What hangs on the wall is told apart from the ledger afterwards and wants its correction.
        """
        account = self.store.get(LedgerAccount, opening.account_id)
        if self.store.scalar("SELECT 1 FROM ledger_month WHERE book = ?", (account.book,)):
            raise Refused("month_closed", "已经有月份结了账，期初不能再改。请先反结账。")
        values = read_values(LedgerOpening, typed, partly=True)
        first = self.store.scalar(
            "SELECT min(day) FROM ledger_entry WHERE book = ?", (account.book,)
        )
        if first and "day" in values and values["day"].isoformat() > first:
            message = f"{first} 已经有账，建账日期不能晚于它。"
            raise InvalidInput([Fault("day", "after_entry", message)])
        with self.session.change(f"改期初 {account.name}") as change:
            corrected: LedgerOpening = change.update(opening, **values)
        return corrected

    @permitted("money.read")
    def openings(self, until: date, *, book: str = MONEY_BOOK) -> dict[int, int]:
        """Add up the openings by account that stand on a day."""
        rows = self.store.sql(
            "SELECT o.account_id, sum(o.amount) FROM ledger_opening o "
            "JOIN ledger_account a ON a.id = o.account_id "
            "WHERE a.book = ? AND o.day <= ? GROUP BY o.account_id",
            (book, until.isoformat()),
        )
        return dict(rows)

    @permitted("money.read")
    def begins_on(self, book: str = MONEY_BOOK) -> date | None:
        """Give the day on which a book began; None while it has no openings."""
        first = self.store.scalar(
            "SELECT min(o.day) FROM ledger_opening o "
            "JOIN ledger_account a ON a.id = o.account_id WHERE a.book = ?",
            (book,),
        )
        return date.fromisoformat(first) if first else None

    @permitted("money.read")
    def openings_of(self, account: LedgerAccount) -> list[LedgerOpening]:
        """List what an account held when the book began: one of a purse, one a party of debts."""
        query = self.store.select(LedgerOpening).where(LedgerOpening.account_id == account.id)
        return self.store.rows(query.order_by(LedgerOpening.id))

    def _by(self, field: str, value: str, book: str) -> LedgerAccount | None:
        found: LedgerAccount | None = (
            self.store.select(LedgerAccount)
            .where(LedgerAccount.book == book, getattr(LedgerAccount, field) == value)
            .first()
        )
        return found


@lru_cache(maxsize=1)
def shipped_accounts() -> tuple[Mapping[str, Any], ...]:
    """Read the accounts of 财会〔2023〕14号 with their forerunners of 财会〔2004〕12号."""
    text = resource("rules", "accounts-2023.json").read_text(encoding="utf-8")
    return tuple(json.loads(text)["accounts"])


@lru_cache(maxsize=1)
def old_accounts() -> Mapping[str, str]:
    """Map each account's name of before 2023 to today's number.

    Old numbers are not mapped: 511 was income and is expense today, so that a bare number of an
    old sheet would be read wrongly.
    """
    return {old[1]: entry["code"] for entry in shipped_accounts() for old in entry["old"]}
