"""Running text as slabs: paragraphs with levels, hanging attachments lists, the addressee."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from village_app.papers.blocks import Align, Face, Paragraph
from village_app.papers.typeset.flow import Slab
from village_app.papers.typeset.layouts import PageLayout, TextStyle
from village_app.papers.typeset.lines import Measure, break_lines
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.setting import Line
from village_app.papers.typeset.units import clean, units_of_spans

Spans = Sequence[tuple[str, Face]]

_NUMERALS = "一二三四五六七八九十百"
_LEVELS = (
    re.compile(rf"[{_NUMERALS}]+、"),
    re.compile(rf"（[{_NUMERALS}]+）"),
    re.compile(r"\d{1,2}[.．](?!\d)"),
    re.compile(r"（\d{1,2}）"),
)
_RUN_IN_END = re.compile(r"[。：；:]")
_ATTACHMENTS = re.compile(r"附件[：:]\s*")
_ATTACHMENT_HEAD = re.compile(r"附件\s*\d{0,2}[：:]?")
_ITEM = re.compile(r"\d{1,2}[.．、]\s*")
LONGEST_HEADING = 40
LEVEL_NAMES = len(_LEVELS)


def level_of(text: str) -> int:
    """Tell the level that a paragraph's beginning sets: 一、 1, （一） 2, 1. 3, （1） 4, else 0."""
    for number, pattern in enumerate(_LEVELS, start=1):
        if pattern.match(text):
            return number
    return 0


def is_heading(text: str) -> bool:
    """Tell whether a paragraph is a heading by itself: a level, short, and no sentence."""
    return bool(level_of(text)) and len(text) <= LONGEST_HEADING and text[-1:] not in "。；，"


def spans_of(text: str, layout: PageLayout, face: Face | None) -> Spans:
    """Give the faces of a paragraph: its level's face up to the first stop, then the body's.

    A heading stands in its level's face throughout; a paragraph that only begins with a number
    and goes on as running text changes face after its first sentence or colon.
    """
    body = face or layout.body.role
    level = level_of(text)
    if face or not level or layout.levels[level - 1] == body:
        return [(text, body)]
    heading = layout.levels[level - 1]
    stop = _RUN_IN_END.search(text)
    if stop and stop.end() <= LONGEST_HEADING:
        return [(text[: stop.end()], heading), (text[stop.end() :], body)]
    if len(text) <= LONGEST_HEADING:
        return [(text, heading)]
    return [(text, body)]


def paragraph_slabs(
    block: Paragraph, layout: PageLayout, *, after_attachments: bool = False
) -> list[Slab]:
    """Set a paragraph; each newline in it begins a paragraph of its own.

    At least two lines stand at a page's foot and head; a heading keeps the next line with it.
    """
    slabs: list[Slab] = []
    is_list = after_attachments
    for text in clean(block.text).split("\n"):
        bare = text.lstrip(" \u3000") if block.indent else text
        style = _style(block, layout)
        indents = _indents(bare, block, style, is_item=is_list)
        is_list = is_list or bool(_ATTACHMENTS.match(bare))
        slabs += _one_paragraph(bare, block, layout, style, indents)
    if slabs and block.keep_with_next:
        slabs[-1].glued = True
    return slabs


def _style(block: Paragraph, layout: PageLayout) -> TextStyle:
    body = layout.body
    if block.size is None:
        return replace(body, role=block.face or body.role)
    factor = block.size / body.size
    return replace(body.scaled(factor), role=block.face or body.role, char_space=0.0)


def _indents(
    text: str, block: Paragraph, style: TextStyle, *, is_item: bool
) -> tuple[float, float]:
    """Give first-line and later indents in points; 附件 lists hang under their names."""
    first = block.indent * style.em
    if not block.indent or block.align != "justify":
        return first, 0.0
    head = _ATTACHMENTS.match(text)
    if head:
        item = _ITEM.match(text, head.end())
        return first, first + _width(text[: item.end() if item else head.end()], style)
    if is_item and (item := _ITEM.match(text)):
        first += 3 * style.em
        return first, first + _width(item.group(), style)
    return first, 0.0


def _width(text: str, style: TextStyle) -> float:
    lines = break_lines(units_of_spans([(text, style.role)]), Measure(1e6, style.size))
    return lines[0].width + len(text) * style.char_space + style.size * (text[-1] in "：、") / 2


def _one_paragraph(
    text: str,
    block: Paragraph,
    layout: PageLayout,
    style: TextStyle,
    indents: tuple[float, float],
) -> list[Slab]:
    spans = spans_of(text, layout, block.face)
    if _ATTACHMENT_HEAD.fullmatch(text):
        text = text.rstrip("：:")
        spans, indents = [(text, "hei")], (0.0, 0.0)
    measure = Measure(
        layout.area_width,
        style.size,
        style.char_space,
        first_indent=indents[0] if block.align in {"justify", "left"} else 0.0,
        hanging_indent=indents[1],
        justify=block.align == "justify",
        role=style.role,
    )
    lines = break_lines(units_of_spans(spans), measure)
    slabs = line_slabs(lines, measure, style, block.align)
    if block.align == "right" and block.indent:
        slabs = line_slabs(
            lines, replace(measure, width=measure.width - indents[0]), style, "right"
        )
    keep_together(slabs)
    if is_heading(text):
        slabs[-1].glued = True
        slabs[0].outline = (text, min(level_of(text), 2))
    return slabs


def line_slabs(
    lines: Iterable[Line], measure: Measure, style: TextStyle, align: Align
) -> list[Slab]:
    """Make one slab a line, aligned in the measure."""
    return [
        Slab(style.pitch, PlacedLine(line, _offset(line, number, measure, align), style))
        for number, line in enumerate(lines)
    ]


def _offset(line: Line, number: int, measure: Measure, align: Align) -> float:
    if align == "center":
        return (measure.width - line.width) / 2
    if align == "right":
        return measure.width - line.width
    return measure.indent(number)


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line that knows how far in it stands; called to be drawn."""

    line: Line
    offset: float
    style: TextStyle

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        pen.line(self.line, x + self.offset, y + self.style.baseline, self.style.size)


def keep_together(slabs: list[Slab]) -> None:
    """Forbid a lone first line at a page's foot and a lone last line at a page's head."""
    if len(slabs) > 1:
        slabs[0].glued = True
        slabs[-2].glued = True
