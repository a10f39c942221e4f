"""What a damaged file gave, as a list: the kinds of record that lose something come first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.domain.kinds import COUNT, TEXT
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.lights import Light
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("title", "记录", TEXT, width=136, sortable=False),
    ColumnSpec("light", "情况", None, width=92, sortable=False),
    ColumnSpec("saved", "抢救出", COUNT, width=84, sortable=False),
    ColumnSpec("lost", "读不出来的", TEXT, width=200, stretch=True, sortable=False),
)
HOW_ON = "读不出来的，修改记录里还有的，打开以后可以在“自检”里按修改记录修复；其余照纸补登。"


def rescued_rows(rescued: Any) -> ShortList:
    """Give the rows of a rescue: title, light, how many, what is lost."""
    tables = [one for one in rescued.tables if one.saved or one.lost]
    return ShortList(
        COLUMNS,
        (
            ListRow(
                at,
                {
                    "title": one.title,
                    "light": Light("fault", "有丢失") if one.lost else Light("done", "齐全"),
                    "saved": one.saved,
                    "lost": one.lost,
                },
            )
            for at, one in enumerate(tables, 1)
        ),
    )


class RescuedDialog(Sheeted):
    """The list over the page, with the way to print it."""

    def __init__(self, rescued: Any, print_out: Callable[[], None], window: QWidget) -> None:
        light = "fault" if rescued.losing else "done"
        super().__init__("抢救完了", light, window)  # type: ignore[arg-type]  # both are kinds
        self.body.addWidget(Text(f"在“{rescued.folder}”文件夹里，密码不变。", wrap=True))
        self.rows = rescued_rows(rescued)
        self.table = RecordTable(self.rows, name="rescued", measure="种")
        self.table.setMinimumHeight(theme().px(260))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(Text(HOW_ON, "small", "ink3", wrap=True))
        row = QHBoxLayout()
        row.addWidget(Button("知道了", key="Enter", kind="primary", press=self.accept))
        row.addStretch(1)
        row.addWidget(Button("打印清单", icon="printer", press=print_out))
        self.body.addLayout(row)
