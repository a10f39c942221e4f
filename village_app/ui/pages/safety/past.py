"""取回几条: from a backup, only the records somebody picks."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from village_app.db.records import RECORDS
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
    """Choose a kind of record, then the ones to take back; one change, which can be undone.

    Only what differs is offered; comparing all of it runs beside the window.
    """

    def __init__(self, desk: Desk, backup: Any, window: QWidget) -> None:
        super().__init__("从这份备份取回几条", "soon", window)
        self.desk = desk
        self._backup = backup
        self._found: dict[str, list[Any]] = {}
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("哪一种记录")
        self.kinds.currentIndexChanged.connect(lambda _index: self.show_kind())
        self.body.addWidget(self.kinds)
        self.table = RecordTable(ShortList(COLUMNS), name="past_records", measure="条", many=True)
        self.table.setMinimumHeight(theme().px(240))
        self.body.addWidget(self.table, 1)
        self.note = Text("正在和现在的数据对比。", "small", "ink3", wrap=True)
        self.body.addWidget(self.note)
        row = QHBoxLayout()
        self.take_button = Button("取回选中的", icon="undo", kind="primary", press=self.take)
        self.take_button.forbid("正在对比")
        row.addWidget(self.take_button)
        row.addStretch(1)
        row.addWidget(Button("先不取回", key="Esc", press=self.reject))
        self.body.addLayout(row)
        self._compare()

    def _compare(self) -> None:
        past = self.desk.village.past_records
        job = self.desk.jobs.start(
            lambda report: past.all_differing(self._backup, report=report), "对比备份", writes=False
        )
        job.succeeded.connect(self._compared)
        job.failed.connect(self._failed)
        self.finished.connect(job.cancel)

    def _compared(self, found: dict[str, list[Any]]) -> None:
        self._found = found
        for table, records in found.items():
            self.kinds.addItem(f"{RECORDS[table].title}（{len(records):,} 条）", table)
        if found:
            self.note.setText("按住 Ctrl 可以选几条。只列出备份以后删掉或改过的。")
            self.take_button.forbid("")
            self.table.setFocus()
        else:
            self.note.setText("备份里有的，现在都还在，也没有改过，没有什么要取回。")
            self.take_button.forbid("没有要取回的")

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, VillageError):
            raise error
        self.note.setText(error.message)

    def show_kind(self) -> None:
        """List what differs in the chosen kind of record."""
        found = self._found.get(self.kinds.currentData(), [])
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
        title = RECORDS[self.kinds.currentData()].title
        self.desk.say(f"取回了 {count} 条{title}", self.desk.undo)
        self.accept()


def _row(past: Any) -> ListRow:
    light = Light("new", "已不在") if past.kind == "gone" else Light("dup", "改过")
    old = "；".join(
        f"{label} {then or '（空）'}" for label, then, _now in past.differences[:_SHOWN]
    )
    return ListRow(past.record_id, {"name": past.name, "kind": light, "old": old})
