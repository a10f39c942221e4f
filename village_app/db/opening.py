"""The moment a village's database is opened: what was left half done is finished, damage named."""

from __future__ import annotations

from pathlib import Path

from village_app.db.engine import Store
from village_app.db.files import sweep_leftovers
from village_app.db.key_care import why_not_opened
from village_app.db.key_rotation import KeyRotation
from village_app.db.places import look_at, refuse_remote
from village_app.db.rekey import change_database_key
from village_app.errors import EnvironmentProblem, Refused


def refuse_place(folder: Path) -> None:
    """Refuse a folder in which records cannot live: gone, or on a network drive (C06)."""
    refuse_remote(look_at(folder))


def open_database(vault: KeyRotation, database: Path) -> Store:
    """Open the database with the keys in hand; needs the folder's lock.

    What a cut left is swept away and a change of keys that was begun is finished first (A12).
    Raises the `EnvironmentProblem` of `why_not_opened` where the password was right (D02).
    """
    if vault.unlocked is None:
        raise Refused("locked", "现在是锁定状态。请先登录，再做这一步。")
    sweep_leftovers(database.parent)
    unlocked = change_database_key(vault, database) if vault.is_rotating else vault.unlocked
    try:
        return Store(database, unlocked.dek)
    except EnvironmentProblem as problem:
        if problem.code != "damaged":
            raise
        raise why_not_opened(vault, database) from problem
