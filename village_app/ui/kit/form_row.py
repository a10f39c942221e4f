"""One field of a form: its name, its editor, and what is said below it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from village_app.domain.kinds import FieldDeclaration, Unreadable
from village_app.errors import Fault
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.editors import FieldEditor
from village_app.ui.kit.note import Note
from village_app.ui.kit.text import Text
from village_app.ui.own_words import own
from village_app.ui.theme import theme


class FormRow(QWidget):
    """Editor and note of one field; the name stands in the form's own column."""

    edited = Signal()
    reveal_pressed = Signal()

    def __init__(
        self,
        declaration: FieldDeclaration,
        editor: FieldEditor,
        explain: Callable[[Any], str] | None = None,
    ) -> None:
        super().__init__()
        self.declaration = declaration
        self.editor = editor
        self._explain = explain
        self.fault: Fault | None = None
        self.doubt = ""
        self.masked = False
        star = " *" if declaration.required else ""
        self.label = Text(own(declaration.label) + star, "body", "ink2", wrap=True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.label.setContentsMargins(0, theme().px(6), 0, 0)
        self.label.setBuddy(editor.control)
        self.note = Note()
        self._reveal = Button("看全号", kind="link", press=self.reveal_pressed.emit)
        self._reveal.setVisible(False)
        self._build()
        self._say_hint()

    def _build(self) -> None:
        declaration, control = self.declaration, self.editor.control
        must = "，必填" if declaration.required else ""
        control.setAccessibleName(own(declaration.label) + must)
        control.setAccessibleDescription(declaration.hint)
        line = QHBoxLayout()
        line.setSpacing(theme().px(8))
        line.addWidget(self.editor, 1)
        line.addWidget(self._reveal)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(line)
        body.addWidget(self.note)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        # A form that has too little room must scroll, not squeeze its inputs.
        control.setMinimumHeight(control.sizeHint().height())
        self.editor.edited.connect(self._edited)
        self.editor.left.connect(self.look)

    def _edited(self) -> None:
        self.fault, self.doubt = None, ""
        self.editor.set_faulty(False)
        self._say_hint()
        self.edited.emit()

    def read(self) -> Any:
        """Read the value; raises `Unreadable`, also where a required field is blank."""
        value = self.editor.value()
        if value in (None, "") and self.declaration.required:
            raise Unreadable("required", f"{self.declaration.label}不能空。")
        return value

    def look(self) -> None:
        """Read what was typed when the keyboard leaves; a blank is said only when saving."""
        if self.fault is not None or self.masked:
            return
        try:
            value = self.editor.value()
        except Unreadable as error:
            self.set_fault(Fault(self.declaration.name, error.code, error.message))
            return
        doubts = self.declaration.kind.doubts(value) if value is not None else ()
        sentences = [doubt.message for doubt in doubts] + [self.doubt] * bool(self.doubt)
        if sentences:
            self.note.say("；".join(sentences), "amber", "today")
            self.editor.control.setAccessibleDescription("；".join(sentences))
        else:
            self._say_hint()

    def set_doubt(self, sentence: str) -> None:
        """Say what another record makes doubtful here, or nothing; a fault goes before it."""
        self.doubt = sentence
        self.look()

    def set_fault(self, fault: Fault | None) -> None:
        """Say what is wrong, or nothing."""
        self.fault = fault
        self.editor.set_faulty(fault is not None)
        if fault is None:
            self._say_hint()
        else:
            self.note.say(fault.message, "red", "fault")
            self.editor.control.setAccessibleDescription(fault.message)

    def _say_hint(self) -> None:
        text = self._explained() or self.editor.understood() or self.declaration.hint
        self.note.say("" if self.masked else text)
        self.editor.control.setAccessibleDescription(text)

    def _explained(self) -> str:
        if self._explain is None or self.masked:
            return ""
        try:
            value = self.editor.value()
        except Unreadable:
            return ""
        return "" if value is None else self._explain(value)

    def show_value(self, value: Any) -> None:
        """Show a value as it is; nothing is masked any more."""
        self._unmask()
        self.fault, self.doubt = None, ""
        self.editor.set_faulty(False)
        self.editor.set_value(value)
        self._say_hint()

    def show_masked(self, text: str) -> None:
        """Show the masked text instead of the value, with the way to see all of it."""
        self.masked = True
        self.editor.set_raw(text)
        self.editor.set_read_only(True)
        self._reveal.setVisible(True)
        self._reveal.setAccessibleName(f"看全号：{self.declaration.label}")
        self.note.say("")

    def _unmask(self) -> None:
        if self.masked:
            self.masked = False
            self.editor.set_read_only(False)
            self._reveal.setVisible(False)
