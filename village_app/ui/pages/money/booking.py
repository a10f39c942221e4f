"""Booking: expense, income, transfer, and what lay in the purses when the book began."""

from __future__ import annotations

from datetime import date
from typing import Any

from village_app.db.records.ledger import LedgerEntry, LedgerOpening
from village_app.domain.kinds import TEXT, Choice, FieldDeclaration, Option
from village_app.domain.money import show_money
from village_app.domain.periods import Period, period_of
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk, Page
from village_app.ui.pages.form_dialog import FormDialog, Typed

FIELDS = (
    *("day", "summary", "amount", "party", "voucher", "method", "receipt"),
    *("handler", "witness", "approver", "note"),
)
LINES = (
    ("purse", "account"),
    ("day", "amount"),
    ("summary",),
    ("party",),
    ("voucher", "receipt"),
    ("method", "handler"),
    ("witness", "approver"),
    ("note",),
)
REASON = FieldDeclaration("reason", "原因", TEXT, required=True)


class MoneyBooking(Page):
    """What a page of the ledger books; the page itself is built over it."""

    table: RecordTable
    purses: RecordTable

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._period: Period = period_of("month", desk.village.session.today())
        self.dialog: FormDialog | None = None

    def spend(self) -> None:
        """Book an expense."""
        self._open("记支出", "account", self._book_expense)

    def receive(self) -> None:
        """Book an income."""
        self._open("记收入", "account", self._book_income)

    def transfer(self) -> None:
        """Book money moved between the village's own purses."""
        self._open("内部转款", "into", self._book_transfer)

    def open_purse(self) -> None:
        """Write down what lay in a purse when the book began."""
        declared = [LedgerOpening.declaration(name) for name in ("day", "amount", "note")]

        def save(typed: Typed) -> None:
            purse = self._chosen(typed, "purse")
            values = {one.name: typed[one.name] for one in declared}
            self.desk.village.accounts.open_with(purse, values)
            self.desk.say(f"已登记 {purse.name} 期初", self.desk.undo)

        choice = FieldDeclaration("purse", "存放", self._purses(), required=True)
        self._show_dialog(FormDialog("登记期初", [choice, *declared], save, self.window()))

    def correct_purse(self) -> None:
        """Change what lay in the chosen purse when the book began."""
        accounts = self.desk.village.accounts
        purses = accounts.purses()
        at = self.purses.current_key() or 0
        purse = purses[at] if at < len(purses) else purses[0]
        openings = accounts.openings_of(purse)
        if not openings:
            self.desk.say(f"{purse.name}还没有期初，请先登记。", None)
            return
        names = ("day", "amount", "note")

        def save(typed: Typed) -> None:
            accounts.correct_opening(openings[0], typed)
            self.desk.say(f"已改好 {purse.name} 期初", self.desk.undo)

        self._show_dialog(
            FormDialog(
                f"改 {purse.name} 的期初（现在 {show_money(openings[0].amount)} 元）",
                [LedgerOpening.declaration(name) for name in names],
                save,
                self.window(),
                values={name: getattr(openings[0], name) for name in names},
            )
        )

    def _open(self, title: str, other: str, save: Any) -> None:
        dialog = FormDialog(
            title,
            [
                FieldDeclaration("purse", "存放", self._purses(), required=True),
                FieldDeclaration(
                    other,
                    "转入" if other == "into" else "科目",
                    self._purses() if other == "into" else self._accounts(),
                    required=True,
                ),
                *(LedgerEntry.declaration(name) for name in FIELDS),
            ],
            save,
            self.window(),
            lines=(("purse", other), *LINES[1:]),
            doubts=self.desk.village.ledger_doubts.of,
        )
        dialog.form.set_values({"day": self._likely_day()})
        self._show_dialog(dialog)

    def _show_dialog(self, dialog: FormDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _book_expense(self, typed: Typed) -> None:
        purse, account = self._chosen(typed, "purse"), self._chosen(typed, "account")
        self.desk.village.ledger.spend(purse, account, _own(typed))
        self.desk.say(f"已记支出 {typed['summary']}", self.desk.undo)

    def _book_income(self, typed: Typed) -> None:
        purse, account = self._chosen(typed, "purse"), self._chosen(typed, "account")
        self.desk.village.ledger.receive(purse, account, _own(typed))
        self.desk.say(f"已记收入 {typed['summary']}", self.desk.undo)

    def _book_transfer(self, typed: Typed) -> None:
        out_of, into = self._chosen(typed, "purse"), self._chosen(typed, "into")
        self.desk.village.ledger.transfer(out_of, into, _own(typed))
        self.desk.say(f"已记转款 {typed['summary']}", self.desk.undo)

    def _chosen(self, typed: Typed, field: str) -> Any:
        return self.desk.village.accounts.find(typed[field])

    def _purses(self) -> Choice:
        return _choice(self.desk.village.accounts.purses())

    def _accounts(self) -> Choice:
        accounts = self.desk.village.accounts.listed()
        order = {"income": 0, "expense": 1}
        return _choice(
            sorted(
                (one for one in accounts if not one.holds),
                key=lambda one: (order.get(one.nature, 2), one.code),
            )
        )

    def _likely_day(self) -> date:
        today: date = self.desk.village.session.today()
        return min(today, self._period.last)


def _own(typed: Typed) -> dict[str, str]:
    """Leave what belongs to the entry itself."""
    return {name: typed[name] for name in FIELDS}


def _choice(accounts: Any) -> Choice:
    return Choice(tuple(Option(one.code, one.name) for one in accounts))
