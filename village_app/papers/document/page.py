"""The page of a document: size, margins, page numbers left and right, words at the foot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from village_app.papers.blocks import Paper
from village_app.papers.document.markup import (
    NAMESPACES,
    RunLook,
    aligned,
    field,
    paragraph,
    run,
    twips,
)
from village_app.papers.document.styles import FOOTER
from village_app.papers.typeset.layouts import MM, Margins, PageLayout

# GB/T 9704-2012 7.5: 4号 half-width 宋体 digits, 7 mm below the type area.
_NUMBER = RunLook("宋体", 14)
_BELOW = 7.0


def layout_on(document: Document, layout: PageLayout) -> PageLayout:
    """Give the layout with the page and margins that a letterhead has, where it says them."""
    section, own = document.sections[-1], layout.margins
    margins = Margins(
        _mm(section.top_margin, own.top),
        _mm(section.right_margin, own.right),
        _mm(section.bottom_margin, own.bottom),
        _mm(section.left_margin, own.left),
    )
    width, height = (
        _mm(section.page_width, layout.width),
        _mm(section.page_height, layout.height),
    )
    return replace(layout, width=width, height=height, margins=margins)


def _mm(length: Length | None, otherwise: float) -> float:
    return length.mm if length is not None else otherwise


def set_page(document: Document, layout: PageLayout) -> None:
    """Give every section the size and margins of the layout."""
    for section in document.sections:
        section.page_width, section.page_height = Mm(layout.width), Mm(layout.height)
        is_wide = layout.width > layout.height
        section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
        margins = layout.margins
        section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
        section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
        section.header_distance = Mm(max(8.0, margins.top - 20))
        number_height = _NUMBER.size or 14
        section.footer_distance = Mm(max(6.0, margins.bottom - _BELOW - number_height / MM))
        _lay_grid(section, layout)


def _lay_grid(section: Any, layout: PageLayout) -> None:
    """Lay the grid of lines under the text, as word processors know it."""
    properties = section._sectPr  # noqa: SLF001 - the library gives no other way to the grid
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    pitch = twips(layout.body.pitch)
    properties.append(parse_xml(f'<w:docGrid {NAMESPACES} w:type="lines" w:linePitch="{pitch}"/>'))


def set_feet(document: Document, paper: Paper, layout: PageLayout) -> None:
    """Write page numbers and the paper's words at the foot of odd and even pages."""
    has_sides = paper.page_numbers and layout.page_numbers == "dashes"
    document.settings.odd_and_even_pages_header_footer = has_sides
    section = document.sections[-1]
    _fill(section.footer, _foot(paper, layout, odd=True))
    if has_sides:
        _fill(section.even_page_footer, _foot(paper, layout, odd=False))
    if paper.draft:
        look = RunLook("黑体", 26, color="A6A6A6")
        draft = paragraph(FOOTER, run("草稿", look), aligned("center"))
        _fill(section.header, [draft])
        if has_sides:
            _fill(section.even_page_header, [draft])


def _foot(paper: Paper, layout: PageLayout, *, odd: bool) -> list[str]:
    lines = []
    if paper.page_numbers:
        lines.append(_page_number(layout, odd=odd))
    if paper.footer:
        lines.append(paragraph(FOOTER, run(paper.footer)))
    return lines


def _page_number(layout: PageLayout, *, odd: bool) -> str:
    """Write — 1 — one character in from the outer edge, or 第1页 共3页 in the middle."""
    if layout.page_numbers != "dashes":
        content = (
            run("第") + field("PAGE", "1") + run("页　共") + field("NUMPAGES", "1") + run("页")
        )
        return paragraph(FOOTER, content, aligned("center"))
    content = run("— ", _NUMBER) + field("PAGE", "1", _NUMBER) + run(" —", _NUMBER)
    side = "right" if odd else "left"
    indent = f'<w:ind w:{side}="{twips(Pt(_NUMBER.size or 14).pt)}"/>'
    return paragraph(FOOTER, content, indent + aligned("right" if odd else "left"))


def _fill(part: Any, paragraphs: list[str]) -> None:
    """Put paragraphs at the end of a foot or head; the first empty one there goes."""
    part.is_linked_to_previous = False
    element = part._element  # noqa: SLF001 - paragraphs are written as markup
    for existing in list(part.paragraphs):
        if not existing.text and len(existing.runs) == 0:
            element.remove(existing._p)  # noqa: SLF001
    for xml in paragraphs:
        element.append(parse_xml(xml.replace("<w:p>", f"<w:p {NAMESPACES}>", 1)))
    if not len(element):
        element.append(parse_xml(f"<w:p {NAMESPACES}/>"))
