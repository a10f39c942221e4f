"""Soft warnings in a form: what stands there can be kept, but deserves a second look."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from village_app.errors import Refused
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.form import RecordForm

# Asks what is doubtful about what stands in the fields: typed texts → sentences by field.
Asks = Callable[[Mapping[str, str]], Mapping[str, str]]


class FormDoubts(QObject):
    """Looks at a form whenever the keyboard leaves a field; says doubts below the fields.

    Nothing is blocked: `may_save` is False only for a doubt that nobody could have seen yet. While
    there are doubts the button that saves says 仍然新增, or what `begin` was told. Used like this:
        self.doubts = FormDoubts(form, village.resident_doubts.of, save_button)
        def save(self) -> None:
            if not self.doubts.may_save():
                return
    """

    def __init__(self, form: RecordForm, asks: Asks, button: Button, words: str = "存") -> None:
        super().__init__(form)
        self._form = form
        self._asks = asks
        self._button = button
        self._words = words
        self._anyway = "仍然新增"
        self._seen: dict[str, str] = {}
        for declared in form.declarations:
            form.editor(declared.name).left.connect(self.look)

    def begin(self, anyway: str) -> None:
        """Begin with another record in the same form."""
        self._anyway = anyway
        self._seen = {}
        self._button.set_words(self._words)

    def look(self) -> None:
        """Ask again and show what is doubtful now."""
        try:
            found = dict(self._asks(self._form.draft()))
        except Refused:
            return  # locked or closed meanwhile: the keyboard left the field by that
        for name in self._seen.keys() - found.keys():
            self._form.say_doubt(name, "")
        for name, sentence in found.items():
            self._form.say_doubt(name, sentence)
        self._seen = found
        self._button.set_words(self._anyway if found else self._words)

    def may_save(self) -> bool:
        """Say whether every doubt was shown before the button was pressed."""
        seen = set(self._seen.values())
        self.look()
        return set(self._seen.values()) <= seen
