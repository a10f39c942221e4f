"""What deserves a second look while money is booked: a double, an odd amount, an odd day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from statistics import median_low
from typing import Any

from village_app.db.records.ledger import LedgerEntry
from village_app.domain.kinds import Unreadable
from village_app.domain.money import show_money
from village_app.errors import Refused
from village_app.services.money.ledger_accounts import MONEY_BOOK, LedgerAccounts
from village_app.services.rules import Rule, Rules
from village_app.services.session import Service, permitted

# So many entries of an account show what is usual; older ones are not asked.
_LOOKED_AT = 200


class LedgerDoubts(Service):
    """Warns and never refuses; the thresholds are the rule `ledger_doubts`."""

    @permitted("money.read")
    def of(self, typed: Mapping[str, str]) -> dict[str, str]:
        """Give a sentence by field for what is doubtful about the typed texts of an entry.

        `typed` holds day, amount, party, and account (its number or name) where there is one.
        """
        rule = Rules(self.session).on("ledger_doubts")
        day, amount = _read("day", typed), _read("amount", typed)
        found = {"day": self._odd_day(day, rule), "amount": ""}
        if amount and day:
            party = (typed.get("party") or "").strip()
            found["amount"] = self._double(day, amount, party, rule) or self._odd_amount(
                day, amount, typed.get("account") or "", rule
            )
        return {name: sentence for name, sentence in found.items() if sentence}

    def _odd_day(self, day: date | None, rule: Rule) -> str:
        today = self.session.today()
        if day is None or today - timedelta(days=rule["old_days"]) <= day <= today:
            return ""
        if day > today:
            return f"{day.isoformat()} 还没有到，请核对年份和月份。"
        return f"{day.isoformat()} 是 {(today - day).days} 天以前，请核对年份和月份。"

    def _double(self, day: date, amount: int, party: str, rule: Rule) -> str:
        """Find the same amount to the same payee within days, or to nobody named on that day."""
        span = timedelta(days=rule["same_days"])
        query = self._standing().where(
            LedgerEntry.amount == amount, LedgerEntry.day.between(day - span, day + span)
        )
        for one in self.store.rows(query.order_by(LedgerEntry.day.desc(), LedgerEntry.id.desc())):
            same_party = bool(party) and one.party == party
            if same_party or (one.day == day and (not party or not one.party)):
                parts = (one.voucher, one.summary, one.party)
                what = "，".join(part for part in parts if part)
                return (
                    f"{one.day.isoformat()} 已经记过一笔 {show_money(amount)} 元：{what}。"
                    "不是同一笔就接着记。"
                )
        return ""

    def _odd_amount(self, day: date, amount: int, account: str, rule: Rule) -> str:
        """Compare with the middle amount of the account in the year before."""
        try:
            asked = LedgerAccounts(self.session).find(account)
        except Refused:
            return ""
        query = self._standing().where(
            (LedgerEntry.debit_id == asked.id) | (LedgerEntry.credit_id == asked.id),
            LedgerEntry.day.between(day - timedelta(days=rule["usual_days"]), day),
        )
        newest = query.order_by(LedgerEntry.day.desc(), LedgerEntry.id.desc()).limit(_LOOKED_AT)
        amounts = [one.amount for one in self.store.rows(newest)]
        if len(amounts) < rule["usual_fewest"]:
            return ""
        usual = median_low(amounts)
        if amount < usual * rule["usual_times"]:
            return ""
        return (
            f"比“{asked.name}”平常的大得多：近一年一半的账不超过 {show_money(usual)} 元。"
            "请看看小数点。"
        )

    def _standing(self) -> Any:
        """Ask for the entries that are neither taken back nor take one back."""
        taken_back = self.store.select(LedgerEntry, LedgerEntry.reverses_id).where(
            LedgerEntry.reverses_id.is_null(False)
        )
        return self.store.select(LedgerEntry).where(
            LedgerEntry.book == MONEY_BOOK,
            LedgerEntry.reverses_id.is_null(),
            LedgerEntry.id.not_in(taken_back),
        )


def _read(name: str, typed: Mapping[str, str]) -> Any:
    """Read a field; what cannot be read is no doubt, the form says the fault itself."""
    try:
        return LedgerEntry.declaration(name).kind.parse(typed.get(name))
    except Unreadable:
        return None
