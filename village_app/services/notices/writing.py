"""Writing a notice by hand: begun from a template, edited as text, checked point by point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from village_app.db.records.notices import SERIES_OF_KIND, Notice
from village_app.domain.masking_policies import masking_policies
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import Paper
from village_app.papers.edits import Rewrite
from village_app.papers.gate import Finding, apply
from village_app.papers.pdf import missing_characters
from village_app.papers.places import Place
from village_app.papers.privacy.findings import Check
from village_app.papers.written import issuers_of, read_body, with_issuers, write_body
from village_app.services.notices.notices import Draft, Notices, frozen_text
from village_app.services.notices.publish_guards import pass_guards
from village_app.services.notices.rules import (
    is_too_short,
    left_open,
    reviewed_by_two,
    shortest_period,
)
from village_app.services.notices.templates import NoticeTemplates
from village_app.services.numbers import Numbers
from village_app.services.session import Service, permitted

EDITABLE = frozenset({"draft", "returned", "checking", "approved"})
_UNITS = frozenset({"day", "work_day"})


@dataclass(frozen=True, slots=True)
class Written:
    """A notice as its form shows it; `body` as `papers/written.py` writes it."""

    heading: str
    body: str
    issuers: str
    to: str = ""
    period_days: int | None = None
    period_unit: str = "day"
    policy: str = "general"
    catalogue_code: str = ""
    contact: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One line of 公开前把关: numbered from 1; `fix` are the words of the button, or blank.

    `holds` tells whether it stops the publishing; `place` where on the paper it stands, `words`
    what stands there, to be looked for on the printed page.
    """

    number: int
    code: str
    passed: bool
    holds: bool
    sentence: str
    fix: str = ""
    place: Place | None = None
    finding: Finding | None = None
    words: tuple[str, ...] = ()


class NoticeWriting(Service):
    """What the document page does with a notice that does not hang yet."""

    @permitted("notices.edit")
    def begin(self, code: str, heading: str = "") -> Notice:
        """Keep a new draft made from a template."""
        templates = NoticeTemplates(self.session)
        template = templates.get(code)
        return Notices(self.session).draft(
            Draft(
                templates.paper(code, heading),
                template.kind,
                policy=template.policy,
                catalogue_code=template.catalogue,
                period_days=template.period_days,
                period_unit=template.period_unit,
                template=code,
            )
        )

    @permitted("notices.read")
    def written(self, notice: Notice) -> Written:
        """Give a notice as its form shows it."""
        paper = Notices(self.session).paper_of(notice)
        return Written(
            heading=paper.title,
            body=write_body(paper),
            issuers="、".join(issuers_of(paper)),
            to=paper.to,
            period_days=notice.period_days,
            period_unit=notice.period_unit or "day",
            policy=notice.policy,
            catalogue_code=notice.catalogue_code or "",
            contact=notice.contact or "",
            place=notice.place or "",
        )

    @permitted("notices.edit")
    def edit(self, notice: Notice, written: Written) -> Notice:
        """Take the form's text into the draft; refuses with all faults at once."""
        faults = _faults_of(written)
        if faults:
            raise InvalidInput(faults)
        notices = Notices(self.session)
        paper = _written_into(notices.paper_of(notice), written)
        return notices.revise(notice, paper, **_fields_of(written))

    @permitted("notices.read")
    def trial(self, notice: Notice, written: Written) -> Notice:
        """Give the notice as it would be with the form's text, without keeping it."""
        paper = _written_into(Notices(self.session).paper_of(notice), written)
        values = notice.values() | _fields_of(written)
        tried = Notice(**values | {"paper": frozen_text(paper), "heading": paper.title})
        tried.id, tried.version = notice.id, notice.version
        return tried

    @permitted("notices.read")
    def corrected_paper(self, notice: Notice, body: str) -> Paper:
        """Give a published paper with the right text, to be compared with what hangs."""
        paper = Notices(self.session).paper_of(notice)
        return replace(read_body(body, paper), footer="")

    @permitted("notices.read")
    def next_number(self, notice: Notice) -> str:
        """Give the notice's number, or the one it would get today."""
        if notice.number:
            return str(notice.number)
        year = self.session.today().year
        return Numbers(self.session).preview(SERIES_OF_KIND[notice.kind], year)

    @permitted("notices.read")
    def points(self, notice: Notice) -> list[Point]:
        """Look the draft through: faults first, then what passed, numbered in one row."""
        found = [
            *self._privacy_points(notice),
            *self._period_points(notice),
            *self._open_points(notice),
            *self._glyph_points(notice),
            *self._guard_points(notice),
        ]
        found.sort(key=lambda point: (point.passed, not point.holds))
        return [replace(point, number=at) for at, point in enumerate(found, 1)]

    @permitted("notices.edit")
    def fix(self, notice: Notice, point: Point) -> Notice:
        """Make the change that a point proposes."""
        notices = Notices(self.session)
        paper = notices.paper_of(notice)
        if point.code == "period_short":
            days = shortest_period(self.session, notice)
            return notices.revise(notice, paper, period_days=days)
        if point.finding is None or not point.finding.can_be_fixed:
            raise Refused("not_fixable", "这一处要您自己改，程序替不了。")
        return notices.revise(notice, apply(paper, point.finding))

    def _privacy_points(self, notice: Notice) -> list[Point]:
        findings = Notices(self.session).findings(notice)
        let_through = bool(findings.stops) and reviewed_by_two(self.session, notice, findings)
        points = [
            Point(
                0,
                one.code,
                passed=let_through and one.severity == "stop",
                holds=one.severity == "stop" and not let_through,
                sentence=f"{one.where}：{one.label}"
                + (f"（{one.shown}）" if one.shown else "")
                + ("，已由第二人放行" if let_through and one.severity == "stop" else ""),
                fix=one.remedy if one.can_be_fixed else "",
                place=one.place,
                finding=one,
                words=tuple(
                    edit.old for edit in one.edits if isinstance(edit, Rewrite) and edit.old
                ),
            )
            for one in (*findings.stops, *findings.questions)
        ]
        points += [
            Point(0, "looked", passed=True, holds=False, sentence=_looked(check))
            for check in findings.checks
            if check.found == 0 and check.looked_at
        ]
        return points

    def _period_points(self, notice: Notice) -> list[Point]:
        shortest = shortest_period(self.session, notice)
        if is_too_short(self.session, notice):
            sentence = f"公示期 {notice.period_days or 0} 天，不足 {shortest} 天"
            return [
                Point(
                    0,
                    "period_short",
                    passed=False,
                    holds=True,
                    sentence=sentence,
                    fix=f"改到 {shortest} 天",
                    words=("公示期",),
                )
            ]
        if not notice.period_days:
            return []
        unit = "个工作日" if notice.period_unit == "work_day" else "天"
        sentence = f"公示期 {notice.period_days} {unit}，合乎规则"
        return [Point(0, "period", passed=True, holds=False, sentence=sentence)]

    def _open_points(self, notice: Notice) -> list[Point]:
        opened = left_open(Notices(self.session).paper_of(notice))
        if not opened:
            return [Point(0, "filled", passed=True, holds=False, sentence="该填的都填了")]
        sentence = f"还有 {len(opened)} 处没有填：{'、'.join(opened[:6])}"
        return [Point(0, "left_open", passed=False, holds=True, sentence=sentence, words=("｛",))]

    def _glyph_points(self, notice: Notice) -> list[Point]:
        missing = missing_characters(Notices(self.session).paper_of(notice))
        if not missing:
            return [Point(0, "glyphs", passed=True, holds=False, sentence="没有打不出的字")]
        sentence = f"有 {len(missing)} 个字打不出来：{'、'.join(missing[:8])}"
        return [Point(0, "missing_glyphs", passed=False, holds=True, sentence=sentence)]

    def _guard_points(self, notice: Notice) -> list[Point]:
        """Ask what the subject itself demands (the ledger's figures, the vote's result)."""
        paper = Notices(self.session).paper_of(notice)
        try:
            pass_guards(self.session, notice, paper)
        except Refused as refusal:
            return [Point(0, refusal.code, passed=False, holds=True, sentence=refusal.message)]
        if "sheet" not in paper.meta:
            return []
        return [Point(0, "guards", passed=True, holds=False, sentence="和台账对得上")]


def _looked(check: Check) -> str:
    return f"查过{check.label}，{check.looked_at} 处，没有不妥"


def _written_into(paper: Paper, written: Written) -> Paper:
    paper = replace(paper, title=written.heading.strip(), to=written.to.strip())
    names = tuple(name.strip() for name in written.issuers.split("、") if name.strip())
    return with_issuers(read_body(written.body, paper), names)


def _fields_of(written: Written) -> dict[str, Any]:
    return {
        "period_days": written.period_days,
        "period_unit": written.period_unit,
        "policy": written.policy,
        "catalogue_code": written.catalogue_code or None,
        "contact": written.contact.strip() or None,
        "place": written.place.strip() or None,
        "issuer": written.issuers.strip() or None,
    }


def _faults_of(written: Written) -> list[Fault]:
    faults = []
    if not written.heading.strip():
        faults.append(Fault("heading", "required", "标题不能空。"))
    if not written.body.strip():
        faults.append(Fault("body", "required", "正文不能空。"))
    if written.policy not in masking_policies():
        faults.append(Fault("policy", "unknown_policy", "没有这条脱敏规则，请从名单里选。"))
    if written.period_unit not in _UNITS:
        faults.append(Fault("period_unit", "unknown_unit", "公示期按日或者按工作日。"))
    if written.period_days is not None and written.period_days < 1:
        faults.append(Fault("period_days", "too_short", "公示天数至少是 1 天。"))
    return faults
