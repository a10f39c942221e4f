"""What can be done with many chosen people at once; one undo takes it back for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from village_app.db.records.residents import Resident
from village_app.domain.kinds import DAY, TEXT, Choice, FieldDeclaration, Option
from village_app.services.register.resident_bulk import FIELDS, BulkDone
from village_app.ui.page import Desk, Page
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.register.merge_person import MergePersonDialog
from village_app.ui.pages.register.register_references import place_field
from village_app.ui.pages.wishes import Wish

_PLACES = {"group_id": "group", "grid_id": "grid"}
_TWO = 2


class ManyResidents:
    """The forms for many people."""

    def __init__(self, desk: Desk, owner: Page) -> None:
        self._desk = desk
        self._owner = owner
        self.dialog: FormDialog | MergePersonDialog | None = None

    def wishes(self, keys: Sequence[int]) -> list[Wish]:
        """List what can be done with many."""
        wishes = [
            Wish("都加一个职务或标签", lambda: self.label(keys)),
            Wish("都改成一样的小组、状态等", lambda: self.correct(keys)),
        ]
        if len(keys) == _TWO:
            wishes.append(Wish("这两条合并成一人", lambda: self._merge(*keys)))
        return wishes

    def label(self, keys: Sequence[int]) -> None:
        """Give all of them a label or a seat from a day on."""
        village = self._desk.village
        offered = Choice(tuple(Option(one.key, one.word) for one in village.labels.kinds()))
        fields = [
            FieldDeclaration("key", "职务或标签", offered, required=True),
            FieldDeclaration("from_day", "从", DAY, required=True),
            FieldDeclaration("to_day", "到", DAY, hint="空着就是一直有效"),
            FieldDeclaration("note", "说明", TEXT),
        ]

        def save(typed: Typed) -> None:
            given = {name: text for name, text in typed.items() if name != "key"}
            key = offered.parse(typed["key"]) or ""
            self._say("加标签", village.resident_bulk.label_all(keys, key, given))

        values = {"from_day": village.session.today()}
        self._open(f"给 {len(keys)} 人加职务或标签", fields, save, values)

    def correct(self, keys: Sequence[int]) -> None:
        """Give all of them the same group, residence and the like; blanks leave what stands."""
        village = self._desk.village
        fields = [self._field(name) for name in FIELDS]
        since = FieldDeclaration(
            "day", "换小组从", DAY, hint="只在改小组时管用，早些日子的人数不变"
        )
        fields.insert(1, since)

        def save(typed: Typed) -> None:
            given = {one.name: one.kind.parse(typed[one.name]) for one in fields if typed[one.name]}
            self._say("修改", village.resident_bulk.correct_all(keys, given))

        values = {"day": village.session.today()}
        self._open(f"一起修改 {len(keys)} 人，空着的不动", fields, save, values)

    def _merge(self, first: int, second: int) -> None:
        residents = self._desk.village.residents
        people = residents.get(first), residents.get(second)
        self.dialog = MergePersonDialog(self._desk, people[0], self._owner, people[1])
        self.dialog.open()

    def _field(self, name: str) -> FieldDeclaration:
        declared = Resident.declaration(name)
        kind = _PLACES.get(name)
        return declared if kind is None else place_field(self._desk.village, declared, kind)

    def _say(self, what: str, done: BulkDone) -> None:
        already = f"，{done.already} 人本来就是" if done.already else ""
        self._desk.say(f"已给 {done.changed} 人{what}{already}", self._desk.undo)

    def _open(
        self, title: str, fields: list[FieldDeclaration], save: Any, values: dict[str, Any]
    ) -> None:
        dialog = FormDialog(title, fields, save, self._owner.window(), values=values)
        self.dialog = dialog
        dialog.open()
