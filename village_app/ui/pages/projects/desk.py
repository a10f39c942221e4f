"""Papers and photos of a project: notices, poster, sheets, what is on file, visits, questions."""

from __future__ import annotations

from dataclasses import replace

from village_app.db.records.money import Question, SupervisionVisit
from village_app.db.records.projects import (
    ProjectPaper,
)
from village_app.domain.kinds import Choice, FieldDeclaration, Option
from village_app.errors import Refused
from village_app.services.projects.sheets import PHOTOS
from village_app.ui.asking import FileKind
from village_app.ui.asking import Question as Asked
from village_app.ui.pages.attached_dialog import AttachedDialog
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.projects.forms import titles_choice
from village_app.ui.pages.projects.steps import ProjectSteps

SHEETS = (
    ("comparison", "比价表"),
    ("acceptance", "验收单"),
    ("course", "全过程一览表"),
    ("photos", "照片对照表"),
    ("poster", "项目海报"),
)
_PDF = FileKind("PDF", ("pdf",))


class ProjectDesk(ProjectSteps):
    """The papers of a project, and what others say about it."""

    def make_poster(self) -> None:
        """Draft the poster and go to it."""
        notice = self.desk.village.project_sheets.draft_poster(self._project())
        self.desk.say(f"已起草海报 {notice.heading}", self.desk.undo)
        self.desk.go("notices", notice.id)

    def publish_stage(self) -> None:
        """Choose among the stage notices that can be drafted now, and go to the draft."""
        titles = self.desk.village.project_sheets.possible_notices(self._project())
        if not titles:
            self.desk.say("现在还没有要公示的环节", None)
            return
        declared = [FieldDeclaration("title", "公示", titles_choice(titles), required=True)]

        def save(typed: Typed) -> None:
            sheets = self.desk.village.project_sheets
            notice = sheets.draft_stage(self._project(), typed["title"])
            self.desk.say(f"已起草 {notice.heading}", self.desk.undo)
            self.desk.go("notices", notice.id)

        self._ask("发环节公示", declared, save, "起草")

    def save_sheet(self) -> None:
        """Choose a sheet and keep it as a PDF file."""
        words = {label: key for key, label in SHEETS}
        declared = [FieldDeclaration("sheet", "表格", titles_choice(list(words)), required=True)]

        def save(typed: Typed) -> None:
            project = self._project()
            name = f"{project.name}{typed['sheet']}"
            target = self.desk.asking.save_file("存表格", _PDF, f"{name}.pdf", "papers")
            if target is not None:
                sheets = self.desk.village.project_sheets
                sheets.save(project, words[typed["sheet"]], target)
                self.desk.say(f"已存 {target.name}", None)

        self._ask("存表格", declared, save, "存成 PDF")

    def publish(self) -> None:
        """Draft the notice of the project's spending and go to it."""
        try:
            notice = self.desk.village.project_papers.draft_spending(self._project())
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已起草 {notice.heading}", self.desk.undo)
        self.desk.go("notices", notice.id)

    def keep_paper(self) -> None:
        """Note that a paper of a stage is there."""
        project = self._project()
        stages = self.desk.village.projects.stages(project)
        lacking = [(one.code, name.rsplit(" ", 2)[0]) for one in stages for name in one.missing]
        options = tuple(Option(f"{code}/{name}", name) for code, name in lacking)
        if not options:
            self.desk.say("材料都齐了", None)
            return
        declared = [
            FieldDeclaration("paper", "材料", Choice(options), required=True),
            *(ProjectPaper.declaration(name) for name in ("day", "number", "kept_at")),
        ]
        by_words = {option.label: option.code for option in options}

        def save(typed: Typed) -> None:
            code = by_words.get(typed["paper"], typed["paper"])
            stage, name = code.split("/", 1)
            rest = {key: typed[key] for key in ("day", "number", "kept_at")}
            self.desk.village.projects.keep_paper(project, {**rest, "stage": stage, "name": name})
            self.desk.say(f"已归入 {name}", self.desk.undo)

        self._ask("归入材料", declared, save, "归入")

    def show_photos(self, purpose: str) -> None:
        """Show the photos of a purpose large (blank: all); more can be added there."""
        words = dict(PHOTOS).get(purpose, "")
        title = f"{self._project().name} {words}照片"
        self.attached = AttachedDialog(
            self.desk, self._project(), title, self.window(), purpose=purpose
        )
        self.attached.finished.connect(lambda _result: self.refresh())
        self.attached.open()

    def publish_photos(self) -> None:
        """Draft the sheet of photos before, half-way and after, and go to it."""
        try:
            notice = self.desk.village.project_sheets.draft_photos(self._project())
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已起草 {notice.heading}", self.desk.undo)
        self.desk.go("notices", notice.id)

    def visit(self) -> None:
        """Take down what the supervision committee saw."""
        fields = (
            *("day", "visitors", "procurement", "progress", "quality", "money"),
            *("advice", "answer"),
        )
        self._take("登记监督", SupervisionVisit, fields, self.desk.village.questions.visit)

    def ask_question(self) -> None:
        """Take down a question about this project; the reply is due by the rule."""
        fields = ("text", "asker", "contact", "way", "asked_on")
        values = {"asked_on": self.desk.village.session.today(), "way": "visit"}
        self._take("登记疑问", Question, fields, self.desk.village.questions.ask, values)

    def reply_to(self, key: int) -> None:
        """Answer the question in the list that was pressed; an answered one is only read."""
        questions = self.desk.village.questions.about(self._project())
        question = next((one for one in questions if one.id == key), None)
        if question is None:
            self._mend(key)
            return
        if question.replied_on is not None:
            lines = [
                ("问", question.text),
                ("答", question.reply or ""),
                ("结果", question.result or ""),
                ("谁答的", f"{question.replied_by} {question.replied_on}"),
            ]
            self.desk.asking.ask(Asked("疑问和答复", lines))
            return
        self._reply(question)

    def _mend(self, key: int) -> None:
        """Take down how what a visit found was put right."""
        visits = self.desk.village.questions.visits(self._project())
        visit = next((one for one in visits if one.id == key), None)
        if visit is None:
            return

        def save(typed: Typed) -> None:
            self.desk.village.questions.mended(visit, typed["answer"])
            self.desk.say("已登记整改", self.desk.undo)

        declared = [replace(SupervisionVisit.declaration("answer"), required=True)]
        title = f"{visit.day} 监督的整改情况"
        self._ask(title, declared, save, "登记整改")

    def _reply(self, question: Question) -> None:
        declared = [Question.declaration("reply"), Question.declaration("result")]
        shown = [replace(one, in_form=True) for one in declared]

        def save(typed: Typed) -> None:
            self.desk.village.questions.reply(question, typed["reply"], typed["result"])
            self.desk.say("已答复", self.desk.undo)

        self._ask(f"答复：{question.text}（{question.due_on} 前）", shown, save, "答复")
