"""Photos in columns, upright and of printable resolution, each with its caption."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from village_app.papers.blocks import Photo, PhotoGrid
from village_app.papers.pictures import clean_picture
from village_app.papers.typeset.cells import CellSetter
from village_app.papers.typeset.flow import Slab
from village_app.papers.typeset.layouts import PageLayout, TextStyle
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.setting import Line

DOTS_PER_POINT = 200 / 72
_TALLEST = 1.25


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture ready to be drawn: jpeg bytes and its size on paper (points)."""

    data: bytes
    width: float
    height: float
    caption: tuple[Line, ...]


def photo_slabs(grid: PhotoGrid, layout: PageLayout) -> Iterator[Slab]:
    """Set photos row by row; a row is never parted from its captions."""
    columns = max(1, grid.columns)
    gap = layout.table.cell.size
    width = (layout.area_width - gap * (columns - 1)) / columns
    style = TextStyle(layout.body.role, layout.table.cell.size, layout.table.cell.size * 1.4)
    setter = CellSetter(style)
    tallest = min(width * _TALLEST, layout.area_height * 0.8)
    for first in range(0, len(grid.photos), columns):
        photos = grid.photos[first : first + columns]
        row = [_picture(photo, width, tallest, setter) for photo in photos]
        height = max(picture.height for picture in row)
        captions = max(len(picture.caption) for picture in row)
        total = height + captions * style.pitch + gap
        yield Slab(total, _PhotoRow(row, width, gap, height, style), before=gap * 0.5)


def _picture(photo: Photo, width: float, tallest: float, setter: CellSetter) -> _Picture:
    clean = clean_picture(photo.data, round(max(width, tallest) * DOTS_PER_POINT))
    scale = min(width / clean.width, tallest / clean.height)
    caption = tuple(setter.lines(photo.caption, width)) if photo.caption else ()
    return _Picture(clean.data, clean.width * scale, clean.height * scale, caption)


class _PhotoRow:
    """One row of photos with captions; called to be drawn."""

    def __init__(
        self,
        row: Sequence[_Picture],
        column: float,
        gap: float,
        height: float,
        style: TextStyle,
    ) -> None:
        self._row = row
        self._column = column
        self._gap = gap
        self._height = height
        self._style = style

    def __call__(self, pen: Pen, x: float, y: float) -> None:
        for place, picture in enumerate(self._row):
            left = x + place * (self._column + self._gap)
            inset = (self._column - picture.width) / 2
            top = y + self._height - picture.height
            pen.picture(picture.data, left + inset, top, picture.width, picture.height)
            for number, line in enumerate(picture.caption):
                baseline = y + self._height + number * self._style.pitch + self._style.baseline
                middle = left + (self._column - line.width) / 2
                pen.line(line, middle, baseline, self._style.size)
