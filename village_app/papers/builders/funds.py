"""Disclosure tables of special funds and of the pay of officials.

Pure functions from figures to a `Paper`; amounts in integer 分. The tables follow the groups of
《农村集体经济组织财务公开规定》（农经发〔2011〕13号）: 专项资金, 征地补偿, 干部报酬.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_app.domain.kinds import COUNT, MONEY, TEXT
from village_app.domain.periods import Period
from village_app.papers.blocks import Column, Heading, Paper, Row, Signature, SignLines, Table
from village_app.papers.builders.money import SIGNATURES, UNIT, EntryLine
from village_app.papers.builders.projects import Signer
from village_app.papers.filling import DATE, place_for


@dataclass(frozen=True, slots=True)
class FundLine:
    """A special fund as it is published, with each of its entries."""

    name: str
    kind: str
    source: str
    document: str
    purpose: str
    received: int
    spent: int
    entries: tuple[EntryLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PayLine:
    """What one person who holds an office got in the period."""

    name: str
    post: str
    months: int
    basic: int
    merit: int
    allowance: int
    deduction: int


def build_funds(funds: Sequence[FundLine], day: str, signer: Signer) -> Paper:
    """Build 专项资金使用情况表: each fund in one row, below it every entry line by line."""
    rows = tuple(
        Row(
            (
                at,
                one.name,
                one.kind,
                one.source,
                one.purpose,
                one.received,
                one.spent,
                one.received - one.spent,
            )
        )
        for at, one in enumerate(funds, 1)
    )
    columns = (
        Column("序号", COUNT, width=1.1),
        Column("专项资金", TEXT, width=3),
        Column("类别", TEXT, width=1.8),
        Column("拨款单位", TEXT, width=2.4),
        Column("用途", TEXT, width=3),
        Column("拨入", MONEY, total="sum", width=2.2),
        Column("使用", MONEY, total="sum", width=2.2),
        Column("结余", MONEY, total="sum", width=2.2),
    )
    table = Table(columns, rows, unit=UNIT, has_total=True, in_words=6)
    details = [block for one in funds if one.entries for block in _details(one)]
    blocks = (
        table,
        *details,
        SignLines(SIGNATURES, len(SIGNATURES)),
        Signature((signer.committee,), place_for(DATE)),
    )
    title = f"{signer.village}专项资金使用情况表（截至{day}）"
    return Paper(
        "table", title, blocks, public=True, landscape=True, meta={"sheet": "collective_funds"}
    )


def build_official_pay(period: Period, lines: Sequence[PayLine], signer: Signer) -> Paper:
    """Build 干部报酬公开表: what each got in the period; those who hold office are named."""
    rows = tuple(
        Row(
            (
                at,
                one.name,
                one.post,
                one.months,
                one.basic,
                one.merit,
                one.allowance,
                one.deduction,
                one.basic + one.merit + one.allowance - one.deduction,
            )
        )
        for at, one in enumerate(lines, 1)
    )
    columns = (
        Column("序号", COUNT, width=1.1),
        Column("干部姓名", TEXT, width=2),
        Column("职务", TEXT, width=3),
        Column("月数", COUNT, width=1.1),
        Column("基本报酬", MONEY, total="sum", width=2.2),
        Column("绩效报酬", MONEY, total="sum", width=2.2),
        Column("补贴", MONEY, total="sum", width=2),
        Column("扣款", MONEY, total="sum", width=2),
        Column("实发合计", MONEY, total="sum", width=2.4),
    )
    table = Table(columns, rows, unit=UNIT, has_total=True, in_words=8)
    blocks = (
        table,
        SignLines(SIGNATURES, len(SIGNATURES)),
        Signature((signer.committee,), place_for(DATE)),
    )
    title = f"{signer.village}{period.show()}干部报酬公开表"
    return Paper(
        "table", title, blocks, public=True, landscape=True, meta={"sheet": "collective_pay"}
    )


def _details(fund: FundLine) -> tuple[Heading, Table]:
    rows = tuple(
        Row((at, one.day.isoformat(), one.voucher, one.summary, one.party, one.account, one.amount))
        for at, one in enumerate(fund.entries, 1)
    )
    columns = (
        Column("序号", COUNT, width=1.1),
        Column("日期", TEXT, width=2),
        Column("凭证号", TEXT, width=1.7),
        Column("摘要", TEXT, width=4.4),
        Column("收（付）款人", TEXT, width=3.2),
        Column("收支", TEXT, width=1.2),
        Column("金额（元）", MONEY, width=2.4),
    )
    return Heading(f"{fund.name}逐笔", 2), Table(columns, rows, unit=UNIT)
