"""导入居民: choose a file, look at the columns, look at the dry run, write, and the result."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from village_app.domain.kinds import COUNT, TEXT
from village_app.errors import VillageError
from village_app.services.import_session import ColumnGuess, GridRow, ImportSession
from village_app.ui.asking import FileKind
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light, LightKind
from village_app.ui.kit.progress import watch
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.kit.wizard import WizardFrame
from village_app.ui.page import Desk, Page
from village_app.ui.pages.import_history import ImportHistory
from village_app.ui.theme import theme

TABLES = FileKind(
    "表格", ("xlsx", "xls", "et", "csv", "ods", "xlsb", "xlsm", "txt", "htm", "html", "xml")
)
ERROR_ROWS = FileKind("表格", ("xlsx",))
LIGHTS: dict[str, LightKind] = {
    "error": "fault",
    "suspected": "dup",
    "update": "done",
    "new": "new",
    "same": "same",
    "skipped": "hold",
}
UNTOUCHED = "还没有写入任何东西，随时可以退出。"
COLUMN_COLUMNS = (
    ColumnSpec("letters", "列", TEXT, width=46),
    ColumnSpec("heading", "表里的列名", TEXT, width=200),
    ColumnSpec("field", "对到台账的", TEXT, width=150),
    ColumnSpec("examples", "前三个值", TEXT, stretch=True),
)
WIDTHS = {"name": 78, "id_number": 176, "phone": 116, "sex": 52, "relation": 96, "address": 160}
LEFT_OUT = "（不导入这一列）"


class ImportPage(Page):
    """The wizard over one `ImportSession`; every number on it comes from the plan."""

    title = "导入居民"
    topic = "import"
    watches = ("import_batch",)
    keys = (
        Key("Ctrl+Enter", "下一步"),
        Key("↑ ↓", "走行"),
        Key("F2", "改这一格"),
        Key("F8", "下一处错误"),
        Key("Esc", "放弃导入"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._session: ImportSession | None = None
        self.head = PageHead(
            "导入居民", buttons=[Button("放弃导入", icon="cross", key="Esc", press=self.leave)]
        )
        self.banner = Banner("info", "选一个表格，先试导，看过了再写入。")
        self.wizard = WizardFrame(["选文件", "对好列", "试导入", "完成"])
        self.body.addWidget(self.head)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.wizard, 1)
        self.wizard.add_step(self._make_choosing(), on="选一个表格", forward=self.pick)
        self.wizard.add_step(self._make_columns(), on="试导入", forward=self._show_grid)
        self.wizard.add_step(self._make_grid(), on="写入", forward=self.write)
        self.wizard.add_step(
            self._make_done(), on="去看台账", forward=self._go_to_list, can_go_back=False
        )
        self.wizard.say_safe(UNTOUCHED)

    def refresh(self) -> None:
        self.history.refresh()

    # The four work areas

    def _make_choosing(self) -> QWidget:
        sheet = Sheet()
        sheet.add(Text("村里的名册、镇里发来的表格，都可以直接选来。", "h3"))
        sheet.add(
            Text(
                "程序会自己找表头、认列名、分出一户一户，把每一行会怎样告诉您；"
                "写入以后，过一周也能整批撤回。",
                tone="ink2",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.addWidget(Button("选一个表格", icon="folder", big=True, key="Ctrl+O", press=self.pick))
        row.addStretch(1)
        sheet.body.addLayout(row)
        place = QWidget()
        body = QVBoxLayout(place)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(sheet)
        self.history = ImportHistory(self.desk)
        body.addWidget(self.history, 1)
        body.addStretch(0)
        return place

    def _make_columns(self) -> QWidget:
        place = QWidget()
        body = QVBoxLayout(place)
        body.setContentsMargins(0, 0, 0, 0)
        self.found = Text("", wrap=True)
        body.addWidget(self.found)
        choice = QHBoxLayout()
        choice.addWidget(Text("这一列是", "small", "ink2"))
        self.field_choice = QComboBox()
        self.field_choice.setAccessibleName("这一列是哪一项")
        self.field_choice.setMinimumWidth(theme().px(220))
        self.field_choice.activated.connect(self._choose_field)
        choice.addWidget(self.field_choice)
        self.why = Text("", "small", "ink3", wrap=True)
        choice.addWidget(self.why, 1)
        self.column_table = RecordTable(
            ShortList(COLUMN_COLUMNS),
            name="import-columns",
            title="对好列",
            measure="列",
            preferences=self.desk.preferences,
        )
        self.column_table.chosen.connect(self._show_column)
        body.addWidget(self.column_table, 1)
        body.addLayout(choice)
        return place

    def _make_grid(self) -> QWidget:
        place = QWidget()
        body = QVBoxLayout(place)
        body.setContentsMargins(0, 0, 0, 0)
        self.chips = ChipRow([Chip("all", "全部")])
        self.chips.chosen.connect(lambda _keys: self._fill_grid())
        self.errors_button = Button("错误行另存", icon="out", press=self.save_errors)
        head = QHBoxLayout()
        head.addWidget(self.chips, 1)
        head.addWidget(self.errors_button)
        body.addLayout(head)
        self.grid = RecordTable(
            ShortList((ColumnSpec("row", "行", COUNT, width=52),)),
            name="import-grid",
            title="试导入",
            measure="行",
            preferences=self.desk.preferences,
        )
        self.grid.chosen.connect(self._show_row)
        body.addWidget(self.grid, 1)
        body.addWidget(self._make_fix_bar())
        return place

    def _make_fix_bar(self) -> QWidget:
        self.fix_sentence = Text("", wrap=True)
        self.fix_value = QLineEdit()
        self.fix_value.setAccessibleName("改成")
        self.fix_value.returnPressed.connect(self.fix)
        self.fix_button = Button("改好这一格", icon="tick", key="Alt+1", press=self.fix)
        self.skip_button = Button("本行不导入", key="Alt+2", press=self.skip)
        self.same_button = Button("同类全部照此", key="Alt+3", press=self.skip_alike)
        self.update_button = Button("当作同一人更新", key="Alt+4", press=self.update_known)
        sheet = Sheet()
        row = QHBoxLayout()
        row.addWidget(self.fix_sentence, 1)
        row.addWidget(self.fix_value)
        for button in (self.fix_button, self.skip_button, self.update_button, self.same_button):
            row.addWidget(button)
        row.addWidget(Button("下一处", icon="down", key="F8", press=self.next_problem))
        sheet.body.addLayout(row)
        return sheet

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

    # Step 1

    def pick(self) -> None:
        """Let a file be picked and read it in the background."""
        path = self.desk.asking.pick_file("选一个表格", [TABLES], "import")
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a file; what it is and whether it is a register is decided by its content."""
        try:
            content = path.read_bytes()
        except OSError:
            self.banner.show_sentence(
                "stop", f"打不开“{path.name}”。请关掉正在用它的程序，再选一次。"
            )
            return
        session = self.desk.village.import_session(content, path.name)
        job = self.desk.jobs.start(
            lambda report: session.read(report=report), "正在读表格", writes=False
        )
        job.succeeded.connect(lambda _plan: self._read_done(session))
        job.failed.connect(self._read_failed)
        watch(job, self.window(), leaves="取消后，台账和现在一样，什么都没写。")

    def _read_done(self, session: ImportSession) -> None:
        self._session = session
        self._show_columns()
        self.wizard.go(1)
        self.column_table.focus_rows()

    def _read_failed(self, error: Exception) -> None:
        if not isinstance(error, VillageError):
            raise error
        self.banner.show_sentence("stop", error.message)

    # Step 2

    def _show_columns(self) -> None:
        session = self._the_session()
        plan = session.plan
        rows = "、".join(str(row) for row in plan.table.header_rows) or "无"
        self.found.setText(
            f"{session.name}：用的是表“{plan.table.sheet}”，表头在第 {rows} 行，"
            f"{plan.counts.rows} 行里认出 {len(plan.households)} 户。"
        )
        if plan.earlier is not None:
            self.banner.show_sentence("soon", plan.earlier.warning)
        else:
            self.banner.show_sentence("info", "看看每一列对得对不对，不对就在下面改。")
        lines = [
            ListRow(
                number,
                {
                    "letters": guess.letters,
                    "heading": guess.heading or "（没有列名）",
                    "field": guess.label,
                    "examples": "　".join(guess.examples),
                },
                muted=guess.field is None,
            )
            for number, guess in enumerate(session.columns())
        ]
        self.column_table.refresh(ShortList(COLUMN_COLUMNS, lines))
        self.column_table.choose_first()

    def _column(self) -> ColumnGuess | None:
        key = self.column_table.current_key()
        return None if key is None else self._the_session().columns()[key]

    def _show_column(self, key: int | None) -> None:
        if key is None or self._session is None:
            return
        guess = self._session.columns()[key]
        self.field_choice.clear()
        self.field_choice.addItem(LEFT_OUT, None)
        for name, label in self._session.fields():
            self.field_choice.addItem(label, name)
        self.field_choice.setCurrentIndex(max(0, self.field_choice.findData(guess.field)))
        self.why.setText(guess.reason)

    def _choose_field(self, _index: int) -> None:
        guess = self._column()
        if guess is None:
            return
        row = self.column_table.current_key()
        try:
            self._the_session().choose_field(guess.key, self.field_choice.currentData())
        except VillageError as error:
            self.banner.show_sentence("stop", error.message)
            return
        self._show_columns()
        if row is not None:
            self.column_table.choose(row)

    # Step 3

    def _show_grid(self) -> None:
        self._show_counts()
        self._fill_grid()
        self.wizard.go(2)
        self._name_the_way_on()
        self.grid.focus_rows()
        self.grid.choose_first()

    def save_errors(self) -> None:
        """Save the rows with errors as a spreadsheet with their reasons, to be put right there."""
        session = self._the_session()
        suggested = f"{Path(session.name).stem}（错误行）.xlsx"
        path = self.desk.asking.save_file("错误行存到哪里", ERROR_ROWS, suggested, "import")
        if path is None:
            return
        try:
            count = self.desk.village.imports.write_errors(session.plan, path)
        except VillageError as refusal:
            self.banner.show_sentence("stop", refusal.message)
            return
        self.desk.say(f"有错的 {count} 行存到了“{path.name}”，每行写着原因，改好再导", None)

    def _show_counts(self) -> None:
        counts = self._the_session().counts()
        self.errors_button.forbid("" if self._the_session().plan.counts.error else "没有错误的行")
        self.chips.set_chips(
            [
                Chip("all", "全部", counts["all"]),
                Chip("open", "只看要处理的", counts["open"]),
                Chip("new", "新增", counts["new"], "new"),
                Chip("update", "更新", counts["update"], "done"),
                Chip("same", "无变化", counts["same"], "same"),
                Chip("suspected", "疑似重复", counts["suspected"], "dup"),
                Chip("error", "错误", counts["error"], "fault"),
            ]
        )
        if counts["open"]:
            self.banner.show_sentence(
                "soon", f"有 {counts['open']} 行要您看一看；不处理的先不写，改好再来也行。"
            )
        else:
            self.banner.show_sentence("done", "每一行都清楚了，可以写入。")

    def _fill_grid(self) -> None:
        session = self._the_session()
        chosen = next(iter(self.chips.on()), "all")
        columns = (
            ColumnSpec("row", "行", COUNT, width=52),
            ColumnSpec("state", "结果", width=104),
            *(
                ColumnSpec(name, label, TEXT, width=WIDTHS.get(name, 104))
                for name, label in session.shown_fields()
            ),
            ColumnSpec("reason", "原因", TEXT, width=260, stretch=True),
        )
        rows = session.rows(chosen)  # type: ignore[arg-type]  # the chips' keys are the filters
        self._grid_rows = {row.number: row for row in rows}
        lines = [ListRow(row.number, _cells(row), muted=row.state == "skipped") for row in rows]
        self.grid.refresh(ShortList(columns, lines))

    def _name_the_way_on(self) -> None:
        counts = self._the_session().counts()
        words = f"写入 {counts['changed']} 行（新增 {counts['new']}，更新 {counts['update']}）"
        self.wizard.on.set_words(words)
        self.wizard.on.forbid("" if counts["changed"] else "没有要新增或更新的行。")
        left = counts["error"] + counts["suspected"]
        safe = f"有错和疑似重复的 {left} 行先不写，改好再来也行。" if left else UNTOUCHED
        self.wizard.say_safe(safe)

    def _show_row(self, key: int | None) -> None:
        row = None if key is None else self._grid_rows.get(key)
        wrong = None if row is None else next(iter(sorted(row.wrong)), None)
        for widget in (self.fix_value, self.fix_button):
            widget.setVisible(wrong is not None)
        doubtful = row is not None and row.state == "suspected"
        self.update_button.setVisible(doubtful)
        self.same_button.setVisible(doubtful)
        self.skip_button.setEnabled(row is not None)
        if row is None:
            self.fix_sentence.setText("")
            return
        self.fix_sentence.setText(f"第 {row.row} 行　{row.word}　{row.reason}")
        if wrong is not None:
            self.fix_value.setText(row.as_written.get(wrong, ""))

    def fix(self) -> None:
        """Put the wrong cell right; the counts follow at once."""
        row = self._current_row()
        if row is None or not row.wrong:
            return
        field = min(row.wrong)
        self._the_session().put_cell(row.number, field, self.fix_value.text())
        self._refresh_grid()

    def skip(self) -> None:
        """Leave this row out."""
        row = self._current_row()
        if row is not None:
            self._the_session().decide_row(row.number, "skip")
            self._refresh_grid()

    def update_known(self) -> None:
        """Take the row for the person it resembles most."""
        row = self._current_row()
        if row is not None:
            self._the_session().decide_row(row.number, "update")
            self._refresh_grid()

    def skip_alike(self) -> None:
        """Leave out all rows that are doubtful for the same reason."""
        row = self._current_row()
        if row is not None:
            code = self._the_session().plan.rows[row.number].code
            self._the_session().decide_class(code, "skip")
            self._refresh_grid()

    def next_problem(self) -> None:
        """Go to the next row that is wrong or doubtful."""
        open_rows = [
            key for key, row in self._grid_rows.items() if row.state in {"error", "suspected"}
        ]
        current = self.grid.current_key()
        if open_rows:
            place = open_rows.index(current) + 1 if current in open_rows else 0
            self.grid.choose(open_rows[place % len(open_rows)])

    def _refresh_grid(self) -> None:
        self._show_counts()
        self._fill_grid()
        self._name_the_way_on()
        self._show_row(self.grid.current_key())

    def _current_row(self) -> GridRow | None:
        key = self.grid.current_key()
        return None if key is None else self._grid_rows.get(key)

    # Step 4

    def write(self) -> None:
        """Write as one change, in the background; cancelling rolls all of it back."""
        session = self._the_session()
        job = self.desk.jobs.start(lambda report: session.commit(report=report), "正在写入台账")
        job.succeeded.connect(lambda _batch: self._written())
        job.failed.connect(self._read_failed)
        watch(job, self.window(), leaves="取消后，台账和现在一样，什么都没写。")

    def _written(self) -> None:
        counts = self._the_session().plan.counts
        self.done_title.setText(f"已写入：新增 {counts.new} 人，更新 {counts.update} 人")
        left = counts.error + counts.suspected
        rest = f"还有 {left} 行没有写，可以改好原来的表格再导一次。" if left else ""
        self.done_text.setText(f"{rest}这一批可以整批撤回，过几天也行，原来的值都留着。")
        self.banner.show_sentence("done", "写好了。")
        self.wizard.say_safe("")
        self.wizard.go(3)

    def take_back(self) -> None:
        """Take the import that was just written back."""
        self.desk.undo()

    def restart(self) -> None:
        """Begin again with another file."""
        self._session = None
        self.banner.show_sentence("info", "选一个表格，先试导，看过了再写入。")
        self.wizard.say_safe(UNTOUCHED)
        self.wizard.go(0)

    def leave(self) -> None:
        """Give up; nothing was written."""
        self.restart()
        self.desk.go("residents", None)

    def _go_to_list(self) -> None:
        self.restart()
        self.desk.go("residents", None)

    def _the_session(self) -> ImportSession:
        assert self._session is not None, "a file is read first"
        return self._session

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)


def _cells(row: GridRow) -> dict[str, Any]:
    return {
        "row": row.row,
        "state": Light(LIGHTS[row.state], row.word),
        "reason": row.reason,
        **row.values,
    }
