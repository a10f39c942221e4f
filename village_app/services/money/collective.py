"""三资: assets, resources and their leases; which rent is due and which lease ends soon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from village_app.db.fields import table_of
from village_app.db.records.ledger import LedgerAccount, LedgerEntry
from village_app.db.records.money import Asset, Lease
from village_app.domain.calendar import add_months
from village_app.domain.money import divide_half_up
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.money.ledger import Ledger
from village_app.services.money.ledger_accounts import LedgerAccounts
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted
from village_app.services.two_persons import Second, countersigned, maker_of


@dataclass(frozen=True, slots=True)
class LeaseState:
    """A lease on a day: what fell due so far, what came in, what is due this month."""

    lease: Lease
    asset: Asset
    fallen_due: int
    received: int
    due_this_month: int
    due_this_year: int
    received_this_year: int
    ends_soon: bool
    is_over: bool

    @property
    def owed(self) -> int:
        """Rent that fell due and did not come in; negative when paid ahead."""
        return self.fallen_due - self.received

    @property
    def is_behind(self) -> bool:
        """Whether rent of before this month is still open."""
        return self.owed > self.due_this_month


class Collective(Service):
    """The register of what the collective owns."""

    @permitted("money.edit")
    def add_asset(self, typed: Mapping[str, Any]) -> Asset:
        """Enter an asset or a resource."""
        values = {"is_active": True, **read_values(Asset, typed)}
        with self.session.change(f"登记资产资源 {values['name']}") as change:
            asset: Asset = change.insert(Asset(**values))
        return asset

    @permitted("money.edit")
    def correct_asset(self, asset: Asset, typed: Mapping[str, Any]) -> Asset:
        """Change what the register says of an asset."""
        values = read_values(Asset, typed, partly=True)
        with self.session.change(f"修改资产资源 {asset.name}") as change:
            corrected: Asset = change.update(asset, **values)
        return corrected

    @permitted("money.edit")
    def retire(self, asset: Asset, reason: str, *, second: Second | None = None) -> Asset:
        """Strike an asset off (sold, torn down); refused while it is let, or without a reason.

        Who entered it does not strike it off alone.
        """
        if not reason.strip():
            raise InvalidInput([Fault("reason", "required", "销账要写明原因。")])
        today = self.session.today()
        for lease in self._leases(asset):
            if _end(lease) >= today:
                message = f"{asset.name}还租给{lease.tenant}（到 {_end(lease)}），租约到期再销账。"
                raise Refused("let", message)
        makers = {maker_of(self.session, asset)}
        mark = countersigned(self.session, makers, second, "money.approve", "资产销账")
        with self.session.change(f"资产销账 {asset.name}{mark}") as change:
            gone: Asset = change.update(
                asset, is_active=False, note=f"{asset.note or ''}{today} 销账：{reason.strip()}"
            )
        return gone

    @permitted("money.read")
    def assets(self) -> list[Asset]:
        """List what the collective owns, by name."""
        query = self.store.select(Asset).where(Asset.is_active == 1)
        return self.store.rows(query.order_by(Asset.name, Asset.id))

    @permitted("money.edit")
    def let(self, asset: Asset, typed: Mapping[str, Any]) -> Lease:
        """Enter a lease; refuses an end before the start, overlapping leases, no rent."""
        values = read_values(Lease, {**typed, "asset_id": asset.id})
        faults = []
        if values["ends_on"] <= values["starts_on"]:
            faults.append(Fault("ends_on", "day_order", "到期日期要在起租日期以后。"))
        if values["yearly_rent"] <= 0:
            faults.append(Fault("yearly_rent", "not_positive", "年租金要大于零。"))
        if not 1 <= values["months"] <= 12:
            faults.append(Fault("months", "no_months", "几个月一交请填 1 到 12。"))
        for other in self._leases(asset):
            if other.starts_on <= values["ends_on"] and values["starts_on"] <= _end(other):
                message = f"这段时间已租给{other.tenant}（到 {_end(other)}）。"
                faults.append(Fault("starts_on", "let_already", message))
        if faults:
            raise InvalidInput(faults)
        with self.session.change(f"登记租赁 {asset.name} {values['tenant']}") as change:
            lease: Lease = change.insert(Lease(**values))
        return lease

    @permitted("money.edit")
    def receive_rent(
        self, lease: Lease, typed: Mapping[str, Any], *, into: LedgerAccount | None = None
    ) -> LedgerEntry:
        """Book rent that came in, linked to its lease; several payments may stand for one lease."""
        accounts = LedgerAccounts(self.session)
        asset = self.store.get(Asset, lease.asset_id)
        given = {"summary": f"收{asset.name}租金", "party": lease.tenant, **typed}
        with self.session.change(f"收租金 {asset.name}") as change:
            booked = Ledger(self.session).receive(
                into or accounts.find("银行存款"), accounts.find("经营收入"), given
            )
            change.update(booked, source_table=table_of(Lease), source_id=lease.id)
        return booked

    @permitted("money.edit")
    def end(self, lease: Lease, day: date | None, reason: str) -> Lease:
        """End a lease before its time; no rent falls due after that day."""
        ended = day or self.session.today()
        faults = []
        if not lease.starts_on <= ended <= lease.ends_on:
            message = f"终止日期要在 {lease.starts_on} 和 {lease.ends_on} 之间。"
            faults.append(Fault("ended_on", "day_order", message))
        if not reason.strip():
            faults.append(Fault("reason", "required", "提前终止要写明原因。"))
        if faults:
            raise InvalidInput(faults)
        with self.session.change(f"终止租约 {lease.tenant}") as change:
            gone: Lease = change.update(
                lease, ended_on=ended, note=f"{lease.note or ''}提前终止：{reason.strip()}"
            )
        return gone

    @permitted("money.edit")
    def claim_rent(self, lease: Lease, entry: LedgerEntry) -> LedgerEntry:
        """Say that an income that is booked already is this lease's rent."""
        if entry.source_table is not None:
            raise Refused("has_source", f"“{entry.summary}”已经归在别处了，不能再归一次。")
        with self.session.change(f"归入租金 {lease.tenant}") as change:
            claimed: LedgerEntry = change.update(
                entry, source_table=table_of(Lease), source_id=lease.id
            )
        return claimed

    @permitted("money.read")
    def rents_of(self, lease: Lease) -> list[LedgerEntry]:
        """List the rents of a lease as they are booked, reversals too."""
        query = self.store.select(LedgerEntry).where(
            LedgerEntry.source_id == lease.id, LedgerEntry.source_table == table_of(Lease)
        )
        return self.store.rows(query.order_by(LedgerEntry.day, LedgerEntry.id))

    @permitted("money.read")
    def unclaimed(self, lease: Lease) -> list[LedgerEntry]:
        """List incomes of the tenant that are booked and belong to nothing yet."""
        purses = [one.id for one in LedgerAccounts(self.session).purses()]
        taken_back = self.store.select(LedgerEntry, LedgerEntry.reverses_id).where(
            LedgerEntry.reverses_id.is_null(False)
        )
        query = self.store.select(LedgerEntry).where(
            LedgerEntry.party == lease.tenant,
            LedgerEntry.debit_id.in_(purses),
            LedgerEntry.credit_id.not_in(purses),
            LedgerEntry.source_table.is_null(),
            LedgerEntry.reverses_id.is_null(),
            LedgerEntry.id.not_in(taken_back),
            LedgerEntry.day.between(lease.starts_on, _end(lease)),
        )
        return self.store.rows(query.order_by(LedgerEntry.day, LedgerEntry.id))

    @permitted("money.reverse")
    def take_rent_back(
        self, lease: Lease, reason: str, *, second: Second | None = None
    ) -> LedgerEntry:
        """Take the last rent of a lease back by a red entry, by two people.

        Refused when none stands.
        """
        entry = Ledger(self.session).entry_of(lease)
        if entry is None:
            raise Refused("no_rent", f"{lease.tenant}没有可冲销的租金。")
        makers = {maker_of(self.session, entry)}
        mark = countersigned(self.session, makers, second, "money.approve", "冲销租金")
        with self.session.change(f"冲销租金 {lease.tenant}{mark}", undoable=False) as change:
            red = Ledger(self.session).take_back(change, lease, reason)
        assert red is not None
        return red

    @permitted("money.read")
    def leases(self, on: date | None = None) -> list[LeaseState]:
        """List the leases with rent due, those that end first first."""
        day = on or self.session.today()
        soon = Rules(self.session).on("lease_reminder", day)["ending_days"]
        assets = {one.id: one for one in self.store.rows(self.store.select(Asset))}
        received = {
            lease: (total, in_year)
            for lease, total, in_year in self.store.sql(
                "SELECT source_id, sum(amount), sum(CASE WHEN day >= ? THEN amount ELSE 0 END) "
                "FROM ledger_entry WHERE source_table = 'lease' AND day <= ? GROUP BY source_id",
                (f"{day.year:04d}-01-01", day.isoformat()),
            )
        }
        leases = self.store.rows(self.store.select(Lease).order_by(Lease.ends_on, Lease.id))
        return [
            self._state(one, assets[one.asset_id], received.get(one.id, (0, 0)), day, soon)
            for one in leases
        ]

    def _state(
        self, lease: Lease, asset: Asset, received: tuple[int, int], day: date, soon: int
    ) -> LeaseState:
        due = list(rents(lease))
        return LeaseState(
            lease=lease,
            asset=asset,
            fallen_due=sum(amount for when, amount in due if when <= day),
            received=received[0],
            received_this_year=received[1],
            due_this_year=sum(amount for when, amount in due if when.year == day.year),
            due_this_month=sum(
                amount for when, amount in due if (when.year, when.month) == (day.year, day.month)
            ),
            ends_soon=day <= _end(lease) <= day + timedelta(days=soon),
            is_over=_end(lease) < day,
        )

    def _leases(self, asset: Asset) -> list[Lease]:
        return self.store.rows(self.store.select(Lease).where(Lease.asset_id == asset.id))


def rents(lease: Lease) -> Iterator[tuple[date, int]]:
    """Give the due days and amounts of a lease; a year's parts make the year's rent exactly."""
    number, day = 0, lease.first_due
    while day <= _end(lease):
        before = divide_half_up(lease.yearly_rent * lease.months * number, 12)
        after = divide_half_up(lease.yearly_rent * lease.months * (number + 1), 12)
        yield day, after - before
        number += 1
        day = add_months(lease.first_due, lease.months * number)


def _end(lease: Lease) -> date:
    end: date = lease.ends_on
    return min(end, lease.ended_on) if lease.ended_on is not None else end
