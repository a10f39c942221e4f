"""Papers of a list of subsidies: the masked notice through the gate, the list to be signed."""

from __future__ import annotations

from pathlib import Path

from village_app.db.files import write_atomically
from village_app.db.records.aid import AidList
from village_app.db.records.notices import Notice
from village_app.domain.calendar import show_day
from village_app.papers.blocks import Paper, Photo
from village_app.papers.builders.aid import (
    AidFacts,
    AidPerson,
    build_aid_notice,
    build_receipt_list,
)
from village_app.papers.filling import DATE, fill
from village_app.papers.pdf import write_pdf
from village_app.services.aid.lists import AidLists, AidState
from village_app.services.house.attachments import Attachments
from village_app.services.money.ledger_match import signer_of
from village_app.services.notices.notices import Draft, Notices
from village_app.services.paper_words import in_own_words
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

# What photos of a handing out are called among a list's attachments.
PHOTO = "发放照片"
SCAN = "签收表扫描件"


class AidPapers(Service):
    """Builds and drafts the papers of subsidies and aid."""

    @permitted("aid.read")
    def notice_paper(self, aid: AidList) -> Paper:
        """Build the notice as the list stands; refused while a fault is undecided."""
        people = AidLists(self.session).payable(aid)
        return in_own_words(
            self.session,
            build_aid_notice(
                self._facts(aid),
                [_person(one) for one in people],
                signer_of(self.session),
                self.session.today(),
            ),
        )

    @permitted("notices.edit")
    def draft(self, aid: AidList) -> Notice:
        """Draft the notice with the posting days and the masking policy of the rule."""
        paper = self.notice_paper(aid)
        rule = Rules(self.session).on("aid_posting")
        return Notices(self.session).draft(
            Draft(
                paper,
                "publicity",
                policy=paper.policy,
                source=aid,
                catalogue_code=rule["catalogue"].get(aid.kind, rule["catalogue"]["other"]),
                period_label=aid.period,
                period_days=rule["days"],
                period_unit=rule["unit"],
                rule_id=rule.id,
            )
        )

    @permitted("aid.read")
    def receipt_paper(self, aid: AidList) -> Paper:
        """Build 签收表 with the photos that were taken when the money was handed out."""
        people = AidLists(self.session).payable(aid)
        return in_own_words(
            self.session,
            build_receipt_list(
                self._facts(aid),
                [_person(one) for one in people],
                signer_of(self.session),
                self._photos(aid),
            ),
        )

    @permitted("residents.reveal")
    def save_receipts(self, aid: AidList, target: Path) -> None:
        """Write 签收表 to a PDF file; that names and number ends went out is taken down."""
        paper = self.receipt_paper(aid)
        self.session.journal.note(f"存签收表：{aid.period}{aid.name}")
        filled = fill(paper, {DATE: show_day(self.session.today())})
        write_atomically(target, write_pdf(filled).data, doing="保存PDF", mode=0o644)

    def _facts(self, aid: AidList) -> AidFacts:
        rule = Rules(self.session).on("aid_posting")
        return AidFacts(
            name=aid.name,
            period=aid.period,
            source=aid.source or "",
            document=aid.document or "",
            standard=aid.standard or "",
            paid_on=aid.paid_on,
            policy=rule["policies"].get(aid.kind, rule["policies"]["other"]),
        )

    def _photos(self, aid: AidList) -> list[Photo]:
        attachments = Attachments(self.session)
        return [
            Photo(attachments.read(one), one.caption or f"发放现场{at}")
            for at, one in enumerate(attachments.of(aid, purpose=PHOTO), 1)
        ]


def _person(state: AidState) -> AidPerson:
    line = state.line
    return AidPerson(
        name=line.name,
        group=line.group_name or "",
        number=line.id_number or "",
        birth=state.birth,
        account=line.bank_account or "",
        quantity=line.quantity or "",
        amount=line.amount,
        received_on=line.received_on,
        received_by=line.received_by or "",
    )
