"""Pictures side by side on a sheet, each over its caption, without what the camera wrote."""

from __future__ import annotations

from io import BytesIO

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import pixels_to_EMU

from village_app.papers.blocks import Photo, PhotoGrid
from village_app.papers.pictures import Picture, clean_picture
from village_app.papers.spreadsheet.cells import BLANK, Body, Remarks, text_body
from village_app.papers.spreadsheet.measure import lines_needed, row_height
from village_app.papers.spreadsheet.sheet import SheetRows
from village_app.papers.spreadsheet.styles import KAI, Look, Styles

# A digit of the ordinary 11 pt face is 7 dots wide, and a dot is three quarters of a point.
_DOTS_OF_WIDTH = 7
_POINTS_OF_DOT = 0.75
_GAP = 8
_HIGHEST_DOTS = 480
_SIZE = 11.0


def add_photos(content: SheetRows, grid: PhotoGrid, styles: Styles, remarks: Remarks) -> None:
    """Add the pictures line by line; each is fitted into its share of the width."""
    across = min(grid.columns, content.columns)
    for start in range(0, len(grid.photos), across):
        _add_line(content, grid.photos[start : start + across], across, styles, remarks)


def _add_line(
    content: SheetRows, photos: tuple[Photo, ...], across: int, styles: Styles, remarks: Remarks
) -> None:
    bounds = [round(number * content.columns / across) for number in range(across + 1)]
    pictures = [clean_picture(photo.data) for photo in photos]
    row = content.next_row
    highest = 0.0
    for number, picture in enumerate(pictures):
        room = sum(content.widths[bounds[number] : bounds[number + 1]]) * _DOTS_OF_WIDTH - _GAP
        width, height = _fitted(picture, room)
        highest = max(highest, height)
        content.pictures.append(_anchored(picture, bounds[number], row, width, height))
    plain = styles.number(Look())
    content.add((BLANK,), (plain,), highest * _POINTS_OF_DOT + _GAP)
    _add_captions(content, photos, bounds, styles, remarks)


def _fitted(picture: Picture, room: float) -> tuple[float, float]:
    scale = min(room / picture.width, _HIGHEST_DOTS / picture.height)
    return picture.width * scale, picture.height * scale


def _anchored(picture: Picture, column: int, row: int, width: float, height: float) -> Image:
    image = Image(BytesIO(picture.data))
    marker = AnchorMarker(
        col=column, row=row - 1, colOff=pixels_to_EMU(_GAP // 2), rowOff=pixels_to_EMU(_GAP // 2)
    )
    size = XDRPositiveSize2D(pixels_to_EMU(width), pixels_to_EMU(height))
    image.anchor = OneCellAnchor(_from=marker, ext=size)
    return image


def _add_captions(
    content: SheetRows,
    photos: tuple[Photo, ...],
    bounds: list[int],
    styles: Styles,
    remarks: Remarks,
) -> None:
    row = content.next_row
    bodies: list[Body] = [BLANK] * content.columns
    lines = 1
    for number, photo in enumerate(photos):
        bodies[bounds[number]] = text_body(photo.caption, remarks)
        width = sum(content.widths[bounds[number] : bounds[number + 1]])
        lines = max(lines, lines_needed(photo.caption, width, _SIZE))
        content.merge(row, bounds[number], row, bounds[number + 1] - 1)
    style = styles.number(Look(KAI, _SIZE, horizontal="center"))
    content.add(bodies, (style,) * content.columns, row_height(lines, _SIZE))
