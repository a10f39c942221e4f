"""The moment a village's database is opened: what was left half done is finished, damage named."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from village_app.db.attachment_files import sweep_unfinished
from village_app.db.checks import check_database
from village_app.db.engine import Store
from village_app.db.files import sweep_leftovers
from village_app.db.key_care import why_not_opened
from village_app.db.key_rotation import KeyRotation
from village_app.db.places import look_at, refuse_remote
from village_app.db.rekey import change_database_key
from village_app.db.shelf import LOCAL_FOLDER
from village_app.errors import EnvironmentProblem, Refused

# Read from end to end at every opening (5,000 residents, 5 MB: 25 ms); a larger file is read by
# every backup instead, which is made by the hour.
_READ_WHOLE = 16 * 2**20


def refuse_place(folder: Path) -> None:
    """Refuse a folder in which records cannot live: gone, or on a network drive (C06)."""
    refuse_remote(look_at(folder))


def open_database(vault: KeyRotation, database: Path) -> Store:
    """Open the database with the keys in hand; needs the folder's lock.

    What a cut left is swept away and a change of keys that was begun is finished first (A12).
    Raises the `EnvironmentProblem` of `why_not_opened` where the password was right (D02), also
    for damage in the middle of the file, before anything more is written into it (D01).
    """
    if vault.unlocked is None:
        raise Refused("locked", "现在是锁定状态。请先登录，再做这一步。")
    for place in (database.parent, database.parent / LOCAL_FOLDER):
        sweep_leftovers(place, remove_tree=partial(shutil.rmtree, ignore_errors=True))
        sweep_unfinished(place)
    unlocked = change_database_key(vault, database) if vault.is_rotating else vault.unlocked
    try:
        store = Store(database, unlocked.dek)
    except EnvironmentProblem as problem:
        if problem.code != "damaged":
            raise
        raise why_not_opened(vault, database) from problem
    if database.stat().st_size <= _READ_WHOLE and check_database(
        database, unlocked.dek, thorough=False
    ):
        store.close()
        raise why_not_opened(vault, database)
    return store
