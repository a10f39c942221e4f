"""A paper's blocks as the body of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import zip_longest
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Emu

from village_app.domain.reporting import Report
from village_app.papers.blocks import (
    BarChart,
    Block,
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
from village_app.papers.chart_text import chart_lines
from village_app.papers.column_widths import width_of
from village_app.papers.document.markup import (
    NAMESPACES,
    CellShape,
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
from village_app.papers.document.styles import (
    BODY,
    CAPTION,
    CELL,
    HEADINGS,
    LETTERHEAD,
    NUMBER,
    SIGNATURE,
    TITLE,
    face_name,
)
from village_app.papers.document.tables import (
    captions_row,
    form_markup,
    sign_markup,
    spaced,
    table_markup,
)
from village_app.papers.headings import top_lines
from village_app.papers.pictures import Picture, clean_picture
from village_app.papers.typeset.layouts import MM, PageLayout

_STYLES = {"letterhead": LETTERHEAD, "number": NUMBER, "title": TITLE, "to": BODY}
_RED_LINE = '<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="E60012"/></w:pBdr>'
_EMU_OF_POINT = 12_700
_SEAL_ROOM = 45 * MM
_TALLEST_PHOTO = 90 * MM


class Body:
    """Writes the blocks of one paper behind what the document already holds."""

    def __init__(
        self, document: Document, paper: Paper, layout: PageLayout, report: Report
    ) -> None:
        self.document = document
        self.paper = paper
        self.layout = layout
        self.report = report
        self.writers: dict[type, Callable[[Any], Iterator[str]]] = {
            Heading: self._heading,
            Paragraph: self._paragraph,
            Table: self._table,
            FormGrid: self._form,
            Signature: self._signature,
            SignLines: self._sign_lines,
            PhotoGrid: self._photos,
            BarChart: self._chart,
            Spacer: self._spacer,
            PageBreak: self._page_break,
        }

    def write(self, *, with_letterhead: bool) -> None:
        """Write top lines and blocks; a base that is a letterhead brings its own mark."""
        for line in top_lines(self.paper):
            if line.part == "letterhead" and not with_letterhead:
                continue
            self._append(self._top_line(line.part, line.text))
        blocks = self.paper.blocks
        for block, following in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Paragraph) and isinstance(following, Signature):
                self._write_block(replace(block, keep_with_next=True))
            else:
                self._write_block(block)

    def _write_block(self, block: Block) -> None:
        for markup in self.writers[type(block)](block):
            self._append(markup)
        if isinstance(block, Table | FormGrid | SignLines):
            # Two tables in a row would grow together.
            self._append(spaced(6))

    def _append(self, markup: str) -> None:
        body = self.document.element.body
        if markup.startswith("<w:p>"):
            markup = markup.replace("<w:p>", f"<w:p {NAMESPACES}>", 1)
        body.insert_element_before(parse_xml(markup), "w:sectPr")

    def _top_line(self, part: str, text: str) -> str:
        properties = ""
        if part == "to":
            properties = '<w:keepNext/><w:ind w:firstLineChars="0" w:firstLine="0"/>'
        elif part == "number" and self.paper.letterhead:
            properties = _RED_LINE
        look = RunLook()
        if part == "letterhead":
            look = RunLook(size=min(48.0, self.layout.area_width / max(1, width_of(text) / 2)))
        return paragraph(_STYLES[part], run(text, look), properties)

    def _heading(self, block: Heading) -> Iterator[str]:
        yield paragraph(HEADINGS[min(block.level, 4)], run(block.text))

    def _paragraph(self, block: Paragraph) -> Iterator[str]:
        look = RunLook(face_name(block.face) if block.face else "", block.size)
        for line in block.text.split("\n"):
            yield paragraph(BODY, run(line, look), self._paragraph_properties(block))

    def _paragraph_properties(self, block: Paragraph) -> str:
        parts = ["<w:keepNext/>" if block.keep_with_next else ""]
        if block.size and block.size > self.layout.body.size:
            line = twips(block.size * 1.5)
            parts.append(f'<w:spacing w:line="{line}" w:lineRule="atLeast"/>')
        if block.indent != 2:
            chars = round(block.indent * 100)
            blank = ' w:firstLine="0"' if not chars else ""
            parts.append(f'<w:ind w:firstLineChars="{chars}"{blank}/>')
        if block.align != "justify":
            parts.append(aligned(block.align))
        return "".join(parts)

    def _table(self, block: Table) -> Iterator[str]:
        return table_markup(block, self.layout, self.report)

    def _form(self, block: FormGrid) -> Iterator[str]:
        yield form_markup(block, self.layout)

    def _sign_lines(self, block: SignLines) -> Iterator[str]:
        yield sign_markup(block, self.layout)

    def _signature(self, block: Signature) -> Iterator[str]:
        """Write the 落款 after GB/T 9704-2012 7.3.5, names centred over a date four in."""
        indent = 4.0 if block.seal else 2.0
        date_width = width_of(block.date) / 2
        widest = max((width_of(issuer) / 2 for issuer in block.issuers), default=0.0)
        date_in = indent if not block.seal else max(indent, (widest - date_width) / 2)
        for number, issuer in enumerate(block.issuers):
            over = date_in + (date_width - width_of(issuer) / 2) / 2
            right = max(0.0, over) if block.seal else indent
            yield self._signed(issuer, right, is_first=number == 0, seal=block.seal)
        last = date_in if block.seal else max(0.0, self._plain_date_in(block))
        properties = self._indented(last) + aligned("right")
        yield paragraph(SIGNATURE, run(block.date), '<w:keepNext w:val="0"/>' + properties)

    @staticmethod
    def _plain_date_in(block: Signature) -> float:
        """Let the date begin two characters behind the name's beginning, else stand two in."""
        if not block.issuers:
            return 2.0
        free = width_of(block.issuers[-1]) / 2 + 2.0 - 2.0 - width_of(block.date) / 2
        return free if free >= 0 else 2.0

    def _signed(self, issuer: str, right: float, *, is_first: bool, seal: bool) -> str:
        pitch = self.layout.body.pitch
        before = (_SEAL_ROOM / 2 if seal else pitch) if is_first else 0
        spacing = f'<w:spacing w:before="{twips(before)}"/>' if before else ""
        return paragraph(SIGNATURE, run(issuer), spacing + self._indented(right) + aligned("right"))

    def _indented(self, characters: float) -> str:
        return f'<w:ind w:right="{twips(characters * self.layout.body.size)}"/>'

    def _chart(self, block: BarChart) -> Iterator[str]:
        yield paragraph(CAPTION, run(block.title))
        for line in chart_lines(block):
            yield paragraph(CELL, run(line))

    def _spacer(self, block: Spacer) -> Iterator[str]:
        yield spaced(max(1.0, block.lines * self.layout.body.pitch))

    def _page_break(self, _: PageBreak) -> Iterator[str]:
        yield paragraph(BODY, '<w:r><w:br w:type="page"/></w:r>')

    def _photos(self, block: PhotoGrid) -> Iterator[str]:
        columns = max(1, block.columns)
        widths = shares_of(self.layout.area_width, (1.0,) * columns)
        rows = []
        for start in range(0, len(block.photos), columns):
            photos = block.photos[start : start + columns]
            pictures = [clean_picture(photo.data) for photo in photos]
            markup = [
                self._picture(picture, width / 20 - 8)
                for picture, width in zip(pictures, widths, strict=False)
            ]
            markup += [""] * (columns - len(photos))
            rows.append(
                row(
                    "".join(
                        cell(CellShape(width), paragraph(CELL, content, aligned("center")))
                        for width, content in zip(widths, markup, strict=True)
                    )
                )
            )
            captions = [photo.caption for photo in photos] + [""] * (columns - len(photos))
            rows.append(captions_row(captions, widths))
        yield table(widths, "".join(rows), framed=False)

    def _picture(self, picture: Picture, room: float) -> str:
        """Put a picture into the file and write the run that shows it."""
        from lxml import etree

        scale = min(room / picture.width, _TALLEST_PHOTO / picture.height)
        inline = self.document.part.new_pic_inline(
            BytesIO(picture.data),
            Emu(round(picture.width * scale * _EMU_OF_POINT)),
            Emu(round(picture.height * scale * _EMU_OF_POINT)),
        )
        return f"<w:r><w:drawing>{etree.tostring(inline, encoding='unicode')}</w:drawing></w:r>"
