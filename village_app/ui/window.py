"""The main window: the door before signing in, the open village after, the lock between."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from village_app.errors import VillageError
from village_app.ui.aside import Aside
from village_app.ui.door import Door, OpenVillage
from village_app.ui.dress import dress
from village_app.ui.front_door import FrontDoor
from village_app.ui.idle import IdleWatch
from village_app.ui.jobs import JobRunner
from village_app.ui.keeping import BackupKeeper
from village_app.ui.preferences import Preferences
from village_app.ui.system_lock import SystemLock
from village_app.ui.theme import Theme, theme
from village_app.ui.word_keeper import WordKeeper

if TYPE_CHECKING:  # the frame is imported when a village opens: the door must stand quickly
    from village_app.ui.asking import Asking
    from village_app.ui.page import PageEntry
    from village_app.ui.shell import Shell

Entries = Callable[[], "Iterable[PageEntry]"]
Takes = Callable[[BaseException], object]


class MainWindow(QMainWindow):
    """One window for everything.

    `entries()` gives the pages once a village is open; `unexpected` takes failures nobody knows.
    """

    def __init__(
        self,
        door: Door,
        entries: Entries,
        preferences: Preferences,
        asking: Asking,
        *,
        jobs: JobRunner | None = None,
        unexpected: Takes | None = None,
    ) -> None:
        super().__init__()
        self._door = door
        self._entries = entries
        self.preferences = preferences
        self.asking = asking
        self.jobs = jobs or JobRunner(parent=self)
        self._unexpected = unexpected
        self._village: OpenVillage | None = None
        self._shell: Shell | None = None
        self._page = ""
        self._locked = False
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.setWindowTitle("共治通")
        self.setMinimumSize(800, 560)
        self.watch = IdleWatch(preferences.idle_minutes, self)
        self.watch.idle.connect(self._idle)
        self.system_lock = SystemLock(self)
        self.system_lock.locked.connect(self._locked_by_system)
        self._aside = Aside(self)
        self.keeper = BackupKeeper(self.jobs, self._light_again, self)
        self.word_keeper = WordKeeper(self.jobs, self)
        self._may_leave = False
        self.front_door = FrontDoor(door, self.jobs, asking, self, self._show)
        self.front_door.entered.connect(self.enter)
        self.front_door.look_chosen.connect(self.set_look)
        self.front_door.left.connect(self.lock_or_start)
        self.front_door.failed.connect(self.take_failure)
        lock = QShortcut(QKeySequence("Ctrl+L"), self)
        lock.activated.connect(self.lock)
        self.show_start()

    # What is shown

    @property
    def village(self) -> OpenVillage | None:
        return self._village

    @property
    def shell(self) -> Shell | None:
        """The frame of the open village; None before signing in."""
        return self._shell

    @property
    def is_locked(self) -> bool:
        return self._locked

    def front(self) -> QWidget:
        """Give what is shown now."""
        return self.stack.currentWidget()

    def come_to_front(self) -> None:
        """Stand before all other windows (the program was started a second time)."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _show(self, widget: QWidget) -> None:
        old = self.stack.currentWidget()
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)
        if old is not None and old is not self._shell:
            self.stack.removeWidget(old)
            old.deleteLater()

    # Before signing in

    def show_start(self) -> None:
        """Show the door: signing in, or the three doors of the first start."""
        self.front_door.show_start(self.preferences.last_user)

    def lock_or_start(self) -> None:
        """Go back to the locked screen of the open village, or to the door."""
        if self._village is not None:
            self._show_locked("")
        else:
            self.show_start()

    # The open village

    def enter(self, village: OpenVillage) -> None:
        """Show an open village: the frame that was locked, or a new one."""
        self._locked = False
        if village is not self._village:
            self._drop_village()
            self._village = village
            self.jobs.serve(village.in_thread)
            if not village.is_sample:
                self.preferences.keep_last_user(village.user.name)
            self.setWindowTitle(f"共治通 · {village.name}")
        if self._shell is None:
            self._build_shell()
        else:
            self._show(self._shell)
            self._aside.bring_back()
        self.watch.set_minutes(village.idle_minutes)
        if not village.is_sample:
            self.watch.begin()
            self.system_lock.begin()
        self.keeper.begin(village)
        self.word_keeper.begin(village)
        if village.must_change_password:
            self._ask_own_password(village)

    def _ask_own_password(self, village: OpenVillage) -> None:
        from village_app.ui.first_password import FirstPassword

        def weakness(password: str) -> str:
            fault = self._door.check_password(password, village.user.name, village.name)
            return fault.message if fault else ""

        FirstPassword(weakness, village.change_password, self).open()

    def _light_again(self) -> None:
        if self._shell is not None:
            self._shell.top.refresh()

    def _build_shell(self) -> None:
        """Make the frame; after a change of look, with what was half written in its place."""
        from village_app.ui.shell import Shell

        assert self._village is not None  # only an open village has a frame
        entries = tuple(self._entries())
        shell = Shell(self._village, entries, self.asking, self.jobs, self.preferences)
        shell.lock_asked.connect(self.lock)
        shell.help_asked.connect(self._show_help)
        shell.announcer.changed.connect(self.word_keeper.note_change)
        # The page that was just saved is still at work: the frame is made anew after it.
        shell.words_changed.connect(self._say_anew, Qt.ConnectionType.QueuedConnection)
        shell.keys_asked.connect(self._show_keys)
        shell.sample_left.connect(self._leave_sample)
        shell.restores_drafts = bool(self._page)
        self._shell = shell
        self._show(shell)
        # Pages are arranged for the room there is before they are seen.
        shell.set_layout(theme().layout(self.width()))
        if entries:
            shell.go(self._page or entries[0].key)
        self._page = ""

    def _drop_shell(self) -> None:
        self._aside.give_up()
        shell, self._shell = self._shell, None
        if shell is not None:
            shell.leave()
            self.stack.removeWidget(shell)
            shell.deleteLater()

    def _show_help(self, topic: str) -> None:
        from village_app.ui.help_sheet import HelpSheet

        page = self._shell.page() if self._shell else None
        if page is not None:
            HelpSheet(page.title, topic, page.keys, self, self.asking).open()

    def _show_keys(self) -> None:
        from village_app.ui.help_sheet import KeysSheet

        if self._shell is not None:
            KeysSheet(self._shell.page_keys(), self, self.asking).open()

    def lock(self, since: str = "") -> None:
        """Lock the screen; what is half written stays where it is."""
        if self._village is None or self._locked:
            return
        if self._village.is_sample:  # nobody has its password; there is nothing to hide
            self._leave_sample(remove=False)
            return
        self.keep_drafts()
        self.keeper.end()
        self.word_keeper.end()
        self._aside.take()
        self._village.lock()
        self._locked = True
        self.watch.end()
        self.system_lock.end()
        self._show_locked(since)

    def _idle(self) -> None:
        self.lock(f"{datetime.now().astimezone():%H:%M} 离开座位后自动锁屏")

    def _locked_by_system(self, reason: str) -> None:
        self.lock(f"{datetime.now().astimezone():%H:%M} {reason}，跟着锁了屏")

    def _show_locked(self, since: str) -> None:
        village = self._village
        assert village is not None  # only an open village is locked

        def enter(user: str, password: str) -> OpenVillage:
            if user == village.user.name:
                village.unlock(password)
                return village
            return self._door.open(user, password)

        locked = since or "屏幕锁着，数据也锁着。"
        self.front_door.show_sign_in(enter, village.user.name, locked)

    def _leave_sample(self, remove: bool) -> None:
        """Close 示范村, take it off the disk if asked, and stand before the door again."""
        self.watch.end()
        self.system_lock.end()
        self.keeper.end()
        self.word_keeper.end()
        self.jobs.cancel_all()
        self._drop_village()
        if remove:
            self._door.remove_sample()
        self.setWindowTitle("共治通")
        self.show_start()

    def _drop_village(self) -> None:
        """Close the village of the one who was here before."""
        self._drop_shell()
        village, self._village = self._village, None
        self.jobs.serve(nullcontext)
        if village is not None:
            village.close()

    # Look, failures, closing

    def set_look(self, look: Theme) -> None:
        """Take another type size or contrast: all is built anew, nothing half written goes."""
        if look == theme():
            return
        self.preferences.keep_theme(look)
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # a window has one
        self.keep_drafts()
        self._page = self._shell.current_key if self._shell else ""
        self._drop_shell()
        dress(application, look)
        if self._locked:
            self._show_locked("")
        elif self._village is not None:
            self._build_shell()
        else:
            self.show_start()

    def _say_anew(self) -> None:
        """Make the frame anew after the village took other words (社区 for 村)."""
        if self._shell is None or self._locked:
            return
        self.keep_drafts()
        self._page = self._shell.current_key
        self._drop_shell()
        self._build_shell()

    def take_failure(self, error: BaseException) -> None:
        """Show a failure of long work: known ones as a sentence, others through the handler."""
        if isinstance(error, VillageError):
            from village_app.ui.asking import Choice, Question

            lines = [("发生了什么", error.message)]
            self.asking.ask(Question("没有做完", lines, [Choice("", "知道了")], "fault"))
        elif self._unexpected is not None:
            self._unexpected(error)
        else:
            raise error

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close() or self._makes_last_backup():
            event.ignore()
            return
        self.keep_drafts()
        self.preferences.keep_window_geometry(self.saveGeometry())
        self.watch.end()
        self.system_lock.end()
        self.keeper.end()
        self.word_keeper.end()
        self.jobs.cancel_all()
        self._drop_village()
        event.accept()

    def _makes_last_backup(self) -> bool:
        """Keep the day's work before the window goes; it closes by itself afterwards."""
        if self._may_leave or self._locked:
            return False
        job = self.keeper.make("closing")
        if job is None:
            return False
        from village_app.ui.kit.progress import watch

        watch(job, self, leaves="取消后不备份，直接关上；存好的都在。")
        self._may_leave = True
        job.finished.connect(self._close_later)
        return True

    def _close_later(self) -> None:
        # The job is still counted as running while it tells its end.
        QTimer.singleShot(0, self, self.close)

    def _may_close(self) -> bool:
        running = self.jobs.running()
        if not running:
            return True
        from village_app.ui.asking import Choice, Question

        answer = self.asking.ask(
            Question(
                f"还在{running[0]}，没有做完",
                [("现在关上", "这一步会退回去，和没做一样；以前存好的都在。")],
                [Choice("close", "停下并关上", "leave"), Choice("", "等它做完")],
            )
        )
        return answer == "close"

    def keep_drafts(self) -> None:
        """Keep what is half written, also when the system itself is shutting down."""
        if self._shell is not None and not self._locked:
            self._shell.keep_drafts()
