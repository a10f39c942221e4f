"""The form of an agenda item with stock phrases: chosen, they stand where the text is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from village_app.domain.kinds import FieldDeclaration
from village_app.ui.pages.form_dialog import FormDialog, Save

_BEGIN = "插入常用语"


class ItemDialog(FormDialog):
    """The form, and above it a list of phrases by field; a phrase goes to the end of its field."""

    def __init__(
        self,
        title: str,
        declarations: Iterable[FieldDeclaration],
        save: Save,
        window: QWidget,
        *,
        values: Mapping[str, Any] | None = None,
        phrases: Mapping[str, Sequence[str]],
    ) -> None:
        declared = list(declarations)
        super().__init__(title, declared, save, window, values=values)
        self.phrases = QComboBox()
        self.phrases.setAccessibleName("常用语")
        self.phrases.addItem(_BEGIN)
        for one in declared:
            for phrase in phrases.get(one.name, ()):
                self.phrases.addItem(f"{one.label}：{phrase}", (one.name, phrase))
        self.phrases.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.phrases.activated.connect(self.insert)
        self.body.insertWidget(1, self.phrases)

    def insert(self, at: int) -> None:
        """Put the phrase of a line of the list at the end of its field, and go there."""
        chosen = self.phrases.itemData(at)
        self.phrases.setCurrentIndex(0)
        if chosen is None:
            return
        name, phrase = chosen
        control = self.form.editor(name).control
        assert isinstance(control, QPlainTextEdit)
        control.moveCursor(QTextCursor.MoveOperation.End)
        begins = not control.toPlainText() or control.toPlainText().endswith("\n")
        control.insertPlainText(phrase if begins else f"\n{phrase}")
        control.setFocus()
