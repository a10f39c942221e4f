"""Looks through a workbook for tables of one target and ranks them; refuses the rest by name."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace

from village_app.errors import Refused
from village_app.importing.files.grid import Sheet, Workbook
from village_app.importing.tables.column_matches import Given, Matching
from village_app.importing.tables.groups import is_group_name, is_place_name
from village_app.importing.tables.header_rows import (
    HeaderBlock,
    find_header_blocks,
    grow_block,
    join_headings,
)
from village_app.importing.tables.headers import Heading, Vocabulary, header_signature
from village_app.importing.tables.layouts import member_columns, split_side_by_side
from village_app.importing.tables.line_texts import compact, labelled_household, opens_household
from village_app.importing.tables.matching import ColumnMatcher
from village_app.importing.tables.row_kinds import RowJudge
from village_app.importing.tables.sheet_kinds import hidden_sheet, no_list, unfit_sheet
from village_app.importing.tables.spans import Span, chosen_span, headless_span, spans_of
from village_app.importing.tables.surface import Surface
from village_app.importing.tables.table_shapes import join_group_sheets, layouts_of
from village_app.importing.tables.tables import (
    Assumption,
    Choice,
    LeftOut,
    Search,
    SheetRefusal,
    Table,
    TablePart,
)
from village_app.importing.tables.targets import Target

FROM_EARLIER = "与上次导入时相同"
"""Why a column is what it is, where an earlier import said so."""

Remembered = Mapping[str, Mapping[str, str | None]]
"""Choices for columns by header signature, as earlier imports left them."""


def find_tables(
    workbook: Workbook,
    target: Target,
    choice: Choice | None = None,
    remembered: Remembered | None = None,
) -> Search:
    """Find everything in a workbook that can be imported into a target, best first.

    A choice of the user is taken as it is, also a hidden sheet. Columns of a header seen before
    are matched as remembered, unless the choice says otherwise.
    """
    finder = TableFinder(target, choice or Choice(), remembered or {})
    return finder.search(workbook)


class TableFinder:
    """Looks for the tables of one target under one choice."""

    def __init__(self, target: Target, choice: Choice, remembered: Remembered) -> None:
        self._target = target
        self._choice = choice
        self._remembered = remembered
        self._vocabulary: Vocabulary = target.vocabulary()
        self._date_1904 = False

    def search(self, workbook: Workbook) -> Search:
        tables: list[Table] = []
        refused: list[SheetRefusal] = []
        self._date_1904 = workbook.date_1904
        for sheet in self._wanted(workbook):
            if sheet.visibility != "visible" and self._choice.sheet is None:
                refused.append(hidden_sheet(sheet.name))
                continue
            found, refusal = self._search_sheet(Surface(sheet))
            tables += found
            if refusal:
                refused.append(refusal)
        if self._choice.sheet is None:
            tables = join_group_sheets(tables)
        ranked = sorted(tables, key=lambda table: -table.score)
        return Search(tuple(ranked), tuple(refused))

    def _wanted(self, workbook: Workbook) -> list[Sheet]:
        if self._choice.sheet is None:
            return workbook.sheets
        chosen = [sheet for sheet in workbook.sheets if sheet.name == self._choice.sheet]
        if not chosen:
            names = "、".join(sheet.name for sheet in workbook.sheets)
            message = f"文件里没有“{self._choice.sheet}”这张表，有：{names}。"
            raise Refused("no_such_sheet", message)
        return chosen

    def _search_sheet(self, surface: Surface) -> tuple[list[Table], SheetRefusal | None]:
        by_hand = self._choice.header_rows is not None
        unfit = unfit_sheet(surface, self._vocabulary)
        if unfit and not (by_hand and surface.height):
            return [], unfit
        spans = self._spans(surface)
        parts = [part for span in spans for part in self._parts(surface, span)]
        usable = [part for part in parts if by_hand or self._lacking(part.matching) is None]
        filled = [part for part in usable if part.records]
        if filled:
            return [self._rate(group) for group in _alike(filled)], None
        lacking = self._lacking(parts[0].matching) if parts else None
        return [], no_list(
            surface, self._target, None if usable else lacking, has_header=bool(parts)
        )

    def _spans(self, surface: Surface) -> list[Span]:
        if self._choice.header_rows is not None:
            return [self._chosen_span(surface, self._choice.header_rows)]
        blocks = find_header_blocks(surface, self._vocabulary)
        remembered = self._remembered_block(surface)
        if remembered:
            blocks = (remembered, *(b for b in blocks if b.first_row > remembered.last_row))
        if blocks:
            return spans_of(surface, blocks)
        headless = headless_span(surface)
        return [headless] if headless else []

    def _chosen_span(self, surface: Surface, header_rows: tuple[int, ...]) -> Span:
        """Take the rows a person names; a single one brings those that belong to it."""
        span = chosen_span(header_rows, surface)
        if len(header_rows) != 1 or self._choice.alone:
            return span
        block = grow_block(surface, self._vocabulary, span.header_rows[0])
        return chosen_span(tuple(row + 1 for row in block.rows), surface)

    def _remembered_block(self, surface: Surface) -> HeaderBlock | None:
        """Find a header that was chosen by hand before, wherever the guess would look."""
        if not self._remembered:
            return None
        for first in range(min(surface.height, 30)):
            for last in range(first, min(surface.height, first + 3)):
                if surface.is_blank(first) or surface.is_blank(last):
                    continue
                headings = join_headings(surface, tuple(range(first, last + 1)))
                if header_signature(headings) in self._remembered:
                    return HeaderBlock(first, last, 0.0)
        return None

    def _parts(self, surface: Surface, span: Span) -> list[TablePart]:
        headings = join_headings(surface, span.header_rows)
        segments = split_side_by_side(headings, self._vocabulary, surface)
        alone = len(segments) == 1 and len(segments[0]) == len(headings)
        return [self._part(surface, span, segment, alone=alone) for segment in segments]

    def _part(
        self, surface: Surface, span: Span, headings: tuple[Heading, ...], *, alone: bool
    ) -> TablePart:
        judge = self._judge(surface, span, headings, alone=alone)
        records: list[int] = []
        left_out = [
            LeftOut(row, "household_line", _line_text(surface, row))
            for row in span.title_rows
            if _opens_household(surface, row)
        ]
        for place, row in enumerate(range(span.first, span.end)):
            kind = judge.kind(row, place)
            if kind == "record":
                records.append(row)
            elif kind != "blank":
                left_out.append(LeftOut(row, kind, _line_text(surface, row)))
        members = member_columns(headings, self._vocabulary) if self._target.households else None
        matcher = ColumnMatcher(self._target, surface, tuple(records))
        matching = matcher.match(headings, members, self._given(headings))
        part = TablePart(
            surface.sheet.name, span.header_rows, headings, tuple(records), tuple(left_out),
            _titles(surface, span), members, matching, surface, paged=span.repeats > 0,
        )  # fmt: skip
        return replace(part, assumptions=self._assumptions(part))

    def _assumptions(self, part: TablePart) -> tuple[Assumption, ...]:
        found = (assume(part) for assume in self._target.assumptions)
        return tuple(
            assumption
            for assumption in found
            if assumption and assumption.field not in part.matching.fields
        )

    def _given(self, headings: tuple[Heading, ...]) -> dict[str, Given]:
        """Collect what was decided for the columns, now before earlier."""
        remembered = self._remembered.get(header_signature(headings), {})
        earlier = {key: Given(field, FROM_EARLIER) for key, field in remembered.items()}
        now = {key: Given(field, "由您指定") for key, field in self._choice.columns.items()}
        return {**earlier, **now}

    def _judge(
        self, surface: Surface, span: Span, headings: tuple[Heading, ...], *, alone: bool
    ) -> RowJudge:
        exact = {heading.column: self._vocabulary.exact(heading.leaf) for heading in headings}
        households = self._target.households
        keys = self._target.keys | ({households.head} if households else set())
        key_columns = frozenset(column for column, field in exact.items() if field in keys)
        titles = (" ".join(_row_texts(surface, row).values()) for row in span.title_rows)
        return RowJudge(
            surface,
            frozenset(titles),
            tuple(_row_texts(surface, row) for row in span.header_rows),
            key_columns,
            frozenset(h.column for h in headings if self._vocabulary.role(h.leaf) == "serial"),
            _key_length(surface, span, key_columns),
            None if alone else frozenset(exact),
        )

    def _lacking(self, matching: Matching) -> str | None:
        """Name the column that the list cannot do without; None where all are there."""
        for alternatives in self._target.needed:
            if not alternatives & matching.fields:
                labels = [
                    declared.label
                    for declared in self._target.all_fields
                    if declared.name in alternatives
                ]
                shown = "、".join(f"“{label}”" for label in labels[:3])
                return f"{shown}一类的列"
        return None

    def _rate(self, parts: list[TablePart]) -> Table:
        """Rate a table by the sureness of its columns and, little, by its length."""
        first = parts[0]
        weight = sum(
            match.confidence * (3.0 if match.field in self._target.keys else 1.0)
            for match in first.matching.columns
            if match.field
        )
        records = sum(len(part.records) for part in parts)
        score = weight * (1 + math.log10(1 + records))
        rows = "、".join(str(row + 1) for row in first.header_rows)
        reasons = (
            f"表头在第 {rows} 行" if rows else "没有表头，按内容认列",
            f"认出 {len(first.matching.fields)} 个栏目，{records} 行数据",
        )
        layouts = layouts_of(parts, self._target)
        return Table(tuple(parts), layouts, round(score, 2), reasons, self._date_1904)


def _row_texts(surface: Surface, row: int) -> dict[int, str]:
    return {column: compact(surface.text(row, column)) for column in surface.filled(row)}


def _line_text(surface: Surface, row: int) -> str:
    texts = [surface.text(row, column) for column in surface.filled(row)]
    return labelled_household(texts) or " ".join(texts)


def _opens_household(surface: Surface, row: int) -> bool:
    texts = [surface.text(row, column) for column in surface.filled(row)]
    return opens_household(texts[0]) if len(texts) == 1 else bool(labelled_household(texts))


def _key_length(surface: Surface, span: Span, columns: frozenset[int]) -> int:
    """Measure how long names are in full lines, to tell a lone name from a lone note."""
    rows = range(span.first, min(span.end, span.first + 200))
    lengths = (
        len(compact(surface.text(row, column)))
        for row in rows
        if len(surface.filled(row)) > 1
        for column in columns
        if not re.search(r"\d{4}", surface.text(row, column))
    )
    return max(6, int(1.5 * max(lengths, default=0)))


def _titles(surface: Surface, span: Span) -> tuple[str, ...]:
    texts = (_line_text(surface, row) for row in span.title_rows)
    return tuple(text for text in texts if text)


def _alike(parts: list[TablePart]) -> list[list[TablePart]]:
    """Bring together the parts of one sheet that have the same header."""
    groups: dict[str, list[TablePart]] = {}
    for part in parts:
        groups.setdefault(_signature_below_group(part), []).append(part)
    return list(groups.values())


def _signature_below_group(part: TablePart) -> str:
    """Give the mark of a header without the group that stands over all of it (一组｜二组)."""
    above = {heading.parts[0] for heading in part.headings if len(heading.parts) > 1}
    if len(above) != 1 or not all(is_group_name(text) or is_place_name(text) for text in above):
        return part.matching.signature
    bare = (
        replace(one, parts=tuple(word for word in one.parts if word not in above))
        for one in part.headings
    )
    return header_signature(tuple(bare))
