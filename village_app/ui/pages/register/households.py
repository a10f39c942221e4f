"""户台账: the households, one of them beside the list; split, merged, another head, newcomers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from village_app.db.records.register import LifeEvent
from village_app.db.records.residents import Household, Resident
from village_app.domain.kinds import COUNT, DAY, TEXT, Choice, FieldDeclaration, Option
from village_app.ui.asking import Choice as Answer
from village_app.ui.asking import Question
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ShortList
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.pause import Pause
from village_app.ui.kit.service_list import ServiceList
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.templates import ListAndDetail
from village_app.ui.page import Desk, Page
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.register.dossier_view import KEYS, DossierView
from village_app.ui.pages.register.household_detail import HouseholdDetail
from village_app.ui.pages.register.household_dialogs import DIALOGS
from village_app.ui.pages.register.household_sheet import HouseholdDialog
from village_app.ui.pages.register.places_dialog import PlacesDialog
from village_app.ui.pages.register.register_references import place_field
from village_app.ui.theme import theme

ALL = "all"
COLUMNS = (
    ColumnSpec("number", "户号", TEXT, width=96),
    ColumnSpec("head", "户主", TEXT, width=84),
    ColumnSpec("people", "人数", COUNT, width=62),
    ColumnSpec("group", "村民小组", TEXT, width=90, narrow=False),
    ColumnSpec("address", "门牌地址", TEXT, width=180, stretch=True),
)
_MORE = (
    ("newcomer", "添人（出生或迁入）"),
    ("edit", "改户号、门牌、小组"),
    ("merge", "并到别户"),
    ("", "先不办"),
)
_SAID = {"split": "已分户", "head": "已换户主", "merge": "已并户"}
_EVENTS = Choice((Option("birth", "出生"), Option("move_in", "迁入")))
_NEWCOMER = ("name", "sex", "birth", "id_number", "relation", "phone")


class HouseholdsPage(Page):
    """The households of the village."""

    title = "户台账"
    topic = "households"
    watches = ("household", "resident", "place", "household_head", "household_step", "attachment")
    keys = (
        Key("↑ ↓", "选一户"),
        Key("Enter", "往来"),
        Key("Ctrl+T", "分户"),
        Key("Ctrl+M", "更多"),
        Key("Ctrl+Z", "撤销"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._group: int | None = None
        self._household: Household | None = None
        self.dialog: HouseholdDialog | FormDialog | None = None
        self.places: PlacesDialog | None = None
        self.whole = QStackedWidget()
        self.whole.addWidget(self._make_list())
        self.dossier = DossierView(desk, self.close_dossier)
        self.whole.addWidget(self.dossier)
        self.body.addWidget(self.whole, 1)
        self.columns = [self.search, self.table, self.detail]

    def _make_list(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        places = Button("小组和网格", icon="tree", press=self.open_places)
        self.head = PageHead(self.title, buttons=[places])
        column.addWidget(self.head)
        column.addLayout(self._make_filters())
        self.table = RecordTable(
            ShortList(COLUMNS),
            name="households",
            measure="户",
            preferences=self.desk.preferences,
        )
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _key: self._open())
        self.table.add_column_choice()
        self.detail = HouseholdDetail(self.desk, self.wish)
        self.pair = ListAndDetail(self.table, self.detail)
        column.addWidget(self.pair, 1)
        return inside

    def _make_filters(self) -> QHBoxLayout:
        self.search = QLineEdit()
        self.search.setPlaceholderText("户号、门牌、家里人的姓名或拼音")
        self.search.setAccessibleName("找户")
        self.search.setClearButtonEnabled(True)
        self._pause = Pause(self, self._filter)
        self.search.textChanged.connect(self._pause.begin)
        self.search.returnPressed.connect(self._enter_list)
        self.chips = ChipRow([Chip(ALL, "全村")], name="村民小组")
        self.chips.chosen.connect(self._choose_group)
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(self.search, 2)
        row.addWidget(self.chips, 5)
        return row

    # Data

    def refresh(self) -> None:
        village = self.desk.village
        groups = village.places.groups()
        self.chips.set_chips([Chip(ALL, "全村"), *(Chip(str(g.id), g.name) for g in groups)])
        self.head.set_fact(f"{village.household_book.count()} 户，{village.residents.count()} 人")
        self._filter()
        self._show(self.table.current_key())

    def _filter(self) -> None:
        book = self.desk.village.household_book
        listing = book.listed(group_id=self._group, words=self.search.text())
        self.table.refresh(ServiceList(COLUMNS, listing))
        if self.table.current_key() is None:
            self.table.choose_first()

    def _enter_list(self) -> None:
        self._filter()
        self.table.focus_rows()

    def _choose_group(self, keys: tuple[str, ...]) -> None:
        self._group = None if ALL in keys or not keys else int(keys[0])
        self._filter()

    def _show(self, key: int | None) -> None:
        book = self.desk.village.household_book
        self._household = None if key is None else book.get(key)
        self.detail.show_household(self._household)

    def _open(self) -> None:
        """Enter: everything about the household; in a narrow window first the household."""
        if self.narrow:
            self.pair.open_detail()
        else:
            self.open_dossier()

    # Wishes

    def wish(self, code: str) -> None:
        """Do what was asked for the chosen household."""
        household = self._household
        if household is None:
            return
        if code in DIALOGS:
            self._open_move(code, household)
            return
        plain: dict[str, Callable[[Household], None]] = {
            "file": lambda _one: self.open_dossier(),
            "more": self._more,
            "newcomer": self.add_person,
            "edit": self.correct,
        }
        if code:
            plain[code](household)

    def _more(self, household: Household) -> None:
        answers = [Answer(code, words) for code, words in _MORE]
        question = Question(f"{household.number} 还可以怎么办", (), answers, "new")
        self.wish(self.desk.asking.ask(question))

    def _open_move(self, code: str, household: Household) -> None:
        dialog = DIALOGS[code](self.desk, household, self)

        def said(made: Household) -> None:
            self.open_record(made.id)
            self.desk.say(f"{_SAID[code]} {made.number}", self.desk.undo)

        dialog.saved.connect(said)
        self.dialog = dialog
        dialog.open()

    def add_person(self, household: Household) -> None:
        """Enter who is born into the household or moves in, with the day."""
        village = self.desk.village

        def save(typed: Typed) -> None:
            person = village.life_events.newcomer(household, _coded(typed))
            self.desk.say(f"{household.number} 已添 {person.name}", self.desk.undo)

        fields = [
            FieldDeclaration("event", "怎么来的", _EVENTS, required=True),
            FieldDeclaration("day", "哪一天", DAY, required=True, hint="出生日期或迁入日期"),
            *(Resident.declaration(name) for name in _NEWCOMER),
            LifeEvent.declaration("place"),
        ]
        lines = (("event", "day"), ("name", "sex"), ("relation",), ("id_number",))
        values = {"day": village.session.today()}
        self._open_form(f"{household.number} 添人", fields, save, values, lines)

    def correct(self, household: Household) -> None:
        """Change number, door, group or note of the household."""
        village = self.desk.village

        groups = place_field(village, Household.declaration("group_id"), "group")

        def save(typed: Typed) -> None:
            given = {**typed, "group_id": groups.kind.parse(typed["group_id"])}
            village.household_moves.correct(household, given)
            self.desk.say(f"已改好 {typed['number']}", self.desk.undo)

        fields = [
            Household.declaration("number"),
            groups,
            Household.declaration("address"),
            Household.declaration("note"),
        ]
        group = household.group_id
        values = {**household.values(), "group_id": None if group is None else str(group)}
        self._open_form(f"改 {household.number}", fields, save, values, ())

    def _open_form(
        self,
        title: str,
        fields: list[FieldDeclaration],
        save: Callable[[Typed], None],
        values: Mapping[str, Any],
        lines: Any,
    ) -> None:
        dialog = FormDialog(title, fields, save, self.window(), values=values, lines=lines)
        self.dialog = dialog
        dialog.open()

    def open_places(self) -> None:
        """Show the tree of places: renamed once, new everywhere."""
        self.places = PlacesDialog(self.desk, self)
        self.places.open()

    def open_dossier(self) -> None:
        """Show everything about the household and its people that this user may see."""
        household = self._household
        if household is None:
            return
        lines = self.desk.village.dossier.of_household(household)
        people = self.desk.village.household_book.members(household)
        facts = [("户号", household.number), ("家庭成员", "、".join(one.name for one in people))]
        self.dossier.show_lines(f"{household.number} 户", facts, lines)
        self.whole.setCurrentIndex(1)
        self.set_keys(KEYS)
        self.dossier.table.focus_rows()

    def close_dossier(self) -> None:
        """Go back to the list."""
        self.whole.setCurrentIndex(0)
        self.set_keys(type(self).keys)
        self.table.focus_rows()

    # The page

    def open_record(self, record: int) -> None:
        self.close_dossier()
        self.refresh()
        if not self.table.choose(record):
            self.search.clear()
            self._group = None
            self.chips.set_on([ALL])
            self.refresh()
            self.table.choose(record)
        self._show(record)
        self.table.focus_rows()

    def first_focus(self) -> QWidget:
        return self.search

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.pair.set_narrow(narrow)
        self.dossier.set_narrow(narrow)


def _coded(typed: Typed) -> dict[str, Any]:
    """Let the chosen words be what the service asks for: the code of the event."""
    given: dict[str, Any] = {name: text for name, text in typed.items() if text}
    return {
        **given,
        "event": _EVENTS.parse(typed["event"]),
        "relation": Resident.declaration("relation").kind.parse(typed["relation"]),
    }
