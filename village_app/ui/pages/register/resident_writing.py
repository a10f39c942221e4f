"""Entering and correcting a person beside the list: the form, its saving, numbers shown whole."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from village_app.db.records.residents import Resident
from village_app.errors import Fault, InvalidInput, Refused
from village_app.ui.door import Draft
from village_app.ui.kit.watermark import RevealedNumbers
from village_app.ui.pages.register.register_page import RegisterPage
from village_app.ui.pages.register.resident_detail import ResidentDetail
from village_app.ui.pages.register.resident_filters import ResidentFilters
from village_app.ui.pages.register.resident_form import ResidentForm

# px at 100 %: the facts beside the list, and the form.
_BESIDE, _WRITING = 430, 600
# In a draft: the id of the person who was being corrected.
_WHOSE = "person"


class ResidentWriting(RegisterPage):
    """The half of the page that writes; the list and what is shown are the page's own."""

    filters: ResidentFilters
    detail: ResidentDetail
    side: QStackedWidget
    revealed: RevealedNumbers
    _person: Resident | None
    # What was typed for a new person and not saved: the next entry goes on with it.
    _unsaved: Draft | None = None

    @cached_property
    def form_sheet(self) -> ResidentForm:
        """The sheet with the form; made when somebody writes for the first time."""
        sheet = ResidentForm(self.desk.village)
        sheet.wants_save.connect(self.save)
        sheet.wants_out.connect(self.stop_editing)
        sheet.reveal_requested.connect(self._reveal_field)
        self.side.addWidget(sheet)
        return sheet

    @property
    def _has_form(self) -> bool:
        """Say whether anybody wrote yet; asking must not make the form."""
        return "form_sheet" in vars(self)

    @property
    def form(self) -> Any:
        """The form of a person, as drafts and tests know it."""
        return self.form_sheet.form

    @property
    def is_writing(self) -> bool:
        return self._has_form and self.side.currentWidget() is self.form_sheet

    def enter(self) -> None:
        """Begin a new person, or go on with what was typed for one and not saved."""
        if self._is_busy():
            return
        self.revealed.hide()
        group = self.filters.group
        self._write()
        self.form_sheet.begin({"group_id": str(group)} if group is not None else None)
        if self._unsaved is not None:
            self.form.restore_draft({name: str(text) for name, text in self._unsaved.items()})
            self._unsaved = None

    def edit(self) -> None:
        """Correct the chosen person; numbers stay masked until asked for."""
        if self._person is not None and not self._is_busy():
            self._write()
            self.form_sheet.show_person(self._person)

    def _is_busy(self) -> bool:
        """Keep what was typed: another form opens only when this one is saved or left."""
        busy = self.is_writing and bool(self.form.dirty)
        if busy:
            self.desk.say("这张还没有存。按 Ctrl+S 存，或按 Esc 不改了", None)
        return busy

    def _write(self) -> None:
        self.side.setCurrentWidget(self.form_sheet)
        self.fit_side()
        self.open_beside()

    def save(self) -> None:
        """Save the form; faults are shown under the fields, all at once."""
        written = self.form_sheet.person
        group = written.group_id if written is not None else None
        try:
            values = self.form_sheet.typed()
            if not self.form_sheet.doubts.may_save():
                return
            person = self._kept(written, values)
        except InvalidInput as error:
            self.form.set_faults(error.faults)
            return
        except Refused as refusal:
            self.form.set_faults([Fault("household_id", refusal.code, refusal.message)])
            return
        said = f"已登记 {person.name}" if written is None else self._said(person, group)
        self.form.set_clean()
        self.stop_editing()
        self.open_record(person.id)
        self.desk.say(said, self.desk.undo)

    def _kept(self, written: Resident | None, values: Mapping[str, Any]) -> Resident:
        residents = self.desk.village.residents
        if written is None:
            made: Resident = residents.register(values)
            return made
        corrected: Resident = residents.correct(written, values)
        return corrected

    def _said(self, person: Resident, group_before: int | None) -> str:
        """Say what was saved, and that another group counts from today."""
        moves = self.desk.village.group_moves
        known = moves.of(person) if person.group_id != group_before else ()
        words = f"，今天起{moves.described(known[-1])}" if known else ""
        return f"已改好 {person.name}{words}"

    def stop_editing(self) -> None:
        """Leave the form; the list shows again what is kept."""
        if self.form.dirty and self.form_sheet.person is None:
            self._unsaved = dict(self.form.draft())
            self.desk.say("没有存。再按 Ctrl+N 接着填", None)
        self.form.set_clean()
        self.side.setCurrentWidget(self.detail)
        self.fit_side()
        self.show_record(self.table.current_key())
        self.pair.close_detail()
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
        """Show a number of the form whole; who looked is taken down."""
        person = self.form_sheet.person
        if person is None:
            return
        try:
            self.desk.village.residents.reveal(person, "修改")
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        number = getattr(person, name)
        self.form.reveal(name, number)
        self.revealed.show([str(number or "")], self.desk.village.session.stamp())

    def look_away(self) -> None:
        """Another row was chosen: a form in which nothing was typed gives way to the person."""
        if self.is_writing and not self.form.dirty:
            self.stop_editing()

    def fit_side(self) -> None:
        """Give the form more room than the facts, and the list its first columns beside it."""
        self.table.show_few(self.narrow or self.is_writing)
        self.pair.set_width(_WRITING if self.is_writing else _BESIDE)

    def draft(self) -> Draft | None:
        if not self._has_form or not self.form.dirty:
            return self._unsaved
        person = self.form_sheet.person
        whose = {} if person is None else {_WHOSE: person.id}
        return {**self.form.draft(), **whose}

    def restore_draft(self, draft: Draft) -> None:
        typed = {name: str(text) for name, text in draft.items() if name != _WHOSE}
        person = self.desk.village.store.find(Resident, draft.get(_WHOSE) or 0)
        if person is None:
            self.enter()
        else:
            self._write()
            self.form_sheet.show_person(person)
        self.form.restore_draft(typed)
