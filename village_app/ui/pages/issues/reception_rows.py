"""How the plan, the visits and the blank forms stand in the list of their page."""

from __future__ import annotations

from datetime import date

from village_app.db.records.receptions import ReceptionDay, ReceptionVisit
from village_app.domain.calendar import weekday_word
from village_app.domain.kinds import TEXT
from village_app.ui.kit.columns import ColumnSpec, ListRow, TwoLines
from village_app.ui.kit.lights import Light, LightKind

PLAN, VISITS, BLANKS = "plan", "visits", "blanks"
COLUMNS = {
    PLAN: (
        ColumnSpec("day", "日期", None, width=150, sortable=False),
        ColumnSpec("who", "接访人", None, width=220, lines=2, stretch=True, sortable=False),
        ColumnSpec("place", "时间和地点", None, width=190, lines=2, sortable=False, narrow=False),
        ColumnSpec("came", "来访", TEXT, width=74, sortable=False),
    ),
    VISITS: (
        ColumnSpec("day", "日期", None, width=150, sortable=False),
        ColumnSpec("who", "来访人和事", None, width=260, lines=2, stretch=True, sortable=False),
        ColumnSpec("host", "接访人", TEXT, width=88, sortable=False),
    ),
    BLANKS: (
        ColumnSpec("who", "编号", TEXT, width=260, stretch=True, sortable=False),
        ColumnSpec("day", "状态", None, width=118, sortable=False),
    ),
}


def day_row(one: ReceptionDay, came: int, today: date) -> ListRow:
    """Give the row of a planned day; grey once it went by unused."""
    kind: LightKind = "done" if one.held else "today" if one.day == today else "ok"
    light = Light(kind, f"{one.day:%m-%d} {weekday_word(one.day)}")
    post = " · ".join(part for part in (one.post, one.duty) if part)
    return ListRow(
        one.id,
        {
            "day": light,
            "who": TwoLines(one.host, post),
            "place": TwoLines(one.hours or "", one.place or ""),
            "came": f"{came} 人" if one.held else "",
        },
        muted=one.day < today and not one.held,
    )


def visit_row(one: ReceptionVisit) -> ListRow:
    """Give the row of a visit."""
    kind: LightKind = "done" if one.is_first else "soon"
    return ListRow(
        one.id,
        {
            "day": Light(kind, f"{one.day:%m-%d} {'初访' if one.is_first else '重访'}"),
            "who": TwoLines(f"{one.visitor}：{one.problem}", one.number or ""),
            "host": one.host,
        },
    )


def blank_row(at: int, number: str) -> ListRow:
    """Give the row of a blank form that is outside."""
    return ListRow(at, {"who": number, "day": Light("ok", "未回收")})
