"""What the eye sees on a sheet: its filled area, texts without outer blanks, merged rectangles."""

from __future__ import annotations

from village_app.importing.files.grid import Cell, Merge, Sheet

BLANK = Cell()
WITHOUT_VALUE = "（无值）"
"""Stands for a cell that holds something whose value cannot be read."""


class Surface:
    """One sheet trimmed to its content; rows and columns are counted from 0 as on the sheet.

    Formatted but empty rows and columns at the edges do not count, whatever the file claims.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.texts: list[list[str]] = [[_text_of(cell) for cell in row] for row in sheet.rows]
        self._trim()
        self._corners = self._place_merges()

    def _trim(self) -> None:
        for texts in self.texts:
            while texts and not texts[-1]:
                texts.pop()
        while self.texts and not self.texts[-1]:
            self.texts.pop()
        self._filled_columns = {
            column for texts in self.texts for column, text in enumerate(texts) if text
        }
        self.width = max(self._filled_columns, default=-1) + 1
        self.height = len(self.texts)

    def _place_merges(self) -> dict[tuple[int, int], Merge]:
        """Map every cell of a merged rectangle inside the filled area to its rectangle."""
        corners: dict[tuple[int, int], Merge] = {}
        for merge in self.sheet.merges:
            for row in range(merge.first_row, min(merge.last_row + 1, self.height)):
                for column in range(merge.first_column, min(merge.last_column + 1, self.width)):
                    corners[row, column] = merge
        return corners

    def text(self, row: int, column: int) -> str:
        """Give the text of a cell itself; blank for the covered cells of a merged rectangle."""
        texts = self.texts[row]
        return texts[column] if column < len(texts) else ""

    def cell(self, row: int, column: int) -> Cell:
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else BLANK

    def merge(self, row: int, column: int) -> Merge | None:
        """Give the merged rectangle that covers a cell."""
        return self._corners.get((row, column))

    def shown(self, row: int, column: int) -> str:
        """Give the text seen at a place: in a merged rectangle that of its upper left corner."""
        own = self.text(row, column)
        merge = None if own else self._corners.get((row, column))
        if merge is None or merge.first_row >= self.height:
            return own
        return self.text(merge.first_row, merge.first_column)

    def filled(self, row: int) -> list[int]:
        """List the columns of a row that hold something themselves."""
        return [column for column, text in enumerate(self.texts[row]) if text]

    def is_blank(self, row: int) -> bool:
        return not any(self.texts[row])

    def column_is_blank(self, column: int) -> bool:
        return column not in self._filled_columns


def _text_of(cell: Cell) -> str:
    text = cell.text.strip()
    if not text and cell.kind in ("error", "formula_without_value"):
        return WITHOUT_VALUE
    return text
