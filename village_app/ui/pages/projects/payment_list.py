"""付款: what was paid, asked for, signed, and what the contract still plans, with its due day."""

from __future__ import annotations

from datetime import date, timedelta

from village_app.db.records.projects import Payment, PaymentPlan
from village_app.domain.kinds import DAY, MONEY, TEXT
from village_app.domain.money import share_of, show_money, show_share
from village_app.services.projects.files import ProjectFile
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.lights import Light, LightKind, LightLabel
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text

PAYMENT_COLUMNS = (
    ColumnSpec("day", "日期", DAY, width=100),
    ColumnSpec("label", "款项", TEXT, width=96),
    ColumnSpec("payee", "收款方", TEXT, width=106, stretch=True),
    ColumnSpec("receipt", "票据号", TEXT, width=76, narrow=False),
    ColumnSpec("amount", "金额（元）", MONEY, width=102),
    ColumnSpec("state", "状态", TEXT, width=104),
)
# Days before a planned payment's due day from which it is shown as near.
_NEAR = timedelta(days=30)
_LIGHTS: dict[str, LightKind] = {
    "requested": "today",
    "approved": "soon",
    "paid": "done",
    "cancelled": "same",
}


class PaymentList(Sheet):
    """The payments of a project and its plan in one list."""

    def __init__(self) -> None:
        super().__init__("付款", flush=True)
        self.paid_note = LightLabel(Light("done"), role="small")
        self.head.insertWidget(2, self.paid_note)
        self.table = RecordTable(ShortList(PAYMENT_COLUMNS), name="payments", measure="笔")
        self.table.show_rows(4)
        self.add(self.table, 1)
        self.plan_note = Text("", "small", "ink2", wrap=True)
        self.plan_note.setContentsMargins(15, 4, 15, 8)
        self.add(self.plan_note)

    def show_file(self, file: ProjectFile, today: date) -> None:
        """Show a project's payments and what is planned beside them."""
        due, paid = file.money.owed_in_all, file.money_paid.paid + file.money_paid.returned
        share = show_share(share_of(paid, due)) if due else ""
        self.paid_note.set_light(Light("done", f"已付 {share}"))
        self.paid_note.setVisible(bool(share))
        rows = [_payment_row(one) for one in file.payments]
        rows += [_plan_row(one, today) for one in open_plan(file)]
        self.table.refresh(ShortList(PAYMENT_COLUMNS, rows))
        self.plan_note.setText(_plan_words(file, today))
        self.plan_note.setVisible(bool(file.plan))


def open_plan(file: ProjectFile) -> list[PaymentPlan]:
    """Give what is planned and has no payment of its name yet, by due day."""
    met = {one.label for one in file.payments if one.state != "cancelled"}
    waiting = [one for one in file.plan if one.label not in met]
    return sorted(waiting, key=lambda one: one.due_on or date.max)


def _plan_words(file: ProjectFile, today: date) -> str:
    planned = sum(one.amount for one in file.plan)
    due = sum(one.amount for one in file.plan if one.due_on and one.due_on <= today)
    met = {one.label for one in file.paid}
    paid = sum(one.amount for one in file.plan if one.label in met)
    return (
        f"付款计划 {show_money(planned)} 元，到期 {show_money(due)} 元，"
        f"照计划已付 {show_money(paid)} 元"
    )


def _payment_row(one: Payment) -> ListRow:
    word = Payment.declaration("state").kind.show(one.state)
    return ListRow(
        one.id,
        {
            "day": one.day,
            "label": one.label,
            "payee": one.payee,
            "receipt": one.invoice or one.voucher,
            "amount": one.amount,
            "state": Light(_LIGHTS[one.state], word),
        },
        muted=one.state == "cancelled",
    )


def _plan_row(one: PaymentPlan, today: date) -> ListRow:
    if one.due_on is not None and one.due_on <= today:
        state = Light("over", "到期未付")
    elif one.due_on is not None and one.due_on <= today + _NEAR:
        state = Light("soon", "快到期")
    else:
        state = Light("ok", "未到期")
    cells = {"day": one.due_on, "label": one.label, "amount": one.amount, "state": state}
    return ListRow(one.id, cells, muted=state.kind == "ok")
