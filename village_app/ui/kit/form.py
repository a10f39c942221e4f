"""The form of a record, made from the declaration of its fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from village_app.domain.kinds import FieldDeclaration, Unreadable
from village_app.errors import Fault, InvalidInput
from village_app.ui.kit.editors import FieldEditor, References, editor_for
from village_app.ui.kit.fault_list import FaultList
from village_app.ui.kit.form_row import FormRow
from village_app.ui.theme import theme


class RecordForm(QWidget):
    """Fields with the right editor for each kind; faults are shown all at once.

    Used like this:
        form = RecordForm(Resident.declarations, lines=[("name", "sex"), ("address",)])
        form.set_values({"name": "吴国标"})
        try:
            service.save(form.values())        # raises InvalidInput and shows the faults
        except InvalidInput as error:
            form.set_faults(error.faults)      # what only the service can know

    `lines` puts fields side by side; fields not named follow, one a line. `references` names and
    finds other records; `explain` gives sentences below fields by name (value → text);
    `editors` replaces the editor of a field. Enter goes to the next field and never saves.
    A field that is shown masked is not among `values()`: it stays as it is.
    """

    edited = Signal()
    dirty_changed = Signal(bool)
    reveal_requested = Signal(str)
    last_field_entered = Signal()

    def __init__(
        self,
        declarations: Iterable[FieldDeclaration],
        *,
        lines: Sequence[Sequence[str]] = (),
        references: References | None = None,
        explain: Mapping[str, Callable[[Any], str]] | None = None,
        editors: Mapping[str, FieldEditor] | None = None,
    ) -> None:
        super().__init__()
        self.declarations = tuple(d for d in declarations if d.in_form)
        self._lines = self._all_lines(lines)
        self._rows: dict[str, FormRow] = {}
        self._dirty = False
        self._narrow = False
        self.faults = FaultList()
        self.faults.asked.connect(self.focus_field)
        for declaration in self.declarations:
            editor = (editors or {}).get(declaration.name) or editor_for(declaration, references)
            self._add_row(FormRow(declaration, editor, (explain or {}).get(declaration.name)))
        self._grid = QGridLayout()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(8))
        body.addWidget(self.faults)
        body.addLayout(self._grid)
        body.addStretch(1)
        self._lay_out()

    def _all_lines(self, lines: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
        named = {name for line in lines for name in line}
        rest = tuple((d.name,) for d in self.declarations if d.name not in named)
        return (*(tuple(line) for line in lines), *rest)

    def _add_row(self, row: FormRow) -> None:
        name = row.declaration.name
        self._rows[name] = row
        row.edited.connect(lambda: self._edited(name))
        row.reveal_pressed.connect(lambda: self.reveal_requested.emit(name))
        row.editor.entered.connect(lambda: self._next_after(name))

    def _lay_out(self) -> None:
        px = theme().px
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(8))
        lines = [(name,) for line in self._lines for name in line] if self._narrow else self._lines
        most = max((len(line) for line in lines), default=1)
        top = Qt.AlignmentFlag.AlignTop
        for number, line in enumerate(lines):
            for place, name in enumerate(line):
                row = self._rows[name]
                last = place == len(line) - 1
                span = 2 * (most - len(line)) + 1 if last else 1
                self._grid.addWidget(row.label, number, 2 * place, top)
                self._grid.addWidget(row, number, 2 * place + 1, 1, span, top)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
            self._grid.setColumnMinimumWidth(column, 0)
        for place in range(most):
            width = self._label_width(lines, place)
            self._grid.setColumnMinimumWidth(2 * place, width)
            self._grid.setColumnStretch(2 * place + 1, 1)
        self._order_tabs()

    def _label_width(self, lines: Sequence[Sequence[str]], place: int) -> int:
        px, metrics = theme().px, theme().metrics()
        names = [line[place] for line in lines if len(line) > place]
        widest = max(metrics.horizontalAdvance(self._rows[name].label.text()) for name in names)
        width = min(max(px(52), widest + 2), px(128))
        for name in names:
            self._rows[name].label.setFixedWidth(width)
        return width

    def _order_tabs(self) -> None:
        controls = [self._rows[name].editor.control for line in self._lines for name in line]
        for one, other in pairwise(controls):
            QWidget.setTabOrder(one, other)

    # Values

    def values(self) -> dict[str, Any]:
        """Read all fields; raises `InvalidInput` with every fault, and shows them."""
        values: dict[str, Any] = {}
        faults: list[Fault] = []
        for name, row in self._rows.items():
            if row.masked:
                continue
            try:
                values[name] = row.read()
            except Unreadable as error:
                faults.append(Fault(name, error.code, error.message, error.suggestion))
        self.set_faults(faults)
        if faults:
            raise InvalidInput(faults)
        return values

    def set_values(
        self, values: Mapping[str, Any], masked: Mapping[str, str] | None = None
    ) -> None:
        """Show a record: values by field, and masked texts for fields not to be seen whole."""
        for name, row in self._rows.items():
            if masked and name in masked:
                row.show_masked(masked[name])
            elif name in values:
                row.show_value(values[name])
        self.set_faults(())
        self._set_dirty(False)

    def clear(self) -> None:
        """Make all fields blank."""
        self.set_values(dict.fromkeys(self._rows))

    def reveal(self, name: str, value: Any) -> None:
        """Show the whole value of a masked field after it was asked for (and noted)."""
        self._rows[name].show_value(value)
        self._rows[name].editor.control.setFocus()

    def draft(self) -> dict[str, str]:
        """Give what stands in the fields as texts, readable or not; masked fields are left out."""
        return {name: row.editor.raw() for name, row in self._rows.items() if not row.masked}

    def restore_draft(self, draft: Mapping[str, str]) -> None:
        """Put a draft back; the form is then dirty."""
        for name, text in draft.items():
            if name in self._rows and not self._rows[name].masked:
                self._rows[name].editor.set_raw(text)
                self._rows[name].look()
        self._set_dirty(True)

    # Faults

    def set_faults(self, faults: Iterable[Fault]) -> None:
        """Say all faults: under their fields, and as links at the top."""
        by_field: dict[str, Fault] = {}
        for fault in faults:
            by_field.setdefault(fault.field, fault)
        for name, row in self._rows.items():
            row.set_fault(by_field.get(name))
        labels = {name: row.declaration.label for name, row in self._rows.items()}
        self.faults.show_faults(by_field.values(), labels)
        first = next((name for name in self._rows if name in by_field), None)
        if first is not None:
            self.focus_field(first)

    def say_fault(self, fault: Fault) -> None:
        """Say one fault under its field as soon as it is known; the keyboard stays where it is."""
        if fault.field in self._rows:
            self._rows[fault.field].set_fault(fault)

    def say_doubt(self, name: str, sentence: str) -> None:
        """Say below a field what deserves a second look, or nothing; the value stays good."""
        if name in self._rows:
            self._rows[name].set_doubt(sentence)

    def fault_of(self, name: str) -> Fault | None:
        """Give the fault shown under a field."""
        return self._rows[name].fault

    def note_of(self, name: str) -> str:
        """Give the sentence shown under a field."""
        return self._rows[name].note.text()

    # State

    @property
    def dirty(self) -> bool:
        """Whether the user changed something since the values were shown."""
        return self._dirty

    def set_clean(self) -> None:
        """Take what stands there as saved."""
        self._set_dirty(False)

    def set_read_only(self, read_only: bool) -> None:
        """Let nobody change anything, or let them again."""
        for row in self._rows.values():
            if not row.masked:
                row.editor.set_read_only(read_only)

    def set_narrow(self, narrow: bool) -> None:
        """Put every field on its own line where the window is narrow."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out()

    def editor(self, name: str) -> FieldEditor:
        """Give the editor of a field."""
        return self._rows[name].editor

    def focus_field(self, name: str) -> None:
        """Put the keyboard into a field."""
        if name in self._rows:
            self._rows[name].editor.control.setFocus()

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        if self._lines:
            self.focus_field(self._lines[0][0])

    def _edited(self, name: str) -> None:
        self.faults.forget(name)
        self._set_dirty(True)
        self.edited.emit()

    def _set_dirty(self, dirty: bool) -> None:
        if dirty != self._dirty:
            self._dirty = dirty
            self.dirty_changed.emit(dirty)

    def _next_after(self, name: str) -> None:
        order = [field for line in self._lines for field in line]
        place = order.index(name) + 1
        if place < len(order):
            self.focus_field(order[place])
        else:
            self.last_field_entered.emit()
