"""Rows of the projects, and the fields of a project's card in their lines."""

from __future__ import annotations

from village_app.db.records.projects import STATES
from village_app.domain.kinds import MONEY, TEXT
from village_app.domain.money import show_share
from village_app.services.projects.list import ProjectRow
from village_app.ui.kit.columns import ColumnSpec, ListRow
from village_app.ui.kit.lights import Light, LightKind

COLUMNS = (
    ColumnSpec("number", "编号", TEXT, width=148),
    ColumnSpec("name", "项目", TEXT, width=220, stretch=True),
    ColumnSpec("state", "状态", TEXT, width=92),
    ColumnSpec("progress", "进度", TEXT, width=76, narrow=False),
    ColumnSpec("budget", "预算（元）", MONEY, width=126),
    ColumnSpec("owed", "合同或审定（元）", MONEY, width=136, narrow=False),
    ColumnSpec("paid", "已付（元）", MONEY, width=126),
    ColumnSpec("unpaid", "未付（元）", MONEY, width=116, narrow=False),
)
CARD_FIELDS = (
    *("name", "category", "place", "content", "scale", "reason", "benefit", "people_served"),
    *("basis", "budget", "ceiling", "method", "responsible", "supervisor", "monitor"),
    *("proposed_on", "decided_on", "approved_on", "tendered_on", "chosen_on"),
    *("planned_start", "planned_end", "started_on", "progress", "state"),
    *("bid_bond", "bid_bond_returned_on", "wages_notice_on", "wages_closed_on"),
    *("keeper", "kept_from"),
)
CARD_LINES = (
    ("name",),
    ("category", "method"),
    ("place", "scale"),
    ("content",),
    ("reason",),
    ("benefit", "people_served"),
    ("basis",),
    ("budget", "ceiling"),
    ("responsible", "supervisor"),
    ("monitor", "state"),
    ("proposed_on", "decided_on"),
    ("approved_on", "tendered_on"),
    ("chosen_on", "started_on"),
    ("planned_start", "planned_end"),
    ("bid_bond", "bid_bond_returned_on"),
    ("wages_notice_on", "wages_closed_on"),
    ("progress", "keeper"),
    ("kept_from",),
)
_LIGHTS: dict[str, LightKind] = {
    "running": "ok",
    "paused": "hold",
    "done": "done",
    "cancelled": "same",
}


def _progress(share: int | None) -> str:
    """Show whole percents without their noughts behind the point."""
    return show_share(share).replace(".00%", "%") if share else ""


def project_row(one: ProjectRow) -> ListRow:
    """Give the row of a project with its money."""
    project = one.project
    word = STATES.show(project.state)
    return ListRow(
        project.id,
        {
            "number": project.number,
            "name": project.name,
            "state": Light(_LIGHTS[project.state], word),
            "progress": _progress(project.progress),
            "budget": project.budget,
            "owed": one.settled if one.settled is not None else one.due,
            "paid": one.paid,
            "unpaid": one.unpaid,
        },
        muted=project.state == "cancelled",
    )
