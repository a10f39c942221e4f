"""The frame of an import's page: head, step bar, foot and keys, as each step wants them."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.wizard import WizardFrame
from village_app.ui.page import Desk, Page
from village_app.ui.pages.imports.steps import (
    CHOOSING,
    FACTS,
    KEYS,
    MATCHING,
    NAMES,
    TRIAL,
    UNTOUCHED,
    WRITING,
)


class ImportFrame(Page):
    """A wizard of five steps; subclasses add the steps and say what is done in them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.keys = KEYS[CHOOSING]
        self.away_button = Button("先放下", icon="cross", key="Esc", press=self.leave)
        self.errors_button = Button("导出错误行", icon="out", press=self.save_errors)
        self.facts_button = Button("这张表", icon="book", press=self.turn)
        self.head = PageHead(self.title, buttons=[self.away_button])
        self.wizard = WizardFrame(NAMES)
        self.wizard.extra.addWidget(self.errors_button)
        self.wizard.extra.addWidget(self.facts_button)
        self.body.addWidget(self.head)
        self.body.addWidget(self.wizard, 1)

    # For subclasses

    def leave(self) -> None:
        """Go away from the page."""
        raise NotImplementedError

    def save_errors(self) -> None:
        """Save the rows with errors."""
        raise NotImplementedError

    def turn(self) -> None:
        """Show the card of the file in place of the columns, and back."""
        raise NotImplementedError

    def step_back(self) -> None:
        """Take the last decision of this import back."""
        raise NotImplementedError

    # How each step is dressed

    def dress(self) -> None:
        """Let head, keys and foot follow the step that is shown."""
        step = self.wizard.step
        number = f"（第 {step + 1} 步）" if self.narrow else ""
        self.head.set_title(f"{self.title}{number}", FACTS[step])
        self.set_keys(KEYS[step])
        self.away_button.setVisible(step < WRITING)
        self.away_button.set_words("回去" if step == CHOOSING else "先放下")
        self.errors_button.setVisible(step == TRIAL)
        self.facts_button.setVisible(step == MATCHING and self.narrow)
        self.wizard.say_safe(UNTOUCHED if step < WRITING else "")
        if step == WRITING:
            self.wizard.on.forbid("正在写入，写完自动到下一步。")

    # Ctrl+Z

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Z for this import while it is looked at: it must not undo the register."""
        if event.type() == QEvent.Type.ShortcutOverride and self._is_step_back(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_step_back(event):
            self.step_back()
        else:
            super().keyPressEvent(event)

    def _is_step_back(self, event: QEvent) -> bool:
        looks = self.wizard.step in (MATCHING, TRIAL)
        undo = QKeySequence.StandardKey.Undo
        return looks and isinstance(event, QKeyEvent) and event.matches(undo)
