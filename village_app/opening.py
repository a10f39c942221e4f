"""Making a village's data and opening it: folder, keys, file, tables and account, in this order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from village_app import __version__
from village_app.db.backup import Source, make_backup
from village_app.db.engine import Store
from village_app.db.journal import Clock, Journal, SystemClock
from village_app.db.key_care import remember_database
from village_app.db.key_ring import Unlocked
from village_app.db.key_slots import Cost
from village_app.db.layout import remember_layout
from village_app.db.lockfile import FolderLock
from village_app.db.migrations import migrate
from village_app.db.opening import open_database, refuse_place
from village_app.db.private_folder import PrivateFolder
from village_app.db.records.house import UserAccount
from village_app.db.shelf import LOCAL_FOLDER, list_backups
from village_app.db.vault import Vault
from village_app.errors import EnvironmentProblem, Refused
from village_app.services.session import Session, User, author_of
from village_app.village import Opened, Village

DATABASE = "village.db"
DESK = 1


@dataclass(frozen=True, slots=True)
class NewVillage:
    """What set-up asks for; everything else can be set later."""

    village: str
    town: str
    user: str
    password: str
    full_name: str = ""
    role: str = "admin+clerk"
    settings: dict[str, Any] = field(default_factory=dict)


def create_village(
    folder: Path, new: NewVillage, *, clock: Clock | None = None, cost: Cost | None = None
) -> tuple[Village, str]:
    """Make a village's data in an empty folder; returns it open, and the recovery code.

    The recovery code is never shown again. Refuses a folder that holds a village already; a
    set-up that fails leaves nothing behind.
    """
    folder.mkdir(parents=True, exist_ok=True)
    refuse_place(folder)
    if (folder / DATABASE).exists():
        raise Refused(
            "village_exists", "这个文件夹里已经有一个村的数据。请直接登录，或另选文件夹。"
        )
    before = set(folder.iterdir())
    lock = FolderLock.take(folder, new.user)
    try:
        village, code = _create(folder, new, lock, clock or SystemClock(), cost)
    except BaseException:
        lock.release()
        _remove_new(folder, before)
        raise
    return village, code


def _create(
    folder: Path, new: NewVillage, lock: FolderLock, clock: Clock, cost: Cost | None
) -> tuple[Village, str]:
    village_id = uuid4().hex
    vault = Vault.create(folder, village_id, cost=cost)
    vault.add_user(new.user, new.password, new.role, village_name=new.village)
    code = vault.new_recovery_code()
    vault.unlock(new.user, new.password)
    user = User(new.user, new.full_name or new.user, new.role)
    village = _assemble(folder, vault, lock, user, clock, create=True)
    with village.change("新建村庄", kind="final", undoable=False) as change:
        village.store.database.execute_sql(
            "INSERT INTO identity (key, value) VALUES ('village', ?)", (village_id,)
        )
        change.insert(
            UserAccount(name=user.name, full_name=user.full_name, role=user.role, is_active=True)
        )
        named = {"village": new.village, "town": new.town, "short": short_name(new.village)}
        village.settings.set_up(change, {**named, **new.settings})
        village.rules.bring_shipped()
        village.accounts.bring_shipped(change)
        village.catalogue.bring_shipped(change)
        village.bodies.bring_shipped(change)
    return village, code


def open_village(
    folder: Path,
    user: str,
    password: str,
    *,
    clock: Clock | None = None,
    before_migration: Callable[[Store], None] | None = None,
) -> Village:
    """Open a village's data: lock the folder, ask the vault, check the file, migrate if older.

    Refuses wrong passwords, another program in the same folder, a damaged, empty, foreign or
    newer file, each in a sentence; nothing is changed then.
    """
    refuse_place(folder)
    vault = Vault.load(folder)
    lock = FolderLock.take(folder, user)
    try:
        unlocked = vault.unlock(user, password)
        role = unlocked.role
        signed_in = User(unlocked.user, unlocked.user, role)
        village = _assemble(
            folder,
            vault,
            lock,
            signed_in,
            clock or SystemClock(),
            before_migration=before_migration,
        )
    except BaseException:
        lock.release()
        raise
    take_account(village)
    village.rules.bring_shipped()  # what a newer program brought; the village's own stay
    village.backups.own_up_to_restore()
    village.privacy.finish_clearing()
    return village


def _assemble(
    folder: Path,
    vault: Vault,
    lock: FolderLock,
    user: User,
    clock: Clock,
    *,
    create: bool = False,
    before_migration: Callable[[Store], None] | None = None,
) -> Village:
    path = folder / DATABASE
    if not create and not path.exists():
        raise EnvironmentProblem(
            "no_database", "钥匙在，数据文件不在。请从备份恢复，或检查文件夹是否完整。"
        )
    store = Store(path, _new_key(vault), create=True) if create else open_database(vault, path)
    try:
        if not create:
            check_identity(store, vault)
        unlocked = vault.unlocked
        assert unlocked is not None  # a finished rotation gives other keys than those before
        backup = before_migration or partial(_backup_before_migration, unlocked)
        migrate(store, before_first=partial(backup, store))
        remember_layout(store)
        journal = Journal(store, unlocked.subkey("audit"), author_of(user, DESK), clock)
        private = PrivateFolder(folder)
        private_path = private.open()
        private.serve_libraries()
        remember_database(vault, path)
        session = Session(
            folder=folder,
            store=store,
            journal=journal,
            user=user,
            clock=clock,
            vault=vault,
            private=private_path,
        )
        return Village(session, Opened(vault, store, lock, private))
    except BaseException:
        store.close()
        raise


def _new_key(vault: Vault) -> bytes:
    assert vault.unlocked is not None  # set-up has just made the keys
    return vault.unlocked.dek


def _backup_before_migration(keys: Unlocked, store: Store) -> None:
    """Keep what an older program wrote before this one changes its tables (BS-01)."""
    folder = store.path.parent
    shelf = folder / LOCAL_FOLDER
    shelf.mkdir(exist_ok=True)
    last = next(iter(list_backups(shelf).backups), None)
    source = Source(folder, keys, last.manifest.village_name if last else "", __version__)
    make_backup(source, shelf, "升级程序前", now=SystemClock().now())


def check_identity(store: Store, vault: Vault) -> None:
    """Refuse a file that opens but is empty or another village's."""
    if store.schema_version == 0:
        raise EnvironmentProblem("empty_file", "数据文件是空的。请从备份恢复，原来的文件没有动。")
    village_id = store.scalar("SELECT value FROM identity WHERE key = 'village'")
    if village_id != vault.contents.village_id:
        raise EnvironmentProblem(
            "foreign_file", "这里的数据文件和钥匙文件不是同一个村的，没有打开。请从备份恢复。"
        )


def take_account(village: Village) -> None:
    """Complete the signed-in user from the account record; the role is what the vault seals."""
    account = village.store.select(UserAccount).where(UserAccount.name == village.user.name).first()
    if account is not None:
        village.session.user = User(village.user.name, account.full_name, village.user.role)


def short_name(village: str) -> str:
    """Shorten a village's name as its public numbers do: 隔坑村 → 隔村."""
    return village if len(village) < 3 else village[0] + village[-1]


def _remove_new(folder: Path, before: set[Path]) -> None:
    for path in set(folder.iterdir()) - before:
        if path.is_file():
            path.unlink()
