"""Turn a paper into slabs, in order: its opening, then one function a kind of block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from village_app.papers.blocks import (
    BarChart,
    FormGrid,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    PhotoGrid,
    Signature,
    SignLines,
    Spacer,
    Table,
)
from village_app.papers.headings import top_lines
from village_app.papers.typeset.charts import chart_slabs
from village_app.papers.typeset.flow import Slab
from village_app.papers.typeset.forms import form_slabs, sign_slabs
from village_app.papers.typeset.layouts import PageLayout
from village_app.papers.typeset.letterheads import letterhead_slabs, number_slab
from village_app.papers.typeset.lines import Measure
from village_app.papers.typeset.pictures import photo_slabs
from village_app.papers.typeset.signatures import signature_slab, signed_and_sealed
from village_app.papers.typeset.tables import table_slabs
from village_app.papers.typeset.texts import (
    attachments_end,
    line_slabs,
    paragraph_slabs,
)
from village_app.papers.typeset.titles import title_lines
from village_app.papers.typeset.units import clean

_SHEETS = frozenset({"table", "list"})
_LEAST_AFTER_TITLE = 0.7
_AFTER_TABLE_TITLE = 0.4


@dataclass(slots=True)
class Setting:
    """What setting a block may depend on: its paper, the layout, and what came before it."""

    paper: Paper
    layout: PageLayout
    in_attachments: bool = False


@dataclass(frozen=True, slots=True)
class _Signing:
    """Places to sign with the signature that follows them."""

    signs: SignLines
    signature: Signature


def slabs_of(paper: Paper, layout: PageLayout) -> Iterator[Slab]:
    """Set a whole paper as a stream of slabs."""
    setting = Setting(paper, layout)
    yield from _opening(setting)
    for block in _joined(paper):
        yield from SETTERS[type(block)](block, setting)
        setting.in_attachments = attachments_end(block, before=setting.in_attachments)


def _joined(paper: Paper) -> Iterator[object]:
    """Give the blocks; on sheets of accounts and lists a signature joins the places to sign."""
    blocks = list(paper.blocks)
    while blocks:
        block = blocks.pop(0)
        if paper.layout in _SHEETS and isinstance(block, SignLines) and blocks:
            following = blocks[0]
            if isinstance(following, Signature):
                del blocks[0]
                yield _Signing(block, following)
                continue
        yield block


def _opening(setting: Setting) -> Iterator[Slab]:
    paper, layout = setting.paper, setting.layout
    title = title_lines(paper.title, layout.title, layout.area_width) if paper.title else []
    slabs = line_slabs(title, Measure(layout.area_width, layout.title.size), layout.title, "center")
    if slabs:
        slabs[0].outline = (clean(paper.title).replace("\n", ""), 0)
    if paper.letterhead:
        slabs = [*letterhead_slabs(paper.letterhead, paper.number, layout), *slabs]
    elif paper.number:
        slabs.append(number_slab(paper.number, layout))
    if slabs:
        slabs.append(Slab(_after_title(paper, layout, len(title))))
    for slab in slabs:
        slab.glued = True
    yield from slabs
    if paper.to:
        yield from _addressee(setting)


def _after_title(paper: Paper, layout: PageLayout, lines: int) -> float:
    """Leave about one blank line, so that the body's lines stand on the page's own grid."""
    pitch = layout.body.pitch
    if layout.page_numbers != "dashes":
        return pitch * _AFTER_TABLE_TITLE
    if paper.letterhead:
        return pitch
    above = lines * layout.title.pitch + (layout.number.pitch if paper.number else 0.0)
    rows = -(-(above + pitch * _LEAST_AFTER_TITLE) // pitch)
    return rows * pitch - above


def _addressee(setting: Setting) -> Iterable[Slab]:
    """Set the 主送机关: flush left, a full-width colon at its end (GB/T 9704 7.3.2)."""
    [line] = [line for line in top_lines(setting.paper) if line.part == "to"]
    block = Paragraph(line.text, indent=0, face=setting.layout.body.role, keep_with_next=True)
    return paragraph_slabs(block, setting.layout)


def _heading(block: Heading, setting: Setting) -> Iterable[Slab]:
    layout = setting.layout
    if block.level == 0:
        return _inner_title(block, layout)
    role = layout.levels[min(block.level, len(layout.levels)) - 1]
    slabs = paragraph_slabs(Paragraph(block.text, face=role, keep_with_next=True), layout)
    slabs[0].outline = (clean(block.text).replace("\n", ""), min(block.level, 2))
    return slabs


def _inner_title(block: Heading, layout: PageLayout) -> list[Slab]:
    lines = title_lines(block.text, layout.title, layout.area_width)
    measure = Measure(layout.area_width, layout.title.size)
    slabs = line_slabs(lines, measure, layout.title, "center")
    slabs[0].before = layout.body.pitch
    slabs[0].outline = (clean(block.text).replace("\n", ""), 1)
    slabs.append(Slab(layout.body.pitch * _LEAST_AFTER_TITLE))
    for slab in slabs:
        slab.glued = True
    return slabs


def _paragraph(block: Paragraph, setting: Setting) -> Iterable[Slab]:
    return paragraph_slabs(block, setting.layout, in_attachments=setting.in_attachments)


def _table(block: Table, setting: Setting) -> Iterable[Slab]:
    is_whole_paper = setting.paper.layout in _SHEETS
    return table_slabs(block, setting.layout, setting.paper.title if is_whole_paper else "")


def _signature(block: Signature, setting: Setting) -> Iterable[Slab]:
    return [signature_slab(block, setting.layout)]


def _spacer(block: Spacer, setting: Setting) -> Iterable[Slab]:
    return [Slab(0.0, before=block.lines * setting.layout.body.pitch)]


def _page_break(block: PageBreak, setting: Setting) -> Iterable[Slab]:
    del block, setting
    return [Slab(0.0, starts_page=True)]


SETTERS: dict[type, Callable[[Any, Setting], Iterable[Slab]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Table: _table,
    FormGrid: lambda block, setting: form_slabs(block, setting.layout),
    Signature: _signature,
    SignLines: lambda block, setting: sign_slabs(block, setting.layout),
    PhotoGrid: lambda block, setting: photo_slabs(block, setting.layout),
    BarChart: lambda block, setting: chart_slabs(block, setting.layout),
    _Signing: lambda block, setting: signed_and_sealed(
        block.signs, block.signature, setting.layout
    ),
    Spacer: _spacer,
    PageBreak: _page_break,
}
