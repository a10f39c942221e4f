"""The lines of a table as records: cells by field, merged cells and 同上 followed upwards."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from village_app.importing.files.grid import Cell
from village_app.importing.rows.records import Record
from village_app.importing.rows.sources import Source, ditto_dashes, ditto_words, without_formula
from village_app.importing.tables.groups import group_in_title
from village_app.importing.tables.line_texts import compact, household_line
from village_app.importing.tables.surface import Surface
from village_app.importing.tables.tables import Table, TablePart
from village_app.importing.tables.targets import HouseholdFields, Target


def read_records(table: Table, target: Target) -> list[Record]:
    """Read all records of a table in the order of the sheet; lines that say nothing are left out.

    A merged cell speaks for all its lines where its field is shared by a household; else only for
    its first line, and the others keep it as `unspoken`.
    """
    records: list[Record] = []
    for number, part in enumerate(table.parts):
        records += _PartReader(number, part, target).read()
    return records


class _PartReader:
    def __init__(self, number: int, part: TablePart, target: Target) -> None:
        self._number = number
        self._part = part
        self._target = target
        self._surface: Surface = part.surface
        self._columns: dict[int, dict[str, int]] = {}
        for match in part.matching.columns:
            if match.field:
                self._columns.setdefault(match.member, {})[match.field] = match.column
        self._above: dict[str, Source] = {}
        self._lines = {line.row: line for line in part.left_out}
        self._line_values: dict[str, Source] = {}
        self._line_block = 0
        self._assumed = {
            assumption.field: Source(Cell("text", assumption.text), -1, -1, "assumed")
            for assumption in part.assumptions
        }
        self._merged = bool(self._surface.sheet.merges)
        self._block_columns = self._find_block_columns()

    def _find_block_columns(self) -> tuple[int, ...]:
        """List the columns whose merged cells mark households: shared fields, running numbers."""
        return tuple(
            match.column
            for match in self._part.matching.columns
            if match.field in self._target.shared or match.role == "serial"
        )

    def read(self) -> Iterator[Record]:
        lines = deque(sorted(self._lines))
        for row in self._part.records:
            while lines and lines[0] < row:
                self._take_line(lines.popleft())
            yield from self._read_row(row)

    def _take_line(self, row: int) -> None:
        """Let a line of its own (小组, 户主) speak for the records below it."""
        line = self._lines[row]
        households = self._target.households
        if households is None or line.kind not in ("group_line", "household_line"):
            return
        if line.kind == "group_line":
            cell = Cell("text", group_in_title(line.text) or line.text)
            self._line_values = {households.group: Source(cell, row, -1, "line")}
            self._line_block += bool(self._line_block)
            return
        self._line_block += 1
        group = self._line_values.get(households.group)
        said = household_line(line.text)
        self._line_values = {
            name: Source(Cell("text", text), row, -1, "line")
            for name, text in _by_target(said, households, self._target).items()
        }
        if group:
            self._line_values[households.group] = group

    def _read_row(self, row: int) -> Iterator[Record]:
        shared = self._read_fields(row, self._columns.get(0, {}))
        if self._part.members is None:
            record = self._record(row, shared, 0)
            if self._says_anything(record):
                yield record
            return
        yield from self._read_members(row, shared)

    def _record(
        self, row: int, read: tuple[dict[str, Source], dict[str, Source]], member: int
    ) -> Record:
        sources, unspoken = read
        filled = {**self._assumed, **self._line_values, **sources}
        return Record(
            part=self._number,
            sheet=self._part.sheet,
            row=row,
            sources=filled,
            columns=self._columns.get(member, {}),
            member=member,
            block=self._block(row),
            struck_out=self._is_struck_out(sources),
            hidden=row in self._surface.sheet.hidden_rows,
            colour=self._surface.sheet.row_colours.get(row, ""),
            unspoken=unspoken,
        )

    def _says_anything(self, record: Record) -> bool:
        """Tell a record from a prepared empty line, where only the household or a number stands."""
        own = {name for name, source in record.sources.items() if source.origin in ("own", "ditto")}
        return bool(own & self._target.keys) or bool(own - self._target.shared)

    def _is_struck_out(self, sources: Mapping[str, Source]) -> bool:
        keys = [sources[name] for name in self._target.keys if name in sources]
        return any(source.cell.struck_out for source in keys)

    def _block(self, row: int) -> int | None:
        for column in self._block_columns if self._merged else ():
            merge = self._surface.merge(row, column)
            if merge and merge.last_row > merge.first_row:
                return merge.first_row
        return -self._line_block if self._line_block else None

    def _read_fields(
        self, row: int, columns: Mapping[str, int]
    ) -> tuple[dict[str, Source], dict[str, Source]]:
        sources: dict[str, Source] = {}
        unspoken: dict[str, Source] = {}
        cells = self._surface.sheet.rows[row]
        texts = self._surface.texts[row]
        width = len(texts)
        for name, column in columns.items():
            if column < width and texts[column]:
                cell = cells[column]
                if texts[column].startswith('="'):
                    cell = without_formula(cell)
                source = Source(cell, row, column)
                if len(texts[column]) <= 4:
                    source = self._follow_ditto(name, source)
                sources[name] = self._above[name] = source
            elif self._merged:
                covered = self._covered(row, column)
                if covered and name in self._target.shared:
                    sources[name] = self._above[name] = covered
                elif covered:
                    unspoken[name] = covered
        return sources, unspoken

    def _covered(self, row: int, column: int) -> Source | None:
        merge = self._surface.merge(row, column)
        if merge is None or merge.first_row == row or merge.first_row not in self._rows:
            return None
        corner = self._surface.cell(merge.first_row, merge.first_column)
        return (
            Source(corner, merge.first_row, merge.first_column, "merged") if corner.text else None
        )

    @property
    def _rows(self) -> range:
        records = self._part.records
        return range(records[0], records[-1] + 1)

    def _follow_ditto(self, name: str, source: Source) -> Source:
        above = self._above.get(name)
        text = source.text
        if above is None or not self._is_ditto(name, text):
            return source
        return Source(above.cell, source.row, source.column, "ditto")

    def _is_ditto(self, name: str, text: str) -> bool:
        word = compact(text)
        return word in ditto_words() or (name in self._target.shared and word in ditto_dashes())

    def _read_members(
        self, row: int, shared: tuple[dict[str, Source], dict[str, Source]]
    ) -> Iterator[Record]:
        """Read a line of one household: its head (where named) and each member that has a name."""
        households = self._target.households
        assert households is not None
        own, unspoken = shared
        common = {name: source for name, source in own.items() if name in self._target.shared}
        if households.head in own and not self._head_is_member(row, own, households):
            head = {**own, households.name: own[households.head]}
            head[households.relation] = _label("户主", row)
            yield self._record(row, (head, unspoken), 0)
        for group in self._part.matching.members:
            sources, merged = self._read_fields(row, self._columns.get(group.place, {}))
            if not self._target.keys & set(sources):
                continue
            if group.relation and households.relation not in sources:
                sources[households.relation] = _label(group.relation, row)
            yield self._record(row, ({**common, **sources}, merged), group.place)

    def _head_is_member(
        self, row: int, own: Mapping[str, Source], households: HouseholdFields
    ) -> bool:
        """Tell whether the head stands among the members as well.

        A son may bear his father's name: where the relation is given, it decides.
        """
        head = compact(own[households.head].text)
        for group in self._part.matching.members:
            columns = self._columns.get(group.place, {})
            texts = {
                name: compact(self._surface.text(row, column)) for name, column in columns.items()
            }
            relation = texts.get(households.relation) or group.relation or ""
            if relation:
                if households.is_head(relation):
                    return True
            elif texts.get(households.name) == head:
                return True
        return False


def _label(text: str, row: int) -> Source:
    return Source(Cell("text", text), row, -1, "label")


def _by_target(
    said: Mapping[str, str], households: HouseholdFields, target: Target
) -> dict[str, str]:
    names = {
        "head_name": households.head,
        "household_no": households.number,
        "address": households.address,
        "phone": "phone",
    }
    known = {declared.name for declared in target.fields}
    return {names[key]: text for key, text in said.items() if names[key] in known}
