"""What the user decides about a plan, each answer giving a new plan; nothing is written.

Every decision about many rows judges all of them anew, tells how far it is, and can be stopped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from village_app.domain.kinds import Choice as KindChoice
from village_app.domain.reporting import Report, silently
from village_app.importing.files.colours import ColouredRows
from village_app.importing.plans.decisions import RULE_LABELS, Action, UpdateRule, ValueAction
from village_app.importing.plans.plan import Plan
from village_app.importing.plans.rows import UnknownName

_ACTIONS: Mapping[str, Action] = {
    "skip": "skip",
    "update": "update",
    "merge": "merge",
    "add": "add",
}
_RULES: Mapping[str, UpdateRule] = {rule: rule for rule in RULE_LABELS}
_SIDES: Mapping[str, UpdateRule] = {"new": "overwrite", "old": "keep"}


@dataclass(frozen=True, slots=True)
class UnknownGroup:
    """A name the village does not have: of which field, in how many rows, what it may be.

    `answer` is create, skip, or the name of the list that it is taken for.
    """

    label: str
    text: str
    rows: int
    listed: tuple[str, ...]
    answer: str


def unknown_group(plan: Plan, one: UnknownName) -> UnknownGroup:
    """Show an unknown name with what it may be and what is decided."""
    listed = plan.engine.names.lists.get(one.field, ())
    others = [name for name in listed if name not in one.likely]
    answer: str | None = one.likely[0] if one.likely else "create"
    if one.decision is not None:
        answer = one.decision.to if one.decision.action == "map" else one.decision.action
    label = plan.target.field(one.field).label
    return UnknownGroup(label, one.text, len(one.rows), (*one.likely, *others), answer or "create")


def with_rule(plan: Plan, rule: str, report: Report = silently) -> Plan:
    """Let one update rule hold for all fields; a blank cell never erases."""
    decisions = replace(plan.decisions, rules={}, changes={})
    return plan.decide(decisions.with_rule(_RULES[rule]), report=report)


def with_rules(plan: Plan, rules: Mapping[str, str], report: Report = silently) -> Plan:
    """Give fields rules of their own; a blank one goes by what holds for all."""
    own = {name: _RULES[rule] for name, rule in rules.items() if rule}
    return plan.decide(replace(plan.decisions, rules=own), report=report)


def with_names(plan: Plan, answers: Sequence[str], report: Report = silently) -> Plan:
    """Create, take for one of the list, or leave out, in the order of the unknown names."""
    decisions = plan.decisions
    for one, answer in zip(plan.unknown_names, answers, strict=True):
        if answer in ("create", "skip"):
            action: ValueAction = "create" if answer == "create" else "skip"
            decisions = decisions.with_value(one.field, one.key, action)
        else:
            decisions = decisions.with_value(one.field, one.key, "map", answer)
    return plan.decide(decisions, report=report)


def unexplained(plan: Plan) -> ColouredRows | None:
    """Give the first colour of rows of which nobody has said what it means."""
    return next((one for one in plan.painted if one.colour not in plan.decisions.colours), None)


def colour_meanings(plan: Plan) -> list[tuple[str, str]]:
    """Give what a colour may mean, as code and words; skip and nothing at the end."""
    painted = plan.target.painted
    kind = plan.target.field(painted).kind if painted else None
    options = kind.options if isinstance(kind, KindChoice) else ()
    said = [(one.code, one.label) for one in options if one.code != "active"]
    return [*said, ("skip", "这些行不导入"), ("plain", "没有意思，照常导入")]


def with_colour(plan: Plan, colour: str, meaning: str, report: Report = silently) -> Plan:
    """Say what a colour of rows means, once for all of them."""
    said = "" if meaning == "plain" else meaning
    return plan.decide(plan.decisions.with_colour(colour, said), report=report)


def with_way(plan: Plan, number: int, field: str | None, way: str) -> Plan:
    """Go one of the ways that were offered for a row and the cell with the keyboard."""
    kind, _, rest = way.partition(":")
    decisions = plan.decisions
    if kind == "put" and field is not None:
        return plan.with_cell(number, field, rest)
    if kind == "confirm" and field is not None:
        return plan.decide(decisions.with_confirmed(number, field), number)
    if kind in _SIDES:
        return plan.decide(decisions.with_change(number, rest, _SIDES[kind]), number)
    if kind == "back":
        kept = {row: made for row, made in decisions.by_row.items() if row != number}
        return plan.decide(replace(decisions, by_row=kept), number)
    return plan.decide(decisions.with_row(number, _ACTIONS[kind]), number)


def with_way_alike(plan: Plan, number: int, way: str, report: Report = silently) -> Plan:
    """Go the same way for all rows that wait for the same reason as this one (同类全部照此)."""
    kind, _, field = way.partition(":")
    if kind in _SIDES:
        decisions = plan.decisions.with_rule(_SIDES[kind], field)
    else:
        decisions = plan.decisions.with_class(plan.rows[number].code, _ACTIONS[kind])
    return plan.decide(decisions, report=report)


def count_alike(plan: Plan, number: int) -> int:
    """Count the rows that wait for the same reason as this one; 0 where it does not wait."""
    row = plan.rows[number]
    if row.state == "suspected":
        return sum(one.state == "suspected" and one.code == row.code for one in plan.rows)
    asked = {change.field for change in row.questions[:1]}
    if not asked:
        return 0
    return sum(asked <= {change.field for change in one.questions} for one in plan.questions)
