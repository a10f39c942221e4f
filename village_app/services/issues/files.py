"""一事一档: everything that belongs to one matter, as one paper."""

from __future__ import annotations

from collections.abc import Iterable

from village_app.db.records.issues import Issue, IssueStep
from village_app.domain.calendar import CHINA, show_day
from village_app.papers.blocks import Paper
from village_app.papers.builders import issue_files as builders
from village_app.papers.pdf import write_pdf
from village_app.services.issues.chain import IssueChain
from village_app.services.issues.facts import due_words, shown
from village_app.services.issues.issues import Issues
from village_app.services.issues.photos import IssuePhotos
from village_app.services.paper_words import in_own_words
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings


class IssueFiles(Service):
    """Gathers a matter's register page, chain, course, answers, visits and photos."""

    @permitted("issues.read")
    def of(self, issue: Issue) -> Paper:
        """Build 一事一档 of a matter: cover, contents with page numbers, parts, photos."""
        facts = self._file_facts(issue)
        pages = [
            write_pdf(in_own_words(self.session, builders.build_part(name, blocks))).pages
            for name, blocks in builders.file_parts(facts)
        ]
        return in_own_words(self.session, builders.build_file(facts, pages, self.session.today()))

    def _file_facts(self, issue: Issue) -> builders.FileFacts:
        file = Issues(self.session).file(issue)
        chain = tuple(
            (one.name, one.number, show_day(one.day) if one.day else "未到")
            for one in IssueChain(self.session).of(issue)
        )
        visits = tuple(
            f"{one.at.astimezone(CHINA):%Y年%-m月%-d日}{one.visitor}"
            f"{shown(one, 'way')}回访：{shown(one, 'satisfaction')}"
            f"{f'，{one.reason}' if one.reason else ''}。"
            for one in file.visits
        )
        answer = ""
        if issue.answered_at is not None:
            day = show_day(issue.answered_at.astimezone(CHINA).date())
            way = shown(issue, "answer_way")
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
            photos=IssuePhotos(self.session).printed(issue),
        )

    def _facts(self, issue: Issue) -> Iterable[tuple[str, str]]:
        """Give label and value of what the register page shows; an anonymous one says 匿名."""
        for name in ("number", "at", "source", "reporter", "behalf_of", "phone", "category"):
            text = shown(issue, name)
            if name == "reporter" and issue.reporter_kind == "anonymous":
                text = "匿名"
            if text:
                yield Issue.declaration(name).label, text
        for name in ("place", "handler", "first_due", "due", "outcome", "closed_at"):
            moment = name in ("first_due", "due")
            text = due_words(getattr(issue, name)) if moment else shown(issue, name)
            if text:
                yield Issue.declaration(name).label, text


def _step_line(step: IssueStep) -> builders.StepLine:
    return builders.StepLine(step.at, shown(step, "kind"), step.text, step.author)
