"""Entering and correcting a person beside the list: the form, its saving, numbers shown whole."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedWidget

from village_app.db.records.residents import Resident
from village_app.errors import Fault, InvalidInput, Refused
from village_app.ui.door import Draft
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.watermark import RevealedNumbers
from village_app.ui.page import Page
from village_app.ui.pages.register.resident_detail import ResidentDetail
from village_app.ui.pages.register.resident_filters import ResidentFilters
from village_app.ui.pages.register.resident_form import ResidentForm
from village_app.ui.theme import theme

# Qt's own largest width; PySide gives it no name.
_NO_LIMIT = 16_777_215
_BESIDE, _BESIDE_NARROW, _WRITING = 430, 330, 600


class ResidentWriting(Page):
    """The half of the page that writes; the list and what is shown are the page's own."""

    table: RecordTable
    filters: ResidentFilters
    detail: ResidentDetail
    form_sheet: ResidentForm
    side: QStackedWidget
    revealed: RevealedNumbers
    _person: Resident | None

    def _show(self, key: int | None) -> None:
        """Show a person beside the list."""
        raise NotImplementedError

    @property
    def form(self) -> Any:
        """The form of a person, as drafts and tests know it."""
        return self.form_sheet.form

    def enter(self) -> None:
        """Begin a new person."""
        self.revealed.hide()
        self._person = None
        group = self.filters.group
        values = {"group_id": str(group)} if group is not None else None
        self._write()
        self.form_sheet.begin(values)

    def edit(self) -> None:
        """Correct the chosen person; numbers stay masked until asked for."""
        if self._person is not None:
            self._write()
            self.form_sheet.show_person(self._person)

    def _write(self) -> None:
        self.side.setCurrentIndex(1)
        self._set_side_width()

    def save(self) -> None:
        """Save the form; faults are shown under the fields, all at once."""
        residents = self.desk.village.residents
        try:
            values = self.form_sheet.typed()
            if not self.form_sheet.doubts.may_save():
                return
            person = (
                residents.register(values)
                if self._person is None
                else residents.correct(self._person, values)
            )
        except InvalidInput as error:
            self.form.set_faults(error.faults)
            return
        except Refused as refusal:
            self.form.set_faults([Fault("household_id", refusal.code, refusal.message)])
            return
        word = "已登记" if self._person is None else "已改好"
        self.form.set_clean()
        self.stop_editing()
        self.open_record(person.id)
        self.desk.say(f"{word} {person.name}", self.desk.undo)

    def stop_editing(self) -> None:
        """Leave the form; the list shows again what is kept."""
        self.side.setCurrentIndex(0)
        self._set_side_width()
        self._show(self.table.current_key())
        self.table.focus_rows()

    def remove(self) -> None:
        """Move the person to the recycle bin; undo brings him back."""
        person = self._person
        if person is None:
            return
        try:
            self.desk.village.residents.remove(person)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已删除 {person.name}", self.desk.undo)

    def reveal(self) -> None:
        """Show the full numbers once; who looked is taken down."""
        if self._person is None:
            return
        try:
            numbers = self.desk.village.residents.reveal(self._person)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        facts = dict(self.desk.village.residents.masked_facts(self._person))
        for name, text in numbers.items():
            label = Resident.declaration(name).label
            if label in facts:
                facts[label] = text
        self.detail.facts.set_facts(facts.items())
        self.revealed.show(numbers.values(), self.desk.village.session.stamp())

    def _reveal_field(self, name: str) -> None:
        if self._person is None:
            return
        try:
            self.desk.village.residents.reveal(self._person, "修改")
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.form.reveal(name, getattr(self._person, name))
        self.revealed.show(
            [str(getattr(self._person, name) or "")], self.desk.village.session.stamp()
        )

    def _set_side_width(self) -> None:
        """Give the form the whole page where the window is narrow, else more than the facts."""
        writing = self.side.currentIndex() == 1
        alone = writing and self.narrow
        self.table.setHidden(alone)
        self.filters.setHidden(alone)
        width = _BESIDE_NARROW if self.narrow else _WRITING if writing else _BESIDE
        self.side.setMinimumWidth(0 if alone else theme().px(width))
        self.side.setMaximumWidth(_NO_LIMIT if alone else theme().px(width))

    def draft(self) -> Draft | None:
        return dict(self.form.draft()) if self.form.dirty else None

    def restore_draft(self, draft: Draft) -> None:
        self.enter()
        self.form.restore_draft({name: str(text) for name, text in draft.items()})
