"""One line and Enter: what was understood, the household's history, what seems the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_app.db.records.issues import Issue
from village_app.errors import InvalidInput, Refused
from village_app.services.issues.entry import Duplicate, Understanding
from village_app.ui.kit.quick_entry import QuickEntry, Understood
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.issues.rows import short_number
from village_app.ui.theme import theme

_PHOTO_HEIGHT = 54


class TypingPanel(QWidget):
    """The entry of the page; `logged` names the matter that was entered or joined.

    `in_notebook` tells whether lines are only kept; `form_wished` asks for the whole form.
    """

    logged = Signal(object)
    form_wished = Signal()

    def __init__(self, desk: Desk, in_notebook: Callable[[], bool]) -> None:
        super().__init__()
        self.desk = desk
        self._in_notebook = in_notebook
        self._words: Understanding | None = None
        self._same: int | None = None
        self.entry = QuickEntry("谁、在哪、什么事，写一句", understand=self._understand)
        self.entry.written.connect(self.write_down)
        self.entry.pill_pressed.connect(lambda _key: self.form_wished.emit())
        self.entry.merge_pressed.connect(self.merge_typed)
        self.history = Text("", "small", "amber", wrap=True)
        self.photo = QLabel()
        self.photo.setFixedHeight(theme().px(_PHOTO_HEIGHT))
        self.photo.hide()
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme().px(10))
        below.addWidget(self.photo)
        below.addWidget(self.history, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        column.addWidget(self.entry)
        column.addLayout(below)
        self.history.hide()

    def values(self) -> dict[str, Any]:
        """Give the fields of a matter as they were understood of what stands there."""
        text = self.entry.line.text().strip()
        if not text:
            return {"source": "visit"}
        found: Understanding = self.desk.village.issue_entry.understand(text)
        return found.values()

    # While typing

    def _understand(self, text: str) -> Iterable[Understood]:
        if self._in_notebook():
            return ()
        found: Understanding = self.desk.village.issue_entry.understand(text)
        self._words = found
        self._show_likely(found)
        return _pills(found)

    def _show_likely(self, found: Understanding) -> None:
        entry = self.desk.village.issue_entry
        history = entry.history_of_person(found.reporter_id) if found.reporter_id else None
        self._say_history(history.sentence() if history else "", history)
        same = entry.duplicates(found)
        self._same = same[0].id if same else None
        self._show_photo(self._same)
        if same:
            self.entry.show_duplicate(*_same_words(same[0]))
        else:
            self.entry.show_duplicate("", "")

    def _show_photo(self, issue_id: int | None) -> None:
        """Show the photo of what seems the same, so that one sees at once whether it is."""
        if issue_id is None:
            self.photo.hide()
            return
        first = self.desk.village.issue_photos.first
        job = self.desk.jobs.start(lambda _report: first(issue_id), "找照片", writes=False)
        job.succeeded.connect(lambda data: self._take_photo(issue_id, data))

    def _take_photo(self, issue_id: int, data: bytes) -> None:
        """Show a picture, unless something else was typed meanwhile."""
        picture = QPixmap()
        if issue_id != self._same or not data or not picture.loadFromData(data):
            self.photo.hide()
            return
        height = theme().px(_PHOTO_HEIGHT)
        smooth = Qt.TransformationMode.SmoothTransformation
        self.photo.setPixmap(picture.scaledToHeight(height, smooth))
        self.photo.setAccessibleName("像是同一件的照片")
        self.photo.show()

    def _say_history(self, sentence: str, history: Any) -> None:
        earlier = history.earlier[:3] if history else ()
        more = "、".join(f"{short_number(one.number)}号 {one.heading}" for one in earlier)
        self.history.setText(f"{sentence}：{more}" if sentence else "")
        self.history.setVisible(bool(sentence))

    # Enter

    def write_down(self, text: str) -> None:
        """Keep the line: as a note in the notebook, else as a matter with its number."""
        village = self.desk.village
        issue: Issue | None = None
        try:
            if self._in_notebook():
                village.notebook.write(text)
                said = "已记下"
            else:
                issue = village.issues.log(village.issue_entry.understand(text).values())
                said = f"已登记 {issue.number}"
        except (InvalidInput, Refused) as refusal:
            self.desk.say(refusal.message, None)
            return
        self.forget()
        if issue is not None:
            self.logged.emit(issue.id)
            self.entry.line.setFocus()
        self.desk.say(said, self.desk.undo)

    def merge_typed(self) -> None:
        """Enter what was typed and put it at once into the matter that seems the same."""
        if self._same is None or self._words is None:
            return
        village = self.desk.village
        main = village.issues.get(self._same)
        try:
            with village.change(f"并到 {main.number}"):
                issue = village.issues.log(self._words.values())
                village.issue_work.merge(issue, main)
        except (InvalidInput, Refused) as refusal:
            self.desk.say(refusal.message, None)
            return
        self.forget()
        self.logged.emit(main.id)
        self.desk.say(f"已并到 {main.number}", self.desk.undo)

    def forget(self) -> None:
        """Begin anew after the line was kept."""
        self.entry.clear()
        self._words, self._same = None, None
        self._say_history("", None)
        self.photo.hide()


def _same_words(same: Duplicate) -> tuple[str, str]:
    number = short_number(same.number)
    ago = f"{same.days_ago} 天前" if same.days_ago else "今天"
    return f"像是同一件：{number}号 {same.heading}（{ago}）", f"并到 {number}号"


def _pills(found: Understanding) -> list[Understood]:
    category = " · ".join(part for part in (found.category, found.subcategory) if part)
    where = found.place or found.group
    pills = (
        Understood("reporter", "人", found.reporter or found.called),
        Understood("place", "地", where),
        Understood("category", "类", category),
        Understood("limit", "限", found.limit_label),
    )
    return [one for one in pills if one.words]
