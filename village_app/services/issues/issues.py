"""The log of matters: entered with number and limit, read by right, listed with lights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from village_app.db.journal import Change
from village_app.db.records.issues import (
    Assignment,
    FollowUp,
    Issue,
    IssueStep,
    SupervisionSlip,
)
from village_app.db.records.residents import Resident
from village_app.domain.calendar import CHINA, DueMoment, Limit, Term, WorkCalendar
from village_app.domain.issue_course import (
    IssueLight,
    light_of,
)
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.issues.rights import sees_all, visible
from village_app.services.numbers import Numbers
from village_app.services.rules import Rule, Rules
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class Category:
    """A category with its limit: `hazard` asks for a photo afterwards."""

    name: str
    limit: str
    handler: str = ""
    is_hazard: bool = False
    children: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class IssueFile:
    """Everything that belongs to one matter, in order."""

    issue: Issue
    steps: tuple[IssueStep, ...]
    assignments: tuple[Assignment, ...]
    visits: tuple[FollowUp, ...]
    slips: tuple[SupervisionSlip, ...]


class Issues(Service):
    """The village's matters."""

    @permitted("issues.log")
    def log(self, typed: Mapping[str, Any]) -> Issue:
        """Enter a matter with its number and limit (隔诉〔2026〕0001号).

        The category fills handler and limit where they are not given (`handler`, `limit` a tier
        of the rule). Refuses faults by field, a due date before the start among them.
        """
        given = dict(typed)
        limit, handler = given.pop("limit", None), given.pop("handler", None)
        values = self._checked(given)
        with self.session.change(f"登记诉求 {values['heading']}") as change:
            return self.enter(change, values, limit=limit, handler=handler)

    @permitted("issues.log")
    def enter(
        self,
        change: Change,
        values: Mapping[str, Any],
        *,
        limit: str | None = None,
        handler: str | None = None,
    ) -> Issue:
        """Enter a matter from checked values within an open change."""
        at = values["at"]
        category = self.category(values.get("category"))
        tier = limit or (category.limit if category else None)
        due, term, rule = self.due_of(at, tier)
        issue = Issue(
            **values,
            registered_by=self.session.user.full_name,
            handler=handler or (category.handler if category else "") or None,
            limit_count=term.count,
            limit_unit=term.unit,
            first_due=due.moment,
            due=due.moment,
            due_estimated=due.estimated,
            rule_id=rule.id,
        )
        # The number names the record, so that both are written once.
        issue.id = change.reserve_id()
        year = at.astimezone(CHINA).year
        issue.number = Numbers(self.session).issue(change, "issue", year, issue)
        change.insert_rows(Issue, [issue.values() | {"id": issue.id}])
        issue.version = 1
        self.note(change, issue, "registered", issue.content or issue.heading, at=at)
        return issue

    @permitted("issues.edit")
    def correct(self, issue: Issue, typed: Mapping[str, Any]) -> Issue:
        """Correct what was entered; number, limit and steps stay."""
        values = self._checked({**issue.values(), **typed})
        changed = {name: values[name] for name in typed if name in values}
        with self.session.change(f"修改诉求 {issue.number}") as change:
            corrected: Issue = change.update(issue, **changed)
        return corrected

    @permitted("issues.read")
    def due_of(self, start: datetime, tier: str | None) -> tuple[DueMoment, Term, Rule]:
        """Compute when a tier of the rule ends from a moment on."""
        rules = Rules(self.session)
        rule = rules.on("issue_limits", start.astimezone(CHINA).date())
        tiers = rule["tiers"]
        code = tier or rule["default"]
        if code not in tiers:
            labels = "、".join(one["label"] for one in tiers.values())
            raise InvalidInput([Fault("limit", "unknown_limit", f"期限可以选：{labels}。")])
        plain = tiers[code]
        term = Term(plain["count"], plain["unit"])
        limit = Limit(term, counts_first_day=bool(plain.get("from_start")))
        return limit.due_moment(start, rules.calendar()), term, rule

    @permitted("issues.read")
    def limits(self) -> dict[str, str]:
        """Give the limits that can be chosen: code and label."""
        tiers = Rules(self.session).on("issue_limits")["tiers"]
        return {code: one["label"] for code, one in tiers.items()}

    @permitted("issues.read")
    def categories(self) -> tuple[Category, ...]:
        """Give the category tree in the order of the rule."""
        rule = Rules(self.session).on("issue_categories")
        return self.session.kept.answer(
            ("issue categories", rule.id), frozenset({"rule_set"}), lambda: _categories(rule)
        )

    @permitted("issues.read")
    def category(self, name: str | None) -> Category | None:
        return next((one for one in self.categories() if one.name == name), None)

    @permitted("issues.read")
    def get(self, issue_id: int) -> Issue:
        """Give a matter; a confidential one is refused to everybody else."""
        issue = self.store.get(Issue, issue_id)
        if not self.is_visible(issue):
            raise Refused("confidential", "这件事按规定保密，您的角色看不到。")
        return issue

    @permitted("issues.read")
    def by_number(self, number: str) -> Issue:
        """Find a matter by its number; refused alike whether unknown or confidential."""
        query = self.store.select(Issue).where(Issue.number == number.strip())
        found: Issue | None = query.where(visible(self.session)).first()
        if found is None:
            raise Refused("no_issue", f"没有编号为{number}的诉求。")
        return found

    @permitted("issues.read")
    def is_visible(self, issue: Issue) -> bool:
        """Tell whether this user may see a matter."""
        return (
            not issue.is_confidential
            or sees_all(self.session)
            or (self.session.user.full_name in (issue.registered_by, issue.handler))
        )

    @permitted("issues.read")
    def file(self, issue: Issue) -> IssueFile:
        """Read everything that belongs to a matter, in order of time."""
        self.get(issue.id)

        def rows(model: Any) -> tuple[Any, ...]:
            query = self.store.select(model).where(model.issue_id == issue.id)
            return tuple(self.store.rows(query.order_by(model.id)))

        steps = self.store.select(IssueStep).where(IssueStep.issue_id == issue.id)
        return IssueFile(
            issue,
            tuple(self.store.rows(steps.order_by(IssueStep.at, IssueStep.id))),
            rows(Assignment),
            rows(FollowUp),
            rows(SupervisionSlip),
        )

    @permitted("issues.read")
    def light(self, issue: Issue, calendar: WorkCalendar | None = None) -> IssueLight:
        """Tell how a matter stands to its limit."""
        rules = Rules(self.session)
        soon = rules.on("issue_limits")["remind_work_days"]
        known = calendar or rules.calendar()
        return light_of(issue.state, issue.due, self.session.now(), known, soon)

    @permitted("issues.log")
    def note(
        self,
        change: Change,
        issue: Issue,
        kind: str,
        text: str,
        *,
        at: datetime | None = None,
        corrects: IssueStep | None = None,
    ) -> IssueStep:
        """Add a step to a matter's course within an open change."""
        step: IssueStep = change.insert(
            IssueStep(
                issue_id=issue.id,
                kind=kind,
                text=text.strip(),
                at=at or self.session.now(),
                author=self.session.user.full_name,
                corrects_id=corrects.id if corrects else None,
            )
        )
        return step

    def _checked(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        given = {"source": "visit", "reporter_kind": "resident", **typed}
        given.setdefault("at", self.session.now())
        given.setdefault("state", "registered")
        values = read_values(Issue, given)
        values = self._completed(values)
        faults = self._faults(values)
        if faults:
            raise InvalidInput(faults)
        return values

    def _completed(self, values: dict[str, Any]) -> dict[str, Any]:
        """Add what follows from the register: household, group, address and telephone."""
        if values.get("reporter_kind") == "anonymous":
            values.update(reporter=None, reporter_id=None, phone=None, address=None)
        known = values.get("reporter_id")
        person = self.store.find(Resident, known) if known else None
        if known and person is None:
            sentence = "这位居民的档案刚被合并或删掉了，请重新写一遍反映人。"
            raise InvalidInput([Fault("reporter", "gone", sentence)])
        if person is not None:
            values["household_id"] = person.household_id
            for name in ("group_id", "phone", "address"):
                values[name] = values.get(name) or getattr(person, name)
            values["reporter"] = values.get("reporter") or person.name
        return values

    def _faults(self, values: Mapping[str, Any]) -> list[Fault]:
        faults = []
        longest = Rules(self.session).on("issue_course")["longest_heading"]
        if len(values["heading"]) > longest:
            sentence = (
                f"标题最多 {longest} 个字，现在 {len(values['heading'])} 个，详情写到内容里。"
            )
            faults.append(Fault("heading", "too_long", sentence))
        if values["at"] > self.session.now():
            faults.append(Fault("at", "future", "登记时间不能晚于现在。"))
        happened = values.get("happened_on")
        if happened is not None and happened > values["at"].astimezone(CHINA).date():
            faults.append(Fault("happened_on", "order", "发生日期不能晚于登记日期。"))
        if values["reporter_kind"] == "on_behalf" and not values.get("behalf_of"):
            faults.append(Fault("behalf_of", "required", "代他人反映，要写明代谁。"))
        return faults


def _categories(rule: Rule) -> tuple[Category, ...]:
    return tuple(
        Category(
            one["name"],
            one["limit"],
            one.get("handler", ""),
            bool(one.get("hazard")),
            tuple((child["name"], tuple(child["words"])) for child in one["children"]),
        )
        for one in rule["tree"]
    )
