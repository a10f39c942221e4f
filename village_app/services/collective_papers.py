"""Drafts of the 三资 tables: from the registers to the gate and the wall."""

from __future__ import annotations

from datetime import date

from village_app.db.records.ledger import LedgerAccount
from village_app.db.records.notices import Notice
from village_app.papers.blocks import Paper
from village_app.papers.builders.collective import (
    BudgetRow,
    LeaseLine,
    build_budget,
    build_debts,
    build_leases,
)
from village_app.services.budgets import Budgets
from village_app.services.collective import Collective
from village_app.services.ledger_match import signer_of
from village_app.services.money_watch import MoneyWatch
from village_app.services.notices import Draft, Notices
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted


class CollectivePapers(Service):
    """The tables of assets, debts and budget."""

    @permitted("money.read")
    def debts(self, account: LedgerAccount, on: date | None = None) -> Paper:
        """Build the debts of an account by age."""
        day = on or self.session.today()
        debts = MoneyWatch(self.session).debts(account, day)
        return build_debts(account.name, debts, day, signer_of(self.session))

    @permitted("money.read")
    def leases(self, on: date | None = None) -> Paper:
        """Build the leases with rent received and owed."""
        day = on or self.session.today()
        lines = [
            LeaseLine(
                asset=one.asset.name,
                place=one.asset.place or "",
                area=one.asset.area or "",
                tenant=one.lease.tenant,
                starts=one.lease.starts_on,
                ends=one.lease.ends_on,
                yearly_rent=one.lease.yearly_rent,
                received=one.received,
                owed=one.owed,
                note="即将到期" if one.ends_soon else "",
            )
            for one in Collective(self.session).leases(day)
            if not one.is_over or one.owed
        ]
        return build_leases(lines, day, signer_of(self.session))

    @permitted("money.read")
    def budget(self, year: int) -> Paper:
        """Build the year's budget against the ledger."""
        lines = [
            BudgetRow(
                account=one.account.name,
                planned=one.line.planned,
                adjusted=one.valid,
                actual=one.actual,
                share=one.share,
                note=one.line.note or "",
            )
            for one in Budgets(self.session).against_actual(year)
        ]
        return build_budget(year, lines, signer_of(self.session))

    @permitted("notices.edit")
    def draft(self, paper: Paper) -> Notice:
        """Draft one of these tables with the posting days of the rule; names are masked."""
        rule = Rules(self.session).on("money_disclosure")
        codes = {"collective_debts": "F06", "collective_leases": "F05", "collective_budget": "F01"}
        notice = Notices(self.session).draft(
            Draft(
                paper,
                "disclosure",
                policy="general",
                catalogue_code=codes[paper.meta["sheet"]],
                period_days=rule["posting_days"],
                rule_id=rule.id,
            )
        )
        return Notices(self.session).mend(notice)
