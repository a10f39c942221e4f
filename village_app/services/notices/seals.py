"""用印登记: every use of a seal has the next number; none is skipped, none is taken away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from village_app.db.records.notices import Notice
from village_app.db.records.posting import SealUse
from village_app.domain.periods import period_of
from village_app.errors import Fault, InvalidInput
from village_app.papers.blocks import Paper
from village_app.papers.builders.notices import SealLine, build_seal_register
from village_app.services.checking import read_values
from village_app.services.numbers import Numbers
from village_app.services.paper_words import in_own_words
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings


class Seals(Service):
    """Keeps the register of seal uses."""

    @permitted("seals.edit")
    def use(self, typed: Mapping[str, Any], notice: Notice | None = None) -> SealUse:
        """Enter one use of a seal; the number comes with it and follows without a gap.

        Who asks does not approve (用印审批): the same name twice is refused, and a day after
        today.
        """
        values = read_values(SealUse, typed)
        faults = self._faults_of(values)
        if faults:
            raise InvalidInput(faults)
        with self.session.change(f"登记用印 {values['paper']}", undoable=False) as change:
            use: SealUse = change.insert(
                SealUse(**values, notice_id=notice.id if notice is not None else None)
            )
            number = Numbers(self.session).issue(change, "seal_use", values["day"].year, use)
            change.update(use, number=number)
        return use

    @permitted("notices.read")
    def of_month(self, year: int, month: int) -> list[SealUse]:
        """List a month's uses in the order of their numbers."""
        period = period_of("month", date(year, month, 1))
        query = self.store.select(SealUse).where(SealUse.day.between(period.first, period.last))
        return self.store.rows(query.order_by(SealUse.id))

    @permitted("notices.read")
    def of_notice(self, notice: Notice) -> list[SealUse]:
        """List the uses for one notice."""
        query = self.store.select(SealUse).where(SealUse.notice_id == notice.id)
        return self.store.rows(query.order_by(SealUse.id))

    @permitted("notices.read")
    def register(self, year: int, month: int) -> Paper:
        """Build 用印登记表 of a month."""
        issuer = Settings(self.session).read().committee_name()
        lines = [_line(use) for use in self.of_month(year, month)]
        return in_own_words(self.session, build_seal_register(f"{year}年{month}月", lines, issuer))

    def _faults_of(self, values: Mapping[str, Any]) -> list[Fault]:
        faults = []
        day: date = values["day"]
        if day > self.session.today():
            faults.append(Fault("day", "future", "用印日期不能在今天以后。"))
        if values["copies"] < 1:
            faults.append(Fault("copies", "too_few", "份数至少是 1 份。"))
        if values["asked_by"] == values["approved_by"]:
            faults.append(Fault("approved_by", "same_person", "申请人不能自己批准，请另一人批准。"))
        return faults


def _line(use: SealUse) -> SealLine:
    return SealLine(
        use.number,
        use.day,
        use.paper,
        use.copies,
        SealUse.declaration("seal").kind.show(use.seal),
        use.asked_by,
        use.approved_by,
        use.sealed_by,
        use.note or "",
    )
