"""Step three of an import: counts, the grid with states and reasons, repair in place, ways out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
from village_app.ui.kit.watermark import RevealedNumbers
from village_app.ui.pages.imports.rows import LIGHTS, Cells, PlanRows
from village_app.ui.theme import theme

_STATES = (
    ("new", "新增"),
    ("update", "更新"),
    ("same", "无变化"),
    ("suspected", "疑似重复"),
    ("error", "错误"),
)
_FILTERS: dict[str, GridFilter] = {
    "open": "open", "changed": "changed", "cleaned": "cleaned", "new": "new",
    "update": "update", "same": "same", "suspected": "suspected", "error": "error",
    "skipped": "skipped",
}  # fmt: skip
_WORKING = "正在核对"


class TrialStep(QWidget):
    """The dry run of one session; `changed` tells that its counts may be others now.

    `work(work, label, then, stopped)` is how the page works a decision out in the background.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(self, work: Callable[..., None]) -> None:
        super().__init__()
        self._work = work
        self._revealed = RevealedNumbers(self)
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
        grid.writing.connect(self._mark_revealed)
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
        self._rows = PlanRows(session, self._put)
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
        self._filter = _FILTERS.get(chosen, "all")
        self._rows.show(self._filter)
        self.grid.reload()
        self._choose_first()
        self.grid.view.setFocus()

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
        focus, session = self.grid.focus_cell(), self._session
        if focus is None or session is None:
            return
        number = focus.row.key
        field = focus.column.key if focus.column else None
        alike = self.alike.isVisible() and self.alike.isChecked() and not way.startswith("put")

        def decide(report: Any) -> None:
            if alike:
                session.take_way_alike(number, way, report=report)
            else:
                session.take_way(number, field, way)

        self._work(decide, _WORKING, lambda _plan: self._after(number))

    def step_back(self) -> None:
        """Take the last decision or repair back."""
        session = self._session
        if session is not None:
            self._work(lambda report: session.step_back(), _WORKING, self._stepped_back)  # noqa: ARG005 - there is nothing to report

    def _stepped_back(self, done: bool) -> None:
        self.said.emit("退回了上一处改动" if done else "没有可以退回的改动了")
        self._show_again()

    def _put(self, changes: Cells) -> None:
        """Put cells right in the background; until then what was typed stands there."""
        session, rows = self._session, self._rows
        if session is None:
            return

        def follow(_plan: Any = None) -> None:
            rows.follow(changes)
            self.grid.refresh()
            self._show_counts()
            self._speak(self.grid.focus_cell())
            self.changed.emit()

        self._work(lambda report: session.put_cells(changes), _WORKING, follow, follow)  # noqa: ARG005 - quick enough to report nothing

    def _after(self, number: int) -> None:
        """Show what has changed; the keyboard stays with the row, or goes to what is next."""
        self._show_again()
        place = self._rows.place_of(number)
        state = self._session.plan.rows[number].state if self._session else ""
        if place is None or state not in {"error", "suspected"}:
            self.next_problem()

    def _show_again(self) -> None:
        self._show_counts()
        self._rows.show(self._filter)
        self.grid.reload()
        self.changed.emit()

    def _mark_revealed(self, number: str | None) -> None:
        """Stand who looks over the grid while a long number is seen in full."""
        if number and self._session is not None:
            self._revealed.show([number], self._session.session.stamp())
        else:
            self._revealed.hide()

    def next_problem(self) -> None:
        """F8: go to the next place that is wrong or doubtful."""
        self.grid.next_problem()
