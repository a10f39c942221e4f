"""The year's budget against the ledger: share used and what is left, line by line (PF-16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_app.db.records.ledger import LedgerAccount
from village_app.db.records.money import BudgetLine
from village_app.domain.money import share_of
from village_app.errors import Fault, InvalidInput
from village_app.services.checking import read_values
from village_app.services.money.ledger import Ledger
from village_app.services.money.ledger_accounts import LedgerAccounts
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class BudgetState:
    """One account's budget and what really came or went; amounts in 分."""

    line: BudgetLine
    account: LedgerAccount
    actual: int

    @property
    def valid(self) -> int:
        """The budget that holds: the adjusted one where there is one."""
        planned: int = self.line.planned
        return planned if self.line.adjusted is None else int(self.line.adjusted)

    @property
    def share(self) -> int | None:
        return share_of(self.actual, self.valid)

    @property
    def left(self) -> int:
        return self.valid - self.actual

    @property
    def needs_reason(self) -> bool:
        """Whether an expense went over its budget and nobody said why."""
        return self.account.nature == "expense" and self.left < 0 and not self.line.note


class Budgets(Service):
    """Budgets by year and account."""

    @permitted("money.edit")
    def plan(self, account: LedgerAccount, typed: Mapping[str, Any]) -> BudgetLine:
        """Enter or adjust the budget of an account for a year.

        The first amount stays as it was planned at the year's start; a later one adjusts it.
        """
        values = read_values(BudgetLine, {**typed, "account_id": account.id})
        if values["planned"] < 0:
            raise InvalidInput([Fault("planned", "negative", "预算不能是负数。")])
        old: BudgetLine | None = (
            self.store.select(BudgetLine)
            .where(BudgetLine.year == values["year"], BudgetLine.account_id == account.id)
            .first()
        )
        with self.session.change(f"登记预算 {values['year']} {account.name}") as change:
            if old is None:
                line: BudgetLine = change.insert(BudgetLine(**values))
                return line
            kept: BudgetLine = change.update(
                old, adjusted=values["planned"], note=values.get("note") or old.note
            )
        return kept

    @permitted("money.read")
    def against_actual(self, year: int, until: date | None = None) -> list[BudgetState]:
        """Compare a year's budget with the ledger up to a day (the year's end by default)."""
        last = until or date(year, 12, 31)
        turnovers = Ledger(self.session).turnovers(date(year, 1, 1), last)
        accounts = {one.id: one for one in LedgerAccounts(self.session).listed(with_inactive=True)}
        lines = self.store.rows(self.store.select(BudgetLine).where(BudgetLine.year == year))
        states = [
            BudgetState(
                one,
                accounts[one.account_id],
                turnovers[one.account_id].gained - turnovers[one.account_id].lost,
            )
            for one in lines
        ]
        return sorted(states, key=lambda one: str(one.account.code))
