"""Drafts of the 三资 tables: from the registers to the gate and the wall."""

from __future__ import annotations

from datetime import date

from village_app.db.records.funds import SpecialFund
from village_app.db.records.ledger import LedgerAccount
from village_app.db.records.money import Asset
from village_app.db.records.notices import Notice
from village_app.domain.calendar import show_day
from village_app.domain.periods import Period
from village_app.errors import Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.collective import (
    AssetLine,
    BudgetRow,
    LeaseLine,
    build_assets,
    build_budget,
    build_debts,
    build_leases,
)
from village_app.papers.builders.funds import FundLine, PayLine, build_funds, build_official_pay
from village_app.services.money.budgets import Budgets
from village_app.services.money.collective import Collective
from village_app.services.money.figures import fund_entries
from village_app.services.money.funds import SpecialFunds
from village_app.services.money.ledger_match import signer_of
from village_app.services.money.official_pays import OfficialPays
from village_app.services.money.watch import MoneyWatch
from village_app.services.notices.notices import Draft, Notices
from village_app.services.paper_words import in_own_words
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

_CODES = {
    "collective_debts": "F06",
    "collective_leases": "F05",
    "collective_assets": "F04",
    "collective_budget": "F01",
    "collective_funds": "F09",
    "collective_pay": "F08",
}
# These name officials and firms, as the law wants them named.
_OF_OFFICE = frozenset({"collective_pay", "collective_assets"})


class CollectivePapers(Service):
    """The tables of assets, debts and budget."""

    @permitted("money.read")
    def debts(self, account: LedgerAccount, on: date | None = None) -> Paper:
        """Build the debts of an account by age."""
        day = on or self.session.today()
        debts = MoneyWatch(self.session).debts(account, day)
        return in_own_words(
            self.session, build_debts(account.name, debts, day, signer_of(self.session))
        )

    @permitted("money.read")
    def leases(self, on: date | None = None) -> Paper:
        """Build the year's list of leases with rent due, received and owed."""
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
                due=one.due_this_year,
                received=one.received_this_year,
                owed=one.owed,
                note="即将到期" if one.ends_soon else "",
            )
            for one in Collective(self.session).leases(day)
            if not one.is_over or one.owed
        ]
        return in_own_words(self.session, build_leases(lines, day, signer_of(self.session)))

    @permitted("money.read")
    def assets(self, on: date | None = None) -> Paper:
        """Build the register of assets and resources."""
        day = on or self.session.today()
        collective = Collective(self.session)
        let = {one.lease.asset_id for one in collective.leases(day) if not one.is_over}
        kind = Asset.declaration("kind").kind
        lines = [
            AssetLine(
                name=one.name,
                kind=kind.show(one.kind),
                quantity=one.quantity or "",
                place=one.place or "",
                area=one.area or "",
                value=one.value,
                keeper=one.keeper or "",
                use="出租" if one.id in let else "自用",
            )
            for one in collective.assets()
        ]
        return in_own_words(self.session, build_assets(lines, day, signer_of(self.session)))

    @permitted("money.read")
    def funds(self, on: date | None = None) -> Paper:
        """Build the special funds with every entry; refused while there is none."""
        day = on or self.session.today()
        states = SpecialFunds(self.session).states()
        if not states:
            raise Refused("no_funds", "还没有登记专项资金。")
        kind = SpecialFund.declaration("kind").kind
        lines = [
            FundLine(
                name=one.fund.name,
                kind=kind.show(one.fund.kind),
                source=one.fund.source or "",
                document=one.fund.document or "",
                purpose=one.fund.purpose,
                received=one.received,
                spent=one.spent,
                entries=fund_entries(self.session, one.fund),
            )
            for one in states
        ]
        return in_own_words(
            self.session, build_funds(lines, show_day(day), signer_of(self.session))
        )

    @permitted("money.read")
    def pay(self, period: Period) -> Paper:
        """Build the pay of officials of a period; refused while nothing is entered for it."""
        sums = OfficialPays(self.session).of_period(period)
        if not sums:
            raise Refused("no_pay", f"{period.show()}还没有登记干部报酬。")
        lines = [
            PayLine(
                one.name,
                one.post,
                one.months,
                one.basic,
                one.merit,
                one.allowance,
                one.deduction,
            )
            for one in sums
        ]
        return in_own_words(
            self.session, build_official_pay(period, lines, signer_of(self.session))
        )

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
        return in_own_words(self.session, build_budget(year, lines, signer_of(self.session)))

    @permitted("notices.edit")
    def draft(self, paper: Paper) -> Notice:
        """Draft one of these tables with the posting days of the rule; names are masked."""
        rule = Rules(self.session).on("money_disclosure")
        code = _CODES[paper.meta["sheet"]]
        notice = Notices(self.session).draft(
            Draft(
                paper,
                "disclosure",
                policy="office" if paper.meta["sheet"] in _OF_OFFICE else "general",
                catalogue_code=code,
                period_days=rule["posting_days"],
                rule_id=rule.id,
            )
        )
        return Notices(self.session).mend(notice)
