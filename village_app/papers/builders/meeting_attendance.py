"""到会情况表 for the wall: since the seat began, so that nobody answers for time before it."""

from __future__ import annotations

from collections.abc import Sequence

from village_app.domain.kinds import COUNT, TEXT
from village_app.papers.blocks import (
    Column,
    Paper,
    Row,
    Signature,
    Table,
)
from village_app.papers.filling import DATE, place_for


def build_attendance_report(
    title: str, lines: Sequence[tuple[str, str, int, int, str]], issuer: str
) -> Paper:
    """Build 到会情况表: name, office, meetings held since the seat began, attended, share."""
    columns = (
        Column("序号", COUNT, width=1),
        Column("姓名", TEXT, width=2),
        Column("身份", TEXT, width=2.4),
        Column("任期内应到（次）", COUNT, width=2),
        Column("实到（次）", COUNT, width=1.6),
        Column("到会率", TEXT, width=1.6),
    )
    rows = tuple(Row((at, *line)) for at, line in enumerate(lines, 1))
    return Paper(
        "table",
        title,
        (
            Table(columns, rows, notes=("从本人任职之日起算；委托他人到会的计为到会。",)),
            Signature((issuer,), place_for(DATE)),
        ),
        public=True,
    )
