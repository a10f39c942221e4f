"""The ledger: entries are booked, taken back by red entries, added up; nothing is ever edited.

One engine for every book of the village; the money book follows the accounts of
《农村集体经济组织会计制度》（财会〔2023〕14号). Who books for a subject of his own names the source
record, so that every line is booked once and can be followed back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_app.db.fields import Record, table_of
from village_app.db.journal import Change
from village_app.db.records.ledger import LedgerAccount, LedgerEntry, LedgerMonth
from village_app.domain.money import show_money
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.money.ledger_accounts import MONEY_BOOK, LedgerAccounts
from village_app.services.money.ledger_reading import LedgerReading
from village_app.services.session import permitted
from village_app.services.two_persons import Second, countersigned, maker_of, refuse_maker


@dataclass(frozen=True, slots=True)
class Corrected:
    """A mistake put right: the entry that takes it back, and the right one if there is one."""

    reversal: LedgerEntry
    replacement: LedgerEntry | None


class Ledger(LedgerReading):
    """Books, takes back and adds up the entries of a book."""

    @permitted("money.edit")
    def receive(
        self, into: LedgerAccount, account: LedgerAccount, typed: Mapping[str, Any]
    ) -> LedgerEntry:
        """Book money that came into `into` (cash, bank) for `account` (income, a debt)."""
        with self.session.change(f"记收入 {typed.get('summary') or ''}") as change:
            return self.enter(change, into, account, _read(typed))

    @permitted("money.edit")
    def spend(
        self, out_of: LedgerAccount, account: LedgerAccount, typed: Mapping[str, Any]
    ) -> LedgerEntry:
        """Book money that left `out_of` (cash, bank) for `account` (expense, a debt)."""
        read = _read(typed)
        self._refuse_own_approval(read)
        with self.session.change(f"记支出 {read['summary'] or ''}") as change:
            return self.enter(change, account, out_of, read)

    @permitted("money.edit")
    def transfer(
        self, out_of: LedgerAccount, into: LedgerAccount, typed: Mapping[str, Any]
    ) -> LedgerEntry:
        """Book money moved between the village's own purses: neither income nor expense."""
        if not (out_of.holds and into.holds):
            raise Refused("no_purse", "内部转款只在现金和银行账户之间进行，请改选科目。")
        with self.session.change(f"内部转款 {typed.get('summary') or ''}") as change:
            return self.enter(change, into, out_of, _read(typed))

    @permitted("money.edit")
    def enter(
        self,
        change: Change,
        debit: LedgerAccount,
        credit: LedgerAccount,
        read: Mapping[str, Any],
        *,
        source: Record | None = None,
    ) -> LedgerEntry:
        """Book one entry within an open change; `source` is the record it stands for.

        `read` holds values as they are kept (amount in 分, day a date), never what was typed.
        Refuses all faults at once: an amount that is not above nought, a day to come or before
        the book began, two equal accounts; then a closed month, and a source booked already.
        """
        values = {**read, "book": debit.book, "debit_id": debit.id, "credit_id": credit.id}
        faults = self._faults(values, debit, credit)
        if faults:
            raise InvalidInput(faults)
        self._refuse_closed(debit.book, values["day"])
        if source is not None:
            self._refuse_booked(source)
            values["source_table"], values["source_id"] = table_of(type(source)), source.id
        entry: LedgerEntry = change.insert(LedgerEntry(**{**values, **self._stamp()}))
        return entry

    @permitted("money.reverse")
    def reverse(
        self,
        entry: LedgerEntry,
        reason: str,
        *,
        day: date | None = None,
        second: Second | None = None,
    ) -> LedgerEntry:
        """Take an entry back by a red one of the negative amount, in its month or a later day.

        Refuses an entry that stands for another record: that record takes it back; and one's own
        entry without a second person's hand.
        """
        self._refuse_sourced(entry)
        mark = self._two(entry, second, "冲销")
        with self.session.change(f"冲销 {entry.summary}{mark}", undoable=False) as change:
            return self._red(change, entry, reason, day or entry.day)

    @permitted("money.reverse")
    def correct(
        self,
        entry: LedgerEntry,
        reason: str,
        typed: Mapping[str, Any],
        *,
        day: date | None = None,
        second: Second | None = None,
    ) -> Corrected:
        """Take an entry back and book the right one beside it; all three stay in the ledger.

        `typed` holds only what is different; `debit_id` and `credit_id` may be among it. One's
        own entry takes a second person's hand.
        """
        self._refuse_sourced(entry)
        kept = {
            name: value
            for name, value in entry.values().items()
            if name not in {"book", "reverses_id", "reason", "origin"}
        }
        read = read_values(LedgerEntry, typed, partly=True)
        values = {**kept, "day": day or entry.day, **read}
        mark = self._two(entry, second, "更正")
        with self.session.change(f"更正 {entry.summary}{mark}", undoable=False) as change:
            red = self._red(change, entry, reason, day or entry.day)
            debit = self.store.get(LedgerAccount, values["debit_id"])
            credit = self.store.get(LedgerAccount, values["credit_id"])
            right = self.enter(change, debit, credit, values)
        return Corrected(red, right)

    @permitted("money.edit")
    def take_back(self, change: Change, source: Record, reason: str) -> LedgerEntry | None:
        """Take a source record's entry back within an open change; None when it has none."""
        entry = self.entry_of(source)
        return None if entry is None else self._red(change, entry, reason, entry.day)

    @permitted("money.edit")
    def close_month(self, month: str, *, book: str = MONEY_BOOK) -> LedgerMonth:
        """Close a month (2026-03): nothing is booked into it from now on."""
        if self._closed(book, month) is not None:
            raise Refused("closed_already", f"{_month_words(month)}已经结账了。")
        with self.session.change(f"结账 {_month_words(month)}", undoable=False) as change:
            closed: LedgerMonth = change.insert(
                LedgerMonth(
                    month=month,
                    book=book,
                    closed_by=self.session.user.full_name,
                    closed_at=self.session.now(),
                )
            )
        return closed

    @permitted("money.approve")
    def reopen_month(self, month: str, reason: str, *, book: str = MONEY_BOOK) -> None:
        """Open a closed month again, not by who closed it; the reason is taken down."""
        closed = self._closed(book, month)
        if closed is None:
            raise Refused("not_closed", f"{_month_words(month)}没有结账。")
        if not reason.strip():
            raise InvalidInput([Fault("reason", "required", "反结账要写明原因。")])
        mark = refuse_maker(self.session, {closed.closed_by}, "money.approve", "反结账")
        label = f"反结账 {_month_words(month)}（{reason.strip()}）{mark}"
        with self.session.change(label, undoable=False) as change:
            change.delete(closed)

    def _two(self, entry: LedgerEntry, second: Second | None, what: str) -> str:
        makers = {maker_of(self.session, entry)}
        return countersigned(self.session, makers, second, "money.approve", what)

    def _refuse_own_approval(self, read: Mapping[str, Any]) -> None:
        """Refuse who books, or who handled it, as the one who approved the money."""
        approver = read.get("approver")
        if approver and approver in {read.get("handler"), self.session.user.full_name}:
            message = "审批人不能是经手人，也不能是记账的人自己。"
            raise InvalidInput([Fault("approver", "same_person", message)])

    def _red(self, change: Change, entry: LedgerEntry, reason: str, day: date) -> LedgerEntry:
        if not reason.strip():
            raise InvalidInput([Fault("reason", "required", "冲销要写明原因。")])
        if entry.reverses_id is not None:
            raise Refused("is_reversal", "这一笔本身是冲销，不能再冲。请重新记一笔。")
        taken = self.store.select(LedgerEntry).where(LedgerEntry.reverses_id == entry.id).first()
        if taken is not None:
            raise Refused("reversed", f"“{entry.summary}”已经冲销过了。")
        self._refuse_closed(entry.book, day)
        values = {
            **entry.values(),
            **self._stamp(),
            "summary": f"冲销：{entry.summary}",
            "amount": -entry.amount,
            "day": day,
            "reverses_id": entry.id,
            "reason": reason.strip(),
            "origin": None,
        }
        red: LedgerEntry = change.insert(LedgerEntry(**values))
        return red

    @staticmethod
    def _refuse_sourced(entry: LedgerEntry) -> None:
        if entry.source_table is not None:
            raise Refused(
                "has_source",
                f"“{entry.summary}”是从别处记进来的（如项目付款），请到那里撤销或更正。",
            )

    def _faults(
        self, values: Mapping[str, Any], debit: LedgerAccount, credit: LedgerAccount
    ) -> list[Fault]:
        faults = []
        if values["amount"] <= 0:
            shown = show_money(values["amount"])
            faults.append(Fault("amount", "not_positive", f"金额是 {shown}，要大于零。"))
        if values["day"] > self.session.today():
            faults.append(Fault("day", "future", f"{values['day']} 还没有到，请核对日期。"))
        begun = LedgerAccounts(self.session).begins_on(debit.book)
        if begun is not None and values["day"] < begun:
            message = f"账从 {begun} 建起，{values['day']} 在它前面，请核对日期。"
            faults.append(Fault("day", "before_book", message))
        if debit.id == credit.id:
            faults.append(Fault("credit_id", "same_account", "两边是同一个科目，请改选一个。"))
        if debit.book != credit.book:
            faults.append(Fault("credit_id", "other_book", "两个科目不在同一本账里。"))
        return faults

    def _refuse_closed(self, book: str, day: date) -> None:
        month = f"{day.year:04d}-{day.month:02d}"
        if self._closed(book, month) is not None:
            raise Refused(
                "month_closed",
                f"{_month_words(month)}已经结账，没有记进去。请记在后面的月份，或者先反结账。",
            )

    def _refuse_booked(self, source: Record) -> None:
        booked = self.entry_of(source)
        if booked is not None:
            raise Refused(
                "booked_already", f"{source.describe()}已在 {booked.day} 入账，不再记第二次。"
            )

    def _stamp(self) -> dict[str, Any]:
        return {"booked_by": self.session.user.full_name, "booked_at": self.session.now()}


def _read(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Read what was typed of an entry; its book and accounts are chosen, not typed."""
    chosen = {"book": MONEY_BOOK, "debit_id": "1", "credit_id": "1"}
    values = read_values(LedgerEntry, {**typed, **chosen})
    return {name: value for name, value in values.items() if name not in chosen}


def _month_words(month: str) -> str:
    return f"{int(month[:4])} 年 {int(month[5:])} 月"
