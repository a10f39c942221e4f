"""What the supervision committee looks for in the ledger: split payments, debts by age."""

from __future__ import annotations

from datetime import date, timedelta

from village_app.db.records.ledger import LedgerAccount, LedgerEntry, LedgerOpening
from village_app.domain.debt_ages import AgedDebt, DebtMovement, aged
from village_app.domain.ledgers import grows_by_credit
from village_app.domain.split_payments import Paid, Suspicion, suspicions
from village_app.services.money.ledger_accounts import LedgerAccounts
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

NO_PARTY = "（没有写明）"


class MoneyWatch(Service):
    """Reads the ledger for what deserves a look; changes nothing."""

    @permitted("money.read")
    def split_payments(self, until: date | None = None, days: int = 365) -> tuple[Suspicion, ...]:
        """List payees with several payments just under an approval limit (PF-24)."""
        last = until or self.session.today()
        purses = [one.id for one in LedgerAccounts(self.session).purses()]
        reversed_ids = self.store.select(LedgerEntry, LedgerEntry.reverses_id).where(
            LedgerEntry.reverses_id.is_null(False)
        )
        query = self.store.select(LedgerEntry).where(
            LedgerEntry.credit_id.in_(purses),
            LedgerEntry.debit_id.not_in(purses),
            LedgerEntry.day.between(last - timedelta(days=days), last),
            LedgerEntry.party.is_null(False),
            LedgerEntry.reverses_id.is_null(),
            LedgerEntry.id.not_in(reversed_ids),
        )
        payments = [Paid(one.id, one.party, one.day, one.amount) for one in self.store.rows(query)]
        rules = Rules(self.session)
        split = rules.on("split_payments", last)
        ranges = rules.on("payment_approval", last)["ranges"]
        return suspicions(
            payments,
            [one["up_to"] for one in ranges if one["up_to"] is not None],
            within_days=split["within_days"],
            near_share=split["near_share"],
            fewest=split["fewest"],
        )

    @permitted("money.read")
    def entries_with(self, account: LedgerAccount, party: str) -> list[LedgerEntry]:
        """List the entries of an account with one party by day."""
        named = LedgerEntry.party.is_null() if party == NO_PARTY else LedgerEntry.party == party
        query = self.store.select(LedgerEntry).where(
            (LedgerEntry.debit_id == account.id) | (LedgerEntry.credit_id == account.id), named
        )
        return self.store.rows(query.order_by(LedgerEntry.day, LedgerEntry.id))

    @permitted("money.read")
    def debts(self, account: LedgerAccount, on: date | None = None) -> tuple[AgedDebt, ...]:
        """Age what is open on an account (应收款, 应付款, 短期借款) by party (PF-18).

        The sum of all parties equals the account's balance on that day.
        """
        day = on or self.session.today()
        sign = -1 if grows_by_credit(account.nature) else 1
        movements = [
            DebtMovement(one.party or NO_PARTY, one.formed_on or one.day, one.amount)
            for one in self.store.rows(
                self.store.select(LedgerOpening).where(
                    LedgerOpening.account_id == account.id, LedgerOpening.day <= day
                )
            )
        ]
        entries = self.store.rows(
            self.store.select(LedgerEntry).where(
                (LedgerEntry.debit_id == account.id) | (LedgerEntry.credit_id == account.id),
                LedgerEntry.day <= day,
            )
        )
        for one in entries:
            side = 1 if one.debit_id == account.id else -1
            movements.append(DebtMovement(one.party or NO_PARTY, one.day, sign * side * one.amount))
        return aged(movements, day)
