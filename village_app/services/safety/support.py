"""A copy for support: the same tables and counts, the fault still there, and nobody in it (IN-09).

The copy is a village of its own with a key and a password of its own; attachments and backups do
not go along. Texts are scrambled, in the records and in the journal alike, so that a record that
was edited outside the program still differs from it; the chain is sealed anew under the copy's
key: whole where it was whole, broken where it was broken.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from village_app.db import chain
from village_app.db.cipher_file import opened
from village_app.db.engine import Store
from village_app.db.passwords import suggest_password
from village_app.db.vault import Vault
from village_app.domain.calendar import CHINA
from village_app.domain.permissions import ROLE_LABELS
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.services.safety.audit import Audit
from village_app.services.safety.scrambled_records import scramble_all
from village_app.services.safety.scrambling import Scrambler
from village_app.services.session import Service, permitted

USER = "技术支持"
DOING = "做给技术支持的副本"
DATABASE = "village.db"
_GUARDS = ("change_stays", "change_row_stays")


@dataclass(frozen=True, slots=True)
class SupportCopy:
    """Where the copy lies and how it is opened; the password is shown once."""

    folder: Path
    user: str
    password: str


class Support(Service):
    """Makes the copy; that it was made is taken down."""

    @permitted("backup.restore")
    def copy(self, target: Path, *, report: Report = silently) -> SupportCopy:
        """Make the copy in a new folder inside `target`; a cancelled one leaves the folder."""
        moment = self.session.now().astimezone(CHINA)
        folder = target / f"给技术支持的副本-{moment:%Y%m%d-%H%M}"
        if folder.exists():
            raise Refused("folder_taken", f"已经有“{folder.name}”这个文件夹，请过一分钟再试。")
        folder.mkdir(parents=True)
        broken_at = Audit(self.session).verify().broken_at
        password = suggest_password()
        vault = Vault.create(folder, uuid4().hex)
        vault.add_user(USER, password, "+".join(ROLE_LABELS))
        keys = vault.unlock(USER, password)
        database = folder / DATABASE
        with self.store.reading():
            self.store.database.execute_sql("VACUUM INTO ?", (str(database),))
        copy = Store(database, self.session.keys().dek)
        try:
            with _unguarded(copy):
                scramble_all(copy, Scrambler(secrets.token_bytes(32)), report)
                _seal_anew(copy, keys.subkey("audit"), broken_at)
            copy.database.execute_sql(
                "UPDATE identity SET value = ? WHERE key = 'village'", (keys.village_id,)
            )
            # Nothing of before stays in unused pages.
            copy.database.execute_sql("VACUUM")
        finally:
            copy.close()
        with opened(database, self.session.keys().dek, read_only=False, doing=DOING) as connection:
            connection.execute(f"PRAGMA rekey = \"x'{keys.dek.hex()}'\"")
        vault.lock()
        self.session.journal.note("做了一份给技术支持的副本（内容已打乱）")
        return SupportCopy(folder, USER, password)


@contextmanager
def _unguarded(copy: Store) -> Iterator[None]:
    """Let the copy's journal be written over, and guard it again."""
    guards = {
        name: copy.scalar("SELECT sql FROM sqlite_master WHERE name = ?", (name,))
        for name in _GUARDS
    }
    for name, guard in guards.items():
        if guard:
            copy.database.execute_sql(f'DROP TRIGGER "{name}"')
    yield
    for guard in guards.values():
        if guard:
            copy.database.execute_sql(guard)


def _seal_anew(copy: Store, key: bytes, broken_at: int | None) -> None:
    """Seal the chain under the copy's key; where it was broken it is broken again."""
    previous = chain.START
    lines = copy.sql(
        'SELECT id, at, user, desk, kind, undoes, undoable, digest FROM "change" ORDER BY id'
    )
    sealed = []
    for header in lines:
        mac = chain.change_mac(key, header, previous)
        previous = mac
        kept = chain.START if header[0] == broken_at else mac
        sealed.append((kept, header[0]))
    with copy.database.atomic("EXCLUSIVE"):
        copy.write_many('UPDATE "change" SET mac = ? WHERE id = ?', sealed)
