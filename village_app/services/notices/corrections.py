"""更正公示 of any notice: what hangs stays as it is, the correction shows both side by side.

The money tables correct themselves from the ledger (`services/money/disclosure.py`); this is
for texts.
"""

from __future__ import annotations

from dataclasses import replace

from village_app.db.records.notices import Notice
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import Paper, Paragraph, Signature
from village_app.papers.compare import Difference, correction_blocks, differences
from village_app.papers.filling import DATE, PERIOD, place_for
from village_app.papers.written import issuers_of
from village_app.services.notices.notices import Draft, Notices
from village_app.services.session import Service, permitted

_MAY_BE_CORRECTED = ("posted", "objected", "expired", "archived", "withdrawn")


class Corrections(Service):
    """Drafts corrections and follows the links between a notice and what corrects it."""

    @permitted("notices.read")
    def differences(self, notice: Notice, right: Paper) -> list[Difference]:
        """Say what differs between a published paper and the right one."""
        return differences(Notices(self.session).paper_of(notice), right)

    @permitted("notices.edit")
    def draft(self, notice: Notice, right: Paper, reason: str) -> Notice:
        """Draft a correction of a published notice; `right` is the paper as it should have been.

        Refused without a reason, where nothing differs, and for a notice that never hung.
        """
        if not reason.strip():
            raise InvalidInput([Fault("reason", "required", "更正要写明原因。")])
        if notice.state not in _MAY_BE_CORRECTED:
            raise Refused("not_published", "还没有贴出去的公示直接改就行，不用更正。")
        old = replace(Notices(self.session).paper_of(notice), footer="")
        if not differences(old, right):
            raise Refused("nothing_to_correct", "和贴出去的一字不差，没有要更正的。")
        paper = Paper(
            layout="notice",
            title=f"关于《{notice.heading}》的更正公示",
            blocks=(
                *correction_blocks(old, right, reason.strip()),
                Paragraph(f"公示期：{place_for(PERIOD)}。"),
                Signature(issuers_of(old), place_for(DATE)),
            ),
            public=True,
            policy=notice.policy,
        )
        with self.session.change(f"起草 {paper.title}") as change:
            draft = Notices(self.session).draft(
                Draft(
                    paper,
                    "correction",
                    policy=notice.policy,
                    catalogue_code=notice.catalogue_code or "",
                    period_label=notice.period_label or "",
                    period_days=notice.period_days,
                    period_unit=notice.period_unit or "day",
                    rule_id=notice.rule_id,
                )
            )
            change.update(draft, corrects_id=notice.id, reason=reason.strip())
        return draft

    @permitted("notices.read")
    def corrected_by(self, notice: Notice) -> list[Notice]:
        """List what corrects a notice, the oldest first."""
        query = self.store.select(Notice).where(
            Notice.corrects_id == notice.id, Notice.state != "void"
        )
        return self.store.rows(query.order_by(Notice.id))

    @permitted("notices.read")
    def corrects(self, notice: Notice) -> Notice | None:
        """Give the notice that this one corrects."""
        return None if notice.corrects_id is None else self.store.get(Notice, notice.corrects_id)
