"""The pages before signing in: the door itself, the first start, set-up, restoring, forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from village_app.errors import VillageError
from village_app.ui.asking import Asking
from village_app.ui.cover import Half
from village_app.ui.door import Door
from village_app.ui.jobs import Job, JobRunner
from village_app.ui.kit.banner import Banner
from village_app.ui.unlock import Enter, UnlockPage

if TYPE_CHECKING:  # these pages are seldom needed: each is loaded when it is shown
    from village_app.ui.door_facts import Created, NewVillage
    from village_app.ui.recovery import ForgottenPage
    from village_app.ui.setup import SetupPage


class FrontDoor(QObject):
    """Leads from an empty folder, a lost password or a backup to an open village.

    `entered` gives the open village, `look_chosen` a type size and contrast, `left` asks to go
    back to where the window was, `failed` hands on failures that no page can say.
    """

    entered = Signal(object)
    look_chosen = Signal(object)
    left = Signal()
    failed = Signal(object)

    def __init__(
        self,
        door: Door,
        jobs: JobRunner,
        asking: Asking,
        window: QWidget,
        show: Callable[[QWidget], None],
    ) -> None:
        super().__init__(window)
        self._door = door
        self._jobs = jobs
        self._asking = asking
        self._window = window
        self._show = show

    def show_start(self, last_user: str) -> None:
        """Show the signing in, or the three doors of the first start."""
        if self._door.has_village():
            self.show_sign_in(self._door.open, last_user)
            return
        from village_app.ui.first_start import FirstStart

        page = FirstStart(self._door.sign())
        page.new_asked.connect(self.show_setup)
        page.sample_asked.connect(self._open_sample)
        page.restore_asked.connect(self.show_restore)
        page.look_chosen.connect(self.look_chosen)
        self._show(page)

    def show_sign_in(
        self, enter: Enter, user: str, locked_since: str = "", work: Banner | None = None
    ) -> None:
        """Ask for the password; `locked_since` and `work` make it the page of a locked screen."""
        page = UnlockPage(
            self._door, self._jobs, enter, user=user, locked_since=locked_since, work=work
        )
        page.entered.connect(self.entered)
        page.look_chosen.connect(self.look_chosen)
        page.forgotten.connect(self.show_forgotten)
        page.rescue_asked.connect(self.show_rescue)
        page.sample_asked.connect(self._open_sample)
        page.failed.connect(self.failed)
        self._show(page)
        page.password.setFocus()

    def show_setup(self) -> None:
        """Ask what a new village needs."""
        from village_app.ui.recovery import print_on_paper
        from village_app.ui.setup import SetupPage

        page = SetupPage(self._door, print_on_paper)
        page.left.connect(self.left)
        page.ready.connect(lambda wish: self._create(page, wish))
        self._show(page)

    def _create(self, page: SetupPage, wish: NewVillage) -> None:
        job = self._start(lambda report: self._door.create(wish, report), "建村庄")
        job.succeeded.connect(lambda created: self._created(page, created))
        job.failed.connect(lambda error: self._complain(page, error))

    def _created(self, page: SetupPage, created: Created) -> None:
        page.show_code(created.recovery_code)
        page.done.connect(lambda: self.entered.emit(created.village))

    def _open_sample(self) -> None:
        job = self._start(self._door.open_sample, "打开示范村")
        job.succeeded.connect(self.entered)
        job.failed.connect(self.failed)

    def _start(self, work: Callable[[Any], Any], label: str) -> Job:
        from village_app.ui.kit.progress import watch

        job = self._jobs.start(work, label)
        watch(job, self._window, leaves="取消后，这台电脑上和之前一样。")
        return job

    def show_restore(self) -> None:
        """Restore from a backup after a look into it."""
        from village_app.ui.restore_page import RestorePage

        page = RestorePage(self._door, self._jobs, self._asking)
        page.left.connect(self.left)
        page.restored.connect(self.left)
        page.failed.connect(self.failed)
        self._show(page)

    def show_rescue(self, user: str, password: str) -> None:
        """Offer the last backup and the rescue of damaged data."""
        from village_app.ui.rescue_page import RescuePage

        page = RescuePage(self._door, self._jobs, self._asking, user, password)
        page.opened.connect(self.entered)
        page.left.connect(self.left)
        page.failed.connect(self.failed)
        self._show(page)

    def show_forgotten(self, user: str) -> None:
        """Say what can be done about a forgotten password."""
        from village_app.ui.recovery import ForgottenPage

        def weakness(password: str) -> str:
            fault = self._door.check_password(password, user, self._door.sign().village)
            return fault.message if fault else ""

        page = ForgottenPage(user, weakness)
        page.back_asked.connect(self.left)
        page.reset_asked.connect(lambda code, new: self._reset(page, user, code, new))
        self._show(Half(self._door.sign(), page))

    def _reset(self, page: ForgottenPage, user: str, code: str, password: str) -> None:
        job = self._start(lambda _report: self._door.reset_password(user, code, password), "换密码")
        job.succeeded.connect(self._show_next_code)
        job.failed.connect(lambda error: self._complain(page, error))

    def _show_next_code(self, code: str) -> None:
        from village_app.ui.recovery import KeepCodePage, print_on_paper

        village = self._door.sign().village
        page = KeepCodePage(code, lambda shown: print_on_paper(village, shown))
        page.done.connect(self.left)
        self._show(Half(self._door.sign(), page))

    def _complain(self, page: SetupPage | ForgottenPage, error: BaseException) -> None:
        if isinstance(error, VillageError):
            page.complain(error.message)
        else:
            page.complain("出了意外，没有做完，什么都没改。")
            self.failed.emit(error)
