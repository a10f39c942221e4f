"""恢复演练: once a month a backup is really restored, beside, and what came of it is taken down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from village_app.db.checks import Finding
from village_app.db.restore import practise_restore
from village_app.db.shelf import Backup
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.services.safety.backups import Backups
from village_app.services.session import Service, permitted

# How the journal says it; the last drill is read from there.
DRILL = "恢复演练"
_PASSED, _FAILED = "通过", "没有通过"
# A month of work may pass between two drills.
DUE = timedelta(days=31)
FIRST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill: when, of which backup, how many records came back, what was wrong."""

    at: datetime
    sequence: int
    records: int
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        return not self.findings


@dataclass(frozen=True, slots=True)
class LastDrill:
    """The last drill as the journal tells it."""

    at: datetime
    words: str

    @property
    def passed(self) -> bool:
        return _FAILED not in self.words


class Drills(Service):
    """Restores a backup into a folder that is wiped afterwards, and remembers when."""

    @permitted("backup.restore")
    def practise(self, backup: Backup | None = None, *, report: Report = silently) -> Drill:
        """Restore a backup (the newest here when None) beside today's data and compare.

        Today's data stay as they are. Refused where there is no backup yet.
        """
        chosen = backup or Backups(self.session).newest()
        if chosen is None:
            raise Refused("no_backup", "还没有备份，先做一份再演练。")
        now = self.session.now()
        findings = practise_restore(
            chosen, self.session.keys(), self.session.private, now=now, report=report
        )
        manifest = chosen.manifest
        done = Drill(now, manifest.sequence, sum(manifest.counts.values()), findings)
        word = _PASSED if done.passed else _FAILED
        self.session.journal.note(f"{DRILL}：第 {done.sequence} 份备份，{word}")
        return done

    @permitted("settings.read")
    def last(self) -> LastDrill | None:
        """Give the last drill, None where there was none yet."""
        rows = self.store.sql(
            "SELECT at, label FROM \"change\" WHERE kind = 'access' AND substr(label, 1, ?) = ? "
            "ORDER BY id DESC LIMIT 1",
            (len(DRILL), DRILL),
        )
        return LastDrill(datetime.fromisoformat(rows[0][0]), rows[0][1]) if rows else None

    @permitted("settings.read")
    def is_due(self) -> bool:
        """Say whether a month has passed since the last drill, or that one failed.

        Before the first one, whether there have been backups for a week.
        """
        last, now = self.last(), self.session.now()
        if last is not None:
            return not last.passed or now - last.at > DUE
        made = [one.manifest.created for one in Backups(self.session).listed()]
        return bool(made) and now - min(made) > FIRST
