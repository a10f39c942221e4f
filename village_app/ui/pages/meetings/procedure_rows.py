"""Rows of 四议两公开: the matters, and the steps of one."""

from __future__ import annotations

from village_app.db.records.resolutions import ProcedureStep
from village_app.domain.kinds import COUNT, DAY, TEXT
from village_app.ui.kit.columns import ColumnSpec, ListRow
from village_app.ui.kit.lights import Light

MATTERS = (
    ColumnSpec("name", "决策事项", TEXT, width=260, stretch=True),
    ColumnSpec("motive", "动议事由", TEXT, width=150, narrow=False),
    ColumnSpec("at", "走到哪一步", TEXT, width=200),
)
STEPS = (
    ColumnSpec("label", "步骤", TEXT, width=120),
    ColumnSpec("state", "状态", TEXT, width=100),
    ColumnSpec("day", "日期", DAY, width=110),
    ColumnSpec("entitled", "应到", COUNT, width=70, narrow=False),
    ColumnSpec("present", "实到", COUNT, width=70, narrow=False),
    ColumnSpec("votes", "赞成/反对/弃权", TEXT, width=130, narrow=False),
    ColumnSpec("paper", "留存材料", TEXT, width=220, stretch=True),
)


def is_done(step: ProcedureStep) -> bool:
    """Say whether a step was taken and its paper kept."""
    return step.day is not None and bool(step.paper)


def step_row(step: ProcedureStep) -> ListRow:
    """Give the row of a step."""
    votes = ""
    if step.in_favour is not None:
        votes = f"{step.in_favour}/{step.against or 0}/{step.abstained or 0}"
    light = Light("done", "已办") if is_done(step) else Light("ok", "未办")
    return ListRow(
        step.id,
        {
            "label": step.label,
            "state": light,
            "day": step.day,
            "entitled": step.entitled,
            "present": step.present,
            "votes": votes,
            "paper": step.paper or "",
        },
    )
