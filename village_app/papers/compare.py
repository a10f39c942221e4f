"""Two papers side by side: what differs, cell by cell and total by total, for a 更正公示."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from village_app.domain.kinds import COUNT, MONEY, TEXT, Kind
from village_app.papers.blocks import Block, Column, Heading, Paper, Paragraph, Row, Table
from village_app.papers.filling import DATE, place_for
from village_app.papers.places import PlacedText, texts_of, where
from village_app.papers.table_lines import column_total, shown

_RUNNING_NUMBER = "序号"

Change = Literal["changed", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: where in words, the texts before and after, and for figures how much.

    `old`, `new` and `change` are values of `kind` (分 for money); `change` is new less old for
    figures, None for texts and for what has no counterpart.
    """

    where: str
    kind: Kind
    old: Any
    new: Any
    sort: Change = "changed"

    @property
    def change(self) -> int | None:
        both = isinstance(self.old, int) and isinstance(self.new, int)
        return self.new - self.old if both and self.kind.storage == "integer" else None

    @property
    def old_text(self) -> str:
        return shown(self.kind, self.old)

    @property
    def new_text(self) -> str:
        return shown(self.kind, self.new)

    @property
    def change_text(self) -> str:
        """Write how much a figure changed, with its sign; blank for texts."""
        if self.change is None:
            return ""
        sign = "+" if self.change > 0 else ""
        return sign + shown(self.kind, self.change)


def differences(old: Paper, new: Paper) -> list[Difference]:
    """List what differs between two papers: title, texts, table cells, rows, totals.

    Tables are compared in their order. Rows belong together when their texts and days are equal;
    rows left over between such pairs are matched by their place.
    """
    found = list(_changed_texts(old, new))
    for number, (before, after) in enumerate(_table_pairs(old, new), start=1):
        found += _changed_table(_name_of(before or after, number), before, after)
    return found


def _changed_texts(old: Paper, new: Paper) -> Iterator[Difference]:
    """Compare running texts; words of a table but its cells count as texts too."""
    before, after = _running(old), _running(new)
    matcher = SequenceMatcher(
        None, [text.text for text in before], [text.text for text in after], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(i2 - i1, j2 - j1)):
            left = before[i1 + step] if step < i2 - i1 else None
            right = after[j1 + step] if step < j2 - j1 else None
            if not (right is not None and _is_undated(right)):
                yield _text_difference(old, new, left, right)


def _is_undated(text: PlacedText) -> bool:
    """Tell whether this is the 落款 date of a draft, which says nothing before it is signed."""
    return text.place.part == "date" and place_for(DATE) in text.text


def _running(paper: Paper) -> list[PlacedText]:
    left_out = ("cell", "label", "group", "footer", "number", "meta")
    return [text for text in texts_of(paper) if text.place.part not in left_out]


def _text_difference(
    old: Paper, new: Paper, left: PlacedText | None, right: PlacedText | None
) -> Difference:
    if right is not None and left is not None:
        return Difference(_place(new, right), TEXT, left.text, right.text)
    if right is not None:
        return Difference(_place(new, right), TEXT, None, right.text, "added")
    assert left is not None
    return Difference(_place(old, left), TEXT, left.text, None, "removed")


def _place(paper: Paper, text: PlacedText) -> str:
    """Say where a text stands, as it is written on paper: without blanks around figures."""
    return where(paper, text.place).replace(" ", "")


def _table_pairs(old: Paper, new: Paper) -> Iterator[tuple[Table | None, Table | None]]:
    before = [block for block in old.blocks if isinstance(block, Table)]
    after = [block for block in new.blocks if isinstance(block, Table)]
    for number in range(max(len(before), len(after))):
        yield (
            before[number] if number < len(before) else None,
            after[number] if number < len(after) else None,
        )


def _name_of(table: Table | None, number: int) -> str:
    return table.caption if table is not None and table.caption else f"表{number}"


def _changed_table(name: str, before: Table | None, after: Table | None) -> Iterator[Difference]:
    if before is None or after is None:
        whole = before or after
        assert whole is not None
        sort: Change = "removed" if after is None else "added"
        yield from (_whole_row(name, whole, row, sort) for row in whole.rows)
        return
    columns = list(_shared_columns(before, after))
    for left, right in _row_pairs(before, after):
        if left is None or right is None:
            table, row = (after, right) if right is not None else (before, left)
            assert row is not None
            yield _whole_row(name, table, row, "added" if left is None else "removed")
            continue
        for column, at, to in columns:
            if left.cells[at] != right.cells[to]:
                place = f"{name} {_row_name(after, right)} {column.label}"
                yield Difference(place, column.kind, left.cells[at], right.cells[to])
    yield from _changed_totals(name, before, after, columns)


def _shared_columns(before: Table, after: Table) -> Iterator[tuple[Column, int, int]]:
    """Pair the columns of one head, in the order of the new table.

    Running numbers are left out: they move when a row comes or goes and say nothing themselves.
    """
    places = {column.label: number for number, column in enumerate(before.columns)}
    for number, column in enumerate(after.columns):
        if column.label in places and column.label != _RUNNING_NUMBER:
            yield column, places[column.label], number


def _row_pairs(before: Table, after: Table) -> Iterator[tuple[Row | None, Row | None]]:
    left = [_identity(before, row) for row in before.rows]
    right = [_identity(after, row) for row in after.rows]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        for step in range(max(i2 - i1, j2 - j1)):
            yield (
                before.rows[i1 + step] if step < i2 - i1 else None,
                after.rows[j1 + step] if step < j2 - j1 else None,
            )


def _identity(table: Table, row: Row) -> tuple[Any, ...]:
    """Give what a row is known by: its texts and days, not its figures."""
    return tuple(
        cell
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.kind.storage == "text"
    )


def _row_name(table: Table, row: Row) -> str:
    """Name a row by its first two texts, else by its number."""
    texts = [
        shown(column.kind, cell, row.role)
        for column, cell in zip(table.columns, row.cells, strict=True)
        if isinstance(cell, str) and cell
    ]
    return " ".join(texts[:2]) or f"第{table.rows.index(row) + 1}行"


def _whole_row(name: str, table: Table, row: Row, sort: Change) -> Difference:
    text = "，".join(
        f"{column.label}{shown(column.kind, cell, row.role)}"
        for column, cell in zip(table.columns, row.cells, strict=True)
        if cell not in (None, "")
    )
    place = f"{name} {_row_name(table, row)}"
    if sort == "added":
        return Difference(place, TEXT, None, text, sort)
    return Difference(place, TEXT, text, None, sort)


def _changed_totals(
    name: str, before: Table, after: Table, columns: Sequence[tuple[Column, int, int]]
) -> Iterator[Difference]:
    for column, at, to in columns:
        if before.columns[at].total is None or column.total is None:
            continue
        left, right = column_total(before, at), column_total(after, to)
        if left != right:
            place = f"{name} {after.total_label} {column.label}"
            yield Difference(place, _total_kind(column), left, right)


def _total_kind(column: Column) -> Kind:
    """Give the kind of a total: a count of rows is a plain number."""
    return COUNT if column.total == "count" else column.kind


def correction_blocks(old: Paper, new: Paper, reason: str) -> tuple[Block, ...]:
    """Write the body of a 更正公示: which paper, why, and old, new and difference side by side.

    Refused (ValueError) are papers that do not differ: there is nothing to correct.
    """
    found = differences(old, new)
    if not found:
        raise ValueError("the papers do not differ")
    number = f"（{old.number}）" if old.number else ""
    intro = f"我村已公示的《{old.title}》{number}有误，现予以更正，更正前后对照如下。"
    return (
        Paragraph(intro),
        Paragraph(f"更正原因：{reason}"),
        Heading("更正前后对照", 1),
        _side_by_side(found),
        Paragraph("原公示其余内容不变。"),
    )


def _side_by_side(found: Sequence[Difference]) -> Table:
    """Set the differences as a table; where all are money the figures stay figures."""
    all_money = all(difference.kind.name == MONEY.name for difference in found)
    kind: Kind = MONEY if all_money else TEXT
    columns = (
        Column("更正的地方", TEXT),
        Column("原公示", kind),
        Column("更正后", kind),
        Column("差额", kind),
    )
    rows = tuple(Row(_correction_cells(difference, as_money=all_money)) for difference in found)
    return Table(columns, rows, unit="单位：元" if all_money else "")


def _correction_cells(difference: Difference, *, as_money: bool) -> tuple[Any, ...]:
    if as_money:
        return difference.where, difference.old, difference.new, difference.change
    return (
        difference.where,
        difference.old_text or ("（无）" if difference.sort == "added" else ""),
        difference.new_text or ("（删去）" if difference.sort == "removed" else ""),
        difference.change_text,
    )
