"""Turn a paper's blocks into slabs, in order: one branch a kind of block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch

from village_app.papers.blocks import (
    Block,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Signature,
    Spacer,
    Table,
)
from village_app.papers.typeset.flow import Slab
from village_app.papers.typeset.layouts import PageLayout
from village_app.papers.typeset.letterheads import letterhead_slabs, number_slab
from village_app.papers.typeset.lines import Measure
from village_app.papers.typeset.signatures import signature_slab
from village_app.papers.typeset.tables import table_slabs
from village_app.papers.typeset.texts import line_slabs, paragraph_slabs
from village_app.papers.typeset.titles import title_lines
from village_app.papers.typeset.units import clean


def slabs_of(paper: Paper, layout: PageLayout) -> Iterator[Slab]:
    """Set a whole paper as a stream of slabs."""
    yield from _opening(paper, layout)
    for block in paper.blocks:
        yield from slabs_of_block(block, layout, paper)


def _opening(paper: Paper, layout: PageLayout) -> Iterator[Slab]:
    if paper.letterhead:
        yield from letterhead_slabs(paper.letterhead, paper.number, layout)
    yield from _title(paper.title, layout, is_paper_title=True)
    if paper.number and not paper.letterhead:
        yield number_slab(paper.number, layout)
    yield Slab(_after_title(paper, layout), glued=True)
    if paper.to:
        yield from _addressee(paper.to, layout)


def _title(text: str, layout: PageLayout, *, is_paper_title: bool) -> Iterator[Slab]:
    style = layout.title
    if not text:
        return
    lines = title_lines(text, style, layout.area_width)
    measure = Measure(layout.area_width, style.size)
    for slab in line_slabs(lines, measure, style, "center"):
        slab.glued = True
        yield slab
    del is_paper_title


def _after_title(paper: Paper, layout: PageLayout) -> float:
    """Leave about one blank line, so that the body's lines stand on the page's own grid."""
    pitch = layout.body.pitch
    if paper.letterhead:
        return pitch
    lines = len(title_lines(paper.title, layout.title, layout.area_width)) if paper.title else 0
    above = lines * layout.title.pitch + (layout.number.pitch if paper.number else 0.0)
    least = pitch * (0.7 if layout.page_numbers == "dashes" else 0.4)
    if layout.page_numbers != "dashes":
        return least
    rows = -(-(above + least) // pitch)
    return rows * pitch - above


def _addressee(text: str, layout: PageLayout) -> Iterator[Slab]:
    """Set the 主送机关: flush left, a full-width colon at its end (GB/T 9704 7.3.2)."""
    ended = text.rstrip(" :：") + "："
    yield from slabs_of_block(Paragraph(ended, indent=0, keep_with_next=True), layout, None)


@singledispatch
def slabs_of_block(block: Block, layout: PageLayout, paper: Paper | None) -> Iterable[Slab]:
    """Set one block."""
    raise NotImplementedError(type(block).__name__)


@slabs_of_block.register
def _(block: Heading, layout: PageLayout, paper: Paper | None) -> Iterable[Slab]:
    del paper
    if block.level == 0:
        slabs = list(_title(block.text, layout, is_paper_title=False))
        slabs.append(Slab(layout.body.pitch * 0.5, glued=True))
        slabs[0].before = layout.body.pitch * 0.5
        slabs[0].outline = (clean(block.text), 1)
        return slabs
    role = layout.levels[min(block.level, 4) - 1]
    slabs = paragraph_slabs(Paragraph(block.text, face=role, keep_with_next=True), layout)
    slabs[0].outline = (clean(block.text), min(block.level, 2))
    return slabs


@slabs_of_block.register
def _(block: Paragraph, layout: PageLayout, paper: Paper | None) -> Iterable[Slab]:
    del paper
    return paragraph_slabs(block, layout)


@slabs_of_block.register
def _(block: Table, layout: PageLayout, paper: Paper | None) -> Iterable[Slab]:
    title = paper.title if paper and paper.layout in {"table", "list"} else ""
    return table_slabs(block, layout, title)


@slabs_of_block.register
def _(block: Signature, layout: PageLayout, paper: Paper | None) -> Iterable[Slab]:
    del paper
    return [signature_slab(block, layout)]


@slabs_of_block.register
def _(block: Spacer, layout: PageLayout, paper: Paper | None) -> Iterable[Slab]:
    del paper
    return [Slab(0.0, before=block.lines * layout.body.pitch)]


@slabs_of_block.register
def _(block: PageBreak, layout: PageLayout, paper: Paper | None) -> Iterable[Slab]:
    del block, layout, paper
    return [Slab(0.0, starts_page=True)]
