"""What trust costs: a proved backup, and a check of the whole journal, against their floors."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from shutil import rmtree

from bench.campaigns.small_village import keys_of, new_village, source_of
from bench.registry import Measured, alternate, ratio
from village_app.db import chain
from village_app.db.backup import make_backup
from village_app.db.cipher_file import opened
from village_app.db.engine import Store
from village_app.db.manifest import DATABASE
from village_app.db.vault import Vault

RESIDENTS = 10_000
NOW = datetime(2026, 4, 10, tzinfo=UTC)


@contextmanager
def village_of(residents: int) -> Iterator[Vault]:
    with tempfile.TemporaryDirectory() as place:
        yield new_village(Path(place) / "village", residents)


@ratio("backup-proved", unit="s")
def backup_proved() -> Measured:
    """A backup with all its proofs, against VACUUM INTO and both integrity checks of the copy."""
    with village_of(RESIDENTS) as vault, tempfile.TemporaryDirectory() as place:
        numbers, source, key = count(), source_of(vault), keys_of(vault).dek

        def ours() -> None:
            target = Path(place) / f"ours-{next(numbers)}"
            target.mkdir()
            make_backup(source, target, "量一量", now=NOW)
            rmtree(target)

        def other() -> None:
            copy = Path(place) / f"other-{next(numbers)}.db"
            with opened(vault.folder / DATABASE, key) as connection:
                connection.execute("VACUUM INTO ?", (str(copy),))
            with opened(copy, key) as connection:
                connection.execute("PRAGMA integrity_check").fetchall()
                connection.execute("PRAGMA cipher_integrity_check").fetchall()
            copy.unlink()

        return alternate(ours, other, rounds=5)


@ratio("journal-verified", unit="s")
def journal_verified() -> Measured:
    """The walk over the whole chain, against reading and hashing the same bytes."""
    with village_of(RESIDENTS) as vault:
        keys = keys_of(vault)
        store = Store(vault.folder / DATABASE, keys.dek)
        audit = keys.subkey("audit")

        def ours() -> None:
            found = chain.verify(store, audit)
            assert found.is_whole

        def other() -> None:
            digest = sha256()
            for line in store.database.execute_sql('SELECT "before", "after" FROM change_row'):
                digest.update("".join(text or "" for text in line).encode())

        try:
            return alternate(ours, other, rounds=5)
        finally:
            store.close()
