"""Taking back and correcting: the wrong line stays, a red one and the right one join it."""

from __future__ import annotations

from village_app.db.records.ledger import LedgerAccount, LedgerEntry
from village_app.domain.kinds import FieldDeclaration
from village_app.domain.money import show_money
from village_app.services.two_persons import Second
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.money.booking import FIELDS, LINES, REASON, MoneyBooking
from village_app.ui.pages.second_hand import second_fields

SIDES = ("debit", "credit")


class MoneyCorrecting(MoneyBooking):
    """Corrections of the chosen entry."""

    def correct(self) -> None:
        """Take the chosen entry back and book it right."""
        entry = self._entry()
        if entry is None:
            return

        def save(typed: Typed) -> None:
            changed = {name: typed[name] for name in FIELDS}
            for side in SIDES:
                changed[f"{side}_id"] = str(self._chosen(typed, side).id)
            ledger = self.desk.village.ledger
            ledger.correct(entry, typed["reason"], changed, second=Second.read(typed))
            self.desk.say(f"已更正 {entry.summary}", None)

        debit, credit = self._sides(entry)
        declared = [LedgerEntry.declaration(name) for name in FIELDS]
        dialog = FormDialog(
            f"更正“{entry.summary}”",
            [REASON, *self._side_fields(debit, credit), *declared, *self._second(entry)],
            save,
            self.window(),
            values={
                **{name: getattr(entry, name) for name in FIELDS},
                "debit": debit.code,
                "credit": credit.code,
            },
            words="冲销并重记",
            lines=(("reason",), SIDES, ("day", "amount"), *LINES[2:]),
        )
        self._show_dialog(dialog)

    def _sides(self, entry: LedgerEntry) -> tuple[LedgerAccount, LedgerAccount]:
        """Give the accounts of an entry: what it went into, what it came out of."""
        store = self.desk.village.store
        return store.get(LedgerAccount, entry.debit_id), store.get(LedgerAccount, entry.credit_id)

    def _side_fields(
        self, debit: LedgerAccount, credit: LedgerAccount
    ) -> tuple[FieldDeclaration, ...]:
        """Let purse and account be chosen anew, each among its own kind."""
        moved = debit.holds and credit.holds
        return tuple(
            FieldDeclaration(
                side,
                moved_word if moved else ("存放" if account.holds else "科目"),
                self._purses() if account.holds else self._accounts(),
                required=True,
            )
            for side, account, moved_word in (
                ("debit", debit, "转入"),
                ("credit", credit, "转出"),
            )
        )

    def reverse(self) -> None:
        """Take the chosen entry back by a red one."""
        entry = self._entry()
        if entry is None:
            return

        def save(typed: Typed) -> None:
            self.desk.village.ledger.reverse(entry, typed["reason"], second=Second.read(typed))
            self.desk.say(f"已冲销 {entry.summary}", None)

        dialog = FormDialog(
            f"冲销“{entry.summary}” {show_money(entry.amount)} 元",
            [REASON, *self._second(entry)],
            save,
            self.window(),
            words="冲销",
        )
        self._show_dialog(dialog)

    def _second(self, entry: LedgerEntry) -> tuple[FieldDeclaration, ...]:
        return second_fields(self.desk.village.two_persons, entry, "money.approve")

    def _entry(self) -> LedgerEntry | None:
        key = self.table.current_key()
        return None if key is None else self.desk.village.ledger.get(key)
