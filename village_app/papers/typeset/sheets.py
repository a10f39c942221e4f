"""The pages of one PDF being written, or only being counted."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any

from village_app.domain.reporting import Report
from village_app.papers.typeset.archival import LANGUAGE, About, add_archival_marks
from village_app.papers.typeset.faces import INITIAL_FONT, font
from village_app.papers.typeset.furniture import Furniture
from village_app.papers.typeset.layouts import MM, PageLayout
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.reportlab_patches import patch_reportlab


class CountedSheets:
    """Counts pages without drawing them."""

    def begin_page(self) -> Pen | None:
        return None

    def end_page(self) -> None:
        """Nothing is drawn, nothing is kept."""

    def add_outline(self, title: str, level: int, y: float) -> None:
        """Contents are of no interest while counting."""


def new_canvas(buffer: BytesIO, width: float, height: float) -> Any:
    """Make a canvas for pages of the given size (points) that always writes the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    patch_reportlab()
    font(INITIAL_FONT)
    return Canvas(
        buffer,
        pagesize=(width, height),
        invariant=True,
        pdfVersion=(1, 4),
        lang=LANGUAGE,
        initialFontName=INITIAL_FONT,
    )


def finished(canvas: Any, about: About) -> bytes:
    """Write what the file says of itself, nothing about machine or user; give its bytes."""
    canvas.setTitle(about.title)
    canvas.setAuthor(about.author)
    canvas.setSubject(about.subject)
    canvas.setCreator(about.program)
    canvas.setProducer(about.program)
    canvas.setKeywords("")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    add_archival_marks(canvas, about)
    return bytes(canvas._doc.GetPDFData(canvas))  # noqa: SLF001 - `getpdfdata` adds a page


class DrawnSheets:
    """Draws pages into a PDF; each page's content is packed as soon as the page is full."""

    def __init__(self, layout: PageLayout, furniture: Furniture, report: Report) -> None:
        self._layout = layout
        self._furniture = furniture
        self._report = report
        self.canvas = new_canvas(BytesIO(), layout.width * MM, layout.height * MM)
        self.pen = Pen(self.canvas)
        self._outline_depth = -1
        self._outline_count = 0

    def begin_page(self) -> Pen | None:
        self.pen.begin_page(self._layout.height * MM)
        self._furniture.draw_under(self.pen)
        return self.pen

    def end_page(self) -> None:
        if not self._furniture.needs_total:
            self._furniture.draw_over(self.pen, len(self._pages()) + 1, 0)
        self.canvas.showPage()
        page = self._pages()[-1]
        page.Contents = self._packed(page.stream)
        page.stream = None
        self._report(len(self._pages()), 0, "正在排版")

    def add_outline(self, title: str, level: int, y: float) -> None:
        """Add an entry to the file's contents; levels never jump by more than one."""
        level = min(level, self._outline_depth + 1)
        self._outline_depth = level
        self._outline_count += 1
        key = f"h{self._outline_count}"
        self.canvas.bookmarkHorizontalAbsolute(key, self._layout.height * MM - y)
        self.canvas.addOutlineEntry(title, key, level)

    def finish(self, about: About) -> bytes:
        """Add what depends on the number of pages, the file's title and its fonts."""
        if self._furniture.needs_total:
            self._draw_totals()
        return finished(self.canvas, about)

    def _draw_totals(self) -> None:
        from reportlab.pdfbase.pdfdoc import PDFArray

        pages = self._pages()
        document = self.canvas._doc  # noqa: SLF001 - a page's later stream has no other way in
        for number, page in enumerate(pages, start=1):
            self.pen.begin_page(self._layout.height * MM)
            self._furniture.draw_over(self.pen, number, len(pages))
            over = self._packed("\n".join(self.canvas._code))  # noqa: SLF001
            del self.canvas._code[:]  # noqa: SLF001
            page.Contents = PDFArray([document.Reference(page.Contents), document.Reference(over)])

    def _pages(self) -> list[Any]:
        pages: list[Any] = self.canvas._doc.Pages.pages  # noqa: SLF001
        return pages

    def _packed(self, content: str) -> Any:
        """Pack content operators; the graphics state is closed in, so that streams can follow."""
        from reportlab.pdfbase.pdfdoc import PDFName, PDFStream

        stream = PDFStream(content=zlib.compress(f"q\n{content}\nQ\n".encode("latin-1")))
        stream.dictionary["Filter"] = PDFName("FlateDecode")
        return stream
