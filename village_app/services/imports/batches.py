"""The imports so far: the file of each, and the change that wrote it."""

from __future__ import annotations

from collections.abc import Callable

from village_app.db.records.residents import ImportBatch
from village_app.errors import Refused
from village_app.importing.plans.plan import EarlierImport
from village_app.services.session import Session


def earlier_imports(
    session: Session, key: str, said: Callable[[ImportBatch], str]
) -> dict[str, EarlierImport]:
    """Give a subject's imports that still stand, by the SHA-256 of their file (RR-24)."""
    store = session.store
    query = store.select(ImportBatch).where(ImportBatch.target == key, ImportBatch.state == "done")
    return {
        batch.fingerprint: EarlierImport(batch.at, batch.file_name, said(batch))
        for batch in store.rows(query)
    }


def change_of(session: Session, batch: ImportBatch) -> int:
    """Give the number of the change that wrote an import."""
    number = session.store.scalar(
        "SELECT change_id FROM change_row WHERE table_name = 'import_batch' AND record_id = ? "
        'AND "before" IS NULL',
        (batch.id,),
    )
    if number is None:
        raise Refused("no_change", "找不到这次导入的修改记录。")
    return int(number)
