"""Reading printed papers back with a second library, in millimetres from the page's top left."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
import pypdfium2.raw

from village_app.papers.blocks import Paper
from village_app.papers.pdf import write_pdf

MM = 72 / 25.4


@dataclass(frozen=True)
class PrintedChar:
    """One character: where its origin stands and where its ink lies (mm)."""

    char: str
    x: float
    baseline: float
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PrintedLine:
    """Characters on one baseline, from left to right."""

    chars: tuple[PrintedChar, ...]

    @property
    def text(self) -> str:
        return "".join(char.char for char in self.chars)

    @property
    def baseline(self) -> float:
        return self.chars[0].baseline

    @property
    def left(self) -> float:
        """The origin of the first character."""
        return self.chars[0].x

    @property
    def right(self) -> float:
        """The right edge of the last character's ink."""
        return self.chars[-1].right


@dataclass(frozen=True)
class PrintedPage:
    """One page as it was printed."""

    width: float
    height: float
    lines: tuple[PrintedLine, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def line(self, text: str) -> PrintedLine:
        """Give the first line that holds a text."""
        return next(line for line in self.lines if text in line.text)


class Printed:
    """A PDF read back."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with pypdfium2.PdfDocument(data) as document:
            self.pages = tuple(_read(document[index]) for index in range(len(document)))
            self.metadata = dict(document.get_metadata_dict())
            self.outline = [(item.get_title(), item.level) for item in document.get_toc()]
            self.raw_text = "".join(
                document[index].get_textpage().get_text_range() for index in range(len(document))
            )

    @property
    def text(self) -> str:
        """All text without spaces and line ends."""
        return "".join(self.raw_text.split())


def _read(page: pypdfium2.PdfPage) -> PrintedPage:
    width, height = page.get_size()
    textpage = page.get_textpage()
    chars = [_char(textpage, index, height) for index in range(textpage.count_chars())]
    real = [char for char in chars if char is not None]
    real.sort(key=lambda char: (round(char.baseline, 1), char.x))
    lines = tuple(
        PrintedLine(tuple(group))
        for _, group in groupby(real, key=lambda char: round(char.baseline, 1))
    )
    return PrintedPage(width / MM, height / MM, lines)


def _char(textpage: pypdfium2.PdfTextPage, index: int, height: float) -> PrintedChar | None:
    char = textpage.get_text_range(index, 1)
    if not char.strip() or pypdfium2.raw.FPDFText_IsGenerated(textpage, index) == 1:
        return None
    x, y = ctypes.c_double(), ctypes.c_double()
    pypdfium2.raw.FPDFText_GetCharOrigin(textpage, index, x, y)
    left, bottom, right, top = textpage.get_charbox(index)
    return PrintedChar(
        char,
        x.value / MM,
        (height - y.value) / MM,
        left / MM,
        (height - top) / MM,
        right / MM,
        (height - bottom) / MM,
    )


def printed(paper: Paper) -> Printed:
    """Write a paper and read it back."""
    return Printed(write_pdf(paper).data)
