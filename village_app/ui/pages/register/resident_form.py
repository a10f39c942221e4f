"""The form of one person: fields side by side, the number checked as soon as it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.residents import Resident
from village_app.domain.identity import birth_of, sex_of
from village_app.domain.kinds import FieldDeclaration
from village_app.domain.unreadable import Unreadable
from village_app.errors import Fault, InvalidInput
from village_app.services.register.residents import MASKED, checked_identity
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.doubting import FormDoubts
from village_app.ui.kit.form import RecordForm
from village_app.ui.kit.removal import empty
from village_app.ui.kit.sheets import Scroll, Sheet
from village_app.ui.kit.text import Text
from village_app.ui.pages.register.register_references import RegisterReferences, place_field
from village_app.ui.theme import theme

LINES = (
    ("name", "sex"),
    ("id_type", "birth"),
    ("id_number",),
    ("phone",),
    ("other_phones",),
    ("household_id",),
    ("relation", "group_id"),
    ("address",),
    ("politics", "status"),
    ("registration", "residence"),
    ("ethnicity", "education"),
    ("marriage", "member"),
    ("grid_id", "shares"),
    ("bank", "reading"),
    ("bank_account",),
    ("note",),
)
NAMES = tuple(name for line in LINES for name in line)
_PLACES = {"group_id": "group", "grid_id": "grid"}
NEW = {"id_type": "identity_card", "status": "active"}


class ResidentForm(Sheet):
    """Enters and corrects a person; the page saves what `draft` gives.

    `wants_save`, `wants_out` and `reveal_requested` tell the page what the user wishes.
    """

    wants_save = Signal()
    wants_out = Signal()
    reveal_requested = Signal(str)

    def __init__(self, village: Any) -> None:
        super().__init__()
        self._village = village
        self._groups: tuple[tuple[int, str], ...] | None = None
        # Whose form it is; None is a new person. The list beside it may go elsewhere meanwhile.
        self.person: Resident | None = None
        self.heading = Text("", "songh2")
        self.add(self.heading)
        self._place = QVBoxLayout()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme().px(8), 0)
        column.addLayout(self._place)
        self.add(Scroll(inside), 1)
        row = QHBoxLayout()
        save, leave = self.wants_save.emit, self.wants_out.emit
        self.save_button = Button("存", icon="save", key="Ctrl+S", kind="primary", press=save)
        row.addWidget(self.save_button)
        row.addWidget(Button("不改了", key="Esc", press=leave))
        row.addStretch(1)
        self.body.addLayout(row)
        self.form = self._made()

    # What stands in it

    def begin(self, values: Mapping[str, Any] | None = None) -> None:
        """Show a blank form for a new person."""
        self.person = None
        self._renew()
        self.doubts.begin("仍然新增")
        self.heading.setText("登记居民")
        self.form.clear()
        self.form.set_values({**NEW, **(values or {})})
        self.form.focus_first()

    def show_person(self, person: Resident) -> None:
        """Show a person; numbers stay masked until they are asked for."""
        self.person = person
        self._renew()
        self.doubts.begin("仍然这样存")
        self.heading.setText(f"修改 {person.name}")
        values = {
            name: str(value) if name in _PLACES and value is not None else value
            for name, value in person.values().items()
            if name in NAMES
        }
        values |= self._village.own_fields.values(person)
        masked = {
            name: Resident.declaration(name).kind.mask(values[name])
            for name in MASKED
            if values.get(name)
        }
        self.form.set_values(values, masked)
        self.form.focus_first()

    def typed(self) -> dict[str, Any]:
        """Read the fields; raises `InvalidInput` and shows every fault."""
        return self.form.values()

    # Inside

    def _renew(self) -> None:
        """Make the form anew when the groups and grids to choose from are others."""
        groups = tuple(
            (one.id, one.name) for kind in _PLACES.values() for one in self._places(kind)
        )
        groups += tuple(
            (one.id, f"{one.name}{one.kind}") for one in self._village.own_fields.listed()
        )
        if groups != self._groups:
            self._groups = groups
            self.form = self._made()

    def _places(self, kind: str) -> Any:
        return self._village.places.of_kind(kind)

    def _made(self) -> RecordForm:
        declared = [self._declared(Resident.declaration(name)) for name in NAMES]
        own = self._village.own_fields.declared()
        lines = (*LINES, *((one.name,) for one in own))
        form = RecordForm(
            [*declared, *own], lines=lines, references=RegisterReferences(self._village)
        )
        form.reveal_requested.connect(self.reveal_requested)
        form.editor("id_number").left.connect(self._look_at_number)
        self.doubts = FormDoubts(form, self._doubtful, self.save_button)
        empty(self._place)
        self._place.addWidget(form)
        return form

    def _declared(self, declared: FieldDeclaration) -> FieldDeclaration:
        kind = _PLACES.get(declared.name)
        return declared if kind is None else place_field(self._village, declared, kind)

    def _doubtful(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        own_id = self.person.id if self.person else None
        found: Mapping[str, str] = self._village.resident_doubts.of(typed, own_id)
        return found

    def _look_at_number(self) -> None:
        """Check a citizen's number when the keyboard leaves it; fill in what follows from it."""
        form = self.form
        text = form.draft().get("id_number", "").strip()
        if not text or self._value("id_type") not in (None, "identity_card"):
            return
        try:
            number = checked_identity(text)
        except InvalidInput as error:
            fault = error.faults[0]
            form.say_fault(Fault("id_number", fault.code, fault.message))
            return
        form.editor("id_number").set_value(number)
        for name, known in (("birth", birth_of(number)), ("sex", sex_of(number))):
            if self._value(name) is None:
                form.editor(name).set_value(known)

    def _value(self, name: str) -> Any:
        try:
            return self.form.editor(name).value()
        except Unreadable:
            return ""
