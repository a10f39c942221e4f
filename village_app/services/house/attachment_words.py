"""The words inside attached documents: drawn out beside the work, kept encrypted, searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from village_app.db.records.house import Attachment
from village_app.domain.reporting import Report, silently
from village_app.errors import EnvironmentProblem
from village_app.importing.files import limits
from village_app.importing.files.words import ENDINGS, words_of
from village_app.services.house.attachments import Attachments
from village_app.services.meetings.record_pages import PAGE_OF_TABLE, shown
from village_app.services.session import Service, permitted

_AROUND = 12


@dataclass(frozen=True, slots=True)
class WordHit:
    """A document that holds the words: where its record is shown, its name, what stands there."""

    page: str
    record: int
    name: str
    excerpt: str


class AttachmentWords(Service):
    """Keeps the words of documents by the fingerprint of their content."""

    @permitted("attachments.read")
    def pending(self) -> list[Attachment]:
        """List documents whose words were not drawn out yet, each content once.

        None where the village is open only to read: there is nowhere to keep them.
        """
        if self.store.read_only:
            return []
        query = self.store.select(Attachment).where(Attachment.size <= limits.FILE_BYTES)
        known = {one for (one,) in self.store.sql("SELECT fingerprint FROM attachment_words")}
        fresh: dict[str, Attachment] = {}
        for one in self.store.rows(query.order_by(Attachment.id)):
            ending = one.name.rpartition(".")[2].lower()
            if ending in ENDINGS and one.fingerprint not in known:
                fresh.setdefault(one.fingerprint, one)
        return list(fresh.values())

    @permitted("attachments.read")
    def index(self, *, report: Report = silently) -> int:
        """Draw the words out of what is new, forget those of what is gone; returns how many.

        A missing or damaged file has no words; the self-check speaks of it.
        """
        waiting = self.pending()
        for done, one in enumerate(waiting):
            report(done, len(waiting), f"读“{one.name}”里的字")
            self._keep(one.fingerprint, self._words(one))
        with self.store.reading(), self.store.database.atomic():
            self.store.database.execute_sql(
                "DELETE FROM attachment_words WHERE fingerprint NOT IN "
                "(SELECT fingerprint FROM attachment)"
            )
        return len(waiting)

    @permitted("attachments.read")
    def find(self, words: str, limit: int = 20) -> list[WordHit]:
        """Find documents by words inside them or their name, of records this user may see."""
        low = words.strip().lower()
        lines = self.store.sql(
            "SELECT a.table_name, a.record_id, a.name, "
            "substr(w.words, max(1, instr(w.words, ?) - ?), ?) FROM attachment a "
            "JOIN attachment_words w ON w.fingerprint = a.fingerprint "
            "WHERE instr(w.words, ?) > 0 ORDER BY a.id DESC LIMIT ?",
            (low, _AROUND, 2 * _AROUND + len(low), low, 4 * limit),
        )
        seen = self._seen(lines)
        hits = [
            WordHit(PAGE_OF_TABLE[table].page, record, name, f"…{excerpt.strip()}…")
            for table, record, name, excerpt in lines
            if (table, record) in seen
        ]
        return hits[:limit]

    def _seen(self, lines: Sequence[tuple[str, int, str, str]]) -> set[tuple[str, int]]:
        """Give the records among these that this user may see."""
        tables = {table for table, *_ in lines if table in PAGE_OF_TABLE}
        return {
            (table, record)
            for table in tables
            for record in shown(
                self.session,
                PAGE_OF_TABLE[table],
                [line[1] for line in lines if line[0] == table],
            )
        }

    def _words(self, attachment: Attachment) -> str:
        try:
            content = Attachments(self.session).read(attachment)
        except EnvironmentProblem:
            return ""
        return words_of(content, attachment.name).lower()

    def _keep(self, fingerprint: str, words: str) -> None:
        with self.store.reading(), self.store.database.atomic():
            self.store.database.execute_sql(
                "INSERT OR REPLACE INTO attachment_words (fingerprint, words) VALUES (?, ?)",
                (fingerprint, words),
            )
