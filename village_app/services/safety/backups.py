"""Backups as people use them: made, looked at, their light on the home page, put back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from village_app import __version__
from village_app.db.backup import Source, make_backup
from village_app.db.backup_proof import verify_backup
from village_app.db.backup_rotation import rotate_backups
from village_app.db.checks import Finding
from village_app.db.migrations import MIGRATIONS, migrate
from village_app.db.places import look_at
from village_app.db.records import RECORDS
from village_app.db.restore import (
    Inspection,
    inspect_backup,
    restore_backup,
)
from village_app.db.restore_note import RestoreNote, last_restore
from village_app.db.shelf import LOCAL_FOLDER, Backup, list_backups
from village_app.domain.calendar import CHINA
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem
from village_app.services.safety.users import Users
from village_app.services.session import VILLAGE_ZONE, Service, permitted
from village_app.services.settings import Settings

# Shown amber after a day of work without a backup here, after seven days without one on a stick.
LOCAL_DUE = timedelta(days=1)
STICK_DUE = timedelta(days=7)
# Closing makes no second copy of what was copied within the hour.
CLOSING_DUE = timedelta(hours=1)
# How the journal says that a copy left the computer; the date of the last one is read from it.
CARRIED = "备份拷到外面"


@dataclass(frozen=True, slots=True)
class Light:
    """The backup light: done, due soon or failed, with its word and when (今天 08:30)."""

    kind: Literal["done", "soon", "fault"]
    word: str
    when: str = ""


class Backups(Service):
    """Makes proved backups and says how things stand."""

    failure: str = ""  # the sentence of the last try, blank when it went well

    @permitted("backup.make")
    def make(self, reason: str, target: Path | None = None, *, report: Report = silently) -> Backup:
        """Make a proved backup here, or on a stick (`target`), and thin out old ones.

        `reason` is a short phrase that the list shows (导入前).
        """
        place = target or self.session.folder / LOCAL_FOLDER
        try:
            if target is None:
                place.mkdir(exist_ok=True)
            made = make_backup(self._source(), place, reason, now=self.session.now(), report=report)
        except EnvironmentProblem as problem:
            self.failure = problem.message
            raise
        self.failure = ""
        restored = last_restore(self.session.folder, self.session.keys())
        rotate_backups(place, self.session.now(), restored_at=restored.at if restored else None)
        if target is not None:
            self.session.journal.note(f"{CARRIED}：第 {made.manifest.sequence} 份")
        return made

    @permitted("backup.make")
    def before(self, what: str, *, report: Report = silently) -> Backup | None:
        """Make a backup before something large (导入前), where the last one is behind."""
        return self.make(what, report=report) if self.has_news() else None

    @permitted("settings.read")
    def listed(self, target: Path | None = None) -> tuple[Backup, ...]:
        """List the backups of a place, newest first."""
        return list_backups(target or self.session.folder / LOCAL_FOLDER).backups

    @permitted("backup.restore")
    def prove(self, backup: Backup, *, report: Report = silently) -> tuple[Finding, ...]:
        """Read all of a backup again; no findings means that it can be restored."""
        return verify_backup(backup, self.session.keys(), report=report)

    @permitted("backup.restore")
    def inspect(self, backup: Backup, *, report: Report = silently) -> Inspection:
        """Look into a backup beside today's data; changes nothing."""
        return inspect_backup(backup, self.session.keys(), self.session.folder, report=report)

    @permitted("backup.restore")
    def restore(self, backup: Backup, *, report: Report = silently) -> RestoreNote:
        """Put a backup's records in the place of today's, which are kept beside.

        Users and passwords stay today's. Other threads let go of the store before
        (`Store.let_go`). Refused and failed attempts leave today's data as it is.
        """
        keys = self.session.keys()
        with self.store.set_aside(lambda: keys.dek):
            note = restore_backup(
                backup,
                self.session.folder,
                keys,
                now=self.session.now(),
                newest_schema=len(MIGRATIONS),
                report=report,
            )
        migrate(self.store)
        self.own_up_to_restore()
        self.session.journal.announce(frozenset(RECORDS))
        return note

    @permitted("settings.read")
    def own_up_to_restore(self) -> bool:
        """Take a restore down in the journal and seal its new head outside the database.

        Called whenever a village opens: `restore` on the command line writes no journal. True
        when there was one to own up to.
        """
        note = last_restore(self.session.folder, self.session.keys())
        head = self.session.journal.head()
        if note is None or note.head != (head.number, head.mac):
            return False
        with self.session.change(
            f"恢复了第 {note.sequence} 份备份，恢复前的数据另存为 {note.safety or '（没有）'}",
            kind="final",
            undoable=False,
        ) as change:
            Users(self.session).follow_vault(change)
        head = self.session.journal.head()
        self.session.vault.set_anchor(head.number, head.mac)
        return True

    @permitted("settings.read")
    def newest(self) -> Backup | None:
        """Give the last backup here whose date can be believed, None when there is none."""
        return next((one for one in self.listed() if not one.is_suspect), None)

    @permitted("settings.read")
    def has_news(self) -> bool:
        """Say whether records changed since the last backup; who looked is no news."""
        newest = self.newest()
        if newest is None:
            return True
        number = (newest.manifest.head or (0, ""))[0]
        changed = "SELECT 1 FROM \"change\" WHERE id > ? AND kind <> 'access' LIMIT 1"
        return (
            self.store.scalar(changed, (number,)) is not None
            or self.session.journal.head().number < number
        )

    @permitted("settings.read")
    def is_due(self) -> bool:
        """Say whether today's backup is still to be made: none of this day, and something new."""
        newest = self.newest()
        if newest is None:
            return True
        made = newest.manifest.created.astimezone(VILLAGE_ZONE).date()
        return made != self.session.today() and self.has_news()

    @permitted("settings.read")
    def is_due_at_closing(self) -> bool:
        """Say whether the program should make a backup before it closes."""
        newest = self.newest()
        if newest is None:
            return True
        age = self.session.now() - newest.manifest.created
        return not timedelta(0) <= age < CLOSING_DUE and self.has_news()

    @permitted("settings.read")
    def last_carried(self) -> datetime | None:
        """Give when a copy was last taken to a stick or another disk, None for never."""
        at = self.store.scalar(
            "SELECT at FROM \"change\" WHERE kind = 'access' AND substr(label, 1, ?) = ? "
            "ORDER BY id DESC LIMIT 1",
            (len(CARRIED), CARRIED),
        )
        return datetime.fromisoformat(at) if at else None

    @permitted("settings.read")
    def is_stick_due(self) -> bool:
        """Say whether a week has passed without a copy outside this computer (BS-02)."""
        last = self.last_carried()
        return last is None or self.session.now() - last > STICK_DUE

    @permitted("settings.read")
    def place_warning(self) -> str:
        """Say what is unwise about the folder (a cloud copies it, C07), blank for nothing."""
        return look_at(self.session.folder).warning or ""

    @permitted("settings.read")
    def state(self) -> Light:
        """Say in a word how the backups stand, for the light in the top bar."""
        if self.failure:
            return Light("fault", "备份没成")
        newest = self.newest()
        if newest is None:
            return Light("soon", "还没有备份")
        when = moment_words(newest.manifest.created, self.session.now())
        old = self.session.now() - newest.manifest.created > LOCAL_DUE
        if old and self.has_news():
            return Light("soon", "该备份了", when)
        return Light("done", "已备份", when)

    def _source(self) -> Source:
        settings = Settings(self.session).read()
        return Source(self.session.folder, self.session.keys(), settings.village, __version__)


def moment_words(moment: datetime, now: datetime) -> str:
    """Say when something was as people do: 今天 08:30, 昨天 17:00, 3 天前, 2026-03-02."""
    local, today = moment.astimezone(CHINA), now.astimezone(CHINA).date()
    days = (today - local.date()).days
    if days == 0:
        return f"今天 {local:%H:%M}"
    if days == 1:
        return f"昨天 {local:%H:%M}"
    return f"{days} 天前" if 0 < days < 30 else local.date().isoformat()
