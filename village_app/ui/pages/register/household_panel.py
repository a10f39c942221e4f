"""What households said in writing: taken down, withdrawn until the deadline, added up by group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from village_app.db.records.meetings import AgendaItem
from village_app.db.records.votes import CHOICES, HouseholdStatement
from village_app.domain.kinds import COUNT, DAY, FieldDeclaration
from village_app.services.meetings.household_statements import Said
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.meetings.room import MeetingRoom

FIELDS = ("household", "group_name", "choice", "day", "signer")
_WORDS = {
    "counts": "",
    "replaced": "后来另有意见",
    "withdrawn": "已撤回",
    "void": "表决内容改过，作废",
}


class HouseholdPanel(QWidget):
    """The statements of households on the chosen item."""

    def __init__(self, room: MeetingRoom) -> None:
        super().__init__()
        self.room = room
        self.village: Any = room.village
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        self.deadline = Text("", "small", "ink2", wrap=True)
        column.addWidget(self.deadline)
        row = QHBoxLayout()
        row.addWidget(Button("登记意见", icon="plus", press=self.enter))
        row.addWidget(Button("定期限", kind="link", press=self.announce))
        row.addWidget(Button("撤回", kind="link", press=self.withdraw))
        row.addStretch(1)
        column.addLayout(row)
        self.list = QListWidget()
        self.list.setAccessibleName("户的意见")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setMinimumHeight(theme().px(96))
        column.addWidget(self.list, 1)
        # Stands beside or below, where the vote's own result stands.
        self.tallies = Text("", "body", "ink", wrap=True)

    def show_item(self, item: AgendaItem) -> None:
        """Show what was said on an item."""
        until = (
            f"{item.statements_until} 前可以登记和撤回" if item.statements_until else "还没定期限"
        )
        total = f"，应签 {item.households} 户" if item.households else ""
        self.deadline.setText(f"一户一票，最后一次为准；{until}{total}。")
        chosen = self._chosen()
        self.list.clear()
        for said in self.village.household_statements.listed(item):
            line = QListWidgetItem(_line(said), self.list)
            line.setData(Qt.ItemDataRole.UserRole, said.statement.id)
            if chosen is not None and said.statement.id == chosen.id:
                self.list.setCurrentItem(line)
        groups = self.village.household_statements.by_group(item)
        lines = [
            f"{one.group or '未写小组'}：赞成 {one.in_favour}　反对 {one.against}"
            f"　弃权 {one.abstained}"
            for one in groups
        ]
        yes, no = sum(one.in_favour for one in groups), sum(one.against for one in groups)
        abstained = sum(one.abstained for one in groups)
        lines.append(f"合计 {yes + no + abstained} 户：赞成 {yes}　反对 {no}　弃权 {abstained}")
        self.tallies.setText("\n".join(lines))

    def enter(self) -> None:
        """Take down what a household said."""
        item = self.room.item()
        self.room.ask(
            "登记户的意见",
            [HouseholdStatement.declaration(name) for name in FIELDS],
            lambda typed: self.village.household_statements.take_down(item, typed),
            {"day": self.village.session.today()},
        )

    def announce(self) -> None:
        """Say until when statements are taken, and how many households there are."""
        item = self.room.item()
        if item is None:
            return
        known = item.households or self.village.household_statements.known_households() or None
        declared = [
            FieldDeclaration("statements_until", "截止日期", DAY, required=True),
            FieldDeclaration("households", "应签户数", COUNT, required=True),
        ]
        self.room.ask(
            "定户的意见的期限",
            declared,
            lambda typed: self.village.household_statements.announce(item, typed),
            {"statements_until": item.statements_until, "households": known},
        )

    def withdraw(self) -> None:
        """Withdraw the chosen statement."""
        chosen = self._chosen()
        if chosen is None:
            self.room.say("先在上面选一户的意见，再撤回。")
            return
        self.room.attempt(lambda: self.village.household_statements.withdraw(chosen))

    def _chosen(self) -> HouseholdStatement | None:
        line, item = self.list.currentItem(), self.room.item()
        if line is None or item is None:
            return None
        key = line.data(Qt.ItemDataRole.UserRole)
        said = self.village.household_statements.listed(item)
        return next((one.statement for one in said if one.statement.id == key), None)


def _line(said: Said) -> str:
    one, word = said.statement, _WORDS[said.standing]
    parts = [one.household, one.group_name or "", CHOICES.show(one.choice), str(one.day)]
    return "　".join(part for part in (*parts, f"（{word}）" if word else "") if part)
