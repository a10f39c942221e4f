"""Restoring from a backup: pick it, look into it, then take it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.errors import VillageError
from village_app.ui.asking import Asking, FileKind
from village_app.ui.door import Door
from village_app.ui.door_facts import BackupFacts
from village_app.ui.jobs import Job, JobRunner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.note import Note
from village_app.ui.kit.progress import watch
from village_app.ui.kit.sheets import Facts, Sheet
from village_app.ui.theme import theme

BACKUPS = FileKind("共治通备份", ("zip", "bak", "gzt"))


class RestorePage(QWidget):
    """Shows whose backup it is, from when and how much is in it, before anything is taken.

    A backup may be a folder or a file; the door says what it is.
    """

    restored = Signal()
    left = Signal()
    failed = Signal(object)

    def __init__(self, door: Door, jobs: JobRunner, asking: Asking) -> None:
        super().__init__()
        px = theme().px
        self.setProperty("ground", "canvas")
        self._door = door
        self._jobs = jobs
        self._asking = asking
        self._backup: Path | None = None
        self.note = Note()
        self.facts = Facts()
        self.take = Button("恢复这一份", icon="in", kind="primary", press=self.restore)
        self.take.forbid("先选一份备份")
        leave = Button("先不恢复", icon="cross", key="Esc", press=self.left.emit)
        sheet = Sheet("选一份备份", note="通常在 U 盘的“共治通备份”文件夹里")
        row = QHBoxLayout()
        row.addWidget(Button("选备份文件夹", icon="folder", press=self.pick_folder))
        row.addWidget(Button("选备份文件", icon="paper", press=self.pick_file))
        row.addStretch(1)
        sheet.body.addLayout(row)
        sheet.add(self.note)
        sheet.add(self.facts)
        sheet.add_stretch()
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.take)
        body = QVBoxLayout(self)
        body.setContentsMargins(px(20), px(16), px(20), px(16))
        body.setSpacing(px(12))
        body.addWidget(PageHead("从备份恢复", buttons=[leave]))
        body.addWidget(sheet, 1)
        body.addLayout(foot)

    def pick_folder(self) -> None:
        """Let the folder of a backup be picked, and look into it."""
        self._look(self._asking.pick_folder("选备份文件夹", "backup"))

    def pick_file(self) -> None:
        """Let the file of a backup be picked, and look into it."""
        self._look(self._asking.pick_file("选备份文件", [BACKUPS], "backup"))

    def _look(self, backup: Path | None) -> None:
        if backup is None:
            return
        self._backup = backup
        self.take.forbid("正在查看这份备份")
        self.note.say("正在查看这份备份。")
        job = self._jobs.start(
            lambda _report: self._door.look_into(backup), "查看备份", writes=False
        )
        job.succeeded.connect(self._show)
        self._on_failure(job)

    def _show(self, facts: object) -> None:
        assert isinstance(facts, BackupFacts)
        self.facts.set_facts([("村庄", facts.village), ("备份时间", facts.made), *facts.contents])
        if facts.good:
            self.note.say("这份备份查过了，可以恢复。", "green", "done")
            self.take.forbid("")
        else:
            self.note.say(facts.problem, "red", "fault")
            self.take.forbid("这份备份坏了，换一份再试")

    def restore(self) -> None:
        """Take the backup that was looked into."""
        backup = self._backup
        if backup is None:
            return
        self.take.forbid("正在恢复")
        job = self._jobs.start(lambda report: self._door.restore(backup, report), "恢复备份")
        job.succeeded.connect(lambda _nothing: self.restored.emit())
        self._on_failure(job)
        watch(job, self, leaves="取消后，这台电脑上和恢复前一样。")

    def _on_failure(self, job: Job) -> None:
        job.failed.connect(self._failed)

    def _failed(self, error: object) -> None:
        if isinstance(error, VillageError):
            self.note.say(error.message, "red", "fault")
            self.take.forbid("换一份备份再试")
        else:
            self.failed.emit(error)
