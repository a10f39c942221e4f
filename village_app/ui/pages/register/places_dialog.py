"""小组和网格: the tree of places; renamed once, new in every list, filter and print of today."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.db.records.residents import PLACE_KINDS, Place
from village_app.domain.kinds import COUNT, TEXT, Choice, FieldDeclaration
from village_app.errors import InvalidInput, Refused
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("name", "名称", TEXT, width=240, stretch=True, sortable=False),
    ColumnSpec("kind", "类别", TEXT, width=100, sortable=False),
    ColumnSpec("people", "人数", COUNT, width=80, sortable=False),
)
_NAME = FieldDeclaration("name", "名称", TEXT, required=True)
# px at 100 %: the rows, and what stands round them in the sheet.
_ROWS_HIGH, _ROUND_IT = 330, 360


class PlacesDialog(Sheeted):
    """Shows the tree and renames, adds and takes away its places."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        super().__init__("小组和网格", None, owner.window())
        self._desk = desk
        self.dialog: FormDialog | None = None
        words = "改一次名，所有的名单、筛选和今天打印的都跟着变；已经张贴的公示还是老名字。"
        self.body.addWidget(Text(words, "small", "ink2", wrap=True))
        self.source = ShortList(COLUMNS)
        self.table = RecordTable(self.source, name="places", measure="处")
        room = owner.window().height() - theme().px(_ROUND_IT)
        self.table.setMinimumHeight(min(theme().px(_ROWS_HIGH), max(theme().px(140), room)))
        self.table.opened.connect(lambda _key: self.rename())
        self.body.addWidget(self.table, 1)
        row = QHBoxLayout()
        for button in (
            Button("改名", key="F2", kind="primary", press=self.rename),
            Button("加村民小组", press=self.add_group),
            Button("加下一级", press=self.add_below),
            Button("删除", press=self.remove),
        ):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(Button("好了", key="Esc", press=self.accept))
        self.body.addLayout(row)
        self.refusal = Text("", "body", "red", wrap=True)
        self.refusal.hide()
        self.body.addWidget(self.refusal)
        self.refresh()

    def refresh(self) -> None:
        """Show the tree as it is."""
        lines = self._desk.village.places.tree()
        self.source.set_rows(
            ListRow(
                one.place.id,
                {
                    "name": "　" * one.depth + one.place.name,
                    "kind": PLACE_KINDS.show(one.place.kind),
                    "people": one.people or None,
                },
            )
            for one in lines
        )
        self.table.refresh()
        if self.table.current_key() is None:
            self.table.choose_first()

    def rename(self) -> None:
        """Rename the chosen place."""
        place = self._chosen()
        if place is None:
            return

        def save(typed: Typed) -> None:
            self._desk.village.places.rename(place.id, typed["name"])
            self._desk.say(f"{place.name} 已改名为 {typed['name'].strip()}", self._desk.undo)

        self._ask(f"{place.name} 改名", [_NAME], save, {"name": place.name})

    def add_group(self) -> None:
        """Add a villagers' group."""

        def save(typed: Typed) -> None:
            self._desk.village.places.add(typed["name"])
            self._desk.say(f"已加 {typed['name'].strip()}", self._desk.undo)

        self._ask("加村民小组", [_NAME], save, {})

    def add_below(self) -> None:
        """Add a grid, building or door below the chosen place."""
        place = self._chosen()
        if place is None:
            return
        codes = [one.code for one in PLACE_KINDS.options]
        lower = PLACE_KINDS.options[codes.index(place.kind) + 1 :]
        if not lower:
            self._refuse(f"{place.name}下面不能再分了。")
            return
        kinds = Choice(lower)

        def save(typed: Typed) -> None:
            kind = kinds.parse(typed["kind"]) or ""
            self._desk.village.places.add(typed["name"], kind, place.id)
            self._desk.say(f"{place.name} 下已加 {typed['name'].strip()}", self._desk.undo)

        fields = [FieldDeclaration("kind", "类别", kinds, required=True), _NAME]
        self._ask(f"{place.name} 下面加一级", fields, save, {"kind": lower[0].code})

    def remove(self) -> None:
        """Take away a place that nothing uses."""
        place = self._chosen()
        if place is None:
            return
        self.refusal.hide()
        try:
            self._desk.village.places.remove(place.id)
        except (InvalidInput, Refused) as refusal:
            self._refuse(refusal.message)
            return
        self._desk.say(f"已删除 {place.name}", self._desk.undo)
        self.refresh()

    def _chosen(self) -> Place | None:
        key = self.table.current_key()
        return None if key is None else self._desk.village.store.find(Place, key)

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.show()

    def _ask(
        self,
        title: str,
        fields: list[FieldDeclaration],
        save: Callable[[Typed], None],
        values: dict[str, str],
    ) -> None:
        self.refusal.hide()
        dialog = FormDialog(title, fields, save, self, values=values)
        dialog.accepted.connect(self.refresh)
        self.dialog = dialog
        dialog.open()
