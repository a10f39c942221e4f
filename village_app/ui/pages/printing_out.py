"""A finished PDF on its way out of the register: to a printer, or into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from village_app.domain.kinds import COUNT, Choice, FieldDeclaration, options_of
from village_app.errors import EnvironmentProblem, Fault, InvalidInput, Refused
from village_app.ui.asking import FileKind
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.printing import Printers, PrintJob, SystemPrinters

PDF = FileKind("PDF 文件", ("pdf",))
_MOST_COPIES = 99


class PrintingOut:
    """Asks for printer and copies and prints; without a printer it offers the file."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        self._desk = desk
        self._owner = owner
        self.printers: Printers = SystemPrinters()
        self.dialog: FormDialog | None = None

    def offer(self, data: bytes, title: str) -> None:
        """Print a PDF, after printer and copies were chosen."""
        names = self.printers.names()
        if not names:
            self._desk.say("这台电脑上没有打印机，可以先存成 PDF。", None)
            self.save(data, Path(title).stem + ".pdf")
            return
        printers = Choice(options_of((one, one) for one in names))
        fields = (
            FieldDeclaration("printer", "打印机", printers, required=True),
            FieldDeclaration("copies", "份数", COUNT, required=True),
        )

        def save(typed: Typed) -> None:
            copies = COUNT.parse(typed["copies"]) or 0
            if not 1 <= copies <= _MOST_COPIES:
                fault = Fault("copies", "copies", f"份数要在 1 到 {_MOST_COPIES} 之间。")
                raise InvalidInput([fault])
            self.printers.print_out(PrintJob(data, title, typed["printer"], copies))
            self._desk.say(f"已交给打印机 {copies} 份", None)

        values = {"printer": names[0], "copies": 1}
        self._open(f"打印 {title}", fields, save, values)

    def save(self, data: bytes, name: str, kind: FileKind = PDF) -> None:
        """Write the bytes where the user says."""
        path = self._desk.asking.save_file("存到哪里", kind, name, "papers")
        if path is None:
            return
        self.attempt(lambda: self._desk.village.exports.keep(path, data), f"已存 {path.name}")

    def attempt(self, work: Callable[[], object], said: str) -> bool:
        """Do something and say so; a refusal is said instead."""
        try:
            work()
        except (InvalidInput, Refused, EnvironmentProblem) as problem:
            self._desk.say(problem.message, None)
            return False
        self._desk.say(said, None)
        return True

    def _open(
        self,
        title: str,
        fields: tuple[FieldDeclaration, ...],
        save: Callable[[Typed], object],
        values: dict[str, object],
    ) -> None:
        window = self._owner.window()
        self.dialog = FormDialog(title, fields, save, window, words="打印", values=values)
        self.dialog.open()
