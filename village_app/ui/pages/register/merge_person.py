"""Making one person of two entries that the look through the register does not pair."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from village_app.db.records.residents import Resident
from village_app.domain.kinds import FieldDeclaration, Reference
from village_app.domain.unreadable import Unreadable
from village_app.errors import VillageError
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.form import RecordForm
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk, Page
from village_app.ui.pages.register.merge_choice import TwoEntries
from village_app.ui.pages.register.register_references import RegisterReferences
from village_app.ui.theme import theme

_OTHER = FieldDeclaration("other", "另一条记录", Reference("resident"), required=True)
# px at 100 %: what stands above and below the two entries in the sheet.
_ROUND_THEM = 330


class MergePersonDialog(Sheeted):
    """Find the other entry, compare field by field, make the two one; one undo takes it back."""

    def __init__(
        self, desk: Desk, person: Resident, owner: Page, other: Resident | None = None
    ) -> None:
        super().__init__(f"{person.name} 和另一条记录合并", "new", owner.window())
        self._desk = desk
        self._person = person
        self._owner = owner
        self._shown: int | None = None
        self.form = RecordForm([_OTHER], references=RegisterReferences(desk.village))
        self.form.edited.connect(self._look)
        self.body.addWidget(self.form)
        self.entries = TwoEntries(desk.village)
        room = owner.window().height() - theme().px(_ROUND_THEM)
        self.entries.setMinimumHeight(min(theme().px(330), max(theme().px(160), room)))
        self.body.addWidget(self.entries, 1)
        self.refusal = Text("", "body", "red", wrap=True)
        self.refusal.hide()
        self.body.addWidget(self.refusal)
        self._make_buttons()
        if other is not None:
            self.form.set_values({"other": other.id})
        self._look()
        self.form.focus_first()

    def _make_buttons(self) -> None:
        self.merge_button = Button(
            "合并成一人", icon="tick", key="Ctrl+Enter", kind="primary", press=self.merge
        )
        row = QHBoxLayout()
        row.addWidget(self.merge_button)
        row.addStretch(1)
        row.addWidget(Button("先不办", key="Esc", press=self.reject))
        self.body.addLayout(row)

    def _look(self) -> None:
        """Show the two entries side by side as soon as the other one is known."""
        key = self._chosen()
        self._say("这就是本人这一条，请另选一条。" if key == self._person.id else "")
        if key == self._person.id:
            key = None
        self.merge_button.forbid("" if key is not None else "先找到另一条记录")
        if key == self._shown and key is not None:
            return
        self._shown = key
        residents = self._desk.village.residents
        if key is None:
            self.entries.show_nobody("输入姓名、拼音或号码尾数，找到另一条记录。")
        else:
            self.entries.show_two(residents.get(self._person.id), residents.get(key))

    def _chosen(self) -> int | None:
        try:
            key: int | None = self.form.editor("other").value()
        except Unreadable:
            return None
        return key

    def merge(self) -> None:
        """Make the two one; the sheet stays with what is refused."""
        try:
            kept = self.entries.merge()
        except VillageError as refusal:
            self._say(refusal.message)
            return
        if kept is None:
            return
        self.accept()
        self._owner.open_record(kept.id)
        self._desk.say(f"已合并成一人：{kept.name}", self._desk.undo)

    def _say(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))
