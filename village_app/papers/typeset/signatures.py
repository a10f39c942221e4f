"""The 落款: who issues and when, with clear room for the seals, after GB/T 9704-2012 7.3.5.

A seal is never drawn. What is kept free is a square of 45 mm a seal, upright over name and date,
its upper edge less than one line below the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from village_app.papers.blocks import Signature, SignLines
from village_app.papers.typeset.flow import COMPANY, Slab
from village_app.papers.typeset.forms import sign_slabs
from village_app.papers.typeset.layouts import MM, PageLayout, TextStyle
from village_app.papers.typeset.lines import Measure, break_lines
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.setting import Line
from village_app.papers.typeset.titles import title_lines
from village_app.papers.typeset.units import clean, units_of

SEAL_ROOM = 45 * MM
SEALS_A_ROW = 3
_SEAL_BELOW_TEXT = 0.8
_SEAL_BESIDE = 2 * MM
_DATE_INDENT_SEALED = 4
_INDENT_PLAIN = 2


@dataclass(frozen=True, slots=True)
class _Placed:
    """Lines with their left edge and top, in points from the slab's corner."""

    style: TextStyle
    lines: tuple[tuple[Line, float, float], ...]

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        for line, left, top in self.lines:
            pen.line(line, x + left, y + top + self.style.baseline, self.style.size)


def signature_slab(block: Signature, layout: PageLayout) -> Slab:
    """Set a signature; at least two lines of text stand on the page with it."""
    style = layout.body
    width = layout.area_width
    if not block.seal:
        lines = tuple(_plain(block, style, width))
        height = max((top for _, _, top in lines), default=0.0) + style.pitch
    elif len(block.issuers) <= 1:
        lines = tuple(_sealed(block, style, width))
        height = _head_room(style) + style.pitch + SEAL_ROOM / 2
    else:
        rows = -(-len(block.issuers) // SEALS_A_ROW)
        lines = tuple(_side_by_side(block, style, width))
        height = rows * (SEAL_ROOM + _gap(style))
    return Slab(height, _Placed(style, lines), company=COMPANY)


def signed_and_sealed(signs: SignLines, block: Signature, layout: PageLayout) -> list[Slab]:
    """Set places to sign at the left and the signature with its seal's square at the right.

    So have the sheets of accounts it: 制表, 审核 and the chief's names under the table, the seal
    beside them. One under the other where they do not go side by side.
    """
    one_under_another = [*sign_slabs(signs, layout), signature_slab(block, layout)]
    if not block.seal or len(block.issuers) != 1:
        return one_under_another
    style, width = layout.body, layout.area_width
    lift = _gap(style) - _SEAL_BESIDE
    lines = tuple((line, left, top - lift) for line, left, top in _sealed(block, style, width))
    middle = next(left + line.width / 2 for line, left, _ in reversed(lines))
    text_left = min(left for _, left, _ in lines)
    room = min(middle - SEAL_ROOM / 2, text_left) - 2 * style.size
    rows = list(sign_slabs(signs, layout, room)) if room > 0 else []
    height = SEAL_ROOM + _SEAL_BESIDE
    if not rows or min(top for _, _, top in lines) < 0 or sum(r.height for r in rows) > height:
        return one_under_another
    draw = _SideBySide(tuple(rows), _Placed(style, lines))
    return [Slab(height, draw, company=COMPANY)]


@dataclass(frozen=True, slots=True)
class _SideBySide:
    """Rows of places to sign, and the signature at their right; called to be drawn."""

    rows: tuple[Slab, ...]
    signature: _Placed

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        top = y
        for row in self.rows:
            row.draw(pen, x, top)
            top += row.height
        self.signature(pen, x, y)


def _gap(style: TextStyle) -> float:
    return _SEAL_BELOW_TEXT * style.pitch


def _head_room(style: TextStyle) -> float:
    """Give the white over the name, so that the seal's centre lies between name and date."""
    return SEAL_ROOM / 2 + _gap(style) - style.pitch


def _set(text: str, style: TextStyle, width: float) -> list[Line]:
    measure = Measure(width, style.size, style.char_space, justify=False, role=style.role)
    return break_lines(units_of(clean(text).replace("\n", ""), style.role), measure)


def _sealed(
    block: Signature, style: TextStyle, width: float
) -> Iterator[tuple[Line, float, float]]:
    """Date four characters in, the name centred over it, neither leaving the type area."""
    top = _head_room(style)
    date = _set(block.date, style, width)[0]
    right = width - _DATE_INDENT_SEALED * style.em
    centre = right - date.width / 2
    for issuer in block.issuers:
        names = title_lines(issuer, style, width)
        widest = max(line.width for line in names)
        centre = max(min(centre, width - widest / 2), widest / 2)
        for number, line in enumerate(names):
            lift = (len(names) - 1 - number) * style.pitch
            yield line, centre - line.width / 2, top - lift
    yield date, centre - date.width / 2, top + style.pitch


def _plain(block: Signature, style: TextStyle, width: float) -> Iterator[tuple[Line, float, float]]:
    """One blank line, names two characters in, the date two characters right of the name."""
    date = _set(block.date, style, width)[0]
    names = [line for issuer in block.issuers for line in title_lines(issuer, style, width)]
    em = style.em
    widest = max((line.width for line in names), default=0.0)
    left = width - _INDENT_PLAIN * em - widest
    date_left = left + 2 * em if names else width - _INDENT_PLAIN * em - date.width
    overrun = date_left + date.width - (width - _INDENT_PLAIN * em)
    if overrun > 0 and date.width > widest:
        left, date_left = left - overrun, date_left - overrun
    date_left = min(date_left, width - date.width)
    for number, line in enumerate(names):
        yield line, max(left, 0.0), (number + 1) * style.pitch
    yield date, date_left, (len(names) + 1) * style.pitch


def _side_by_side(
    block: Signature, style: TextStyle, width: float
) -> Iterator[tuple[Line, float, float]]:
    """Several issuers in rows of up to three, one seal each, the date under the last."""
    issuers = block.issuers
    for first in range(0, len(issuers), SEALS_A_ROW):
        row = issuers[first : first + SEALS_A_ROW]
        top = first // SEALS_A_ROW * (SEAL_ROOM + _gap(style))
        middle = top + _gap(style) + SEAL_ROOM / 2
        column = width / len(row)
        for place, issuer in enumerate(row):
            names = title_lines(issuer, style, column - style.em)
            centre = column * (place + 0.5)
            for number, line in enumerate(names):
                lift = (len(names) - number) * style.pitch
                yield line, centre - line.width / 2, middle - lift
            if issuer is issuers[-1]:
                date = _set(block.date, style, width)[0]
                yield date, min(centre - date.width / 2, width - date.width), middle
