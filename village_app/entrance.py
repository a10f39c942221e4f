"""The window's door into a data folder: what `ui.door.Door` asks, done with real villages.

The sign-in page stands before the program behind it is loaded: everything heavy is imported where
it is used, and `warm_up` loads it while the password is being typed.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING

from village_app import __version__
from village_app.domain.permissions import ROLE_LABELS, role_words
from village_app.domain.zone import CHINA
from village_app.ui.door import BackupState, DoorSign, UserCard
from village_app.window_village import WindowVillage

if TYPE_CHECKING:
    from village_app.db.door_plate import DoorPlate
    from village_app.domain.reporting import Report
    from village_app.errors import Fault
    from village_app.services.safety.rescue import Rescued
    from village_app.ui.door_facts import BackupFacts, Created, NewVillage, RescueFacts
    from village_app.ui.page import PageEntry
    from village_app.village import Village

# What opening a village and its first page load; the password takes anybody longer than this.
BEHIND_THE_DOOR = (
    "village_app.opening",
    "village_app.ui.shell",
    "village_app.ui.pages",
    "village_app.ui.pages.home.home",
)
REST_S = 0.05
SAMPLE_FOLDER = "示范村"


class FolderDoor:
    """The door of one data folder, and of the sample village beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: Village | None = None
        self._rescued: Rescued | None = None

    def has_village(self) -> bool:
        return self._plate().has_village()

    def sign(self) -> DoorSign:
        """Say only what may be read before signing in: the last backup's name and time."""
        newest = self._plate().newest_backup()
        if newest is None:
            return DoorSign(village="", version=__version__)
        made = newest.manifest.created.astimezone(CHINA)
        state = BackupState("done", "已备份", f"{made:%Y-%m-%d %H:%M}")
        return DoorSign(newest.manifest.village_name, backup=state, version=__version__)

    def list_users(self) -> Sequence[UserCard]:
        return [UserCard(user.name, role_words(user.role)) for user in self._plate().users()]

    def seconds_to_wait(self, user: str) -> int:
        return self._plate().seconds_to_wait(user)

    def _plate(self) -> DoorPlate:
        """Give what may be read before signing in."""
        from village_app.db.door_plate import DoorPlate

        return DoorPlate(self.folder)

    def open(self, user: str, password: str) -> WindowVillage:
        from village_app.db.vault import Vault
        from village_app.opening import open_village

        if self._opened is not None and self._opened.folder == self.folder:
            # Somebody else takes the locked desk over: his password first, then the old one goes.
            Vault.load(self.folder).unlock(user, password)
            self._opened.close()
        return self._handed_over(open_village(self.folder, user, password))

    def read(self, user: str, password: str) -> WindowVillage:
        from village_app.reading import read_village

        return self._handed_over(read_village(self.folder, user, password))

    def _handed_over(self, village: Village) -> WindowVillage:
        """Wrap a village that a worker thread opened, leaving no connection in that thread."""
        self._opened = village
        with village.store.in_this_thread():
            return WindowVillage(village)

    def check_password(self, password: str, user: str, village: str) -> Fault | None:
        from village_app.db.passwords import password_faults

        faults = password_faults(password, user_name=user, village_name=village)
        return next(iter(faults), None)

    def create(self, new: NewVillage, report: Report) -> Created:
        from village_app.opening import NewVillage as Wish
        from village_app.opening import create_village
        from village_app.ui.door_facts import Created

        report(0, 2, "正在生成钥匙")
        role = next((role for role, label in ROLE_LABELS.items() if label == new.duty), "clerk")
        wish = Wish(
            village=new.village,
            town=new.town,
            user=new.user,
            password=new.password,
            role=f"admin+{role}" if role != "admin" else "admin+clerk",
            settings={
                "unit_word": new.kind,
                "letterhead": new.letterhead,
                # What was due before hangs on paper; nobody begins with a year's backlog.
                "disclosure_since": datetime.now(CHINA).date().isoformat(),
            },
        )
        village, code = create_village(self.folder, wish)
        report(1, 2, "正在建立小组")
        for group in new.groups:
            village.places.add(group)
        return Created(self._handed_over(village), code)

    def open_sample(self, report: Report) -> WindowVillage:
        from village_app.demo.sample_village import open_sample_village

        return self._handed_over(open_sample_village(self.folder / SAMPLE_FOLDER, report))

    def remove_sample(self) -> None:
        from village_app.demo.sample_village import remove_sample_village

        remove_sample_village(self.folder / SAMPLE_FOLDER)

    def look_into(self, backup: Path) -> BackupFacts:
        from village_app.db.backup_proof import files_findings
        from village_app.db.manifest import read_manifest
        from village_app.db.records import RECORDS
        from village_app.db.shelf import Backup
        from village_app.ui.door_facts import BackupFacts

        found = Backup(backup, read_manifest(backup))
        manifest = found.manifest
        counts = [
            (RECORDS[table].title, str(count))
            for table, count in manifest.counts.items()
            if table in RECORDS and count
        ]
        findings = files_findings(found)
        made = manifest.created.astimezone(CHINA)
        return BackupFacts(
            manifest.village_name,
            f"{made:%Y-%m-%d %H:%M}",
            counts,
            good=not findings,
            problem="".join(finding.message for finding in findings[:1]),
        )

    def restore(self, backup: Path, report: Report) -> None:
        from village_app.db.manifest import read_manifest
        from village_app.db.restore import bring_to_new_place
        from village_app.db.shelf import Backup

        bring_to_new_place(Backup(backup, read_manifest(backup)), self.folder, report=report)

    def restore_over(
        self, user: str, password: str, backup: Path | None, report: Report
    ) -> WindowVillage:
        from village_app import rescuing

        rescuing.restore_over(self.folder, user, password, backup, report)
        return self.open(user, password)

    def rescue(self, user: str, password: str, report: Report) -> RescueFacts:
        from village_app import rescuing
        from village_app.ui.door_facts import RescuedLine, RescueFacts

        self._rescued = rescuing.rescue(self.folder, user, password, report)
        lines = [RescuedLine(one.title, one.saved, one.lost) for one in self._rescued.tables]
        return RescueFacts(self._rescued.summary(), lines)

    def take_rescued(self, user: str, password: str, report: Report) -> WindowVillage:
        from village_app import rescuing

        rescuing.take_rescued(self.folder, user, password, report)
        village = self.open(user, password)
        if self._rescued is not None:
            with village.in_thread():
                village.subjects.rescue.own_up(self._rescued)
        return village

    def reset_password(self, user: str, code: str, password: str) -> str:
        """Set a new password with the paper from the safe; the old code is void."""
        from village_app.db.vault import Vault

        vault = Vault.load(self.folder)
        vault.unlock_with_recovery(code)
        vault.reset_password(user, password)
        fresh = vault.new_recovery_code()
        vault.lock()
        return fresh


def pages() -> tuple[PageEntry, ...]:
    """Give the pages of an open village; asked when it is open."""
    from village_app.ui.pages import entries

    return entries()


def open_window(folder: Path | None = None, seen: Callable[[], object] | None = None) -> int:
    """Open the window on a data folder, the user's own unless told; gives the exit code.

    `seen` is called when the first picture stands, instead of loading the rest then.
    """
    # Up to the first picture much is made and little dropped: looking for rubbish waits; then
    # the window looks for it itself (`ui/rubbish.py`).
    gc.disable()
    from village_app.own_folder import own_folder
    from village_app.ui.app import run_window

    return run_window(folder or own_folder(), FolderDoor, pages, seen=seen or load_the_rest)


def load_the_rest() -> None:
    """Load beside the window what waited for the first picture."""
    gc.freeze()  # what stands now stands to the end and is not looked through again
    Thread(target=warm_up, name="warm-up", daemon=True).start()


def warm_up() -> None:
    """Load the program behind the sign-in page, so that it is there when the password is right.

    Typing goes on meanwhile: the interpreter changes between the threads every few milliseconds,
    and a short rest after each module lets the window come first.
    """
    for name in BEHIND_THE_DOOR:
        import_module(name)
        sleep(REST_S)
