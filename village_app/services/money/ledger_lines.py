"""How an imported line becomes an entry: which purse, which account, whose rent or payment it is.

The account is what the sheet says, else what a rule of the village says of the payee or words,
else where lines of this party went before, else the general one of the rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_app.db.fields import table_of
from village_app.db.records.funds import PayeeRule
from village_app.db.records.ledger import LedgerAccount, LedgerEntry
from village_app.db.records.money import Lease
from village_app.importing.plans.rows import PlanRow
from village_app.importing.subjects.ledger import is_refund
from village_app.importing.subjects.ledger_fields import BOOKED
from village_app.services.money.ledger_accounts import MONEY_BOOK, LedgerAccounts, old_accounts
from village_app.services.money.payee_rules import PayeeRules, rule_for
from village_app.services.rules import Rules
from village_app.services.session import Session


@dataclass(frozen=True, slots=True)
class Known:
    """What is needed to turn lines into entries, read once for one import."""

    accounts: Mapping[str, LedgerAccount]
    by_party: Mapping[tuple[str, bool], int]
    rules: tuple[PayeeRule, ...]
    leases: tuple[Lease, ...]
    purse: LedgerAccount
    cash: LedgerAccount
    income: LedgerAccount
    expense: LedgerAccount

    def by_id(self, account_id: int) -> LedgerAccount | None:
        """Give an account by its id."""
        return next((one for one in self.accounts.values() if one.id == account_id), None)


def read_known(session: Session, purse: LedgerAccount | None) -> Known:
    """Read accounts, rules, leases and what the book has learnt of its parties."""
    accounts = LedgerAccounts(session)
    rule = Rules(session).on("money_import")
    by_name = {one.name: one for one in accounts.listed()}
    by_code = {one.code: one for one in by_name.values()}
    old = {name: by_code[code] for name, code in old_accounts().items() if code in by_code}
    return Known(
        accounts={**old, **by_code, **by_name},
        by_party=_learnt(session, {one.id for one in by_name.values() if one.holds}),
        rules=tuple(PayeeRules(session).listed()),
        leases=tuple(session.store.rows(session.store.select(Lease))),
        purse=purse or by_name[rule["purse"]],
        cash=by_name[rule["cash"]],
        income=by_name[rule["income"]],
        expense=by_name[rule["expense"]],
    )


def booked_entries(session: Session) -> Any:
    """Give the query of what is booked and is no reversal."""
    return session.store.select(LedgerEntry).where(
        LedgerEntry.book == MONEY_BOOK, LedgerEntry.reverses_id.is_null()
    )


def entry_of_line(row: PlanRow, known: Known) -> dict[str, Any]:
    """Turn a line into the values of an entry; rent of a tenant names its lease."""
    values = row.values
    booked = values[BOOKED]
    purse = known.cash if "现金" in str(values.get("method") or "") else known.purse
    account = account_of_line(row, known)
    debit, credit = (purse, account) if booked > 0 else (account, purse)
    lease = _lease_of(values, known) if booked > 0 else None
    return {
        "day": values["day"],
        "voucher": values.get("voucher"),
        "summary": values.get("summary") or values.get("category") or values.get("party") or "导入",
        "debit_id": debit.id,
        "credit_id": credit.id,
        "amount": abs(booked),
        "party": values.get("party"),
        "method": "cash" if purse.code == known.cash.code else "bank",
        "receipt": values.get("receipt"),
        "note": values.get("note"),
        "origin": values.get("serial"),
        "source_table": table_of(Lease) if lease is not None else None,
        "source_id": lease.id if lease is not None else None,
    }


def account_of_line(row: PlanRow, known: Known) -> LedgerAccount:
    """Find the account; money that came back goes to the account it was spent on."""
    values = row.values
    named = known.accounts.get(str(values.get("account") or ""))
    if named is not None:
        return named
    comes_in = values[BOOKED] > 0
    rule = rule_of_line(row, known)
    ruled = known.by_id(rule.account_id) if rule is not None else None
    if ruled is not None:
        return ruled
    spent_on = is_refund(dict(values)) and comes_in
    learnt = known.by_party.get((str(values.get("party")), comes_in and not spent_on))
    found = known.by_id(learnt) if learnt is not None else None
    if found is not None:
        return found
    return known.income if comes_in and not spent_on else known.expense


def rule_of_line(row: PlanRow, known: Known) -> PayeeRule | None:
    """Find the village's rule that fits a line, if any."""
    values = row.values
    said = f"{values.get('party') or ''} {values.get('summary') or ''}"
    return rule_for(known.rules, said, comes_in=values[BOOKED] > 0)


def _lease_of(values: Mapping[str, Any], known: Known) -> Lease | None:
    """Find the one lease of the payer that runs on the day; two leave it to the clerk."""
    day: date = values["day"]
    fitting = [
        one
        for one in known.leases
        if one.tenant == values.get("party") and one.starts_on <= day <= one.ends_on
    ]
    return fitting[0] if len(fitting) == 1 else None


def _learnt(session: Session, purses: set[int]) -> dict[tuple[str, bool], int]:
    """Learn from the book: where lines of the same party went the last time, by direction."""
    learnt: dict[tuple[str, bool], int] = {}
    query = booked_entries(session).order_by(LedgerEntry.day, LedgerEntry.id)
    for one in session.store.rows(query):
        if not one.party or {one.debit_id, one.credit_id} <= purses:
            continue
        comes_in = one.debit_id in purses
        learnt[one.party, comes_in] = one.credit_id if comes_in else one.debit_id
    return learnt
