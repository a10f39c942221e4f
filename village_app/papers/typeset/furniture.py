"""What stands on a page besides its text: number, footer, 草稿, who printed it, 骑缝处."""

from __future__ import annotations

from dataclasses import dataclass

from village_app.papers.typeset.layouts import MM, PageLayout, TextStyle
from village_app.papers.typeset.lines import Measure, break_lines
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.setting import Line
from village_app.papers.typeset.units import clean, units_of

NUMBER_SIZE = 14.0
NUMBER_BELOW = 7 * MM
NUMBER_BELOW_TABLE = 6 * MM
DASH_TOP = 0.305
DRAFT_TEXT = "草稿"
DRAFT_GREY = 0.92
MARK_SIZE = 15.0
MARK_GREY = 0.88
MARK_ROWS = (0.14, 0.32, 0.5, 0.68, 0.86)
FOOTER_FROM_EDGE = 11 * MM
SEAM_FROM_EDGE = 10 * MM
SEAM_TEXT = "骑缝处"


@dataclass(frozen=True, slots=True)
class Furniture:
    """What every page of a paper carries."""

    layout: PageLayout
    page_numbers: bool
    draft: bool
    footer: str
    seam: bool
    mark: str = ""

    @property
    def needs_total(self) -> bool:
        """Tell whether something depends on how many pages there are in all."""
        return self.seam or self.layout.page_numbers == "of_all" or self.layout.fills_page

    def draw_under(self, pen: Pen) -> None:
        """Draw what lies under the text: 草稿, or who printed full numbers and when."""
        if self.draft:
            _draw_draft(pen, self.layout)
        if self.mark:
            _draw_mark(pen, self.layout, self.mark)

    def draw_over(self, pen: Pen, page: int, pages: int) -> None:
        """Draw page number, footer and seam once it is known how many pages there are."""
        layout = self.layout
        if self.page_numbers and layout.page_numbers == "dashes":
            if pages != 1 or not layout.fills_page:
                _draw_dashed_number(pen, layout, page)
            _draw_footer(pen, layout, self.footer, layout.area_width)
        else:
            is_numbered = self.page_numbers and pages > 1
            number = _number_of_all(layout, page, pages) if is_numbered else None
            self._draw_number_beside_footer(pen, number)
        if self.seam and pages > 1:
            _draw_seam(pen, layout)

    def _draw_number_beside_footer(self, pen: Pen, number: Line | None) -> None:
        """Set 第1页　共3页 in the middle, or at the right end of the footer's last line."""
        layout, style = self.layout, self.layout.small
        taken = number.width + 3 * style.size if number else 0.0
        _draw_footer(pen, layout, self.footer, layout.area_width - taken)
        if number is None:
            return
        left = (layout.width * MM - number.width) / 2
        baseline = _type_area_bottom(layout) + NUMBER_BELOW_TABLE + style.size
        if self.footer:
            left = (layout.width - layout.margins.right) * MM - number.width
            baseline = _footer_top(layout, 1) + style.baseline
        pen.line(number, left, baseline, style.size)


def _line(text: str, style: TextStyle, width: float = 1e6) -> Line:
    measure = Measure(width, style.size, justify=False, role=style.role)
    return break_lines(units_of(clean(text), style.role), measure)[0]


def _type_area_bottom(layout: PageLayout) -> float:
    return (layout.height - layout.margins.bottom) * MM


def _draw_dashed_number(pen: Pen, layout: PageLayout, page: int) -> None:
    """Set — 1 — in 4号 宋体, 7 mm below the type area; odd pages right, even left, one in."""
    size = NUMBER_SIZE if not layout.fills_page else layout.small.size * 1.5
    line = _line(f"— {page} —", TextStyle("song", size, size))
    baseline = _type_area_bottom(layout) + NUMBER_BELOW + DASH_TOP * size
    left = layout.margins.left * MM + size
    if page % 2:
        left = (layout.width - layout.margins.right) * MM - size - line.width
    pen.line(line, left, baseline, size)


def _number_of_all(layout: PageLayout, page: int, pages: int) -> Line:
    return _line(f"第{page}页　共{pages}页", layout.small)


def _footer_top(layout: PageLayout, lines: int) -> float:
    return layout.height * MM - FOOTER_FROM_EDGE - lines * layout.small.pitch


def _draw_footer(pen: Pen, layout: PageLayout, footer: str, width: float) -> None:
    style = layout.small
    measure = Measure(width, style.size, justify=False, role=style.role)
    lines = [
        line
        for part in clean(footer).split("\n")
        for line in break_lines(units_of(part, style.role), measure)
    ]
    top = _footer_top(layout, len(lines))
    for number, line in enumerate(lines):
        baseline = top + number * style.pitch + style.baseline
        pen.line(line, layout.margins.left * MM, baseline, style.size)


def _draw_draft(pen: Pen, layout: PageLayout) -> None:
    """Write 草稿 large and light from corner to corner."""
    size = min(layout.width, layout.height) * MM * 0.42
    line = _line(DRAFT_TEXT, TextStyle("hei", size, size))
    pen.slanted(
        line, layout.width * MM / 2, layout.height * MM / 2, size, degrees=50, grey=DRAFT_GREY
    )


def _draw_mark(pen: Pen, layout: PageLayout, mark: str) -> None:
    """Write who and when faintly across the page, so often that no part goes without it."""
    line = _line(mark, TextStyle("hei", MARK_SIZE, MARK_SIZE))
    for number, row in enumerate(MARK_ROWS):
        for column in (0.3, 0.75) if number % 2 == 0 else (0.5,):
            x, y = layout.width * MM * column, layout.height * MM * row
            pen.slanted(line, x, y, MARK_SIZE, degrees=24, grey=MARK_GREY)


def _draw_seam(pen: Pen, layout: PageLayout) -> None:
    """Mark where a 骑缝章 goes: a fine dashed line along the right edge, 10 mm kept clear."""
    x = layout.width * MM - SEAM_FROM_EDGE
    style = TextStyle("song", 8, 12)
    middle = layout.height * MM / 2
    pen.dashed(x, middle - 30 * MM, x, middle + 30 * MM)
    for number, char in enumerate(SEAM_TEXT):
        pen.line(_line(char, style), x + 2, middle - 18 + number * 12 + style.baseline, style.size)
