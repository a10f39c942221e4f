"""The page of an import, the same for every subject: file, columns, dry run, writing, result.

A subject plugs itself in with a class of five lines (`import_subjects.py`): its title, the page
it belongs to, and which `SubjectImports` it is. Another page opens it with
`desk.go("import-agenda", meeting.id)`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.errors import VillageError
from village_app.services.imports.session import ImportSession
from village_app.services.imports.subject_imports import SubjectImports
from village_app.ui.asking import Choice, FileKind, Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.progress import watch
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.text import Text
from village_app.ui.kit.wizard import WizardFrame
from village_app.ui.page import Desk, Page
from village_app.ui.pages.imports.history import ImportHistory
from village_app.ui.pages.imports.matching import MatchingStep
from village_app.ui.pages.imports.trial import TrialStep

TABLES = FileKind(
    "表格", ("xlsx", "xls", "et", "csv", "ods", "xlsb", "xlsm", "txt", "htm", "html", "xml")
)
ERROR_ROWS = FileKind("表格", ("xlsx",))
UNTOUCHED = "还没有写入任何东西，随时可以退出。"
NOTHING_LEFT = "取消后，台账和现在一样，什么都没写。"
_FACTS = ("", "第二步：看看每一列是什么", "第三步：试导入的结果，还没有写入", "完成")
_KEYS = (
    (Key("Ctrl+O", "选表格"), Key("Esc", "放弃导入")),
    (Key("↑ ↓", "选一列"), Key("Ctrl+Enter", "试导入"), Key("Esc", "放弃，什么都不改")),
    (
        Key("↑↓←→", "走格子"),
        Key("F2", "改这一格"),
        Key("F8", "下一处错误"),
        Key("Ctrl+V", "粘贴多行"),
        Key("Ctrl+Enter", "写入"),
    ),
    (Key("Ctrl+Enter", "去看台账"),),
)


class ImportPage(Page):
    """The wizard over one `ImportSession`; every number on it comes from the plan."""

    title = "导入"
    topic = "import"
    watches = ("import_batch",)
    subject: ClassVar[type[SubjectImports]]
    nobody: ClassVar[str] = "先把要导进去的记录建好，再来导入。"
    """What is said where `imports` gives None."""
    words: ClassVar[str] = "村里的表格、镇里发来的表格，都可以直接选来。"
    home: ClassVar[str] = "residents"
    """The page that the records are seen on afterwards."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._session: ImportSession | None = None
        self._record: int | None = None
        self.keys = _KEYS[0]
        self.head = PageHead(
            self.title, buttons=[Button("放弃导入", icon="cross", key="Esc", press=self.leave)]
        )
        self.matching = MatchingStep(desk, self._work)
        self.wizard = WizardFrame(["选文件", "对好列", "试导入", "完成"])
        self.body.addWidget(self.head)
        self.body.addWidget(self.wizard, 1)
        self.wizard.add_step(self._make_choosing(), on="选一个表格", forward=self.pick)
        self.wizard.add_step(self.matching, on="试导入，看看结果", forward=self.show_trial)
        self.trial = TrialStep()
        self.trial.changed.connect(self._name_the_way_on)
        self.wizard.add_step(self.trial, on="写入", forward=self.write)
        self.wizard.add_step(
            self._make_done(), on="去看台账", forward=self._go_home, can_go_back=False
        )
        self.errors_button = Button("导出错误行", icon="out", press=self.save_errors)
        self.wizard.extra.addWidget(self.errors_button)
        self.facts_button = Button("这张表", icon="book", press=self.matching.turn)
        self.wizard.extra.addWidget(self.facts_button)
        self._enter(0)

    # What a subject says

    @abstractmethod
    def imports(self, record: int | None) -> SubjectImports | None:
        """Give the subject's imports; `record` is what the page was opened for (a meeting).

        None where there is nothing yet that lists could be brought in for.
        """

    def more_buttons(self) -> list[Button]:
        """Give what else can be done beside picking a file."""
        return []

    def home_record(self) -> int | None:
        """Give the record of the home page that is opened afterwards."""
        return None

    # The window

    def open_record(self, record: int) -> None:
        """Bring a list in for this record (a meeting, a body)."""
        self._record = record
        self.restart()

    def refresh(self) -> None:
        self.history.refresh(self.subject)

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.wizard.set_narrow(narrow)
        self.trial.set_narrow(narrow)
        self.promise.setVisible(not narrow)
        self.history.set_narrow(narrow)
        self.matching.set_narrow(narrow)
        self._enter(self.wizard.step)

    # The work areas

    def _make_choosing(self) -> QWidget:
        sheet = Sheet()
        sheet.add(Text(self.words, "h3", wrap=True))
        self.promise = Text(
            "程序会自己找表头、认列名，把每一行会怎样告诉您；写入以后，过一周也能整批撤回。",
            tone="ink2",
            wrap=True,
        )
        sheet.add(self.promise)
        self.choose_row = QHBoxLayout()
        self.choose_row.addWidget(
            Button("选一个表格", icon="folder", big=True, key="Ctrl+O", press=self.pick)
        )
        self.choose_row.addWidget(Button("存一份空表去填", icon="out", press=self.save_template))
        for button in self.more_buttons():
            self.choose_row.addWidget(button)
        self.choose_row.addStretch(1)
        sheet.body.addLayout(self.choose_row)
        self.history = ImportHistory(self.desk)
        return _column(sheet, self.history)

    def _make_done(self) -> QWidget:
        sheet = Sheet()
        self.done_title = Text("", "songh2", wrap=True)
        self.done_text = Text("", wrap=True)
        sheet.add(self.done_title)
        sheet.add(self.done_text)
        row = QHBoxLayout()
        row.addWidget(Button("撤回这次导入", icon="undo", press=self.take_back))
        row.addWidget(Button("再导一个", icon="in", press=self.restart))
        row.addStretch(1)
        sheet.body.addLayout(row)
        sheet.add_stretch()
        return sheet

    def _enter(self, step: int) -> None:
        """Go to a step; head, keys and the foot follow."""
        self.wizard.go(step)
        number = f"（第 {step + 1} 步）" if self.narrow else ""
        self.head.set_title(f"{self.title}{number}", _FACTS[step])
        self.set_keys(_KEYS[step])
        self.errors_button.setVisible(step == 2)
        self.facts_button.setVisible(step == 1 and self.narrow)
        self.wizard.say_safe(UNTOUCHED if step < 3 else "")

    # Step 1

    def pick(self) -> None:
        """Let a file be picked and read it in the background."""
        path = self.desk.asking.pick_file("选一个表格", [TABLES], "import")
        if path is not None:
            self.read(path)

    def save_template(self) -> None:
        """Save an empty spreadsheet with the right columns, hints, drop-downs and two samples."""
        imports = self.imports(self._record)
        if imports is None:
            self._refuse(self.nobody)
            return
        suggested = f"{self.title.removeprefix('导入')}导入表.xlsx"
        path = self.desk.asking.save_file("空表存到哪里", ERROR_ROWS, suggested, "import")
        if path is None:
            return
        try:
            imports.write_template(path)
        except VillageError as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"空表存到了“{path.name}”，照填写说明填好再选来；示例两行不会导入", None)

    def read(self, path: Path) -> None:
        """Read a file; what it is and whether it is such a list is decided by its content."""
        try:
            content = path.read_bytes()
        except OSError:
            self._refuse(f"打不开“{path.name}”。请关掉正在用它的程序，再选一次。")
            return
        imports = self.imports(self._record)
        if imports is None:
            self._refuse(self.nobody)
            return
        session = self.desk.village.import_session(imports, content, path.name)
        self._start_reading(session)

    def _start_reading(self, session: ImportSession, encoding: str | None = None) -> None:
        job = self.desk.jobs.start(
            lambda report: session.read(encoding=encoding, report=report),
            "正在读表格",
            writes=False,
        )
        job.succeeded.connect(lambda _plan: self._read_done(session))
        job.failed.connect(lambda error: self._read_failed(session, error))
        watch(job, self.window(), leaves=NOTHING_LEFT)

    def _read_done(self, session: ImportSession) -> None:
        self._session = session
        self.matching.show_session(session)
        self._enter(1)
        self.matching.take_keyboard()

    # Step 3

    def show_trial(self) -> None:
        """Show what the import would do, line by line."""
        self.trial.show_plan(self._the_session())
        self._enter(2)
        self._name_the_way_on()
        self.trial.grid.view.setFocus()

    def save_errors(self) -> None:
        """Save the rows with errors as a spreadsheet with their reasons, to be put right there."""
        session = self._the_session()
        suggested = f"{Path(session.name).stem}（错误行）.xlsx"
        path = self.desk.asking.save_file("错误行存到哪里", ERROR_ROWS, suggested, "import")
        if path is None:
            return
        try:
            count = session.write_errors(path)
        except VillageError as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"有错的 {count} 行存到了“{path.name}”，每行写着原因，改好再导", None)

    def _name_the_way_on(self) -> None:
        session = self._the_session()
        counts = session.counts()
        words = f"写入 {counts['writes']} 行"
        if session.imports.rule_matters:
            words += f"（新增 {counts['new']}，更新 {counts['update']}）"
        self.wizard.on.set_words(words)
        self.wizard.on.forbid("" if counts["writes"] else "没有要写入的行。")
        self.errors_button.forbid("" if counts["error"] else "没有错误的行")
        self.wizard.say_safe(_left_words(counts["error"], counts["suspected"]) or UNTOUCHED)

    # Step 4

    def write(self) -> None:
        """Write as one change, in the background; cancelling rolls all of it back."""
        session = self._the_session()
        self._work(session.commit, "正在写入台账", lambda _batch: self._written(), writes=True)

    def _written(self) -> None:
        session = self._the_session()
        counts = session.counts()
        done = f"已写入：新增 {counts['new']} {session.imports.counter}"
        if session.imports.rule_matters:
            done += f"，更新 {counts['update']} {session.imports.counter}"
        self.done_title.setText(done)
        left = counts["error"] + counts["suspected"]
        rest = f"还有 {left} 行没有写，可以改好原来的表格再导一次。" if left else ""
        self.done_text.setText(f"{rest}这一批可以整批撤回，过几天也行，原来的值都留着。")
        self._enter(3)

    def take_back(self) -> None:
        """Take the import that was just written back."""
        self.desk.undo()

    def restart(self) -> None:
        """Begin again with another file."""
        self._session = None
        self._enter(0)
        if self.isVisible():
            self.refresh()

    def leave(self) -> None:
        """Give up; nothing was written."""
        self.restart()
        self.desk.go(self.home, None)

    def _go_home(self) -> None:
        record = self.home_record()
        self.restart()
        self.desk.go(self.home, record)

    # How it is done

    def _work(
        self,
        work: Callable[..., Any],
        label: str,
        then: Callable[[Any], object],
        *,
        writes: bool = False,
    ) -> None:
        job = self.desk.jobs.start(lambda report: work(report=report), label, writes=writes)
        job.succeeded.connect(then)
        job.failed.connect(self._failed)
        watch(job, self.window(), leaves=NOTHING_LEFT)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, VillageError):
            raise error
        self._refuse(error.message)

    def _read_failed(self, session: ImportSession, error: Exception) -> None:
        """Let the encoding be chosen by its preview where nobody can be sure of it."""
        candidates = error.values.get("candidates") if isinstance(error, VillageError) else None
        if not candidates:
            self._failed(error)
            return
        chosen = self.desk.asking.ask(
            Question(
                "哪一种读出来的字是对的",
                [(one.label, one.preview) for one in candidates],
                [*(Choice(one.encoding, one.label) for one in candidates), Choice("", "先不导入")],
            )
        )
        if chosen:
            self._start_reading(session, encoding=chosen)

    def _refuse(self, sentence: str) -> None:
        """Say why something was not done, where it is seen in every step."""
        self.desk.asking.ask(Question("没有导入", [("", sentence)]))

    def _the_session(self) -> ImportSession:
        assert self._session is not None, "a file is read first"
        return self._session


def _column(*parts: QWidget) -> QWidget:
    """Stand parts below each other; the last takes the room that is left."""
    place = QWidget()
    body = QVBoxLayout(place)
    body.setContentsMargins(0, 0, 0, 0)
    for part in parts[:-1]:
        body.addWidget(part)
    body.addWidget(parts[-1], 1)
    body.addStretch(0)
    return place


def _left_words(wrong: int, doubtful: int) -> str:
    told = [f"有错的 {wrong} 行"] if wrong else []
    told += [f"疑似重复的 {doubtful} 行"] if doubtful else []
    return f"{'、'.join(told)}先不写，改好再来也行。" if told else ""
