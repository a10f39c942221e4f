"""What follows a carried vote: a numbered decision with its owner, and a draft for the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from village_app.db.records.meetings import AgendaItem
from village_app.db.records.resolutions import Resolution
from village_app.domain.kinds import DAY, FieldDeclaration
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.meetings.room import MeetingRoom


class DecisionBoxes(QWidget):
    """Two boxes to tick before the vote is closed, and the form that follows it."""

    def __init__(self, room: MeetingRoom) -> None:
        super().__init__()
        self.room = room
        self.village: Any = room.village
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        self.decide = QCheckBox("写进决议台账")
        self.decide.setChecked(True)
        self.draft = QCheckBox("起草决议公示")
        column.addWidget(self.decide)
        column.addWidget(self.draft)

    def follow(self, item_id: int) -> None:
        """After a carried vote ask who carries it out, and number the decision."""
        item = self.village.meetings.item(item_id)
        if item.state != "carried" or not self.decide.isChecked():
            return
        declared = [
            Resolution.declaration("text"),
            Resolution.declaration("responsible"),
            FieldDeclaration("due_on", "完成时限", DAY),
        ]
        self.room.ask(
            "写进决议台账",
            declared,
            lambda typed: self._decide(item, typed),
            {"text": item.decision or item.name},
        )

    def _decide(self, item: AgendaItem, typed: Typed) -> None:
        decided = self.village.resolutions.decide(item, typed)
        desk = self.room.page.desk
        desk.say(f"已写进决议台账 {decided.number}", None)
        if self.draft.isChecked():
            notice = self.village.resolutions.draft_notice(decided)
            desk.say(f"已起草 {notice.heading}", None)
