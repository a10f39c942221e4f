"""What the sections of 备份与设置 share: long work with its progress, failures, files to save."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.domain.permissions import may
from village_app.domain.reporting import Report
from village_app.errors import VillageError
from village_app.ui.asking import Choice, FileKind, Question
from village_app.ui.kit.keys import Key
from village_app.ui.kit.progress import watch
from village_app.ui.page import Desk
from village_app.ui.pages.paper_out import PaperOut
from village_app.ui.theme import theme

SPREADSHEET = FileKind("表格", ("xlsx",))


class Part(QWidget):
    """One section of the page: builds itself once, asks for its data in `refresh`."""

    watches: ClassVar[tuple[str, ...]] = ()
    keys: ClassVar[tuple[Key, ...]] = ()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.papers = PaperOut(self)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme().px(12))

    def refresh(self) -> None:
        """Ask for the data again."""

    def arrange(self, narrow: bool) -> None:
        """Stand closer together where there is little room, and arrange what stands there."""
        self.body.setSpacing(theme().px(6 if narrow else 12))
        self.lay_out(narrow)

    def lay_out(self, narrow: bool) -> None:
        """Arrange for a narrow or an ordinary window."""

    def first_focus(self) -> QWidget | None:
        """The control that gets the keyboard when the section is opened."""
        return None

    def may(self, action: str) -> bool:
        """Say whether the one who sits here may do this."""
        return may(self.desk.village.session.user.role, action)

    def run(
        self,
        work: Callable[[Report], Any],
        label: str,
        done: Callable[[Any], object],
        *,
        leaves: str = "",
    ) -> None:
        """Do long work beside the window, then `done` with what it gave."""
        job = self.desk.jobs.start(work, label)
        job.succeeded.connect(done)
        job.failed.connect(self.tell)
        watch(job, self.window(), leaves=leaves)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something short; a refusal is said in its sentence. True when it went well."""
        try:
            act()
        except VillageError as error:
            self.tell(error)
            return False
        return True

    def tell(self, error: BaseException) -> None:
        """Show a known failure as its sentence; an unknown one goes to the crash handler."""
        if not isinstance(error, VillageError):
            raise error
        self.desk.asking.ask(
            Question("没有做完", [("发生了什么", error.message)], [Choice("", "知道了")], "fault")
        )

    def save(self, kind: FileKind, name: str, make: Callable[[Report], bytes]) -> None:
        """Let a file be named, make its content beside the window and write it."""
        target = self.desk.asking.save_file(f"存{kind.name}", kind, name, "papers")
        if target is not None:
            self.run(
                lambda report: self.desk.village.exports.keep(target, make(report)),
                f"写{target.stem}",
                lambda _nothing: self.desk.say(f"已存 {target.name}", None),
            )

    def print_paper(self, paper: Callable[[], Any], name: str) -> None:
        """Print a paper, or save it as PDF where there is no printer."""
        self.papers.put_out(paper, name)
