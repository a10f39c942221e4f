"""Everything that belongs to one project, read together, with its figures and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_app.db.engine import Store
from village_app.db.records.projects import (
    Acceptance,
    ChangeOrder,
    Contract,
    FundingSource,
    Payment,
    PaymentPlan,
    Project,
    ProjectPaper,
    Quotation,
    Settlement,
)
from village_app.domain.money import share_of, show_money, show_share
from village_app.domain.project_course import DatedStep
from village_app.domain.project_money import Finding, Limits, ProjectMoney, findings
from village_app.domain.project_rules import Buying, BuyingLimits, buying_findings
from village_app.services.rules import Rules
from village_app.services.session import Session


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """A project with all its records, in the order in which they came."""

    project: Project
    sources: tuple[FundingSource, ...]
    quotations: tuple[Quotation, ...]
    contract: Contract | None
    plan: tuple[PaymentPlan, ...]
    changes: tuple[ChangeOrder, ...]
    payments: tuple[Payment, ...]
    acceptance: Acceptance | None
    settlement: Settlement | None
    papers: tuple[ProjectPaper, ...]

    @property
    def chosen(self) -> Quotation | None:
        """The offer that was chosen."""
        return next((one for one in self.quotations if one.is_chosen), None)

    @property
    def paid(self) -> tuple[Payment, ...]:
        """The payments that were made, by day."""
        made = [one for one in self.payments if one.state == "paid"]
        return tuple(sorted(made, key=lambda one: (one.day or date.min, one.id)))

    @property
    def approved_changes(self) -> tuple[ChangeOrder, ...]:
        return tuple(one for one in self.changes if one.approved_on is not None)

    @property
    def money(self) -> ProjectMoney:
        """The figures over which the rules are checked; amounts asked for count as paid."""
        return _money(self, [one for one in self.payments if one.state != "cancelled"])

    @property
    def money_paid(self) -> ProjectMoney:
        """The figures as they are published: only what was really paid."""
        return _money(self, [one for one in self.payments if one.state == "paid"])

    def spent_by_year(self) -> dict[int, int]:
        """Add up what was paid by calendar year."""
        years: dict[int, int] = {}
        for payment in self.paid:
            assert payment.day is not None
            years[payment.day.year] = years.get(payment.day.year, 0) + payment.amount
        return years

    def steps(self) -> tuple[DatedStep, ...]:
        """Give the days that must stand in order: 立项≤招标≤中标≤合同≤开工≤验收≤结算."""
        project, contract = self.project, self.contract
        return (
            DatedStep("proposed_on", "提出日期", project.proposed_on),
            DatedStep("decided_on", "议定日期", project.decided_on),
            DatedStep("approved_on", "立项日期", project.approved_on),
            DatedStep("tendered_on", "比价或招标日期", project.tendered_on),
            DatedStep("chosen_on", "选定日期", project.chosen_on),
            DatedStep("signed_on", "合同签订日期", contract.signed_on if contract else None),
            DatedStep("started_on", "开工日期", project.started_on),
            DatedStep("accepted_on", "验收日期", self.acceptance.day if self.acceptance else None),
            DatedStep("settled_on", "结算日期", self.settlement.day if self.settlement else None),
        )


def _money(file: ProjectFile, payments: list[Payment]) -> ProjectMoney:
    contract, settlement, chosen = file.contract, file.settlement, file.chosen
    return ProjectMoney(
        budget=file.project.budget,
        sources=tuple(one.amount for one in file.sources),
        ceiling=file.project.ceiling,
        chosen_price=chosen.price if chosen else None,
        quotations=len(file.quotations),
        needs_quotations=file.project.method == "compare",
        contract=contract.amount if contract else None,
        price_reason=(contract.price_reason or "") if contract else "",
        bond=(contract.bond or 0) if contract else 0,
        defects_months=contract.defects_months if contract else None,
        agreed_retention_share=(contract.retention_share or 0) if contract else 0,
        changes=sum(one.amount for one in file.approved_changes),
        decided_again=any(one.decision for one in file.approved_changes),
        paid=sum(one.amount for one in payments if one.kind != "retention"),
        returned=sum(one.amount for one in payments if one.kind == "retention"),
        submitted=settlement.submitted if settlement else None,
        settled=settlement.approved if settlement else None,
        settled_retention_share=settlement.retention_share if settlement else 0,
    )


def read_file(store: Store, project: Project) -> ProjectFile:
    """Read a project's records."""

    def of(model: Any) -> tuple[Any, ...]:
        query = store.select(model).where(model.project_id == project.id)
        return tuple(store.rows(query.order_by(model.id)))

    def last(model: Any) -> Any:
        found = of(model)
        return found[-1] if found else None

    return ProjectFile(
        project=project,
        sources=of(FundingSource),
        quotations=of(Quotation),
        contract=last(Contract),
        plan=of(PaymentPlan),
        changes=of(ChangeOrder),
        payments=of(Payment),
        acceptance=last(Acceptance),
        settlement=last(Settlement),
        papers=of(ProjectPaper),
    )


def limits_on(session: Session, day: date | None = None) -> Limits:
    """Give the limits of the rules that hold on a day."""
    rules = Rules(session)
    retention = rules.on("project_retention", day)
    return Limits(
        retention_share=retention["share"],
        retention_excluded_by_bond=retention["excluded_by_bond"],
        decide_again_share=rules.on("project_change", day)["decide_again_share"],
        performance_bond_share=rules.on("project_bond", day)["performance_share"],
        longest_defects_months=rules.on("project_warranty", day)["longest_months"],
        fewest_quotations=rules.on("project_quotations", day)["fewest"],
    )


def buying_of(session: Session, file: ProjectFile) -> tuple[Finding, ...]:
    """Say what does not hold in how a project was bought and its deposits were kept."""
    project, contract = file.project, file.contract
    rules = Rules(session)
    tender, bond = rules.on("project_tender"), rules.on("project_bond")
    limits = BuyingLimits(
        must_tender_from=tender["must_tender_from"],
        town_up_to=tender["town_up_to"],
        village_up_to=tender["village_up_to"],
        bid_share=bond["bid_share"],
        bid_return_days=bond["bid_return_days"],
        wages_notice_days=rules.on("project_wages_account")["notice_days"],
    )
    buying = Buying(
        method=project.method or "",
        estimate=project.budget,
        bid_bond=project.bid_bond or 0,
        signed_on=contract.signed_on if contract is not None else None,
        bond_returned_on=project.bid_bond_returned_on,
        accepted_on=file.acceptance.day if file.acceptance is not None else None,
        wages_notice_on=project.wages_notice_on,
        wages_closed_on=project.wages_closed_on,
    )
    return tuple(buying_findings(buying, limits, session.today()))


def findings_of(file: ProjectFile, limits: Limits) -> tuple[Finding, ...]:
    """Say what does not hold in a project: figures, payees, progress; errors first."""
    found = [*findings(file.money, limits), *_payee_warnings(file), *_progress_warning(file)]
    return tuple(sorted(found, key=lambda one: one.severity != "error"))


def _payee_warnings(file: ProjectFile) -> Iterator[Finding]:
    for payment in file.payments:
        if payment.state == "cancelled":
            continue
        if payment.payee_kind == "person":
            yield Finding(
                "payee_person",
                "集体资金不付到个人账户",
                "warning",
                f"{payment.label} {show_money(payment.amount)} 元付给个人“{payment.payee}”，"
                "请写明原因。",
            )
        elif file.contract is not None and payment.payee != file.contract.firm:
            yield Finding(
                "payee_differs",
                "收款单位就是承包人",
                "warning",
                f"{payment.label}的收款单位是“{payment.payee}”，承包人是“{file.contract.firm}”，"
                "两个不一样，请核对。",
            )


def _progress_warning(file: ProjectFile) -> Iterator[Finding]:
    """Compare what was paid with the works done; an advance payment is ahead by its nature."""
    progress, due = file.project.progress, file.money.total_due
    if progress is None or not due or file.acceptance is not None:
        return
    if not any(one.kind == "progress" for one in file.paid):
        return
    share = share_of(file.money_paid.paid, due) or 0
    if share > progress:
        yield Finding(
            "ahead_of_works",
            "付款不超过形象进度",
            "warning",
            f"已付 {show_share(share)}，形象进度 {show_share(progress)}，付款走在前面了。",
        )
