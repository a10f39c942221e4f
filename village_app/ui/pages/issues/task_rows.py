"""Rows of tasks and of what is due today: lights, titles with their small words, the next verb."""

from __future__ import annotations

from typing import Any

from village_app.db.records.issues import RECURRENCES, Task
from village_app.domain.kinds import TEXT
from village_app.services.house.today_items import TodayItem
from village_app.ui.kit.columns import ColumnSpec, ListRow, TwoLines, Verb
from village_app.ui.kit.lights import Light

TODAY = "today"
CHIPS = (
    (TODAY, "今日待办", None),
    ("open", "未完成", None),
    ("over", "超期", "over"),
    ("week", "7 天内", "soon"),
    ("series", "周期任务", None),
    ("done", "已完成", "done"),
)
TASK_COLUMNS = (
    ColumnSpec("light", "期限", None, width=118),
    ColumnSpec("heading", "任务", None, width=260, lines=2, stretch=True),
    ColumnSpec("owner", "责任人", TEXT, width=88),
)
TODAY_COLUMNS = (
    ColumnSpec("light", "期限", None, width=118, sortable=False),
    ColumnSpec("heading", "事项", None, width=260, lines=2, stretch=True, sortable=False),
    ColumnSpec("verb", "", None, width=104, align="right", sortable=False),
)


def today_row(at: int, item: TodayItem) -> ListRow:
    """Give the row of something that is due today, at its place in the list."""
    return ListRow(
        at,
        {
            "light": Light(item.light.kind, item.light.word),
            "heading": TwoLines(item.title, item.note),
            "verb": Verb(item.verb),
        },
    )


def task_row(task: Task, light: Any) -> ListRow:
    """Give the row of a task with the light of its day."""
    settled = {"done": Light("done", "已完成"), "dropped": Light("hold", "已取消")}
    again = RECURRENCES.show(task.recurrence) if task.recurrence else ""
    note = " · ".join(part for part in (task.number, again, task.source) if part)
    return ListRow(
        task.id,
        {
            "light": settled.get(task.state) or Light(light.kind, light.word),
            "heading": TwoLines(task.heading, note),
            "owner": task.owner,
        },
        muted=task.state == "dropped",
    )
