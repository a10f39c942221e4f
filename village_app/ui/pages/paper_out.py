"""A paper on its way out of a section: made beside the window, then printed or saved as PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from village_app.domain.kinds import COUNT, Choice, FieldDeclaration, options_of
from village_app.ui.asking import FileKind
from village_app.ui.pages.form_dialog import FormDialog, Typed

if TYPE_CHECKING:
    from village_app.ui.pages.safety.part import Part
    from village_app.ui.printing import Printers

PDF = FileKind("PDF", ("pdf",))
TO_FILE = "存成 PDF 文件"


class PaperOut:
    """Asks for the printer and the copies; without a printer the paper is saved at once."""

    def __init__(self, part: Part) -> None:
        from village_app.ui.printing import SystemPrinters

        self._part = part
        self.printers: Printers = SystemPrinters()
        self.dialog: FormDialog | None = None

    def put_out(self, paper: Callable[[], Any], name: str) -> None:
        """Print a paper, or save it: `paper` builds it, on a worker thread."""
        names = self.printers.names()
        if not names:
            self._save(paper, name)
            return
        printers = Choice(options_of((one, one) for one in (*names, TO_FILE)))
        fields = (
            FieldDeclaration("printer", "打印机", printers, required=True),
            FieldDeclaration("copies", "份数", COUNT, required=True),
        )
        self.dialog = FormDialog(
            f"打印{name}",
            fields,
            lambda typed: self._chosen(paper, name, typed),
            self._part.window(),
            words="打印",
            values={"printer": names[0], "copies": 1},
        )
        self.dialog.exec()

    def _chosen(self, paper: Callable[[], Any], name: str, typed: Typed) -> None:
        printer, copies = typed["printer"], COUNT.parse(typed["copies"]) or 0
        if printer == TO_FILE:
            self._save(paper, name)
            return
        self._part.desk.village.printing.check_copies(copies)
        self._part.run(
            lambda report: self._pdf(paper, report),
            f"准备打印{name}",
            lambda data: self._part.attempt(lambda: self._print(data, name, printer, copies)),
        )

    def _pdf(self, paper: Callable[[], Any], report: Any) -> bytes:
        data: bytes = self._part.desk.village.exports.pdf(paper(), report=report)
        return data

    def _print(self, data: bytes, name: str, printer: str, copies: int) -> None:
        from village_app.ui.printing import PrintJob

        printing = self._part.desk.village.printing
        job = PrintJob(data, name, printer, copies, printing.offset(printer))
        pages = self.printers.print_out(job)
        printing.note(name, printer, copies, pages=pages)
        self._part.desk.say(f"已交给打印机 {copies} 份", None)

    def _save(self, paper: Callable[[], Any], name: str) -> None:
        part = self._part
        target = part.desk.asking.save_file("存PDF", PDF, f"{name}.pdf", "papers")
        if target is None:
            return
        part.run(
            lambda report: _write(part, target, self._pdf(paper, report)),
            f"写{name}",
            lambda _nothing: part.desk.say(f"已存 {target.name}", None),
        )


def _write(part: Part, target: Path, content: bytes) -> None:
    part.desk.village.exports.keep(target, content)
