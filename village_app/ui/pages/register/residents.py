"""居民台账: the list of people, one of them beside it, the form, and all that is kept of one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget

from village_app.db.records.residents import Resident
from village_app.domain.kinds import TEXT
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.service_list import ServiceList
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.watermark import RevealedNumbers
from village_app.ui.page import Desk
from village_app.ui.pages.register.places_dialog import PlacesDialog
from village_app.ui.pages.register.resident_detail import ResidentDetail
from village_app.ui.pages.register.resident_events import ResidentEvents
from village_app.ui.pages.register.resident_filters import ResidentFilters
from village_app.ui.pages.register.resident_many import ManyResidents
from village_app.ui.pages.register.resident_moves import ResidentMoves
from village_app.ui.pages.register.resident_writing import ResidentWriting
from village_app.ui.pages.register.roster_dialog import RosterDialog
from village_app.ui.pages.wishes import Wish


def _column(name: str, width: int, *, shown: bool = True, whole: str = "") -> ColumnSpec:
    """Show a field of the person; what has no room in a narrow window stays out."""
    declared = Resident.declaration(name)
    return ColumnSpec(
        name, declared.label, declared.kind, width=width, narrow=name in _NARROW, shown=shown,
        whole=whole,
    )  # fmt: skip


_NARROW = ("name", "id_number", "phone")
COLUMNS = (
    _column("name", 76, whole="司徒大明"),
    _column("sex", 48),
    _column("birth", 103, whole="2026-12-28"),
    ColumnSpec("id_number", "证件号码", TEXT, width=160, whole="8888**********8888"),
    ColumnSpec("phone", "电话", TEXT, width=110, whole="188****8888"),
    ColumnSpec("group", "村民小组", TEXT, width=80),
    ColumnSpec("household", "户号", TEXT, width=74, stretch=True),
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
        *("attachment", "own_field"),
    )
    list_keys = (
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
        self.places: PlacesDialog | None = None
        self.moves = ResidentMoves(desk, self)
        self.events = ResidentEvents(desk, self)
        self.many = ManyResidents(desk, self)
        self.revealed = RevealedNumbers(self)
        self._make_head()
        self.filters = ResidentFilters(desk)
        self.search = self.filters.search
        self.filters.changed.connect(self.ask_again)
        self.filters.day_changed.connect(self.refresh)
        self.filters.entered.connect(self.enter_list)
        self._make_table()
        self._make_side()
        self.put_together(self.filters, self.side, self.detail)
        self.table.chosen.connect(lambda _key: self.look_away())

    # Parts

    def _make_head(self) -> None:
        self.head = PageHead(
            self.title,
            buttons=[
                Button("登记居民", icon="plus", key="Ctrl+N", kind="primary", bind=False,
                       press=self.enter),
                Button("名册", icon="printer", key="Ctrl+P", bind=False, press=self.take_out),
                Button("从表格导入", icon="in", key="Ctrl+I", bind=False, press=self._go_to_import),
            ],
        )  # fmt: skip

    def bound(self) -> Sequence[Wish]:
        return (
            Wish("登记居民", self.enter, "Ctrl+N"),
            Wish("名册", self.take_out, "Ctrl+P"),
            Wish("从表格导入", self._go_to_import, "Ctrl+I"),
            Wish("修改", self.edit, "F2"),
            Wish("更多", self.more, "Ctrl+M"),
        )

    def _make_table(self) -> None:
        self.table = RecordTable(
            ShortList(COLUMNS),
            name="residents",
            measure="人",
            many=True,
            preferences=self.desk.preferences,
        )
        self.table.add_link(lambda _count: self.filters.order_words(), self.filters.choose_order)
        self.table.add_column_choice()
        self.table.set_empty(
            self._nobody_yet(),
            filtered="换个说法试试，或者去掉几个筛选。",
            clear=self.show_everybody,
        )

    def _make_side(self) -> None:
        self.detail = ResidentDetail(
            self.desk,
            edit=self.edit,
            reveal=self.reveal,
            dossier=self.open_dossier,
            wishes=self.wishes,
        )
        self.side = QStackedWidget()
        self.side.addWidget(self.detail)

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
        self.ask_again()

    def _say_count(self) -> None:
        village, day = self.desk.village, self.filters.as_of
        today = village.residents.count()
        if day is None:
            self.head.set_fact(f"在册 {today} 人")
        else:
            count = village.life_events.count_on(day)
            self.head.set_fact(f"{day} 在册 {count} 人，今天 {today} 人")

    def show_rows(self) -> None:
        self.table.set_filtered(filtered=self.filters.is_narrowed())
        listing = self.desk.village.resident_list.listed(self.filters.chosen())
        own = self.desk.village.own_fields.declared()
        more = [
            ColumnSpec(one.name, one.label, TEXT, width=110, narrow=False, shown=False)
            for one in own
        ]
        self.table.refresh(ServiceList((*COLUMNS, *more), listing))

    def show_record(self, key: int | None) -> None:
        self.revealed.hide()
        self._person = None if key is None else self.desk.village.residents.get(key)
        self.detail.show_person(self._person)

    def forget_filters(self) -> None:
        self.filters.forget()

    def show_everybody(self) -> None:
        """Take the filters away."""
        self.forget_filters()
        self.refresh()

    # Wishes

    def wishes(self) -> list[Wish]:
        """Give what can be done with the person, or with all who are chosen, and the register."""
        keys = self.table.selected_keys()
        if len(keys) > 1:
            return self.many.wishes(keys)
        own = self._wishes_for(self._person) if self._person is not None else []
        return [
            *own,
            Wish("全村查重", lambda: self.desk.go("duplicates", None), divides=True),
            Wish("自设项目", lambda: self.desk.go("own-fields", None)),
            Wish("小组和网格", self.open_places),
            Wish("从表格导入", self._go_to_import, "Ctrl+I"),
        ]

    def _wishes_for(self, person: Resident) -> list[Wish]:
        """List what can be done with a person, the usual first."""
        village = self.desk.village
        wishes = [
            Wish("记出生、迁移、婚姻、死亡", lambda: self.events.enter(person)),
            Wish("换小组", lambda: self.events.move_group(person)),
        ]
        if village.life_events.of(person):
            wishes.append(Wish("更正人口变动", lambda: self.events.correct(person)))
        wishes.append(Wish("加职务或标签", lambda: self.moves.give_label(person)))
        if any(one.kind == "label" for one in village.labels.of(person)):
            wishes.append(Wish("结束或改标签", lambda: self.moves.change_label(person)))
        if person.household_id is None:
            wishes.append(Wish("单独立户", lambda: self.moves.found_household(person)))
        else:
            home = person.household_id
            wishes.append(Wish("看这一户", lambda: self.desk.go("households", home)))
        wishes.append(Wish("和另一条记录合并…", lambda: self.moves.merge_with(person)))
        return [*wishes, Wish("删除", self.remove)]

    def more(self) -> None:
        """Show what else can be done; in a narrow list the person comes to the front first."""
        if self.side.currentWidget() is not self.detail:
            return
        if not self.detail.isVisible():
            self.open_beside()
        self.detail.more_button.open()

    def open_dossier(self) -> None:
        """Show everything about the chosen person that this user may see."""
        if self._person is None:
            return
        village = self.desk.village
        facts = village.residents.masked_facts(self._person)
        self.show_dossier(self._person.name, facts, village.dossier.of_person(self._person))

    def take_out(self) -> None:
        """Print or export the people that the list shows."""
        self.roster = RosterDialog(self.desk, self.filters.chosen(), self.table.count(), self)
        self.roster.open()

    def open_places(self) -> None:
        """Show the tree of places: renamed once, new everywhere."""
        self.places = PlacesDialog(self.desk, self)
        self.places.open()

    def _go_to_import(self) -> None:
        self.desk.go("import", None)

    def lay_out(self, narrow: bool) -> None:
        super().lay_out(narrow)
        self.detail.set_narrow(narrow)
        self.fit_side()
