"""Tables, forms, lines for signing and photo captions as WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from village_app.domain.reporting import Report
from village_app.papers.blocks import Column, FormGrid, SignLines, Table
from village_app.papers.column_widths import table_widths
from village_app.papers.document.markup import (
    CellShape,
    Merge,
    RunLook,
    aligned,
    cell,
    paragraph,
    row,
    run,
    shares_of,
    table,
    twips,
)
from village_app.papers.document.styles import BODY, CAPTION, CELL, HEAD_CELL
from village_app.papers.form_cells import PlacedCell, place_cells
from village_app.papers.table_lines import Line, amount_in_words, lines_of, shown_in
from village_app.papers.typeset.layouts import MM, PageLayout

_BOLD = RunLook(bold=True)
_REPORT_EVERY = 500


def table_markup(block: Table, layout: PageLayout, report: Report) -> Iterator[str]:
    """Write caption, unit, table and notes of a table block."""
    if block.caption:
        yield paragraph(CAPTION, run(block.caption))
    if block.unit:
        yield paragraph(CAPTION, run(block.unit), aligned("right"))
    digits = layout.area_width / (layout.table.cell.size / 2)
    widths = shares_of(layout.area_width, table_widths(block, digits))
    rows = "".join(_rows(block, widths, layout, report))
    yield table(widths, rows)
    for note in block.notes:
        yield paragraph(CELL, run(note))


def _rows(block: Table, widths: list[int], layout: PageLayout, report: Report) -> Iterator[str]:
    height = layout.table.row_height
    yield from _head(block.columns, widths, height)
    for number, line in enumerate(lines_of(block)):
        if number % _REPORT_EVERY == 0:
            report(number, max(number, len(block.rows)), f"正在写文档，第 {number + 1:,} 行")
        yield _line(block.columns, widths, line, height)
    words = amount_in_words(block)
    if words:
        shape = CellShape(sum(widths), len(widths))
        yield row(cell(shape, paragraph(CELL, run(words, _BOLD))), height=height)


def _head(columns: Sequence[Column], widths: list[int], height: float) -> Iterator[str]:
    """Write the head, in two rows where columns stand under a common name."""
    if not any(column.group for column in columns):
        cells = "".join(
            _head_cell(CellShape(width, shaded=True), column.label)
            for column, width in zip(columns, widths, strict=True)
        )
        yield row(cells, height=height, is_head=True)
        return
    yield row("".join(_upper_head(columns, widths)), height=height, is_head=True)
    lower = "".join(
        _head_cell(
            CellShape(width, merge="" if column.group else "continue", shaded=True),
            column.label if column.group else "",
        )
        for column, width in zip(columns, widths, strict=True)
    )
    yield row(lower, height=height, is_head=True)


def _upper_head(columns: Sequence[Column], widths: list[int]) -> Iterator[str]:
    index = 0
    while index < len(columns):
        column, last = columns[index], index + 1
        if not column.group:
            yield _head_cell(CellShape(widths[index], merge="restart", shaded=True), column.label)
        else:
            while last < len(columns) and columns[last].group == column.group:
                last += 1
            shape = CellShape(sum(widths[index:last]), last - index, shaded=True)
            yield _head_cell(shape, column.group)
        index = last


def _head_cell(shape: CellShape, text: str) -> str:
    return cell(shape, paragraph(HEAD_CELL, run(text) if text else ""))


def _line(columns: Sequence[Column], widths: list[int], line: Line, height: float) -> str:
    look = _BOLD if line.role != "data" else RunLook()
    new_page = "<w:pageBreakBefore/>" if line.starts_page else ""
    if line.role == "section" and all(value is None for value in line.cells[1:]):
        shape = CellShape(sum(widths), len(widths), shaded=True)
        text = shown_in(columns[0], line.cells[0], line.role)
        return row(cell(shape, paragraph(CELL, run(text, look), new_page)), height=height)
    cells = []
    for index, (column, value) in enumerate(zip(columns, line.cells, strict=True)):
        text = shown_in(column, value, line.role)
        shape = CellShape(widths[index], shaded=line.role in ("subtotal", "section"))
        before = new_page if index == 0 else ""
        place = before + aligned(column.kind.align)
        cells.append(cell(shape, paragraph(CELL, run(text, look) if text else "", place)))
    return row("".join(cells), height=height)


def form_markup(grid: FormGrid, layout: PageLayout) -> str:
    """Write a form: labels centred, merged cells as the spans say, rows high enough to write in."""
    widths = shares_of(layout.area_width, grid.widths)
    placed = list(place_cells(grid))
    count = max((each.row + each.rows for each in placed), default=0)
    rows = "".join(_form_row(grid, placed, widths, number) for number in range(count))
    return table(widths, rows)


def _form_row(grid: FormGrid, placed: list[PlacedCell], widths: list[int], number: int) -> str:
    here = sorted(
        (each for each in placed if each.row <= number < each.row + each.rows),
        key=lambda each: each.column,
    )
    heights = [each.cell.height or 0 for each in here if each.row + each.rows - 1 == number]
    cells: list[str] = []
    column = 0
    for each in here:
        cells += [_empty(widths[gap]) for gap in range(column, each.column)]
        column = each.column + each.columns
        cells.append(_form_cell(each, sum(widths[each.column : column]), number))
    cells += [_empty(widths[gap]) for gap in range(column, len(widths))]
    return row("".join(cells), height=max([grid.row_height, *heights]) * MM)


def _empty(width: int) -> str:
    return cell(CellShape(width), paragraph(CELL, ""))


def _form_cell(placed: PlacedCell, width: int, number: int) -> str:
    form_cell = placed.cell
    starts = number == placed.row
    merge: Merge = "" if placed.rows == 1 else "restart" if starts else "continue"
    shape = CellShape(width, placed.columns, merge, upright=form_cell.vertical)
    wanted = form_cell.align or ("center" if form_cell.is_label else "left")
    text = run(form_cell.text) if starts and form_cell.text else ""
    alignment = aligned("both" if wanted == "justify" else wanted)
    return cell(shape, paragraph(CELL, text, alignment))


def sign_markup(block: SignLines, layout: PageLayout) -> str:
    """Write lines to be signed by hand, side by side without a frame."""
    per_line = max(1, block.per_line)
    widths = shares_of(layout.area_width, (1.0,) * per_line)
    rows = []
    for start in range(0, len(block.entries), per_line):
        entries = [*block.entries[start : start + per_line]]
        entries += [("", "")] * (per_line - len(entries))
        cells = "".join(
            cell(CellShape(width), paragraph(CELL, _to_sign(what, name)))
            for width, (what, name) in zip(widths, entries, strict=True)
        )
        rows.append(row(cells, height=12 * MM))
    return table(widths, "".join(rows), framed=False)


def _to_sign(what: str, name: str) -> str:
    return run(f"{what}：{name or '＿＿＿＿＿＿'}") if what else ""


def captions_row(captions: Sequence[str], widths: Sequence[int]) -> str:
    """Write the captions under a line of pictures."""
    cells = "".join(
        cell(CellShape(width), paragraph(CELL, run(text) if text else "", aligned("center")))
        for width, text in zip(widths, captions, strict=True)
    )
    return row(cells)


def spaced(points: float) -> str:
    """Write an empty paragraph of so many points."""
    return paragraph(BODY, "", f'<w:spacing w:line="{twips(points)}" w:lineRule="exact"/>')
