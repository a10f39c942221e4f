"""答复意见: letters to those who reported matters, from the village's own templates by state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from village_app.db.records.issue_replies import IssueReply
from village_app.db.records.issues import Issue, IssueStep
from village_app.db.records.residents import Resident
from village_app.domain.calendar import CHINA, show_day
from village_app.domain.issue_course import STATE_LABELS
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.issue_replies import ReplyFacts, build_reply
from village_app.papers.filling import fill_text
from village_app.services.checking import read_values
from village_app.services.issues.facts import due_words
from village_app.services.issues.issues import Issues
from village_app.services.numbers import Numbers
from village_app.services.paper_words import in_own_words
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

RULE = "issue_replies"
# What a template may name; each is written from the matter.
PLACES = ("编号", "登记日期", "事项", "承办人", "办理期限", "办理结果", "原因", "村名", "监督电话")
_REASONS = ("refused", "held", "extended", "passed_on", "reported")
_CALLED = {"1": "先生", "2": "女士"}


@dataclass(frozen=True, slots=True)
class ReplyTemplate:
    """A template: its name, the states of a matter it is for, its words with ｛places｝."""

    name: str
    states: tuple[str, ...]
    text: str


class IssueReplies(Service):
    """Drafts, numbers and keeps the letters that answer matters."""

    @permitted("issues.read")
    def templates(self, state: str | None = None) -> list[ReplyTemplate]:
        """List the templates, all of them or those for a state; an unfitting rest stays out."""
        kept = Rules(self.session).on(RULE)["templates"]
        made = [ReplyTemplate(one["name"], tuple(one["states"]), one["text"]) for one in kept]
        return [one for one in made if state is None or state in one.states]

    @permitted("settings.edit")
    def set_templates(self, templates: Sequence[ReplyTemplate]) -> None:
        """Keep the village's own templates from today on; letters that went out stay as they are.

        Refuses templates without name, words or state, and two of one name.
        """
        faults = [Fault("name", "twice", "模板的名称不能重复。")]
        if len({one.name for one in templates}) == len(templates):
            faults = [fault for one in templates for fault in _template_faults(one)]
        if faults:
            raise InvalidInput(faults)
        kept = [asdict(one) for one in templates]
        Rules(self.session).revise(RULE, self.session.today(), {"templates": kept})

    @permitted("issues.edit")
    def draft(self, issue: Issue, name: str = "") -> dict[str, Any]:
        """Fill a template (the first that fits the state by default) from a matter.

        Gives the fields of a letter: heading, addressee, text, signed_on; all can be edited.
        """
        fitting = self.templates(issue.state)
        chosen = next((one for one in self.templates() if one.name == name), None)
        chosen = chosen or (fitting[0] if fitting else None)
        if chosen is None:
            raise Refused(
                "no_template", f"“{STATE_LABELS[issue.state]}”还没有答复模板，先到设置里加。"
            )
        return {
            "heading": f"关于{issue.heading}的答复意见",
            "addressee": self._addressee(issue),
            "text": fill_text(chosen.text, self._values(issue)),
            "signed_on": self.session.today(),
        }

    @permitted("issues.edit")
    def send(self, issue: Issue, typed: Mapping[str, Any]) -> IssueReply:
        """Give a letter its number and keep it with the matter, with a step that tells of it."""
        Issues(self.session).get(issue.id)
        given = {**typed, "issue_id": issue.id, "at": self.session.now()}
        values = read_values(IssueReply, {**given, "author": self.session.user.full_name})
        with self.session.change(f"出具答复意见 {issue.number}") as change:
            reply: IssueReply = change.insert(IssueReply(**values))
            year = values["signed_on"].year
            number = Numbers(self.session).issue(change, "reply", year, reply)
            change.update(reply, number=number)
            Issues(self.session).note(change, issue, "replied", f"出具答复意见{number}")
        return reply

    @permitted("issues.read")
    def of(self, issue: Issue) -> list[IssueReply]:
        """List the letters of a matter in order."""
        Issues(self.session).get(issue.id)
        query = self.store.select(IssueReply).where(IssueReply.issue_id == issue.id)
        return self.store.rows(query.order_by(IssueReply.id))

    @permitted("issues.read")
    def get(self, reply_id: int) -> IssueReply:
        return self.store.get(IssueReply, reply_id)

    @permitted("issues.read")
    def paper(self, reply: IssueReply) -> Paper:
        """Build the letter as it goes out."""
        issue = Issues(self.session).get(reply.issue_id)
        return in_own_words(
            self.session,
            build_reply(
                ReplyFacts(
                    number=reply.number or "",
                    heading=reply.heading,
                    addressee=reply.addressee,
                    text=reply.text,
                    matter=issue.number or "",
                    issuer=Settings(self.session).read().committee_name(),
                    day=reply.signed_on,
                )
            ),
        )

    def _addressee(self, issue: Issue) -> str:
        """Address the person as a letter does; an anonymous one stays without a name."""
        if issue.reporter_kind == "anonymous" or not issue.reporter:
            return "反映人"
        person = self.store.find(Resident, issue.reporter_id) if issue.reporter_id else None
        return f"{issue.reporter}{_CALLED.get(person.sex or '', '') if person else ''}"

    def _values(self, issue: Issue) -> dict[str, str]:
        settings = Settings(self.session).read()
        return {
            "编号": issue.number or "",
            "登记日期": show_day(issue.at.astimezone(CHINA).date()),
            "事项": issue.heading,
            "承办人": issue.handler or "村委会",
            "办理期限": due_words(issue.due),
            "办理结果": (issue.result or "").rstrip("。"),
            "原因": self._reason(issue),
            "村名": settings.village,
            "监督电话": settings.supervision_phone or "村务监督委员会办公室",
        }

    def _reason(self, issue: Issue) -> str:
        """Give the words of the last step that kept the matter from going on."""
        query = self.store.select(IssueStep).where(
            IssueStep.issue_id == issue.id, IssueStep.kind.in_(_REASONS)
        )
        last: IssueStep | None = query.order_by(IssueStep.at.desc(), IssueStep.id.desc()).first()
        return last.text.rstrip("。") if last is not None else ""


def _template_faults(one: ReplyTemplate) -> list[Fault]:
    faults = []
    if not one.name.strip():
        faults.append(Fault("name", "required", "模板要有名称。"))
    if not one.text.strip():
        faults.append(Fault("text", "required", "模板要写上内容。"))
    if not one.states or not set(one.states) <= set(STATE_LABELS):
        faults.append(Fault("states", "unknown", "要选这个模板用在哪个状态。"))
    return faults
