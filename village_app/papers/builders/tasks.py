"""今日待办 as a paper: one line a thing, with a box to be ticked.

A pure function from lines to a `Paper`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day, weekday_word
from village_app.domain.kinds import COUNT, DAY, TEXT
from village_app.papers.blocks import Column, Paper, Paragraph, Row, Table


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One thing to do: how it stands, its due day, what it is, a note, the next verb."""

    light: str
    due: date | None
    title: str
    note: str
    verb: str


def build_today(lines: Sequence[TodayLine], day: date, village: str, user: str) -> Paper:
    """Build the list in the order of the page, most urgent first."""
    columns = (
        Column("序号", COUNT, width=1),
        Column("期限", TEXT, width=2.9),
        Column("到期日", DAY, width=3.1),
        Column("事项", TEXT, width=6.2),
        Column("说明", TEXT, width=4.4),
        Column("要做的", TEXT, width=2.6),
        Column("办了打勾", TEXT, width=1.6),
    )
    rows = tuple(
        Row((at, one.light, one.due, one.title, one.note, one.verb, "□"))
        for at, one in enumerate(lines, 1)
    )
    when = f"{show_day(day)}（{weekday_word(day)}）"
    said = f"{when}，{user}，共{len(lines)}件。"
    return Paper(
        layout="table",
        title=f"{village}今日待办",
        blocks=(Paragraph(said, indent=0), Table(columns, rows)),
        meta={"sheet": "today"},
    )
