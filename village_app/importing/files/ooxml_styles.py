"""The styles of an xlsx file, reduced to what a reader needs: number format and strike-through."""

from __future__ import annotations

from dataclasses import dataclass

from village_app.importing.files.colours import colour_word
from village_app.importing.files.markup import scan_markup
from village_app.importing.files.number_format import (
    PLAIN,
    NumberFormat,
    built_in_format,
    number_format,
)
from village_app.importing.files.ooxml_package import Package, ignore_characters


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What a cell's style means for its value."""

    form: NumberFormat = PLAIN
    struck_out: bool = False
    colour: str = ""


NO_STYLE = CellStyle()


def is_on(attributes: dict[str, str]) -> bool:
    """Read an on-off element: present means on unless its val says otherwise."""
    return attributes.get("val", "1") not in {"0", "false", "none"}


class _StyleScan:
    """Gathers number formats, fonts and cell formats; differential formats are passed over."""

    def __init__(self) -> None:
        self.section = ""
        self.codes: dict[int, str] = {}
        self.struck_fonts: list[bool] = []
        self.font_colours: list[str] = []
        self.fills: list[str] = []
        self.formats: list[tuple[int, int, int]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"numFmts", "fonts", "cellXfs", "cellStyleXfs", "dxfs", "fills", "borders"}:
            self.section = name
        elif name == "numFmt" and self.section == "numFmts":
            self.codes[_number(attributes, "numFmtId")] = attributes.get("formatCode", "General")
        elif name == "font" and self.section == "fonts":
            self.struck_fonts.append(False)
            self.font_colours.append("")
        elif name == "color" and self.section == "fonts" and self.font_colours:
            self.font_colours[-1] = colour_word(attributes)
        elif name == "fill" and self.section == "fills":
            self.fills.append("")
        elif name == "fgColor" and self.section == "fills" and self.fills:
            self.fills[-1] = colour_word(attributes)
        elif name == "strike" and self.section == "fonts" and self.struck_fonts:
            self.struck_fonts[-1] = is_on(attributes)
        elif name == "xf" and self.section == "cellXfs":
            named = ("numFmtId", "fontId", "fillId")
            code, font, fill = (_number(attributes, name) for name in named)
            self.formats.append((code, font, fill))

    def end(self, name: str) -> None:
        if name == self.section:
            self.section = ""

    def styles(self) -> list[CellStyle]:
        return [
            CellStyle(
                form=number_format(self.codes.get(code) or built_in_format(code)),
                struck_out=font < len(self.struck_fonts) and self.struck_fonts[font],
                colour=_at(self.fills, fill) or _at(self.font_colours, font),
            )
            for code, font, fill in self.formats
        ]


def _at(words: list[str], place: int) -> str:
    return words[place] if place < len(words) else ""


def _number(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "0")
    return int(text) if text.isdecimal() else 0


def read_styles(package: Package, part: str | None) -> list[CellStyle]:
    """Read the cell styles in their order; an absent part gives none."""
    if part is None or not package.has(part):
        return []
    scan = _StyleScan()
    with package.open(part) as stream:
        scan_markup(stream, scan.start, scan.end, ignore_characters)
    return scan.styles()
