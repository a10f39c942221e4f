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
from village_app.services.ledger import Ledger
from village_app.services.ledger_accounts import LedgerAccounts
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
    ends_soon: bool
    is_over: bool

    @property
    def owed(self) -> int:
        """Rent that fell due and did not come in; negative when paid ahead."""
        return self.fallen_due - self.received


class Collective(Service):
    """The register of what the collective owns."""

    @permitted("money.edit")
    def add_asset(self, typed: Mapping[str, Any]) -> Asset:
        """Enter an asset or a resource."""
        values = {"is_active": True, **read_values(Asset, typed)}
        with self.session.change(f"登记资产资源 {values['name']}") as change:
            asset: Asset = change.insert(Asset(**values))
        return asset

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
        received = dict(
            self.store.sql(
                "SELECT source_id, sum(amount) FROM ledger_entry "
                "WHERE source_table = 'lease' AND day <= ? GROUP BY source_id",
                (day.isoformat(),),
            )
        )
        leases = self.store.rows(self.store.select(Lease).order_by(Lease.ends_on, Lease.id))
        return [
            self._state(one, assets[one.asset_id], received.get(one.id, 0), day, soon)
            for one in leases
        ]

    def _state(self, lease: Lease, asset: Asset, received: int, day: date, soon: int) -> LeaseState:
        due = list(rents(lease))
        return LeaseState(
            lease=lease,
            asset=asset,
            fallen_due=sum(amount for when, amount in due if when <= day),
            received=received,
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
