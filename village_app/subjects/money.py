"""The ledger, the disclosure tables, what the collective owns, and the projects."""

from __future__ import annotations

from functools import cached_property

from village_app.db.records.aid import AidList
from village_app.services.aid.imports import AidImports
from village_app.services.aid.lists import AidLists
from village_app.services.aid.papers import AidPapers
from village_app.services.money.approvals import Approvals
from village_app.services.money.budgets import Budgets
from village_app.services.money.charts import MoneyCharts
from village_app.services.money.collective import Collective
from village_app.services.money.collective_papers import CollectivePapers
from village_app.services.money.disclosure import Disclosure
from village_app.services.money.funds import SpecialFunds
from village_app.services.money.ledger import Ledger
from village_app.services.money.ledger_accounts import LedgerAccounts
from village_app.services.money.ledger_doubts import LedgerDoubts
from village_app.services.money.ledger_imports import LedgerImports
from village_app.services.money.ledger_list import LedgerList
from village_app.services.money.official_pays import OfficialPays
from village_app.services.money.open_data import OpenData
from village_app.services.money.payee_rules import PayeeRules
from village_app.services.money.questions import Questions
from village_app.services.money.watch import MoneyWatch
from village_app.subjects.subject_group import SubjectGroup


class MoneySubjects(SubjectGroup):
    """The ledger, the disclosure tables, what the collective owns, and the projects."""

    @cached_property
    def accounts(self) -> LedgerAccounts:
        return LedgerAccounts(self.session)

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self.session)

    @cached_property
    def ledger_doubts(self) -> LedgerDoubts:
        return LedgerDoubts(self.session)

    @cached_property
    def disclosure(self) -> Disclosure:
        return Disclosure(self.session)

    @cached_property
    def ledger_imports(self) -> LedgerImports:
        return LedgerImports(self.session)

    @cached_property
    def ledger_list(self) -> LedgerList:
        return LedgerList(self.session)

    @cached_property
    def approvals(self) -> Approvals:
        return Approvals(self.session)

    @cached_property
    def budgets(self) -> Budgets:
        return Budgets(self.session)

    @cached_property
    def collective(self) -> Collective:
        return Collective(self.session)

    @cached_property
    def money_watch(self) -> MoneyWatch:
        return MoneyWatch(self.session)

    @cached_property
    def questions(self) -> Questions:
        return Questions(self.session)

    @cached_property
    def collective_papers(self) -> CollectivePapers:
        return CollectivePapers(self.session)

    @cached_property
    def open_data(self) -> OpenData:
        return OpenData(self.session)

    @cached_property
    def aid(self) -> AidLists:
        return AidLists(self.session)

    def aid_imports(self, aid: AidList) -> AidImports:
        """Give the imports onto one list of subsidies."""
        return AidImports(self.session, aid)

    @cached_property
    def aid_papers(self) -> AidPapers:
        return AidPapers(self.session)

    @cached_property
    def funds(self) -> SpecialFunds:
        return SpecialFunds(self.session)

    @cached_property
    def official_pays(self) -> OfficialPays:
        return OfficialPays(self.session)

    @cached_property
    def payee_rules(self) -> PayeeRules:
        return PayeeRules(self.session)

    @cached_property
    def money_charts(self) -> MoneyCharts:
        return MoneyCharts(self.session)
