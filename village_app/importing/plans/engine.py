"""Works a plan out: reads, cleans, looks up and compares the rows of a table, once each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from village_app.domain.reporting import Report, silently
from village_app.importing.files.colours import ColouredRows, marked_rows
from village_app.importing.plans.decisions import Decisions
from village_app.importing.plans.doubles import mark_doubles, merge_doubles
from village_app.importing.plans.household_checks import (
    gather_households,
    settle_relation,
)
from village_app.importing.plans.judging import Draft, Judge
from village_app.importing.plans.lasting import without_searching
from village_app.importing.plans.listed_names import ListedNames
from village_app.importing.plans.recognition import Register, RowFacts
from village_app.importing.plans.rows import PlanHousehold, PlanRow, UnknownName
from village_app.importing.rows.cleaning import Circumstances, CleanRow
from village_app.importing.rows.households import form_households, pass_down
from village_app.importing.rows.money_cells import money_units
from village_app.importing.rows.record_reader import read_records
from village_app.importing.rows.records import Record
from village_app.importing.rows.row_cleaner import (
    RowCleaner,
    damaged_fields,
    padded_fields,
    two_digit_code_fields,
)
from village_app.importing.tables.tables import Table
from village_app.importing.tables.targets import Target

REPORTED_EVERY = 500
"""Rows between two reports of progress."""


@dataclass(frozen=True)
class PlanEngine:
    """The worked-out rows of a plan with all that is needed to work one of them out again."""

    target: Target
    drafts: tuple[Draft, ...]
    households: tuple[PlanHousehold, ...]
    register: Register
    names: ListedNames
    cleaner: RowCleaner
    complete: bool
    painted: tuple[ColouredRows, ...] = ()

    @classmethod
    def start(
        cls,
        table: Table,
        target: Target,
        known: Iterable[Any],
        lists: Mapping[str, Iterable[str]],
        today: date,
        report: Report,
    ) -> PlanEngine:
        """Work all rows out; reports progress and lets `Cancelled` pass."""
        with without_searching():
            return cls._start(table, target, known, lists, today, report)

    @classmethod
    def _start(
        cls,
        table: Table,
        target: Target,
        known: Iterable[Any],
        lists: Mapping[str, Iterable[str]],
        today: date,
        report: Report,
    ) -> PlanEngine:
        records = read_records(table, target)
        assigned: list[int | None] = [None] * len(records)
        if target.households:
            assigned = form_households(records, target.households)
            pass_down(records, assigned, target.households)
        around = Circumstances(
            today,
            table.date_1904,
            damaged_fields(records, target),
            two_digit_code_fields(records, target),
            padded_fields(records, target),
            money_units(table, target),
        )
        cleaner = RowCleaner(target, around)
        register = target.recognition.index(known)
        names = ListedNames(lists, target.list_keys)
        complete = (
            any(target.households.relation in r.sources for r in records)
            if target.households
            else False
        )
        painted = _painted(table, records) if target.painted else ()
        engine = cls(target, (), (), register, names, cleaner, complete, painted)
        return engine._work_out(records, assigned, report)

    def _work_out(
        self, records: list[Record], assigned: list[int | None], report: Report
    ) -> PlanEngine:
        total = len(records) * 2
        cleaned: list[CleanRow] = []
        for number, record in enumerate(records):
            if number % REPORTED_EVERY == 0:
                report(number, total, "正在整理数据")
            cleaned.append(self.cleaner.clean(record))
        heads = self.head_facts(cleaned, assigned)
        drafts = []
        for number, (record, row) in enumerate(zip(records, cleaned, strict=True)):
            if number % REPORTED_EVERY == 0:
                report(len(records) + number, total, "正在与登记册比对")
            drafts.append(self.draft(number, record, row, assigned[number], heads))
        report(total, total, "比对完成")
        return self.with_drafts(mark_doubles(drafts))

    def with_drafts(self, drafts: list[Draft]) -> PlanEngine:
        """Take worked-out rows over and describe their households."""
        households = (
            gather_households(drafts, self.target.households, complete=self.complete)
            if self.target.households
            else ()
        )
        return replace(self, drafts=tuple(drafts), households=households)

    def head_facts(
        self, cleaned: list[CleanRow], assigned: list[int | None]
    ) -> dict[int, CleanRow]:
        """Find the head's row of each household."""
        fields = self.target.households
        heads: dict[int, CleanRow] = {}
        if fields is None:
            return heads
        for row, household in zip(cleaned, assigned, strict=True):
            if household is not None and fields.is_head_value(row.values.get(fields.relation)):
                heads.setdefault(household, row)
        return heads

    def draft(
        self,
        number: int,
        record: Record,
        row: CleanRow,
        household: int | None,
        heads: Mapping[int, CleanRow],
    ) -> Draft:
        """Look one cleaned row up in the register; `heads` are the rows of the heads."""
        head = heads.get(household) if household is not None else None
        fields = self.target.households
        if fields and head:
            declared = self.target.field(fields.relation)
            settle_relation(row, head.values.get("birth"), fields, declared)
        facts = self._facts(row, head)
        return Draft(
            number, record, row, self.register.recognise(facts),
            self.target.recognition.own_keys(facts), household,
        )  # fmt: skip

    def _facts(self, row: CleanRow, head: CleanRow | None) -> RowFacts:
        fields = self.target.households
        if fields is None:
            return RowFacts(row.values)
        named = row.values.get(fields.head) or (head.values.get(fields.name) if head else None)
        partial = next(iter(row.also.get("birth", ())), None)
        return RowFacts(row.values, named, row.values.get(fields.number), partial)

    def judge(
        self,
        decisions: Decisions,
        rows: tuple[PlanRow, ...],
        touched: set[int] | None,
        report: Report = silently,
    ) -> tuple[PlanRow, ...]:
        """Judge all rows, or only those touched and keep the others."""
        marks = frozenset(one.colour for one in self.painted)
        judge = Judge(self.target, self.names, decisions, marks)
        merged = merge_doubles(self.drafts, decisions)
        if touched is None:
            return tuple(self._judged(judge, merged, report))
        judged = list(rows)
        firsts = {self.drafts[number].same_as for number in touched} - {None}
        for number in touched | firsts | merged.keys():
            assert number is not None
            judged[number] = judge.row(merged.get(number, self.drafts[number]))
        return tuple(judged)

    def _judged(
        self, judge: Judge, merged: Mapping[int, Draft], report: Report
    ) -> Iterator[PlanRow]:
        for draft in self.drafts:
            if draft.number % REPORTED_EVERY == 0:
                report(draft.number, len(self.drafts), "正在逐行判断")
            yield judge.row(merged.get(draft.number, draft))

    def unknown_names(self, decisions: Decisions) -> tuple[UnknownName, ...]:
        """List the names of referring fields that the village's lists lack."""
        return tuple(
            unknown
            for name in sorted(self.target.referring)
            for unknown in self.names.unknown(
                name,
                [
                    (draft.number, draft.clean.values[name])
                    for draft in self.drafts
                    if name in draft.clean.values
                ],
                decisions,
            )
        )


def _painted(table: Table, records: list[Record]) -> tuple[ColouredRows, ...]:
    """Find the colours of rows that are marks, with what the sheet says of them."""
    said: list[str] = []
    for part in table.parts:
        said += part.titles
        said += [line.text for line in part.left_out]
        said += [heading.text for heading in part.headings]
    return marked_rows((record.colour for record in records), said)
