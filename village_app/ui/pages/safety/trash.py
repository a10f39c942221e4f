"""回收站: what was deleted, brought back with all that went with it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from village_app.domain.kinds import COUNT, MOMENT, TEXT
from village_app.ui.asking import Choice, Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.keys import Key
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk
from village_app.ui.pages.safety.part import Part
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("at", "删除时间", MOMENT, width=150),
    ColumnSpec("what", "删掉的", TEXT, width=150),
    ColumnSpec("records", "一共几条", COUNT, width=84, narrow=False),
    ColumnSpec("user", "经手人", TEXT, width=88),
    ColumnSpec("label", "当时的事项", TEXT, width=200, stretch=True),
)


class TrashPart(Part):
    """The bin; the journal is where it lies."""

    keys = (Key("↑ ↓", "选一条"), Key("Ctrl+R", "取回"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.restore_button = Button(
            "取回", icon="undo", key="Ctrl+R", kind="primary", press=self.restore
        )
        self.empty_button = Button("清空回收站", icon="trash", kind="danger", press=self.empty)
        row.addWidget(self.restore_button)
        row.addWidget(self.empty_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.table = RecordTable(
            ShortList(COLUMNS), name="trash", measure="次", preferences=desk.preferences
        )
        self.table.set_empty(EmptyState("回收站是空的", "删掉的东西都先到这里，随时能取回。"))
        self.table.chosen.connect(lambda _key: self._allow())
        self.body.addWidget(self.table, 1)

    def refresh(self) -> None:
        rows = [
            ListRow(
                one.number,
                {
                    "at": one.at,
                    "what": one.what,
                    "records": one.records,
                    "user": one.user,
                    "label": one.label,
                },
            )
            for one in self.desk.village.trash.listed()
        ]
        self.table.refresh(ShortList(COLUMNS, rows))
        if self.table.current_key() is None:
            self.table.choose_first()
        self._allow()

    def _allow(self) -> None:
        self.restore_button.forbid("" if self.table.current_key() else "先选一条")
        reason = "" if self.table.count() else "回收站是空的"
        if not self.may("trash.empty"):
            reason = "您的角色不能清空回收站"
        self.empty_button.forbid(reason)

    def restore(self) -> None:
        """Bring the chosen deletion back."""
        number = self.table.current_key()
        if number is not None:
            self.attempt(lambda: self._restore(number))

    def _restore(self, number: int) -> None:
        done = self.desk.village.trash.restore(number)
        left = f"，{len(done.kept)} 条没有取回：{done.kept[0].reason}" if done.kept else ""
        self.desk.say(f"取回了 {sum(done.restored.values())} 条{left}", self.desk.undo)
        self.refresh()

    def empty(self) -> None:
        """Clear the bin for good, after a question."""
        count = self.table.count()
        answer = self.desk.asking.ask(
            Question(
                f"这 {count} 次删掉的内容再也取不回来",
                [("还留着什么", "修改记录里仍有谁在什么时候删的，内容没有了。")],
                [
                    Choice("empty", "清空回收站", "trash", danger=True),
                    Choice("", "先不清空"),
                ],
            )
        )
        if answer == "empty":
            self.attempt(self._empty)

    def _empty(self) -> None:
        self.desk.say(f"清掉了 {self.desk.village.trash.empty()} 条", None)
        self.refresh()

    def lay_out(self, narrow: bool) -> None:
        self.table.set_narrow(narrow)

    def first_focus(self) -> RecordTable:
        return self.table
