"""Households after cleaning: their head, what is odd about them, and relations only they settle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from village_app.domain.kinds import FieldDeclaration
from village_app.domain.relations import read_relation
from village_app.importing.plans.judging import Draft
from village_app.importing.plans.people_recognition import same_name
from village_app.importing.plans.rows import PlanHousehold
from village_app.importing.rows.cleaning import CleanRow
from village_app.importing.rows.findings import Problem
from village_app.importing.tables.targets import HouseholdFields

GONE = frozenset({"deceased", "cancelled", "moved_out"})


def gather_households(
    drafts: Sequence[Draft], fields: HouseholdFields, *, complete: bool
) -> tuple[PlanHousehold, ...]:
    """Describe every household of a plan with its problems.

    `complete`: the list is one of whole households, so that a missing head is worth a word.
    """
    members: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.household is not None:
            members.setdefault(draft.household, []).append(draft)
    return tuple(
        describe_household(number, rows, fields, complete=complete)
        for number, rows in sorted(members.items())
    )


def describe_household(
    number: int, drafts: list[Draft], fields: HouseholdFields, *, complete: bool
) -> PlanHousehold:
    """Describe one household: number, head, the register's household, what is odd."""
    heads = [draft for draft in drafts if fields.is_head_value(_value(draft, fields.relation))]
    named = _first(drafts, fields.head)
    if not heads and named:
        heads = [draft for draft in drafts if same_name(_value(draft, fields.name), named)]
    head = heads[0] if heads else None
    head_name = named or (_value(head, fields.name) if head else None)
    return PlanHousehold(
        number,
        tuple(draft.number for draft in drafts),
        _first(drafts, fields.number),
        head_name,
        head.number if head else None,
        _known_household(drafts),
        tuple(_problems(drafts, heads, head_name, fields, complete=complete)),
    )


def _value(draft: Draft, name: str) -> Any:
    return draft.clean.values.get(name)


def _first(drafts: Iterable[Draft], name: str) -> str | None:
    return next((str(value) for draft in drafts if (value := _value(draft, name))), None)


def _known_household(drafts: list[Draft]) -> int | None:
    """Give the register's household that most of the surely known members belong to."""
    found = [
        household
        for draft in drafts
        if draft.recognised.certain
        and (household := getattr(draft.recognised.certain.known, "household_id", None))
    ]
    return max(found, key=found.count) if found else None


def _problems(
    drafts: list[Draft],
    heads: list[Draft],
    head_name: str | None,
    fields: HouseholdFields,
    *,
    complete: bool,
) -> Iterable[Problem]:
    said = f"“{head_name}”" if head_name else ""
    if len(heads) > 1:
        rows = "、".join(str(draft.record.row + 1) for draft in heads)
        message = f"这一户有 {len(heads)} 个户主（第 {rows} 行），请核对。"
        yield Problem(fields.relation, "warning", "two_heads", message)
    if not heads and complete:
        message = f"这一户没有户主{said}的一行，请核对。"
        yield Problem(fields.relation, "warning", "no_head", message)
    if heads and _value(heads[0], "status") in GONE:
        message = f"户主{said}已注销或去世，请核对这一户现在的户主。"
        yield Problem(fields.relation, "warning", "head_gone", message)
    numbers = {str(value) for draft in drafts if (value := _value(draft, fields.number))}
    if len(numbers) > 1:
        message = f"这一户里写了不同的户号：{'、'.join(sorted(numbers))}，请核对。"
        yield Problem(fields.number, "warning", "numbers_differ", message)
    swapped = _swapped(drafts)
    if swapped:
        rows = "、".join(str(draft.record.row + 1) for draft in swapped)
        message = f"第 {rows} 行的证件号码可能互相填反了，请核对。"
        yield Problem("id_number", "warning", "numbers_swapped", message)


def _swapped(drafts: list[Draft]) -> list[Draft]:
    """Find two members whose sheet and number contradict each other in sex or birth."""
    odd = [
        draft
        for draft in drafts
        if any(problem.code in ("sex_differs", "birth_differs") for problem in draft.clean.problems)
    ]
    return odd if len(odd) == 2 else []


def settle_relation(
    row: CleanRow, head_birth: date | None, fields: HouseholdFields, declared: FieldDeclaration
) -> None:
    """Settle a word that needs the ages of both (媳妇), once the head is known."""
    words = row.also.get(fields.relation)
    birth = row.values.get("birth")
    if not words or not isinstance(birth, date) or head_birth is None:
        return
    relation = read_relation(words[0], birth, head_birth)
    if relation is None or relation.code is None:
        return
    del row.also[fields.relation]
    shown = declared.kind.show(relation.code)
    row.settle(fields.relation, "ambiguous_relation")
    row.correct(fields.relation, relation.code, words[0], shown, "按与户主相差的岁数")
