"""The tables found in a workbook, as values: parts, candidates, the user's choice against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from village_app.errors import Refused
from village_app.importing.tables.column_matches import ColumnMatch, Matching
from village_app.importing.tables.headers import Heading
from village_app.importing.tables.layouts import Layout, MemberColumns
from village_app.importing.tables.row_kinds import RowKind
from village_app.importing.tables.surface import Surface


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value that every row of a sheet gets although no column holds it, and why."""

    field: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class SheetRefusal:
    """A sheet that is not offered: its name, a code, and a sentence that names the reason."""

    sheet: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is no record, with what it is; `row` counts from 0."""

    row: int
    kind: RowKind
    text: str


@dataclass(frozen=True, slots=True)
class TablePart:
    """One rectangle of records under one header; rows and columns count from 0.

    `records` and `left_out` together are all its lines; `headings` have only the columns of this
    part where another table stands beside it. `titles` are the lines above the header.
    """

    sheet: str
    header_rows: tuple[int, ...]
    headings: tuple[Heading, ...]
    records: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    titles: tuple[str, ...]
    members: MemberColumns | None
    matching: Matching
    surface: Surface = field(repr=False, compare=False)
    assumptions: tuple[Assumption, ...] = ()
    paged: bool = False

    @property
    def title(self) -> str:
        """Give the first line above the header, blank where there is none."""
        return self.titles[0] if self.titles else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A candidate: one or more parts that are imported together, how good it is, and why.

    Several parts are sheets of one group each, or tables that stand side by side.
    """

    parts: tuple[TablePart, ...]
    layouts: tuple[Layout, ...]
    score: float
    reasons: tuple[str, ...]
    date_1904: bool = False

    @property
    def sheet(self) -> str:
        return "、".join(dict.fromkeys(part.sheet for part in self.parts))

    @property
    def header_rows(self) -> tuple[int, ...]:
        """Give the header rows of the first part as the spreadsheet numbers them, from 1."""
        return tuple(row + 1 for row in self.parts[0].header_rows)

    @property
    def matching(self) -> Matching:
        return self.parts[0].matching

    @property
    def columns(self) -> tuple[ColumnMatch, ...]:
        """Give the columns of the first sheet, of all tables that stand side by side on it."""
        first = self.parts[0].sheet
        found = {
            match.column: match
            for part in reversed(self.parts)
            if part.sheet == first
            for match in part.matching.columns
        }
        return tuple(found[column] for column in sorted(found))

    @property
    def records(self) -> int:
        return sum(len(part.records) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user (or a remembered header) decides against the guess.

    `sheet` by name; `header_rows` as the spreadsheet numbers them, from 1, empty for "no header",
    a single one brings those that belong to it unless it is meant `alone`;
    `columns` maps heading keys (`Heading.key`) to field names or None.
    """

    sheet: str | None = None
    header_rows: tuple[int, ...] | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """All candidates, the best first, and the refused sheets, each with its reason."""

    tables: tuple[Table, ...]
    refused: tuple[SheetRefusal, ...]

    @property
    def best(self) -> Table:
        """Give the best candidate; refuses with all reasons where there is none."""
        if self.tables:
            return self.tables[0]
        if not self.refused:
            raise Refused("empty_workbook", "这个文件里没有表格，请换一个文件。")
        visible = [refusal for refusal in self.refused if refusal.code not in ("hidden", "empty")]
        told = visible or list(self.refused)
        sentences = "".join(refusal.sentence for refusal in told)
        raise Refused(told[0].code, sentences, sheets=self.refused)
