"""Reading the ledger: its entries, what each account came to, which months are closed."""

from __future__ import annotations

from datetime import date

from village_app.db.fields import Record, table_of
from village_app.db.records.ledger import LedgerAccount, LedgerEntry, LedgerMonth
from village_app.domain.ledgers import Turnover, turnover
from village_app.services.money.ledger_accounts import MONEY_BOOK, LedgerAccounts
from village_app.services.session import Service, permitted


class LedgerReading(Service):
    """Gives the entries of a book and adds them up; writes nothing."""

    @permitted("money.read")
    def get(self, entry_id: int) -> LedgerEntry:
        return self.store.get(LedgerEntry, entry_id)

    @permitted("money.read")
    def entry_of(self, source: Record) -> LedgerEntry | None:
        """Give the standing entry of a source record: not taken back, and no taking back."""
        reversed_ids = self.store.select(LedgerEntry, LedgerEntry.reverses_id).where(
            LedgerEntry.reverses_id.is_null(False)
        )
        found: LedgerEntry | None = (
            self.store.select(LedgerEntry)
            .where(
                LedgerEntry.source_table == table_of(type(source)),
                LedgerEntry.source_id == source.id,
                LedgerEntry.reverses_id.is_null(),
                LedgerEntry.id.not_in(reversed_ids),
            )
            .order_by(LedgerEntry.id.desc())
            .first()
        )
        return found

    @permitted("money.read")
    def turnovers(self, first: date, last: date, *, book: str = MONEY_BOOK) -> dict[int, Turnover]:
        """Add up every account of a book over a period, both days included, by account id."""
        return self.turnovers_and_year(first, last, first, book=book)[0]

    @permitted("money.read")
    def turnovers_and_year(
        self, first: date, last: date, year_start: date, *, book: str = MONEY_BOOK
    ) -> tuple[dict[int, Turnover], dict[int, Turnover]]:
        """Add up a period, and the year from its start to the period's end, in one pass."""
        accounts = LedgerAccounts(self.session)
        openings = accounts.openings(last, book=book)
        debits = self._sums(_DEBITS, book, (year_start, first, last))
        credits_ = self._sums(_CREDITS, book, (year_start, first, last))
        period, year = {}, {}
        for account in accounts.listed(book=book, with_inactive=True):
            old_debit, early_debit, debit = debits.get(account.id, _NOTHING)
            old_credit, early_credit, credit = credits_.get(account.id, _NOTHING)
            nature = account.nature
            before = turnover(openings.get(account.id, 0), old_debit, old_credit, nature).closing
            year[account.id] = turnover(before, early_debit + debit, early_credit + credit, nature)
            start = turnover(before, early_debit, early_credit, nature).closing
            period[account.id] = turnover(start, debit, credit, nature)
        return period, year

    @permitted("money.read")
    def entries(self, first: date, last: date, *, book: str = MONEY_BOOK) -> list[LedgerEntry]:
        """Give the entries of a period in the order of days, then of booking."""
        query = self.store.select(LedgerEntry).where(
            LedgerEntry.book == book, LedgerEntry.day.between(first, last)
        )
        return self.store.rows(query.order_by(LedgerEntry.day, LedgerEntry.id))

    @permitted("money.read")
    def entries_of(self, account: LedgerAccount, first: date, last: date) -> list[LedgerEntry]:
        """Give the entries of one account in a period: what makes its figure in every table."""
        query = self.store.select(LedgerEntry).where(
            (LedgerEntry.debit_id == account.id) | (LedgerEntry.credit_id == account.id),
            LedgerEntry.day.between(first, last),
        )
        return self.store.rows(query.order_by(LedgerEntry.day, LedgerEntry.id))

    @permitted("money.read")
    def closed_months(self, *, book: str = MONEY_BOOK) -> list[str]:
        """List the closed months of a book in order."""
        query = self.store.select(LedgerMonth).where(LedgerMonth.book == book)
        return [one.month for one in self.store.rows(query.order_by(LedgerMonth.month))]

    def _closed(self, book: str, month: str) -> LedgerMonth | None:
        found: LedgerMonth | None = (
            self.store.select(LedgerMonth)
            .where(LedgerMonth.book == book, LedgerMonth.month == month)
            .first()
        )
        return found

    def _sums(
        self, statement: str, book: str, days: tuple[date, date, date]
    ) -> dict[int, tuple[int, int, int]]:
        """Give by account the sums before the year, in the year before the period, in it."""
        year, first, last = (day.isoformat() for day in days)
        rows = self.store.sql(statement, (year, year, first, first, last, book))
        return {account: (old, early, within) for account, old, early, within in rows}


_NOTHING = (0, 0, 0)
# Each side is added up from its own index, in one pass over it.
_DEBITS = """
SELECT e.debit_id,
       sum(CASE WHEN e.day < ? THEN e.amount ELSE 0 END),
       sum(CASE WHEN e.day >= ? AND e.day < ? THEN e.amount ELSE 0 END),
       sum(CASE WHEN e.day >= ? THEN e.amount ELSE 0 END)
FROM ledger_entry e JOIN ledger_account a ON a.id = e.debit_id
WHERE e.day <= ? AND a.book = ?
GROUP BY e.debit_id"""
_CREDITS = _DEBITS.replace("debit_id", "credit_id")
