"""任务和待办: what is due today from every subject, and the village's tasks with their evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.db.records.issues import Task
from village_app.domain.kinds import FieldDeclaration
from village_app.errors import VillageError
from village_app.services.house.today_items import TodayItem, day_light
from village_app.ui.asking import FileKind
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.templates import ListAndDetail
from village_app.ui.page import Desk, Page
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.issues.print import IssuePrinting
from village_app.ui.pages.issues.task_detail import TaskDetail
from village_app.ui.pages.issues.task_rows import (
    CHIPS,
    TASK_COLUMNS,
    TODAY,
    TODAY_COLUMNS,
    task_row,
    today_row,
)
from village_app.ui.theme import theme

FIELDS = ("heading", "owner", "due_on", "helpers", "measures", "evidence_needed", "recurrence")
_FILES = FileKind("完成材料", ("pdf", "jpg", "jpeg", "png", "docx", "doc", "xlsx", "xls", "txt"))


class TasksPage(Page):
    """Today's things to do, and tasks: entered, proved, finished; the next of a series follows."""

    title = "任务和待办"
    topic = "tasks"
    watches = (
        *("task", "issue", "notice", "meeting", "resolution", "project", "payment", "question"),
        *("attachment", "reception_day"),
    )
    keys = (
        Key("↑ ↓", "选一件"),
        Key("Enter", "去办"),
        Key("Ctrl+N", "新任务"),
        Key("Ctrl+Enter", "完成"),
        Key("Ctrl+P", "打印待办"),
        Key("Ctrl+Z", "撤销"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._only = TODAY
        self._task: Task | None = None
        self._items: list[TodayItem] = []
        self.dialog: FormDialog | None = None
        self.printing = IssuePrinting(desk, self)
        self.head = PageHead(
            self.title,
            buttons=[
                Button("新任务", icon="plus", key="Ctrl+N", press=self.enter),
                Button(
                    "打印待办", icon="printer", key="Ctrl+P", bind=False, press=self.print_today
                ),
            ],
        )
        self.chips = ChipRow([Chip(key, word, 0, light) for key, word, light in CHIPS])  # type: ignore[arg-type]  # literal words
        self.chips.chosen.connect(lambda keys: self._choose(keys[0] if keys else TODAY))
        self.table = RecordTable(
            ShortList(TODAY_COLUMNS),
            name="tasks",
            title=self.title,
            measure="件",
            preferences=desk.preferences,
        )
        self.table.set_empty(
            EmptyState("没有要办的", "有期限的事和任务，到时候都会排在这里。"),
            filtered="这一格里没有任务，换一格看看。",
        )
        self.table.chosen.connect(self._show)
        self.table.opened.connect(self._open)
        self.table.verb_pressed.connect(lambda key, _column: self._open(key))
        self.detail = TaskDetail(self.wish)
        self.pair = ListAndDetail(self._make_left(), self.detail)
        self.pair.alone.connect(self.head.put_away)
        self.body.addWidget(self.head)
        self.body.addWidget(self.pair, 1)
        self.columns = [self.table, self.detail]
        for keys, act in (
            ("Ctrl+Return", lambda: self.wish("finish")),
            ("Ctrl+P", self.print_today),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _make_left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        column.addWidget(self.chips)
        self.head.take_in(self.chips, column)
        column.addWidget(self.table, 1)
        return left

    # The list

    def refresh(self) -> None:
        village = self.desk.village
        items = village.today.items()
        self.chips.set_counts({**village.tasks.counts(), TODAY: len(items)})
        late = sum(item.light.kind == "over" for item in items)
        self.head.set_fact(f"今日待办 {len(items)} 件，超期 {late} 件" if items else "都办完了")
        self._fill(items)

    def _fill(self, items: list[TodayItem]) -> None:
        self.table.set_filtered(filtered=self._only != TODAY)
        if self._only == TODAY:
            self._items = items
            rows = [today_row(at, item) for at, item in enumerate(items)]
            self.table.refresh(ShortList(TODAY_COLUMNS, rows))
        else:
            session = self.desk.village.session
            rows = [
                task_row(one, day_light(session, one.due_on))
                for one in self.desk.village.tasks.listed(self._only)
            ]
            self.table.refresh(ShortList(TASK_COLUMNS, rows))
        if self.table.current_key() is None:
            self.table.choose_first()
        self._show(self.table.current_key())

    def _choose(self, only: str) -> None:
        self._only = only
        self.chips.set_on([only])
        self._fill(self.desk.village.today.items() if only == TODAY else [])

    def _show(self, key: int | None) -> None:
        """Show the task of a row; what is due elsewhere says where it is done."""
        self.pair.set_empty(not self.table.count())
        self._task = None
        if key is None:
            self.detail.show_nothing()
            return
        if self._only == TODAY:
            item = self._items[key]
            if item.page != "tasks":
                self.detail.show_elsewhere(item)
                return
            key = item.record
        tasks = self.desk.village.tasks
        self._task = tasks.get(key)
        self.detail.show_task(self._task, tasks.evidence(self._task), tasks.origin(self._task))

    def _open(self, key: int) -> None:
        if self._only == TODAY and self._items[key].page != "tasks":
            item = self._items[key]
            self.desk.go(item.page, item.record or None)
        else:
            self.pair.open_detail()

    # What is done with a task

    def enter(self) -> None:
        """Enter a new task."""

        def save(typed: Typed) -> None:
            task = self.desk.village.tasks.start(typed)
            self.desk.say(f"已建任务 {task.number}", self.desk.undo)
            self.open_record(task.id)

        self._ask("新任务", self._fields(), save, "建任务")

    def wish(self, code: str) -> None:
        """Do something with the chosen task; `go` to the page where the chosen thing is done."""
        key = self.table.current_key()
        if code == "go" and key is not None:
            self._open(key)
        task = self._task
        if task is None:
            return
        wishes: dict[str, Callable[[Task], None]] = {
            "finish": self._finish,
            "evidence": self._add_evidence,
            "correct": self._correct,
            "drop": self._drop,
            "origin": self._go_to_origin,
        }
        wishes[code](task)

    def _finish(self, task: Task) -> None:
        result = FieldDeclaration(
            "result", "完成情况", Task.declaration("result").kind, required=True
        )

        def save(typed: Typed) -> None:
            following = self.desk.village.tasks.finish(task, typed["result"])
            more = f"，下一次 {following.due_on}" if following is not None else ""
            self.desk.say(f"已完成 {task.number}{more}", self.desk.undo)

        self._ask(f"完成 {task.number}", [result], save, "完成")

    def _add_evidence(self, task: Task) -> None:
        files = self.desk.asking.pick_files("选完成材料", [_FILES], "evidence")
        if not files:
            return
        tasks = self.desk.village.tasks
        job = self.desk.jobs.start(lambda _report: tasks.add_evidence(task, files), "附上材料")
        job.succeeded.connect(lambda count: self.desk.say(f"已附上 {count} 份", self.desk.undo))
        job.failed.connect(self._tell)

    def _correct(self, task: Task) -> None:
        def save(typed: Typed) -> None:
            self.desk.village.tasks.correct(task, typed)
            self.desk.say(f"已改好 {task.number}", self.desk.undo)

        values = {name: getattr(task, name) for name in FIELDS}
        self._ask(f"改任务 {task.number}", self._fields(), save, "存", values)

    def _drop(self, task: Task) -> None:
        reason = FieldDeclaration("reason", "原因", Task.declaration("result").kind, required=True)

        def save(typed: Typed) -> None:
            self.desk.village.tasks.drop(task, typed["reason"])
            self.desk.say(f"已取消 {task.number}", self.desk.undo)

        self._ask(f"取消任务 {task.number}", [reason], save, "取消任务")

    def _go_to_origin(self, task: Task) -> None:
        origin = self.desk.village.tasks.origin(task)
        if origin is not None and origin.page:
            self.desk.go(origin.page, origin.id)

    def _fields(self) -> list[FieldDeclaration]:
        return [Task.declaration(name) for name in FIELDS]

    def _ask(
        self,
        title: str,
        fields: list[FieldDeclaration],
        save: Callable[[Typed], object],
        words: str,
        values: dict[str, Any] | None = None,
    ) -> None:
        self.dialog = FormDialog(title, fields, save, self.window(), words=words, values=values)
        self.dialog.open()

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, VillageError):
            raise error
        self.desk.say(error.message, None)

    def print_today(self) -> None:
        """Show the day's list as it will be printed."""
        papers = self.desk.village.task_papers
        self.printing.show_pdf("今日待办", papers.today_pdf)

    # The page

    def open_record(self, record: int) -> None:
        state = self.desk.village.tasks.get(record).state
        self._choose("open" if state == "open" else "done")
        self.table.choose(record)
        self.pair.open_detail()

    def first_focus(self) -> QWidget:
        return self.table.view

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.pair.set_narrow(narrow)
