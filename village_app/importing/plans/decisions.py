"""What the user decides about a plan: per class of rows, per row, per field, per unknown name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Action = Literal["skip", "update", "add", "merge"]
"""skip the row · update the known record by the rules · add it as new · only fill blanks."""

UpdateRule = Literal["ask", "only_blank", "overwrite", "keep"]
"""What happens to a field that both sides fill differently; a blank field is always filled
except under "keep", and a blank cell never erases."""

ValueAction = Literal["create", "map", "skip"]

RULE_LABELS: Mapping[UpdateRule, str] = {
    "ask": "不同时问我",
    "only_blank": "只补空白",
    "overwrite": "覆盖",
    "keep": "不动",
}
ACTION_LABELS: Mapping[Action, str] = {
    "skip": "跳过",
    "update": "更新",
    "add": "新增",
    "merge": "合并（只补空白）",
}


@dataclass(frozen=True, slots=True)
class RowDecision:
    """What is done with one row; `known_id` chooses among several candidates."""

    action: Action
    known_id: int | None = None


@dataclass(frozen=True, slots=True)
class ValueDecision:
    """What is done with a name the village's list does not hold: create, map `to`, or leave out."""

    action: ValueAction
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions about one plan; each `with_…` gives a new value.

    `by_class` keys are likeness codes (number, name_birth, duplicate_in_file, new …), `rules` field
    names, `values` pairs of field and the key of the name, `confirmed` pairs of row number and
    field whose wrong number really stands on the card, `colours` what the colour of rows means.
    """

    by_class: Mapping[str, Action] = field(default_factory=dict)
    by_row: Mapping[int, RowDecision] = field(default_factory=dict)
    rules: Mapping[str, UpdateRule] = field(default_factory=dict)
    rule: UpdateRule = "ask"
    changes: Mapping[tuple[int, str], UpdateRule] = field(default_factory=dict)
    values: Mapping[tuple[str, str], ValueDecision] = field(default_factory=dict)
    confirmed: frozenset[tuple[int, str]] = frozenset()
    colours: Mapping[str, str] = field(default_factory=dict)

    def with_colour(self, colour: str, meaning: str) -> Decisions:
        """Say what a colour of rows means: a code of the status, skip, or blank for nothing."""
        return replace(self, colours={**self.colours, colour: meaning})

    def with_class(self, code: str, action: Action) -> Decisions:
        """Decide for all rows of one class (同类全部照此)."""
        return replace(self, by_class={**self.by_class, code: action})

    def with_row(self, row: int, action: Action, known_id: int | None = None) -> Decisions:
        """Decide for one row, before what its class says."""
        return replace(self, by_row={**self.by_row, row: RowDecision(action, known_id)})

    def with_rule(self, rule: UpdateRule, name: str | None = None) -> Decisions:
        """Set the update rule of one field, or of all that have none of their own."""
        if name is None:
            return replace(self, rule=rule)
        return replace(self, rules={**self.rules, name: rule})

    def with_change(self, row: int, name: str, rule: UpdateRule) -> Decisions:
        """Answer one open question: this row, this field."""
        return replace(self, changes={**self.changes, (row, name): rule})

    def with_value(
        self, name: str, key: str, action: ValueAction, to: str | None = None
    ) -> Decisions:
        """Decide about a name that the village's list does not hold."""
        return replace(self, values={**self.values, (name, key): ValueDecision(action, to)})

    def with_confirmed(self, row: int, name: str) -> Decisions:
        """Confirm by hand that an odd number really stands on the card."""
        return replace(self, confirmed=self.confirmed | {(row, name)})

    def rule_for(self, row: int, name: str) -> UpdateRule:
        return self.changes.get((row, name)) or self.rules.get(name) or self.rule


def on_duplicate(action: Literal["skip", "update", "add"], decisions: Decisions) -> Decisions:
    """Add to decisions one word for all records that are known already.

    skip: known and suspected rows stay out. update: surely known records and those alike in name
    and birth or household take the new values; what is only like (another number, a near name, a
    name alone) still waits. add: suspected rows come in as new, known records are not touched.
    """
    if action == "skip":
        classes: dict[str, Action] = dict.fromkeys((*_SURE, *_LIKE), "skip")
    elif action == "update":
        classes = dict.fromkeys(_CLOSE, "update")
        decisions = replace(decisions, rule="overwrite")
    else:
        classes = {**dict.fromkeys(_SURE, "skip"), **dict.fromkeys(_LIKE, "add")}
    return replace(decisions, by_class={**decisions.by_class, **classes})


_SURE: tuple[str, ...] = ("number", "name_birth_household", "same_key")
_CLOSE: tuple[str, ...] = ("name_birth", "name_head", "like_key", "duplicate_in_file")
_LIKE: tuple[str, ...] = (
    *_CLOSE,
    *("number_other_name", "name_birth_other_number", "name_phone", "name_only", "near_name"),
)
