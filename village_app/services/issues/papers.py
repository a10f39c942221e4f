"""Papers of matters from the records: ledgers inside and public, and slips."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from village_app.db.records.issues import Issue, SupervisionSlip
from village_app.db.records.notices import Notice
from village_app.db.records.residents import Place
from village_app.domain.calendar import CHINA, show_day
from village_app.domain.issue_course import STATE_LABELS
from village_app.errors import Refused
from village_app.papers.blocks import Paper, Table
from village_app.papers.builders import issues as builders
from village_app.services.issues.facts import due_words, shown
from village_app.services.issues.figures import IssueFigures
from village_app.services.issues.issues import Issues
from village_app.services.issues.rights import visible
from village_app.services.notices.notices import Draft, Notices
from village_app.services.paper_words import in_own_words
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

# The catalogue's item for matters of villagers (民情).
CATALOGUE_CODE = "C21"
PERIOD_DAYS = 7
SLIPS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "assignment": ("交办单", ("交办意见", "办理情况"), ("交办人", "承办人", "签收日期")),
    "feedback": ("办理情况反馈单", ("办理结果", "反映人意见"), ("反馈人", "反映人", "反馈日期")),
    "visit": ("回访单", ("办理结果", "回访情况"), ("回访人", "反映人", "回访日期")),
    "extension": ("延期办理审批表", ("延期理由", "审批意见"), ("申请人", "审批人", "审批日期")),
}


class IssuePapers(Service):
    """Builds the papers; public ones go through the notices."""

    @permitted("issues.read")
    def public_ledger(self, first: date, last: date, period: str) -> Paper:
        """Build the ledger for the wall: answered matters, no confidential one, no person."""
        settings = Settings(self.session).read()
        totals = IssueFigures(self.session).totals(first, last)
        chosen = [
            one
            for one in self._between(first, last)
            if not one.is_confidential and one.answered_at is not None
        ]
        return in_own_words(
            self.session,
            builders.build_public_ledger(
                self._lines(chosen), totals, period, settings.committee_name(), settings.supervision
            ),
        )

    @permitted("issues.export")
    def internal_ledger(self, first: date, last: date, period: str) -> Paper:
        """Build the ledger for the office; printing it is taken down."""
        settings = Settings(self.session).read()
        totals = IssueFigures(self.session).totals(first, last)
        lines = self._lines(self._between(first, last))
        self.session.journal.note(f"打印民情台账（内部版）{len(lines)} 件")
        return in_own_words(
            self.session,
            builders.build_internal_ledger(lines, totals, period, settings.committee_name()),
        )

    @permitted("notices.edit")
    def draft_public_ledger(self, first: date, last: date, period: str) -> Notice:
        """Draft the public ledger; refused while nothing was answered in the period."""
        paper = self.public_ledger(first, last, period)
        if not any(block.rows for block in paper.blocks if isinstance(block, Table)):
            raise Refused("nothing_answered", f"{period}还没有答复过的诉求，没有可公示的内容。")
        return Notices(self.session).draft(
            Draft(
                paper,
                "publicity",
                policy="no_persons",
                catalogue_code=CATALOGUE_CODE,
                period_label=period,
                period_days=PERIOD_DAYS,
            )
        )

    @permitted("issues.read")
    def slip(self, kind: str, issue: Issue) -> Paper:
        """Build 交办单, 反馈单, 回访单 or 延期审批表 of a matter; the last row is for writing."""
        return in_own_words(self.session, builders.build_slip(self._slip_of(kind, issue)))

    @permitted("issues.read")
    def slips(self, kind: str, issues: Sequence[Issue]) -> Paper:
        """Build one slip of each of several matters as one paper."""
        return in_own_words(
            self.session, builders.build_slips([self._slip_of(kind, one) for one in issues])
        )

    @permitted("issues.read")
    def supervision_slip(self, slip: SupervisionSlip) -> Paper:
        """Build 督办单 with its number, its colour in words, and the signature lines."""
        issue = Issues(self.session).get(slip.issue_id)
        level = SupervisionSlip.declaration("level").kind.show(slip.level)
        until = f"，请于{show_day(slip.answer_by)}前回复" if slip.answer_by else ""
        rows = [("督办级别", level), ("督办要求", f"{slip.demand}{until}"), ("回复情况", "")]
        return in_own_words(
            self.session,
            builders.build_slip(
                self._slip_facts(
                    issue,
                    "督办单",
                    slip.number or "",
                    rows,
                    ("签发人", "承办人", "签收日期"),
                    slip.at.astimezone(CHINA).date(),
                )
            ),
        )

    def _between(self, first: date, last: date) -> list[Issue]:
        """List the matters registered from one day to the other; merged ones are left out."""
        start = datetime.combine(first, time(), CHINA).astimezone(UTC)
        end = datetime.combine(last + timedelta(days=1), time(), CHINA).astimezone(UTC)
        query = self.store.select(Issue).where(
            Issue.at >= start,
            Issue.at < end,
            Issue.state.not_in(("merged", "void")),
            visible(self.session),
        )
        return self.store.rows(query.order_by(Issue.at, Issue.id))

    def _lines(self, issues: Iterable[Issue]) -> list[builders.MatterLine]:
        groups = {one.id: one.name for one in self.store.rows(self.store.select(Place))}
        return [
            builders.MatterLine(
                number=one.number or "",
                day=one.at.astimezone(CHINA).date(),
                category=one.category or "其他",
                heading=one.heading,
                group=groups.get(one.group_id, ""),
                state=STATE_LABELS[one.state],
                result=one.result or "",
                reporter=_reporter(one),
                phone=one.phone or "",
                source=shown(one, "source"),
                handler=one.handler or "",
                satisfaction=shown(one, "satisfaction"),
            )
            for one in issues
        ]

    def _slip_of(self, kind: str, issue: Issue) -> builders.SlipFacts:
        name, rows, signs = SLIPS[kind]
        given = {"办理结果": issue.result or ""}
        filled = [(row, given.get(row, "")) for row in rows]
        today = self.session.today()
        return self._slip_facts(issue, name, issue.number or "", filled, signs, today)

    def _slip_facts(
        self,
        issue: Issue,
        name: str,
        number: str,
        rows: Iterable[tuple[str, str]],
        signs: tuple[str, ...],
        day: date,
    ) -> builders.SlipFacts:
        settings = Settings(self.session).read()
        return builders.SlipFacts(
            title=f"{settings.village}民情诉求{name}",
            number=number,
            issuer=settings.committee_name(),
            day=day,
            matter=issue.number or "",
            heading=issue.heading,
            content=issue.content or "",
            to=issue.handler or "",
            due=due_words(issue.due),
            rows=tuple(rows),
            signs=signs,
        )


def _reporter(one: Issue) -> str:
    """Name who reported a matter: 匿名, or with both names where it was on somebody's behalf."""
    if one.reporter_kind == "anonymous":
        return "匿名"
    behalf = f"（代{one.behalf_of}）" if one.behalf_of else ""
    return f"{one.reporter or ''}{behalf}"
