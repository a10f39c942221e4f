"""Papers for the wall: drafted, looked through, checked, signed, numbered, frozen, posted.

Published means frozen: the blocks, the PDF, the xlsx and their fingerprint are kept, and a reprint
is byte for byte the same whatever is edited later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from village_app.db.fields import Record, table_of
from village_app.db.journal import Change
from village_app.db.records.notices import SERIES_OF_KIND, Notice, PrivacyReview
from village_app.domain.calendar import PostingPeriod
from village_app.domain.masking_policies import masking_policies
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import Paper
from village_app.papers.gate import Findings, fix_all
from village_app.papers.pdf import fitted_layout, write_pdf
from village_app.papers.plain import paper_to_plain
from village_app.papers.verification import content_hash, grouped, verification_code
from village_app.papers.xlsx import write_xlsx
from village_app.services.house.attachments import Attachments
from village_app.services.notices.papers import PDF, XLSX, NoticePapers
from village_app.services.notices.publish_guards import pass_guards
from village_app.services.notices.rules import (
    ready_to_hang,
    reviewed_by_two,
    shortest_period,
)
from village_app.services.numbers import Numbers
from village_app.services.paper_words import in_own_words
from village_app.services.session import permitted
from village_app.services.settings import Settings
from village_app.services.two_persons import refuse_maker

# The names under a text that nobody has looked at.
_NOT_SEEN = {"checked_by": None, "checked_at": None, "approved_by": None, "approved_at": None}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft is made from: the paper, its kind, its masking policy and where it comes from.

    `policy` is a code of `resources/rules/masking-policies.json`; `period_days` None means that
    the paper has no posting period.
    """

    paper: Paper
    kind: str
    policy: str = "general"
    source: Record | None = None
    catalogue_code: str = ""
    period_label: str = ""
    period_days: int | None = None
    period_unit: str = "day"
    rule_id: int | None = None
    template: str = ""


class Notices(NoticePapers):
    """The life of a notice up to the wall; its later life is in services/notices/posting.py."""

    @permitted("notices.edit")
    def draft(self, draft: Draft) -> Notice:
        """Keep a new draft; refuses an unknown kind or policy and a paper without a title."""
        faults = _faults_of(draft)
        if faults:
            raise InvalidInput(faults)
        settings = Settings(self.session).read()
        draft = replace(draft, paper=in_own_words(self.session, draft.paper))
        with self.session.change(f"起草 {draft.paper.title}") as change:
            notice: Notice = change.insert(
                Notice(
                    heading=draft.paper.title,
                    kind=draft.kind,
                    state="draft",
                    policy=draft.policy,
                    catalogue_code=draft.catalogue_code or None,
                    period_label=draft.period_label or None,
                    source_table=table_of(type(draft.source)) if draft.source else None,
                    source_id=draft.source.id if draft.source else None,
                    paper=frozen_text(draft.paper),
                    issuer=settings.committee_name(),
                    contact=settings.supervision_phone or None,
                    period_days=draft.period_days,
                    period_unit=draft.period_unit,
                    rule_id=draft.rule_id,
                    template=draft.template or None,
                    place=settings.posting_place,
                    drafted_by=self.session.user.full_name,
                )
            )
        return notice

    @permitted("notices.edit")
    def revise(self, notice: Notice, paper: Paper, **fields: Any) -> Notice:
        """Change a draft; refused once it is published.

        What was checked or signed was the text before: another text is looked at anew.
        """
        self._refuse_unless(notice, {"draft", "returned", "checking", "approved"}, "修改")
        text = frozen_text(paper)
        if text != notice.paper:
            fields = {**_NOT_SEEN, **fields}
        with self.session.change(f"修改 {notice.heading}") as change:
            revised: Notice = change.update(
                notice, paper=text, heading=paper.title, state="draft", **fields
            )
        return revised

    @permitted("notices.edit")
    def mend(self, notice: Notice) -> Notice:
        """Make every change that the gate proposes, and lengthen a short period (都照改)."""
        paper = fix_all(self.paper_of(notice), self.findings(notice))
        shortest = shortest_period(self.session, notice)
        days = notice.period_days
        if days is not None and shortest is not None and days < shortest:
            days = shortest
        return self.revise(notice, paper, period_days=days)

    @permitted("notices.edit")
    def put_on_one_page(self, notice: Notice, *, wanted: bool) -> Notice:
        """Let a draft be one page (一页排下), or as long as it is; refused where type got tiny."""
        paper = replace(self.paper_of(notice), one_page=wanted)
        if wanted:
            fitted_layout(self._dated(notice, paper), on_one_page=True)
        return self.revise(notice, paper)

    @permitted("notices.check")
    def check(self, notice: Notice, *, agrees: bool, opinion: str = "") -> Notice:
        """Take down the supervision committee's opinion; disagreement sends the draft back.

        Who drafted it does not agree to it himself.
        """
        self._refuse_unless(notice, {"draft", "checking", "returned"}, "审核")
        if not agrees and not opinion.strip():
            raise InvalidInput([Fault("opinion", "required", "退回修改要写明原因。")])
        makers = {notice.drafted_by} if agrees else set()
        mark = refuse_maker(self.session, makers, "notices.check", "审核")
        with self.session.change(f"审核 {notice.heading}{mark}", undoable=False) as change:
            checked: Notice = change.update(
                notice,
                state="checking" if agrees else "returned",
                checked_by=self.session.user.full_name,
                checked_at=self.session.now(),
                opinion=opinion.strip() or "同意",
            )
        return checked

    @permitted("notices.approve")
    def approve(self, notice: Notice) -> Notice:
        """Sign a draft off; refused before the supervision committee has looked at it.

        Three names (NP-13): who drafted or checked it does not sign it.
        """
        if notice.checked_by is None or notice.state == "returned":
            raise Refused("not_checked", "监委会还没有审核同意，不能签发。请先送监委会看。")
        self._refuse_unless(notice, {"checking", "draft"}, "签发")
        makers = {notice.drafted_by, notice.checked_by}
        mark = refuse_maker(self.session, makers, "notices.approve", "签发")
        with self.session.change(f"签发 {notice.heading}{mark}", undoable=False) as change:
            approved: Notice = change.update(
                notice,
                state="approved",
                approved_by=self.session.user.full_name,
                approved_at=self.session.now(),
            )
        return approved

    @permitted("notices.publish")
    def publish(self, notice: Notice, *, posted_on: date | None = None) -> Notice:
        """Number, freeze and post a signed notice.

        Refused while the gate stops anything, while a character has no glyph, before sign-off.
        The number, the frozen paper, its PDF and xlsx come in one change that is never undone.
        """
        self._refuse_unless(notice, {"approved"}, "发布")
        findings = self.findings(notice)
        if not reviewed_by_two(self.session, notice, findings):
            self._refuse_findings(findings)
        ready_to_hang(self.session, notice, self.paper_of(notice))
        pass_guards(self.session, notice, self.paper_of(notice))
        day = posted_on or self.session.today()
        period = self.period_of(notice, day)
        with self.session.change(f"发布 {notice.heading}", kind="final", undoable=False) as change:
            number = notice.number or Numbers(self.session).issue(
                change, SERIES_OF_KIND[notice.kind], day.year, notice
            )
            self._freeze(change, notice, number, day, period)
            self._take_down_review(change, notice, findings)
        return notice

    def _freeze(
        self,
        change: Change,
        notice: Notice,
        number: str,
        day: date,
        period: PostingPeriod | None,
    ) -> None:
        paper = replace(self._dated(notice, self.paper_of(notice), day), number=number, draft=False)
        head = self.session.journal.head().short()
        code = self._code_of(paper)
        foot = f"验证码：{grouped(code)}　留痕封印：{head}"
        paper = replace(paper, footer="　".join(part for part in (paper.footer, foot) if part))
        text = frozen_text(paper)
        fingerprint = sha256(text.encode()).hexdigest()
        change.update(
            notice,
            number=number,
            state="posted",
            period_from=period.first if period else None,
            period_to=period.last if period else None,
            posted_by=self.session.user.full_name,
            published_at=self.session.now(),
            frozen=text,
            fingerprint=fingerprint,
            code=code,
            journal_head=head,
        )
        attachments = Attachments(self.session)
        attachments.keep(change, notice, f"{number}.pdf", write_pdf(paper).data, purpose=PDF)
        attachments.keep(change, notice, f"{number}.xlsx", write_xlsx(paper), purpose=XLSX)

    def _code_of(self, paper: Paper) -> str:
        """Make the code under a paper from what it says, with the village's own key."""
        return verification_code(content_hash(paper), self.session.keys().subkey("verification"))

    def _take_down_review(self, change: Change, notice: Notice, findings: Findings) -> None:
        change.insert(
            PrivacyReview(
                notice_id=notice.id,
                at=self.session.now(),
                user=self.session.user.full_name,
                policy=notice.policy,
                findings=json.dumps(plain_findings(findings), ensure_ascii=False),
                fingerprint=notice.fingerprint,
            )
        )

    @staticmethod
    def _refuse_unless(notice: Notice, states: set[str], doing: str) -> None:
        if notice.state not in states:
            word = Notice.declaration("state").kind.show(notice.state)
            raise Refused("wrong_state", f"“{notice.heading}”现在是“{word}”，不能{doing}。")

    @staticmethod
    def _refuse_findings(findings: Findings) -> None:
        if findings.stops:
            places = "；".join(f"{one.where}：{one.label}" for one in findings.stops[:5])
            raise Refused(
                "privacy",
                f"公开前把关有 {len(findings.stops)} 处没过，不能发布。{places}。",
                findings=findings,
            )


def _faults_of(draft: Draft) -> list[Fault]:
    faults = []
    if draft.kind not in SERIES_OF_KIND:
        faults.append(Fault("kind", "unknown_kind", "没有这种文种，请从名单里选。"))
    if draft.policy not in masking_policies():
        faults.append(Fault("policy", "unknown_policy", "没有这条脱敏规则，请从名单里选。"))
    if not draft.paper.title.strip():
        faults.append(Fault("heading", "required", "标题不能空。"))
    if draft.period_days is not None and draft.period_days < 1:
        faults.append(Fault("period_days", "too_short", "公示天数至少是 1 天。"))
    return faults


def frozen_text(paper: Paper) -> str:
    """Write a paper as it is kept: JSON with its keys in order."""
    return json.dumps(paper_to_plain(paper), ensure_ascii=False, sort_keys=True)


def plain_findings(findings: Findings) -> list[Mapping[str, Any]]:
    """Give what the gate found as it is kept: masked texts only."""
    return [
        {"where": one.where, "label": one.label, "shown": one.shown, "severity": one.severity}
        for one in findings.items
    ]
