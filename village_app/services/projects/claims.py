"""Money that is booked already and belongs to a project: taken over as a payment, never twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from village_app.db.fields import table_of
from village_app.db.journal import Change
from village_app.db.records.ledger import LedgerEntry
from village_app.db.records.projects import Payment, Project
from village_app.domain.money import show_money
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.money.ledger_accounts import LedgerAccounts
from village_app.services.projects.files import read_file
from village_app.services.projects.payments import ProjectPayments
from village_app.services.session import Service, permitted

# What the words of a line say about the kind of payment, in the order in which they are tried.
_KINDS = (
    ("质保", "retention"),
    ("预付", "advance"),
    ("验收", "acceptance"),
    ("结算", "final"),
    ("尾款", "final"),
)


class ProjectClaims(Service):
    """Takes lines of the ledger over into projects."""

    @permitted("projects.read")
    def candidates(self, project: Project) -> list[LedgerEntry]:
        """List what was paid to the project's firm since the contract and belongs to nothing."""
        contract = read_file(self.store, project).contract
        if contract is None:
            return []
        purses = [one.id for one in LedgerAccounts(self.session).purses()]
        taken_back = self.store.select(LedgerEntry, LedgerEntry.reverses_id).where(
            LedgerEntry.reverses_id.is_null(False)
        )
        query = self.store.select(LedgerEntry).where(
            LedgerEntry.party == contract.firm,
            LedgerEntry.credit_id.in_(purses),
            LedgerEntry.debit_id.not_in(purses),
            LedgerEntry.source_table.is_null(),
            LedgerEntry.reverses_id.is_null(),
            LedgerEntry.id.not_in(taken_back),
            LedgerEntry.day >= contract.signed_on,
        )
        return self.store.rows(query.order_by(LedgerEntry.day, LedgerEntry.id))

    @permitted("money.edit")
    def claim(
        self, project: Project, entry: LedgerEntry, typed: Mapping[str, Any] | None = None
    ) -> Payment:
        """Take an entry over as a payment of a project; refused like any payment of it."""
        faults = self.faults(project, entry, typed)
        if faults:
            raise InvalidInput(faults)
        with self.session.change(f"归到项目 {project.name} {entry.summary}") as change:
            return self.enter(change, project, entry, typed)

    @permitted("money.edit")
    def enter(
        self,
        change: Change,
        project: Project,
        entry: LedgerEntry,
        typed: Mapping[str, Any] | None = None,
    ) -> Payment:
        """Take an entry over within an open change; the entry itself keeps its figures."""
        if entry.source_table is not None:
            raise Refused("has_source", f"“{entry.summary}”已经归在别处了，不能再归一次。")
        values = ProjectPayments(self.session).read(project, _payment(entry, typed))[0]
        payment: Payment = change.insert(
            Payment(**values, state="paid", requested_by=self.session.user.name)
        )
        change.update(entry, source_table=table_of(Payment), source_id=payment.id)
        return payment

    @permitted("projects.read")
    def faults(
        self, project: Project, entry: LedgerEntry, typed: Mapping[str, Any] | None = None
    ) -> list[Fault]:
        """Say why a project would refuse an entry as its payment; empty when it takes it."""
        return ProjectPayments(self.session).read(project, _payment(entry, typed))[1]


def kind_of(entry: LedgerEntry) -> str:
    """Guess the kind of payment from the words of a line."""
    return next((kind for word, kind in _KINDS if word in entry.summary), "progress")


def _payment(entry: LedgerEntry, typed: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "label": entry.summary,
        "kind": kind_of(entry),
        "amount": show_money(entry.amount),
        "day": entry.day,
        "payee": entry.party,
        "voucher": entry.voucher,
        "invoice": entry.receipt,
        "handler": entry.handler,
        "witness": entry.witness,
        "approver": entry.approver,
        **(typed or {}),
    }
