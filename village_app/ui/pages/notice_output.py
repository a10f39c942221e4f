"""A notice on its way out: printed and taken down, saved, copied, as poster or letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtGui import QGuiApplication

from village_app.db.records.notices import Notice
from village_app.domain.kinds import COUNT, Choice, FieldDeclaration, options_of
from village_app.ui.asking import FileKind
from village_app.ui.page import Desk
from village_app.ui.printing import Printers, PrintJob, SystemPrinters, count_pages

FILES = {
    "pdf": FileKind("PDF 文件", ("pdf",)),
    "xlsx": FileKind("Excel 表格", ("xlsx",)),
    "docx": FileKind("Word 文件", ("docx",)),
}
USUAL_COPIES = 3
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
    """Printing and files of the notice that a document page shows."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.desk = document.desk
        self.printers: Printers = SystemPrinters()

    def print_out(self) -> None:
        """Choose printer and copies, print, take it down."""
        if self.document.notice is None or not self.document.saved():
            return
        names = self.printers.names()
        if not names:
            self.document.tell("这台电脑上没有打印机。可以先存成 PDF，拿到有打印机的电脑上打。")
            return
        copies = USUAL_COPIES if self.document.notice.frozen else 1
        fields = (
            FieldDeclaration(
                "printer", "打印机", Choice(options_of((n, n) for n in names)), required=True
            ),
            FieldDeclaration("copies", "份数", COUNT, required=True),
        )
        values = {"printer": names[0], "copies": copies}
        self.document.ask("打印", fields, self._print, "打印", values)

    def _print(self, typed: Any) -> None:
        village, notice = self.desk.village, self.document.kept()
        copies = COUNT.parse(typed["copies"]) or 0
        data = village.printing.sheet(notice)
        job = PrintJob(
            data,
            notice.heading,
            typed["printer"],
            copies,
            village.printing.offset(typed["printer"]),
            village.printing.mark(notice),
        )
        village.printing.check_copies(copies)
        pages = self.printers.print_out(job)
        village.printing.note(
            notice.number or f"草稿 {notice.heading}",
            typed["printer"],
            copies,
            notice=notice,
            pages=pages or count_pages(data),
        )
        self.desk.say(f"已交给打印机 {copies} 份", None)

    def print_many(self, keys: Sequence[int], printer: str) -> int:
        """Print several notices, three copies each, as one batch of the log; gives how many.

        Refused before the first sheet where one of them may not be printed.
        """
        village = self.desk.village
        sheets = village.printing.batch([village.notices.get(key) for key in keys])
        batch = f"{village.session.now():%Y%m%d%H%M%S}"
        for notice, data in sheets:
            copies = USUAL_COPIES if notice.frozen else 1
            offset, mark = village.printing.offset(printer), village.printing.mark(notice)
            job = PrintJob(data, notice.heading, printer, copies, offset, mark)
            pages = self.printers.print_out(job)
            paper = notice.number or f"草稿 {notice.heading}"
            village.printing.note(paper, printer, copies, notice=notice, pages=pages, batch=batch)
        return len(sheets)

    def save_file(self, form: str) -> None:
        """Save the paper as a file where the user says."""
        if self.document.notice is None or not self.document.saved():
            return

        def write() -> None:
            made = self.desk.village.notice_files.file(self.document.kept(), form)
            path = self.desk.asking.save_file("存到哪里", FILES[form], made.name, "notices")
            if path is not None:
                self.desk.village.notice_files.write(path, made)
                self.desk.say(f"已存 {path.name}", None)

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
            self.document.act(self._save_letters, "")
        else:
            size, _, tiles = form.partition("-")
            self.document.act(lambda: self._save_poster(size, tiled=bool(tiles)), "")

    def _save_poster(self, size: str, *, tiled: bool) -> None:
        made = self.desk.village.notice_files.poster(self.document.kept(), size, tiled=tiled)
        self._save_made(made)

    def _save_letters(self) -> None:
        village, notice = self.desk.village, self.document.kept()
        addressees = village.letters.addressees()
        content = village.letters.letters(village.notices.paper_of(notice), addressees)
        name = village.notice_files.name_of(notice, "pdf").replace(".pdf", "_入户.pdf")
        self._save_made(village.notice_files.named(name, content))

    def _save_made(self, made: Any) -> None:
        path = self.desk.asking.save_file("存到哪里", FILES["pdf"], made.name, "notices")
        if path is not None:
            self.desk.village.notice_files.write(path, made)
            self.desk.say(f"已存 {path.name}", None)

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
