"""A roll call: everybody who may vote, one key for each answer, the counts beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from village_app.db.records.votes import CHOICES

_KEY = Qt.ItemDataRole.UserRole
_ANSWERS: dict[str, str | None] = {"1": "yes", "2": "no", "3": "abstain", "0": None}


class RollCall(QListWidget):
    """The voters in order. 1 赞成, 2 反对, 3 弃权, 0 clears; the next one is chosen by itself.

    `answered` tells that an answer was given or cleared.
    """

    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("点名")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._names: dict[int, str] = {}
        self._answers: dict[int, str] = {}

    def set_voters(self, voters: Iterable[tuple[int, str]]) -> None:
        """Show who may vote (key, name); answers of those who still may are kept."""
        names = dict(voters)
        if names == self._names:
            return
        self._names = names
        self._answers = {key: one for key, one in self._answers.items() if key in self._names}
        self.clear()
        for key in self._names:
            item = QListWidgetItem(self)
            item.setData(_KEY, key)
            self._say(item)
        self.setCurrentRow(0)

    def forget(self) -> None:
        """Drop all answers."""
        self._answers = {}
        for row in range(self.count()):
            self._say(self.item(row))
        self.setCurrentRow(0)

    def answers(self) -> Mapping[int, str]:
        """Give the answers so far: key of the voter to the code of the choice."""
        return dict(self._answers)

    def counts(self) -> tuple[int, int, int, int]:
        """Give 赞成, 反对, 弃权 and how many were not asked yet."""
        given = list(self._answers.values())
        yes, no, abstained = (given.count(one) for one in ("yes", "no", "abstain"))
        return yes, no, abstained, len(self._names) - len(given)

    def answer(self, choice: str | None) -> None:
        """Take down the answer of the chosen voter and go to the next."""
        item = self.currentItem()
        if item is None:
            return
        key = item.data(_KEY)
        if choice is None:
            self._answers.pop(key, None)
        else:
            self._answers[key] = choice
        self._say(item)
        if choice is not None and self.currentRow() + 1 < self.count():
            self.setCurrentRow(self.currentRow() + 1)
        self.answered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in _ANSWERS:
            self.answer(_ANSWERS[event.text()])
            return
        super().keyPressEvent(event)

    def _say(self, item: QListWidgetItem) -> None:
        key = item.data(_KEY)
        choice = self._answers.get(key)
        word = CHOICES.show(choice) if choice else "未问"
        item.setText(f"{self._names[key]}　{word}")
