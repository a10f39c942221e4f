"""Disclosure tables of 三资: debts by age, assets with leases, the budget against the ledger.

Pure functions from figures to a `Paper`; amounts in integer 分.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day
from village_app.domain.debt_ages import CLASSES, AgedDebt
from village_app.domain.kinds import COUNT, MONEY, PERSON_NAME, TEXT
from village_app.domain.money import show_share
from village_app.papers.blocks import Column, Paper, Row, Signature, SignLines, Table
from village_app.papers.builders.money import SIGNATURES, UNIT
from village_app.papers.builders.projects import Signer
from village_app.papers.filling import DATE, place_for


@dataclass(frozen=True, slots=True)
class LeaseLine:
    """One lease as it is published."""

    asset: str
    place: str
    area: str
    tenant: str
    starts: date
    ends: date
    yearly_rent: int
    due: int
    received: int
    owed: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class AssetLine:
    """One asset or resource as it is published; value in 分, None where it has none."""

    name: str
    kind: str
    quantity: str
    place: str
    area: str
    value: int | None
    keeper: str
    use: str


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One account's budget and what really came or went."""

    account: str
    planned: int
    adjusted: int
    actual: int
    share: int | None
    note: str


def build_debts(account: str, debts: Sequence[AgedDebt], on: date, signer: Signer) -> Paper:
    """Build 债权债务明细表 of one account by age; the sum equals the account's balance."""
    rows = tuple(
        Row(
            (
                number,
                one.party,
                *one.by_class,
                one.total,
                show_day(one.formed_on) if one.formed_on else "",
            )
        )
        for number, one in enumerate(debts, 1)
    )
    columns = (
        Column("序号", COUNT, width=1.1),
        Column("单位（个人）", PERSON_NAME, "personal", width=3),
        *(Column(name, MONEY, total="sum", width=2) for name in CLASSES),
        Column("合计（元）", MONEY, total="sum", width=2.2),
        Column("最早形成", TEXT, width=2.4),
    )
    table = Table(columns, rows, unit=UNIT, has_total=True, in_words=6)
    title = f"{signer.village}{account}明细表（截至{show_day(on)}）"
    return _table_paper(title, table, signer, "debts")


def build_leases(leases: Sequence[LeaseLine], on: date, signer: Signer) -> Paper:
    """Build the year's list of leases: rent due and received this year, and what is still owed."""
    rows = tuple(
        Row(
            (
                number,
                one.asset,
                one.place,
                one.area,
                one.tenant,
                f"{show_day(one.starts)}至{show_day(one.ends)}",
                one.yearly_rent,
                one.due,
                one.received,
                one.owed,
                one.note,
            )
        )
        for number, one in enumerate(leases, 1)
    )
    columns = (
        Column("序号", COUNT, width=1.1),
        Column("名称", TEXT, width=2.6),
        Column("坐落", TEXT, width=2),
        Column("面积", TEXT, width=1.4),
        Column("承租人", PERSON_NAME, "personal", width=2),
        Column("合同期", TEXT, width=3.4),
        Column("年租金", MONEY, total="sum", width=2.2),
        Column("本年应收", MONEY, total="sum", width=2.2),
        Column("本年已收", MONEY, total="sum", width=2.2),
        Column("累计欠收", MONEY, total="sum", width=2.2),
        Column("备注", TEXT, width=1.6),
    )
    table = Table(columns, rows, unit=UNIT, has_total=True)
    title = f"{signer.village}{on.year}年资产资源租赁情况表（截至{show_day(on)}）"
    return _table_paper(title, table, signer, "leases")


def build_assets(assets: Sequence[AssetLine], on: date, signer: Signer) -> Paper:
    """Build 资产资源登记表: what the collective owns, who keeps it, what it is used for."""
    rows = tuple(
        Row(
            (
                number,
                one.kind,
                one.name,
                one.quantity,
                one.place,
                one.area,
                one.value,
                one.keeper,
                one.use,
            )
        )
        for number, one in enumerate(assets, 1)
    )
    columns = (
        Column("序号", COUNT, width=1.1),
        Column("类别", TEXT, width=1.3),
        Column("名称", TEXT, width=3),
        Column("数量", TEXT, width=1.4),
        Column("坐落", TEXT, width=2),
        Column("面积", TEXT, width=2),
        Column("价值", MONEY, total="sum", width=2.4),
        Column("保管单位", TEXT, width=2.6),
        Column("使用情况", TEXT, width=2),
    )
    table = Table(columns, rows, unit=UNIT, has_total=True)
    title = f"{signer.village}资产资源登记表（截至{show_day(on)}）"
    return _table_paper(title, table, signer, "assets")


def build_budget(year: int, lines: Sequence[BudgetRow], signer: Signer) -> Paper:
    """Build 年度预算执行表: planned, adjusted, actual, share, and why they differ."""
    rows = tuple(
        Row(
            (
                one.account,
                one.planned,
                one.adjusted,
                one.actual,
                show_share(one.share),
                one.adjusted - one.actual,
                one.note,
            )
        )
        for one in lines
    )
    columns = (
        Column("项目", TEXT, width=2.4),
        Column("年初预算", MONEY, width=2.2),
        Column("调整后", MONEY, width=2.2),
        Column("实际", MONEY, width=2.2),
        Column("执行率", TEXT, width=1.6),
        Column("结余", MONEY, width=2.2),
        Column("差异说明", TEXT, width=3),
    )
    table = Table(columns, rows, unit=UNIT)
    return _table_paper(f"{signer.village}{year}年度预算执行表", table, signer, "budget")


def _table_paper(title: str, table: Table, signer: Signer, sheet: str) -> Paper:
    blocks = (
        table,
        SignLines(SIGNATURES, len(SIGNATURES)),
        Signature((signer.committee,), place_for(DATE)),
    )
    return Paper(
        "table", title, blocks, public=True, landscape=True, meta={"sheet": f"collective_{sheet}"}
    )
