"""The first hour of a clerk by real keys, in a window of its own on a real screen.

Started by `test_first_hour.py` with a display, a window manager and an empty folder: from the
first start to a printed notice nothing is clicked. Keys come from xdotool through the X server;
Chinese comes as an input method commits it. Prints one line a step, and where the event loop
stood still.
"""

from __future__ import annotations

import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from tests.ui.notices.pretend_printers import PretendPrinters
from tests.ui.pretend import PreparedAnswers
from tests.whole.loop_watch import LoopWatch
from village_app.entrance import FolderDoor
from village_app.resources import resource
from village_app.ui.app import make_application
from village_app.ui.dress import prepare
from village_app.ui.page import Page
from village_app.ui.pages import entries
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.imports.page import ImportPage
from village_app.ui.pages.meetings.meetings import MeetingsPage
from village_app.ui.pages.notices.notices import NoticesPage
from village_app.ui.preferences import Preferences
from village_app.ui.setup import SetupPage
from village_app.ui.theme import Theme
from village_app.ui.window import MainWindow

PASSWORD = "lychee boat 2026 tea garden"
SECONDS = 90
_MOST_TABS = 60


class Main(QObject):
    """Runs functions for the hands on the window's own thread, also while a form is open."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def _run(self, work: Callable[[], None]) -> None:
        work()

    def give(self, work: Callable[[], Any]) -> Any:
        """Run something on the window's thread and give what it gave."""
        answer: Queue[Any] = Queue()
        self.asked.emit(lambda: answer.put(work()))
        return answer.get(timeout=SECONDS)


class Hands:
    """Presses keys and waits until the window shows what is expected; lives on its own thread."""

    def __init__(self, main: Main, window: MainWindow, folder: Path) -> None:
        self.main = main
        self.window = window
        self.folder = folder

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until something is so; ends the journey where it never is."""
        deadline = time.monotonic() + SECONDS
        while not self.main.give(condition):
            time.sleep(0.05)
            if time.monotonic() > deadline:
                self.main.give(lambda: self.window.grab().save(str(self.folder / "stuck.png")))
                focus = self.main.give(QApplication.focusWidget)
                raise SystemExit(f"stuck: {what}; focus {focus}")

    def key(self, *keys: str) -> None:
        """Press keys on the keyboard of the screen (ctrl+Return, alt+1)."""
        for one in keys:
            # The X server hands the key to whoever has the keyboard, as a real one would.
            subprocess.run(["xdotool", "key", "--clearmodifiers", one], check=True)
            time.sleep(0.25)

    def write(self, text: str) -> None:
        """Write where the cursor stands: keys for letters, a committed text for Chinese."""
        self.until(
            lambda: isinstance(QApplication.focusWidget(), (QLineEdit, QPlainTextEdit)),
            f"a place to write {text!r}",
        )
        target = self.main.give(QApplication.focusWidget)
        if text.isascii():
            subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)
        else:
            self.main.give(lambda: _commit(target, text))
        time.sleep(0.25)

    def tab_to(self, control: QWidget) -> None:
        """Go to a control by Tab alone."""
        for _ in range(_MOST_TABS):
            if self.main.give(QApplication.focusWidget) is control:
                return
            self.key("Tab")
        raise SystemExit(f"Tab does not reach {control.accessibleName() or control}")

    def key_of(self, title: str) -> str:
        """Give the key that opens a page, as the sheet of keys shows it."""
        assert self.window.shell is not None  # a village is open
        found = next(key.keys for key in self.window.shell.page_keys() if key.does == title)
        return found.lower()

    def page(self, kind: type[Page]) -> Page:
        """Give the page that is shown, when it is of a kind."""
        self.until(lambda: isinstance(self._page(), kind), f"page {kind.__name__}")
        found: Page = self.main.give(self._page)
        return found

    def _page(self) -> Page | None:
        return self.window.shell.page() if self.window.shell is not None else None


def _commit(target: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)


def set_up(hands: Hands) -> None:
    """Three doors, the first one, five short pages; the groups and the letterhead are skipped."""
    hands.key("alt+1")
    hands.until(lambda: isinstance(hands.window.front(), SetupPage), "the set-up")
    page = hands.window.front()
    assert isinstance(page, SetupPage)
    hands.write("横沥镇")
    hands.key("Return")
    hands.write("隔坑村")
    hands.key("ctrl+Return")
    hands.tab_to(page.user.editor("user").control)
    hands.write("陈丽珍")
    hands.tab_to(page.password.first)
    hands.write(PASSWORD)
    hands.tab_to(page.password.again)
    hands.write(PASSWORD)
    hands.key("ctrl+Return", "ctrl+Return", "ctrl+Return")
    hands.until(lambda: page.code is not None, "the recovery code")
    assert page.code is not None
    hands.tab_to(page.code.typed)
    hands.write(page.code._code)
    hands.key("ctrl+Return")
    hands.until(lambda: hands.window.shell is not None, "the open village")


def import_list(hands: Hands, answers: PreparedAnswers) -> None:
    """Find the page by the search box, choose the roster, write it."""
    hands.key("ctrl+k")
    hands.write("导入居民")
    hands.key("Return")
    page = hands.page(ImportPage)
    assert isinstance(page, ImportPage)
    answers.answers.append(resource("sample", "三组户籍花名册.xlsx"))
    hands.key("ctrl+o")
    for step in (1, 2, 4):
        hands.until(partial(_stands_at, page, step), f"step {step} of the import")
        if step < 4:
            hands.key("ctrl+Return")
    assert hands.main.give(page.desk.village.residents.count) == 72


def _stands_at(page: ImportPage, step: int) -> bool:
    return page.wizard.step == step


def log_matter(hands: Hands) -> None:
    """One line from anywhere, Enter."""
    hands.key("ctrl+1", "ctrl+j")
    hands.write("三组村前塘边路灯坏了三盏")
    hands.key("Return")
    page = hands.page(Page)
    village = page.desk.village
    hands.until(lambda: village.waiting().get("issues") == 1, "the matter")


def prepare_meeting(hands: Hands) -> None:
    """Seat somebody, then call a meeting for tomorrow as people say it."""
    hands.key(hands.key_of("议事厅会议"))
    page = hands.page(MeetingsPage)
    assert isinstance(page, MeetingsPage)
    hands.main.give(lambda: _seat(page.desk.village))
    hands.key("ctrl+n")
    fill(hands, {"name": "第一次村民代表会议", "day": "明天", "starts": "9:00"})
    meetings = hands.main.give(page.desk.village.meetings.listed)
    today = page.desk.village.session.today()
    assert [(one.name, (one.day - today).days) for one in meetings] == [("第一次村民代表会议", 1)]


def _seat(village: Any) -> None:
    """Seat three people, as the roster of an older book would be entered."""
    body = village.bodies.find("representatives")
    names = ("何志强", "黄伟雄", "罗顺娣")
    typed = {"office": "村民代表", "from_day": "2024-01-10"}
    village.bodies.seat_all(body, [{**typed, "name": name} for name in names])


def fill(hands: Hands, values: dict[str, str]) -> None:
    """Fill fields of the form that stands over the window, and save it."""
    hands.until(lambda: _dialog(hands) is not None, "the form")
    dialog = _dialog(hands)
    assert dialog is not None  # just waited for
    for name, text in values.items():
        control = dialog.form.editor(name).control
        hands.tab_to(control)
        hands.key("ctrl+a")
        hands.write(text)
    hands.key("ctrl+s")
    hands.until(dialog.isHidden, f"the form saved: {dialog.refusal.text()}")


def _dialog(hands: Hands) -> FormDialog | None:
    shown = [one for one in hands.window.findChildren(FormDialog) if one.isVisible()]
    return shown[-1] if shown else None


def print_notice(hands: Hands) -> int:
    """F4, a title, the text; mend what the gate holds; print."""
    hands.key("ctrl+1", "F4")
    page = hands.page(NoticesPage)
    assert isinstance(page, NoticesPage)
    fill(hands, {"heading": "关于村前塘路灯安装的公示"})
    document = page.document
    printers = PretendPrinters()
    document.output.printing.printers = printers
    hands.until(lambda: document.notice is not None, "the notice")
    body = document.form.editor("body").control
    hands.tab_to(body)
    hands.key("ctrl+a")
    hands.write("村前塘环塘安装路灯24盏，预算52,000元。\n公示期：｛公示期｝。")
    hands.key("ctrl+s")
    hands.key("ctrl+p")
    hands.until(lambda: _dialog(hands) is not None, "the printer's form")
    hands.key("ctrl+s")
    hands.until(lambda: bool(printers.jobs), "the print")
    return len(printers.jobs)


def walk(hands: Hands, answers: PreparedAnswers) -> None:
    """Walk the hour, saying each step that is done."""
    hands.until(hands.window.isActiveWindow, "the keyboard")
    set_up(hands)
    print("done: set up", flush=True)
    import_list(hands, answers)
    print("done: import", flush=True)
    log_matter(hands)
    print("done: matter", flush=True)
    prepare_meeting(hands)
    print("done: meeting", flush=True)
    print(f"printed: {print_notice(hands)}", flush=True)


def main() -> int:
    """Open the window in the folder that is named, and let the hands walk."""
    folder = Path(sys.argv[1])
    application = make_application()
    prepare(application, Theme())
    answers = PreparedAnswers()
    window = MainWindow(FolderDoor(folder / "资料"), entries, Preferences(), answers)
    window.resize(1366, 768)
    window.show()
    hands = Hands(Main(), window, folder)
    failures: list[BaseException] = []

    def live() -> None:
        try:
            walk(hands, answers)
        except BaseException as failure:  # noqa: BLE001 - told at the end, after the window closed
            failures.append(failure)
        finally:
            hands.main.asked.emit(lambda: _close_forms(window))
            hands.main.asked.emit(application.quit)

    watch = LoopWatch(application)
    watch.begin()
    Thread(target=live, daemon=True).start()
    application.exec()
    for line in watch.end():
        print(f"blocked: {line}", flush=True)
    return _leave(window, failures)


def _close_forms(window: MainWindow) -> None:
    for one in window.findChildren(QDialog):
        one.reject()


def _leave(window: MainWindow, failures: list[BaseException]) -> int:
    """Close the village as the window does; say what failed."""
    window.watches.idle.end()
    window.watches.word_keeper.end()
    window.jobs.cancel_all()
    if window.village is not None:
        assert window.village.subjects.journal.verify().is_whole  # type: ignore[attr-defined]
        window.village.close()
    for failure in failures:
        traceback.print_exception(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
