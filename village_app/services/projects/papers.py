"""Papers of projects: from the records to a draft that goes through the privacy gate."""

from __future__ import annotations

from datetime import date

from village_app.db.fields import table_of
from village_app.db.records.notices import Notice
from village_app.db.records.projects import Contract, Payment, Project, ProjectPaper
from village_app.errors import Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.projects import (
    PaymentLine,
    SpendingFacts,
    build_spending_notice,
)
from village_app.services.money.ledger_match import signer_of
from village_app.services.notices.notices import Draft, Notices
from village_app.services.paper_words import in_own_words
from village_app.services.projects.files import ProjectFile, read_file
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

# The catalogue's item for works: 工程项目（立项→结算全过程）.
CATALOGUE_CODE = "C11"


class ProjectPapers(Service):
    """Builds and drafts the papers of a project."""

    @permitted("projects.read")
    def spending_paper(self, project: Project) -> Paper:
        """Build 项目资金使用情况公示 as the records stand; refused before there is a contract."""
        file = read_file(self.store, project)
        if file.contract is None:
            raise Refused("no_contract", "还没有登记合同，谈不上资金使用。请先登记合同。")
        return in_own_words(
            self.session,
            build_spending_notice(_spending(file, file.contract), signer_of(self.session)),
        )

    @permitted("notices.edit")
    def draft_spending(self, project: Project) -> Notice:
        """Draft the notice of a project's spending, with the posting days of the rule."""
        return self.draft(
            project, self.spending_paper(project), "spending", "资金使用公示", "published"
        )

    @permitted("notices.edit")
    def draft(self, project: Project, paper: Paper, posting: str, name: str, stage: str) -> Notice:
        """Draft a paper and note it among the project's papers, in one change.

        `posting` names the posting days in the rule, blank for a paper without a period; `stage`
        the stage whose paper it is, blank for none.
        """
        rule = Rules(self.session).on("project_posting")
        with self.session.change(f"起草 {paper.title}") as change:
            notice = Notices(self.session).draft(
                Draft(
                    paper,
                    "publicity",
                    policy="office",
                    source=project,
                    catalogue_code=CATALOGUE_CODE,
                    period_days=rule[posting] if posting else None,
                    rule_id=rule.id if posting else None,
                )
            )
            change.insert(
                ProjectPaper(
                    name=name,
                    project_id=project.id,
                    stage=stage or "none",
                    day=self.session.today(),
                    source_table=table_of(Notice),
                    source_id=notice.id,
                )
            )
        return notice


def _spending(file: ProjectFile, contract: Contract) -> SpendingFacts:
    project, settlement, money = file.project, file.settlement, file.money_paid
    share = settlement.retention_share if settlement else contract.retention_share
    accepted = file.acceptance if file.acceptance is not None and file.acceptance.passed else None
    return SpendingFacts(
        name=project.name,
        number=project.number or "",
        basis=project.basis or "",
        sources=tuple((one.name, one.amount) for one in file.sources),
        budget=project.budget,
        firm=contract.firm,
        method=Project.declaration("method").kind.show(project.method) or "直接委托",
        contract=contract.amount,
        changes=money.changes,
        submitted=money.submitted,
        approved=money.settled,
        accepted_on=accepted.day if accepted else None,
        retention=money.retention - money.returned,
        retention_share=share or 0,
        retention_due=settlement.retention_due if settlement else None,
        payments=tuple(_line(one) for one in file.paid),
    )


def _line(payment: Payment) -> PaymentLine:
    day: date = payment.day
    receipt = payment.invoice or payment.voucher or ""
    return PaymentLine(day, payment.label, payment.payee, receipt, payment.amount)
