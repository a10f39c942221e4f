"""The ledger's figures of a period, as the disclosure tables want them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from village_app.db.records.funds import SpecialFund
from village_app.db.records.ledger import LedgerAccount, LedgerEntry
from village_app.domain.ledgers import Turnover
from village_app.domain.periods import Period
from village_app.papers.builders.money import AccountLine, EntryLine, MoneyFigures
from village_app.services.money.charts import month_sums
from village_app.services.money.ledger import Ledger
from village_app.services.money.ledger_accounts import LedgerAccounts
from village_app.services.session import Session

# Claims and debts as villagers understand them; 内部往来 is shown among the claims only when it
# does not come out even.
_CLAIMS = ("应收款", "内部往来")
_DEBTS = (
    *("短期借款", "应付款", "应付工资", "应付劳务费", "应交税费", "长期借款及应付款"),
    *("一事一议资金", "专项应付款"),
)


def figures_of(session: Session, period: Period, *, months: bool = False) -> MoneyFigures:
    """Read a period's figures from the ledger: by account, purses, and line by line.

    `months` adds the sums of each month of a longer period, for the chart on paper.
    """
    accounts = LedgerAccounts(session).listed(with_inactive=True)
    now, year = Ledger(session).turnovers_and_year(period.first, period.last, period.year_start)
    entries = session.store.sql(_LINES, (period.first.isoformat(), period.last.isoformat()))
    by_id = {account.id: account for account in accounts}

    def lines(chosen: Iterable[LedgerAccount]) -> tuple[AccountLine, ...]:
        return tuple(
            AccountLine(one.name, now[one.id], year[one.id])
            for one in chosen
            if _moved(now[one.id]) or _moved(year[one.id])
        )

    return MoneyFigures(
        period=period,
        income=lines(one for one in accounts if one.nature == "income"),
        expense=lines(one for one in accounts if one.nature == "expense"),
        purses=lines(one for one in accounts if one.holds),
        claims=lines(one for one in accounts if one.name in _CLAIMS and now[one.id].closing),
        debts=lines(one for one in accounts if one.name in _DEBTS),
        income_lines=_entry_lines(entries, by_id, "income"),
        expense_lines=_entry_lines(entries, by_id, "expense"),
        months=month_sums(session, period) if months and period.kind != "month" else (),
    )


def fund_entries(session: Session, fund: SpecialFund) -> tuple[EntryLine, ...]:
    """Give the entries of a special fund line by line; `account` says 拨入 or 使用."""
    purses = {one.id for one in LedgerAccounts(session).purses()}
    query = session.store.select(LedgerEntry).where(LedgerEntry.fund_id == fund.id)
    return tuple(
        EntryLine(
            one.day,
            one.voucher or "",
            one.summary,
            one.party or "",
            "拨入" if one.debit_id in purses else "使用",
            one.amount,
        )
        for one in session.store.rows(query.order_by(LedgerEntry.day, LedgerEntry.id))
    )


def _moved(turnover: Turnover) -> bool:
    return bool(turnover.opening or turnover.gained or turnover.lost)


# Read as plain rows: a month may hold thousands of lines, and each is published.
_LINES = """
SELECT debit_id, credit_id, amount, day, voucher, summary, party, method, receipt,
       handler, witness, approver
FROM ledger_entry WHERE book = 'money' AND day BETWEEN ? AND ? ORDER BY day, id"""


def _entry_lines(
    entries: Iterable[tuple[Any, ...]], accounts: Mapping[int, LedgerAccount], nature: str
) -> tuple[EntryLine, ...]:
    """Give the lines of income or expense; an entry on the other side takes off."""
    names = {one.id: one.name for one in accounts.values() if one.nature == nature}
    method = LedgerEntry.declaration("method").kind
    found = []
    for debit, credit, amount, day, voucher, summary, party, way, *rest in entries:
        gains, loses = (debit, credit) if nature == "expense" else (credit, debit)
        for account_id, sign in ((gains, 1), (loses, -1)):
            if account_id in names:
                receipt, handler, witness, approver = (text or "" for text in rest)
                found.append(
                    EntryLine(
                        date.fromisoformat(day),
                        voucher or "",
                        summary,
                        party or "",
                        names[account_id],
                        sign * amount,
                        method.show(way),
                        receipt,
                        handler,
                        witness,
                        approver,
                    )
                )
    return tuple(found)
