"""A copy for support: the same tables and counts, the fault still there, and nobody in it (IN-09).

The copy is a village of its own with a key and a password of its own; attachments and backups do
not go along. Texts are scrambled, what the journal kept is erased, and its chain is sealed anew
under the copy's key: whole where it was whole, broken where it was broken.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from village_app.db import chain
from village_app.db.cipher_file import opened
from village_app.db.engine import Store
from village_app.db.fields import Record
from village_app.db.passwords import suggest_password
from village_app.db.records import RECORDS
from village_app.db.vault import Vault
from village_app.domain.calendar import CHINA
from village_app.domain.kinds import FieldDeclaration
from village_app.domain.permissions import ROLE_LABELS
from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.services.audit import Audit
from village_app.services.scrambling import Scrambler
from village_app.services.session import Service, permitted

USER = "技术支持"
DOING = "做给技术支持的副本"
DATABASE = "village.db"
# Standard lists that travel with the program, and what the program finds by its name.
_AS_IT_IS = frozenset({"rule_set", "holiday", "ledger_account", "catalogue_item"})
_SCRAMBLED_KINDS = frozenset(
    {
        *("text", "long_text", "person_name", "address", "phone", "place"),
        *("identity_number", "document_number", "bank_account", "credit_code"),
    }
)
_PATTERNS = "patterns"


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
            guard = copy.scalar("SELECT sql FROM sqlite_master WHERE name = 'change_stays'")
            copy.database.execute_sql('DROP TRIGGER "change_stays"')
            _scramble(copy, Scrambler(secrets.token_bytes(32)), report)
            _seal_anew(copy, keys.subkey("audit"), broken_at)
            copy.database.execute_sql(guard)
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


def _scramble(copy: Store, scrambler: Scrambler, report: Report) -> None:
    with copy.database.atomic("EXCLUSIVE"):
        copy.database.execute_sql('DELETE FROM "draft"')
        copy.database.execute_sql(
            'UPDATE change_row SET "before" = NULL, "after" = NULL, erased = 1 WHERE erased = 0'
        )
        changes = copy.sql('SELECT label, user, id FROM "change"')
        copy.write_many(
            'UPDATE "change" SET label = ?, user = ?, label_erased = 1 WHERE id = ?',
            [
                (scrambler.text(label), scrambler.text(user), number)
                for label, user, number in changes
            ],
        )
        for number, (table, model) in enumerate(RECORDS.items()):
            report(number, len(RECORDS), f"打乱{model.title}")
            if table not in _AS_IT_IS:
                _scramble_table(copy, table, model, scrambler)


def _scramble_table(copy: Store, table: str, model: type[Record], scrambler: Scrambler) -> None:
    fields = [one for one in model.declarations() if one.kind.name in _SCRAMBLED_KINDS]
    if not fields:
        return
    columns = ",".join(f'"{one.name}"' for one in fields)
    rows = copy.sql(f'SELECT {columns}, id FROM "{table}"')  # noqa: S608 - declared names
    if table == "setting":
        rows = [row for row in rows if row[0] != _PATTERNS]
    settings = ",".join(f'"{one.name}" = ?' for one in fields)
    copy.write_many(
        f'UPDATE "{table}" SET {settings} WHERE id = ?',  # noqa: S608 - declared names
        [
            (
                *(
                    _scrambled(scrambler, one, value)
                    for one, value in zip(fields, row, strict=False)
                ),
                row[-1],
            )
            for row in rows
        ],
    )


def _scrambled(scrambler: Scrambler, declared: FieldDeclaration, value: object) -> object:
    if not isinstance(value, str):
        return value
    is_named = declared.sensitivity != "public" and value[:1] not in ("{", "[")
    return scrambler.text(value, letters=is_named)


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
