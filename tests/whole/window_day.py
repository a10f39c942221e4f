"""A day in the real window, from outside: `python -m tests.whole.window_day DATA OUT ROSTER`.

Signs in, imports, opens every page, looks at full numbers, fails unexpectedly in the middle of
personal data, locks and unlocks, exports, prints to a file, makes copies, and closes. The tests
that start it look at what the process left behind and whom it talked to.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from tests.ui.pretend import PreparedAnswers
from village_app.entrance import FolderDoor
from village_app.ui.app import REPORTS, make_application
from village_app.ui.crash import CrashHandler
from village_app.ui.dress import prepare
from village_app.ui.page import Page
from village_app.ui.pages import entries
from village_app.ui.pages.imports.page import ImportPage
from village_app.ui.pages.register.residents import ResidentsPage
from village_app.ui.pages.safety.backups import BackupPart
from village_app.ui.pages.safety.changes import ChangesPart
from village_app.ui.pages.safety.check import CheckPart
from village_app.ui.pages.safety.safety import SafetyPage
from village_app.ui.preferences import Preferences
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow

STEP_MS, PATIENCE_MS = 20, 120_000


def work_on() -> None:
    """Let the window work for a moment; its own loop, unlike the test's wait, frees the threads."""
    loop = QEventLoop()
    QTimer.singleShot(STEP_MS, loop.quit)
    loop.exec()


def wait(what: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    for _ in range(PATIENCE_MS // STEP_MS):
        if what():
            return
        work_on()
    raise TimeoutError(f"waited in vain: {what.__code__.co_firstlineno}")


class WindowDay:
    """The window and the one at it."""

    def __init__(self, data: Path, out: Path) -> None:
        self.out = out
        self.application = make_application()
        preferences = Preferences(data)
        prepare(self.application, preferences.theme)
        self.answers = PreparedAnswers()
        self.crashes = CrashHandler(data / REPORTS)
        self.window = MainWindow(
            FolderDoor(data), entries, preferences, self.answers, unexpected=self.crashes.take
        )
        self.crashes.install(self.answers)
        self.window.resize(1366, 768)
        self.window.show()

    def sign_in(self) -> None:
        page = self.window.front()
        assert isinstance(page, UnlockPage)
        page.password.setText(os.environ["VILLAGE_APP_PASSWORD"])
        page.unlock()
        wait(lambda: self.window.shell is not None and not self.window.is_locked)

    def go(self, key: str) -> Page:
        assert self.window.shell is not None
        self.window.shell.go(key)
        page = self.window.shell.page()
        assert page is not None
        work_on()
        return page

    def bring(self, roster: Path) -> None:
        page = self.go("import")
        assert isinstance(page, ImportPage)
        page.read(roster)
        for step in (1, 2, 4):
            wait(lambda step=step: page.wizard.step == step)  # type: ignore[misc]
            if step < 4:
                page.wizard.on.click()

    def look_at_numbers(self) -> None:
        page = self.go("residents")
        assert isinstance(page, ResidentsPage)
        page.table.choose_first()
        page.reveal()
        assert page.revealed.mark.isVisible()

    def fail(self) -> None:
        """Fail as a slot would, with a person's number in the message."""
        page = self.go("residents")
        assert isinstance(page, ResidentsPage)
        number = page.desk.village.store.scalar("SELECT id_number FROM resident LIMIT 1")
        phone = page.desk.village.store.scalar("SELECT phone FROM resident LIMIT 1")
        asked = len(self.answers.asked)
        try:
            int(f"{number} {phone} 何强志")
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)
        wait(lambda: len(self.answers.asked) > asked)

    def lock_and_unlock(self) -> None:
        self.window.lock()
        self.sign_in()

    def keep_safe(self) -> None:
        page = self.go("safety")
        assert isinstance(page, SafetyPage)
        part = page.part()
        assert isinstance(part, BackupPart)
        part.make()
        self._rest()
        part.seldom.practise()
        self._rest()
        page.show_section("check")
        check = page.part()
        assert isinstance(check, CheckPart)
        check.check()
        self._rest()
        self.answers.answers.append(self.out)
        check.make_copy()
        self._rest()
        page.show_section("changes")
        changes = page.part()
        assert isinstance(changes, ChangesPart)
        self.answers.answers.append(self.out / "修改记录清单.xlsx")
        changes.export()
        self._rest()

    def close(self) -> None:
        self.window.end_with_system()
        self.window.close()
        self.crashes.uninstall()

    def _rest(self) -> None:
        wait(lambda: not self.window.jobs.running())


def main(words: list[str]) -> int:
    data, out, roster = (Path(word) for word in words)
    logging.basicConfig(level=logging.DEBUG)
    day = WindowDay(data, out)
    day.sign_in()
    day.bring(roster)
    for entry in entries():
        day.go(entry.key)
    day.look_at_numbers()
    day.fail()
    day.lock_and_unlock()
    day.keep_safe()
    day.close()
    print("窗口里的一天过完了")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
