"""The main window: the door before signing in, the open village after, the lock between."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext, suppress
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from village_app.errors import VillageError
from village_app.ui.asking import Asking, Choice, Question
from village_app.ui.door import Door, OpenVillage
from village_app.ui.dress import dress
from village_app.ui.front_door import FrontDoor
from village_app.ui.jobs import Job, JobRunner
from village_app.ui.leaving import Leaving
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme, theme
from village_app.ui.under_lock import UnderLock, WorkBanner
from village_app.ui.watches import Watches
from village_app.ui.window_sheets import ask_own_password, show_help, show_keys

if TYPE_CHECKING:  # the frame is imported when a village opens: the door must stand quickly
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
        # Whether pages are made while nobody waits for them; a test makes its own.
        self.makes_ahead = False
        self._page = ""
        self._locked = False
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.setWindowTitle("共治通")
        self.setMinimumSize(800, 560)
        self.watches = Watches(self, preferences.idle_minutes, self.jobs, self._light_again)
        self.watches.idle.idle.connect(self._idle)
        self.watches.idle.lock_asked.connect(self.lock)
        self.watches.system_lock.locked.connect(self._locked_by_system)
        self.under_lock = UnderLock(self, self.jobs, self._keep_drafts)
        self.leaving = Leaving(self, self.jobs, asking, self._last_backup, self.keep_drafts)
        self._look_waits = False
        self.jobs.changed.connect(self._make_anew_at_rest)
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
        if self.makes_ahead and self._shell is not None:
            self._shell.make_ahead()
        self.under_lock.bring_back()
        self.watches.begin(village)
        self._say_what_became_of_work(village)
        if village.must_change_password:
            ask_own_password(self._door, village, self)

    def _say_what_became_of_work(self, village: OpenVillage) -> None:
        words = self.under_lock.words_for(village.user.name)
        if words and self._shell is not None:
            self._shell.say(words)

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
        shell.help_asked.connect(lambda topic: show_help(shell, topic, self, self.asking))
        shell.announcer.changed.connect(self.watches.word_keeper.note_change)
        # The page that was just saved is still at work: the frame is made anew after it.
        shell.words_changed.connect(self._say_anew, Qt.ConnectionType.QueuedConnection)
        shell.keys_asked.connect(lambda: show_keys(shell, self, self.asking))
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
        self.under_lock.drop_sheets()
        shell, self._shell = self._shell, None
        if shell is not None:
            shell.leave()
            self.stack.removeWidget(shell)
            shell.deleteLater()

    def lock(self, since: str = "") -> None:
        """Lock the screen; what is half written stays where it is."""
        if self._village is None or self._locked:
            return
        if self._village.is_sample:  # nobody has its password; there is nothing to hide
            self._leave_sample(remove=False)
            return
        self._locked = True
        self.watches.end()
        self.under_lock.begin(self._village)
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
            self.under_lock.refuse_while_working()
            return self._door.open(user, password)

        locked = since or "屏幕锁着，数据也锁着。"
        work = WorkBanner(self.jobs, self.asking)
        self.front_door.show_sign_in(enter, village.user.name, locked, work)

    def _leave_sample(self, remove: bool) -> None:
        """Close 示范村, take it off the disk if asked, and stand before the door again."""
        self.watches.end()
        self.jobs.cancel_all()
        self._drop_village()
        if remove:
            self._door.remove_sample()
        self.setWindowTitle("共治通")
        self.show_start()

    def _drop_village(self) -> None:
        """Close the village of the one who was here before."""
        village, self._village = self._village, None
        self.under_lock.give_up(village.user.name if village else "")
        self._drop_shell()
        self.jobs.serve(nullcontext)
        if village is not None:
            with suppress(VillageError):  # it is closed all the same; a full disk keeps no mark
                village.close()

    # Look, failures, closing

    def set_look(self, look: Theme) -> None:
        """Take another type size or contrast: all is built anew, nothing half written goes."""
        if look == theme():
            return
        self.preferences.keep_theme(look)
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # a window has one
        dress(application, look)
        self._look_waits = True
        self._make_anew_at_rest()

    def _say_anew(self) -> None:
        """Make the frame anew after the village took other words (社区 for 村)."""
        if self._shell is not None:
            self._look_waits = True
            self._make_anew_at_rest()

    def _make_anew_at_rest(self) -> None:
        """Make all anew after a change of look or words: not while a page waits for its work."""
        if not self._look_waits or not self.jobs.is_at_rest():
            return
        self._look_waits = False
        self.keep_drafts()
        if self._shell is not None:
            self._page = self._shell.current_key
        self._drop_shell()
        if self._locked:
            self._show_locked("")
        elif self._village is not None:
            self._build_shell()
        else:
            self.show_start()

    def take_failure(self, error: BaseException) -> None:
        """Show a failure of long work: known ones as a sentence, others through the handler."""
        if isinstance(error, VillageError):
            self.asking.ask(
                Question(
                    "没有做完", [("发生了什么", error.message)], [Choice("", "知道了")], "fault"
                )
            )
        elif self._unexpected is not None:
            self._unexpected(error)
        else:
            raise error

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.leaving.may_go():
            event.ignore()
            return
        self.preferences.keep_window_geometry(self.saveGeometry())
        self.watches.end()
        self._drop_village()
        event.accept()

    def _last_backup(self) -> Job | None:
        """Begin to keep the day's work before the window goes; None where nothing is to do."""
        return None if self._locked else self.watches.keeper.make("closing")

    def keep_drafts(self) -> None:
        """Keep what is half written on the pages."""
        if not self._locked:
            self._keep_drafts()

    def _keep_drafts(self) -> None:
        if self._shell is not None:
            self._shell.keep_drafts()

    def end_with_system(self) -> None:
        """Make ready to be ended (A23): work stops, drafts are kept, no backup is begun any more.

        The village stays open: somebody may still stop the system from going down.
        """
        self.watches.end()
        self.leaving.needs_backup = False
        self.jobs.cancel_all()
        self.keep_drafts()
