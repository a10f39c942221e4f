"""Signing in, and the locked screen: who it is and the password; no record content is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.errors import VillageError
from village_app.ui.cover import Half
from village_app.ui.door import Door
from village_app.ui.jobs import JobRunner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.note import Note
from village_app.ui.kit.password import PasswordInput
from village_app.ui.kit.text import Text
from village_app.ui.look_choice import DoorFoot
from village_app.ui.theme import theme
from village_app.ui.user_choice import UserChoice

if TYPE_CHECKING:
    from village_app.ui.kit.banner import Banner

# Failures of the data, not of the password: then there is a way to rescue them.
_DAMAGED = frozenset({"damaged", "no_database", "empty_file"})

Enter = Callable[[str, str], object]


class UnlockPage(QWidget):
    """Asks who it is and for the password.

    `enter(user, password)` is called on a worker thread; what it gives comes with `entered`.
    `locked_since` (14:10 离开座位后自动锁屏) makes it the page of a locked screen; `work` says
    there what goes on meanwhile.
    """

    entered = Signal(object)
    look_chosen = Signal(object)
    forgotten = Signal(str)
    rescue_asked = Signal(str, str)
    failed = Signal(object)
    sample_asked = Signal()

    def __init__(
        self,
        door: Door,
        jobs: JobRunner,
        enter: Enter,
        *,
        user: str = "",
        locked_since: str = "",
        work: Banner | None = None,
    ) -> None:
        super().__init__()
        self._door = door
        self._jobs = jobs
        self._enter = enter
        self._seconds = 0
        # One tick a second while the door asks to wait.
        self.clock = QTimer(self)
        self.clock.setInterval(1000)
        self.clock.timeout.connect(self._tick)
        self.users = UserChoice(door.list_users(), user)
        self.password = PasswordInput("密码")
        self.note = Note()
        self.capitals = Note()
        self.button = Button(
            "解锁" if locked_since else "登录",
            icon="lock",
            key="Enter",
            kind="primary",
            big=True,
            press=self.unlock,
        )
        self.rescue_link = Button("数据坏了，怎么救回来", kind="link", press=self._ask_rescue)
        self.rescue_link.hide()
        self.read_link = Button("只看不改，现在打开", kind="link", press=self.read)
        self.read_link.hide()
        self.foot = DoorFoot(door.sign())
        self.sample = Button("先看看示范村", kind="link", press=self.sample_asked.emit)
        self.sample.setToolTip("里面的人和事都是编的，随便点；村里的数据不受影响")
        self._build(locked_since, work)
        self._connect()
        self._ask_wait()

    def _build(self, locked_since: str, work: Banner | None) -> None:
        px = theme().px
        column = QWidget()
        body = QVBoxLayout(column)
        body.setContentsMargins(0, px(24), 0, px(18))
        body.setSpacing(px(8))
        body.addStretch(3)
        body.addWidget(Text("请解锁" if locked_since else "请登录", "title"))
        body.addWidget(Text(locked_since or "选名字，输密码。", "body", "ink3", wrap=True))
        body.addSpacing(px(4))
        body.addWidget(Text("是哪一位？", "body", "ink2"))
        body.addWidget(self.users)
        body.addSpacing(px(4))
        body.addWidget(Text("密码", "body", "ink2"))
        body.addWidget(self.password)
        body.addLayout(self._below_password())
        body.addWidget(self.note)
        body.addWidget(self.rescue_link)
        body.addWidget(self.read_link)
        self.button.setSizePolicy(self.password.sizePolicy())
        body.addWidget(self.button)
        if locked_since:
            from village_app.ui.kit.banner import Banner

            body.addSpacing(px(4))
            body.addWidget(Banner("done", "刚才没写完的没有丢，解锁后接着写。", icon="paper"))
            if work is not None:
                body.addWidget(work)
        else:
            body.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignLeft)
        body.addStretch(4)
        body.addWidget(self.foot)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Half(self._door.sign(), column))

    def _below_password(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.capitals, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(Button("忘了密码怎么办", kind="link", press=self._forgot))
        return row

    def _connect(self) -> None:
        self.password.returnPressed.connect(self.unlock)
        self.password.textEdited.connect(lambda _text: self._clear_fault())
        self.password.capitals.connect(self._say_capitals)
        self.users.changed.connect(self._user_changed)
        self.users.settled.connect(self.password.setFocus)
        self.foot.look.chosen.connect(self.look_chosen)

    def _say_capitals(self, locked: bool) -> None:
        self.capitals.say("大写锁定开着" if locked else "", "amber", "today")

    def _user_changed(self, _name: str) -> None:
        self.password.clear()
        self._clear_fault()
        self._ask_wait()

    def _forgot(self) -> None:
        self.forgotten.emit(self.users.current())

    def _ask_rescue(self) -> None:
        self.rescue_asked.emit(self.users.current(), self.password.text())

    def _clear_fault(self) -> None:
        if self._seconds <= 0:
            self.note.say("")
            self._set_faulty(False)

    def _set_faulty(self, faulty: bool) -> None:
        self.password.setProperty("faulty", faulty)
        self.password.style().unpolish(self.password)
        self.password.style().polish(self.password)

    def unlock(self) -> None:
        """Try the password."""
        user, password = self.users.current(), self.password.text()
        if not self.button.isEnabled():
            return
        if not password:
            self._complain("先输密码，再按回车。")
            return
        self._try(lambda: self._enter(user, password))

    def read(self) -> None:
        """Open only to read what another program has open."""
        user, password = self.users.current(), self.password.text()
        self._try(lambda: self._door.read(user, password))

    def _try(self, enter: Callable[[], object]) -> None:
        self._set_busy(True)
        job = self._jobs.start(lambda _report: enter(), "登录", writes=False, background=True)
        job.succeeded.connect(self._succeeded)
        job.failed.connect(self._failed)

    def _set_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.password.setReadOnly(busy)
        self.note.say("正在开锁，要半秒钟左右。" if busy else "")

    def _succeeded(self, opened: object) -> None:
        self._set_busy(False)
        self.password.clear()
        self.entered.emit(opened)

    def _failed(self, error: object) -> None:
        self._set_busy(False)
        if not isinstance(error, VillageError):
            self.failed.emit(error)
            return
        self.password.selectAll()
        self._complain(error.message)
        self.rescue_link.setVisible(getattr(error, "code", "") in _DAMAGED)
        self.read_link.setVisible(getattr(error, "code", "") == "already_open")
        self._ask_wait()

    def _complain(self, sentence: str) -> None:
        self._set_faulty(True)
        self.note.say(sentence, "red", "fault")
        self.password.setFocus()

    def _ask_wait(self) -> None:
        """Ask the door whether this user must wait, and count the seconds down."""
        self._seconds = self._door.seconds_to_wait(self.users.current())
        if self._seconds > 0:
            self.clock.start()
            self._say_wait()
        else:
            self.clock.stop()
            self.button.setEnabled(True)

    def _tick(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            self._say_wait()
            return
        self.clock.stop()
        self.button.setEnabled(True)
        self.note.say("现在可以再试了。")
        self._set_faulty(False)

    def _say_wait(self) -> None:
        self.button.setEnabled(False)
        sentence = f"密码错了几次，为了安全要歇一会儿，还有 {_duration(self._seconds)}可以再试。"
        self.note.say(sentence, "amber", "hold")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.password.setFocus()


def _duration(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} 秒"
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} 分 {rest} 秒" if rest else f"{minutes} 分钟"
