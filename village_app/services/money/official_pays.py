"""干部报酬: what those who hold office got, month by month; disclosed by period and person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from village_app.db.records.funds import OfficialPay
from village_app.domain.periods import Period
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class PaySum:
    """What one person got in a period, in 分."""

    name: str
    post: str
    months: int
    basic: int
    merit: int
    allowance: int
    deduction: int

    @property
    def total(self) -> int:
        return self.basic + self.merit + self.allowance - self.deduction


class OfficialPays(Service):
    """The pay of officials."""

    @permitted("money.edit")
    def enter(self, typed: Mapping[str, Any]) -> OfficialPay:
        """Enter a month's pay; refuses a second one of the same person, post and month."""
        values = read_values(OfficialPay, typed)
        faults = [
            Fault(name, "negative", f"{OfficialPay.declaration(name).label}不能是负数。")
            for name in ("basic", "merit", "allowance", "deduction")
            if (values.get(name) or 0) < 0
        ]
        if self._of(values["name"], values["post"], values["month"]) is not None:
            message = f"{values['name']} {values['month']} 的报酬已经登记过了。"
            faults.append(Fault("month", "taken", message))
        if faults:
            raise InvalidInput(faults)
        with self.session.change(f"登记报酬 {values['name']} {values['month']}") as change:
            pay: OfficialPay = change.insert(OfficialPay(**values))
        return pay

    @permitted("money.edit")
    def correct(self, pay: OfficialPay, typed: Mapping[str, Any]) -> OfficialPay:
        values = read_values(OfficialPay, typed, partly=True)
        with self.session.change(f"修改报酬 {pay.name} {pay.month}") as change:
            corrected: OfficialPay = change.update(pay, **values)
        return corrected

    @permitted("money.edit")
    def remove(self, pay: OfficialPay) -> None:
        with self.session.change(f"删除报酬 {pay.name} {pay.month}") as change:
            change.delete(pay)

    @permitted("money.edit")
    def repeat(self, month: str) -> int:
        """Enter a month as the last one before it; returns how many people. Deductions are not."""
        before = self.store.scalar("SELECT max(month) FROM official_pay WHERE month < ?", (month,))
        if before is None:
            raise Refused("nothing_before", "前面还没有登记过报酬，请先登记一个月。")
        rows = [
            {
                "name": one.name,
                "post": one.post,
                "month": month,
                "basic": one.basic,
                "merit": one.merit,
                "allowance": one.allowance,
            }
            for one in self._month(before)
            if self._of(one.name, one.post, month) is None
        ]
        if not rows:
            raise Refused("entered_already", f"{month} 的报酬已经登记过了。")
        with self.session.change(f"照 {before} 登记 {month} 报酬") as change:
            change.insert_rows(OfficialPay, rows)
        return len(rows)

    @permitted("money.read")
    def get(self, pay_id: int) -> OfficialPay:
        return self.store.get(OfficialPay, pay_id)

    @permitted("money.read")
    def listed(self, year: int) -> list[OfficialPay]:
        """List a year's pay, newest month first."""
        query = self.store.select(OfficialPay).where(OfficialPay.month.startswith(f"{year:04d}-"))
        return self.store.rows(query.order_by(OfficialPay.month.desc(), OfficialPay.id))

    @permitted("money.read")
    def of_period(self, period: Period) -> list[PaySum]:
        """Add a period up by person and post, in the order in which they were entered."""
        first = f"{period.first:%Y-%m}"
        last = f"{period.last:%Y-%m}"
        rows = self.store.sql(
            "SELECT name, post, count(DISTINCT month), sum(basic), sum(coalesce(merit, 0)), "
            "sum(coalesce(allowance, 0)), sum(coalesce(deduction, 0)) FROM official_pay "
            "WHERE month BETWEEN ? AND ? GROUP BY name, post ORDER BY min(id)",
            (first, last),
        )
        return [PaySum(*row) for row in rows]

    def _month(self, month: str) -> list[OfficialPay]:
        query = self.store.select(OfficialPay).where(OfficialPay.month == month)
        return self.store.rows(query.order_by(OfficialPay.id))

    def _of(self, name: str, post: str, month: str) -> OfficialPay | None:
        found: OfficialPay | None = (
            self.store.select(OfficialPay)
            .where(OfficialPay.name == name, OfficialPay.post == post, OfficialPay.month == month)
            .first()
        )
        return found
