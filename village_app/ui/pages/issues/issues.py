"""诉求台账: one line and Enter, the list with its lights, the matter beside it, the notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from village_app.db.records.issues import Issue, NotebookLine
from village_app.domain.issue_course import DONE_STATES, OPEN_STATES
from village_app.errors import InvalidInput, Refused
from village_app.ui.door import Draft
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.service_list import ServiceList
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.templates import ListAndDetail
from village_app.ui.page import Desk, Page
from village_app.ui.pages.issues.bulk import IssueBulk
from village_app.ui.pages.issues.detail import IssueDetail
from village_app.ui.pages.issues.figures import FiguresView
from village_app.ui.pages.issues.print import IssuePrinting
from village_app.ui.pages.issues.rows import (
    CHIPS,
    CHOSEN,
    COLUMNS,
    NOTEBOOK,
    NOTEBOOK_COLUMNS,
    cells,
    note_row,
)
from village_app.ui.pages.issues.typing import TypingPanel
from village_app.ui.pages.issues.wishes import IssueWishes
from village_app.ui.theme import theme

_KEYS = (
    Key("Ctrl+J", "写一句"),
    Key("↑ ↓", "选一件"),
    Key("Ctrl+T", "添一步"),
    Key("Ctrl+Enter", "下一步"),
    Key("Ctrl+G", "记事本"),
    Key("F7", "转议题"),
    Key("Ctrl+B", "成批"),
    Key("Ctrl+Z", "撤销"),
)
_FIGURE_KEYS = (Key("↑ ↓", "选一行"), Key("Enter", "看是哪几件"), Key("Esc", "回到台账"))


class IssuesPage(Page):
    """The log of matters, entered by one line and worked at by keys."""

    title = "诉求台账"
    topic = "issues"
    watches = (
        *("issue", "issue_step", "assignment", "follow_up", "notebook_line", "link"),
        *("attachment", "issue_reply"),
    )
    keys = _KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._only = "open"
        self._chosen_ids: Sequence[int] = ()
        self.printing = IssuePrinting(desk, self)
        self.bulk = IssueBulk(desk, self, self.printing)
        self.wishes = IssueWishes(desk, self, self.printing)
        self._make_head()
        self._make_list()
        self.detail = IssueDetail(desk, self.wishes.wish, self.wishes.see_chain)
        self.pair = ListAndDetail(self._make_left(), self.detail)
        self.figures = FiguresView(desk)
        self.figures.opened.connect(self.show_chosen)
        self.figures.closed.connect(self.show_list)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.pair)
        self.stack.addWidget(self.figures)
        self.pair.alone.connect(self.head.put_away)
        self.body.addWidget(self.head)
        self.body.addWidget(self.stack, 1)
        self.columns = [self.typing.entry, self.table, self.detail]
        self._bind()

    def _make_head(self) -> None:
        self.head = PageHead(
            self.title,
            buttons=[
                Button("接访登记", icon="person", key="F5", bind=False, press=self._receive),
                Button("打印", icon="printer", key="Ctrl+P", bind=False, press=self._print),
                Button("统计", icon="chart", key="Ctrl+I", bind=False, press=self.show_figures),
            ],
        )

    def _make_list(self) -> None:
        self.typing = TypingPanel(self.desk, lambda: self._only == NOTEBOOK)
        self.typing.logged.connect(self.open_record)
        self.typing.form_wished.connect(self.enter)
        chips = [Chip(key, word, 0, light) for key, word, light in CHIPS]
        self.chips = ChipRow([*chips, Chip(NOTEBOOK, "记事本", 0)])
        self.chips.chosen.connect(lambda keys: self._choose(keys[0] if keys else "open"))
        self.chosen_note = Banner("info", "", link="看全部")
        self.chosen_note.pressed.connect(lambda: self._choose("open"))
        self.chosen_note.hide()
        self.table = RecordTable(
            self._source(),
            name="issues",
            title=self.title,
            measure="件",
            many=True,
            preferences=self.desk.preferences,
        )
        self.table.set_empty(
            EmptyState("还没有诉求", "上面写一句就记下一件：谁、在哪、什么事。也可以导入旧台账。"),
            filtered="这一格里没有，换一格看看。",
        )
        self.table.chosen.connect(self._show)
        self.table.opened.connect(self._open)
        self.table.add_link("选中的成批办", self._bulk)
        self.table.add_link(lambda count: f"导出这 {count} 件", self.export)
        self.table.add_link("导入", lambda: self.desk.go("import-issues", None), always=True)

    def _make_left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        column.addWidget(self.typing)
        column.addWidget(self.chips)
        self.head.take_in(self.chips, column, 1)
        column.addWidget(self.chosen_note)
        column.addWidget(self.table, 1)
        return left

    def _bind(self) -> None:
        for keys, act in (
            ("Ctrl+J", self.typing.entry.line.setFocus),
            ("Ctrl+G", self.turn_notebook),
            ("Ctrl+N", self.enter),
            ("Ctrl+B", self._bulk),
            # A narrow head shows its first button only: its keys go on without it.
            ("Ctrl+P", self._print),
            ("Ctrl+I", self.show_figures),
            ("F7", lambda: self.wishes.wish("agenda")),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # Wishes of the page

    def enter(self) -> None:
        """Open the whole entry form, filled with what was understood."""
        self.wishes.enter(self.typing.values(), self._entered)

    def turn_notebook(self) -> None:
        """Go to the notebook to keep lines as they are heard, and back to the log."""
        self._choose("open" if self._only == NOTEBOOK else NOTEBOOK)
        self.typing.entry.line.setFocus()

    def _entered(self, issue: Issue) -> None:
        self.typing.forget()
        self.open_record(issue.id)
        self.desk.say(f"已登记 {issue.number}", self.desk.undo)

    def _receive(self) -> None:
        self.desk.go("receptions", None)

    def _print(self) -> None:
        self.printing.choose(self.wishes.issue)

    def _bulk(self) -> None:
        self.bulk.choose(() if self._only == NOTEBOOK else self.table.selected_keys())

    def export(self) -> None:
        """Write the shown list as a spreadsheet."""
        if self._only != NOTEBOOK:
            self.printing.export(self._listed().ids())

    def show_figures(self) -> None:
        """Show the statistics in the place of the list."""
        self.stack.setCurrentWidget(self.figures)
        self.head.put_away(True)
        self.set_keys(_FIGURE_KEYS)
        self.figures.refresh()
        self.figures.setFocus()

    def show_list(self) -> None:
        """Go back to the list."""
        self.stack.setCurrentWidget(self.pair)
        self.head.put_away(self.pair.is_detail_alone)
        self.set_keys(_KEYS)
        self.table.focus_rows()

    def show_chosen(self, sentence: str, ids: Sequence[int]) -> None:
        """Show exactly these matters: the ones behind a figure."""
        self._chosen_ids = tuple(ids)
        words = f"{sentence}，{len(ids)} 件。"
        self.chosen_note.show_sentence("info", words, link="看全部")
        self.show_list()
        self._choose(CHOSEN)

    # The list

    def refresh(self) -> None:
        village = self.desk.village
        counts = village.issue_list.counts()
        lines = len(village.notebook.listed(only_open=True))
        self.chips.set_counts({**counts, NOTEBOOK: lines})
        self.table.set_filtered(filtered=bool(sum(counts.values()) + lines))
        self.head.set_fact(self._fact())
        self.table.refresh(self._source())
        self.table.show_chosen(self._show)
        if self.stack.currentWidget() is self.figures:
            self.figures.refresh()

    def _fact(self) -> str:
        village = self.desk.village
        today = village.session.today()
        first, last = date(today.year, 1, 1), date(today.year, 12, 31)
        taken = village.issue_figures.totals(first, last)
        text = f"今年 {taken.taken} 件"
        if taken.due:
            tenths = (taken.closed_in_time * 2000 + taken.due) // (2 * taken.due)
            text += f"，按期办结率 {tenths // 10}.{tenths % 10}%"
        return text

    def _listed(self) -> Any:
        listed = self.desk.village.issue_list.listed
        if self._only == CHOSEN:
            return listed(only="all", ids=self._chosen_ids)
        return listed(only=self._only)

    def _source(self) -> Any:
        if self._only == NOTEBOOK:
            lines: Iterable[NotebookLine] = self.desk.village.notebook.listed(only_open=True)
            return ShortList(NOTEBOOK_COLUMNS, map(note_row, lines))
        return ServiceList(COLUMNS, self._listed(), cells)

    def _choose(self, only: str) -> None:
        self._only = only
        self.chosen_note.setVisible(only == CHOSEN)
        if only != CHOSEN:
            self.chips.set_on([only])
        self.table.refresh(self._source())
        self.table.choose_first()
        self._show(self.table.current_key())

    def _show(self, key: int | None) -> None:
        village = self.desk.village
        self.pair.set_empty(not self.table.count())
        self.wishes.issue = None
        if key is None or self._only == NOTEBOOK:
            self.detail.show_nothing()
            return
        issue = village.issues.get(key)
        self.wishes.issue = issue
        history = village.issue_entry.history(issue.household_id, issue.at)
        chain = village.issue_chain.of(issue)
        file = village.issues.file(issue)
        self.detail.show_issue(file, village.issues.light(issue), chain, history.sentence())
        if issue.state == "visiting" and not village.issue_work.lacking(issue):
            self.detail.ready_to_close()

    def _open(self, key: int) -> None:
        """Enter: a line of the notebook becomes a matter, a matter opens."""
        if self._only != NOTEBOOK:
            self.pair.open_detail()
            return
        village = self.desk.village
        line: NotebookLine = village.notebook.get(key)
        try:
            issue = village.notebook.make_issue(line)
        except (InvalidInput, Refused) as refusal:
            self.desk.say(refusal.message, None)
            return
        if not village.notebook.listed(only_open=True):
            self.open_record(issue.id)
        self.desk.say(f"已转成诉求 {issue.number}", self.desk.undo)

    # The page

    def open_record(self, record: int) -> None:
        self.show_list()
        self.refresh()
        if not self.table.choose(record):
            state = self.desk.village.issues.get(record).state
            self._choose("done" if state in DONE_STATES else "open")
            if state not in (*DONE_STATES, *OPEN_STATES):
                # A matter that was declined or merged stands in no chip's list, only alone.
                self.show_chosen("不在各个筛选里的", (record,))
            self.table.choose(record)
        self._show(self.table.current_key())

    def first_focus(self) -> QWidget:
        return self.typing.entry.line

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.pair.set_narrow(narrow)
        self.detail.facts.set_columns(2 if narrow else 1)
        self.figures.set_narrow(narrow)

    def draft(self) -> Draft | None:
        text = self.typing.entry.line.text().strip()
        return {"line": text} if text else None

    def restore_draft(self, draft: Draft) -> None:
        self.typing.entry.line.setText(str(draft.get("line", "")))
        self.typing.entry.look()
