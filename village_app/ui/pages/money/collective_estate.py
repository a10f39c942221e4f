"""资产资源 and 租约: what the collective owns, to whom it is let, which rent is due."""

from __future__ import annotations

from typing import Any

from village_app.db.records.ledger import LedgerEntry
from village_app.db.records.money import Asset, Lease
from village_app.domain.kinds import DAY, MONEY, TEXT, FieldDeclaration
from village_app.domain.money import show_money
from village_app.services.money.collective import LeaseState
from village_app.services.two_persons import Second
from village_app.ui.kit.columns import ColumnSpec, ListRow
from village_app.ui.kit.lights import Light
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.money.collective_view import Move, View, chooser, fields, picked
from village_app.ui.pages.second_hand import second_fields

ASSET_FIELDS = (
    *("kind", "name", "quantity", "place", "area", "value", "keeper", "acquired_on", "note"),
)
LEASE_FIELDS = (
    *("tenant", "number", "starts_on", "ends_on", "yearly_rent", "months", "first_due"),
    *("deposit", "note"),
)
RENT_FIELDS = ("day", "amount", "voucher", "receipt", "note")
REASON = FieldDeclaration("reason", "原因", TEXT, required=True)


class AssetsView(View):
    """What the collective owns."""

    key = "assets"
    word = "资产资源"
    measure = "项"
    enter_words = "登记资产资源"
    open_words = "改这一项"
    about = "房子、地、鱼塘、设备，先登记下来，租出去、公开都从这里来。"
    columns = (
        ColumnSpec("kind", "类别", TEXT, width=72),
        ColumnSpec("name", "名称", TEXT, width=190, stretch=True),
        ColumnSpec("quantity", "数量", TEXT, width=76),
        ColumnSpec("place", "坐落", TEXT, width=120, narrow=False),
        ColumnSpec("area", "面积", TEXT, width=124),
        ColumnSpec("value", "价值（元）", MONEY, width=136),
        ColumnSpec("keeper", "保管或使用", TEXT, width=150, narrow=False),
        ColumnSpec("use", "使用情况", TEXT, width=172, sortable=False),
    )

    def rows(self) -> list[ListRow]:
        tenants = {
            one.lease.asset_id: one.lease.tenant
            for one in self.village.collective.leases()
            if not one.is_over
        }
        return [_asset_row(one, tenants.get(one.id)) for one in self._assets()]

    def fact(self) -> str:
        total = sum(one.value or 0 for one in self._assets())
        return f"登记价值合计 {show_money(total)} 元"

    def enter(self) -> None:
        self.form("登记资产资源", fields(Asset, *ASSET_FIELDS), self.village.collective.add_asset)

    def open(self, key: int) -> None:
        asset = self._asset(key)
        self.form(
            f"改 {asset.name}",
            fields(Asset, *ASSET_FIELDS),
            lambda typed: self.village.collective.correct_asset(asset, typed),
            {name: getattr(asset, name) for name in ASSET_FIELDS},
            said=f"已改好 {asset.name}",
        )

    def publish(self) -> None:
        self.draft(self.village.collective_papers.assets())

    def moves(self) -> list[Move]:
        return [("销账这一项", self.retire)]

    def retire(self) -> None:
        """Strike the chosen asset off, with a reason."""
        key = self.chosen()
        if key is not None:
            asset = self._asset(key)
            self.form(
                f"销账 {asset.name}",
                [
                    REASON,
                    *second_fields(self.village.two_persons, asset, "money.approve"),
                ],
                lambda typed: self.village.collective.retire(
                    asset, typed["reason"], second=Second.read(typed)
                ),
                words="销账",
            )

    def _assets(self) -> list[Asset]:
        found: list[Asset] = self.village.collective.assets()
        return found

    def _asset(self, key: int) -> Asset:
        return next(one for one in self._assets() if one.id == key)


class LeasesView(View):
    """The leases; Enter takes rent down."""

    key = "leases"
    word = "租约"
    measure = "份"
    enter_words = "登记租约"
    open_words = "收租金"
    about = "登记了租约，哪个月该收多少、谁欠着、哪份快到期，程序都记着。"
    columns = (
        ColumnSpec("asset", "资产资源", TEXT, width=160, stretch=True),
        ColumnSpec("tenant", "承租人", TEXT, width=130),
        ColumnSpec("ends", "到期", DAY, width=104),
        ColumnSpec("rent", "年租金（元）", MONEY, width=126),
        ColumnSpec("due", "本月应收", MONEY, width=116, narrow=False),
        ColumnSpec("owed", "欠收", MONEY, width=116),
        ColumnSpec("state", "状态", TEXT, width=150, sortable=False),
    )

    def rows(self) -> list[ListRow]:
        return [_lease_row(one) for one in self._states()]

    def fact(self) -> str:
        states = [one for one in self._states() if not one.is_over]
        due = sum(one.due_this_month for one in states)
        soon = sum(1 for one in states if one.ends_soon)
        ending = f"，90 天内到期 {soon} 份" if soon else ""
        return f"本月应收 {show_money(due)} 元{ending}"

    def enter(self) -> None:
        assets = {str(one.id): one for one in self.village.collective.assets()}
        if not assets:
            self.desk.say("还没有资产资源，请先登记。", None)
            return
        choice = chooser("asset", "资产资源", [(key, one.name) for key, one in assets.items()])

        def save(typed: Typed) -> None:
            own = {name: typed[name] for name in LEASE_FIELDS}
            self.village.collective.let(assets[picked(choice, typed["asset"])], own)

        self.form("登记租约", [choice, *fields(Lease, *LEASE_FIELDS)], save)

    def open(self, key: int) -> None:
        state = self._state(key)
        values: dict[str, Any] = {"day": self.today}
        if state.owed > 0:
            values["amount"] = state.due_this_month or state.owed
        self.form(
            f"收 {state.asset.name} 租金（{state.lease.tenant}）",
            fields(LedgerEntry, *RENT_FIELDS),
            lambda typed: self.village.collective.receive_rent(
                state.lease, {name: typed[name] for name in RENT_FIELDS}
            ),
            values,
            said=f"已收 {state.lease.tenant} 租金，已入账",
        )

    def publish(self) -> None:
        self.draft(self.village.collective_papers.leases())

    def moves(self) -> list[Move]:
        return [
            ("看收过的租金", self.show_rents),
            ("账上的租金归到这份租约", self.claim),
            ("冲销最近一笔租金", self.take_back),
            ("提前终止", self.end),
        ]

    def show_rents(self) -> None:
        """Show every rent of the chosen lease."""
        state = self._chosen_state()
        if state is not None:
            entries = self.village.collective.rents_of(state.lease)
            words = f"共收 {show_money(state.received)} 元，欠收 {show_money(state.owed)} 元"
            self.show_entries(f"{state.asset.name} {state.lease.tenant} 的租金", entries, words)

    def claim(self) -> None:
        """Say that an income of the tenant that is booked is rent of the chosen lease."""
        state = self._chosen_state()
        if state is None:
            return
        open_ones = {str(one.id): one for one in self.village.collective.unclaimed(state.lease)}
        if not open_ones:
            self.desk.say(f"账上没有 {state.lease.tenant} 还没归类的收入。", None)
            return
        choice = chooser(
            "entry",
            "账上的收入",
            [
                (key, f"{one.day} {one.summary} {show_money(one.amount)} 元")
                for key, one in open_ones.items()
            ],
        )
        self.form(
            f"归到 {state.lease.tenant} 的租约",
            [choice],
            lambda typed: self.village.collective.claim_rent(
                state.lease, open_ones[picked(choice, typed["entry"])]
            ),
            words="归过来",
        )

    def take_back(self) -> None:
        """Take the last rent of the chosen lease back; one's own line takes a second hand."""
        state = self._chosen_state()
        if state is None:
            return
        lease = state.lease
        entry = self.village.ledger.entry_of(lease)
        second = second_fields(self.village.two_persons, entry, "money.approve") if entry else ()
        self.form(
            f"冲销 {lease.tenant} 最近一笔租金",
            [REASON, *second],
            lambda typed: self.village.collective.take_rent_back(
                lease, typed["reason"], second=Second.read(typed)
            ),
            words="冲销",
        )

    def end(self) -> None:
        """End the chosen lease before its time."""
        state = self._chosen_state()
        if state is None:
            return
        day = FieldDeclaration("ended_on", "终止日期", DAY, required=True)
        self.form(
            f"提前终止 {state.lease.tenant} 的租约",
            [day, REASON],
            lambda typed: self.village.collective.end(
                state.lease, DAY.parse(typed["ended_on"]), typed["reason"]
            ),
            {"ended_on": self.today},
            words="终止",
        )

    def _states(self) -> list[LeaseState]:
        found: list[LeaseState] = self.village.collective.leases()
        return found

    def _state(self, key: int) -> LeaseState:
        return next(one for one in self._states() if one.lease.id == key)

    def _chosen_state(self) -> LeaseState | None:
        key = self.chosen()
        return self._state(key) if key is not None else None


def _asset_row(asset: Asset, tenant: str | None) -> ListRow:
    use = Light("done", f"租给{tenant}") if tenant else Light("ok", "自用")
    return ListRow(
        asset.id,
        {
            "kind": Asset.declaration("kind").kind.show(asset.kind),
            "name": asset.name,
            "quantity": asset.quantity,
            "place": asset.place,
            "area": asset.area,
            "value": asset.value,
            "keeper": asset.keeper,
            "use": use,
        },
    )


def _lease_row(one: LeaseState) -> ListRow:
    cells = {
        "asset": one.asset.name,
        "tenant": one.lease.tenant,
        "ends": one.lease.ends_on,
        "rent": one.lease.yearly_rent,
        "due": one.due_this_month,
        "owed": one.owed,
        "state": _lease_light(one),
    }
    return ListRow(one.lease.id, cells, muted=one.is_over)


def _lease_light(one: LeaseState) -> Light:
    if one.is_behind:
        return Light("over", f"有欠租{'，已到期' if one.is_over else ''}")
    if one.is_over:
        return Light("same", "已到期")
    if one.ends_soon:
        return Light("soon", "快到期")
    if one.owed > 0:
        return Light("today", "本月该收")
    return Light("done", "正常")
