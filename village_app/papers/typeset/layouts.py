"""The layouts: what a page of each kind looks like, as plain figures.

Margins and the type area are in millimetres, type is in points. The official page follows
GB/T 9704-2012: A4, 37/28/26/35 mm, 22 lines of 28 characters, 3号仿宋, title 2号小标宋.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from village_app.papers.blocks import Face, Layout, Paper

MM = 72 / 25.4
PAPER_SIZES: dict[str, tuple[float, float]] = {"A4": (210, 297), "A3": (297, 420), "A2": (420, 594)}
EM_TOP = 0.88
OFFICIAL_LINES = 22
_LEAST_ABOVE = 0.12
OFFICIAL_CHARACTERS = 28

PageNumbers = Literal["dashes", "of_all"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How running text is set: face, size, line pitch and character space (points)."""

    role: Face
    size: float
    pitch: float
    char_space: float = 0.0

    @property
    def baseline(self) -> float:
        """Give the distance from a line's top to its baseline (em box 880 / −120)."""
        return (self.pitch - self.size) / 2 + EM_TOP * self.size

    @property
    def em(self) -> float:
        """Give the advance of one Chinese character."""
        return self.size + self.char_space

    def scaled(self, factor: float) -> TextStyle:
        """Give the same style at another size."""
        return TextStyle(
            self.role, self.size * factor, self.pitch * factor, self.char_space * factor
        )


@dataclass(frozen=True, slots=True)
class TableStyle:
    """How tables are set: cells, heads, least row height and padding (points).

    `padding` is white at both sides of a cell's text, `above` over and under it.
    """

    cell: TextStyle
    head: TextStyle
    row_height: float
    padding: float
    above: float
    smallest: float

    def scaled(self, factor: float) -> TableStyle:
        """Give the same style at another size; the smallest readable size stays."""
        return TableStyle(
            self.cell.scaled(factor),
            self.head.scaled(factor),
            self.row_height * factor,
            self.padding * factor,
            self.above * factor,
            self.smallest,
        )

    def closer(self, factor: float) -> TableStyle:
        """Give the same style with lower rows; type and widths stay."""
        height = self.row_height * factor
        white = (height - self.cell.pitch) / 2
        least = _LEAST_ABOVE * self.cell.size
        return replace(self, row_height=height, above=max(least, min(self.above, white)))


@dataclass(frozen=True, slots=True)
class Margins:
    """The white edges of a page in mm."""

    top: float
    right: float
    bottom: float
    left: float

    def turned(self) -> Margins:
        """Turn the page by a quarter: the binding edge becomes the top."""
        return Margins(self.left, self.top, self.right, self.bottom)

    def less(self, millimetres: float) -> Margins:
        """Make every edge narrower."""
        return Margins(
            self.top - millimetres,
            self.right - millimetres,
            self.bottom - millimetres,
            self.left - millimetres,
        )


@dataclass(frozen=True, slots=True)
class PageLayout:
    """One kind of page, ready to be filled.

    `levels` are the faces of headings 一、 （一） 1. （1）; `smallest` is the least body size in
    points that people can still read at the distance this paper is read from.
    """

    width: float
    height: float
    margins: Margins
    body: TextStyle
    title: TextStyle
    number: TextStyle
    small: TextStyle
    table: TableStyle
    levels: tuple[Face, Face, Face, Face]
    page_numbers: PageNumbers
    smallest: float
    fills_page: bool = False

    @property
    def area_width(self) -> float:
        """Give the width of the type area in points."""
        return (self.width - self.margins.left - self.margins.right) * MM

    @property
    def area_height(self) -> float:
        """Give the height of the type area in points."""
        return (self.height - self.margins.top - self.margins.bottom) * MM

    def scaled(self, factor: float) -> PageLayout:
        """Give the same page with larger or smaller type."""
        return replace(
            self,
            body=self.body.scaled(factor),
            title=self.title.scaled(factor),
            number=self.number.scaled(factor),
            small=self.small.scaled(factor),
            table=self.table.scaled(factor),
        )

    def with_pitch(self, factor: float) -> PageLayout:
        """Give the same page with the body's lines closer together."""
        return replace(self, body=replace(self.body, pitch=self.body.pitch * factor))

    def with_rows(self, factor: float) -> PageLayout:
        """Give the same page with lower rows in tables."""
        return replace(self, table=self.table.closer(factor))

    def with_margins(self, margins: Margins) -> PageLayout:
        """Give the same page with other white edges."""
        return replace(self, margins=margins)


_OFFICIAL_MARGINS = Margins(37, 26, 35, 28)
_OFFICIAL_PITCH = 225 * MM / OFFICIAL_LINES
_OFFICIAL_SPACE = 156 * MM / OFFICIAL_CHARACTERS - 16
_LEVELS: tuple[Face, Face, Face, Face] = ("hei", "kai", "fangsong", "fangsong")
_SMALL = TextStyle("song", 9, 12)


def _table(size: float, row_height: float, smallest: float) -> TableStyle:
    return TableStyle(
        cell=TextStyle("song", size, size * 1.3),
        head=TextStyle("hei", size, size * 1.3),
        row_height=row_height * MM,
        padding=size * 0.35,
        above=size * 0.35,
        smallest=smallest,
    )


_OFFICIAL = PageLayout(
    width=210,
    height=297,
    margins=_OFFICIAL_MARGINS,
    body=TextStyle("fangsong", 16, _OFFICIAL_PITCH, _OFFICIAL_SPACE),
    title=TextStyle("title", 22, 34),
    number=TextStyle("fangsong", 16, _OFFICIAL_PITCH),
    small=_SMALL,
    table=_table(12, 8.5, 9),
    levels=_LEVELS,
    page_numbers="dashes",
    smallest=14,
)
_TABLE = replace(
    _OFFICIAL,
    margins=Margins(22, 20, 22, 20),
    body=TextStyle("fangsong", 12, 19),
    title=TextStyle("title", 20, 30),
    number=TextStyle("fangsong", 12, 18),
    table=_table(10.5, 7.5, 9),
    page_numbers="of_all",
    smallest=10.5,
)
LAYOUTS: dict[Layout, PageLayout] = {
    "official": _OFFICIAL,
    "notice": replace(_OFFICIAL, number=TextStyle("kai", 14, 24)),
    "letter": replace(_OFFICIAL, number=TextStyle("kai", 14, 24)),
    "table": _TABLE,
    "list": replace(_TABLE, table=_table(10.5, 7, 9)),
    "form": replace(
        _TABLE,
        margins=Margins(25, 20, 22, 25),
        body=TextStyle("fangsong", 14, 24),
        title=TextStyle("title", 22, 34),
        table=_table(12, 9, 9),
    ),
    "poster": PageLayout(
        width=297,
        height=420,
        margins=Margins(30, 30, 30, 30),
        body=TextStyle("fangsong", 26, 45),
        title=TextStyle("title", 48, 70),
        number=TextStyle("kai", 22, 36),
        small=TextStyle("song", 12, 16),
        table=_table(18, 13, 14),
        levels=_LEVELS,
        page_numbers="dashes",
        smallest=20,
        fills_page=True,
    ),
}


def layout_for(paper: Paper) -> PageLayout:
    """Choose and turn the layout of a paper; other paper sizes enlarge the type with the page."""
    layout = LAYOUTS[paper.layout]
    size = "A3" if paper.layout == "poster" and paper.paper_size == "A4" else paper.paper_size
    width, height = PAPER_SIZES[size]
    factor = width / layout.width
    if paper.layout in {"table", "list", "form"}:
        factor = factor**0.5  # a bigger sheet is taken for more columns, not for bigger type
    if factor != 1:
        layout = replace(layout.scaled(factor), width=width, height=height)
    if paper.landscape:
        layout = replace(layout, width=height, height=width, margins=layout.margins.turned())
    return layout
