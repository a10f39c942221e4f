"""Photos and scanned papers of a record: dropped or picked, opened, printed, taken off."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.fields import Record
from village_app.db.records.house import Attachment
from village_app.domain.reporting import Report
from village_app.errors import EnvironmentProblem, InvalidInput, Refused
from village_app.services.notices.file_prints import printable
from village_app.ui.asking import FileKind
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.removal import empty
from village_app.ui.kit.text import Line, Text
from village_app.ui.page import Desk
from village_app.ui.pages.printing_out import PrintingOut
from village_app.ui.theme import theme

_ANY = FileKind("照片、扫描件、文件", ("jpg", "jpeg", "png", "pdf", "docx", "xlsx", "doc", "xls"))
_MB, _KB = 1024 * 1024, 1024
PURPOSE = "paper"


class FilesPanel(QFrame):
    """The files of one record; files dropped on it are kept encrypted beside the record."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._record: Record | None = None
        self.printing = PrintingOut(desk, self)
        self.setAcceptDrops(True)
        self.setAccessibleName("照片和材料")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(4))
        head = QHBoxLayout()
        self.title = Text("照片和材料", "h3")
        head.addWidget(self.title)
        head.addStretch(1)
        self.add_button = Button("添加", icon="plus", kind="quiet", press=self.pick)
        head.addWidget(self.add_button)
        column.addLayout(head)
        self.hint = Text("把照片、证件扫描件拖到这里，也可以按“添加”。", "small", "ink3", wrap=True)
        column.addWidget(self.hint)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme().px(2))
        column.addLayout(self._rows)

    # Data

    def show_files(self, record: Record | None) -> None:
        """Show the files of a record, or none."""
        self._record = record
        kept = [] if record is None else self._desk.village.attachments.of(record)
        self.title.setText(f"照片和材料 {len(kept)}" if kept else "照片和材料")
        self.add_button.setEnabled(record is not None)
        empty(self._rows)
        for attachment in kept:
            self._rows.addWidget(self._row(attachment))

    def _row(self, attachment: Attachment) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(8))
        name = Line(attachment.name, "body")
        name.setAccessibleName(f"{attachment.name}，{_size(attachment.size)}")
        line.addWidget(name, 1)
        line.addWidget(Text(_size(attachment.size), "small", "ink3"))
        for words, act in (("打开", self.open), ("打印", self.print), ("取下", self.take_off)):
            button = Button(words, kind="quiet", press=partial(act, attachment))
            button.setAccessibleName(f"{words} {attachment.name}")
            line.addWidget(button)
        return row

    # Wishes

    def pick(self) -> None:
        """Let files be picked from the disk."""
        self.add(self._desk.asking.pick_files("添加照片和材料", (_ANY,), "files"))

    def add(self, paths: Sequence[Path]) -> None:
        """Keep files beside the record, in a job: a scan can be large."""
        record = self._record
        if record is None or not paths:
            return
        village = self._desk.village

        def work(report: Report) -> int:
            with village.change(f"附上 {len(paths)} 个文件：{record.describe()}"):
                for path in paths:
                    village.attachments.attach(record, path, purpose=PURPOSE, report=report)
            return len(paths)

        job = self._desk.jobs.start(work, "附上文件")
        job.succeeded.connect(lambda count: self._kept(record, count))
        job.failed.connect(self._failed)

    def _kept(self, record: Record, count: int) -> None:
        if self._record is not None and self._record.id == record.id:
            self.show_files(self._record)
        self._desk.say(f"已附上 {count} 个文件", self._desk.undo)

    def _failed(self, error: object) -> None:
        if not isinstance(error, (InvalidInput, Refused, EnvironmentProblem)):
            assert isinstance(error, Exception)  # jobs hand on exceptions only
            raise error
        self._desk.say(error.message, None)

    def open(self, attachment: Attachment) -> None:
        """Show a read-only copy in the program the PC has for such files."""
        path = self._copy(attachment)
        if path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._desk.say(f"这台电脑上没有能打开“{attachment.name}”的程序。", None)

    def print(self, attachment: Attachment) -> None:
        """Print a picture or a PDF; other files are opened to be printed from their program."""
        if not printable(attachment):
            self._desk.say("这种文件请打开后，在它的程序里打印。", None)
            self.open(attachment)
            return
        try:
            data = self._desk.village.file_prints.pdf(attachment)
        except (Refused, EnvironmentProblem) as problem:
            self._desk.say(problem.message, None)
            return
        self.printing.offer(data, attachment.name)

    def take_off(self, attachment: Attachment) -> None:
        """Take a file off; undo brings it back."""
        try:
            self._desk.village.attachments.take_away(attachment)
        except Refused as refusal:
            self._desk.say(refusal.message, None)
            return
        self.show_files(self._record)
        self._desk.say(f"已取下 {attachment.name}", self._desk.undo)

    def _copy(self, attachment: Attachment) -> Any:
        try:
            return self._desk.village.attachments.open_copy(attachment)
        except (Refused, EnvironmentProblem) as problem:
            self._desk.say(problem.message, None)
            return None

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._record is not None and _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add(_dropped(event))


def _dropped(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    found = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in found if path.is_file()]


def _size(count: int) -> str:
    if count >= _MB:
        return f"{count * 10 // _MB / 10} MB"
    return f"{max(1, count // _KB)} KB"
