"""专项资金: money with a purpose of its own, what came and was spent straight from the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from village_app.db.records.funds import SpecialFund
from village_app.db.records.ledger import LedgerEntry
from village_app.errors import Fault, InvalidInput
from village_app.services.checking import read_values
from village_app.services.money.ledger_accounts import LedgerAccounts
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class FundState:
    """A special fund with what its entries came to, in 分."""

    fund: SpecialFund
    received: int
    spent: int

    @property
    def left(self) -> int:
        return self.received - self.spent


class SpecialFunds(Service):
    """The village's special funds."""

    @permitted("money.edit")
    def add(self, typed: Mapping[str, Any]) -> SpecialFund:
        """Enter a special fund; refuses a name that is taken."""
        values = read_values(SpecialFund, typed)
        same = self.store.select(SpecialFund).where(SpecialFund.name == values["name"])
        if same.first() is not None:
            message = f"已经有专项资金“{values['name']}”了。"
            raise InvalidInput([Fault("name", "taken", message)])
        with self.session.change(f"登记专项资金 {values['name']}") as change:
            fund: SpecialFund = change.insert(SpecialFund(**values))
        return fund

    @permitted("money.edit")
    def correct(self, fund: SpecialFund, typed: Mapping[str, Any]) -> SpecialFund:
        values = read_values(SpecialFund, typed, partly=True)
        with self.session.change(f"修改专项资金 {fund.name}") as change:
            corrected: SpecialFund = change.update(fund, **values)
        return corrected

    @permitted("money.edit")
    def assign(self, entry: LedgerEntry, fund: SpecialFund | None) -> LedgerEntry:
        """Say to which special fund an entry belongs (None: to none); its amount stays as it is."""
        label = f"归到{fund.name}" if fund is not None else "不归专项资金"
        with self.session.change(f"{label} {entry.summary}") as change:
            assigned: LedgerEntry = change.update(
                entry, fund_id=fund.id if fund is not None else None
            )
        return assigned

    @permitted("money.read")
    def get(self, fund_id: int) -> SpecialFund:
        return self.store.get(SpecialFund, fund_id)

    @permitted("money.read")
    def entries(self, fund: SpecialFund) -> list[LedgerEntry]:
        """List the entries of a fund by day."""
        query = self.store.select(LedgerEntry).where(LedgerEntry.fund_id == fund.id)
        return self.store.rows(query.order_by(LedgerEntry.day, LedgerEntry.id))

    @permitted("money.read")
    def states(self) -> list[FundState]:
        """List the funds with their sums; a reversal takes off, so that all equals the ledger."""
        purses = {one.id for one in LedgerAccounts(self.session).purses()}
        received: dict[int, int] = {}
        spent: dict[int, int] = {}
        for fund, debit, credit, amount in self.store.sql(
            "SELECT fund_id, debit_id, credit_id, sum(amount) FROM ledger_entry "
            "WHERE fund_id IS NOT NULL GROUP BY fund_id, debit_id, credit_id"
        ):
            if debit in purses and credit not in purses:
                received[fund] = received.get(fund, 0) + amount
            elif credit in purses and debit not in purses:
                spent[fund] = spent.get(fund, 0) + amount
        funds = self.store.rows(self.store.select(SpecialFund).order_by(SpecialFund.id))
        return [FundState(one, received.get(one.id, 0), spent.get(one.id, 0)) for one in funds]
