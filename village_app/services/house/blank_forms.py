"""Blank numbered forms: printed in one go, handed out, come back or are missed (未回收)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from village_app.db.records.posting import BlankForm
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.notices import build_blank_form
from village_app.services.numbers import Numbers
from village_app.services.paper_words import in_own_words
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

MOST_AT_ONCE = 500


class BlankForms(Service):
    """Reserves numbers for blank forms and keeps account of them."""

    @permitted("notices.edit")
    def prepare(self, form: str, count: int, given_to: str = "") -> list[BlankForm]:
        """Reserve the next `count` numbers (1 to 500) for blank forms of one kind."""
        if not form.strip():
            raise InvalidInput([Fault("form", "required", "表名不能空。")])
        if not 1 <= count <= MOST_AT_ONCE:
            sentence = f"一次印 1 到 {MOST_AT_ONCE} 张。"
            raise InvalidInput([Fault("count", "out_of_range", sentence)])
        today = self.session.today()
        made: list[BlankForm] = []
        with self.session.change(f"预留 {form.strip()} {count} 张", undoable=False) as change:
            for _ in range(count):
                number = Numbers(self.session).issue(change, "form", today.year)
                made.append(
                    change.insert(
                        BlankForm(
                            number=number,
                            form=form.strip(),
                            printed_on=today,
                            printed_by=self.session.user.full_name,
                            given_to=given_to.strip() or None,
                        )
                    )
                )
        return made

    @permitted("notices.read")
    def papers(self, forms: Sequence[BlankForm], fields: Sequence[str]) -> list[Paper]:
        """Build the blank papers, one a number."""
        issuer = Settings(self.session).read().committee_name()
        return [
            in_own_words(self.session, build_blank_form(form.form, fields, form.number, issuer))
            for form in forms
        ]

    @permitted("notices.edit")
    def take_back(self, number: str, day: date | None = None) -> BlankForm:
        """Note that a form came back; its number counts as used from then on."""
        form = self._outstanding(number)
        with self.session.change(f"收回 {form.form} {form.number}") as change:
            back: BlankForm = change.update(form, returned_on=day or self.session.today())
            Numbers(self.session).bind(change, form.number, back)
        return back

    @permitted("notices.edit")
    def void(self, number: str, reason: str) -> BlankForm:
        """Void a form that was spoilt or lost; the number stays with its reason."""
        if not reason.strip():
            raise InvalidInput([Fault("reason", "required", "作废要写明原因。")])
        form = self._outstanding(number)
        with self.session.change(f"作废 {form.form} {form.number}", undoable=False) as change:
            gone: BlankForm = change.update(form, void_reason=reason.strip())
            Numbers(self.session).void(form.number, reason)
        return gone

    @permitted("notices.read")
    def outstanding(self, form: str = "") -> list[BlankForm]:
        """List what has not come back (未回收), the oldest first."""
        query = self.store.select(BlankForm).where(
            BlankForm.returned_on.is_null(), BlankForm.void_reason.is_null()
        )
        if form:
            query = query.where(BlankForm.form == form)
        return self.store.rows(query.order_by(BlankForm.printed_on, BlankForm.id))

    def _outstanding(self, number: str) -> BlankForm:
        form: BlankForm | None = (
            self.store.select(BlankForm).where(BlankForm.number == number.strip()).first()
        )
        if form is None:
            raise Refused("no_form", f"没有印过编号 {number} 的空白表。")
        if form.returned_on is not None or form.void_reason is not None:
            raise Refused("settled", f"{form.number} 已经收回或作废了。")
        return form
