"""Works a plan out again where something is different: cells put right, the register changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from village_app.domain.reporting import Report
from village_app.importing.files.grid import Cell
from village_app.importing.plans.doubles import mark_doubles
from village_app.importing.plans.engine import REPORTED_EVERY, PlanEngine
from village_app.importing.plans.household_checks import describe_household
from village_app.importing.plans.judging import Draft
from village_app.importing.plans.listed_names import ListedNames
from village_app.importing.rows.households import form_households
from village_app.importing.rows.records import Record
from village_app.importing.rows.sources import Source
from village_app.importing.tables.targets import Target

Cells = Iterable[tuple[int, str, str]]
"""Row of the plan from 0, field, text."""


def with_cells(engine: PlanEngine, changes: Cells) -> tuple[PlanEngine, set[int]]:
    """Work rows out again with other texts in some cells; tell which rows must be judged anew.

    Households are formed anew only where a cell says something of them.
    """
    drafts, names = list(engine.drafts), dict[int, set[str]]()
    for number, name, text in changes:
        record = _repaired(drafts[number].record, name, text)
        drafts[number] = replace(drafts[number], record=record)
        names.setdefault(number, set()).add(name)
    for number in names:
        clean = engine.cleaner.clean(drafts[number].record)
        drafts[number] = replace(drafts[number], clean=clean)
    regrouped = _forms_households(engine.target, set().union(*names.values()))
    if regrouped and engine.target.households:
        assigned = form_households([one.record for one in drafts], engine.target.households)
        drafts = [_placed(one, home) for one, home in zip(drafts, assigned, strict=True)]
    for number in names:
        drafts[number] = _looked_up(engine, drafts, drafts[number])
    marked = mark_doubles(drafts)
    pairs = zip(engine.drafts, marked, strict=True)
    touched = {place for place, (old, new) in enumerate(pairs) if old is not new}
    if engine.target.households and not regrouped:
        return _in_households(engine, marked, {marked[n].household for n in names}), touched
    return engine.with_drafts(marked), touched


def against(
    engine: PlanEngine, known: Iterable[Any], lists: Mapping[str, Iterable[str]], report: Report
) -> PlanEngine:
    """Look all rows up in the register as it is now; cells that were put right stay so."""
    anew = replace(
        engine,
        register=engine.target.recognition.index(known),
        names=ListedNames(lists, engine.target.list_keys),
    )
    rows = engine.drafts
    heads = engine.head_facts([one.clean for one in rows], [one.household for one in rows])
    drafts = []
    for one in rows:
        if one.number % REPORTED_EVERY == 0:
            report(one.number, len(rows), "正在与登记册比对")
        drafts.append(anew.draft(one.number, one.record, one.clean, one.household, heads))
    return anew.with_drafts(mark_doubles(drafts))


def _forms_households(target: Target, names: set[str]) -> bool:
    fields = target.households
    return bool(fields and names & {fields.number, fields.head, fields.relation})


def _in_households(engine: PlanEngine, drafts: list[Draft], changed: set[int | None]) -> PlanEngine:
    """Take changed rows over; only the households they are in are described anew."""
    fields = engine.target.households
    assert fields is not None
    described = tuple(
        describe_household(
            one.number, [drafts[row] for row in one.rows], fields, complete=engine.complete
        )
        if one.number in changed
        else one
        for one in engine.households
    )
    return replace(engine, drafts=tuple(drafts), households=described)


def _looked_up(engine: PlanEngine, drafts: list[Draft], draft: Draft) -> Draft:
    """Look a row up again, with the head of its household as it now is."""
    beside = [d for d in drafts if d.household is not None and d.household == draft.household]
    heads = engine.head_facts([d.clean for d in beside], [d.household for d in beside])
    return engine.draft(draft.number, draft.record, draft.clean, draft.household, heads)


def _placed(draft: Draft, household: int | None) -> Draft:
    return draft if draft.household == household else replace(draft, household=household)


def _repaired(record: Record, name: str, text: str) -> Record:
    sources = dict(record.sources)
    sources.pop(name, None)
    if text.strip():
        column = record.columns.get(name, -1)
        sources[name] = Source(Cell("text", text), record.row, column, "repaired")
    unspoken = {key: source for key, source in record.unspoken.items() if key != name}
    return replace(record, sources=sources, unspoken=unspoken)
