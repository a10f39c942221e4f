"""A form over the page: typed, saved by a service, faults under the fields, Esc leaves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from village_app.domain.kinds import FieldDeclaration
from village_app.errors import EnvironmentProblem, Fault, InvalidInput, Refused
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.doubting import Asks, FormDoubts
from village_app.ui.kit.form import RecordForm
from village_app.ui.kit.sheets import Scroll
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme

# What was typed goes to the service as it was typed: a number would be read as 元 once more.
Typed = Mapping[str, str]
Save = Callable[[Typed], object]


class FormDialog(Sheeted):
    """A sheet with a form and two ways on: save (Ctrl+S) or leave (Esc).

    `save` takes the typed texts by field; its faults are shown in the form, its refusal in a line
    above the buttons, and the sheet stays open with everything that was typed. `doubts` asks what
    deserves a second look: said below the fields, blocking nothing.
    """

    def __init__(
        self,
        title: str,
        declarations: Iterable[FieldDeclaration],
        save: Save,
        window: QWidget,
        *,
        words: str = "存",
        values: Mapping[str, Any] | None = None,
        lines: Sequence[Sequence[str]] = (),
        doubts: Asks | None = None,
    ) -> None:
        super().__init__(title, "new", window)
        self._save = save
        self.form = RecordForm(declarations, lines=lines)
        for declared in self.form.declarations:
            if declared.name.endswith("password"):
                self._hide_what_is_typed(declared.name)
        if values is not None:
            self.form.set_values(values)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme().px(8), 0)
        column.addWidget(self.form)
        scroll = Scroll(inside)
        wanted = inside.sizeHint().height() + theme().px(8)
        scroll.setMinimumHeight(
            min(wanted, max(theme().px(200), window.height() - theme().px(220)))
        )
        self.body.addWidget(scroll, 1)
        self.refusal = Text("", "body", "red", wrap=True)
        self.refusal.hide()
        self.body.addWidget(self.refusal)
        row = QHBoxLayout()
        self.button = Button(words, icon="save", key="Ctrl+S", kind="primary", press=self.save)
        row.addWidget(self.button)
        self.doubts = None if doubts is None else FormDoubts(self.form, doubts, self.button, words)
        row.addStretch(1)
        row.addWidget(Button("先不记了", key="Esc", press=self.reject))
        self.body.addLayout(row)
        self.form.focus_first()

    def _hide_what_is_typed(self, name: str) -> None:
        line = self.form.editor(name).control
        assert isinstance(line, QLineEdit)  # a password is a line of text
        line.setEchoMode(QLineEdit.EchoMode.Password)

    def save(self) -> None:
        """Hand what was typed to the service; close when it took it."""
        self.refusal.hide()
        try:
            self.form.values()
            if self.doubts is not None and not self.doubts.may_save():
                return
            typed = self.form.draft()
            self._save(typed)
        except InvalidInput as error:
            self._show_faults(error.faults)
            return
        except (Refused, EnvironmentProblem) as refusal:
            self._say(refusal.message)
            return
        self.accept()

    def _show_faults(self, faults: Sequence[Fault]) -> None:
        known = {declared.name for declared in self.form.declarations}
        self.form.set_faults([fault for fault in faults if fault.field in known])
        others = [fault.message for fault in faults if fault.field not in known]
        if others:
            self._say("；".join(others))

    def _say(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.show()
