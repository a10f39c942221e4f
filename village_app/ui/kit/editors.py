"""One editor per kind of value: it keeps what was typed, and reads it only when asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from village_app.domain.calendar import weekday_word
from village_app.domain.kinds import Choice, FieldDeclaration, Kind, Reference, Unreadable
from village_app.domain.lunar import lunar_words
from village_app.ui.theme import theme

# Longer lists of options are typed into instead of scrolled through.
_LONG_CHOICE = 12


class References(Protocol):
    """Names and finds the records that a field may point to."""

    def name(self, record: str, key: int) -> str:
        """What a record is called on screen."""
        ...

    def find(self, record: str, text: str) -> Sequence[tuple[int, str]]:
        """Records that a typed text may mean: id and what it is called, best first, at most 20."""
        ...


class FieldEditor(QWidget):
    """What all editors share. `edited` says that the user changed something.

    `left` is sent when the keyboard leaves, `entered` when Enter asks for the next field.
    """

    edited = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme().px(8))

    @property
    def control(self) -> QWidget:
        """The control that takes the keyboard."""
        raise NotImplementedError

    def raw(self) -> str:
        """Give what stands there, as text; drafts keep it."""
        raise NotImplementedError

    def set_raw(self, text: str) -> None:
        """Put back what a draft kept."""
        raise NotImplementedError

    def value(self) -> Any:
        """Read the value; raises `Unreadable`."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def set_read_only(self, read_only: bool) -> None:
        """Let nobody change it."""
        self.control.setEnabled(not read_only)

    def set_faulty(self, faulty: bool) -> None:
        """Draw the control as faulty or not."""
        _mark(self.control, faulty=faulty)

    def understood(self) -> str:
        """Say what was understood of what was typed; blank where there is nothing to say."""
        return ""


def _mark(control: QWidget, *, faulty: bool) -> None:
    if bool(control.property("faulty")) != faulty:
        control.setProperty("faulty", faulty)
        # The sheet looks at the property again only when the control is polished anew.
        control.style().unpolish(control)
        control.style().polish(control)


class _Line(QLineEdit):
    """An input that tells when the keyboard leaves it."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class LineEditor(FieldEditor):
    """Text in one line: names, numbers, money, days. The kind reads and writes it."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self._line = _Line()
        self._shown: tuple[str, Any] = ("", None)
        if kind.align == "right":
            self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.row.addWidget(self._line)
        self._line.textEdited.connect(lambda _text: self.edited.emit())
        self._line.left.connect(self.left)
        self._line.returnPressed.connect(self.entered)

    @property
    def control(self) -> QLineEdit:
        return self._line

    def raw(self) -> str:
        return self._line.text()

    def set_raw(self, text: str) -> None:
        self._line.setText(text)

    def value(self) -> Any:
        text = self._line.text()
        # What was not touched is given back as it came: a shown value may be shorter than itself.
        return self._shown[1] if text == self._shown[0] else self.kind.parse(text)

    def set_value(self, value: Any) -> None:
        text = self.kind.show(value)
        self._shown = (text, value)
        self._line.setText(text)
        self._line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        self._line.setReadOnly(read_only)


class TimeEditor(LineEditor):
    """A day, month or moment typed as people say it; what was understood stands below."""

    def understood(self) -> str:
        try:
            value = self.value()
        except Unreadable:
            return ""
        if isinstance(value, datetime):
            return self.kind.show(value)
        if isinstance(value, date):
            shown = value.isoformat()
            typed = "" if self.raw().strip() == shown else shown
            parts = (typed, weekday_word(value), lunar_words(value))
            return "，".join(part for part in parts if part)
        return self.kind.show(value)


class LongTextEditor(FieldEditor):
    """Text of several lines; Tab goes on, Enter makes a new line."""

    def __init__(self, kind: Kind, lines: int = 3) -> None:
        super().__init__(kind)
        self._box = _Box()
        self._box.setTabChangesFocus(True)
        height = theme().metrics().lineSpacing() * lines + theme().px(18)
        self._box.setFixedHeight(height)
        self.row.addWidget(self._box)
        self._loading = False
        self._box.textChanged.connect(self._changed)
        self._box.left.connect(self.left)

    def _changed(self) -> None:
        if not self._loading:
            self.edited.emit()

    @property
    def control(self) -> QPlainTextEdit:
        return self._box

    def raw(self) -> str:
        return self._box.toPlainText()

    def set_raw(self, text: str) -> None:
        self._loading = True
        self._box.setPlainText(text)
        self._loading = False

    def value(self) -> Any:
        return self.kind.parse(self.raw())

    def set_value(self, value: Any) -> None:
        self.set_raw(self.kind.show(value))

    def set_read_only(self, read_only: bool) -> None:
        self._box.setReadOnly(read_only)


class _Box(QPlainTextEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


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
        self._line = _Line()
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


EditorMaker = Callable[[FieldDeclaration], FieldEditor]


def editor_for(declaration: FieldDeclaration, references: References | None = None) -> FieldEditor:
    """Give the editor that fits a field's kind."""
    kind = declaration.kind
    if isinstance(kind, Choice):
        return ChoiceEditor(kind, required=declaration.required)
    if isinstance(kind, Reference):
        return ReferenceEditor(kind, references)
    if kind.name == "flag":
        return FlagEditor(kind, declaration.label)
    if kind.name == "long_text":
        return LongTextEditor(kind)
    if kind.name in ("day", "month", "moment"):
        return TimeEditor(kind)
    return LineEditor(kind)
