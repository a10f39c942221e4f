"""A paper over the page: seen as it will be printed, then printed or saved as PDF."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.domain.kinds import COUNT, Choice, FieldDeclaration, options_of
from village_app.errors import VillageError
from village_app.ui.asking import FileKind
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.preview import PaperPreview
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.printing import Printers, PrintJob, SystemPrinters
from village_app.ui.theme import theme

PDF = FileKind("PDF文件", ("pdf",))


class PaperSheet(Sheeted):
    """Shows a finished PDF with two ways on, 打印 and 存 PDF; Esc leaves it.

    Example: `PaperSheet(desk, "督办单 隔督〔2026〕1号", pdf, self.window()).open()`.
    """

    def __init__(
        self,
        desk: Desk,
        name: str,
        data: bytes,
        window: QWidget,
        *,
        printers: Printers | None = None,
    ) -> None:
        super().__init__(name, None, window)
        self.desk = desk
        self.name = name
        self.dialog: FormDialog | None = None
        self._data = data
        self._printers: Printers = printers or SystemPrinters()
        px = theme().px
        self.setFixedWidth(min(window.width() - px(60), px(780)))
        self.preview = PaperPreview()
        self.preview.setMinimumHeight(max(px(220), window.height() - px(190)))
        self.preview.set_pdf(data)
        self.body.addWidget(self.preview, 1)
        self.trouble = Text("", "body", "red", wrap=True)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.print_button = Button(
            "打印", icon="printer", key="Ctrl+P", kind="primary", press=self.print_out
        )
        row.addWidget(self.print_button)
        row.addWidget(Button("存 PDF", icon="save", key="Ctrl+S", press=self.save))
        row.addStretch(1)
        row.addWidget(Button("不打了", key="Esc", press=self.reject))
        self.body.addLayout(row)

    def save(self) -> None:
        """Save the paper where the user says."""
        path = self.desk.asking.save_file("存 PDF", PDF, f"{self.name}.pdf", "papers")
        if path is None:
            return
        try:
            self.desk.village.exports.keep(path, self._data)
        except VillageError as error:
            self._tell(error.message)
            return
        self.desk.say(f"已存 {path.name}", None)
        self.accept()

    def print_out(self) -> None:
        """Choose printer and copies, print, and take it down."""
        names = self._printers.names()
        if not names:
            self._tell("这台电脑上没有打印机。可以先存成 PDF，拿到有打印机的电脑上打。")
            return
        fields = (
            FieldDeclaration(
                "printer", "打印机", Choice(options_of((n, n) for n in names)), required=True
            ),
            FieldDeclaration("copies", "份数", COUNT, required=True),
        )
        values = {"printer": names[0], "copies": 1}
        self.dialog = FormDialog("打印", fields, self._print, self, words="打印", values=values)
        self.dialog.accepted.connect(self.accept)
        self.dialog.open()

    def _print(self, typed: Typed) -> None:
        printing = self.desk.village.printing
        copies = COUNT.parse(typed["copies"]) or 0
        printing.check_copies(copies)
        offset = printing.offset(typed["printer"])
        job = PrintJob(self._data, self.name, typed["printer"], copies, offset)
        pages = self._printers.print_out(job)
        printing.note(self.name, typed["printer"], copies, pages=pages)
        self.desk.say(f"已交给打印机 {copies} 份", None)

    def _tell(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.show()
