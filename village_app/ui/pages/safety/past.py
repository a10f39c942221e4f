"""取回几条: from a backup, only the records somebody picks."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from village_app.domain.kinds import TEXT
from village_app.errors import VillageError
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.lights import Light
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("name", "记录", TEXT, width=120, sortable=False),
    ColumnSpec("kind", "现在", None, width=96, sortable=False),
    ColumnSpec("old", "备份里", TEXT, width=220, stretch=True, sortable=False),
)
_SHOWN = 3


class TakeBackDialog(Sheeted):
    """Choose a kind of record, then the ones to take back; one change, which can be undone."""

    def __init__(self, desk: Desk, backup: Any, window: QWidget) -> None:
        super().__init__("从这份备份取回几条", "soon", window)
        self.desk = desk
        self._backup = backup
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("哪一种记录")
        for table, title in desk.village.past_records.tables(backup):
            self.kinds.addItem(title, table)
        self.kinds.currentIndexChanged.connect(lambda _index: self.compare())
        self.body.addWidget(self.kinds)
        self.table = RecordTable(ShortList(COLUMNS), name="past_records", measure="条", many=True)
        self.table.setMinimumHeight(theme().px(240))
        self.body.addWidget(self.table, 1)
        self.note = Text(
            "按住 Ctrl 可以选几条。只列出备份以后删掉或改过的。", "small", "ink3", wrap=True
        )
        self.body.addWidget(self.note)
        row = QHBoxLayout()
        row.addWidget(Button("取回选中的", icon="undo", kind="primary", press=self.take))
        row.addStretch(1)
        row.addWidget(Button("先不取回", key="Esc", press=self.reject))
        self.body.addLayout(row)
        self.compare()

    def compare(self) -> None:
        """List what differs in the chosen kind of record."""
        table = self.kinds.currentData()
        found = self.desk.village.past_records.differing(self._backup, table) if table else []
        self.table.refresh(ShortList(COLUMNS, map(_row, found)))

    def take(self) -> None:
        """Take the chosen records back."""
        chosen = self.table.selected_keys()
        if not chosen:
            self.note.setText("先选要取回的。")
            return
        try:
            count = self.desk.village.past_records.take_back(
                self._backup, self.kinds.currentData(), chosen
            )
        except VillageError as error:
            self.note.setText(error.message)
            return
        self.desk.say(f"取回了 {count} 条{self.kinds.currentText()}", self.desk.undo)
        self.accept()


def _row(past: Any) -> ListRow:
    light = Light("new", "已不在") if past.kind == "gone" else Light("dup", "改过")
    old = "；".join(
        f"{label} {then or '（空）'}" for label, then, _now in past.differences[:_SHOWN]
    )
    return ListRow(past.record_id, {"name": past.name, "kind": light, "old": old})
