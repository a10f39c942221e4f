"""The page of an import, the same for every subject: file, columns, dry run, writing, result.

A subject plugs itself in with a class of five lines (`subjects.py`): its title, the page it
belongs to, and which `SubjectImports` it is. Another page opens it with
`desk.go("import-agenda", meeting.id)`.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from village_app.db.records.residents import ImportBatch
from village_app.errors import VillageError
from village_app.services.imports.session import ImportSession
from village_app.services.imports.subject_imports import SubjectImports
from village_app.ui.asking import Question
from village_app.ui.kit.buttons import Button
from village_app.ui.page import Desk
from village_app.ui.pages.imports.choosing import ChoosingStep
from village_app.ui.pages.imports.done import DoneStep
from village_app.ui.pages.imports.files import ImportFiles
from village_app.ui.pages.imports.frame import ImportFrame
from village_app.ui.pages.imports.matching import MatchingStep
from village_app.ui.pages.imports.opening import ListOpening
from village_app.ui.pages.imports.steps import (
    CHOOSING,
    DONE,
    MATCHING,
    TRIAL,
    UNTOUCHED,
    WRITING,
    left_words,
)
from village_app.ui.pages.imports.taking_back import TakingBack
from village_app.ui.pages.imports.trial import TrialStep
from village_app.ui.pages.imports.work import Piece, WorkLine
from village_app.ui.pages.imports.writing import WritingStep
from village_app.ui.pages.imports.writing_run import WritingRun


class ImportPage(ImportFrame):
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
        self._batch: ImportBatch | None = None
        self._record: int | None = None
        self.line = WorkLine(desk.jobs, self)
        self.opening = ListOpening(desk, self, self.line, self._imports, self._opened)
        self.taking_back = TakingBack(desk, self, self.line, self._taken_back)
        self.files = ImportFiles(desk, self._work)
        self.wizard.went.connect(self._arrived)
        self._make_steps()
        self._enter(CHOOSING)

    def _make_steps(self) -> None:
        self.choosing = ChoosingStep(
            self.desk,
            self.words,
            pick=self.pick,
            save_template=self.save_template,
            more=self.more_buttons(),
        )
        self.history = self.choosing.history
        self.history.wants_back.connect(self.taking_back.take)
        self.choosing.dropped.connect(self.read)
        self.choosing.pasted.connect(self.opening.paste)
        self.choosing.resumed.connect(self._resume)
        self.matching = MatchingStep(self.desk, self._work)
        self.trial = TrialStep(self._work)
        self.trial.changed.connect(self._name_the_way_on)
        self.trial.said.connect(lambda words: self.desk.say(words, None))
        self.writing = WritingStep()
        self.done = DoneStep(
            take_back=self.take_back, again=self.restart, save_errors=self.save_errors
        )
        frame = self.wizard
        frame.add_step(self.choosing, on="选一个表格", forward=self.pick)
        frame.add_step(self.matching, on="试导入，看看结果", forward=self.show_trial)
        frame.add_step(self.trial, on="写入", forward=self.write)
        frame.add_step(self.writing, on="正在写入", forward=_nothing, can_go_back=False)
        frame.add_step(self.done, on="去看台账", forward=self._go_home, can_go_back=False)
        self.writing_run = WritingRun(
            self.desk,
            self.line,
            self.writing,
            enter=lambda: self._enter(WRITING),
            done=self._written,
            back=self._back_to_trial,
            read=self.read,
        )

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
        for part in (self.head, self.wizard, self.trial, self.choosing, self.matching):
            part.set_narrow(narrow)
        self.dress()
        self._name_the_way_on()

    def _enter(self, step: int) -> None:
        """Go to a step; head, keys and the foot follow."""
        self.wizard.go(step)
        self._arrived(step)

    def _arrived(self, step: int) -> None:
        """Show what belongs to a step that was come to."""
        self.dress()
        if step == CHOOSING:
            self._show_half_done()
        elif step == MATCHING and self._session is not None:
            self.matching.show_session(self._session)
        elif step == TRIAL:
            self._name_the_way_on()

    def turn(self) -> None:
        self.matching.turn()

    def step_back(self) -> None:
        self.trial.step_back()

    def _show_half_done(self) -> None:
        session = self._session
        name = session.name if session is not None else ""
        decided = session is not None and session.has_decisions
        self.choosing.show_half_done(name, decided=decided)

    # Step 1

    def pick(self) -> None:
        """Let a file be picked and read it in the background."""
        self.opening.pick()

    def save_template(self) -> None:
        """Save an empty spreadsheet with the right columns, hints, drop-downs and two samples."""
        imports = self._imports()
        if imports is not None:
            self.files.save_template(imports, self.title.removeprefix("导入"))

    def read(self, path: Path) -> None:
        """Read a file in the background."""
        self.opening.file(path)

    def _opened(self, session: ImportSession) -> None:
        self._drop_session()
        self._session = session
        self._enter(MATCHING)
        self.matching.take_keyboard()

    def _imports(self) -> SubjectImports | None:
        imports = self.imports(self._record)
        if imports is None:
            self._refuse(self.nobody)
        return imports

    def _resume(self) -> None:
        """Go on with the list that was left half looked at."""
        self._enter(MATCHING)
        self.matching.take_keyboard()

    # Step 3

    def show_trial(self) -> None:
        """Show what the import would do, line by line."""
        self.trial.show_plan(self._the_session())
        self._enter(TRIAL)
        self.trial.grid.view.setFocus()

    def save_errors(self) -> None:
        """Save the rows with errors as a spreadsheet with their reasons, to be put right there."""
        self.files.save_errors(self._the_session())

    def _name_the_way_on(self) -> None:
        session = self._session
        if session is None or self.wizard.step != TRIAL:
            return
        counts = session.counts()
        words = f"写入 {counts['writes']} 行"
        if session.imports.rule_matters:
            words += f"（新增 {counts['new']}，更新 {counts['update']}）"
        self.wizard.on.set_words(words)
        self.wizard.on.forbid("" if counts["writes"] else "没有要写入的行。")
        self.errors_button.forbid("" if counts["error"] else "没有错误的行")
        self.wizard.say_safe(left_words(counts["error"], counts["suspected"]) or UNTOUCHED)

    # Steps 4 and 5

    def write(self) -> None:
        """Write as one change, in the background; cancelling rolls all of it back."""
        self.writing_run.begin(self._the_session())

    def _written(self, batch: ImportBatch) -> None:
        self._batch = batch
        self.done.show_written(self._the_session())
        self._enter(DONE)
        self.wizard.on.setFocus()

    def _back_to_trial(self) -> None:
        """Stand at the dry run again, with what is known now."""
        if self._session is not None:
            self.show_trial()

    def take_back(self) -> None:
        """Take the import that was just written back."""
        if self._batch is not None:
            self.taking_back.take(self._batch)

    def _taken_back(self) -> None:
        if self.wizard.step == DONE:
            self.restart()
        self.refresh()

    def restart(self) -> None:
        """Begin again with another file."""
        self._drop_session()
        self._enter(CHOOSING)
        if self.isVisible():
            self.refresh()

    def leave(self) -> None:
        """Go away; a list that was looked at stays as it is until it is gone on with."""
        self._enter(CHOOSING)
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
        stopped: Callable[[], object] | None = None,
    ) -> None:
        self.line.do(Piece(work, label, then, failed=self._failed, stopped=stopped or _nothing))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, VillageError):
            raise error
        self._refuse(error.message)

    def _refuse(self, sentence: str) -> None:
        """Say why something was not done, where it is seen in every step."""
        self.desk.asking.ask(Question("没有导入", [("", sentence)]))

    def _drop_session(self) -> None:
        self._session = self._batch = None

    def _the_session(self) -> ImportSession:
        assert self._session is not None, "a file is read first"
        return self._session


def _nothing() -> None:
    """Do nothing: there is no way on while the rows are being written."""
