"""Printing a finished PDF: through the system's own queue where there is one, else as pictures.

A queue (CUPS) takes the PDF itself. Where there is none, where a printer's offset is to be made
up for, or where a reprint is marked beside the frozen paper, the pages are drawn by pdfium in
bands of 300 dots per inch, so that a page of A3 never needs more than a few MB.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from village_app.errors import EnvironmentProblem
from village_app.ui.theme import theme

DOTS_PER_INCH = 300
BAND = 512
_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72
_SECONDS = 60
_MARK_SIZE = 8


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What is printed: the PDF, copies, the printer, its offset in tenths of a mm, a mark.

    `mark` (重印…) stands above the type area and is no part of the PDF.
    """

    data: bytes
    title: str
    printer: str
    copies: int = 1
    offset: tuple[int, int] = (0, 0)
    mark: str = ""


class Printers(Protocol):
    """What pages ask of printers; tests answer without one."""

    def names(self) -> list[str]:
        """Give the printers of this PC, the usual one first."""
        ...

    def print_out(self, job: PrintJob) -> int:
        """Print, and give the number of pages; refuses in a sentence what cannot be printed."""
        ...


class SystemPrinters:
    """The printers of this PC."""

    def names(self) -> list[str]:
        usual = QPrinterInfo.defaultPrinterName()
        others = [name for name in QPrinterInfo.availablePrinterNames() if name != usual]
        return [usual, *others] if usual else others

    def print_out(self, job: PrintJob) -> int:
        plain = job.offset == (0, 0) and not job.mark
        queue = shutil.which("lp")
        if plain and queue is not None:
            return _through_queue(queue, job)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(job.printer)
        printer.setDocName(job.title)
        printer.setCopyCount(job.copies)
        return draw_out(job, printer)


def _through_queue(queue: str, job: PrintJob) -> int:
    with TemporaryDirectory(prefix="print-") as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(job.data)
        words = [queue, "-d", job.printer, "-n", str(job.copies), "-t", job.title, str(path)]
        try:
            done = subprocess.run(  # noqa: S603 - the words are ours, no shell reads them
                words, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise EnvironmentProblem(
                "printer_silent", "打印机一直没有回应，纸没有打出来。请看看打印机是否开着。"
            ) from error
    if done.returncode:
        raise EnvironmentProblem(
            "printer_refused", f"打印机“{job.printer}”没有收下这份纸。请看看打印机，再打一次。"
        )
    return count_pages(job.data)


def count_pages(data: bytes) -> int:
    """Count the pages of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def draw_out(job: PrintJob, printer: QPrinter) -> int:
    """Draw every page into a printer, band by band, each page on its own size of paper."""
    import pypdfium2

    printer.setResolution(DOTS_PER_INCH)
    printer.setFullPage(True)
    document = pypdfium2.PdfDocument(job.data)
    try:
        _set_page(printer, document[0].get_size())
        painter = QPainter()
        if not painter.begin(printer):
            raise EnvironmentProblem(
                "printer_refused", f"打印机“{job.printer}”打不开。请看看打印机，再打一次。"
            )
        for number in range(len(document)):
            if number:
                _set_page(printer, document[number].get_size())
                printer.newPage()
            _draw_page(painter, printer, document[number], job)
        painter.end()
        return len(document)
    finally:
        document.close()


def _set_page(printer: QPrinter, size: tuple[float, float]) -> None:
    width, height = size
    lies = width > height
    upright = QSizeF(min(size), max(size))
    page = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    way = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(page, way, QMarginsF(0, 0, 0, 0)))


def _draw_page(painter: QPainter, printer: QPrinter, page: object, job: PrintJob) -> None:
    """Draw one page in bands; pdfium is told how much of the page lies outside each band."""
    per_dot = printer.resolution() / DOTS_PER_INCH
    right, down = (tenths / 10 / _MM_PER_INCH * printer.resolution() for tenths in job.offset)
    scale = DOTS_PER_INCH / _POINTS_PER_INCH
    width, height = page.get_size()  # type: ignore[attr-defined]  # pdfium's page has no types
    dots = round(height * scale)
    for top in range(0, dots, BAND):
        bottom = min(top + BAND, dots)
        crop = (0, (dots - bottom) / scale, 0, top / scale)
        bitmap = page.render(scale=scale, crop=crop, rev_byteorder=True, prefer_bgrx=True)  # type: ignore[attr-defined]
        band = QImage(
            bytes(bitmap.buffer),
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGBX8888,
        )
        place = QRectF(
            right, down + top * per_dot, width * scale * per_dot, band.height() * per_dot
        )
        painter.drawImage(place, band)
    if job.mark:
        _draw_mark(painter, printer, width / _POINTS_PER_INCH * printer.resolution(), job.mark)


def _draw_mark(painter: QPainter, printer: QPrinter, width: float, mark: str) -> None:
    font = QFont(theme().font("body"))
    font.setPointSize(_MARK_SIZE)
    painter.setFont(font)
    edge = printer.resolution() * 10 / _MM_PER_INCH
    box = QRectF(edge, edge, width - 2 * edge, edge)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, mark)
