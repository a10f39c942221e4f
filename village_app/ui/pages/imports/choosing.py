"""Step one of an import: a file, a list dropped here, or rows copied out of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.flow import FlowLayout
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.imports.history import ImportHistory

_PROMISE = (
    "也可以把文件拖到这里，或者在表格软件里复制几行，到这里粘贴。"
    "程序会自己找表头、认列名，把每一行会怎样告诉您；写入以后，过一周也能整批撤回。"
)


class ChoosingStep(QWidget):
    """Ways to bring a list, what was left half looked at, and what was imported so far.

    `dropped` gives the path of a file, `pasted` the rows of the clipboard.
    """

    dropped = Signal(Path)
    pasted = Signal(str)
    resumed = Signal()

    def __init__(
        self,
        desk: Desk,
        words: str,
        *,
        pick: Callable[[], object],
        save_template: Callable[[], object],
        more: Iterable[Button],
    ) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.half_done = Banner("soon", "")
        self.half_done.pressed.connect(self.resumed)
        self.half_done.hide()
        self.promise = Text(_PROMISE, tone="ink2", wrap=True)
        self.history = ImportHistory(desk)
        sheet = Sheet()
        sheet.add(Text(words, "h3", wrap=True))
        sheet.add(self.promise)
        row = FlowLayout()
        self.pick_button = Button("选一个表格", icon="folder", big=True, key="Ctrl+O", press=pick)
        self.paste_button = Button("粘贴几行", icon="in", key="Ctrl+V", press=self.paste)
        row.addWidget(self.pick_button)
        row.addWidget(self.paste_button)
        row.addWidget(Button("存一份空表去填", kind="link", press=save_template))
        for button in more:
            row.addWidget(button)
        sheet.body.addLayout(row)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.half_done)
        body.addWidget(sheet)
        body.addWidget(self.history, 1)
        body.addStretch(0)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the long sentence out where there is little room."""
        self.promise.setVisible(not narrow)
        self.history.set_narrow(narrow)

    def show_half_done(self, name: str, *, decided: bool) -> None:
        """Offer to go on with a list that was looked at before; blank where there is none."""
        kept = "您改过的、定过的都还在。" if decided else "还没有写入任何东西。"
        self.half_done.show_sentence("soon", f"“{name}”看到一半，{kept}", link="接着看")
        self.half_done.setVisible(bool(name))

    def paste(self) -> None:
        """Take the rows that were copied in a spreadsheet."""
        self.pasted.emit(QGuiApplication.clipboard().text())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if files:
            self.dropped.emit(Path(files[0]))
        elif event.mimeData().hasText():
            self.pasted.emit(event.mimeData().text())
