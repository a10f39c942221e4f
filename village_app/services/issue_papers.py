"""Papers of matters from the records: ledgers, slips, reception forms, the whole file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from village_app.db.fields import Record
from village_app.db.files import write_atomically
from village_app.db.records.issues import (
    Issue,
    IssueStep,
    ReceptionVisit,
    SupervisionSlip,
)
from village_app.db.records.notices import Notice
from village_app.db.records.residents import Place
from village_app.domain.calendar import CHINA, show_day
from village_app.domain.issue_course import STATE_LABELS
from village_app.errors import EnvironmentProblem, Refused
from village_app.papers.blocks import Paper, Photo, Table
from village_app.papers.builders import issues as builders
from village_app.papers.builders import receptions as forms
from village_app.papers.pdf import write_pdf
from village_app.papers.pictures import clean_picture
from village_app.services.attachments import Attachments
from village_app.services.exports import Exports
from village_app.services.issue_chain import IssueChain
from village_app.services.issue_figures import IssueFigures
from village_app.services.issue_rights import visible
from village_app.services.issues import Issues
from village_app.services.notices import Draft, Notices
from village_app.services.receptions import Receptions
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
        return builders.build_public_ledger(
            self._lines(chosen), totals, period, settings.committee_name(), settings.supervision
        )

    @permitted("issues.export")
    def internal_ledger(self, first: date, last: date, period: str) -> Paper:
        """Build the ledger for the office; printing it is taken down."""
        settings = Settings(self.session).read()
        totals = IssueFigures(self.session).totals(first, last)
        lines = self._lines(self._between(first, last))
        self.session.journal.note(f"打印民情台账（内部版）{len(lines)} 件")
        return builders.build_internal_ledger(lines, totals, period, settings.committee_name())

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
        name, rows, signs = SLIPS[kind]
        given = {"办理结果": issue.result or ""}
        return builders.build_slip(
            self._slip_facts(
                issue,
                name,
                issue.number or "",
                [(row, given.get(row, "")) for row in rows],
                signs,
                self.session.today(),
            )
        )

    @permitted("issues.read")
    def supervision_slip(self, slip: SupervisionSlip) -> Paper:
        """Build 督办单 with its number, its colour in words, and the signature lines."""
        issue = Issues(self.session).get(slip.issue_id)
        level = SupervisionSlip.declaration("level").kind.show(slip.level)
        until = f"，请于{show_day(slip.answer_by)}前回复" if slip.answer_by else ""
        rows = [("督办级别", level), ("督办要求", f"{slip.demand}{until}"), ("回复情况", "")]
        return builders.build_slip(
            self._slip_facts(
                issue,
                "督办单",
                slip.number or "",
                rows,
                ("签发人", "承办人", "签收日期"),
                slip.at.astimezone(CHINA).date(),
            )
        )

    @permitted("issues.read")
    def reception_form(self, visit: ReceptionVisit | None = None, number: str = "") -> Paper:
        """Build 来访接待登记表, filled from a visit, or empty for handwriting."""
        village = Settings(self.session).read().village
        if visit is None:
            return forms.build_reception_form(village, number, {})
        issue = Issues(self.session).get(visit.issue_id)
        return forms.build_reception_form(village, visit.number or "", _filled(visit, issue))

    @permitted("issues.log")
    def blank_forms(self, count: int) -> Paper:
        """Reserve numbers and build that many empty forms with them."""
        numbers = Receptions(self.session).reserve_forms(count)
        return forms.build_blank_forms(Settings(self.session).read().village, numbers)

    @permitted("issues.read")
    def reception_plan(self, month: date) -> Paper:
        """Build the month's plan of reception days for the wall."""
        settings = Settings(self.session).read()
        days = Receptions(self.session).month(month)
        if not days:
            raise Refused("no_plan", f"{month.month} 月还没有安排接访日，先安排再打印。")
        lines = [
            forms.ReceptionLine(
                one.day,
                one.hours or "",
                one.host,
                one.post or "",
                one.duty or "",
                one.place or settings.reception_place,
                type(one).declaration("shape").kind.show(one.shape),
            )
            for one in days
        ]
        return forms.build_reception_plan(lines, month, settings.committee_name())

    @permitted("notices.edit")
    def draft_reception_plan(self, month: date) -> Notice:
        """Draft the month's plan of reception days as an announcement."""
        return Notices(self.session).draft(
            Draft(self.reception_plan(month), "announcement", policy="office")
        )

    @permitted("issues.read")
    def file(self, issue: Issue) -> Paper:
        """Build 一事一档 of a matter: cover, contents with page numbers, parts, photos."""
        facts = self._file_facts(issue)
        pages = [
            write_pdf(builders.build_part(name, blocks)).pages
            for name, blocks in builders.file_parts(facts)
        ]
        return builders.build_file(facts, pages, self.session.today())

    @permitted("issues.read")
    def save_pdf(self, path: Path, code: str, issue: Issue | None = None) -> None:
        """Write a paper as PDF to a file of the user's: a slip, the whole file, a ledger, a form.

        Refused where the paper is of a matter and none is chosen.
        """
        write_atomically(path, write_pdf(self._paper(code, issue)).data, doing="保存PDF")

    @permitted("issues.export")
    def export(self, path: Path, ids: Sequence[int]) -> int:
        """Write matters as a spreadsheet to a file of the user's, numbers masked; gives the count.

        Matters that this user may not see are left out.
        """
        query = self.store.select(Issue).where(Issue.id.in_(list(ids)), visible(self.session))
        exported = Exports(self.session).write_records(
            Issue, self.store.rows(query.order_by(Issue.id))
        )
        write_atomically(path, exported.content, doing="保存表格")
        return exported.rows

    def _paper(self, code: str, issue: Issue | None) -> Paper:
        today = self.session.today()
        if code == "internal":
            return self.internal_ledger(date(today.year, 1, 1), today, f"{today.year}年")
        if code == "form":
            return self.reception_form()
        if issue is None:
            raise Refused("no_issue", "先在列表里选一件，再打印。")
        return self.file(issue) if code == "file" else self.slip(code, issue)

    def _file_facts(self, issue: Issue) -> builders.FileFacts:
        file = Issues(self.session).file(issue)
        chain = tuple(
            (one.name, one.number, show_day(one.day) if one.day else "未到")
            for one in IssueChain(self.session).of(issue)
        )
        visits = tuple(
            f"{one.at.astimezone(CHINA):%Y年%-m月%-d日}{one.visitor}"
            f"{_shown(one, 'way')}回访：{_shown(one, 'satisfaction')}"
            f"{f'，{one.reason}' if one.reason else ''}。"
            for one in file.visits
        )
        answer = ""
        if issue.answered_at is not None:
            day = show_day(issue.answered_at.astimezone(CHINA).date())
            way = _shown(issue, "answer_way")
            answer = f"办理结果：{issue.result}。{day}由{issue.answered_by}{way}反馈反映人。"
        return builders.FileFacts(
            village=Settings(self.session).read().committee_name(),
            number=issue.number or "",
            heading=issue.heading,
            facts=tuple(self._facts(issue)),
            content=issue.content or issue.heading,
            steps=tuple(_step_line(step) for step in file.steps),
            chain=chain,
            answer=answer,
            visits=visits,
            photos=tuple(self._photos(issue)),
        )

    def _facts(self, issue: Issue) -> Iterable[tuple[str, str]]:
        """Give label and value of what the register page shows; an anonymous one says 匿名."""
        for name in ("number", "at", "source", "reporter", "behalf_of", "phone", "category"):
            text = _shown(issue, name)
            if name == "reporter" and issue.reporter_kind == "anonymous":
                text = "匿名"
            if text:
                yield Issue.declaration(name).label, text
        for name in ("place", "handler", "first_due", "due", "outcome", "closed_at"):
            moment = name in ("first_due", "due")
            text = _due_words(getattr(issue, name)) if moment else _shown(issue, name)
            if text:
                yield Issue.declaration(name).label, text

    def _photos(self, issue: Issue) -> Iterable[Photo]:
        attachments = Attachments(self.session)
        for one in attachments.of(issue):
            if (one.media_type or "").startswith("image/"):
                try:
                    picture = clean_picture(attachments.read(one))
                except EnvironmentProblem:
                    continue
                yield Photo(picture.data, one.caption or one.purpose or one.name)

    def _between(self, first: date, last: date) -> list[Issue]:
        """List the matters registered from one day to the other; merged ones are left out."""
        start = datetime.combine(first, time(), CHINA).astimezone(UTC)
        end = datetime.combine(last + timedelta(days=1), time(), CHINA).astimezone(UTC)
        query = self.store.select(Issue).where(
            Issue.at >= start, Issue.at < end, Issue.state != "merged", visible(self.session)
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
                reporter="匿名" if one.reporter_kind == "anonymous" else one.reporter or "",
                phone=one.phone or "",
                source=_shown(one, "source"),
                handler=one.handler or "",
                satisfaction=_shown(one, "satisfaction"),
            )
            for one in issues
        ]

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
            due=_due_words(issue.due),
            rows=tuple(rows),
            signs=signs,
        )


def _shown(record: Record, name: str) -> str:
    return record.declaration(name).kind.show(getattr(record, name))


def _due_words(due: datetime | None) -> str:
    """Write a limit: the day, and the hour where it does not run to the day's end."""
    if due is None:
        return ""
    local = due.astimezone(CHINA)
    ends_the_day = (local.hour, local.minute) == (23, 59)
    return show_day(local.date()) + ("" if ends_the_day else f"{local.hour}时{local.minute:02d}分")


def _step_line(step: IssueStep) -> builders.StepLine:
    return builders.StepLine(step.at, _shown(step, "kind"), step.text, step.author)


def _filled(visit: ReceptionVisit, issue: Issue) -> dict[str, str]:
    """Give the texts of a visit's form by the names of its cells."""
    names = ("place", "host", "post", "companions", "visitor", "sex", "age", "phone", "address")
    more = ("people", "shape", "category", "deputies", "problem", "demand", "reply")
    filled = {name: _shown(visit, name) for name in (*names, *more, "instruction", "note")}
    answer = " ".join(part for part in (_shown(issue, "answered_at"), _shown(issue, "answer_way")))
    return {
        **filled,
        "day": show_day(visit.day),
        "is_first": "初访" if visit.is_first else "重访",
        "handler": issue.handler or "",
        "due": _due_words(issue.due),
        "result": issue.result or "",
        "answer": answer.strip(),
        "satisfaction": _shown(issue, "satisfaction"),
    }
