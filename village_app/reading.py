"""Opening a village that another program has open, to read and nothing else (BS-07)."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

from village_app.db.engine import Store
from village_app.db.journal import Clock, Journal, SystemClock
from village_app.db.migrations import MIGRATIONS
from village_app.db.opening import refuse_place
from village_app.db.private_folder import PrivateFolder
from village_app.db.vault import Vault
from village_app.errors import Refused
from village_app.opening import DATABASE, DESK, check_identity, take_account
from village_app.services.session import Session, User, author_of
from village_app.village import Opened, Village


def read_village(folder: Path, user: str, password: str, *, clock: Clock | None = None) -> Village:
    """Open without the folder's lock; nothing is written, not even who looked.

    Refused while the other side changes keys, and where this program is of another version than
    the tables.
    """
    refuse_place(folder)
    vault = Vault.load(folder)
    vault.unlock(user, password)
    if vault.is_rotating:
        raise Refused("keys_change", "那边正在更换钥匙，请过一会儿再打开。")
    assert vault.unlocked is not None  # unlocked just now
    store = Store(folder / DATABASE, vault.unlocked.dek, read_only=True)
    try:
        _refuse_other_version(store)
        check_identity(store, vault)
        village = Village(*_session(folder, store, vault, clock or SystemClock()))
    except BaseException:
        store.close()
        raise
    take_account(village)
    return village


class _PassingFolder(PrivateFolder):
    """A folder for passing things of one who only reads: the other program has the village's."""

    def __init__(self) -> None:
        super().__init__(Path(mkdtemp(prefix="gongzhitong-")))

    def close(self) -> None:
        super().close()
        self.path.parent.rmdir()


def _refuse_other_version(store: Store) -> None:
    if store.schema_version != len(MIGRATIONS):
        raise Refused("other_version", "数据和这个程序的版本不同，只有打开它的那边能看。")


def _session(folder: Path, store: Store, vault: Vault, clock: Clock) -> tuple[Session, Opened]:
    unlocked = vault.unlocked
    assert unlocked is not None  # the caller unlocked it
    user = User(unlocked.user, unlocked.user, unlocked.role)
    journal = Journal(store, unlocked.subkey("audit"), author_of(user, DESK), clock)
    private = _PassingFolder()
    session = Session(
        folder=folder,
        store=store,
        journal=journal,
        user=user,
        clock=clock,
        vault=vault,
        private=private.open(),
    )
    return session, Opened(vault, store, None, private)
