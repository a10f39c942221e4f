"""Ledgers, bank statements and bills in: planned, looked at, booked as one change, taken back.

The same file again adds nothing: a line with a known serial number, or with the voucher, day and
amount of a line that is booked (a project's payment too), is the same line.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from hashlib import sha256

from village_app.db.journal import Change
from village_app.db.records.ledger import LedgerAccount, LedgerEntry
from village_app.db.records.projects import Project
from village_app.db.records.residents import ImportBatch
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.importing.decisions import Decisions
from village_app.importing.grid import Workbook
from village_app.importing.ledger import BOOKED, ledger_target
from village_app.importing.plan import Background, EarlierImport, ImportedFile, Plan, make_plan
from village_app.importing.plan_rows import PlanRow
from village_app.importing.reader import read_workbook
from village_app.importing.recognition import KnownRecord
from village_app.importing.tables import Choice
from village_app.services.backups import Backups
from village_app.services.ledger import Ledger
from village_app.services.ledger_accounts import MONEY_BOOK, LedgerAccounts, old_accounts
from village_app.services.ledger_lines import (
    Known,
    account_of_line,
    booked_entries,
    entry_of_line,
    read_known,
    rule_of_line,
)
from village_app.services.project_claims import ProjectClaims
from village_app.services.session import Service, permitted

_SHOWN = 5


class LedgerImports(Service):
    """The way of a file into the ledger; nothing is written before `commit`."""

    @permitted("money.import")
    def read(self, content: bytes, name: str, *, report: Report = silently) -> Workbook:
        """Read a file of any kind in a child process; refuses in a sentence what is no list."""
        return read_workbook(content, name, report=report)

    @permitted("money.import")
    def plan(
        self,
        workbook: Workbook,
        content: bytes,
        name: str,
        *,
        choice: Choice | None = None,
        report: Report = silently,
    ) -> Plan:
        """Say line by line what an import would book; changes nothing.

        What is booked already is never changed by an import: corrections are red entries.
        """
        file = ImportedFile(
            name,
            workbook.file_type,
            workbook.encoding,
            sha256(content).hexdigest(),
            tuple(workbook.remarks),
        )
        return make_plan(
            workbook,
            ledger_target(),
            self._background(),
            file=file,
            choice=choice,
            decisions=Decisions(rule="keep"),
            report=report,
        )

    @permitted("money.import")
    def commit(self, plan: Plan, *, purse: LedgerAccount | None = None) -> ImportBatch:
        """Book the plan's new lines as one change; suspected and faulty ones stay out.

        `purse` is whose statement the file is (the bank account when left open); a line that says
        现金 goes to the cash box. Refused when nothing is new, when a line lies in a closed month,
        before the book or in the future, naming the lines.
        """
        rows = [row for row in plan.rows if row.state == "new"]
        if not rows:
            raise Refused("nothing_to_write", "没有新的账目，台账没有动。")
        self._refuse_days(rows)
        known = read_known(self.session, purse)
        Backups(self.session).before("导入前")
        stamp = {
            "booked_by": self.session.user.full_name,
            "booked_at": self.session.now(),
            "book": MONEY_BOOK,
        }
        label = f"导入 {plan.file.name}：{len(rows)} 笔"
        with self.session.change(label, kind="import") as change:
            lines = [{**stamp, **entry_of_line(row, known)} for row in rows]
            made = change.insert_rows(LedgerEntry, lines)
            self._to_projects(change, rows, made, known)
            batch: ImportBatch = change.insert(
                ImportBatch(
                    file_name=plan.file.name,
                    fingerprint=plan.file.sha256,
                    target="ledger",
                    at=self.session.now(),
                    user=self.session.user.name,
                    counts=json.dumps(asdict(plan.counts)),
                )
            )
        return batch

    @permitted("money.import")
    def suggested_account(self, row: PlanRow, *, purse: LedgerAccount | None = None) -> str:
        """Say to which account a line would go, for the dry run."""
        name: str = account_of_line(row, read_known(self.session, purse)).name
        return name

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
            if claims.faults(project, entry):
                continue
            claims.enter(change, project, entry)

    def _background(self) -> Background:
        accounts = LedgerAccounts(self.session)
        purses = {one.id for one in accounts.purses()}
        names = [one.name for one in accounts.listed()]
        return Background(
            known=[
                _known_record(one, purses) for one in self.store.rows(booked_entries(self.session))
            ],
            lists={"account": [*names, *old_accounts()]},
            earlier=self._earlier(),
            today=self.session.today(),
        )

    def _earlier(self) -> dict[str, EarlierImport]:
        query = self.store.select(ImportBatch).where(
            ImportBatch.target == "ledger", ImportBatch.state == "done"
        )
        return {
            one.fingerprint: EarlierImport(
                one.at, one.file_name, f"新增 {json.loads(one.counts)['new']} 笔"
            )
            for one in self.store.rows(query)
        }

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
