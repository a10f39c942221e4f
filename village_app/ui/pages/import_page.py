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
from village_app.services.import_session import ImportSession
from village_app.services.own_fields import PREFIX
from village_app.services.subject_imports import SubjectImports
from village_app.ui.asking import Choice, FileKind, Question
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.progress import watch
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.text import Text
from village_app.ui.kit.wizard import WizardFrame
from village_app.ui.page import Desk, Page
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.import_columns import NEW_FIELD, ColumnsList
from village_app.ui.pages.import_dialogs import HeaderDialog, NamesDialog, RulesDialog
from village_app.ui.pages.import_facts import FileFacts
from village_app.ui.pages.import_history import ImportHistory
from village_app.ui.pages.import_trial import TrialStep
from village_app.ui.pages.own_fields import own_field_form

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
        self.banner = Banner("info", "选一个表格，先试导，看过了再写入。")
        self.banner.pressed.connect(self._banner_pressed)
        self._on_banner: Callable[[], object] = lambda: None
        self.wizard = WizardFrame(["选文件", "对好列", "试导入", "完成"])
        self.body.addWidget(self.head)
        self.body.addWidget(self.wizard, 1)
        self.wizard.add_step(self._make_choosing(), on="选一个表格", forward=self.pick)
        self.wizard.add_step(self._make_columns(), on="试导入，看看结果", forward=self.show_trial)
        self.trial = TrialStep()
        self.trial.changed.connect(self._name_the_way_on)
        self.wizard.add_step(self.trial, on="写入", forward=self.write)
        self.wizard.add_step(
            self._make_done(), on="去看台账", forward=self._go_home, can_go_back=False
        )
        self.errors_button = Button("导出错误行", icon="out", press=self.save_errors)
        self.wizard.extra.addWidget(self.errors_button)
        self.facts_button = Button("这张表", icon="book", press=self._turn_part)
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
        self._show_part(facts=not narrow, columns=True)
        self._enter(self.wizard.step)

    def _show_part(self, *, facts: bool, columns: bool) -> None:
        """Show the card beside the columns, or where there is no room one of the two."""
        self.facts.setVisible(facts)
        self.columns_list.setVisible(columns)

    def _turn_part(self) -> None:
        shown = self.facts.isVisible()
        self._show_part(facts=not shown, columns=shown)

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

    def _make_columns(self) -> QWidget:
        self.columns_list = ColumnsList()
        self.columns_list.chosen.connect(self.choose_field)
        self.facts = FileFacts()
        self.facts.sheet_chosen.connect(self._choose_sheet)
        self.facts.other_chosen.connect(self._choose_other)
        self.facts.header_asked.connect(self.point_at_header)
        self.facts.text_chosen.connect(self._choose_text)
        self.facts.rule_chosen.connect(lambda rule: self._the_session().set_rule(rule))
        self.facts.rules_asked.connect(self.set_rules)
        self.facts.answered.connect(lambda answer: self._the_session().answer(answer))
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.columns_list, 1)
        row.addWidget(self.facts)
        return _column(self.banner, place)

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
        self._show_columns()
        self._enter(1)
        first = self.columns_list.first()
        if first is not None:
            first.setFocus()

    # Step 2

    def _show_columns(self) -> None:
        session = self._the_session()
        self.columns_list.show_columns(session)
        self.facts.show_file(session)
        self._say_columns(session)

    def _say_columns(self, session: ImportSession) -> None:
        plan = session.plan
        open_columns = sum(not guess.sure for guess in session.columns())
        rest = f"还有 {open_columns} 列没认出来，您可以定一下。" if open_columns else ""
        if plan.earlier is not None:
            self._say("soon", plan.earlier.warning)
        elif (painted := session.unexplained()) is not None:
            legend = f"（表里写着“{painted.legend}”）" if painted.legend else ""
            self._say(
                "soon",
                f"有 {painted.rows} 行标了{painted.colour}色{legend}，是什么意思？",
                "说一下",
                self.explain_colour,
            )
        elif session.unknown_groups():
            self._say("soon", f"{_unknown_words(session)}{rest}", "看看怎么办", self.settle_names)
        elif session.remembered():
            self._say(
                "done",
                f"这张表的样子和以前导过的一样，已照上次对好 {session.remembered()} 列。{rest}",
                "不照上次，重新认",
                self.forget,
            )
        elif open_columns:
            self._say("info", rest)
        else:
            self._say("done", "每一列都对上了，看看对不对。")

    def choose_field(self, key: str, field: str | None) -> None:
        """Take a column for another field, or for one that is added to the register now."""
        session = self._the_session()
        if field == NEW_FIELD:
            self._add_field(key)
            return
        self._replan(lambda report: session.choose_field(key, field, report=report))

    def _add_field(self, key: str) -> None:
        """Add a field of the village's own, named like the column, and bring the column into it."""
        session = self._the_session()
        heading = next(one.heading for one in session.columns() if one.key == key)

        def save(typed: Typed) -> None:
            made = self.desk.village.own_fields.add(typed)
            self.choose_field(key, f"{PREFIX}{made.id}")

        dialog = FormDialog(
            "台账里新加一项",
            own_field_form(),
            save,
            self.window(),
            words="加上这一项",
            values={"name": heading, "kind": "text"},
        )
        dialog.rejected.connect(self._show_columns)
        dialog.open()

    def _choose_sheet(self, name: str) -> None:
        session = self._the_session()
        if name:
            self._replan(lambda report: session.choose_sheet(name, report=report))

    def _choose_other(self, choice: Any) -> None:
        session = self._the_session()
        self._replan(lambda report: session.choose_other(choice, report=report))

    def _choose_text(self, encoding: str, separator: str) -> None:
        session = self._the_session()
        self._replan(
            lambda report: session.read(
                encoding=encoding or None, separator=separator or None, report=report
            )
        )

    def forget(self) -> None:
        """Look at the columns anew, whatever was decided for such a header before."""
        session = self._the_session()
        self._replan(lambda report: session.forget(report=report))

    def point_at_header(self) -> None:
        """Show the first lines; the chosen ones become the header."""
        session = self._the_session()
        dialog = HeaderDialog(session.sheet_lines(), self.window())
        dialog.chosen.connect(
            lambda first, last: self._replan(
                lambda report: session.choose_header(first, last, report=report)
            )
        )
        dialog.open()

    def explain_colour(self) -> None:
        """Ask once what a colour of rows means; the answer holds for all of them."""
        session = self._the_session()
        painted = session.unexplained()
        if painted is None:
            return
        meanings = session.colour_meanings()
        meanings.sort(key=lambda one: one[0] != painted.meaning)
        title = f"标了{painted.colour}色的 {painted.rows} 行是什么意思"
        answers = [Choice(code, word) for code, word in meanings]
        said = self.desk.asking.ask(Question(title, (), [*answers, Choice("", "先不说")]))
        if said:
            session.explain(painted.colour, said)
            self._show_columns()

    def settle_names(self) -> None:
        """Ask about groups and the like that the village does not have."""
        session = self._the_session()
        unknown = session.unknown_groups()
        dialog = NamesDialog(unknown, self.window(), counter=session.imports.counter)

        def decide(answers: list[str]) -> None:
            session.decide_names(answers)
            self._show_columns()

        dialog.decided.connect(decide)
        dialog.open()

    def set_rules(self) -> None:
        """Ask for one update rule per field."""
        session = self._the_session()
        dialog = RulesDialog(session.shown_fields(), session.rules(), self.window())
        dialog.decided.connect(session.set_rules)
        dialog.open()

    def _replan(self, work: Callable[[Any], Any]) -> None:
        self._work(work, "正在重新核对", lambda _plan: self._show_columns())

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

    def _say(
        self, kind: Any, sentence: str, link: str = "", press: Callable[[], object] | None = None
    ) -> None:
        self._on_banner = press or (lambda: None)
        self.banner.show_sentence(kind, sentence, link=link)

    def _banner_pressed(self) -> None:
        self._on_banner()

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


def _unknown_words(session: ImportSession) -> str:
    """Name the groups that the village does not have, and what becomes of them."""
    unknown = session.unknown_groups()
    names = "、".join(f"“{one.text}”" for one in unknown[:4])
    more = f"等 {len(unknown)} 个" if len(unknown) > 4 else ""
    made = all(one.answer == "create" for one in unknown)
    end = "写入时会新建。" if made else "请看看是新的，还是已有的另一种叫法。"
    return f"台账里还没有{names}{more}，{end}"


def _left_words(wrong: int, doubtful: int) -> str:
    told = [f"有错的 {wrong} 行"] if wrong else []
    told += [f"疑似重复的 {doubtful} 行"] if doubtful else []
    return f"{'、'.join(told)}先不写，改好再来也行。" if told else ""
