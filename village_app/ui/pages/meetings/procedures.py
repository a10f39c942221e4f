"""四议两公开: matters above, the chosen one's steps below; a closed step says what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.db.records.resolutions import MOTIVES, Procedure, ProcedureStep
from village_app.domain.kinds import Choice, FieldDeclaration, Option
from village_app.ui.asking import FileKind
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ListRow, ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk, Page
from village_app.ui.pages.file_writing import write_file
from village_app.ui.pages.form_dialog import FormDialog, Save, Typed
from village_app.ui.pages.meetings.procedure_rows import MATTERS, STEPS, is_done, step_row
from village_app.ui.pages.wishes import MoreButton, Wish, bind
from village_app.ui.theme import theme

STEP_FIELDS = (
    *("day", "form", "entitled", "present", "in_favour", "against", "abstained"),
    *("content", "paper", "supervision"),
)
LINES = (
    ("day", "form"),
    ("entitled", "present"),
    ("in_favour", "against"),
    ("abstained", "supervision"),
    ("content",),
    ("paper",),
)
PDF = FileKind("PDF文件", ("pdf",))


class ProceduresPage(Page):
    """The matters on their way through all steps."""

    title = "四议两公开"
    topic = "procedures"
    watches = ("procedure", "procedure_step", "resolution")
    keys = (
        Key("Ctrl+N", "新事项"),
        Key("F2", "登记这一步"),
        Key("Ctrl+G", "用决议登记“决议”"),
        Key("Ctrl+P", "存登记表"),
        Key("Ctrl+M", "更多"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.dialog: FormDialog | None = None
        self.head = PageHead(
            self.title,
            buttons=[
                Button(
                    "新事项",
                    icon="plus",
                    key="Ctrl+N",
                    bind=False,
                    kind="primary",
                    press=self.begin,
                ),
                Button("登记这一步", icon="pen", key="F2", bind=False, press=self.record),
                Button("存登记表", icon="printer", press=self.save_register),
            ],
        )
        self.more = MoreButton(self._wishes)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(self.head, 1)
        row.addWidget(self.more)
        self.body.addLayout(row)
        self.matters = RecordTable(
            ShortList(MATTERS), name="procedures", measure="件", preferences=desk.preferences
        )
        first = Button("登记第一件", icon="plus", kind="primary", big=True, press=self.begin)
        self.matters.set_empty(
            EmptyState(
                "还没有事项",
                "村里的大事从提议到结果公开，一步一步登记，缺哪步程序会说。",
                buttons=[first],
            )
        )
        self.matters.emptied.connect(self.head.rest)
        self.matters.chosen.connect(lambda _key: self._show_steps())
        self.steps = RecordTable(
            ShortList(STEPS), name="procedure_steps", measure="步", preferences=desk.preferences
        )
        self.steps.opened.connect(lambda _key: self.record())
        self.body.addWidget(self.matters)
        self.body.addWidget(self.steps, 1)
        bind(self._wishes(), self)
        self.columns = [self.matters, self.steps]

    def _wishes(self) -> list[Wish]:
        return [
            Wish("新事项", self.begin, "Ctrl+N"),
            Wish("登记这一步", self.record, "F2"),
            Wish("用决议登记“决议”", self.record_decision, "Ctrl+G"),
            Wish("用公示登记公开", self.record_publication),
            Wish("存登记表", self.save_register, "Ctrl+P", divides=True),
            Wish("存全卷（登记表、记录、决议、公告）", self.save_whole_file),
        ]

    def refresh(self) -> None:
        found = self.desk.village.procedures.listed()
        self.matters.refresh(ShortList(MATTERS, [self._matter_row(one) for one in found]))
        if found:
            self.matters.hug(2 if self.narrow else 5)
        else:
            self.matters.stand_free()
        if self.matters.current_key() is None:
            self.matters.choose_first()
        self.head.set_fact(f"{len(found)} 件")
        self._show_steps()

    def _matter_row(self, matter: Procedure) -> ListRow:
        done = [one.label for one in self.desk.village.procedures.steps(matter) if is_done(one)]
        return ListRow(
            matter.id,
            {
                "name": matter.name,
                "motive": MOTIVES.show(matter.motive),
                "at": f"{done[-1]}（{len(done)} 步）" if done else "还没有开始",
            },
        )

    def _matter(self) -> Procedure | None:
        key = self.matters.current_key()
        return next((m for m in self.desk.village.procedures.listed() if m.id == key), None)

    def _show_steps(self) -> None:
        matter = self._matter()
        steps = self.desk.village.procedures.steps(matter) if matter is not None else []
        self.steps.setVisible(matter is not None)
        self.steps.refresh(ShortList(STEPS, [step_row(one) for one in steps]))
        waiting = [one.id for one in steps if not is_done(one)]
        if self.steps.current_key() is None and waiting:
            self.steps.choose(waiting[0])

    def begin(self) -> None:
        """Begin a matter."""
        templates = self.desk.village.procedures.templates()
        kind = Choice(tuple(Option(name, name) for name in templates))

        def save(typed: Typed) -> None:
            given = dict(typed)
            template = given.pop("steps")
            matter = self.desk.village.procedures.begin(given, template)
            self.desk.say(f"已登记 {matter.name}", self.desk.undo)
            self.refresh()
            self.matters.choose(matter.id)

        declared = [
            *(Procedure.declaration(name) for name in ("name", "motive", "content")),
            FieldDeclaration("steps", "步骤", kind, required=True),
            Procedure.declaration("is_merged"),
        ]
        self._ask("新事项", declared, save, {"steps": templates[0]})

    def record(self) -> None:
        """Take the chosen step down; a closed one says which earlier step is lacking."""
        matter, key = self._matter(), self.steps.current_key()
        if matter is None or key is None:
            return
        steps = self.desk.village.procedures.steps(matter)
        step = next(one for one in steps if one.id == key)

        def save(typed: Typed) -> None:
            self.desk.village.procedures.record(matter, step.code, typed)
            self.desk.say(f"已登记 {matter.name}的{step.label}", self.desk.undo)
            self.refresh()

        declared = [ProcedureStep.declaration(name) for name in STEP_FIELDS]
        self.dialog = FormDialog(
            step.label, declared, save, self.window(), values=step.values(), lines=LINES
        )
        self.dialog.open()

    def record_decision(self) -> None:
        """Take the step 决议 from a decision of the ledger."""
        matter = self._matter()
        decided = self.desk.village.resolutions.listed()
        if matter is None or not decided:
            self.desk.say("决议台账里还没有决议。", None)
            return
        kind = Choice(tuple(Option(str(one.id), f"{one.number} {one.name}") for one in decided))

        def save(typed: Typed) -> None:
            one = next(
                one
                for one in decided
                if typed["decision"] in (str(one.id), f"{one.number} {one.name}")
            )
            self.desk.village.procedures.record_decision(matter, one)
            self.desk.say(f"已登记 {matter.name}的决议", self.desk.undo)
            self.refresh()

        self._ask("用决议登记", [FieldDeclaration("decision", "决议", kind, required=True)], save)

    def record_publication(self) -> None:
        """Take the chosen step of publication from a posted notice."""
        matter, key = self._matter(), self.steps.current_key()
        posted = self.desk.village.notices.published()
        if matter is None or key is None or not posted:
            self.desk.say("还没有张贴过的公示。", None)
            return
        step = next(one for one in self.desk.village.procedures.steps(matter) if one.id == key)
        words = {one.id: f"{one.number} {one.heading}" for one in posted}
        kind = Choice(tuple(Option(str(key), word) for key, word in words.items()))

        def save(typed: Typed) -> None:
            chosen = int(kind.parse(typed["notice"]) or 0)
            notice = next(one for one in posted if one.id == chosen)
            self.desk.village.procedures.record_publication(matter, step.code, notice)
            self.desk.say(f"已登记 {matter.name}的{step.label}", self.desk.undo)
            self.refresh()

        declared = [FieldDeclaration("notice", "公示", kind, required=True)]
        self._ask(f"用公示登记“{step.label}”", declared, save, {})

    def save_whole_file(self) -> None:
        """Keep the whole file of the chosen matter as one PDF with contents."""
        matter = self._matter()
        if matter is None:
            return
        name = f"{matter.name} 议决全卷.pdf"
        target = self.desk.asking.save_file("存全卷", PDF, name, "papers")
        if target is None:
            return
        procedures = self.desk.village.procedures
        write_file(
            self.desk,
            lambda report: procedures.save_whole_file(matter, target, report=report),
            target.name,
        )

    def save_register(self) -> None:
        """Keep the six sheets of the chosen matter as a PDF file."""
        matter = self._matter()
        if matter is None:
            return
        name = f"四议两公开登记表 {matter.name}.pdf"
        target = self.desk.asking.save_file("存登记表", PDF, name, "papers")
        if target is not None:
            procedures = self.desk.village.procedures
            write_file(
                self.desk, lambda _report: procedures.save_register(matter, target), target.name
            )

    def _ask(
        self,
        title: str,
        declared: list[FieldDeclaration],
        save: Save,
        values: Mapping[str, Any] | None = None,
    ) -> None:
        self.dialog = FormDialog(title, declared, save, self.window(), values=values)
        self.dialog.open()

    def open_record(self, record: int) -> None:
        self.refresh()
        self.matters.choose(record)

    def first_focus(self) -> QWidget:
        return self.matters

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.matters.set_narrow(narrow)
        self.steps.set_narrow(narrow)
