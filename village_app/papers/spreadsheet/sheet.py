"""One printed sheet: rows as they will stand in the file, merged cells, repeated head, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from openpyxl.drawing.image import Image
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from village_app.papers.spreadsheet.cells import BLANK, Body, writable
from village_app.papers.spreadsheet.measure import HIGHEST_ROW

# 20 mm in the file format's inches.
_MARGIN = 0.79
# Numbers of the paper sizes in the file format.
_PAPER_SIZES = {"A4": 9, "A3": 8, "A2": 66}
# More frozen height than this would leave a small screen no room to scroll.
_MOST_FROZEN_POINTS = 220


@dataclass(slots=True)
class SheetRows:
    """Rows of one sheet under way; columns count from 0, rows as the spreadsheet shows them."""

    widths: tuple[float, ...]
    rows: list[str] = field(default_factory=list)
    merges: list[CellRange] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    pictures: list[Image] = field(default_factory=list)
    head: tuple[int, int] | None = None
    height_above_table: float = 0.0
    height: float = 0.0
    letters: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.letters = tuple(get_column_letter(index + 1) for index in range(len(self.widths)))

    @property
    def columns(self) -> int:
        return len(self.widths)

    @property
    def next_row(self) -> int:
        return len(self.rows) + 1

    @property
    def width(self) -> float:
        return sum(self.widths)

    def add(self, bodies: Sequence[Body], styles: Sequence[int], height: float) -> None:
        """Add a row whose cells stand from the first column on."""
        number = self.next_row
        cells = "".join(
            [
                f'<c r="{letter}{number}" s="{style}"{body}'
                for letter, style, body in zip(self.letters, styles, bodies, strict=False)
            ]
        )
        height = min(height, HIGHEST_ROW)
        self.height += height
        self.rows.append(f'<row r="{number}" ht="{height:g}" customHeight="1">{cells}</row>')

    def add_across(self, body: Body, style: int, height: float) -> None:
        """Add a text over the whole width, over several merged rows where one is not enough."""
        first = self.next_row
        count = max(1, -int(-height // HIGHEST_ROW))
        styles = (style,) * self.columns
        for index in range(count):
            bodies = (body if index == 0 else BLANK,) + (BLANK,) * (self.columns - 1)
            self.add(bodies, styles, height / count)
        self.merge(first, 0, first + count - 1, self.columns - 1)

    def merge(self, first_row: int, first: int, last_row: int, last: int) -> None:
        """Merge a rectangle; a single cell needs no merging."""
        if (first_row, first) != (last_row, last):
            self.merges.append(
                CellRange(min_row=first_row, min_col=first + 1, max_row=last_row, max_col=last + 1)
            )

    def head_rows(self, first: int, last: int, height_before: float) -> None:
        """Name the rows that repeat on every page; the first table of the sheet has them."""
        if self.head is None:
            self.head = (first, last)
            self.height_above_table = height_before

    def break_page(self) -> None:
        """Let what follows start on a new page, once there is something before it."""
        if self.rows and len(self.rows) not in self.breaks:
            self.breaks.append(len(self.rows))


@dataclass(frozen=True, slots=True)
class PageSetup:
    """How every sheet of a paper is printed; the texts of head and foot are plain."""

    paper_size: str = "A4"
    landscape: bool = False
    page_numbers: bool = True
    footer: str = ""
    header: str = ""


def lay_sheet(
    workbook: Workbook,
    title: str,
    content: SheetRows,
    setup: PageSetup,
    *,
    last_row: int | None = None,
) -> str:
    """Make the worksheet around the rows and give its used range.

    `last_row` tells where rows end that are still to be streamed behind those of `content`.
    """
    sheet = workbook.create_sheet(title)
    for letter, width in zip(content.letters, content.widths, strict=True):
        sheet.column_dimensions[letter].width = width
    used = f"A1:{content.letters[-1]}{last_row or max(1, len(content.rows))}"
    sheet.print_area = used
    for merged in content.merges:
        sheet.merged_cells.add(merged)
    for row in content.breaks:
        sheet.row_breaks.append(Break(id=row))
    for picture in content.pictures:
        sheet.add_image(picture)
    _repeat_head(sheet, content)
    _set_page(sheet, setup)
    return used


def _repeat_head(sheet: Worksheet, content: SheetRows) -> None:
    if content.head is None:
        return
    first, last = content.head
    sheet.print_title_rows = f"{first}:{last}"
    if content.height_above_table <= _MOST_FROZEN_POINTS:
        sheet.freeze_panes = f"A{last + 1}"


def _set_page(sheet: Worksheet, setup: PageSetup) -> None:
    sheet.page_setup.paperSize = _PAPER_SIZES[setup.paper_size]
    sheet.page_setup.orientation = "landscape" if setup.landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = _MARGIN
    margins.header = margins.footer = _MARGIN / 2
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.showGridLines = False
    if setup.page_numbers:
        sheet.oddFooter.center.text = "— &P —"
    if setup.footer:
        sheet.oddFooter.left.text = _plain(setup.footer)
    if setup.header:
        sheet.oddHeader.center.text = _plain(setup.header)


def _plain(text: str) -> str:
    """Keep `&` and leading digits from being read as codes, and the line within its 255."""
    line = writable(text).replace("\n", " ")[:100].replace("&", "&&")
    return f" {line}" if line[:1].isdigit() else line
