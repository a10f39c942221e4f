"""One person beside the list: facts masked, what he is, what happened, his papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.db.records.register import LifeEvent
from village_app.db.records.residents import Resident
from village_app.services.register.labels import Held
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.sheets import Facts, Scroll, Sheet
from village_app.ui.kit.text import Text
from village_app.ui.kit.timeline import Event, Timeline
from village_app.ui.page import Desk
from village_app.ui.pages.files_panel import FilesPanel
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


class ResidentDetail(Sheet):
    """Shows a person; every wish goes to the page by its code (edit, reveal, file, more)."""

    def __init__(self, desk: Desk, wish: Callable[[str], object]) -> None:
        super().__init__()
        self._desk = desk
        self._wish = wish
        self.heading = Text("", "songh2", wrap=True)
        self.facts = Facts()
        self.held_title = Text("职务和标签", "h3")
        self.held = Timeline()
        self.held.setAccessibleName("职务和标签")
        self.events_title = Text("人口变动", "h3")
        self.events = Timeline()
        self.events.setAccessibleName("人口变动")
        self.files = FilesPanel(desk)
        self.add(self.heading)
        self._inside = ScrolledColumn()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, theme().px(8), 0)
        column.setSpacing(theme().px(8))
        for part in (self.facts, self.held_title, self.held, self.events_title, self.events):
            column.addWidget(part)
        column.addWidget(self.files)
        column.addStretch(1)
        self.add(Scroll(self._inside), 1)
        self.add_hairline()
        self._make_buttons()

    def _make_buttons(self) -> None:
        def ask(code: str) -> Callable[[], object]:
            return lambda: self._wish(code)

        self.edit_button = Button("修改", key="F2", press=ask("edit"))
        self.reveal_button = Button("看全号", press=ask("reveal"))
        self.file_button = Button("往来", press=ask("file"))
        self.more_button = Button("更多", key="Ctrl+M", press=ask("more"))
        # The keys stand in the strip below; with their caps here the row would be too long.
        self.edit_button.set_key("")
        self.more_button.set_key("")
        holder = QWidget()
        flow = FlowLayout(holder, gap=8)
        self.buttons = (self.edit_button, self.reveal_button, self.file_button, self.more_button)
        for button in self.buttons:
            flow.addWidget(button)
        self.add(holder)

    def show_person(self, person: Resident | None) -> None:
        """Show a person, or that nobody is chosen."""
        for button in self.buttons:
            button.setEnabled(person is not None)
        self.files.show_files(person)
        self.files.setVisible(person is not None)
        if person is None:
            self.heading.setText("还没有选人")
            self.facts.set_facts([])
            self._show_held(())
            self._show_events(())
            return
        village = self._desk.village
        self.heading.setText(person.name)
        self.facts.set_facts(village.residents.masked_facts(person))
        self._show_held(village.labels.of(person))
        self._show_events(village.life_events.of(person))

    def _show_held(self, held: Iterable[Held]) -> None:
        today = self._desk.village.session.today()
        events = [
            Event(one.word, _term(one), "done" if one.holds_on(today) else "hold") for one in held
        ]
        self.held.set_events(events)
        self.held_title.setVisible(bool(events))
        self.held.setVisible(bool(events))

    def _show_events(self, events: Iterable[LifeEvent]) -> None:
        kind = LifeEvent.declaration("kind").kind
        shown = [
            Event(
                f"{one.day} {kind.show(one.kind)}",
                "，".join(part for part in (one.place, one.note) if part),
            )
            for one in events
        ]
        self.events.set_events(shown)
        self.events_title.setVisible(bool(shown))
        self.events.setVisible(bool(shown))


def _term(held: Held) -> str:
    begins = f"{held.from_day} 起" if held.from_day is not None else ""
    ends = f"到 {held.to_day}" if held.to_day is not None else ""
    return "，".join(part for part in (f"{begins}{ends}", held.note) if part)
