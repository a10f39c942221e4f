"""自设项目: the fields that the village added to its people."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from village_app.db.records.upkeep import OwnField
from village_app.domain.kinds import TEXT, FieldDeclaration
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk, Page
from village_app.ui.pages.form_dialog import FormDialog, Save, Typed
from village_app.ui.pages.wishes import Wish, bind

_COLUMNS = (
    ColumnSpec("name", "项目名称", TEXT, width=260),
    ColumnSpec("kind", "填什么", OwnField.declaration("kind").kind, width=140),
    ColumnSpec("choices", "可选的几项", TEXT, stretch=True),
)


def own_field_form() -> tuple[FieldDeclaration, ...]:
    """Give what is asked for a field of the village's own."""
    return tuple(OwnField.declaration(name) for name in ("name", "kind", "choices"))


class OwnFieldsPage(Page):
    """The list of own fields; added, renamed, ended."""

    title = "自设项目"
    topic = "own-fields"
    watches = ("own_field",)
    keys = (
        Key("Ctrl+N", "新加一项"),
        Key("Enter", "修改"),
        Key("Delete", "停用"),
        Key("Esc", "回居民台账"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.head = PageHead(
            self.title,
            buttons=[
                Button("新加一项", icon="plus", key="Ctrl+N", kind="primary", press=self.add),
                Button("停用", key="Delete", bind=False, press=self.end),
                Button("回居民台账", icon="left", key="Esc", bind=False, press=self._leave),
            ],
        )
        self.table = RecordTable(
            ShortList(_COLUMNS),
            name="own-fields",
            title=self.title,
            measure="项",
            preferences=desk.preferences,
        )
        self.table.opened.connect(lambda _key: self.edit())
        self.table.set_empty(
            EmptyState(
                "还没有自设项目",
                "村里要多记一样东西（宅基地证号、承包地亩数），在这里加一项，"
                "登记、查找、导入、导出里就都有了。",
                buttons=[Button("新加一项", icon="plus", big=True, press=self.add)],
            )
        )
        self.body.addWidget(self.head)
        self.body.addWidget(
            Banner(
                "info",
                "登记、导入、导出和名单的选列里都有。找人时打项目名，或“宅基地证号：0312”。",
            )
        )
        self.body.addWidget(self.table, 1)
        # A narrow window hides these two buttons; their keys go on.
        bind((Wish("停用", self.end, "Delete"), Wish("回居民台账", self._leave, "Esc")), self)

    def refresh(self) -> None:
        rows = [
            ListRow(one.id, {"name": one.name, "kind": one.kind, "choices": one.choices})
            for one in self.desk.village.own_fields.listed()
        ]
        self.table.refresh(ShortList(_COLUMNS, rows))
        if self.table.current_key() is None:
            self.table.choose_first()

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)

    def first_focus(self) -> QWidget:
        return self.table.view

    def add(self) -> None:
        """Add a field."""

        def save(typed: Typed) -> None:
            made = self.desk.village.own_fields.add(typed)
            self.desk.say(f"已加上“{made.name}”，登记、查找、导入、导出里都有了", self.desk.undo)

        self._open("新加一项", save, {"kind": "text"})

    def edit(self) -> None:
        """Rename the chosen field or change its choices."""
        field = self._field()
        if field is None:
            return

        def save(typed: Typed) -> None:
            self.desk.village.own_fields.correct(field, typed)
            self.desk.say("已改好", self.desk.undo)

        values = {name: getattr(field, name) for name in ("name", "kind", "choices")}
        self._open(f"修改“{field.name}”", save, values)

    def end(self) -> None:
        """Take the chosen field out of use; what was written in it stays."""
        field = self._field()
        if field is not None:
            self.desk.village.own_fields.end(field)
            self.desk.say(f"已停用“{field.name}”，填过的都还留着", self.desk.undo)

    def _open(self, title: str, save: Save, values: dict[str, object]) -> None:
        dialog = FormDialog(title, own_field_form(), save, self.window(), values=values)
        dialog.open()

    def _field(self) -> OwnField | None:
        key = self.table.current_key()
        fields = {one.id: one for one in self.desk.village.own_fields.listed()}
        return fields.get(key) if key is not None else None

    def _leave(self) -> None:
        self.desk.go("residents", None)
