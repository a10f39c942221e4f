"""WordprocessingML as text: paragraphs, runs, tables; lengths in twentieths of a point."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from village_app.papers.xml_text import clean, escaped

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TWIPS_OF_POINT = 20
TWIPS_OF_MM = 1440 / 25.4

Alignment = Literal["left", "right", "center", "both"]


def twips(points: float) -> int:
    """Turn points into the file format's twentieths."""
    return round(points * TWIPS_OF_POINT)


@dataclass(frozen=True, slots=True)
class RunLook:
    """What a run changes of its style: face (east-asian name), size, weight, colour."""

    face: str = ""
    size: float | None = None
    bold: bool = False
    color: str = ""

    def xml(self) -> str:
        # The hint sets “ ” — … in the Chinese face.
        face = f' w:eastAsia="{escaped(self.face)}"' if self.face else ""
        parts = [f'<w:rFonts{face} w:hint="eastAsia"/>']
        if self.bold:
            parts.append("<w:b/>")
        if self.color:
            parts.append(f'<w:color w:val="{self.color}"/>')
        if self.size:
            parts.append(f'<w:sz w:val="{round(self.size * 2)}"/>')
        return f"<w:rPr>{''.join(parts)}</w:rPr>"


PLAIN_RUN = RunLook()


def run(text: str, look: RunLook = PLAIN_RUN) -> str:
    """Write a run; line ends become breaks."""
    lines = clean(text).split("\n")
    body = "<w:br/>".join(f'<w:t xml:space="preserve">{escaped(line)}</w:t>' for line in lines)
    return f"<w:r>{look.xml()}{body}</w:r>"


def field(code: str, shown: str, look: RunLook = PLAIN_RUN) -> str:
    """Write a field that Word computes, such as the page number; `shown` until it has."""
    return (
        f'<w:r>{look.xml()}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look.xml()}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r>{look.xml()}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{look.xml()}<w:t>{shown}</w:t></w:r>"
        f'<w:r>{look.xml()}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Write a paragraph of a style around its runs; `properties` in the schema's order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def aligned(alignment: Alignment) -> str:
    """Write the property that aligns a paragraph."""
    return f'<w:jc w:val="{alignment}"/>'


Merge = Literal["", "restart", "continue"]


@dataclass(frozen=True, slots=True)
class CellShape:
    """The shape of a table cell: width in twips, spans, frame of the merge, ground, direction."""

    width: int
    span: int = 1
    merge: Merge = ""
    shaded: bool = False
    upright: bool = False

    def xml(self) -> str:
        parts = [f'<w:tcW w:w="{self.width}" w:type="dxa"/>']
        if self.span > 1:
            parts.append(f'<w:gridSpan w:val="{self.span}"/>')
        if self.merge:
            parts.append(f'<w:vMerge w:val="{self.merge}"/>')
        if self.shaded:
            parts.append('<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>')
        if self.upright:
            parts.append('<w:textDirection w:val="tbRlV"/>')
        parts.append('<w:vAlign w:val="center"/>')
        return f"<w:tcPr>{''.join(parts)}</w:tcPr>"


def cell(shape: CellShape, paragraphs: str) -> str:
    """Write a table cell; a cell always holds a paragraph."""
    return f"<w:tc>{shape.xml()}{paragraphs}</w:tc>"


def row(cells: str, *, height: float = 0, is_head: bool = False) -> str:
    """Write a table row of at least `height` points that no page parts; a head row repeats."""
    parts = ["<w:cantSplit/>"]
    if height:
        parts.append(f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>')
    if is_head:
        parts.append("<w:tblHeader/>")
    return f"<w:tr><w:trPr>{''.join(parts)}</w:trPr>{cells}</w:tr>"


def table(widths: list[int], rows: str, *, framed: bool = True) -> str:
    """Write a table of fixed columns (twips) over its rows."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    line = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides
    )
    frame = f"<w:tblBorders>{line}</w:tblBorders>" if framed else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {NAMESPACES}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/>{frame}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def shares_of(total: float, shares: tuple[float, ...]) -> list[int]:
    """Share `total` points among columns in whole twips, nothing lost by rounding."""
    whole = sum(shares)
    edges = [
        round(twips(total) * sum(shares[:number]) / whole) for number in range(len(shares) + 1)
    ]
    return [right - left for left, right in pairwise(edges)]
