"""Running text as slabs: paragraphs with levels, hanging attachments lists, the addressee."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from village_app.papers.blocks import Align, Face, Paragraph
from village_app.papers.typeset.flow import Draw, Slab
from village_app.papers.typeset.layouts import PageLayout, TextStyle
from village_app.papers.typeset.lines import Measure, break_lines
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.setting import Line
from village_app.papers.typeset.strip import Strip
from village_app.papers.typeset.units import clean, units_of, units_of_spans

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
_ATTACHMENT_HEAD = re.compile(r"附件\s*\d{0,2}")
_ITEM = re.compile(r"\d{1,2}[.．、]\s*")
LONGEST_HEADING = 40
_DIGIT = re.compile(r"\d")
_BLANKS = " \u3000"


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


def attachments_end(block: object, *, before: bool) -> bool:
    """Tell whether numbered paragraphs after `block` go on with a list begun by 附件：."""
    if not isinstance(block, Paragraph):
        return False
    text = block.text.lstrip(_BLANKS)
    return bool(_ATTACHMENTS.match(text) or (before and _ITEM.match(text)))


def paragraph_slabs(
    block: Paragraph, layout: PageLayout, *, in_attachments: bool = False
) -> list[Slab]:
    """Set a paragraph; each newline in it begins a paragraph of its own.

    At least two lines stand at a page's foot and head; a heading keeps the next line with it.
    Names of attachments hang under themselves (GB/T 9704 7.3.4).
    """
    style = _style(block, layout)
    slabs: list[Slab] = []
    for part in clean(block.text).split("\n"):
        text = part.lstrip(_BLANKS) if block.indent else part
        labels = _attachment_labels(text, in_list=in_attachments) if block.indent else None
        if labels:
            in_attachments = True
            slabs += _attachment(text, labels, block.indent, layout, style)
        elif _ATTACHMENT_HEAD.fullmatch(text):
            head = replace(block, text="", indent=0, face="hei")
            slabs += _one_paragraph(text, head, layout, replace(style, role="hei"))
        else:
            slabs += _one_paragraph(text, block, layout, style)
    if slabs and block.keep_with_next:
        slabs[-1].glued = True
    return slabs


def _style(block: Paragraph, layout: PageLayout) -> TextStyle:
    body = layout.body
    if block.size is None:
        return replace(body, role=block.face or body.role)
    factor = block.size / body.size
    return replace(body.scaled(factor), role=block.face or body.role, char_space=0.0)


def _one_paragraph(text: str, block: Paragraph, layout: PageLayout, style: TextStyle) -> list[Slab]:
    indent = block.indent * style.em
    width = layout.area_width - (indent if block.align == "right" else 0.0)
    measure = Measure(
        width,
        style.size,
        style.char_space,
        first_indent=indent if block.align in {"justify", "left"} else 0.0,
        justify=block.align == "justify",
        role=style.role,
    )
    lines = break_lines(units_of_spans(spans_of(text, layout, block.face)), measure)
    slabs = line_slabs(lines, measure, style, block.align)
    keep_together(slabs)
    if is_heading(text):
        slabs[-1].glued = True
        slabs[0].outline = (text, min(level_of(text), 2))
    return slabs


def _attachment_labels(text: str, *, in_list: bool) -> tuple[str, str] | None:
    """Part 附件：1. name into (附件：, 1. ); later items give (blank, 2. ); None for other text."""
    head = _ATTACHMENTS.match(text)
    if not head and not in_list:
        return None
    start = head.end() if head else 0
    item = _ITEM.match(text, start)
    if head:
        return ("附件：", item.group() if item else "") if text[start:] else None
    return ("", item.group()) if item else None


def _attachment(
    text: str, labels: tuple[str, str], indent: float, layout: PageLayout, style: TextStyle
) -> list[Slab]:
    """Set one attachment's name; its later lines begin under the first character of the name."""
    word, number = labels
    name = _ATTACHMENTS.sub("", text, count=1)[len(number) :]
    label_left = (indent + (0 if word else len("附件："))) * style.em
    number_width = _advance(_DIGIT.sub("0", f"{number.rstrip()} "), style) if number else 0.0
    name_left = (indent + len("附件：")) * style.em + number_width
    measure = Measure(
        layout.area_width,
        style.size,
        style.char_space,
        first_indent=name_left,
        hanging_indent=name_left,
        role=style.role,
    )
    lines = break_lines(units_of(name, style.role), measure)
    slabs = line_slabs(lines, measure, style, "justify")
    label = break_lines(
        units_of(word + number.rstrip(), style.role), replace(measure, first_indent=0.0)
    )
    slabs[0].draw = _Together((PlacedLine(label[0], label_left, style), slabs[0].draw))
    keep_together(slabs)
    return slabs


def _advance(text: str, style: TextStyle) -> float:
    strip = Strip(units_of(text, style.role), style.char_space / style.size, flush_start=True)
    return strip.width(0, strip.count) * style.size


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


@dataclass(frozen=True, slots=True)
class _Together:
    """Several drawings at one place."""

    parts: tuple[Draw, ...]

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        for part in self.parts:
            part(pen, x, y)


def keep_together(slabs: list[Slab]) -> None:
    """Forbid a lone first line at a page's foot and a lone last line at a page's head."""
    if len(slabs) > 1:
        slabs[0].glued = True
        slabs[-2].glued = True
