"""The projects as tables for the town: every project, its funding, offers, changes, payments.

A pure function from rows to a `Paper` that the spreadsheet writer turns into sheets; amounts in
integer 分. No account number and no telephone is among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_app.domain.kinds import DAY, MONEY, TEXT
from village_app.papers.blocks import Column, Paper, Row, Table

_UNIT = "单位：元"
_PROJECTS = (
    *(("项目编号", TEXT), ("项目名称", TEXT), ("类别", TEXT), ("状态", TEXT), ("地点", TEXT)),
    *(("立项依据", TEXT), ("采购方式", TEXT), ("预算", MONEY), ("承包人", TEXT)),
    *(("合同价", MONEY), ("变更", MONEY), ("审定价", MONEY), ("已付", MONEY)),
    *(("立项日期", DAY), ("开工日期", DAY), ("验收日期", DAY), ("结算日期", DAY)),
)
_SOURCES = (("项目编号", TEXT), ("资金类别", TEXT), ("资金来源", TEXT), ("金额", MONEY))
_OFFERS = (
    *(("项目编号", TEXT), ("报价单位", TEXT), ("报价", MONEY), ("报价日期", DAY)),
    *(("选定", TEXT), ("理由", TEXT)),
)
_CHANGES = (
    *(("项目编号", TEXT), ("变更日期", DAY), ("原因", TEXT), ("增减金额", MONEY)),
    ("批准日期", DAY),
)
_PAYMENTS = (
    *(("项目编号", TEXT), ("付款日期", DAY), ("款项", TEXT), ("收款单位", TEXT)),
    *(("票据号", TEXT), ("凭证号", TEXT), ("金额", MONEY)),
)
_TABLES = (
    ("项目", _PROJECTS),
    ("资金来源", _SOURCES),
    ("报价", _OFFERS),
    ("变更", _CHANGES),
    ("付款", _PAYMENTS),
)


@dataclass(frozen=True, slots=True)
class OpenRows:
    """The rows of the five tables, each in the order of its columns."""

    projects: Sequence[tuple[object, ...]]
    sources: Sequence[tuple[object, ...]]
    offers: Sequence[tuple[object, ...]]
    changes: Sequence[tuple[object, ...]]
    payments: Sequence[tuple[object, ...]]

    def in_order(self) -> tuple[Sequence[tuple[object, ...]], ...]:
        """Give the tables' rows as `build_project_tables` sets them."""
        return (self.projects, self.sources, self.offers, self.changes, self.payments)


def build_project_tables(village: str, rows: OpenRows) -> Paper:
    """Build the tables; sums stand below every column of money."""
    tables = tuple(
        Table(
            tuple(
                Column(label, kind, total="sum" if kind is MONEY else None)
                for label, kind in columns
            ),
            tuple(Row(one) for one in lines),
            caption=caption,
            unit=_UNIT,
            has_total=True,
        )
        for (caption, columns), lines in zip(_TABLES, rows.in_order(), strict=True)
    )
    return Paper("table", f"{village}项目公开数据", tables, landscape=True)
