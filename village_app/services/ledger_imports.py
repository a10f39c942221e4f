"""Ledgers, bank statements and bills in: planned, looked at, booked as one change, taken back.

The same file again adds nothing: a line with a known serial number, or with the voucher, day and
amount of a line that is booked (a project's payment too), is the same line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from village_app.db.journal import Change
from village_app.db.records.ledger import LedgerAccount, LedgerEntry
from village_app.db.records.residents import ImportBatch
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.importing.decisions import Decisions
from village_app.importing.ledger import BOOKED, is_refund, ledger_target
from village_app.importing.plan import Background, Plan
from village_app.importing.plan_rows import PlanRow
from village_app.importing.recognition import KnownRecord
from village_app.importing.targets import Target
from village_app.services.ledger import Ledger
from village_app.services.ledger_accounts import MONEY_BOOK, LedgerAccounts, old_accounts
from village_app.services.rules import Rules
from village_app.services.session import Session, permitted
from village_app.services.subject_imports import Asked, SubjectImports

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Known:
    """What is needed to turn rows into entries, read once for one import."""

    accounts: Mapping[str, LedgerAccount]
    by_party: Mapping[tuple[str, bool], int]
    purse: LedgerAccount
    cash: LedgerAccount
    income: LedgerAccount
    expense: LedgerAccount


class LedgerImports(SubjectImports):
    """The way of a file into the ledger.

    What is booked already is never changed by an import: corrections are red entries. `purse` is
    whose statement the file is (the bank account when left open); a line that says 现金 goes to
    the cash box.
    """

    key: ClassVar[str] = "ledger"
    action: ClassVar[str] = "money.import"
    counter: ClassVar[str] = "笔"
    rule_matters: ClassVar[bool] = False

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._purse: LedgerAccount | None = None

    @permitted("money.import")
    def asked(self) -> Asked | None:
        """Ask whose statement the file is."""
        purses = LedgerAccounts(self.session).purses()
        chosen = self._purse or self._known(None).purse
        return Asked(
            "这是哪个账户的流水", tuple((str(one.id), one.name) for one in purses), str(chosen.id)
        )

    @permitted("money.import")
    def answer(self, answer: str) -> None:
        """Take the account that was chosen."""
        self._purse = self.store.get(LedgerAccount, int(answer))

    @permitted("money.import")
    def commit(
        self, plan: Plan, *, purse: LedgerAccount | None = None, report: Report = silently
    ) -> ImportBatch:
        """Book the plan's new lines as one change.

        Refused when nothing is new, when a line lies in a closed month, before the book or in the
        future, naming the lines.
        """
        self._purse = purse or self._purse
        return super().commit(plan, report=report)

    def _target(self) -> Target:
        return ledger_target()

    def _usual_decisions(self, plan: Plan) -> Decisions:
        return plan.decisions.with_rule("keep")

    def _to_write(self, plan: Plan) -> int:
        return plan.counts.new

    def _write(self, change: Change, plan: Plan, report: Report) -> None:
        rows = [row for row in plan.rows if row.state == "new"]
        self._refuse_days(rows)
        known = self._known(self._purse)
        stamp = {
            "booked_by": self.session.user.full_name,
            "booked_at": self.session.now(),
            "book": MONEY_BOOK,
        }
        report(0, len(rows), "正在记账")
        change.insert_rows(LedgerEntry, [{**stamp, **_entry(row, known)} for row in rows])

    @permitted("money.import")
    def suggested_account(self, row: PlanRow, *, purse: LedgerAccount | None = None) -> str:
        """Say to which account a line would go, for the dry run."""
        name: str = _account(row, self._known(purse)).name
        return name

    def _background(self) -> Background:
        accounts = LedgerAccounts(self.session)
        purses = {one.id for one in accounts.purses()}
        names = [one.name for one in accounts.listed()]
        return Background(
            known=[_known_record(one, purses) for one in self.store.rows(self._booked())],
            lists={"account": [*names, *old_accounts()]},
        )

    def _booked(self) -> Any:
        return self.store.select(LedgerEntry).where(
            LedgerEntry.book == MONEY_BOOK, LedgerEntry.reverses_id.is_null()
        )

    def _refuse_days(self, rows: list[PlanRow]) -> None:
        closed = set(Ledger(self.session).closed_months())
        begun = LedgerAccounts(self.session).begins_on() or date.min
        today = self.session.today()
        wrong = []
        for row in rows:
            day = row.values["day"]
            if f"{day.year:04d}-{day.month:02d}" in closed:
                wrong.append(f"第 {row.row} 行 {day} 所在月份已经结账")
            elif day < begun:
                wrong.append(f"第 {row.row} 行 {day} 早于建账日期 {begun}")
            elif day > today:
                wrong.append(f"第 {row.row} 行 {day} 还没有到")
        if wrong:
            more = f"，还有 {len(wrong) - _SHOWN} 行" if len(wrong) > _SHOWN else ""
            raise Refused(
                "wrong_days", f"{'；'.join(wrong[:_SHOWN])}{more}。什么也没有写，请改好再导入。"
            )

    def _known(self, purse: LedgerAccount | None) -> _Known:
        accounts = LedgerAccounts(self.session)
        rule = Rules(self.session).on("money_import")
        by_name = {one.name: one for one in accounts.listed()}
        by_code = {one.code: one for one in by_name.values()}
        old = {name: by_code[code] for name, code in old_accounts().items() if code in by_code}
        return _Known(
            accounts={**old, **by_code, **by_name},
            by_party=self._accounts_by_party(by_name),
            purse=purse or by_name[rule["purse"]],
            cash=by_name[rule["cash"]],
            income=by_name[rule["income"]],
            expense=by_name[rule["expense"]],
        )

    def _accounts_by_party(
        self, by_name: Mapping[str, LedgerAccount]
    ) -> dict[tuple[str, bool], int]:
        """Learn from the book: where lines of the same party went the last time, by direction."""
        purses = {one.id for one in by_name.values() if one.holds}
        learnt: dict[tuple[str, bool], int] = {}
        for one in self.store.rows(self._booked().order_by(LedgerEntry.day, LedgerEntry.id)):
            if not one.party or {one.debit_id, one.credit_id} <= purses:
                continue
            comes_in = one.debit_id in purses
            learnt[one.party, comes_in] = one.credit_id if comes_in else one.debit_id
        return learnt


def _known_record(entry: LedgerEntry, purses: set[int]) -> KnownRecord:
    signed = entry.amount if entry.debit_id in purses else -entry.amount
    return KnownRecord(
        entry.id,
        entry.summary,
        {
            "day": entry.day,
            "voucher": entry.voucher,
            "party": entry.party,
            "summary": entry.summary,
            "serial": entry.origin,
            BOOKED: signed,
        },
    )


def _entry(row: PlanRow, known: _Known) -> dict[str, Any]:
    """Turn a line into an entry: which purse, which account, which side."""
    values = row.values
    booked = values[BOOKED]
    purse = known.cash if "现金" in str(values.get("method") or "") else known.purse
    account = _account(row, known)
    debit, credit = (purse, account) if booked > 0 else (account, purse)
    method = "cash" if purse.code == known.cash.code else "bank"
    return {
        "day": values["day"],
        "voucher": values.get("voucher"),
        "summary": values.get("summary") or values.get("category") or values.get("party") or "导入",
        "debit_id": debit.id,
        "credit_id": credit.id,
        "amount": abs(booked),
        "party": values.get("party"),
        "method": method,
        "receipt": values.get("receipt"),
        "note": values.get("note"),
        "origin": values.get("serial"),
    }


def _account(row: PlanRow, known: _Known) -> LedgerAccount:
    """Find the account: as the sheet says, as this party went before, else the general one.

    Money that came back goes to the account it was spent on.
    """
    values = row.values
    named = known.accounts.get(str(values.get("account") or ""))
    if named is not None:
        return named
    comes_in = values[BOOKED] > 0
    spent_on = is_refund(dict(values)) and comes_in
    learnt = known.by_party.get((str(values.get("party")), comes_in and not spent_on))
    if learnt is not None:
        by_id = {one.id: one for one in known.accounts.values()}
        if learnt in by_id:
            return by_id[learnt]
    return known.income if comes_in and not spent_on else known.expense
