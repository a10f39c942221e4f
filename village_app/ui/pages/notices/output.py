"""A notice on its way out: saved, copied, as poster, as letters to households."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtGui import QGuiApplication

from village_app.db.records.notices import Notice
from village_app.domain.kinds import FLAG, Choice, FieldDeclaration, options_of
from village_app.domain.reporting import Report
from village_app.errors import EnvironmentProblem, VillageError
from village_app.ui.asking import Choice as Answer
from village_app.ui.asking import FileKind, Question
from village_app.ui.page import Desk
from village_app.ui.pages.notices.printing import NoticePrinting

FILES = {
    "pdf": FileKind("PDF 文件", ("pdf",)),
    "xlsx": FileKind("Excel 表格", ("xlsx",)),
    "docx": FileKind("Word 文件", ("docx",)),
}
_OTHER_FORMS = (
    ("spoken", "广播稿，拷到剪贴板"),
    ("chat", "微信稿，拷到剪贴板"),
    ("A3", "A3 海报"),
    ("A3-tiles", "A3 海报，分成几张 A4 拼"),
    ("A2", "A2 海报"),
    ("A2-tiles", "A2 海报，分成几张 A4 拼"),
    ("letters", "入户信，按小组和门牌排好，一户一页"),
)


class Document(Protocol):
    """What the output asks of the document page."""

    desk: Desk
    notice: Notice | None

    def saved(self) -> bool:
        """Keep what was typed; False where it cannot be kept."""
        ...

    def kept(self) -> Notice:
        """Give the notice as it is kept."""
        ...

    def act(self, what: Callable[[], object], said: str) -> bool:
        """Do something; a refusal is shown."""
        ...

    def tell(self, sentence: str) -> None:
        """Say why something was not done."""
        ...

    def show_again(self) -> None:
        """Show the notice as it is kept now."""
        ...

    def ask(
        self,
        title: str,
        fields: Any,
        save: Callable[[Any], object],
        words: str,
        values: dict[str, Any] | None = None,
    ) -> None:
        """Ask over the page."""
        ...


class NoticeOutput:
    """Files of the notice that a document page shows; `printing` takes it to the printer."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.desk = document.desk
        self.printing = NoticePrinting(document, lambda: self.save_file("pdf"))

    def save_file(self, form: str) -> None:
        """Save the paper as a file where the user says."""
        if self.document.notice is None or not self.document.saved():
            return

        def write() -> None:
            made = self.desk.village.notice_files.file(self.document.kept(), form)
            self._save_made(made, form)

        self.document.act(write, "")

    def choose_other_form(self) -> None:
        """Ask in which other form the paper is wanted, and make it."""
        if self.document.notice is None or not self.document.saved():
            return
        is_letter = self.document.notice.kind == "letter"
        forms = Choice(options_of(_OTHER_FORMS if is_letter else _OTHER_FORMS[:-1]))
        fields = (FieldDeclaration("form", "要什么样子", forms, required=True),)
        chosen: list[str] = []
        self.document.ask(
            "别的样子",
            fields,
            lambda typed: chosen.append(forms.parse(typed["form"]) or ""),
            "就要这样",
        )
        if chosen:
            self.make_other_form(chosen[0])

    def make_other_form(self, form: str) -> None:
        """Copy a spoken or chat text, or save posters and letters."""
        if form in ("spoken", "chat"):
            self.copy(form)
        elif form == "letters":
            self.choose_groups()
        else:
            size, _, tiles = form.partition("-")
            self.document.act(lambda: self._save_poster(size, tiled=bool(tiles)), "")

    def _save_poster(self, size: str, *, tiled: bool) -> None:
        made = self.desk.village.notice_files.poster(self.document.kept(), size, tiled=tiled)
        self._save_made(made)

    def choose_groups(self) -> None:
        """Ask which groups get the letter; none chosen means all of them."""
        groups = self.desk.village.letters.groups()
        fields = [
            FieldDeclaration(f"group_{key}", f"{name}，{count} 户", FLAG)
            for key, name, count in groups
        ]
        if not fields:
            self.document.tell("登记里还没有户，没有可以写信的人家。")
            return

        def chosen(typed: Any) -> None:
            keys = [key for key, _, _ in groups if FLAG.parse(typed[f"group_{key}"])]
            self._write_letters(keys)

        self.document.ask("给哪些小组，都不选就是全村", fields, chosen, "排信")

    def _write_letters(self, groups: list[int]) -> None:
        """Set the letters beside the window, then ask where they go."""
        village, notice = self.desk.village, self.document.kept()
        addressees = village.letters.addressees(groups)
        paper = village.notices.paper_of(notice)
        name = village.notice_files.name_of(notice, "pdf").replace(".pdf", "_入户.pdf")
        village.letters.refuse_unready(paper, addressees)

        def work(report: Report) -> bytes:
            content: bytes = village.letters.letters(paper, addressees, report=report)
            return content

        job = self.desk.jobs.start(work, "排入户信")
        job.succeeded.connect(lambda content: self._save_letters(name, content, len(addressees)))
        job.failed.connect(self._failed)

    def _save_letters(self, name: str, content: bytes, count: int) -> None:
        def save() -> None:
            self._save_made(self.desk.village.notice_files.named(name, content))

        self.document.act(save, "")
        self.desk.say(f"入户信 {count} 封，按小组和门牌排好了", None)

    def _failed(self, failure: BaseException) -> None:
        if not isinstance(failure, VillageError):
            raise failure
        self.document.tell(failure.message)

    def _save_made(self, made: Any, form: str = "pdf") -> None:
        """Ask where a file goes and write it; beside the one that another program holds open."""
        path = self.desk.asking.save_file("存到哪里", FILES[form], made.name, "notices")
        if path is None:
            return
        write = self.desk.village.notice_files.write
        try:
            write(path, made)
        except EnvironmentProblem as problem:
            other = free_name(path)
            if problem.code != "held" or not self._agrees_to(other, problem.message):
                raise
            path = other
            write(path, made)
        self.desk.say(f"已存 {path.name}", None)

    def _agrees_to(self, other: Path, sentence: str) -> bool:
        question = Question(
            "文件正开着，没有存进去",
            [("为什么", sentence), ("还可以", f"另存成“{other.name}”，原来的不动。")],
            [Answer("other", f"存成 {other.name}", "save"), Answer("", "先不存")],
        )
        return self.desk.asking.ask(question) == "other"

    def copy(self, voice: str) -> None:
        """Put 广播稿 or 微信稿 on the clipboard."""
        if self.document.notice is None or not self.document.saved():
            return

        def put() -> None:
            text = getattr(self.desk.village.notice_files, voice)(self.document.kept())
            QGuiApplication.clipboard().setText(text)
            word = "广播稿" if voice == "spoken" else "微信稿"
            self.desk.say(f"{word}已拷好，{len(text)} 个字", None)

        self.document.act(put, "")


def free_name(path: Path) -> Path:
    """Give a name beside a file that nothing has yet: 名单(2).xlsx."""
    number = 2
    while (other := path.with_stem(f"{path.stem}({number})")).exists():
        number += 1
    return other
