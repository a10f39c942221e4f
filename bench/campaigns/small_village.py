"""A small village's folder with keys that are cheap to open, for work on whole folders."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bench.journal import people
from village_app.db.attachments import AttachmentStore
from village_app.db.backup import Source
from village_app.db.cipher_file import opened
from village_app.db.engine import Store
from village_app.db.journal import Author, Journal, SystemClock
from village_app.db.key_care import remember_database
from village_app.db.key_ring import Unlocked
from village_app.db.key_slots import Cost
from village_app.db.login_delay import FILE_NAME as DELAY
from village_app.db.manifest import DATABASE
from village_app.db.migrations import migrate
from village_app.db.records.residents import Resident
from village_app.db.vault import Vault
from village_app.errors import Refused

CHEAP = Cost(passes=1, memory_kib=64)
CLERK, PASSWORD = "刘会计", "苹果 火车 月亮 桌子"
DIRECTOR = "何主任"
NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


def new_village(folder: Path, residents: int) -> Vault:
    """Make a village with two users, so many residents and two attachments; keys in hand."""
    folder.mkdir(parents=True, exist_ok=True)
    vault = Vault.create(folder, "441900", cost=CHEAP)
    vault.add_user(CLERK, PASSWORD, "clerk")
    vault.add_user(DIRECTOR, password_of(0), "admin")
    store = Store(folder / DATABASE, keys_of(vault).dek, create=True)
    migrate(store)
    store.close()
    remember_database(vault, folder / DATABASE)
    bring(folder, keys_of(vault), residents)
    for number in range(2):
        scan = folder / "scan.pdf"
        scan.write_bytes(b"%PDF-" + bytes([number]) * 20_000)
        AttachmentStore(folder, keys_of(vault)).add(scan, "扫描件.pdf")
        scan.unlink()
    return vault


def bring(folder: Path, keys: Unlocked, residents: int) -> None:
    """Bring more residents in, in one change."""
    store = Store(folder / DATABASE, keys.dek)
    journal = Journal(store, keys.subkey("audit"), Author(CLERK), SystemClock())
    with journal.change("导入", kind="import") as change:
        change.insert_rows(Resident, people(residents))
    store.close()


def keys_of(vault: Vault) -> Unlocked:
    assert vault.unlocked is not None
    return vault.unlocked


def source_of(vault: Vault) -> Source:
    return Source(vault.folder, keys_of(vault), "隔岭村", "1.0.0")


def logged_in(folder: Path) -> Vault:
    """Open the vault with the clerk's password, as after a start."""
    (folder / DELAY).unlink(missing_ok=True)
    vault = Vault.load(folder)
    vault.unlock(CLERK, PASSWORD)
    return vault


def password_of(number: int) -> str:
    """Give the director's password after so many changes."""
    return f"第 {number} 次换的口令很长"


def passwords_that_open(folder: Path, numbers: range) -> list[int]:
    """Say which of the director's passwords open the vault."""
    found = []
    for number in numbers:
        (folder / DELAY).unlink(missing_ok=True)
        with suppress(Refused):
            Vault.load(folder).unlock(DIRECTOR, password_of(number))
            found.append(number)
    return found


def residents_in(database: Path, key: bytes) -> int:
    with opened(database, key) as connection:
        return int(connection.execute("SELECT count(*) FROM resident").fetchone()[0])
