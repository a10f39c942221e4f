"""How matters and notebook lines stand in the list of the page."""

from __future__ import annotations

from typing import Any

from village_app.db.records.issues import Issue, NotebookLine
from village_app.domain.calendar import CHINA
from village_app.domain.kinds import TEXT
from village_app.domain.listing import ListRow as FetchedRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, TwoLines
from village_app.ui.kit.lights import Light, LightKind

NOTEBOOK = "notebook"
# A list opened from a figure of the statistics.
CHOSEN = "chosen"
CHIPS: tuple[tuple[str, str, LightKind | None], ...] = (
    ("open", "未办结", None),
    ("over", "超期", "over"),
    ("today", "今天", "today"),
    ("registered", "待受理", None),
    ("working", "办理中", None),
    ("visiting", "待回访", None),
    ("held", "挂起", "hold"),
    ("done", "已办结", "done"),
)
COLUMNS = (
    ColumnSpec("light", "期限", None, width=128),
    ColumnSpec("number", "编号", TEXT, width=62),
    ColumnSpec("heading", "事项", None, width=260, lines=2, stretch=True),
    ColumnSpec("group", "村组", TEXT, width=60, narrow=False),
    ColumnSpec("handler", "经办", TEXT, width=78),
)
NOTEBOOK_COLUMNS = (
    ColumnSpec("light", "时间", None, width=118),
    ColumnSpec("heading", "记了什么", None, width=300, lines=2, stretch=True),
    ColumnSpec("handler", "记录人", TEXT, width=78),
)


def short_number(number: str | None) -> str:
    """Give the serial of a number as the list shows it: 隔诉〔2026〕0031号 → 0031."""
    return (number or "").rpartition("〕")[2].removesuffix("号")


def cells(row: FetchedRow) -> dict[str, Any]:
    """Give the cells of a matter."""
    values = row.values
    light = values["light"]
    category = values["category"] or "没有分类"
    how = Issue.declaration("source").kind.show(values["source"])
    said = " ".join(part for part in (values["reporter"], how) if part)
    return {
        "light": Light(light.kind, light.word),
        "number": short_number(values["number"]),
        "heading": TwoLines(values["heading"], f"{category} · {said}"),
        "group": values["group"] or "",
        "handler": values["handler"] or "",
    }


def note_row(line: NotebookLine) -> ListRow:
    """Give the row of a notebook line."""
    at = line.at.astimezone(CHINA)
    return ListRow(
        line.id,
        {
            "light": Light("ok", f"{at:%m-%d %H:%M}"),
            "heading": TwoLines(line.text, "按 Enter 转成诉求"),
            "handler": line.author,
        },
    )
