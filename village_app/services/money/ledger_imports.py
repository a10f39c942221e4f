"""Ledgers, bank statements and bills in: planned, looked at, booked as one change, taken back.

The same file again adds nothing: a line with a known serial number, or with the voucher, day and
amount of a line that is booked (a project's payment too), is the same line.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from village_app.db.journal import Change
from village_app.db.records.ledger import LedgerAccount, LedgerEntry
from village_app.db.records.projects import Project
from village_app.domain.reporting import Report
from village_app.errors import Refused
from village_app.importing.plans.decisions import Decisions
from village_app.importing.plans.plan import Background, Plan
from village_app.importing.plans.recognition import KnownRecord
from village_app.importing.plans.rows import PlanRow
from village_app.importing.subjects.ledger import ledger_target
from village_app.importing.subjects.ledger_fields import BOOKED
from village_app.importing.tables.targets import Target
from village_app.services.imports.asked import Asked
from village_app.services.imports.subject_imports import SubjectImports
from village_app.services.money.ledger import Ledger
from village_app.services.money.ledger_accounts import MONEY_BOOK, LedgerAccounts, old_accounts
from village_app.services.money.ledger_lines import (
    Known,
    account_of_line,
    booked_entries,
    entry_of_line,
    read_known,
    rule_of_line,
)
from village_app.services.projects.claims import ProjectClaims
from village_app.services.session import Session, permitted

_SHOWN = 5


class LedgerImports(SubjectImports):
    """The way of a file into the ledger.

    What is booked already is never changed by an import: corrections are red entries. `purse` is
    whose statement the file is (the bank account when left open); a line that says 现金 goes to
    the cash box.
    """

    key: ClassVar[str] = "ledger"
    action: ClassVar[str] = "money.import"
    counter: ClassVar[str] = "笔"
    compared: ClassVar[tuple[str, ...]] = ("ledger_entry",)
    rule_matters: ClassVar[bool] = False

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._purse: LedgerAccount | None = None

    @permitted("money.import")
    def asked(self) -> Asked | None:
        """Ask whose statement the file is."""
        purses = LedgerAccounts(self.session).purses()
        chosen = self._purse or read_known(self.session, None).purse
        return Asked(
            "这是哪个账户的流水", tuple((str(one.id), one.name) for one in purses), str(chosen.id)
        )

    @permitted("money.import")
    def answer(self, answer: str) -> None:
        """Take the account that was chosen."""
        self._purse = self.store.get(LedgerAccount, int(answer))

    def _target(self) -> Target:
        return ledger_target()

    def _usual_decisions(self, plan: Plan) -> Decisions:
        return plan.decisions.with_rule("keep")

    def _write(self, change: Change, plan: Plan, report: Report) -> None:
        rows = [row for row in plan.rows if row.state == "new"]
        self._refuse_days(rows)
        known = read_known(self.session, self._purse)
        stamp = {
            "booked_by": self.session.user.full_name,
            "booked_at": self.session.now(),
            "book": MONEY_BOOK,
        }
        report(0, len(rows), "正在记账")
        lines = [{**stamp, **entry_of_line(row, known)} for row in rows]
        made = change.insert_rows(LedgerEntry, lines)
        self._to_projects(change, rows, made, known)

    def _to_projects(
        self, change: Change, rows: list[PlanRow], made: list[int], known: Known
    ) -> None:
        """Give lines to the project that their rule names; what a project refuses stays a line."""
        claims = ProjectClaims(self.session)
        for row, entry_id in zip(rows, made, strict=True):
            rule = rule_of_line(row, known)
            if rule is None or rule.project_id is None or row.values[BOOKED] > 0:
                continue
            project = self.store.get(Project, rule.project_id)
            entry = self.store.get(LedgerEntry, entry_id)
            if not claims.faults(project, entry):
                claims.enter(change, project, entry)

    @permitted("money.import")
    def suggested_account(self, row: PlanRow, *, purse: LedgerAccount | None = None) -> str:
        """Say to which account a line would go, for the dry run."""
        name: str = account_of_line(row, read_known(self.session, purse)).name
        return name

    def _background(self) -> Background:
        accounts = LedgerAccounts(self.session)
        purses = {one.id for one in accounts.purses()}
        names = [one.name for one in accounts.listed()]
        return Background(
            known=[
                _known_record(one, purses) for one in self.store.rows(booked_entries(self.session))
            ],
            lists={"account": [*names, *old_accounts()]},
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
