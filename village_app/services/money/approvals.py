"""Approval of payments by amount: so many signatures as the rule asks, never one's own."""

from __future__ import annotations

from dataclasses import dataclass

from village_app.db.fields import table_of
from village_app.db.records.money import Approval
from village_app.db.records.projects import Payment
from village_app.domain.permissions import ROLE_LABELS, Role
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted
from village_app.services.two_persons import refuse_always


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """One signature that a payment needs: the role, its word, who gave it."""

    role: Role
    word: str
    approval: Approval | None = None


class Approvals(Service):
    """The signatures under payments."""

    @permitted("projects.read")
    def steps(self, payment: Payment) -> tuple[ApprovalStep, ...]:
        """Give the signatures that a payment of this amount needs, in their order."""
        rule = Rules(self.session).on("payment_approval", payment.day)
        wanted = next(
            one["steps"]
            for one in rule["ranges"]
            if one["up_to"] is None or payment.amount <= one["up_to"]
        )
        given = {one.step: one for one in self.given(payment)}
        return tuple(ApprovalStep(role, ROLE_LABELS[role], given.get(role)) for role in wanted)

    @permitted("projects.read")
    def given(self, payment: Payment) -> list[Approval]:
        """List the signatures so far."""
        query = self.store.select(Approval).where(
            Approval.about_table == table_of(Payment), Approval.about_id == payment.id
        )
        return self.store.rows(query.order_by(Approval.id))

    @permitted("projects.read")
    def sign(self, payment: Payment, *, agrees: bool = True, opinion: str = "") -> Payment:
        """Sign the next step, or send the payment back with a reason.

        Refused for who asked for it or handled it, for another role than the step's, for who
        signed an earlier step, and when nothing waits.
        """
        if payment.state != "requested":
            raise Refused("nothing_waits", f"“{payment.label}”现在不用审批。")
        if not agrees and not opinion.strip():
            raise InvalidInput([Fault("opinion", "required", "不同意要写明原因。")])
        waiting = [one for one in self.steps(payment) if one.approval is None]
        step = waiting[0]
        self._refuse_signer(payment, step)
        with self.session.change(
            f"{'批准' if agrees else '退回'}付款 {payment.label}", undoable=False
        ) as change:
            change.insert(
                Approval(
                    step=step.role,
                    about_table=table_of(Payment),
                    about_id=payment.id,
                    user=self.session.user.name,
                    full_name=self.session.user.full_name,
                    at=self.session.now(),
                    agrees=agrees,
                    opinion=opinion.strip() or None,
                )
            )
            if not agrees:
                change.update(payment, state="cancelled", note=f"退回：{opinion.strip()}")
            elif len(waiting) == 1:
                change.update(payment, state="approved", approver=self.session.user.full_name)
        return payment

    def _refuse_signer(self, payment: Payment, step: ApprovalStep) -> None:
        user = self.session.user
        if step.role not in user.role.split("+"):
            raise Refused("other_role", f"这一步要{step.word}签，您不是{step.word}。")
        refuse_always(
            self.session, {payment.requested_by, payment.handler}, "money.approve", "审批付款"
        )
        if any(one.user == user.name for one in self.given(payment)):
            raise Refused("signed_already", "您已经签过前面一步，这一步要换一位来签。")
