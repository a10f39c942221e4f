"""Backups as people use them: made, looked at, their light on the home page, put back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from village_app.db.backup import Source, make_backup
from village_app.db.backup_rotation import rotate_backups
from village_app.db.restore import Inspection, inspect_backup
from village_app.db.shelf import LOCAL_FOLDER, Backup, list_backups
from village_app.domain.calendar import CHINA
from village_app.domain.reporting import Report, silently
from village_app.services.session import Service, permitted
from village_app.services.settings import Settings

# Shown amber after a day of work without a backup here, after seven days without one on a stick.
LOCAL_DUE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Light:
    """The backup light: done, due soon or failed, with its word and when (今天 08:30)."""

    kind: Literal["done", "soon", "fault"]
    word: str
    when: str = ""


class Backups(Service):
    """Makes proved backups and says how things stand."""

    @permitted("backup.make")
    def make(self, reason: str, target: Path | None = None, *, report: Report = silently) -> Backup:
        """Make a proved backup here, or on a stick (`target`), and thin out old ones.

        `reason` is a short phrase that the list shows (导入前).
        """
        place = target or self.session.folder / LOCAL_FOLDER
        place.mkdir(exist_ok=True)
        backup = make_backup(self._source(), place, reason, now=self.session.now(), report=report)
        rotate_backups(place, now=self.session.now())
        return backup

    @permitted("settings.read")
    def listed(self, target: Path | None = None) -> tuple[Backup, ...]:
        """List the backups of a place, newest first."""
        return list_backups(target or self.session.folder / LOCAL_FOLDER).backups

    @permitted("backup.restore")
    def inspect(self, backup: Backup, *, report: Report = silently) -> Inspection:
        """Look into a backup beside today's data; changes nothing."""
        return inspect_backup(backup, self.session.keys(), self.session.folder, report=report)

    @permitted("settings.read")
    def is_due(self) -> bool:
        """Say whether today's backup is still to be made."""
        newest = self.listed()
        return not newest or self.session.now() - newest[0].manifest.created > LOCAL_DUE

    @permitted("settings.read")
    def state(self) -> Light:
        """Say in a word how the backups stand, for the light in the top bar."""
        newest = self.listed()
        if not newest:
            return Light("soon", "还没有备份")
        when = moment_words(newest[0].manifest.created, self.session.now())
        if self.is_due():
            return Light("soon", "该备份了", when)
        return Light("done", "已备份", when)

    def _source(self) -> Source:
        settings = Settings(self.session).read()
        return Source(self.session.folder, self.session.keys(), settings.village)


def moment_words(moment: datetime, now: datetime) -> str:
    """Say when something was as people do: 今天 08:30, 昨天 17:00, 3 天前, 2026-03-02."""
    local, today = moment.astimezone(CHINA), now.astimezone(CHINA).date()
    days = (today - local.date()).days
    if days == 0:
        return f"今天 {local:%H:%M}"
    if days == 1:
        return f"昨天 {local:%H:%M}"
    return f"{days} 天前" if 0 < days < 30 else local.date().isoformat()
