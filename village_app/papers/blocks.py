"""A paper as a value: what stands on it, block by block, before any page is laid out.

Builders make it, the privacy gate walks it, the writers turn it into PDF, xlsx and docx, and a
published paper is kept as exactly this value (see `to_plain` / `from_plain` in `plain.py`).
All lengths are millimetres, all money is integer 分, all days are `datetime.date`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from village_app.domain.kinds import Kind, Sensitivity

Layout = Literal["official", "notice", "table", "poster", "form", "letter", "list"]
Align = Literal["left", "right", "center", "justify"]
Face = Literal["fangsong", "kai", "hei", "title", "song"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The paper's title (level 0) or a heading inside (1 = 一、 2 = （一） 3 = 1. 4 = （1）)."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `indent` in characters for the first line; plain text, never markup."""

    text: str
    indent: float = 2
    align: Align = "justify"
    face: Face | None = None
    size: float | None = None
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column: printed label, kind of value, how sensitive, and the rule for its total.

    `total` "sum" adds the values up, "count" counts rows, None leaves the cell blank.
    `width` is a share relative to the other columns; None lets the content decide.
    """

    label: str
    kind: Kind
    sensitivity: Sensitivity = "public"
    total: Literal["sum", "count"] | None = None
    width: float | None = None
    field: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: values of the columns' kinds; `role` marks sub-totals and sections."""

    cells: tuple[Any, ...]
    role: Literal["data", "subtotal", "section"] = "data"


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head repeats on every page; totals are computed, never typed.

    `unit` is the unit line above (单位：元); `in_words` names the money column whose total is
    written 大写 under the table; `group_by` is the index of a column whose change starts a
    sub-total, and with `page_per_group` a new page.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    unit: str = ""
    has_total: bool = False
    total_label: str = "合计"
    in_words: int | None = None
    group_by: int | None = None
    page_per_group: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormCell:
    """A label or a value in a form grid; spans count grid columns and rows; blank = to be written.

    `height` is the least height in mm (space for handwriting); `vertical` writes downwards.
    """

    text: str = ""
    is_label: bool = False
    columns: int = 1
    rows: int = 1
    height: float | None = None
    vertical: bool = False
    kind: Kind | None = None
    sensitivity: Sensitivity = "public"
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class FormGrid:
    """A key-value form as the official sheets have it: lines of cells over shared columns.

    `widths` are shares of the type area, one a grid column.
    """

    widths: tuple[float, ...]
    lines: tuple[tuple[FormCell, ...], ...]
    row_height: float = 9.0


@dataclass(frozen=True, slots=True)
class Signature:
    """The 落款: issuing bodies and date, with clear space for a seal but never a seal's picture.

    `seal` True follows GB/T 9704 7.3.5.1 (date 4 characters in, name centred over it).
    """

    issuers: tuple[str, ...]
    date: str
    seal: bool = True


@dataclass(frozen=True, slots=True)
class SignLines:
    """Lines to be signed by hand: (what, printed name or blank), `per_line` side by side."""

    entries: tuple[tuple[str, str], ...]
    per_line: int = 3


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture as file bytes (jpeg or png) with its caption."""

    data: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True)
class PhotoGrid:
    """Pictures in `columns` columns, upright, each with its caption."""

    photos: tuple[Photo, ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: label, parts (name, value), figure written at its end."""

    label: str
    parts: tuple[tuple[str, int], ...]
    figure: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars only; the fill pattern carries the part, so that black and white loses nothing."""

    title: str
    bars: tuple[Bar, ...]
    horizontal: bool = True
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Spacer:
    """Blank lines (of the layout's own pitch)."""

    lines: float = 1


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


Block = (
    Heading
    | Paragraph
    | Table
    | FormGrid
    | Signature
    | SignLines
    | PhotoGrid
    | BarChart
    | Spacer
    | PageBreak
)


# In a paper's `meta`: who prints full numbers and when, faint under the text of every page (SA-12).
WATERMARK = "watermark"


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; `public` is the face for the wall, made by its own masking policy.

    `number` is the printed number (隔村公示〔2026〕12号); `letterhead` the red mark of an official
    paper, blank for none; `to` the 主送机关 line; `draft` prints 草稿 across the page;
    `footer` small words at the foot of each page (verification code, journal head).
    `paper_size` is "A4", "A3" or "A2"; `landscape` turns it; a poster is at least A3.
    `seam` marks where a 骑缝章 goes on papers of several pages; `one_page` asks for closer lines
    and smaller type until it is one page, where that can still be read.
    """

    layout: Layout
    title: str
    blocks: tuple[Block, ...] = ()
    number: str = ""
    to: str = ""
    letterhead: str = ""
    public: bool = False
    policy: str = ""
    draft: bool = False
    footer: str = ""
    paper_size: Literal["A4", "A3", "A2"] = "A4"
    landscape: bool = False
    page_numbers: bool = True
    meta: dict[str, str] = field(default_factory=dict)
    seam: bool = False
    one_page: bool = False
