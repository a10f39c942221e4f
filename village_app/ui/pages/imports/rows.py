"""The plan of an import as the grid shows and corrects it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from village_app.errors import Refused
from village_app.services.imports.session import ImportSession
from village_app.services.imports.view import GridFilter, RowView, is_masked, is_open, masked
from village_app.ui.kit.grid_rows import GridCell, GridColumn, GridRow
from village_app.ui.kit.lights import Light, LightKind

LIGHTS: dict[str, LightKind] = {
    "error": "fault",
    "suspected": "dup",
    "update": "done",
    "new": "new",
    "same": "same",
    "skipped": "hold",
}
_WIDTHS = {
    "name": 88,
    "id_number": 186,
    "phone": 124,
    "sex": 68,
    "relation": 100,
    "address": 170,
    "heading": 220,
    "content": 260,
    "summary": 220,
    "day": 110,
    "at": 150,
    "age": 68,
}
_USUAL = 112


Cells = Sequence[tuple[int, str, str]]


class PlanRows:
    """The rows of a session under one filter; made anew for every table.

    `put` takes corrections (row, field, text); until the plan follows, what was typed is shown.
    """

    def __init__(
        self, session: ImportSession | None = None, put: Callable[[Cells], object] | None = None
    ) -> None:
        self._session = session
        self._put = put
        self._typed: dict[tuple[int, str], str] = {}
        self._filter: GridFilter = "all"
        self._numbers: list[int] = []
        fields = session.shown_fields() if session is not None else []
        self._columns = tuple(
            GridColumn(name, label, _WIDTHS.get(name, _USUAL), masked=self._is_masked(name))
            for name, label in fields
        )
        self.show(self._filter)

    @property
    def columns(self) -> tuple[GridColumn, ...]:
        return self._columns

    def show(self, chosen: GridFilter) -> None:
        """Show only some rows, in the order of what is to be done."""
        self._filter = chosen
        rows = self._session.rows(chosen) if self._session is not None else []
        self._numbers = [row.number for row in rows]

    def count(self) -> int:
        return len(self._numbers)

    def number(self, place: int) -> int:
        """Give the plan's number of the row at a place."""
        return self._numbers[place]

    def place_of(self, number: int) -> int | None:
        """Find where a row of the plan stands now."""
        return self._numbers.index(number) if number in self._numbers else None

    def window(self, first: int, count: int) -> Sequence[GridRow]:
        return [self._row(number) for number in self._numbers[first : first + count]]

    def _is_masked(self, name: str) -> bool:
        assert self._session is not None, "columns come from a session"
        return is_masked(self._session.plan, name)

    def raw(self, key: int, column: str) -> str:
        """Give what stands in a cell; a long number only to those who may see it in full."""
        if self._session is None:
            return ""
        if not self._is_masked(column):
            return self._session.plan.rows[key].text(column)
        try:
            return self._session.reveal(key, column)
        except Refused:
            return ""

    def edit(self, changes: Cells) -> None:
        self._typed.update({(row, name): text for row, name, text in changes})
        if self._put is not None:
            self._put(changes)

    def follow(self, changes: Cells) -> None:
        """Show what the plan says now, where before stood what was typed."""
        for row, name, _text in changes:
            self._typed.pop((row, name), None)

    def next_problem(self, row: int, column: int) -> tuple[int, int] | None:
        """Find the next faulty or doubtful place behind this one, going round."""
        count = self.count()
        for step in range(count + 1 if count else 0):
            place = (row + step) % count
            found = self._problems(place)
            if step == 0:
                found = [at for at in found if at > column]
            if found:
                return place, found[0]
        return None

    def _problems(self, place: int) -> list[int]:
        """List the columns of a row that have something to be done; the first where none has."""
        assert self._session is not None, "rows come from a session"
        row = self._session.plan.rows[self._numbers[place]]
        if not (is_open(row) or row.problems):
            return []
        cells = self._view(row.number).cells
        found = [
            at
            for at, column in enumerate(self._columns)
            if column.key in cells and cells[column.key].state in {"fault", "doubt"}
        ]
        return found or ([0] if is_open(row) else [])

    def _view(self, number: int) -> RowView:
        assert self._session is not None, "rows come from a session"
        return self._session.view(self._session.plan.rows[number])

    def _row(self, number: int) -> GridRow:
        view = self._view(number)
        cells = tuple(self._cell(view, column.key) for column in self._columns)
        return GridRow(number, view.row, Light(LIGHTS[view.state], view.word), cells, view.reason)

    def _cell(self, view: RowView, name: str) -> GridCell:
        typed = self._typed.get((view.number, name))
        if typed is not None:
            assert self._session is not None, "rows come from a session"
            return GridCell(masked(self._session.plan, name, typed), "plain", "正在核对")
        cell = view.cells.get(name)
        return GridCell(cell.text, cell.state, cell.reason) if cell is not None else GridCell("")
