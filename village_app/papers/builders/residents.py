"""居民名册: the chosen people as a table, group after group on pages of their own.

Internal papers. Numbers arrive as they may be printed: masked, or whole where the user may.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_app.domain.calendar import show_day
from village_app.domain.kinds import COUNT, TEXT, FieldDeclaration
from village_app.papers.blocks import Column, Paper, Paragraph, Row, SignLines, Table

_GROUP = FieldDeclaration("group", "村民小组", TEXT)
# Shares of the width; other columns are as wide as a word of four characters.
_WIDTHS = {
    "group": 1.5,
    "name": 1.4,
    "sex": 0.8,
    "birth": 1.6,
    "id_number": 2.8,
    "phone": 2.0,
    "other_phones": 2.4,
    "household": 1.5,
    "relation": 1.4,
    "address": 3.0,
    "note": 2.4,
}
# Above this many columns a page on its side holds them better.
_UPRIGHT = 6


@dataclass(frozen=True, slots=True)
class RosterWords:
    """What stands round the table: title, what was chosen, the order in words, who made it."""

    title: str
    chosen: str
    order: str
    made_by: str
    day: date


def build_roster(
    columns: Sequence[FieldDeclaration],
    rows: Sequence[Sequence[Any]],
    words: RosterWords,
    *,
    page_per_group: bool,
) -> Paper:
    """Build the roster; each row begins with the group, then the values of `columns`.

    The count of people stands under every group and under the whole.
    """
    shown = [_GROUP, *columns]
    counted = next((at for at, one in enumerate(shown) if one.name == "name"), 1)
    table = Table(
        tuple(_column(one, counted=at == counted) for at, one in enumerate(shown)),
        tuple(Row(tuple(row)) for row in rows),
        unit="单位：人",
        has_total=True,
        total_label="合计",
        group_by=0,
        page_per_group=page_per_group,
        notes=(f"（{words.order}为序）",),
    )
    chosen = f"{words.chosen}，" if words.chosen else ""
    return Paper(
        "list",
        words.title,
        (
            Paragraph(f"{chosen}共{len(rows)}人。"),
            table,
            Paragraph(f"制表人：{words.made_by}　制表日期：{show_day(words.day)}", indent=0),
            SignLines((("核对人", ""), ("负责人", ""))),
        ),
        landscape=len(shown) > _UPRIGHT,
        meta={"sheet": "roster"},
    )


def _column(declared: FieldDeclaration, *, counted: bool) -> Column:
    return Column(
        declared.label,
        declared.kind if declared.kind.storage == "text" else COUNT,
        declared.sensitivity,
        total="count" if counted else None,
        width=_WIDTHS.get(declared.name, 1.6),
        field=declared.name,
    )
