"""Reports on paper: this period beside the last, the difference, and codes that lead back.

Pure functions from figures to a `Paper`; counts as they are, money in 分.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_app.domain.comparison import Comparison
from village_app.domain.kinds import COUNT, MONEY, TEXT
from village_app.domain.periods import Period
from village_app.papers.blocks import Block, Column, Heading, Paper, Paragraph, Row, Table

_NOTE = "报表码打进程序的搜索框，就列出这个数后面的每一条。"


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line as it is printed: label, measure word, both figures, its code."""

    label: str
    is_money: bool
    measure: str
    figures: Comparison
    code: str


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """A report as it is printed: title and lines; a year sheet has several of them."""

    title: str
    lines: tuple[PrintedLine, ...]


def build_report(village: str, period: Period, reports: Sequence[PrintedReport]) -> Paper:
    """Build one sheet of one or several reports; `reports` keep their order and their lines."""
    blocks: list[Block] = []
    several = len(reports) > 1
    for number, report in enumerate(reports):
        if several:
            blocks.append(Heading(f"{'一二三四五六七八九'[number]}、{report.title}", 1))
        blocks += _tables(report)
    blocks.append(Paragraph(f"上期指{period.before.show()}。{_NOTE}", indent=0, size=10.5))
    title = f"{village}{period.show()}{'各项数字' if several else reports[0].title}"
    return Paper("table", title, tuple(blocks))


def _tables(report: PrintedReport) -> list[Block]:
    """Counts and money stand in tables of their own, so that every column has one unit."""
    found: list[Block] = []
    counts = [one for one in report.lines if not one.is_money]
    money = [one for one in report.lines if one.is_money]
    if counts:
        found.append(_table(counts, "数量", ""))
    if money:
        found.append(_table(money, "金额", "单位：元"))
    return found


def _table(lines: Sequence[PrintedLine], figure: str, unit: str) -> Table:
    kind = MONEY if unit else COUNT
    columns = (
        Column("项目", TEXT, width=4),
        *((Column("单位", TEXT, width=1),) if not unit else ()),
        Column(f"本期{figure}", kind, width=2.2),
        Column(f"上期{figure}", kind, width=2.2),
        Column("增减", kind, width=2.2),
        Column("增减率", TEXT, width=1.8),
        Column("报表码", TEXT, width=2.4),
    )
    rows = tuple(
        Row(
            (
                one.label,
                *(() if unit else (one.measure,)),
                one.figures.now,
                one.figures.before,
                one.figures.difference,
                one.figures.share_words(),
                one.code,
            )
        )
        for one in lines
    )
    return Table(columns, rows, unit=unit)


def build_brief(village: str, committee: str, title: str, text: str, day: str) -> Paper:
    """Build 工作简报 from its text: one paragraph a line; 一、 begins a heading."""
    blocks: list[Block] = []
    for line in text.splitlines():
        words = line.strip()
        if words[1:2] == "、" and words[0] in "一二三四五六七八九十":
            blocks.append(Heading(words, 1))
        elif words:
            blocks.append(Paragraph(words))
    blocks.append(Paragraph(committee, align="right"))
    blocks.append(Paragraph(day, align="right"))
    return Paper("notice", f"{village}{title}", tuple(blocks))
