"""居民名册: which columns, in which order, masked or whole; printed, as PDF, as a spreadsheet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from village_app.domain.kinds import Choice, Option
from village_app.domain.permissions import may
from village_app.domain.reporting import Report
from village_app.errors import EnvironmentProblem, InvalidInput, Refused
from village_app.services.register.resident_list import ORDERS, Order, PeopleFilter
from village_app.services.register.roster import USUAL, WrittenRoster
from village_app.ui.asking import FileKind
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.editors import ChoiceEditor
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.sheets import Scroll
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.printing_out import PDF, PrintingOut
from village_app.ui.theme import theme

XLSX = FileKind("Excel 表格", ("xlsx",))
_ORDERS = Choice(tuple(Option(key, word) for key, word in ORDERS.items()))
# px at 100 %: the least height of the columns to choose from, what stands round them, the sides.
_CHIPS_HIGH, _ROUND_THEM, _SIDES = 150, 400, 60


class RosterDialog(Sheeted):
    """Takes the people of the list out of the program; everything that leaves is taken down."""

    def __init__(self, desk: Desk, chosen: PeopleFilter, count: int, owner: QWidget) -> None:
        super().__init__(f"名册：{count} 人", "new", owner.window())
        self._desk = desk
        self._filter = chosen
        self.printing = PrintingOut(desk, owner)
        self.body.addWidget(Text("选哪几列（号码平时遮住中间几位）", "body", "ink2"))
        self.columns = self._make_columns()
        scroll = Scroll(self.columns)
        room = owner.window().height() - theme().px(_ROUND_THEM)
        wanted = self.columns.heightForWidth(self.width() - theme().px(_SIDES))
        scroll.setMinimumHeight(min(wanted, max(theme().px(_CHIPS_HIGH), room)))
        self.body.addWidget(scroll, 1)
        self.order = ChoiceEditor(_ORDERS, required=True)
        self.order.set_value(chosen.order or desk.village.resident_list.usual_order())
        self.order.control.setAccessibleName("怎么排")
        self.body.addWidget(self.order)
        self.per_group = QCheckBox("每个村民小组另起一页")
        self.per_group.setChecked(True)
        self.body.addWidget(self.per_group)
        self.full = QCheckBox("写完整的证件号、电话和账号（会记下是谁拿走的）")
        self.full.setVisible(may(desk.village.session.user.role, "residents.export_full"))
        self.body.addWidget(self.full)
        self._make_buttons()

    def _make_columns(self) -> ChipRow:
        offered = self._desk.village.roster.columns()
        chips = [Chip(one.name, one.label) for one in offered]
        return ChipRow(chips, toggles=True, on=USUAL, name="列")

    def _make_buttons(self) -> None:
        holder = QWidget()
        flow = FlowLayout(holder, gap=8)
        for button in (
            Button("打印", icon="printer", key="Ctrl+P", kind="primary", press=self.print),
            Button("存 PDF", icon="paper", press=self.save_pdf),
            Button("存成表格，能打印", icon="sheet", press=self.save_sheet),
            Button("导出数据", icon="out", press=self.export),
            Button("先不弄", key="Esc", press=self.reject),
        ):
            flow.addWidget(button)
        # The sheet would leave room for one line of them only.
        holder.setMinimumHeight(holder.heightForWidth(self.width() - theme().px(_SIDES)))
        self.body.addWidget(holder)

    # What was chosen

    def chosen_columns(self) -> tuple[str, ...]:
        """Give the chosen columns in the order of the list."""
        return self.columns.on()

    def _chosen(self) -> PeopleFilter:
        order: Order | None = self.order.value()
        return replace(self._filter, order=order)

    # Ways out

    def print(self) -> None:
        """Print the roster."""
        roster = self._desk.village.roster

        def ready(made: WrittenRoster) -> None:
            self.printing.offer(made.content, "居民名册")

        self._make(lambda paper, report: roster.pdf(paper, report=report), ready)

    def save_pdf(self) -> None:
        """Keep the roster as PDF."""
        roster = self._desk.village.roster

        def ready(made: WrittenRoster) -> None:
            self.printing.save(made.content, made.name, PDF)

        self._make(lambda paper, report: roster.pdf(paper, report=report), ready)

    def save_sheet(self) -> None:
        """Keep the roster as a spreadsheet that prints like it."""
        roster = self._desk.village.roster

        def ready(made: WrittenRoster) -> None:
            self.printing.save(made.content, made.name, XLSX)

        self._make(lambda paper, report: roster.spreadsheet(paper, report=report), ready)

    def export(self) -> None:
        """Keep the chosen columns as plain rows."""
        roster, chosen, columns = self._desk.village.roster, self._chosen(), self.chosen_columns()
        full = self.full.isChecked()

        def work(report: Report) -> WrittenRoster:
            made: WrittenRoster = roster.export(chosen, columns, full=full, report=report)
            return made

        def ready(made: WrittenRoster) -> None:
            self.printing.save(made.content, made.name, XLSX)

        self._start(work, ready)

    def _make(self, write: Any, ready: Any) -> None:
        """Build the paper and write it, both on the thread: a whole village is many rows."""
        roster, chosen, columns = self._desk.village.roster, self._chosen(), self.chosen_columns()
        per_group, full = self.per_group.isChecked(), self.full.isChecked()

        def work(report: Report) -> WrittenRoster:
            paper = roster.paper(chosen, columns, page_per_group=per_group, full=full)
            made: WrittenRoster = write(paper, report)
            return made

        self._start(work, ready)

    def _start(self, work: Any, ready: Any) -> None:
        """Let a thread write; a long roster takes seconds. Without a column the sheet stays."""
        if not self.chosen_columns():
            self._desk.say("请至少选一列。", None)
            return
        self.accept()
        job = self._desk.jobs.start(work, "写出名册")
        job.succeeded.connect(ready)
        job.failed.connect(self._failed)

    def _failed(self, error: object) -> None:
        if not isinstance(error, (InvalidInput, Refused, EnvironmentProblem)):
            assert isinstance(error, Exception)  # jobs hand on exceptions only
            raise error
        self._desk.say(error.message, None)
