"""The chosen task beside the list: what, who, until when, what proves it, where it came from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.db.records.issues import Task
from village_app.services.house.today_items import TodayItem
from village_app.services.issues.tasks import Origin
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.sheets import Facts, Hairline, Scroll, Sheet
from village_app.ui.kit.text import Text

_SHOWN = (
    *("owner", "helpers", "due_on", "recurrence", "measures", "evidence_needed"),
    *("result", "done_on"),
)


class TaskDetail(Sheet):
    """One task; every wish is handed to the page by its code."""

    def __init__(self, wish: Callable[[str], object]) -> None:
        super().__init__()
        self.number = Text("", "small", "ink2")
        self.heading = Text("", "songh2", wrap=True)
        self.facts = Facts()
        self.add(self.number)
        self.add(self.heading)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.facts)
        self.origin = Button("", kind="link", press=lambda: wish("origin"))
        column.addWidget(self.origin)
        column.addStretch(1)
        self.add(Scroll(inside), 1)
        self._line = Hairline()
        self.add(self._line)
        self._make_buttons(wish)
        self.show_nothing()

    def _make_buttons(self, wish: Callable[[str], object]) -> None:
        self.finish_button = Button(
            "完成",
            icon="tick",
            key="Ctrl+Enter",
            kind="primary",
            bind=False,
            press=lambda: wish("finish"),
        )
        self.buttons = (
            self.finish_button,
            Button("附材料", icon="paper", press=lambda: wish("evidence")),
            Button("改", icon="pen", press=lambda: wish("correct")),
            Button("取消任务", press=lambda: wish("drop")),
        )
        # What is due on another page is done there.
        self.go_button = Button(
            "去办", key="Enter", kind="primary", bind=False, press=lambda: wish("go")
        )
        self._holder = QWidget()
        flow = FlowLayout(self._holder, gap=8)
        for button in (self.go_button, *self.buttons):
            flow.addWidget(button)
        self.add(self._holder)

    def show_nothing(self) -> None:
        """Show that no task is chosen."""
        self._say("还没有选任务")

    def show_elsewhere(self, item: TodayItem) -> None:
        """Show a thing that is done on another page."""
        self._say(item.title)
        due = f"{item.due}" if item.due else ""
        facts = [("期限", due), ("说明", item.note)]
        self.facts.set_facts([(name, words) for name, words in facts if words])
        self.go_button.set_words(item.verb)
        self._offer(self.go_button)

    def _say(self, words: str) -> None:
        self.heading.setText(words)
        self.facts.set_facts([])
        self.number.hide()
        self.origin.hide()
        self._offer()

    def _offer(self, *fitting: Button) -> None:
        """Show these buttons only; without any, no line is drawn above them."""
        for button in (self.go_button, *self.buttons):
            button.setVisible(button in fitting)
        for part in (self._line, self._holder):
            part.setVisible(bool(fitting))

    def show_task(self, task: Task, evidence: Sequence[str], origin: Origin | None) -> None:
        """Show a task with the names of its evidence and the record it came from."""
        self.number.setText(task.number or "")
        self.number.setVisible(bool(task.number))
        self.heading.setText(task.heading)
        facts = [
            (task.declaration(name).label, task.declaration(name).kind.show(getattr(task, name)))
            for name in _SHOWN
        ]
        facts.append(("已附材料", "、".join(evidence)))
        self.facts.set_facts([(label, words) for label, words in facts if words])
        self.origin.setVisible(origin is not None)
        if origin is not None:
            self.origin.set_words(f"来自 {origin.words}")
        self._offer(*self.buttons if task.state == "open" else ())
