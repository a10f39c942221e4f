"""居民台账: the list of people, one of them beside it, and the form to enter and correct."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from village_app.db.records.residents import Resident
from village_app.domain.kinds import TEXT
from village_app.errors import InvalidInput, Refused
from village_app.services.resident_list import PeopleFilter
from village_app.ui.door import Draft
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ShortList
from village_app.ui.kit.form import RecordForm
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.pause import Pause
from village_app.ui.kit.service_list import ServiceList
from village_app.ui.kit.sheets import Facts, Scroll, Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.kit.watermark import RevealedNumbers
from village_app.ui.page import Desk, Page
from village_app.ui.theme import theme

ALL = "all"
FORM_FIELDS = (
    *("name", "sex", "id_type", "id_number", "birth", "ethnicity", "phone", "relation"),
    *(
        "address",
        "politics",
        "education",
        "marriage",
        "registration",
        "residence",
        "status",
        "note",
    ),
)


def _column(name: str, width: int, *, narrow: bool = True) -> ColumnSpec:
    declared = Resident.declaration(name)
    return ColumnSpec(name, declared.label, declared.kind, width=width, narrow=narrow)


COLUMNS = (
    _column("name", 78),
    _column("sex", 52),
    _column("birth", 104, narrow=False),
    ColumnSpec("id_number", "证件号码", TEXT, width=176),
    ColumnSpec("phone", "电话", TEXT, width=112),
    ColumnSpec("group", "村民小组", TEXT, width=84, stretch=True),
    ColumnSpec("household", "户号", TEXT, width=74, narrow=False),
)


class ResidentsPage(Page):
    """The register: find, look at one person masked, enter and correct."""

    title = "居民台账"
    topic = "residents"
    watches = ("resident", "household", "place")
    keys = (
        Key("↑ ↓", "选一人"),
        Key("Enter", "打开"),
        Key("Ctrl+N", "登记居民"),
        Key("Ctrl+S", "存"),
        Key("Ctrl+Z", "撤销"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._group: int | None = None
        self._person: Resident | None = None
        self._make_head()
        self._make_search()
        self.table = RecordTable(
            ShortList(COLUMNS), name="residents", measure="人", preferences=desk.preferences
        )
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _key: self.edit())
        self.table.add_column_choice()
        self.side = self._make_side()
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(self.table, 1)
        row.addWidget(self.side)
        self.body.addLayout(row, 1)
        self.columns = [self.search, self.table, self.side]
        self.revealed = RevealedNumbers(self)

    # Parts

    def _make_head(self) -> None:
        self.head = PageHead(
            "居民台账",
            buttons=[
                Button("登记居民", icon="plus", key="Ctrl+N", kind="primary", press=self.enter),
                Button("从表格导入", icon="in", key="Ctrl+I", press=self._go_to_import),
            ],
        )
        self.body.addWidget(self.head)

    def _make_search(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名、拼音首字母、电话或证件尾号")
        self.search.setAccessibleName("找人")
        self.search.setClearButtonEnabled(True)
        # A list of fifty thousand is asked again only when the fingers rest.
        self._pause = Pause(self, self._filter)
        self.search.textChanged.connect(self._pause.begin)
        self.search.returnPressed.connect(self._enter_list)
        self.chips = ChipRow([Chip(ALL, "全村")])
        self.chips.chosen.connect(self._choose_group)
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(self.search, 2)
        row.addWidget(self.chips, 5)
        self.body.addLayout(row)

    def _make_side(self) -> QStackedWidget:
        self.side_title = Text("", "songh2", wrap=True)
        self.facts = Facts()
        self.reveal_button = Button("看全号", icon="eye", press=self.reveal)
        self.edit_button = Button("修改", icon="pen", key="F2", press=self.edit)
        self.remove_button = Button("删除", icon="trash", kind="danger", press=self.remove)
        looking = Sheet()
        looking.add(self.side_title)
        looking.add(self.facts)
        looking.add_stretch()
        buttons = QHBoxLayout()
        for button in (self.edit_button, self.reveal_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        looking.body.addLayout(buttons)
        stack = QStackedWidget()
        stack.setFixedWidth(theme().px(430))
        stack.addWidget(looking)
        stack.addWidget(self._make_editing())
        return stack

    def _make_editing(self) -> QWidget:
        declared = [Resident.declaration(name) for name in FORM_FIELDS]
        self.form = RecordForm(declared)
        self.form.reveal_requested.connect(self._reveal_field)
        self.form_title = Text("", "songh2")
        sheet = Sheet()
        sheet.add(self.form_title)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme().px(8), 0)
        column.addWidget(self.form)
        sheet.add(Scroll(inside), 1)
        row = QHBoxLayout()
        row.addWidget(Button("存", icon="save", key="Ctrl+S", kind="primary", press=self.save))
        row.addWidget(Button("不改了", key="Esc", press=self.stop_editing))
        row.addStretch(1)
        sheet.body.addLayout(row)
        return sheet

    # Data

    def refresh(self) -> None:
        places = self.desk.village.places
        groups = places.groups()
        self.chips.set_chips(
            [Chip(ALL, "全村"), *(Chip(str(group.id), group.name) for group in groups)]
        )
        self.head.set_fact(f"在册 {self.desk.village.residents.count()} 人")
        self.table.refresh(self._source())
        if self.table.current_key() is None:
            self.table.choose_first()
        self._show(self.table.current_key())

    def _source(self) -> ServiceList:
        chosen = PeopleFilter(group_id=self._group, words=self.search.text())
        listing = self.desk.village.resident_list.listed(chosen)
        return ServiceList(COLUMNS, listing)

    def _filter(self) -> None:
        self.table.refresh(self._source())
        if self.table.current_key() is None:
            self.table.choose_first()

    def _enter_list(self) -> None:
        self._filter()
        self.table.focus_rows()

    def _choose_group(self, keys: tuple[str, ...]) -> None:
        self._group = None if ALL in keys or not keys else int(keys[0])
        self._filter()

    def _show(self, key: int | None) -> None:
        self.revealed.hide()
        self._person = None if key is None else self.desk.village.residents.get(key)
        person = self._person
        for button in (self.reveal_button, self.edit_button, self.remove_button):
            button.setEnabled(person is not None)
        if person is None:
            self.side_title.setText("还没有选人")
            self.facts.set_facts([])
            return
        self.side_title.setText(person.name)
        self.facts.set_facts(self.desk.village.residents.masked_facts(person))

    # Wishes

    def enter(self) -> None:
        """Begin a new person."""
        self.revealed.hide()
        self._person = None
        self.form_title.setText("登记居民")
        self.form.clear()
        self.form.set_values({"id_type": "identity_card", "status": "active"})
        self.side.setCurrentIndex(1)
        self.form.focus_first()

    def edit(self) -> None:
        """Correct the chosen person; numbers stay masked until asked for."""
        if self._person is None:
            return
        values = self._person.values()
        masked = {
            name: Resident.declaration(name).kind.mask(values[name])
            for name in ("id_number", "phone")
            if values[name]
        }
        self.form_title.setText(f"修改 {self._person.name}")
        self.form.set_values({name: values[name] for name in FORM_FIELDS}, masked)
        self.side.setCurrentIndex(1)
        self.form.focus_first()

    def save(self) -> None:
        """Save the form; faults are shown under the fields, all at once."""
        residents = self.desk.village.residents
        try:
            values = self.form.values()
            person = (
                residents.register(values)
                if self._person is None
                else residents.correct(self._person, values)
            )
        except InvalidInput as error:
            self.form.set_faults(error.faults)
            return
        word = "已登记" if self._person is None else "已改好"
        self.form.set_clean()
        self.stop_editing()
        self.open_record(person.id)
        self.desk.say(f"{word} {person.name}", self.desk.undo)

    def stop_editing(self) -> None:
        """Leave the form; the list shows again what is kept."""
        self.side.setCurrentIndex(0)
        self._show(self.table.current_key())
        self.table.focus_rows()

    def remove(self) -> None:
        """Move the person to the recycle bin; undo brings him back."""
        person = self._person
        if person is None:
            return
        try:
            self.desk.village.residents.remove(person)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已删除 {person.name}", self.desk.undo)

    def reveal(self) -> None:
        """Show the full numbers once; who looked is taken down."""
        if self._person is None:
            return
        try:
            numbers = self.desk.village.residents.reveal(self._person)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        facts = dict(self.desk.village.residents.masked_facts(self._person))
        for name, text in numbers.items():
            label = Resident.declaration(name).label
            if label in facts:
                facts[label] = text
        self.facts.set_facts(facts.items())
        self.revealed.show(numbers.values(), self.desk.village.session.stamp())

    def _reveal_field(self, name: str) -> None:
        if self._person is None:
            return
        try:
            self.desk.village.residents.reveal(self._person, "修改")
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.form.reveal(name, getattr(self._person, name))
        self.revealed.show(
            [str(getattr(self._person, name) or "")], self.desk.village.session.stamp()
        )

    def _go_to_import(self) -> None:
        self.desk.go("import", None)

    # The page

    def open_record(self, record: int) -> None:
        self.refresh()
        if not self.table.choose(record):
            self.search.clear()
            self._group = None
            self.table.refresh(self._source())
            self.table.choose(record)
        self.table.focus_rows()

    def first_focus(self) -> QWidget:
        return self.search

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.form.set_narrow(narrow)
        self.side.setFixedWidth(theme().px(330 if narrow else 430))

    def draft(self) -> Draft | None:
        return dict(self.form.draft()) if self.form.dirty else None

    def restore_draft(self, draft: Draft) -> None:
        self.enter()
        self.form.restore_draft({name: str(text) for name, text in draft.items()})
