"""Payments of projects: asked for, approved by amount, paid once, booked once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from village_app.db.journal import Change
from village_app.db.records.ledger import LedgerAccount
from village_app.db.records.projects import Payment, Project
from village_app.domain.money import show_money
from village_app.domain.project_money import ProjectMoney, findings
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.money.approvals import Approvals
from village_app.services.money.ledger import Ledger
from village_app.services.money.ledger_accounts import LedgerAccounts
from village_app.services.projects.files import ProjectFile, limits_on, read_file
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted
from village_app.services.two_persons import (
    Second,
    countersigned,
    maker_of,
    others_who_may,
    refuse_always,
)


class ProjectPayments(Service):
    """Pays for projects and books each payment once."""

    @permitted("money.edit")
    def pay(
        self, project: Project, typed: Mapping[str, Any], *, out_of: LedgerAccount | None = None
    ) -> Payment:
        """Take down a payment that was made on signed papers, and book it.

        `out_of` is the purse (the bank account when left open). Refused by the name of the rule:
        more than contract and changes less retention, after settlement more than approved less
        retention, an invoice used before, no contract, handler and approver the same person, who
        books it as the one who approved it, and nobody named as
        approver where the office has somebody who could be.
        """
        file = read_file(self.store, project)
        values = self._checked(file, typed)
        refuse_always(self.session, {values.get("approver")}, "money.edit", "记账付款")
        if values.get("day") is None:
            raise InvalidInput([Fault("day", "required", "付款日期不能空。")])
        if not values.get("approver") and others_who_may(self.session, "money.approve"):
            message = "审批人要写上：看付款单上是谁批的。还没有人批的，请用“申请付款”。"
            raise InvalidInput([Fault("approver", "required", message)])
        with self.session.change(f"付款 {project.name} {values['label']}") as change:
            payment: Payment = change.insert(
                Payment(**values, state="paid", requested_by=self.session.user.name)
            )
            self._book(change, project, payment, out_of)
        return payment

    @permitted("money.edit")
    def request(self, project: Project, typed: Mapping[str, Any]) -> Payment:
        """Ask for a payment; it is checked like a payment and goes through its approvals."""
        values = self._checked(read_file(self.store, project), typed)
        with self.session.change(f"申请付款 {project.name} {values['label']}") as change:
            payment: Payment = change.insert(
                Payment(**values, state="requested", requested_by=self.session.user.name)
            )
        return payment

    @permitted("money.edit")
    def pay_out(
        self, payment: Payment, typed: Mapping[str, Any], *, out_of: LedgerAccount | None = None
    ) -> Payment:
        """Pay what was approved: day, voucher and invoice are typed; books it once.

        Refused for who signed the payment: whoever approves money does not hand it out.
        """
        if payment.state != "approved":
            word = Payment.declaration("state").kind.show(payment.state)
            raise Refused("not_approved", f"“{payment.label}”现在是“{word}”，批准以后才能付。")
        signers = {one.user for one in Approvals(self.session).given(payment)}
        refuse_always(self.session, signers, "money.edit", "付款")
        project = self.store.get(Project, payment.project_id)
        fields = ("day", "voucher", "invoice", "witness")
        values = read_values(Payment, {k: typed.get(k) for k in fields}, partly=True)
        if values["day"] is None:
            raise InvalidInput([Fault("day", "required", "付款日期不能空。")])
        merged = {**payment.values(), **{k: v for k, v in values.items() if v is not None}}
        faults = self._paper_faults(read_file(self.store, project), merged, own_id=payment.id)
        if faults:
            raise InvalidInput(faults)
        with self.session.change(f"付款 {project.name} {payment.label}") as change:
            paid: Payment = change.update(payment, state="paid", **values)
            self._book(change, project, paid, out_of)
        return paid

    @permitted("money.edit")
    def cancel(self, payment: Payment, reason: str, *, second: Second | None = None) -> Payment:
        """Take a payment back: its entry by a red one, its amount is free again.

        Money that was paid out and booked is taken back by two people.
        """
        if payment.state == "cancelled":
            raise Refused("cancelled", "这笔付款已经撤销过了。")
        if not reason.strip():
            raise InvalidInput([Fault("reason", "required", "撤销付款要写明原因。")])
        mark = ""
        if payment.state == "paid":
            makers = {maker_of(self.session, payment)}
            mark = countersigned(self.session, makers, second, "money.approve", "撤销付款")
        with self.session.change(f"撤销付款 {payment.label}{mark}", undoable=False) as change:
            if payment.state == "paid":
                Ledger(self.session).take_back(change, payment, reason)
            done: Payment = change.update(
                payment, state="cancelled", note=f"{payment.note or ''}撤销：{reason.strip()}"
            )
        return done

    @permitted("projects.read")
    def get(self, payment_id: int) -> Payment:
        return self.store.get(Payment, payment_id)

    @permitted("projects.read")
    def read(
        self, project: Project, typed: Mapping[str, Any]
    ) -> tuple[dict[str, Any], list[Fault]]:
        """Read a payment and say every fault that the project finds in it; writes nothing."""
        return self._read(read_file(self.store, project), typed)

    def _checked(self, file: ProjectFile, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Read a payment and refuse it with every fault at once."""
        values, faults = self._read(file, typed)
        if faults:
            raise InvalidInput(faults)
        return values

    def _read(
        self, file: ProjectFile, typed: Mapping[str, Any]
    ) -> tuple[dict[str, Any], list[Fault]]:
        given = {**typed, "project_id": file.project.id}
        if file.contract is not None:
            given.setdefault("payee", file.contract.firm)
            given.setdefault("payee_account", file.contract.account)
        values = read_values(Payment, {"state": "paid", **given})
        values.pop("state", None)
        return values, [*self._rule_faults(file, values), *self._paper_faults(file, values)]

    def _rule_faults(self, file: ProjectFile, values: Mapping[str, Any]) -> list[Fault]:
        amount = values["amount"]
        if amount <= 0:
            return [Fault("amount", "not_positive", "付款金额要大于零。")]
        after = file.money.with_payment(amount, returns_retention=values["kind"] == "retention")
        limits = limits_on(self.session, file.project.approved_on)
        return [
            Fault("amount", one.code, f"{one.rule}：{one.message}{_most(file.money, values)}")
            for one in findings(after, limits)
            if one.code in _PAYMENT_RULES and one.severity == "error"
        ]

    def _paper_faults(
        self, file: ProjectFile, values: Mapping[str, Any], own_id: int | None = None
    ) -> list[Fault]:
        faults = []
        day = values.get("day")
        if day is not None and day > self.session.today():
            faults.append(Fault("day", "future", f"{day} 还没有到，请核对付款日期。"))
        if day is not None and file.contract is not None and day < file.contract.signed_on:
            message = f"付款日期 {day} 早于合同签订日期 {file.contract.signed_on}，请核对。"
            faults.append(Fault("day", "day_order", message))
        due = file.settlement.retention_due if file.settlement is not None else None
        if values["kind"] == "retention" and (due is None or (day is not None and day < due)):
            message = f"质保期到 {due}，还没有到期，不能退还质保金。" if due else "还没有结算。"
            faults.append(Fault("day", "not_due", message))
        if values.get("handler") and values.get("handler") == values.get("approver"):
            faults.append(Fault("approver", "same_person", "经手人和审批人不能是同一个人。"))
        return [*faults, *self._invoice_faults(values, own_id)]

    def _invoice_faults(self, values: Mapping[str, Any], own_id: int | None) -> list[Fault]:
        """Refuse an invoice that any other payment of the village has already."""
        invoice = values.get("invoice")
        if not invoice:
            return []
        used = (
            self.store.select(Payment)
            .where(
                Payment.invoice == invoice,
                Payment.state != "cancelled",
                Payment.id != (own_id or 0),
            )
            .first()
        )
        if used is not None:
            message = f"票据号 {invoice} 已用在 {used.day} 的“{used.label}”上，一张票据只报一次。"
            return [Fault("invoice", "invoice_used", message)]
        return []

    def _book(
        self,
        change: Change,
        project: Project,
        payment: Payment,
        out_of: LedgerAccount | None,
    ) -> None:
        accounts = LedgerAccounts(self.session)
        rule = Rules(self.session).on("project_booking")
        purse = out_of or accounts.find(rule["purse"])
        Ledger(self.session).enter(
            change,
            accounts.find(rule["account"]),
            purse,
            {
                "day": payment.day,
                "summary": f"付{project.name}{payment.label}",
                "amount": payment.amount,
                "voucher": payment.voucher,
                "party": payment.payee,
                "method": "bank" if purse.code != "101" else "cash",
                "receipt": payment.invoice,
                "handler": payment.handler,
                "witness": payment.witness,
                "approver": payment.approver,
            },
            source=payment,
        )


def _most(money: ProjectMoney, values: Mapping[str, Any]) -> str:
    """Say what may still be paid, when it is anything."""
    left = (
        money.retention - money.returned if values["kind"] == "retention" else money.still_payable
    )
    return f"最多还能付 {show_money(left)} 元。" if money.contract is not None and left > 0 else ""


_PAYMENT_RULES = frozenset(
    {"funding", "no_contract", "over_contract", "over_settlement", "over_retention"}
)
