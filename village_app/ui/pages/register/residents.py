"""居民台账: the list of people, one of them beside it, the form, and all that is kept of one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from village_app.db.records.residents import Resident
from village_app.domain.kinds import TEXT
from village_app.ui.asking import Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.service_list import ServiceList
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.watermark import RevealedNumbers
from village_app.ui.page import Desk
from village_app.ui.pages.register.dossier_view import KEYS, DossierView
from village_app.ui.pages.register.resident_detail import ResidentDetail
from village_app.ui.pages.register.resident_filters import ResidentFilters
from village_app.ui.pages.register.resident_many import ManyResidents
from village_app.ui.pages.register.resident_moves import ResidentMoves
from village_app.ui.pages.register.resident_writing import ResidentWriting
from village_app.ui.pages.register.roster_dialog import RosterDialog
from village_app.ui.theme import theme


def _column(name: str, width: int, *, narrow: bool = True, shown: bool = True) -> ColumnSpec:
    declared = Resident.declaration(name)
    return ColumnSpec(name, declared.label, declared.kind, width=width, narrow=narrow, shown=shown)


COLUMNS = (
    _column("name", 70),
    _column("sex", 44),
    _column("birth", 103, narrow=False),
    ColumnSpec("id_number", "证件号码", TEXT, width=160),
    ColumnSpec("phone", "电话", TEXT, width=110),
    ColumnSpec("group", "村民小组", TEXT, width=74),
    ColumnSpec("household", "户号", TEXT, width=74, stretch=True, narrow=False),
    _column("relation", 96, shown=False),
    _column("address", 160, shown=False),
    _column("politics", 90, shown=False),
    _column("education", 84, shown=False),
    _column("residence", 78, shown=False),
    _column("status", 70, shown=False),
)


class ResidentsPage(ResidentWriting):
    """The register: find, look at one person masked, enter and correct, all about one."""

    title = "居民台账"
    topic = "residents"
    watches = (
        *("resident", "household", "place", "life_event", "resident_label", "membership"),
        "attachment",
    )
    keys = (
        Key("↑ ↓", "选一人"),
        Key("Enter", "往来"),
        Key("F2", "修改"),
        Key("Ctrl+M", "更多"),
        Key("Ctrl+N", "登记居民"),
        Key("Ctrl+P", "名册"),
        Key("Ctrl+Z", "撤销"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._person: Resident | None = None
        self.roster: RosterDialog | None = None
        self.moves = ResidentMoves(desk, self)
        self.many = ManyResidents(desk, self)
        self.revealed = RevealedNumbers(self)
        self.whole = QStackedWidget()
        self.whole.addWidget(self._make_list())
        self.dossier = DossierView(desk, self.close_dossier)
        self.whole.addWidget(self.dossier)
        self.body.addWidget(self.whole, 1)
        self.columns = [self.search, self.table, self.side]

    # Parts

    def _make_list(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        self.head = PageHead(
            "居民台账",
            buttons=[
                Button("登记居民", icon="plus", key="Ctrl+N", kind="primary", press=self.enter),
                Button("名册", icon="printer", key="Ctrl+P", press=self.take_out),
                Button("从表格导入", icon="in", key="Ctrl+I", press=self._go_to_import),
            ],
        )
        column.addWidget(self.head)
        self.filters = ResidentFilters(self.desk)
        self.search = self.filters.search
        self.filters.changed.connect(self._filter)
        self.filters.day_changed.connect(self.refresh)
        self.filters.entered.connect(self._enter_list)
        column.addWidget(self.filters)
        self._make_table()
        self._make_side()
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(self.table, 1)
        row.addWidget(self.side)
        column.addLayout(row, 1)
        return inside

    def _make_table(self) -> None:
        self.table = RecordTable(
            ShortList(COLUMNS),
            name="residents",
            measure="人",
            many=True,
            preferences=self.desk.preferences,
        )
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _key: self.open_dossier())
        self.table.add_link(lambda _count: self.filters.order_words(), self.filters.choose_order)
        self.table.add_column_choice()
        self.nobody = QStackedWidget()
        self.nobody.addWidget(EmptyState("没有找到", "换个说法试试，或者去掉几个筛选。"))
        self.nobody.addWidget(self._nobody_yet())
        self.table.set_empty(self.nobody)

    def _make_side(self) -> None:
        self.detail = ResidentDetail(self.desk, self.wish)
        self.side = QStackedWidget()
        self.side.addWidget(self.detail)
        self._set_side_width()

    def _nobody_yet(self) -> EmptyState:
        buttons = [
            Button("从表格导入", icon="in", kind="primary", big=True, press=self._go_to_import),
            Button("登记第一位", icon="plus", big=True, press=self.enter),
        ]
        words = "村里现成的花名册，什么表格都可以直接拿来；也可以一位一位登记。"
        return EmptyState("还没有居民", words, buttons=buttons)

    # Data

    def refresh(self) -> None:
        self.filters.refresh()
        self._say_count()
        self._filter()
        self._show(self.table.current_key())

    def _say_count(self) -> None:
        village, day = self.desk.village, self.filters.as_of
        today = village.residents.count()
        if day is None:
            self.head.set_fact(f"在册 {today} 人")
        else:
            count = village.life_events.count_on(day)
            self.head.set_fact(f"{day} 在册 {count} 人，今天 {today} 人")

    def _source(self) -> ServiceList:
        listing = self.desk.village.resident_list.listed(self.filters.chosen())
        return ServiceList(COLUMNS, listing)

    def _filter(self) -> None:
        self.nobody.setCurrentIndex(0 if self.filters.is_narrowed() else 1)
        self.table.refresh(self._source())
        if self.table.current_key() is None:
            self.table.choose_first()

    def _enter_list(self) -> None:
        self._filter()
        self.table.focus_rows()

    def _show(self, key: int | None) -> None:
        self.revealed.hide()
        self._person = None if key is None else self.desk.village.residents.get(key)
        self.detail.show_person(self._person)

    # Wishes

    def wish(self, code: str) -> None:
        """Do what was asked for the chosen person."""
        person = self._person
        if person is None:
            return
        own = {
            "edit": self.edit,
            "reveal": self.reveal,
            "file": self.open_dossier,
            "more": self.more,
            "remove": self.remove,
        }
        if code in own:
            own[code]()
        elif code:
            self.moves.do(code, person)

    def more(self) -> None:
        """Offer everything else that can be done with the person, or with all who are chosen."""
        keys = self.table.selected_keys()
        if len(keys) > 1:
            title = f"选中的 {len(keys)} 人"
            self.many.do(
                self.desk.asking.ask(Question(title, (), self.many.choices(), "new")), keys
            )
        elif self._person is not None:
            answers = self.moves.choices(self._person)
            title = f"{self._person.name} 还可以怎么办"
            self.wish(self.desk.asking.ask(Question(title, (), answers, "new")))

    def open_dossier(self) -> None:
        """Show everything about the chosen person that this user may see."""
        if self._person is None:
            return
        village = self.desk.village
        lines = village.dossier.of_person(self._person)
        facts = village.residents.masked_facts(self._person)
        self.dossier.show_lines(self._person.name, facts, lines)
        self.whole.setCurrentIndex(1)
        self.set_keys(KEYS)
        self.dossier.table.focus_rows()

    def close_dossier(self) -> None:
        """Go back from what is kept about one to the list."""
        self.whole.setCurrentIndex(0)
        self.set_keys(type(self).keys)
        self.table.focus_rows()

    def take_out(self) -> None:
        """Print or export the people that the list shows."""
        self.roster = RosterDialog(self.desk, self.filters.chosen(), self.table.count(), self)
        self.roster.open()

    def _go_to_import(self) -> None:
        self.desk.go("import", None)

    # The page

    def open_record(self, record: int) -> None:
        self.close_dossier()
        self.refresh()
        if not self.table.choose(record):
            self.filters.forget()
            self.refresh()
            self.table.choose(record)
            self._show(record)
        self.table.focus_rows()

    def first_focus(self) -> QWidget:
        return self.search

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.dossier.set_narrow(narrow)
        self._set_side_width()
