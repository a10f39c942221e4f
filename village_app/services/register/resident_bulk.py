"""The same for many people at once: a field, a label; one change and one undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from village_app.db.records.residents import Resident
from village_app.errors import Fault, InvalidInput, Refused
from village_app.services.checking import read_values
from village_app.services.register.group_moves import note_group_move, since_when
from village_app.services.register.labels import Labels
from village_app.services.session import Service, permitted

# What can be the same for many; names and numbers never are.
FIELDS = ("group_id", "grid_id", "politics", "registration", "residence", "member", "education")


@dataclass(frozen=True, slots=True)
class BulkDone:
    """How many people were changed, and how many were so already."""

    changed: int
    already: int


class ResidentBulk(Service):
    """Changes many people in one change."""

    @permitted("residents.edit")
    def correct_all(self, ids: Sequence[int], typed: Mapping[str, Any]) -> BulkDone:
        """Give the same values to many people; blanks leave what stands there.

        `day` is since when they are in another group; without it today. Refused without people,
        without a value, and for fields that cannot be the same for many.
        """
        given = {name: value for name, value in typed.items() if value not in (None, "")}
        day = since_when(given.pop("day", None), self.session.today())
        wrong = [name for name in given if name not in FIELDS]
        if wrong or not given:
            raise InvalidInput([Fault("fields", "nothing", "请至少填一项要改的。")])
        values = read_values(Resident, given, partly=True)
        people = self._people(ids)
        changed = 0
        with self.session.change(f"批量修改 {len(people)} 人", kind="bulk") as change:
            for one in people:
                before = one.version
                if "group_id" in values:
                    note_group_move(self.store, change, one, values["group_id"], day)
                changed += change.update(one, **values).version != before
        return BulkDone(changed, len(people) - changed)

    @permitted("residents.edit")
    def label_all(self, ids: Sequence[int], key: str, typed: Mapping[str, Any]) -> BulkDone:
        """Give a label to many people; who holds it in those days already is left as he is."""
        people = self._people(ids)
        labels, already = Labels(self.session), 0
        with self.session.change(f"给 {len(people)} 人加标签", kind="bulk"):
            for one in people:
                try:
                    labels.give(one, key, typed)
                except InvalidInput as error:
                    if [fault.code for fault in error.faults] != ["held"]:
                        raise
                    already += 1
        return BulkDone(len(people) - already, already)

    def _people(self, ids: Sequence[int]) -> list[Resident]:
        if not ids:
            raise Refused("nobody", "还没有选人。按住 Ctrl 点几行，或按 Ctrl+A 全选。")
        return [self.store.get(Resident, one) for one in ids]
