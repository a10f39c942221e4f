"""What happens in a project between the decision and its end: offers, contract, changes, works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from village_app.db.records.projects import (
    Acceptance,
    ChangeOrder,
    Contract,
    PaymentPlan,
    Project,
    Quotation,
    Settlement,
)
from village_app.domain.calendar import add_months
from village_app.domain.money import portion, show_money
from village_app.domain.project_course import disorders
from village_app.domain.project_money import findings
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.projects.files import ProjectFile, limits_on, read_file
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted
from village_app.services.two_persons import maker_of, refuse_maker


class ProjectWorks(Service):
    """Offers, contract, change orders, acceptance and settlement of projects."""

    @permitted("projects.edit")
    def quote(self, project: Project, typed: Mapping[str, Any]) -> Quotation:
        """Take down a firm's offer; refuses a second one of the same firm."""
        values = read_values(Quotation, {**typed, "project_id": project.id})
        if values["price"] <= 0:
            raise InvalidInput([Fault("price", "not_positive", "报价要大于零。")])
        if any(one.firm == values["firm"] for one in self._file(project).quotations):
            message = f"“{values['firm']}”已经报过价，一家只登记一次。"
            raise InvalidInput([Fault("firm", "taken", message)])
        with self.session.change(f"登记报价 {values['firm']}") as change:
            offer: Quotation = change.insert(Quotation(**values))
        return offer

    @permitted("projects.edit")
    def choose(self, offer: Quotation, reason: str = "") -> Quotation:
        """Choose an offer; one that is not the lowest wants a reason; never above the ceiling."""
        file = self._file(self.store.get(Project, offer.project_id))
        if file.contract is not None:
            raise Refused("contract_signed", "合同已经签了，不能再改选报价。")
        lowest = min(one.price for one in file.quotations)
        if offer.price > lowest and not reason.strip():
            raise InvalidInput([Fault("reason", "required", "选的不是最低报价，要写明理由。")])
        self._refuse(
            replace(file, quotations=(_as_chosen(offer),)), {"over_ceiling"}, field="price"
        )
        with self.session.change(f"选定报价 {offer.firm}") as change:
            for other in file.quotations:
                if other.id != offer.id:
                    change.update(other, is_chosen=False, reason=None)
            chosen: Quotation = change.update(
                offer, is_chosen=True, reason=reason.strip() or "报价最低"
            )
        return chosen

    @permitted("projects.edit")
    def sign(self, project: Project, typed: Mapping[str, Any]) -> Contract:
        """Take down the contract; the firm and price of the chosen offer are taken when left open.

        Refused while funding does not make the budget, above the ceiling, with a retention, bond
        or defects period above the rule, or signed before the offer was chosen.
        """
        file = self._file(project)
        if file.contract is not None:
            raise Refused("contract_signed", "这个项目已经有合同，增减请登记变更。")
        given = dict(typed)
        if file.chosen is not None:
            given.setdefault("firm", file.chosen.firm)
            given.setdefault("credit_code", file.chosen.credit_code)
            given.setdefault("amount", show_money(file.chosen.price))
        contract = Contract(**self._amounts(Contract, project, given, "amount"))
        self._refuse(replace(file, contract=contract), _CONTRACT_RULES, field="amount")
        with self.session.change(f"登记合同 {contract.firm}") as change:
            signed: Contract = change.insert(contract)
        return signed

    @permitted("projects.edit")
    def plan_payment(self, project: Project, typed: Mapping[str, Any]) -> PaymentPlan:
        """Take down a payment that the contract foresees."""
        values = self._amounts(PaymentPlan, project, typed, "amount")
        with self.session.change(f"登记付款节点 {values['label']}") as change:
            planned: PaymentPlan = change.insert(PaymentPlan(**values))
        return planned

    @permitted("projects.edit")
    def order_change(self, project: Project, typed: Mapping[str, Any]) -> ChangeOrder:
        """Take down a change of the contract's sum; it counts when it is approved."""
        file = self._file(project)
        if file.contract is None:
            raise Refused("no_contract", "还没有合同，谈不上变更。请先登记合同。")
        if file.settlement is not None:
            raise Refused("settled", "项目已经结算，不能再变更。")
        values = read_values(ChangeOrder, {**typed, "project_id": project.id})
        if values["amount"] == 0:
            raise InvalidInput([Fault("amount", "no_change", "增减金额不能是零。")])
        with self.session.change(f"登记变更 {project.name}") as change:
            order: ChangeOrder = change.insert(ChangeOrder(**values))
        return order

    @permitted("projects.approve")
    def approve_change(self, order: ChangeOrder, decision: str = "") -> ChangeOrder:
        """Approve a change order, not one's own; a large one wants a new decision's number."""
        if order.approved_on is not None:
            raise Refused("approved_already", "这张变更单已经批准过了。")
        approved = ChangeOrder(**{**order.values(), "approved_on": self.session.today()})
        file = self._file(self.store.get(Project, order.project_id))
        others = tuple(one for one in file.changes if one.id != order.id)
        self._refuse(replace(file, changes=(*others, approved)), {"over_contract"}, field="amount")
        makers = {maker_of(self.session, order)}
        mark = refuse_maker(self.session, makers, "projects.approve", "批准变更")
        with self.session.change(f"批准变更{mark}") as change:
            done: ChangeOrder = change.update(
                order,
                approved_by=self.session.user.full_name,
                approved_on=self.session.today(),
                decision=decision.strip() or order.decision,
            )
        return done

    @permitted("projects.edit")
    def accept(self, project: Project, typed: Mapping[str, Any]) -> Acceptance:
        """Take down the acceptance; refused without villagers or supervision there."""
        values = read_values(Acceptance, {**typed, "project_id": project.id})
        missing = [
            Fault(name, "required", f"验收要有{label}参加，请填上。")
            for name, label in (("villagers", "村民代表"), ("supervision", "监委会成员"))
            if not values.get(name)
        ]
        if not values["passed"] and not values.get("remedy"):
            missing.append(Fault("remedy", "required", "不合格的要写明整改要求。"))
        if missing:
            raise InvalidInput(missing)
        acceptance = Acceptance(**values)
        self._refuse_order(replace(self._file(project), acceptance=acceptance), "accepted_on")
        with self.session.change(f"登记验收 {project.name}") as change:
            done: Acceptance = change.insert(acceptance)
        return done

    @permitted("projects.approve")
    def settle(self, project: Project, typed: Mapping[str, Any]) -> Settlement:
        """Take down the settlement; retention and its last day follow from the rule.

        Refused before the acceptance, with a retention above the rule, or when already more was
        paid than the settlement leaves.
        """
        file = self._file(project)
        if file.acceptance is None:
            raise Refused("not_accepted", "还没有登记验收，不能结算。请先登记验收。")
        if file.settlement is not None:
            raise Refused("settled", "这个项目已经结算过了。")
        given = {**typed}
        given.setdefault("retention_share", self._agreed_share(file))
        values = self._amounts(
            Settlement, project, {**given, "retention": "0"}, "submitted", "approved"
        )
        values["retention"] = portion(values["approved"], values["retention_share"])
        if values.get("retention_due") is None and values["retention"]:
            values["retention_due"] = add_months(file.acceptance.day, self._defects_months(file))
        settlement = Settlement(**values)
        after = replace(file, settlement=settlement)
        self._refuse_order(after, "settled_on")
        self._refuse(after, {"retention_share", "over_settlement"}, field="approved")
        with self.session.change(f"登记结算 {project.name}") as change:
            done: Settlement = change.insert(settlement)
        return done

    def _file(self, project: Project) -> ProjectFile:
        return read_file(self.store, project)

    def _agreed_share(self, file: ProjectFile) -> str:
        share = file.contract.retention_share if file.contract is not None else None
        return Settlement.declaration("retention_share").kind.show(share or 0)

    def _defects_months(self, file: ProjectFile) -> int:
        agreed = file.contract.defects_months if file.contract is not None else None
        return int(agreed or Rules(self.session).on("project_warranty")["default_months"])

    def _amounts(
        self, model: Any, project: Project, typed: Mapping[str, Any], *fields: str
    ) -> dict[str, Any]:
        """Read typed values and refuse amounts that are not above nought."""
        values = read_values(model, {**typed, "project_id": project.id})
        faults = [
            Fault(name, "not_positive", f"{model.declaration(name).label}要大于零。")
            for name in fields
            if values[name] <= 0
        ]
        if faults:
            raise InvalidInput(faults)
        return values

    def _refuse(self, file: ProjectFile, codes: set[str] | frozenset[str], *, field: str) -> None:
        """Refuse what would break one of the named rules, by the rule's name."""
        limits = limits_on(self.session, file.project.approved_on)
        faults = [
            Fault(_FIELD_OF_RULE.get(one.code, field), one.code, f"{one.rule}：{one.message}")
            for one in findings(file.money, limits)
            if one.code in codes and one.severity == "error"
        ]
        if faults:
            raise InvalidInput(faults)
        if file.contract is not None:
            self._refuse_order(file, "signed_on")

    def _refuse_order(self, file: ProjectFile, field: str) -> None:
        faults = [
            Fault("day" if field != "signed_on" else field, "day_order", one.message)
            for one in disorders(file.steps())
            if one.field == field
        ]
        if faults:
            raise InvalidInput(faults)


_CONTRACT_RULES = frozenset(
    {"funding", "over_ceiling", "retention_share", "bond", "defects_months"}
)
# Where a form shows what a rule says.
_FIELD_OF_RULE = {
    "retention_share": "retention_share",
    "bond": "bond",
    "defects_months": "defects_months",
}


def _as_chosen(offer: Quotation) -> Quotation:
    return Quotation(**{**offer.values(), "is_chosen": True})
