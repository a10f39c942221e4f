"""Editors that choose: one of several options, yes or no, another record."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QSizePolicy

from village_app.domain.kinds import Choice, Kind, Reference, Unreadable
from village_app.ui.kit.editor_base import FieldEditor, References
from village_app.ui.kit.line_editors import WatchedLine

# Longer lists of options are typed into instead of scrolled through.
_LONG_CHOICE = 12


class _Combo(QComboBox):
    """A choice that the wheel changes only while it has the keyboard."""

    left = Signal()
    entered = Signal()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class ChoiceEditor(FieldEditor):
    """One of several options; long lists are typed into."""

    def __init__(self, kind: Choice, *, required: bool) -> None:
        super().__init__(kind)
        self._combo = _Combo()
        self._combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._combo.setMinimumContentsLength(6)
        self._combo.setMaxVisibleItems(14)
        if not required:
            self._combo.addItem("（不填）", None)
        for option in kind.options:
            self._combo.addItem(option.label, option.code)
        self._combo.setPlaceholderText("选一项")
        if len(kind.options) > _LONG_CHOICE:
            self._make_typed()
        self.row.addWidget(self._combo)
        self.set_value(None)
        self._combo.activated.connect(lambda _index: self.edited.emit())
        self._combo.left.connect(self.left)
        self._combo.entered.connect(self.entered)

    def _make_typed(self) -> None:
        self._combo.setEditable(True)
        self._combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self._combo.model(), self._combo)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._combo.setCompleter(completer)
        line = self._combo.lineEdit()
        assert line is not None  # an editable combo box has one
        line.textEdited.connect(lambda _text: self.edited.emit())

    @property
    def control(self) -> QComboBox:
        return self._combo

    def raw(self) -> str:
        text = self._combo.currentText()
        return "" if self._combo.currentIndex() >= 0 and self._combo.currentData() is None else text

    def set_raw(self, text: str) -> None:
        index = self._combo.findText(text)
        self._combo.setCurrentIndex(index if text else self._combo.findData(None))
        if index < 0 and self._combo.isEditable():
            self._combo.setEditText(text)

    def value(self) -> Any:
        if self._combo.isEditable():
            return self.kind.parse(self.raw())
        return self._combo.currentData()

    def set_value(self, value: Any) -> None:
        index = -1 if value is None else self._combo.findData(value)
        if value is not None and index < 0:
            # An option that is no longer offered stays readable in old records.
            self._combo.addItem(self.kind.show(value), value)
            index = self._combo.count() - 1
        if value is None and self._combo.count() and self._combo.itemData(0) is None:
            index = 0
        self._combo.setCurrentIndex(index)


class FlagEditor(FieldEditor):
    """Yes or no as a box to tick; an untouched blank stays blank."""

    def __init__(self, kind: Kind, label: str) -> None:
        super().__init__(kind)
        self._box = QCheckBox("是")
        self._box.setAccessibleName(label)
        self._untouched: Any = None
        self.row.addWidget(self._box)
        self.row.addStretch(1)
        self._box.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        self._untouched = ...
        self.edited.emit()

    @property
    def control(self) -> QCheckBox:
        return self._box

    def raw(self) -> str:
        return self.kind.show(self.value())

    def set_raw(self, text: str) -> None:
        self.set_value(self.kind.parse(text))

    def value(self) -> Any:
        return self._box.isChecked() if self._untouched is ... else self._untouched

    def set_value(self, value: Any) -> None:
        self._untouched = value
        self._box.setChecked(bool(value))


class ReferenceEditor(FieldEditor):
    """Another record, found while typing; what is not chosen from the finds is not taken."""

    def __init__(self, kind: Reference, references: References | None) -> None:
        super().__init__(kind)
        self._references = references
        self._record = kind.record_name
        self._line = WatchedLine()
        self._line.setPlaceholderText("输入名称或编号来找")
        self._chosen: tuple[int, str] | None = None
        self._found: dict[str, int] = {}
        self._names = QStringListModel()
        self._completer = QCompleter(self._names)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._line.setCompleter(self._completer)
        self._completer.activated[str].connect(self.take)  # type: ignore[index]  # by signature
        self.row.addWidget(self._line)
        self._line.textEdited.connect(self._search)
        self._line.left.connect(self.left)
        self._line.returnPressed.connect(self.entered)

    @property
    def control(self) -> QLineEdit:
        return self._line

    def _search(self, text: str) -> None:
        self._chosen = None
        found = self._references.find(self._record, text) if self._references and text else ()
        self._found = {label: key for key, label in found}
        self._names.setStringList(list(self._found))
        self.edited.emit()

    def take(self, label: str) -> None:
        """Take one of the finds."""
        if label in self._found:
            self._chosen = (self._found[label], label)
            self._line.setText(label)
            self.edited.emit()

    def raw(self) -> str:
        return f"#{self._chosen[0]}" if self._chosen else self._line.text()

    def set_raw(self, text: str) -> None:
        if text.startswith("#"):
            self.set_value(self.kind.parse(text))
        else:
            self._line.setText(text)

    def value(self) -> Any:
        if self._chosen is not None:
            return self._chosen[0]
        text = self._line.text().strip()
        if not text:
            return None
        if text in self._found:
            return self._found[text]
        if len(self._found) == 1:
            return next(iter(self._found.values()))
        raise Unreadable("not_chosen", f"“{text}”还没有对上，请从列出的里面选一个。")

    def set_value(self, value: Any) -> None:
        if value is None:
            self._chosen = None
            self._line.clear()
            return
        name = self._references.name(self._record, value) if self._references else ""
        self._chosen = (value, name or self.kind.show(value))
        self._line.setText(self._chosen[1])
        self._line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        self._line.setReadOnly(read_only)
