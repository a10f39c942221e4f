"""A record of the register beside its list: what is known, what happened, its files, its wishes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.db.fields import Record
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.sheets import Facts, Scroll, Sheet
from village_app.ui.kit.text import Text
from village_app.ui.kit.timeline import Event, Timeline
from village_app.ui.page import Desk
from village_app.ui.pages.files_panel import FilesPanel
from village_app.ui.pages.wishes import MoreButton, Wish
from village_app.ui.theme import theme


class ScrolledColumn(QWidget):
    """What scrolls: as high as its wrapped sentences need at this width, never squeezed."""

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            layout = self.layout()
            if layout is not None and layout.hasHeightForWidth():
                self.setMinimumHeight(layout.heightForWidth(self.width()))
        return done


class History(QWidget):
    """A titled row of things that happened; nothing of it is seen while there are none."""

    def __init__(self, title: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        self.events = Timeline()
        self.events.setAccessibleName(title)
        column.addWidget(Text(title, "h3"))
        column.addWidget(self.events)

    def show_events(self, events: Iterable[Event]) -> None:
        """Show what happened, in the order given."""
        shown = list(events)
        self.events.set_events(shown)
        self.setVisible(bool(shown))


class RegisterDetail(Sheet):
    """Heading, facts, the parts of a subclass, files; below them up to three buttons and 更多.

    Files may be dropped anywhere on the sheet.
    """

    def __init__(
        self, desk: Desk, buttons: Sequence[Button], wishes: Callable[[], Sequence[Wish]]
    ) -> None:
        super().__init__()
        self.desk = desk
        self.heading = Text("", "songh2", wrap=True)
        self.add(self.heading)
        self.facts = Facts()
        self.files = FilesPanel(desk)
        self._inside = ScrolledColumn()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, theme().px(8), 0)
        self._column.setSpacing(theme().px(8))
        self._column.addWidget(self.facts)
        self._column.addWidget(self.files)
        self._column.addStretch(1)
        self.add(Scroll(self._inside), 1)
        self.add_hairline()
        self.more_button = MoreButton(wishes)
        # The page keeps the key: it works as well while the record is not seen.
        self.more_button.setShortcut("")
        self._buttons = (*buttons, self.more_button)
        self._add_buttons()
        self.setAcceptDrops(True)

    def _add_buttons(self) -> None:
        holder = QWidget()
        flow = FlowLayout(holder, gap=8)
        for button in self._buttons:
            flow.addWidget(button)
        self.add(holder)

    def add_parts(self, *parts: QWidget) -> None:
        """Put parts of the record between its facts and its files."""
        for part in parts:
            self._column.insertWidget(self._column.indexOf(self.files), part)

    def begin(self, record: Record | None, heading: str) -> None:
        """Show the heading and the files of a record; without one everything is at rest."""
        for button in self._buttons:
            button.setEnabled(record is not None)
        self.heading.setText(heading)
        self.files.show_files(record)
        self.files.setVisible(record is not None)
        if record is None:
            self.facts.set_facts([])

    def set_narrow(self, narrow: bool) -> None:
        """Lay the facts out side by side where the record has the whole width."""
        self.facts.set_columns(2 if narrow else 1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.files.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.files.dropEvent(event)
