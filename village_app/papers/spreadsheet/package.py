"""The file itself: parts zipped in memory, without a temporary file, a clock or a user's name.

The rows of a sheet are streamed into the archive as we wrote them, and everything around them
(styles, page set-up, merged cells, pictures, properties) comes from openpyxl. So no sheet ever
lies in plain text on the disk (reliability I06), and the same paper gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.core import DocumentProperties
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from village_app.papers.still_archive import UNDATED, StillArchive
from village_app.papers.xml_text import clean

PROGRAM = "共治通"
_NO_ROWS = (b"<sheetData></sheetData>", b"<sheetData/>", b"<sheetData />")
_CHUNK = 1 << 16


def pack(
    workbook: Workbook,
    rows: Mapping[str, Iterable[str]],
    ranges: Mapping[str, str],
    *,
    title: str,
    moment: datetime | None = None,
) -> bytes:
    """Give the bytes of the file: the workbook with `rows` (sheet title → row elements) inside.

    `ranges` holds the used range of each sheet; `moment` is written as the time of making.
    """
    made = (moment or UNDATED).astimezone(UTC)
    bare = made.replace(tzinfo=None, microsecond=0)
    workbook.properties = DocumentProperties(
        creator=PROGRAM,
        lastModifiedBy=PROGRAM,
        title=clean(title) or None,
        created=bare,
        modified=bare,
    )
    target = BytesIO()
    with StillArchive(target, made) as archive:
        Packer(workbook, archive, rows, ranges).write_data()
    return target.getvalue()


class Frame(WorksheetWriter):  # type: ignore[misc]  # the library is untyped
    """Writes a sheet without its rows."""

    def __init__(self, sheet: Worksheet, used: str) -> None:
        super().__init__(sheet, BytesIO())
        self._used = used

    def write_dimensions(self) -> None:
        self.xf.send(SheetDimension(self._used).to_tree())


class Packer(ExcelWriter):  # type: ignore[misc]  # the library is untyped
    """Writes each sheet as its frame with our rows inside, without the library's temporary file."""

    def __init__(
        self,
        workbook: Workbook,
        archive: StillArchive,
        rows: Mapping[str, Iterable[str]],
        ranges: Mapping[str, str],
    ) -> None:
        super().__init__(workbook, archive)
        self._rows = rows
        self._ranges = ranges

    def write_worksheet(self, ws: Worksheet) -> None:
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - as the overridden method does
        ws._drawing.charts = ws._charts  # noqa: SLF001
        ws._drawing.images = ws._images  # noqa: SLF001
        frame = Frame(ws, self._ranges[ws.title])
        frame.write()
        ws._rels = frame._rels  # noqa: SLF001
        self._stream(ws.path[1:], frame.read(), self._rows[ws.title])
        self.manifest.append(ws)

    def _stream(self, name: str, frame: bytes, rows: Iterable[str]) -> None:
        mark = next(mark for mark in _NO_ROWS if mark in frame)
        before, after = frame.split(mark, 1)
        with self._archive.open(self._archive.entry(name), "w") as entry:
            entry.write(before + b"<sheetData>")
            for piece in _pieces(rows):
                entry.write(piece)
            entry.write(b"</sheetData>" + after)


def _pieces(rows: Iterable[str]) -> Iterator[bytes]:
    waiting: list[str] = []
    size = 0
    for row in rows:
        waiting.append(row)
        size += len(row)
        if size > _CHUNK:
            yield "".join(waiting).encode()
            waiting.clear()
            size = 0
    yield "".join(waiting).encode()
