"""At the door of damaged data: take the last good backup, or save what can still be read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.errors import VillageError
from village_app.ui.asking import Asking, Choice, Question
from village_app.ui.door import Door
from village_app.ui.door_facts import RescueFacts
from village_app.ui.jobs import Job, JobRunner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ShortList
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.note import Note
from village_app.ui.kit.progress import watch
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.pages.safety.rescue_list import COLUMNS, HOW_ON, rescued_rows
from village_app.ui.theme import theme

WHAT_EACH_DOES = (
    "从备份恢复，会回到备份那一刻。抢救是从坏了的文件里读出还读得出的，"
    "读不出的列成清单。两样都把现在的文件原样留着。"
)
_LEAVES = "取消后，受损的文件和现在一样。"


class RescuePage(QWidget):
    """Two ways on, the backup first; what is lost is listed before anything is replaced.

    The user signed in with the right password; it is kept for the steps of this page alone.
    """

    opened = Signal(object)
    left = Signal()
    failed = Signal(object)

    def __init__(
        self, door: Door, jobs: JobRunner, asking: Asking, user: str, password: str
    ) -> None:
        super().__init__()
        px = theme().px
        self.setProperty("ground", "canvas")
        self._door, self._jobs, self._asking = door, jobs, asking
        self._who = (user, password)
        self._facts: RescueFacts | None = None
        self.note = Note()
        self.restore_button = Button(
            "从最近的备份恢复", icon="undo", kind="primary", press=self.restore
        )
        self.rescue_button = Button("抢救受损文件", icon="search", press=self.rescue)
        self.take_button = Button("换上抢救出来的数据", icon="in", kind="danger", press=self.take)
        self.take_button.forbid("先抢救，看过清单再换")
        self.table = RecordTable(ShortList(COLUMNS), name="rescued_at_door", measure="种")
        self.table.hide()
        self.how_on = Text(HOW_ON, "small", "ink3", wrap=True)
        self.how_on.hide()
        leave = Button("回去", icon="cross", key="Esc", press=self.left.emit)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.take_button)
        body = QVBoxLayout(self)
        body.setContentsMargins(px(20), px(16), px(20), px(16))
        body.setSpacing(px(12))
        body.addWidget(PageHead("数据文件坏了，密码是对的", buttons=[leave]))
        body.addWidget(self._sheet(), 1)
        body.addLayout(foot)

    def _sheet(self) -> Sheet:
        sheet = Sheet("先用备份，备份里没有的再抢救")
        sheet.add(Text(WHAT_EACH_DOES, "body", "ink2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        for button in (
            self.restore_button,
            Button("选 U 盘上的备份", icon="stick", press=self.restore_other),
            self.rescue_button,
        ):
            row.addWidget(button)
        row.addStretch(1)
        sheet.body.addLayout(row)
        sheet.add(self.note)
        sheet.add(self.table, 100)
        sheet.add(self.how_on)
        sheet.add_stretch()
        return sheet

    def restore(self) -> None:
        """Put the last good backup in the place of the damaged data, and open it."""
        self._restore(None)

    def restore_other(self) -> None:
        """Put a backup of a stick in the place of the damaged data, and open it."""
        backup = self._asking.pick_folder("选备份文件夹", "backup")
        if backup is not None:
            self._restore(backup)

    def _restore(self, backup: Path | None) -> None:
        work = self._door.restore_over
        job = self._jobs.start(lambda report: work(*self._who, backup, report), "恢复备份")
        job.succeeded.connect(self.opened)
        self._watch(job)

    def rescue(self) -> None:
        """Save what can be read beside the damaged data, and list what cannot."""
        work = self._door.rescue
        job = self._jobs.start(lambda report: work(*self._who, report), "抢救数据")
        job.succeeded.connect(self._show)
        self._watch(job)

    def _show(self, facts: object) -> None:
        assert isinstance(facts, RescueFacts)
        self._facts = facts
        self.note.say(facts.summary, "red" if facts.loses else "green")
        self.table.refresh(rescued_rows(facts))
        self.table.show()
        self.how_on.setVisible(facts.loses)
        self.take_button.forbid("")

    def take(self) -> None:
        """Put the saved data in place after a question, and open them."""
        assert self._facts is not None
        if self._facts.loses:
            answer = self._asking.ask(
                Question(
                    "换上以后，清单里读不出来的就没有了",
                    [("怎么反悔", "坏了的文件原样留在旁边，以后还能再抢救。")],
                    [
                        Choice("take", "换上抢救出来的数据", "in", danger=True),
                        Choice("", "先不换"),
                    ],
                )
            )
            if answer != "take":
                return
        work = self._door.take_rescued
        job = self._jobs.start(lambda report: work(*self._who, report), "换上数据")
        job.succeeded.connect(self.opened)
        self._watch(job)

    def _watch(self, job: Job) -> None:
        job.failed.connect(self._failed)
        watch(job, self, leaves=_LEAVES)

    def _failed(self, error: object) -> None:
        if isinstance(error, VillageError):
            self.note.say(error.message, "red", "fault")
        else:
            self.failed.emit(error)
