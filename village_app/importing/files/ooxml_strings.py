"""The shared texts of an xlsx file: runs joined, readings above characters left out."""

from __future__ import annotations

from village_app.importing.files import limits
from village_app.importing.files.grid import Cell
from village_app.importing.files.markup import scan_markup
from village_app.importing.files.ooxml_cell import text_cell
from village_app.importing.files.ooxml_package import Package
from village_app.importing.files.ooxml_styles import is_on
from village_app.importing.files.reading import Budget, Damaged


class _StringScan:
    """Walks `<si>` items; an item is struck out when every run with ink in it is."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self._parts: list[str] = []
        self._collecting = False
        self._phonetic = False
        self._run_struck = False
        self._inked = 0
        self._struck = 0
        self._characters = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._collecting = not self._phonetic
        elif name == "si":
            self._parts = []
            self._inked = self._struck = 0
            self._run_struck = False
        elif name == "r":
            self._run_struck = False
        elif name == "rPh":
            self._phonetic = True
        elif name == "strike":
            self._run_struck = is_on(attributes)

    def characters(self, data: str) -> None:
        if self._collecting:
            self._parts.append(data)
            if not data.isspace():
                self._inked += 1
                self._struck += self._run_struck

    def end(self, name: str) -> None:
        if name == "t":
            self._collecting = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self._close_item()

    def _close_item(self) -> None:
        text = "".join(self._parts)
        self._characters += len(text)
        Budget.check_cell(len(text))
        if len(self.cells) >= limits.PLACES or self._characters > limits.CHARACTERS:
            raise Damaged("shared strings")
        struck = self._inked > 0 and self._struck == self._inked
        self.cells.append(text_cell(text, struck_out=struck))


def read_strings(package: Package, part: str | None) -> list[Cell]:
    """Read the shared texts as ready cells in their order; an absent part gives none."""
    if part is None or not package.has(part):
        return []
    scan = _StringScan()
    with package.open(part) as stream:
        scan_markup(stream, scan.start, scan.end, scan.characters)
    return scan.cells
