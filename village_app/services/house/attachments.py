"""Files beside records: photos, scans, published papers; encrypted, each content stored once."""

from __future__ import annotations

import secrets
from pathlib import Path

from village_app.db.attachments import AttachmentStore, Stored
from village_app.db.fields import Record, table_of
from village_app.db.files import write_atomically
from village_app.db.journal import Change
from village_app.db.records.house import Attachment
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.services.session import Service, permitted


class Attachments(Service):
    """Adds, lists, reads and takes away the files of any record."""

    @permitted("attachments.edit")
    def attach(
        self,
        record: Record,
        source: Path,
        *,
        caption: str = "",
        purpose: str = "",
        report: Report = silently,
    ) -> Attachment:
        """Attach a file from disk in a change of its own."""
        with self.session.change(f"附上 {source.name}：{record.describe()}") as change:
            stored = self._files().add(source, source.name, report=report)
            return self._row(change, record, stored, caption, purpose)

    @permitted("attachments.read")
    def keep(
        self,
        change: Change,
        record: Record,
        name: str,
        content: bytes,
        *,
        caption: str = "",
        purpose: str = "",
    ) -> Attachment:
        """Keep content that the program made (a published paper) within an open change."""
        passing = self.session.private / secrets.token_hex(8)
        write_atomically(passing, content, doing=f"保存“{name}”")
        try:
            stored = self._files().add(passing, name)
        finally:
            passing.unlink(missing_ok=True)
        return self._row(change, record, stored, caption, purpose)

    @permitted("attachments.read")
    def of(self, record: Record, *, purpose: str | None = None) -> list[Attachment]:
        """List a record's files in the order they were attached."""
        query = self.store.select(Attachment).where(
            Attachment.record_id == record.id, Attachment.table_name == table_of(type(record))
        )
        if purpose is not None:
            query = query.where(Attachment.purpose == purpose)
        return self.store.rows(query.order_by(Attachment.id))

    @permitted("attachments.read")
    def read(self, attachment: Attachment) -> bytes:
        """Give the content; refused in a sentence when the file is gone or damaged."""
        return self._files().read(attachment.fingerprint)

    @permitted("attachments.read")
    def read_for(self, record: Record, purpose: str) -> bytes:
        """Give the content of a record's last file of a purpose."""
        found = self.of(record, purpose=purpose)
        if not found:
            raise Refused("no_attachment", f"{record.describe()}没有存下“{purpose}”。")
        return self.read(found[-1])

    @permitted("attachments.read")
    def open_copy(self, attachment: Attachment) -> Path:
        """Put a read-only copy into the private folder for another program to show."""
        stored = Stored(
            attachment.fingerprint, attachment.name, attachment.media_type or "", attachment.size
        )
        return self._files().opened_copy(stored, self.session.private)

    @permitted("attachments.edit")
    def take_away(self, attachment: Attachment) -> None:
        """Take a file off its record; undo brings it back, the content stays until cleared."""
        with self.session.change(f"取下附件 {attachment.name}") as change:
            change.delete(attachment)

    def _row(
        self, change: Change, record: Record, stored: Stored, caption: str, purpose: str
    ) -> Attachment:
        row: Attachment = change.insert(
            Attachment(
                name=stored.name,
                table_name=table_of(type(record)),
                record_id=record.id,
                fingerprint=stored.code,
                size=stored.size,
                media_type=stored.kind,
                caption=caption or None,
                purpose=purpose or None,
            )
        )
        return row

    def _files(self) -> AttachmentStore:
        return AttachmentStore(self.session.folder, self.session.keys())
