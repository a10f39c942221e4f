"""Charts of the village's money, and the rows behind each of their bars."""

from __future__ import annotations

from datetime import date
from typing import Any

from village_app.db.records.ledger import LedgerAccount, LedgerEntry
from village_app.db.records.projects import SOURCE_KINDS, FundingSource, Project
from village_app.domain.charts import (
    Chart,
    MonthSum,
    plain_bars,
    stacked_months,
)
from village_app.domain.periods import Period, period_of
from village_app.services.money.ledger import Ledger
from village_app.services.money.ledger_accounts import LedgerAccounts
from village_app.services.session import Service, Session, permitted

_WORDS = {"income": "收入", "expense": "支出"}


class MoneyCharts(Service):
    """Describes charts; the screen and the papers draw the same description."""

    @permitted("money.read")
    def by_month(self, year: int, nature: str) -> Chart:
        """Draw the income or expense of each month so far by its largest accounts."""
        names = {one.id: one.name for one in self._accounts(nature)}
        period = Period("year", date(year, 1, 1))
        sums = _by_month_and_account(self.session, period)
        months = {
            f"{month.first:%Y-%m}": {
                name: sums.get((f"{month.first:%Y-%m}", key), 0) for key, name in names.items()
            }
            for month in months_of(period, self.session.today())
        }
        return stacked_months(f"{year}年各月{_WORDS[nature]}（元）", months)

    @permitted("money.read")
    def by_account(self, period: Period, nature: str) -> Chart:
        """Draw income or expense of a period by account; a bar's key is the account's number."""
        turnovers = Ledger(self.session).turnovers(period.first, period.last)
        word = _WORDS[nature]
        sums = [
            (one.code, one.name, turnovers[one.id].gained - turnovers[one.id].lost)
            for one in self._accounts(nature)
        ]
        return plain_bars(f"{period.show()}{word}按科目（元）", sums)

    @permitted("projects.read")
    def projects_by_source(self) -> Chart:
        """Draw where the money of all projects that were not given up comes from."""
        sums: dict[str, int] = {}
        for source in self.store.rows(self._sources()):
            sums[source.kind] = sums.get(source.kind, 0) + source.amount
        listed = [(kind, SOURCE_KINDS.show(kind), amount) for kind, amount in sums.items()]
        return plain_bars("项目资金按来源（元）", listed)

    @permitted("money.read")
    def entries_of_month(self, month: str, nature: str) -> list[LedgerEntry]:
        """Give the entries behind a month's bar of income or expense."""
        period = period_of("month", date.fromisoformat(f"{month}-01"))
        return self._entries(period, [one.id for one in self._accounts(nature)])

    @permitted("money.read")
    def entries_of_account(self, period: Period, code: str) -> list[LedgerEntry]:
        """Give the entries behind an account's bar."""
        return self._entries(period, [LedgerAccounts(self.session).find(code).id])

    @permitted("projects.read")
    def sources_of(self, kind: str) -> list[tuple[Project, FundingSource]]:
        """Give the funding of projects behind a source's bar."""
        found = self.store.rows(self._sources().where(FundingSource.kind == kind))
        return [(self.store.get(Project, one.project_id), one) for one in found]

    def _sources(self) -> Any:
        given_up = self.store.select(Project, Project.id).where(Project.state == "cancelled")
        return self.store.select(FundingSource).where(FundingSource.project_id.not_in(given_up))

    def _accounts(self, nature: str) -> list[LedgerAccount]:
        accounts = LedgerAccounts(self.session).listed(with_inactive=True)
        return [one for one in accounts if one.nature == nature]

    def _entries(self, period: Period, accounts: list[int]) -> list[LedgerEntry]:
        query = self.store.select(LedgerEntry).where(
            LedgerEntry.debit_id.in_(accounts) | LedgerEntry.credit_id.in_(accounts),
            LedgerEntry.day.between(period.first, period.last),
        )
        return self.store.rows(query.order_by(LedgerEntry.day, LedgerEntry.id))


def months_of(period: Period, today: date) -> list[Period]:
    """List the months of a period that have begun by today."""
    months = []
    month = period_of("month", period.first)
    while month.first <= min(period.last, today):
        months.append(month)
        month = month.following
    return months


def month_sums(session: Session, period: Period) -> tuple[MonthSum, ...]:
    """Add income and expense up for each month of a period that has begun."""
    natures = {one.id: one.nature for one in LedgerAccounts(session).listed(with_inactive=True)}
    net: dict[tuple[str, str], int] = {}
    for (month, account), amount in _by_month_and_account(session, period).items():
        key = (month, natures[account])
        net[key] = net.get(key, 0) + amount
    names = [f"{month.first:%Y-%m}" for month in months_of(period, session.today())]
    return tuple(
        MonthSum(name, net.get((name, "income"), 0), net.get((name, "expense"), 0))
        for name in names
    )


# Income grows on the credit side, expense on the debit side; the other side takes off.
_SUMS = """
SELECT substr(e.day, 1, 7), a.id,
       sum(CASE WHEN (a.nature = 'expense') = (a.id = e.debit_id) THEN e.amount ELSE -e.amount END)
FROM ledger_entry e JOIN ledger_account a ON a.id = e.{side}
WHERE e.book = 'money' AND a.nature IN ('income', 'expense') AND e.day BETWEEN ? AND ?
GROUP BY 1, 2"""


def _by_month_and_account(session: Session, period: Period) -> dict[tuple[str, int], int]:
    """Add income and expense up by month and account, each side in one pass."""
    days = (period.first.isoformat(), period.last.isoformat())
    sums: dict[tuple[str, int], int] = {}
    for side in ("debit_id", "credit_id"):
        for month, account, amount in session.store.sql(_SUMS.format(side=side), days):
            sums[month, account] = sums.get((month, account), 0) + amount
    return sums
