"""Public numbers: one series a kind and year, no gap, no repeat, void ones stay visible."""

from __future__ import annotations

from village_app.db.fields import Record, table_of
from village_app.db.journal import Change
from village_app.db.records.house import IssuedNumber
from village_app.domain.numbering import write_number
from village_app.errors import Refused
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings


class Numbers(Service):
    """Gives out numbers inside the change that uses them, so that none is lost or used twice."""

    @permitted("settings.read")
    def issue(self, change: Change, series: str, year: int, used_for: Record | None = None) -> str:
        """Give the next number of a series and write down what it stands for.

        Without `used_for` the number is reserved (a blank form that will come back).
        """
        serial = self._next_serial(series, year)
        text = self._text(series, year, serial)
        change.insert(
            IssuedNumber(
                text=text,
                series=series,
                year=year,
                serial=serial,
                state="used" if used_for is not None else "reserved",
                table_name=table_of(type(used_for)) if used_for is not None else None,
                record_id=used_for.id if used_for is not None else None,
            )
        )
        return text

    @permitted("settings.read")
    def preview(self, series: str, year: int) -> str:
        """Give the number that comes next, without taking it."""
        return self._text(series, year, self._next_serial(series, year))

    @permitted("notices.edit")
    def void(self, text: str, reason: str) -> None:
        """Mark a number as void; it stays in the list with the reason."""
        if not reason.strip():
            raise Refused("reason_needed", "作废编号要写明原因。")
        number = self._find(text)
        with self.session.change(f"作废编号 {text}", undoable=False) as change:
            change.update(number, state="void", reason=reason.strip())

    @permitted("settings.read")
    def bind(self, change: Change, text: str, used_for: Record) -> None:
        """Use a reserved number for the record that came back on paper."""
        number = self._find(text)
        if number.state != "reserved":
            raise Refused("number_taken", f"{text}已经用过或作废了。")
        change.update(
            number, state="used", table_name=table_of(type(used_for)), record_id=used_for.id
        )

    @permitted("settings.read")
    def listed(self, series: str, year: int, *, state: str | None = None) -> list[IssuedNumber]:
        """List a year's numbers of a series in order."""
        query = self.store.select(IssuedNumber).where(
            IssuedNumber.series == series, IssuedNumber.year == year
        )
        if state is not None:
            query = query.where(IssuedNumber.state == state)
        return self.store.rows(query.order_by(IssuedNumber.serial))

    def _next_serial(self, series: str, year: int) -> int:
        last = self.store.scalar(
            "SELECT max(serial) FROM issued_number WHERE series = ? AND year = ?", (series, year)
        )
        return int(last or 0) + 1

    def _text(self, series: str, year: int, serial: int) -> str:
        return write_number(Settings(self.session).read().pattern(series), serial, year)

    def _find(self, text: str) -> IssuedNumber:
        number: IssuedNumber | None = (
            self.store.select(IssuedNumber).where(IssuedNumber.text == text).first()
        )
        if number is None:
            raise Refused("no_number", f"没有发过编号 {text}。")
        return number
