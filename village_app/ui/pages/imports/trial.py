"""Step three of an import: counts, the grid with states and reasons, repair in place, ways out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from village_app.services.imports.session import ImportSession
from village_app.services.imports.view import GridFilter
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.counts import CountRow, ResultCount
from village_app.ui.kit.fix_bar import Fix, FixBar
from village_app.ui.kit.grid import DataGrid, Focus
from village_app.ui.kit.removal import empty
from village_app.ui.kit.text import Text
from village_app.ui.pages.imports.rows import LIGHTS, PlanRows
from village_app.ui.theme import theme

_STATES = (
    ("new", "新增"),
    ("update", "更新"),
    ("same", "无变化"),
    ("suspected", "疑似重复"),
    ("error", "错误"),
)


class TrialStep(QWidget):
    """The dry run of one session; `changed` tells that its counts may be others now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._session: ImportSession | None = None
        self._rows = PlanRows()
        self._filter: GridFilter = "all"
        self.counts = CountRow()
        self.counts.chosen.connect(self._only)
        self.chips = ChipRow([Chip("all", "全部")])
        self.chips.chosen.connect(lambda keys: self._show(next(iter(keys), "all")))
        self.alike = QCheckBox("同类的都照此办")
        self.alike.setAccessibleName("同类的都照此办")
        self.fixes = FixBar()
        self.fixes.chosen.connect(self.take_way)
        self.fixes.next_asked.connect(self.next_problem)
        self._place = QVBoxLayout()
        self._masked = Text("身份证号、电话已遮盖", "small", "ink2")
        self._narrow = False
        self._build()

    def _build(self) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(8))
        line = QHBoxLayout()
        line.addWidget(self.chips, 1)
        line.addWidget(self.alike)
        line.addWidget(self._masked)
        body.addWidget(self.counts)
        body.addLayout(line)
        body.addLayout(self._place, 1)
        body.addWidget(self.fixes)
        self.grid = self._make_grid()

    def _make_grid(self) -> DataGrid:
        empty(self._place)
        grid = DataGrid(self._rows)
        grid.moved.connect(self._speak)
        grid.edited.connect(self._edited)
        self._place.addWidget(grid)
        return grid

    def set_narrow(self, narrow: bool) -> None:
        """Leave the large counts out where there is little room; the chips carry them then."""
        self._narrow = narrow
        self.counts.setVisible(not narrow)
        self._masked.setVisible(not narrow)
        if self._session is not None:
            self._show_counts()

    def show_plan(self, session: ImportSession) -> None:
        """Show the dry run of a session from the beginning."""
        self._session = session
        self._filter = "all"
        self._rows = PlanRows(session)
        self.grid = self._make_grid()
        self._show_counts()
        self._choose_first()

    def _choose_first(self) -> None:
        if self._rows.count() and not self.grid.next_problem():
            self.grid.view.setCurrentIndex(self.grid.model.index(0, 2))

    # Filters

    def _show_counts(self) -> None:
        assert self._session is not None
        counts = self._session.counts()
        self.counts.set_counts(
            [ResultCount(key, LIGHTS[key], counts[key], word) for key, word in _STATES]
        )
        states = [Chip(key, word, counts[key], LIGHTS[key]) for key, word in _STATES]
        chips = [
            Chip("all", "全部", counts["all"]),
            *(states if self._narrow else ()),
            Chip("open", "只看要处理的", counts["open"]),
            Chip("changed", "只看有改动的", counts["changed"]),
            Chip("cleaned", "只看整理过的", counts["cleaned"]),
        ]
        if counts["skipped"]:
            chips.append(Chip("skipped", "不导入的", counts["skipped"]))
        self.chips.set_chips(chips)

    def _only(self, state: str) -> None:
        self._show(state or next(iter(self.chips.on()), "all"))

    def _show(self, chosen: str) -> None:
        filters: dict[str, GridFilter] = {
            "open": "open", "changed": "changed", "cleaned": "cleaned", "new": "new",
            "update": "update", "same": "same", "suspected": "suspected", "error": "error",
            "skipped": "skipped",
        }  # fmt: skip
        self._filter = filters.get(chosen, "all")
        self._rows.show(self._filter)
        self.grid.reload()
        self._choose_first()

    # The cell with the keyboard

    def _speak(self, focus: Focus | None) -> None:
        if focus is None or self._session is None:
            self.fixes.show_focus(None)
            self.alike.hide()
            return
        field = focus.column.key if focus.column else None
        ways = self._session.ways(focus.row.key, field)
        self.fixes.show_focus(focus, [Fix(way.key, way.words) for way in ways])
        same = self._session.alike(focus.row.key)
        self.alike.setVisible(same > 1)
        self.alike.setText(f"同类的 {same} 行都照此办")

    def take_way(self, way: str) -> None:
        """Go a way out for the row with the keyboard, or for all doubtful for the same reason."""
        focus = self.grid.focus_cell()
        if focus is None or self._session is None:
            return
        number = focus.row.key
        if self.alike.isVisible() and self.alike.isChecked() and not way.startswith("put"):
            self._session.take_way_alike(number, way)
        else:
            field = focus.column.key if focus.column else None
            self._session.take_way(number, field, way)
        self._after(number)

    def _after(self, number: int) -> None:
        """Show what has changed; the keyboard stays with the row, or goes to what is next."""
        self._show_counts()
        self._rows.show(self._filter)
        self.grid.reload()
        self.changed.emit()
        place = self._rows.place_of(number)
        state = self._session.plan.rows[number].state if self._session else ""
        if place is None or state not in {"error", "suspected"}:
            self.next_problem()

    def _edited(self) -> None:
        if self._session is None:
            return
        self._show_counts()
        self.changed.emit()

    def next_problem(self) -> None:
        """F8: go to the next place that is wrong or doubtful."""
        self.grid.next_problem()
