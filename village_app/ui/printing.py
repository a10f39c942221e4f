"""Printing a finished PDF: through the system's own queue where there is one, else as pictures.

A queue (CUPS) takes the PDF itself. Where there is none, where a printer's offset is to be made
up for, or where a reprint is marked beside the frozen paper, the pages are drawn by pdfium in
bands of 300 dots per inch, so that a page of A3 never needs more than a few MB.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from village_app.errors import EnvironmentProblem
from village_app.ui.pdfium import ONE_AT_A_TIME
from village_app.ui.theme import theme

DOTS_PER_INCH = 300
BAND = 512
_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72
_SECONDS = 60
_MARK_SIZE = 8
# The longer side of the sheets that papers are set on, in mm.
_SHEETS = {"A4": 297.0, "A3": 420.0, "A2": 594.0}


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
        words = [queue, "-d", job.printer, "-n", str(job.copies), "-t", job.title]
        words += ["-o", f"media={_medium(job.data)}", "-o", "print-scaling=none", str(path)]
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


def _medium(data: bytes) -> str:
    """Name the size of a paper's sheets as queues call it; type is never scaled to a sheet."""
    with _opened(data) as document:
        longer = max(document[0].get_size()) / _POINTS_PER_INCH * _MM_PER_INCH
    return min(_SHEETS, key=lambda name: abs(_SHEETS[name] - longer))


def count_pages(data: bytes) -> int:
    """Count the pages of a PDF."""
    with _opened(data) as document:
        return len(document)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2

    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


def draw_out(job: PrintJob, printer: QPrinter) -> int:
    """Draw every page into a printer, band by band, each page on its own size of paper."""
    printer.setResolution(DOTS_PER_INCH)
    printer.setFullPage(True)
    sizes = _sizes(job.data)
    _set_page(printer, sizes[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise EnvironmentProblem(
            "printer_refused", f"打印机“{job.printer}”打不开。请看看打印机，再打一次。"
        )
    for number, size in enumerate(sizes):
        if number:
            _set_page(printer, size)
            printer.newPage()
        _draw_page(painter, printer, number, size, job)
    painter.end()
    return len(sizes)


def _sizes(data: bytes) -> list[tuple[float, float]]:
    with _opened(data) as document:
        return [document[number].get_size() for number in range(len(document))]


def _set_page(printer: QPrinter, size: tuple[float, float]) -> None:
    width, height = size
    lies = width > height
    upright = QSizeF(min(size), max(size))
    page = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    way = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(page, way, QMarginsF(0, 0, 0, 0)))


def _draw_page(
    painter: QPainter, printer: QPrinter, number: int, size: tuple[float, float], job: PrintJob
) -> None:
    """Draw one page in bands; pdfium is told how much of the page lies outside each band.

    Between two bands the window may draw its preview.
    """
    per_dot = printer.resolution() / DOTS_PER_INCH
    right, down = (tenths / 10 / _MM_PER_INCH * printer.resolution() for tenths in job.offset)
    scale = DOTS_PER_INCH / _POINTS_PER_INCH
    width, height = size
    dots = round(height * scale)
    for top in range(0, dots, BAND):
        bottom = min(top + BAND, dots)
        crop = (0, (dots - bottom) / scale, 0, top / scale)
        band = _band(job.data, number, scale, crop)
        place = QRectF(
            right, down + top * per_dot, width * scale * per_dot, band.height() * per_dot
        )
        painter.drawImage(place, band)
    if job.mark:
        _draw_mark(painter, printer, width / _POINTS_PER_INCH * printer.resolution(), job.mark)


def _band(
    data: bytes, number: int, scale: float, crop: tuple[float, float, float, float]
) -> QImage:
    with _opened(data) as document:
        bitmap = document[number].render(
            scale=scale, crop=crop, rev_byteorder=True, prefer_bgrx=True
        )
        return QImage(
            bytes(bitmap.buffer),
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGBX8888,
        ).copy()


def _draw_mark(painter: QPainter, printer: QPrinter, width: float, mark: str) -> None:
    font = QFont(theme().font("body"))
    font.setPointSize(_MARK_SIZE)
    painter.setFont(font)
    edge = printer.resolution() * 10 / _MM_PER_INCH
    box = QRectF(edge, edge, width - 2 * edge, edge)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, mark)
