"""报表: figures of a period beside the last, the records behind each, paper, spreadsheet, brief."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from village_app.domain.kinds import MONEY
from village_app.domain.periods import Period, PeriodKind, period_of
from village_app.domain.report_codes import read_code
from village_app.errors import VillageError
from village_app.services.house.reports import Figure
from village_app.services.house.saved_reports import BRIEF, BRIEF_TITLE, period_of_saved
from village_app.ui.asking import FileKind
from village_app.ui.door import Draft
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList, TwoLines
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk, Page
from village_app.ui.pages.reports.names import SavedRow, ask_name
from village_app.ui.pages.wishes import Wish, bind
from village_app.ui.theme import theme

FIGURES = (
    ColumnSpec("label", "项目", stretch=True, sortable=False),
    ColumnSpec("now", "本期", width=116, align="right", sortable=False),
    ColumnSpec("before", "上期", width=116, align="right", sortable=False, narrow=False),
    ColumnSpec("difference", "增减", width=112, align="right", sortable=False),
    ColumnSpec("share", "增减率", width=96, align="right", sortable=False),
)
ROWS = (
    ColumnSpec("what", "这个数里的每一条", stretch=True, lines=2, sortable=False),
    ColumnSpec("amount", "数", width=120, align="right", sortable=False),
)
KINDS: tuple[tuple[PeriodKind, str], ...] = (("month", "月"), ("quarter", "季度"), ("year", "年"))
PDF = FileKind("PDF文件", ("pdf",))
XLSX = FileKind("表格", ("xlsx",))
DOCX = FileKind("文字文件", ("docx",))


class ReportsPage(Page):
    """Five reports, the sheet of the year and the brief; each figure opens its records."""

    title = "报表"
    topic = "reports"
    watches = (
        *("issue", "ledger_entry", "payment", "project", "meeting", "resolution"),
        *("notice", "saved_report"),
    )
    keys = (
        Key("↑ ↓", "选一个数"),
        Key("Enter", "看它后面的每一条"),
        Key("Ctrl+←/→", "上一期、下一期"),
        Key("Ctrl+P", "存 PDF"),
        Key("Ctrl+E", "存表格"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._report = ""
        self._period = period_of("quarter", desk.village.session.today()).before
        self._figures: list[Figure] = []
        self._rows: list[tuple[str, int]] = []
        self.head = PageHead(
            self.title,
            buttons=[
                Button("存 PDF", icon="printer", key="Ctrl+P", kind="primary", press=self.save_pdf),
                Button("存表格", icon="out", key="Ctrl+E", press=self.save_sheet),
                Button("存成常用", icon="plus", press=self.keep),
            ],
        )
        self.body.addWidget(self.head)
        self.saved = SavedRow(self._open_saved, self._next_saved, self._remove_saved)
        self.body.addWidget(self.saved)
        self.body.addLayout(self._make_choice())
        self.stack = QStackedWidget()
        self.stack.addWidget(self._make_tables())
        self.stack.addWidget(self._make_brief())
        self.body.addWidget(self.stack, 1)
        self.columns = [self.reports, self.table, self.rows]

    def _make_choice(self) -> QVBoxLayout:
        self.reports = ChipRow([Chip("issues", "民情诉求办理情况")], name="报表")
        self.reports.chosen.connect(lambda keys: self._choose(keys[0]))
        self.kinds = ChipRow([Chip(key, word) for key, word in KINDS], name="期间", on=("quarter",))
        self.kinds.chosen.connect(lambda keys: self._choose_kind(keys[0]))
        self.earlier = Button(
            "上一期", icon="left", key="Ctrl+←", bind=False, press=self._go_earlier
        )
        self.later = Button("下一期", icon="right", key="Ctrl+→", bind=False, press=self._go_later)
        bind([Wish("上一期", self._go_earlier, "Ctrl+Left")], self)
        bind([Wish("下一期", self._go_later, "Ctrl+Right")], self)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(self.kinds)
        row.addWidget(self.earlier)
        row.addWidget(self.later)
        row.addStretch(1)
        both = QVBoxLayout()
        both.setSpacing(theme().px(8))
        both.addWidget(self.reports)
        both.addLayout(row)
        return both

    def _make_tables(self) -> QWidget:
        self.rows = RecordTable(ShortList(ROWS), name="report-rows", measure="条")
        self.table = RecordTable(ShortList(FIGURES), name="figures", title="各项数字", measure="项")
        self.table.chosen.connect(lambda _key: self._show_rows())
        self.table.opened.connect(lambda _key: self.rows.focus_rows())
        self.table.set_empty(EmptyState("这一期还没有数", "换一期看看，或者先把事情记下来。"))
        self.rows.opened.connect(self._open_row)
        self.rows.set_empty(EmptyState("没有记录", "这个数是零，后面没有记录。"))
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(12))
        row.addWidget(self.table, 58)
        row.addWidget(self.rows, 42)
        return place

    def _make_brief(self) -> QWidget:
        sheet = Sheet(BRIEF_TITLE, "数字已经填好，文字可以改；一行一段，“一、”开头的是小标题")
        self.brief = QPlainTextEdit()
        self.brief.setAccessibleName(BRIEF_TITLE)
        self.brief.setTabChangesFocus(True)
        sheet.head.addWidget(Button("重新填数", kind="quiet", press=self._write_brief))
        sheet.add(self.brief, 1)
        return sheet

    # Data

    @property
    def _village(self) -> Any:
        return self.desk.village

    def refresh(self) -> None:
        titles = self._village.reports.titles()
        self.reports.set_chips([*(Chip(*one) for one in titles), Chip(BRIEF, BRIEF_TITLE)])
        if not self._report and titles:
            self._report = titles[0][0]
        self.reports.set_on((self._report,))
        self.saved.show_saved(self._village.saved_reports.listed())
        self._show()

    def _show(self) -> None:
        self.head.set_fact(self._period.show())
        self.kinds.set_on((self._period.kind,))
        is_brief = self._report == BRIEF
        self.stack.setCurrentIndex(1 if is_brief else 0)
        if is_brief:
            if not self.brief.toPlainText():
                self._write_brief()
            return
        self._figures = self._village.reports.figures(self._report, self._period)
        rows = [_figure_row(number, one) for number, one in enumerate(self._figures)]
        self.table.refresh(ShortList(FIGURES, rows))
        self.table.show_chosen(lambda _key: self._show_rows())

    def _show_rows(self) -> None:
        key = self.table.current_key()
        rows = []
        self._rows = []
        if key is not None and key < len(self._figures):
            figure = self._figures[key]
            found = figure.line.rows
            self._rows = [(one.page, one.record) for one in found]
            rows = [
                ListRow(
                    number,
                    {
                        "what": TwoLines(one.title, one.note),
                        "amount": _shown(one.amount, figure.line.unit),
                    },
                )
                for number, one in enumerate(found)
            ]
        self.rows.refresh(ShortList(ROWS, rows))

    def _write_brief(self) -> None:
        self.brief.setPlainText(self._village.saved_reports.brief(self._period))

    # Wishes

    def _choose(self, report: str) -> None:
        self._report = report
        self._show()

    def _choose_kind(self, kind: PeriodKind) -> None:
        self._go(period_of(kind, self._period.first))

    def _go_earlier(self) -> None:
        self._go(self._period.before)

    def _go_later(self) -> None:
        self._go(self._period.following)

    def _go(self, period: Period) -> None:
        self._period = period
        self.brief.clear()
        self._show()

    def _open_row(self, key: int) -> None:
        page, record = self._rows[key]
        if page:
            self.desk.go(page, record)

    def keep(self) -> None:
        """Keep this report under a name."""
        ask_name(self, self._keep, self._suggested())

    def _suggested(self) -> str:
        words = dict(KINDS)[self._period.kind]
        titles = {**dict(self._village.reports.titles()), BRIEF: BRIEF_TITLE}
        return f"{words}{titles[self._report]}"

    def _keep(self, name: str) -> None:
        text = self.brief.toPlainText() if self._report == BRIEF else ""
        self._village.saved_reports.save(name, self._report, self._period, text)
        self.desk.say(f"已存下报表“{name.strip()}”", self.desk.undo)

    def _open_saved(self, saved_id: int) -> None:
        saved = self._village.saved_reports.get(saved_id)
        self._report, self._period = saved.report, period_of_saved(saved)
        self.brief.setPlainText(saved.text or "")
        self.reports.set_on((self._report,))
        self._show()

    def _next_saved(self, saved_id: int) -> None:
        saved = self._village.saved_reports.go_on(self._village.saved_reports.get(saved_id))
        self._open_saved(saved.id)
        period = self._period.show()
        self.desk.say(f"“{saved.name}”换到了{period}", self.desk.undo)

    def _remove_saved(self, saved_id: int) -> None:
        saved = self._village.saved_reports.get(saved_id)
        self._village.saved_reports.remove(saved)
        self.desk.say(f"已删除报表“{saved.name}”", self.desk.undo)

    def save_pdf(self) -> None:
        """Write the report as PDF."""
        self._save(PDF)

    def save_sheet(self) -> None:
        """Write the same figures as a spreadsheet; the brief as a document."""
        self._save(DOCX if self._report == BRIEF else XLSX)

    def _save(self, kind: FileKind) -> None:
        titles = {**dict(self._village.reports.titles()), BRIEF: BRIEF_TITLE}
        suggested = f"{self._period.show()}{titles[self._report]}.{kind.endings[0]}"
        target = self.desk.asking.save_file("存到哪里", kind, suggested, "reports")
        if target is None:
            return
        try:
            self._write(target)
        except VillageError as error:
            self.desk.say(error.message, None)
            return
        self.desk.say(f"已存成“{target.name}”", None)

    def _write(self, target: Path) -> None:
        if self._report == BRIEF:
            text = self.brief.toPlainText()
            self._village.saved_reports.save_brief(self._period, text, target)
        else:
            self._village.reports.save(self._report, self._period, target)

    # The page

    def open_record(self, record: int) -> None:
        """Open the line that a report code names."""
        code = read_code(str(record))
        found = self._village.reports.by_code(str(record)) if code else None
        if code is None or found is None:
            return
        self._report, self._period = found.report, found.period
        self.refresh()
        for number, figure in enumerate(self._figures):
            if figure.line.number == found.line:
                self.table.choose(number)
        self.rows.focus_rows()

    def first_focus(self) -> QWidget:
        return self.table.view

    def draft(self) -> dict[str, object] | None:
        if self._report != BRIEF or not self.brief.document().isModified():
            return None
        return {
            "text": self.brief.toPlainText(),
            "kind": self._period.kind,
            "first": self._period.first.isoformat(),
        }

    def restore_draft(self, draft: Draft) -> None:
        kind: PeriodKind = next(one for one, _ in KINDS if one == draft["kind"])
        self._period = Period(kind, date.fromisoformat(str(draft["first"])))
        self._report = BRIEF
        self.brief.setPlainText(str(draft["text"]))
        self.brief.document().setModified(True)
        self.reports.set_on((BRIEF,))
        self._show()

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.rows.setVisible(not narrow)


def _figure_row(number: int, figure: Figure) -> ListRow:
    unit, figures = figure.line.unit, figure.figures
    measure = "" if unit == "money" else f" {figure.line.measure}"
    label = f"{figure.line.label}（元）" if unit == "money" else figure.line.label
    difference = _shown(figures.difference, unit)
    return ListRow(
        number,
        {
            "label": label,
            "now": _shown(figures.now, unit) + measure,
            "before": _shown(figures.before, unit) + measure,
            "difference": f"+{difference}" if figures.difference > 0 else difference,
            "share": figures.share_words(),
        },
    )


def _shown(value: int, unit: str) -> str:
    return MONEY.show(value) if unit == "money" else str(value)
