"""统计: a year by side and month; every figure opens exactly the matters that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.errors import VillageError
from village_app.services.issues.figures import SIDES
from village_app.ui.asking import FileKind
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.figures import Figure, FigureStrip
from village_app.ui.page import Desk
from village_app.ui.pages.figure_grid import FigureGrid
from village_app.ui.pages.paper_sheet import PaperSheet
from village_app.ui.theme import theme

_XLSX = FileKind("表格", ("xlsx",))


class FiguresView(QWidget):
    """The figures of a year; `opened` gives a sentence and the ids behind a figure."""

    opened = Signal(str, object)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.sheet: PaperSheet | None = None
        self._year = 0
        self._side = "category"
        self.years = ChipRow([Chip("0", "今年")], name="哪一年", menu=True)
        self.years.chosen.connect(lambda keys: self._choose(year=int(keys[0])))
        self.sides = ChipRow([Chip(key, f"按{word}") for key, word in SIDES.items()], name="怎么分")
        self.sides.chosen.connect(lambda keys: self._choose(side=keys[0]))
        self.strip = FigureStrip()
        self.strip.pressed.connect(self.open_share)
        self.grid = FigureGrid()
        self.grid.opened.connect(self.open_cell)
        self._build()

    def _build(self) -> None:
        px = theme().px
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(px(10))
        above = QHBoxLayout()
        above.setSpacing(px(10))
        above.addWidget(Button("回到台账", icon="left", key="Esc", bind=False, press=self._close))
        above.addWidget(self.years)
        above.addWidget(self.sides, 1)
        above.addWidget(Button("打印", icon="printer", press=self.print_out))
        above.addWidget(Button("存表格", press=self.save))
        body.addLayout(above)
        body.addWidget(self.strip)
        body.addWidget(self.grid, 1)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self._close)
        self.setFocusProxy(self.grid)

    def _close(self) -> None:
        self.closed.emit()

    # Data

    def refresh(self) -> None:
        figures = self.desk.village.issue_figures
        years = figures.years()
        self._year = self._year if self._year in years else years[0]
        self.years.set_chips([Chip(str(year), f"{year} 年") for year in years])
        self.years.set_on([str(self._year)])
        self._show_shares()
        table = figures.table(self._year, self._side)
        self.grid.show_rows(SIDES[self._side], table.rows)

    def _period(self) -> tuple[date, date]:
        return date(self._year, 1, 1), date(self._year, 12, 31)

    def _show_shares(self) -> None:
        figures = self.desk.village.issue_figures
        shares = figures.shares(*self._period())
        days, closed = figures.average_work_days(*self._period())
        shown = [
            Figure(name, name, _percent(part, whole), "", f"{part} 件，共 {whole} 件")
            for name, (part, whole) in shares.items()
        ]
        average = f"{days / closed:.1f}" if closed else "—"
        shown.append(Figure("days", "平均用时", average, "工作日", f"办结 {closed} 件"))
        self.strip.set_figures(shown)

    def _choose(self, *, year: int | None = None, side: str | None = None) -> None:
        self._year = year or self._year
        self._side = side or self._side
        self.refresh()

    # What a figure opens

    def open_cell(self, word: str, month: int) -> None:
        """Open the matters of a row in a month; month 0 is the whole year, no word all rows."""
        figures = self.desk.village.issue_figures
        words = [word] if word else list(figures.table(self._year, self._side).rows)
        ids = [
            one
            for each in words
            for one in figures.ids(self._year, self._side, each, month or None)
        ]
        when = f"{self._year} 年{f' {month} 月' if month else ''}"
        self._open(f"{when} {word or '合计'}", ids)

    def open_share(self, name: str) -> None:
        """Open the matters that make a rate's first number."""
        if name == "days":
            name = "办结率"
        ids = self.desk.village.issue_figures.share_ids(*self._period(), name)
        self._open(f"{self._year} 年 {name}里的", ids)

    def _open(self, sentence: str, ids: Sequence[int]) -> None:
        hidden = self.desk.village.issue_figures.hidden(ids)
        kept = f"（另有 {hidden} 件保密，不在列表里）" if hidden else ""
        self.opened.emit(f"{sentence}{kept}", list(ids))

    # Paper

    def print_out(self) -> None:
        """Show the table as it will be printed."""
        year, side = self._year, self._side
        papers = self.desk.village.issue_figure_papers
        job = self.desk.jobs.start(
            lambda _report: papers.pdf(year, side), "排版统计表", writes=False
        )
        job.succeeded.connect(self._show_sheet)
        job.failed.connect(self._tell)

    def _show_sheet(self, data: bytes) -> None:
        name = f"{self._year}年诉求统计 按{SIDES[self._side]}"
        self.sheet = PaperSheet(self.desk, name, data, self.window())
        self.sheet.open()

    def save(self) -> None:
        """Write the table as a spreadsheet."""
        name = f"{self._year}年诉求统计 按{SIDES[self._side]}.xlsx"
        path = self.desk.asking.save_file("存表格", _XLSX, name, "exports")
        if path is None:
            return
        try:
            content = self.desk.village.issue_figure_papers.spreadsheet(self._year, self._side)
            self.desk.village.exports.keep(path, content)
        except VillageError as error:
            self.desk.say(error.message, None)
            return
        self.desk.say(f"已存 {path.name}", None)

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, VillageError):
            raise error
        self.desk.say(error.message, None)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the rates out where there is no room for them."""
        self.strip.setVisible(not narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)


def _percent(part: int, whole: int) -> str:
    """Write a share with one decimal; a stroke without a base."""
    if not whole:
        return "—"
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"
