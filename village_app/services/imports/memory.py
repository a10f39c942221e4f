"""How the columns of earlier lists were understood, by the signature of their header (RR-13)."""

from __future__ import annotations

import json

from village_app.db.records.residents import ColumnMapping
from village_app.importing.plans.plan import Plan
from village_app.importing.tables.table_finder import Remembered
from village_app.services.session import Session


class ColumnMemory:
    """Remembers for one subject; `key` is the subject's."""

    def __init__(self, session: Session, key: str) -> None:
        self.session = session
        self.store = session.store
        self.key = key

    def all(self) -> Remembered:
        """Give what is remembered, as the search for tables takes it."""
        query = self.store.select(ColumnMapping).where(ColumnMapping.target == self.key)
        return {kept.signature: json.loads(kept.mapping) for kept in self.store.rows(query)}

    def name_of(self, signature: str) -> str:
        """Name the last file that had such a header; blank where none had."""
        kept = self._kept(signature)
        return kept.name if kept is not None else ""

    def keep(self, plan: Plan) -> None:
        """Keep how the columns were understood, for the next file with the same header."""
        for part in plan.table.parts[:1]:
            matching = part.matching
            self._keep(matching.signature, matching.remembered, plan.file.name)

    def _keep(self, signature: str, columns: dict[str, str | None], name: str) -> None:
        kept = self._kept(signature)
        mapping = json.dumps(columns, ensure_ascii=False)
        with self.session.change("记住列对应", undoable=False) as change:
            if kept is None:
                change.insert(
                    ColumnMapping(signature=signature, target=self.key, mapping=mapping, name=name)
                )
            else:
                change.update(kept, mapping=mapping, name=name)

    def _kept(self, signature: str) -> ColumnMapping | None:
        found: ColumnMapping | None = (
            self.store.select(ColumnMapping)
            .where(ColumnMapping.signature == signature, ColumnMapping.target == self.key)
            .first()
        )
        return found
