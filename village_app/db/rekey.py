"""Give the database the next data key (after a colleague has left, or a suspected leak)."""

from __future__ import annotations

from pathlib import Path

from village_app.db.checks import check_database
from village_app.db.cipher_file import opened, settle
from village_app.db.key_care import why_not_opened
from village_app.db.key_ring import Unlocked
from village_app.db.key_rotation import KeyRotation
from village_app.errors import EnvironmentProblem


def change_database_key(vault: KeyRotation, database: Path) -> Unlocked:
    """Change the data key of a closed database; safe to call again after a cut (A12).

    The key file holds both keys first; then the database is written anew under the pending one in
    a single transaction; when it is proved, the key file keeps the new one as the one in use and
    the old one locked, for old backups. Needs the keys in hand and nobody else using the file.
    """
    pending = vault.begin_rotation()
    unlocked = vault.unlocked
    assert unlocked is not None
    if key_in_use(vault, unlocked, database) != pending:
        with opened(database, unlocked.dek, read_only=False, doing="更换密钥") as connection:
            connection.execute(f"PRAGMA rekey = \"x'{pending.hex()}'\"")
    findings = check_database(database, pending)
    if any(finding.code not in {"torn_free_page", "broken_link"} for finding in findings):
        raise EnvironmentProblem(
            "rekey_unproved",
            "更换密钥后检查没有通过。请不要删除任何文件，从最近的备份恢复。",
            findings=findings,
        )
    return vault.finish_rotation()


def key_in_use(vault: KeyRotation, unlocked: Unlocked, database: Path) -> bytes:
    """Say which key opens the database: the one in use, or the pending one after a cut.

    Raises the `EnvironmentProblem` of `why_not_opened` when neither does.
    """
    candidates = [unlocked.dek]
    if unlocked.pending is not None:
        candidates.append(unlocked.keys[unlocked.pending])
    for key in candidates:
        try:
            if settle(database, key):
                with opened(database, key):
                    return key
        except EnvironmentProblem as problem:
            if problem.code != "damaged":
                raise
    raise why_not_opened(vault, database)
