"""诉求台账: one line and Enter, the list with its lights, the matter beside it, the notebook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.db.records.issues import Issue, NotebookLine, ReceptionVisit
from village_app.domain.calendar import CHINA
from village_app.domain.issue_course import DONE_STATES, OPEN_STATES
from village_app.domain.kinds import TEXT
from village_app.domain.listing import ListRow as FetchedRow
from village_app.errors import EnvironmentProblem, InvalidInput, Refused
from village_app.services.issue_entry import Understanding
from village_app.ui.asking import Choice, FileKind, Question
from village_app.ui.door import Draft
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList, TwoLines
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light, LightKind
from village_app.ui.kit.quick_entry import QuickEntry, Understood
from village_app.ui.kit.service_list import ServiceList
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.templates import ListAndDetail
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk, Page
from village_app.ui.pages import issue_moves
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.issue_detail import IssueDetail, short_number
from village_app.ui.theme import theme

NOTEBOOK = "notebook"
_CHIPS: tuple[tuple[str, str, LightKind | None], ...] = (
    ("open", "未办结", None),
    ("over", "超期", "over"),
    ("today", "今天", "today"),
    ("registered", "待受理", None),
    ("working", "办理中", None),
    ("visiting", "待回访", None),
    ("held", "挂起", "hold"),
    ("done", "已办结", "done"),
)
COLUMNS = (
    ColumnSpec("light", "期限", None, width=128),
    ColumnSpec("number", "编号", TEXT, width=62),
    ColumnSpec("heading", "事项", None, width=260, lines=2, stretch=True),
    ColumnSpec("group", "村组", TEXT, width=60, narrow=False),
    ColumnSpec("handler", "经办", TEXT, width=78),
)
NOTEBOOK_COLUMNS = (
    ColumnSpec("light", "时间", None, width=118),
    ColumnSpec("heading", "记了什么", None, width=300, lines=2, stretch=True),
    ColumnSpec("handler", "记录人", TEXT, width=78),
)
VISIT_FIELDS = (
    *("visitor", "sex", "age", "phone", "address", "people", "deputies", "is_first", "shape"),
    *("category", "problem", "demand", "reply", "day", "host", "post", "place", "companions"),
)
VISIT_LINES = (
    ("visitor", "sex"),
    ("age", "phone"),
    ("address",),
    ("people", "is_first"),
    ("deputies",),
    ("shape", "category"),
    ("problem",),
    ("demand",),
    ("reply",),
    ("day", "host"),
    ("post", "companions"),
    ("place",),
)
_PDF = FileKind("PDF文件", ("pdf",))
_XLSX = FileKind("表格", ("xlsx",))


class IssuesPage(Page):
    """The log of matters, entered by one line and worked at by keys."""

    title = "诉求台账"
    topic = "issues"
    watches = ("issue", "issue_step", "assignment", "follow_up", "notebook_line", "link")
    keys = (
        Key("Ctrl+J", "写一句"),
        Key("↑ ↓", "选一件"),
        Key("Ctrl+T", "添一步"),
        Key("Ctrl+Enter", "下一步"),
        Key("Ctrl+M", "更多"),
        Key("Ctrl+Z", "撤销"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._only = "open"
        self._words: Understanding | None = None
        self._same: int | None = None
        self._issue: Issue | None = None
        self.dialog: FormDialog | None = None
        self._make_entry()
        self._make_list()
        self.detail = IssueDetail(self.wish, desk.go)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        column.addWidget(self.entry)
        column.addWidget(self.history)
        column.addWidget(self.chips)
        column.addWidget(self.table, 1)
        self.pair = ListAndDetail(left, self.detail)
        self.head = PageHead(
            self.title,
            buttons=[
                Button("接访登记", icon="person", key="F5", press=self.receive),
                Button("打印", icon="printer", key="Ctrl+P", press=self.print_something),
                Button("详细登记", icon="plus", key="Ctrl+N", press=self.enter),
            ],
        )
        self.body.addWidget(self.head)
        self.body.addWidget(self.pair, 1)
        self.columns = [self.entry, self.table, self.detail]
        write = QShortcut(QKeySequence("Ctrl+J"), self)
        write.activated.connect(self.entry.line.setFocus)

    def _make_entry(self) -> None:
        self.entry = QuickEntry("谁、在哪、什么事，写一句", understand=self._understand)
        self.entry.written.connect(self.write_down)
        self.entry.pill_pressed.connect(lambda _key: self.enter())
        self.entry.merge_pressed.connect(self.merge_typed)
        self.history = Text("", "small", "amber", wrap=True)
        self.history.hide()

    def _make_list(self) -> None:
        chips = [Chip(key, word, 0, light) for key, word, light in _CHIPS]
        self.chips = ChipRow([*chips, Chip(NOTEBOOK, "记事本", 0)])
        self.chips.chosen.connect(self._choose)
        self.table = RecordTable(
            self._source(),
            name="issues",
            title=self.title,
            measure="件",
            many=True,
            preferences=self.desk.preferences,
        )
        self.table.chosen.connect(self._show)
        self.table.opened.connect(self._open)
        self.table.add_link("交办选中的", self.assign_chosen)
        self.table.add_link(lambda count: f"导出这 {count} 件", self.export)

    # What is typed

    def _understand(self, text: str) -> Iterable[Understood]:
        if self._only == NOTEBOOK:
            return ()
        village = self.desk.village
        found: Understanding = village.issue_entry.understand(text)
        self._words = found
        self._show_likely(found)
        return _pills(found)

    def _show_likely(self, found: Understanding) -> None:
        entry = self.desk.village.issue_entry
        history = entry.history_of_person(found.reporter_id) if found.reporter_id else None
        self._say_history(history.sentence() if history else "", history)
        same = entry.duplicates(found)
        self._same = same[0].id if same else None
        if not same:
            self.entry.show_duplicate("", "")
            return
        number = short_number(same[0].number)
        ago = f"{same[0].days_ago} 天前" if same[0].days_ago else "今天"
        sentence = f"像是同一件：{number}号 {same[0].heading}（{ago}）"
        self.entry.show_duplicate(sentence, f"并到 {number}号")

    def _say_history(self, sentence: str, history: Any) -> None:
        earlier = history.earlier[:3] if history else ()
        more = "、".join(f"{short_number(one.number)}号 {one.heading}" for one in earlier)
        self.history.setText(f"{sentence}：{more}" if sentence else "")
        self.history.setVisible(bool(sentence))

    def write_down(self, text: str) -> None:
        """Keep the line: as a note in the notebook, else as a matter with its number."""
        village = self.desk.village
        try:
            if self._only == NOTEBOOK:
                village.notebook.write(text)
                said = "已记下"
            else:
                issue = village.issues.log(village.issue_entry.understand(text).values())
                said = f"已登记 {issue.number}"
        except (InvalidInput, Refused) as refusal:
            self.desk.say(refusal.message, None)
            return
        self._forget_line()
        if self._only != NOTEBOOK:
            self.open_record(issue.id)
            self.entry.line.setFocus()
        self.desk.say(said, self.desk.undo)

    def merge_typed(self) -> None:
        """Enter what was typed and put it at once into the matter that seems the same."""
        if self._same is None or self._words is None:
            return
        village = self.desk.village
        main = village.issues.get(self._same)
        with village.change(f"并到 {main.number}"):
            issue = village.issues.log(self._words.values())
            village.issue_work.merge(issue, main)
        self._forget_line()
        self.open_record(main.id)
        self.desk.say(f"已并到 {main.number}", self.desk.undo)

    def _forget_line(self) -> None:
        self.entry.clear()
        self._words, self._same = None, None
        self._say_history("", None)

    def enter(self) -> None:
        """Open the whole entry form, filled with what was understood."""
        text = self.entry.line.text().strip()
        village = self.desk.village
        values = village.issue_entry.understand(text).values() if text else {"source": "visit"}
        values.setdefault("reporter_kind", "resident")
        known = {name: value for name, value in values.items() if name in issue_moves.ENTRY_FIELDS}
        hidden = {name: values[name] for name in ("reporter_id", "group_id") if values.get(name)}

        def save(typed: Typed) -> None:
            same_person = typed["reporter"] == values.get("reporter")
            kept = hidden if same_person else {}
            given = {name: word for name, word in typed.items() if word}
            issue = village.issues.log({**kept, **given})
            self._forget_line()
            self.open_record(issue.id)
            self.desk.say(f"已登记 {issue.number}", self.desk.undo)

        fields = issue_moves.entry_fields(village)
        self._open_form("登记诉求", fields, save, known, issue_moves.ENTRY_LINES, "登记")

    def receive(self) -> None:
        """F5: take a visit down on the reception form."""
        village = self.desk.village

        def save(typed: Typed) -> None:
            given = {name: word for name, word in typed.items() if word}
            visit = village.receptions.take_down(given)
            self.open_record(visit.issue_id)
            self.desk.say(f"接访已登记 {visit.number}", self.desk.undo)

        today = village.session.today()
        day = village.receptions.on(today)
        values = {"day": today, "people": 1, "is_first": True, "shape": "fixed"}
        if day is not None:
            values |= {"host": day.host, "post": day.post, "place": day.place}
        fields = [ReceptionVisit.declaration(name) for name in VISIT_FIELDS]
        self._open_form("接访登记", fields, save, values, VISIT_LINES, "登记")

    def _open_form(
        self,
        title: str,
        fields: Iterable[Any],
        save: Any,
        values: dict[str, Any] | None = None,
        lines: Any = (),
        words: str = "存",
    ) -> None:
        dialog = FormDialog(
            title, fields, save, self.window(), words=words, values=values, lines=lines
        )
        self.dialog = dialog
        dialog.open()

    # The list

    def refresh(self) -> None:
        village = self.desk.village
        counts = village.issue_list.counts()
        lines = len(village.notebook.listed(only_open=True))
        self.chips.set_counts({**counts, NOTEBOOK: lines})
        self.head.set_fact(self._fact())
        self.table.refresh(self._source())
        if self.table.current_key() is None:
            self.table.choose_first()
        self._show(self.table.current_key())

    def _fact(self) -> str:
        village = self.desk.village
        today = village.session.today()
        first, last = date(today.year, 1, 1), date(today.year, 12, 31)
        taken = village.issue_figures.totals(first, last)
        text = f"今年 {taken.taken} 件"
        if taken.closed:
            tenths = (taken.closed_in_time * 2000 + taken.closed) // (2 * taken.closed)
            share = f"{tenths // 10}.{tenths % 10}%"
            text += f"，按期办结 {taken.closed_in_time}/{taken.closed}（{share}）"
        return text

    def _source(self) -> Any:
        village = self.desk.village
        if self._only == NOTEBOOK:
            lines = village.notebook.listed(only_open=True)
            return ShortList(NOTEBOOK_COLUMNS, map(_note_row, lines))
        return ServiceList(COLUMNS, village.issue_list.listed(only=self._only), _cells)

    def _choose(self, keys: tuple[str, ...]) -> None:
        self._only = keys[0] if keys else "open"
        self.table.refresh(self._source())
        self.table.choose_first()
        self._show(self.table.current_key())

    def _show(self, key: int | None) -> None:
        village = self.desk.village
        self._issue = None
        if key is None or self._only == NOTEBOOK:
            self.detail.show_nothing()
            return
        issue = village.issues.get(key)
        self._issue = issue
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
        self.desk.say(f"已转成诉求 {issue.number}", self.desk.undo)

    # What is done with a matter

    def wish(self, code: str) -> None:
        """Do a move with the chosen matter, or open its form."""
        issue = self._issue
        if issue is None:
            return
        if code == "more":
            self._more(issue)
        elif code == "file":
            self._save_paper(f"一事一档 {issue.number}", "file", issue)
        elif code in issue_moves.PLAIN:
            self._do(code, issue)
        else:
            form = issue_moves.form_for(self.desk.village, issue, code)

            def save(typed: Typed) -> None:
                form.save(typed)
                self.desk.say(f"{form.said} {issue.number}", self.desk.undo)

            self._open_form(form.title, form.fields, save, form.values, (), form.words)

    def _do(self, code: str, issue: Issue) -> None:
        work = self.desk.village.issue_work
        try:
            getattr(work, code)(issue)
        except (InvalidInput, Refused) as refusal:
            self.desk.say(refusal.message, None)
            return
        word = Issue.declaration("state").kind.show(issue.state)
        self.desk.say(f"{issue.number} {word}", self.desk.undo)

    def _more(self, issue: Issue) -> None:
        answers = [Choice(code, word) for code, word in issue_moves.choices(issue)]
        question = Question(
            f"{short_number(issue.number)}号还可以怎么办",
            (),
            [*answers, Choice("", "先不办")],
            "new",
        )
        code = self.desk.asking.ask(question)
        if code:
            self.wish(code)

    def assign_chosen(self) -> None:
        """Give all chosen matters to one person, in one change."""
        village = self.desk.village
        keys = self.table.selected_keys()
        if self._only == NOTEBOOK or not keys:
            self.desk.say("先在列表里选几件，按住 Ctrl 可以多选。", None)
            return
        issues = [village.issues.get(key) for key in keys]

        def save(typed: Typed) -> None:
            count = village.issue_work.assign_many(issues, typed["handler"])
            self.desk.say(f"已交办 {count} 件", self.desk.undo)

        handler = issue_moves.handler_field()
        self._open_form(f"交办 {len(issues)} 件", [handler], save, words="交办")

    # Papers

    def print_something(self) -> None:
        """Choose which paper: of the chosen matter, or of the year's ledger."""
        answers = [Choice("public", "公开版台账，起草公示"), Choice("internal", "内部版台账")]
        if self._issue is not None:
            answers += [
                Choice("assignment", "交办单"),
                Choice("feedback", "反馈单"),
                Choice("visit", "回访单"),
                Choice("extension", "延期审批表"),
                Choice("file", "一事一档"),
            ]
        answers += [Choice("form", "空白接访登记表"), Choice("", "先不打印")]
        code = self.desk.asking.ask(Question("打印哪一种", (), answers, "new"))
        if code == "public":
            self._draft_public()
        elif code:
            words = {one.key: one.words for one in answers}
            self._save_paper(words[code], code, self._issue)

    def _draft_public(self) -> None:
        today = self.desk.village.session.today()
        first = date(today.year, 1, 1)
        try:
            notice = self.desk.village.issue_papers.draft_public_ledger(
                first, today, f"{today.year}年"
            )
        except (InvalidInput, Refused) as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已起草《{notice.heading}》，到公示公告里审核", self.desk.undo)

    def _save_paper(self, name: str, code: str, issue: Issue | None) -> None:
        path = self.desk.asking.save_file("存PDF", _PDF, f"{name}.pdf", "papers")
        if path is None:
            return
        try:
            self.desk.village.issue_papers.save_pdf(path, code, issue)
        except (InvalidInput, Refused, EnvironmentProblem) as problem:
            self.desk.say(problem.message, None)
            return
        self.desk.say(f"已存 {path.name}", None)

    def export(self) -> None:
        """Write the shown list as a spreadsheet."""
        if self._only == NOTEBOOK:
            return
        village = self.desk.village
        path = self.desk.asking.save_file("存表格", _XLSX, "诉求台账.xlsx", "exports")
        if path is None:
            return
        ids = village.issue_list.listed(only=self._only).ids()
        try:
            count = village.issue_papers.export(path, ids)
        except (Refused, EnvironmentProblem) as problem:
            self.desk.say(problem.message, None)
            return
        self.desk.say(f"已导出 {count} 件，号码已遮盖", None)

    # The page

    def open_record(self, record: int) -> None:
        self.refresh()
        if not self.table.choose(record):
            state = self.desk.village.issues.get(record).state
            self._only = "done" if state in DONE_STATES else "open"
            self.chips.set_on([self._only])
            # A matter that was declined or merged stands in no chip's list, only in the whole.
            rest = state not in (*DONE_STATES, *OPEN_STATES)
            whole = ServiceList(COLUMNS, self._all(), _cells)
            self.table.refresh(whole if rest else self._source())
            self.table.choose(record)
        self._show(self.table.current_key())

    def _all(self) -> Any:
        return self.desk.village.issue_list.listed(only="all")

    def first_focus(self) -> QWidget:
        return self.entry.line

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.pair.set_narrow(narrow)

    def draft(self) -> Draft | None:
        text = self.entry.line.text().strip()
        return {"line": text} if text else None

    def restore_draft(self, draft: Draft) -> None:
        self.entry.line.setText(str(draft.get("line", "")))
        self.entry.look()


def _cells(row: FetchedRow) -> dict[str, Any]:
    values = row.values
    light = values["light"]
    category = values["category"] or "没有分类"
    how = Issue.declaration("source").kind.show(values["source"])
    said = " ".join(part for part in (values["reporter"], how) if part)
    return {
        "light": Light(light.kind, light.word),
        "number": short_number(values["number"]),
        "heading": TwoLines(values["heading"], f"{category} · {said}"),
        "group": values["group"] or "",
        "handler": values["handler"] or "",
    }


def _note_row(line: NotebookLine) -> ListRow:
    at = line.at.astimezone(CHINA)
    cells = {
        "light": Light("ok", f"{at:%m-%d %H:%M}"),
        "heading": TwoLines(line.text, "按 Enter 转成诉求"),
        "handler": line.author,
    }
    return ListRow(line.id, cells)


def _pills(found: Understanding) -> list[Understood]:
    category = " · ".join(part for part in (found.category, found.subcategory) if part)
    where = found.place or found.group
    pills = (
        Understood("reporter", "人", found.reporter or found.called),
        Understood("place", "地", where),
        Understood("category", "类", category),
        Understood("limit", "限", found.limit_label),
    )
    return [one for one in pills if one.words]
