"""Payments of a project: taken down, asked for, signed, paid out, taken back."""

from __future__ import annotations

from typing import Any

from village_app.db.records.projects import Payment, PaymentPlan
from village_app.domain.kinds import TEXT, Choice, FieldDeclaration, Option
from village_app.domain.money import show_money
from village_app.services.two_persons import Second
from village_app.ui.kit.table import RecordTable
from village_app.ui.pages.attached_dialog import AttachedDialog
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.projects.desk import ProjectDesk
from village_app.ui.pages.projects.forms import titles_choice
from village_app.ui.pages.second_hand import second_fields

# What photos and scans of a payment's receipt are called among its attachments.
RECEIPT = "票据"
PAYMENT_FIELDS = (
    *("label", "kind", "amount", "day", "payee", "payee_kind", "payee_account", "invoice"),
    *("voucher", "handler", "witness", "approver", "note"),
)
PAYMENT_LINES = (
    ("label", "kind"),
    ("amount", "day"),
    ("payee",),
    ("payee_kind", "payee_account"),
    ("invoice", "voucher"),
    ("handler", "witness"),
    ("approver", "note"),
)


class ProjectPaying(ProjectDesk):
    """The payments on a project's page."""

    payments: RecordTable

    def pay(self) -> None:
        """Take down a payment and book it."""
        file = self.file
        assert file is not None
        values = {"payee_kind": "unit", "day": self.desk.village.session.today()}
        if file.contract is not None:
            values |= {"payee": file.contract.firm, "payee_account": file.contract.account}
        self._open("记一笔付款", Payment, PAYMENT_FIELDS, self._save_payment, values, PAYMENT_LINES)

    def _save_payment(self, typed: Typed) -> None:
        payment = self.desk.village.project_payments.pay(self._project(), typed)
        self.desk.say(
            f"已付 {payment.label} {show_money(payment.amount)} 元，已入账", self.desk.undo
        )

    def cancel_payment(self) -> None:
        """Take the chosen payment back, with a reason."""
        payment = self._chosen_payment()
        if payment is None:
            return

        def save(typed: Typed) -> None:
            self.desk.village.project_payments.cancel(
                payment, typed["reason"], second=Second.read(typed)
            )
            self.desk.say(f"已撤销 {payment.label}，账上已冲销", None)

        title = f"撤销 {payment.label} {show_money(payment.amount)} 元"
        reason = FieldDeclaration("reason", "原因", TEXT, required=True)
        second: tuple[FieldDeclaration, ...] = ()
        if payment.state == "paid":
            second = second_fields(self.desk.village.two_persons, payment, "money.approve")
        self._ask(title, [reason, *second], save, "撤销付款")

    def plan_payment(self) -> None:
        """Take down a payment that the contract foresees, with its due day."""
        fields = ("label", "kind", "amount", "progress", "due_on")
        self._take(
            "登记付款节点", PaymentPlan, fields, self.desk.village.project_works.plan_payment
        )

    def open_payment(self) -> None:
        """Open the receipt of the chosen payment; a planned one opens the form to pay it."""
        payment = self._chosen_payment()
        if payment is None:
            self._pay_as_planned()
            return
        people = "　".join(
            f"{label} {name}"
            for label, name in (
                ("票据号", payment.invoice),
                ("凭证号", payment.voucher),
                ("经手", payment.handler),
                ("证明", payment.witness),
                ("审批", payment.approver),
            )
            if name
        )
        self.attached = AttachedDialog(
            self.desk,
            payment,
            f"{payment.label} {show_money(payment.amount)} 元",
            self.window(),
            purpose=RECEIPT,
            facts=f"{payment.day or '还没有付'}　付给 {payment.payee}　{people}",
        )
        self.attached.open()

    def _pay_as_planned(self) -> None:
        key = self.payments.current_key()
        plan = self.file.plan if self.file is not None else ()
        chosen = next((one for one in plan if one.id == key), None)
        if chosen is None or self.file is None:
            return
        values: dict[str, Any] = {
            "payee_kind": "unit",
            "day": self.desk.village.session.today(),
            "label": chosen.label,
            "kind": chosen.kind,
            "amount": chosen.amount,
        }
        if self.file.contract is not None:
            values |= {
                "payee": self.file.contract.firm,
                "payee_account": self.file.contract.account,
            }
        self._open("记一笔付款", Payment, PAYMENT_FIELDS, self._save_payment, values, PAYMENT_LINES)

    def claim(self) -> None:
        """Take a line of the ledger over as a payment of this project."""
        claims = self.desk.village.project_claims
        found = {str(one.id): one for one in claims.candidates(self._project())}
        options = tuple(
            Option(key, f"{one.day} {one.summary} {show_money(one.amount)} 元")
            for key, one in found.items()
        )
        choice = FieldDeclaration("entry", "账上的一笔", Choice(options), required=True)
        declared = [choice, Payment.declaration("label"), Payment.declaration("kind")]

        def save(typed: Typed) -> None:
            entry = found[str(choice.kind.parse(typed["entry"]))]
            own = {"label": typed["label"], "kind": typed["kind"]}
            payment = claims.claim(self._project(), entry, own)
            self.desk.say(f"已归进来 {payment.label}，没有再记账", self.desk.undo)

        self._ask("账上的归到这个项目", declared, save, "归进来")

    def request_payment(self) -> None:
        """Ask for a payment; it waits for the signatures that its amount needs."""
        file = self.file
        assert file is not None
        values: dict[str, Any] = {"payee_kind": "unit"}
        if file.contract is not None:
            values |= {"payee": file.contract.firm, "payee_account": file.contract.account}
        fields = tuple(
            name for name in PAYMENT_FIELDS if name not in {"day", "voucher", "approver"}
        )

        def save(typed: Typed) -> None:
            payment = self.desk.village.project_payments.request(self._project(), typed)
            waiting = "、".join(one.word for one in self.desk.village.approvals.steps(payment))
            self.desk.say(f"已申请 {payment.label}，要{waiting}签", self.desk.undo)

        self._open("申请付款", Payment, fields, save, values)

    def go_on_with_payment(self) -> None:
        """Sign the chosen payment, or pay it out once it is approved."""
        payment = self._chosen_payment()
        if payment is None:
            return
        if payment.state == "approved":
            fields = ("day", "voucher", "invoice", "witness")

            def pay_out(typed: Typed) -> None:
                self.desk.village.project_payments.pay_out(payment, typed)
                self.desk.say(f"已付 {payment.label}，已入账", self.desk.undo)

            values = {"day": self.desk.village.session.today()}
            self._open(f"付出 {payment.label}", Payment, fields, pay_out, values)
            return
        if payment.state == "requested":
            self._sign(payment)
            return
        self.desk.say("这一笔不用审批。", None)

    def _sign(self, payment: Payment) -> None:
        waiting = [
            one.word for one in self.desk.village.approvals.steps(payment) if one.approval is None
        ]
        declared = [
            FieldDeclaration("agrees", "意见", titles_choice(["同意", "退回"]), required=True),
            FieldDeclaration("opinion", "说明", TEXT, hint="退回要写明原因"),
        ]

        def save(typed: Typed) -> None:
            agrees = typed["agrees"] == "同意"
            self.desk.village.approvals.sign(payment, agrees=agrees, opinion=typed["opinion"])
            self.desk.say(f"已{'签' if agrees else '退回'} {payment.label}", None)

        title = f"审批 {payment.label} {show_money(payment.amount)} 元（等{'、'.join(waiting)}签）"
        self._ask(title, declared, save, "签字")

    def _chosen_payment(self) -> Payment | None:
        key = self.payments.current_key()
        return next((one for one in self._file_payments() if one.id == key), None)

    def _file_payments(self) -> tuple[Payment, ...]:
        return self.file.payments if self.file is not None else ()
