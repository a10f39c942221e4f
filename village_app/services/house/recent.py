"""The last records somebody opened: newest first, as they are called now, as far as seen."""

from __future__ import annotations

from dataclasses import dataclass

from village_app.services.meetings.record_pages import PAGE_OF_KEY, shown
from village_app.services.session import Service, permitted

KEPT = 30


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record that was opened: its page, its id, what it is called now."""

    page: str
    record: int
    title: str
    note: str


class Recent(Service):
    """Remembers for each user what was opened last.

    What somebody looked at is no fact of the village: it stands outside the journal.
    """

    @permitted("settings.read")
    def note(self, page: str, record: int) -> None:
        """Remember that the signed-in user opened a record of a page; others are ignored."""
        if page not in PAGE_OF_KEY or self.store.read_only:
            return
        user = self.session.user.name
        with self.store.reading(), self.store.database.atomic():
            self.store.database.execute_sql(
                "INSERT INTO opened_record (user, page, record, at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (user, page, record) DO UPDATE SET at = excluded.at",
                (user, page, record, self.session.now().isoformat(timespec="microseconds")),
            )
            self.store.database.execute_sql(
                "DELETE FROM opened_record WHERE user = ? AND at < "
                "(SELECT min(at) FROM (SELECT at FROM opened_record WHERE user = ? "
                "ORDER BY at DESC LIMIT ?))",
                (user, user, KEPT),
            )

    @permitted("settings.read")
    def listed(self, limit: int = KEPT) -> list[OpenedRecord]:
        """Give what was opened last, newest first; deleted and hidden records drop out."""
        opened = self.store.sql(
            "SELECT page, record FROM opened_record WHERE user = ? ORDER BY at DESC LIMIT ?",
            (self.session.user.name, KEPT),
        )
        names = {
            (page, record): named
            for page in {one for one, _ in opened}
            for record, named in shown(
                self.session, PAGE_OF_KEY[page], [other for one, other in opened if one == page]
            ).items()
        }
        found = [OpenedRecord(*key, *names[key]) for key in opened if key in names]
        return found[:limit]
