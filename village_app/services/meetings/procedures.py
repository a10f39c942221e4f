"""四议两公开: one matter step by step; a later step is closed until the earlier has its paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from village_app.db.records.meetings import Meeting
from village_app.db.records.notices import Notice
from village_app.db.records.resolutions import MOTIVES, Procedure, ProcedureStep, Resolution
from village_app.db.records.votes import Vote
from village_app.domain.quorum import Attendance as Heads
from village_app.domain.quorum import Votes as Tally
from village_app.domain.quorum import judge
from village_app.domain.reporting import Report, silently
from village_app.errors import Fault, InvalidInput, Refused
from village_app.papers.blocks import Paper
from village_app.papers.builders.meeting_pack import PackPart
from village_app.papers.builders.procedures import ProcedureFacts, StepFacts, build_register
from village_app.services.checking import read_values
from village_app.services.meetings.bodies import Bodies
from village_app.services.meetings.minutes import Minutes
from village_app.services.meetings.pack import pack_of, save_paper
from village_app.services.meetings.resolutions import Resolutions
from village_app.services.notices.notices import Notices
from village_app.services.paper_words import in_own_words
from village_app.services.rules import Rules
from village_app.services.session import Service, permitted

MERGED = frozenset({"propose", "consult"})


class Procedures(Service):
    """Matters that go through all the steps."""

    @permitted("meetings.edit")
    def begin(self, typed: Mapping[str, Any], template: str = "四议两公开") -> Procedure:
        """Begin a matter with the steps of a template."""
        steps = self._template(template)
        values = read_values(Procedure, {**typed, "template": template})
        with self.session.change(f"{template} {values['name']}") as change:
            matter: Procedure = change.insert(Procedure(**values))
            change.insert_rows(
                ProcedureStep,
                [
                    {
                        "label": one["label"],
                        "procedure_id": matter.id,
                        "position": at,
                        "code": one["code"],
                        "form": one["form"] or None,
                    }
                    for at, one in enumerate(steps, 1)
                ],
            )
        return matter

    @permitted("meetings.read")
    def listed(self) -> list[Procedure]:
        """List the matters, the latest first."""
        return self.store.rows(self.store.select(Procedure).order_by(Procedure.id.desc()))

    @permitted("meetings.read")
    def steps(self, matter: Procedure) -> list[ProcedureStep]:
        """Give a matter's steps in order."""
        return self.store.rows(
            self.store.select(ProcedureStep)
            .where(ProcedureStep.procedure_id == matter.id)
            .order_by(ProcedureStep.position)
        )

    @permitted("meetings.read")
    def step(self, matter: Procedure, code: str) -> ProcedureStep:
        """Give one step of a matter."""
        return next(one for one in self.steps(matter) if one.code == code)

    @permitted("meetings.edit")
    def record(self, matter: Procedure, code: str, typed: Mapping[str, Any]) -> ProcedureStep:
        """Take down a step: day, counts, paper.

        Refused while an earlier step has no day or paper, before an earlier step's day, and where
        attendance or votes do not reach the rule of that step's body.
        """
        step = self.step(matter, code)
        earlier = self._earlier(matter, step)
        values = read_values(ProcedureStep, typed, partly=True)
        day = values.get("day") or step.day
        _refuse_too_early(step, day, earlier)
        rule = self._rule(matter, step, day)
        if rule is not None:
            values["rule_id"] = rule.id
            merged = {**step.values(), **values}
            _check_counts(step.label, rule.rule, merged)
        with self.session.change(f"{matter.name} {step.label}") as change:
            done: ProcedureStep = change.update(step, **values)
        return done

    @permitted("meetings.edit")
    def record_decision(self, matter: Procedure, resolution: Resolution) -> ProcedureStep:
        """Take the step 决议 from a decision: day, heads, votes and number come by themselves."""
        meeting = self.store.get(Meeting, resolution.meeting_id)
        vote = self.store.get(Vote, resolution.vote_id)
        with self.session.change(f"{matter.name} 决议"):
            self.record(
                matter,
                "decide",
                {
                    "day": meeting.day,
                    "entitled": vote.entitled,
                    "present": vote.present,
                    "in_favour": vote.in_favour,
                    "against": vote.against,
                    "abstained": vote.abstained,
                    "content": resolution.text,
                    "paper": resolution.number,
                    "meeting_id": meeting.id,
                },
            )
            with self.session.change("") as change:
                change.update(matter, resolution_id=resolution.id)
        return self.step(matter, "decide")

    @permitted("meetings.edit")
    def record_publication(self, matter: Procedure, code: str, notice: Notice) -> ProcedureStep:
        """Take a step of publication from a published notice."""
        if not notice.number or notice.published_at is None:
            raise Refused("not_published", "公示还没有张贴，不能登记为已公开。")
        return self.record(
            matter,
            code,
            {
                "day": notice.period_from or self.session.today(),
                "content": f"《{notice.heading}》，公示期{notice.period_from}至{notice.period_to}",
                "paper": notice.number,
                "notice_id": notice.id,
            },
        )

    @permitted("meetings.read")
    def register(self, matter: Procedure) -> Paper:
        """Build the six sheets of a matter."""
        organs = {one["code"]: one["organ"] for one in self._template(matter.template)}
        steps = [self._facts(matter, one, organs[one.code]) for one in self.steps(matter)]
        motives = [one.label for one in MOTIVES.options]
        motive = MOTIVES.show(matter.motive)
        return in_own_words(
            self.session,
            build_register(ProcedureFacts(matter.name, matter.content, motive, motives, steps)),
        )

    @permitted("meetings.read")
    def templates(self) -> list[str]:
        """Name the step templates, 四议两公开 first."""
        return list(Rules(self.session).on("meeting_procedures")["templates"])

    @permitted("meetings.export")
    def whole_file(self, matter: Procedure, *, report: Report = silently) -> Paper:
        """Build the whole file of a matter: the register, the minutes, the decision, the notices.

        What a step names only by its title (a paper in the cupboard) stands in the register.
        """
        parts = [PackPart("决策实施登记表", self.register(matter))]
        steps = self.steps(matter)
        for key in dict.fromkeys(one.meeting_id for one in steps if one.meeting_id):
            meeting = self.store.get(Meeting, key)
            parts.append(PackPart(f"会议记录 {meeting.name}", Minutes(self.session).paper(meeting)))
        if matter.resolution_id is not None:
            decided = self.store.get(Resolution, matter.resolution_id)
            paper = Resolutions(self.session).paper(decided)
            parts.append(PackPart(f"决议 {decided.number}", paper))
        for key in dict.fromkeys(one.notice_id for one in steps if one.notice_id):
            notice = self.store.get(Notice, key)
            paper = Notices(self.session).paper_of(notice)
            parts.append(PackPart(f"公告 {notice.number}", paper))
        paper = pack_of(f"{matter.name}议决全卷", parts, report)
        return in_own_words(self.session, paper)

    @permitted("meetings.export")
    def save_whole_file(
        self, matter: Procedure, target: Path, *, report: Report = silently
    ) -> None:
        """Keep the whole file of a matter as one file."""
        save_paper(self.whole_file(matter, report=report), target)

    @permitted("meetings.export")
    def save_register(self, matter: Procedure, target: Path) -> None:
        """Keep the six sheets of a matter as a PDF file."""
        save_paper(self.register(matter), target)

    def _facts(self, matter: Procedure, step: ProcedureStep, organ: str) -> StepFacts:
        needed = None
        rule = self._rule(matter, step, step.day)
        if rule is not None and step.entitled:
            needed = rule.rule.attendance.needed(step.entitled)
        return StepFacts(
            label=step.label,
            organ=organ,
            is_meeting=bool(organ),
            day=step.day,
            form=step.form or "",
            entitled=step.entitled,
            present=step.present,
            in_favour=step.in_favour,
            against=step.against,
            abstained=step.abstained,
            needed=needed,
            content=step.content or "",
            paper=step.paper or "",
            supervision=step.supervision or "",
        )

    def _template(self, name: str) -> Sequence[Mapping[str, Any]]:
        templates = Rules(self.session).on("meeting_procedures")["templates"]
        if name not in templates:
            raise Refused("no_template", f"没有“{name}”这个步骤模板。请到设置的规则里补上。")
        steps: Sequence[Mapping[str, Any]] = templates[name]
        return steps

    def _rule(self, matter: Procedure, step: ProcedureStep, day: Any) -> Any:
        code = next(
            one["rule"] for one in self._template(matter.template) if one["code"] == step.code
        )
        if not code or day is None:
            return None
        found = Rules(self.session).on(code, day)
        return Bodies(self.session).rule_by_id(found.id)

    def _earlier(self, matter: Procedure, step: ProcedureStep) -> list[ProcedureStep]:
        """Give the steps that must be done before; merged steps may be held together."""
        together = MERGED if matter.is_merged and step.code in MERGED else frozenset()
        return [
            one
            for one in self.steps(matter)
            if one.position < step.position and one.code not in together
        ]


def _refuse_too_early(step: ProcedureStep, day: Any, earlier: Sequence[ProcedureStep]) -> None:
    for one in earlier:
        if one.day is None or not one.paper:
            lacking = "日期" if one.day is None else "留存的材料"
            raise Refused("step_closed", f"“{step.label}”还不能办：“{one.label}”还没有{lacking}。")
    if day is None:
        raise InvalidInput([Fault("day", "required", "日期不能空。")])
    late = next((one for one in earlier if one.day > day), None)
    if late is not None:
        message = f"{step.label}的日期不能早于{late.label}的 {late.day}。"
        raise InvalidInput([Fault("day", "before_earlier", message)])


def _check_counts(label: str, rule: Any, values: Mapping[str, Any]) -> None:
    entitled, present = values.get("entitled"), values.get("present")
    if entitled is None or present is None:
        return
    heads = Heads(entitled, present)
    tally = Tally(
        values.get("in_favour") or 0, values.get("against") or 0, values.get("abstained") or 0
    )
    verdict = judge(rule, heads, tally)
    faults = []
    if present > entitled:
        faults.append(Fault("present", "too_many", f"实到 {present} 人比应到 {entitled} 人多。"))
    elif verdict.outcome == "below_quorum":
        message = (
            f"{label}应到 {entitled} 人，须到 {verdict.attendance_needed} 人，"
            f"实到 {present} 人，未达法定人数。"
        )
        faults.append(Fault("present", "below_quorum", message))
    elif values.get("in_favour") is not None:
        if tally.total > present:
            message = f"票数合计 {tally.total} 比实到 {present} 人多。"
            faults.append(Fault("in_favour", "too_many", message))
        elif verdict.outcome == "not_carried":
            message = f"须 {verdict.votes_needed} 票赞成，得 {tally.in_favour} 票，没有通过。"
            faults.append(Fault("in_favour", "not_carried", message))
    if faults:
        raise InvalidInput(faults)
