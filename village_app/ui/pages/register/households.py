"""户台账: the households, one of them beside the list; split, merged, another head, newcomers."""

from __future__ import annotations

from collections.abc import Sequence

from village_app.db.records.residents import Household
from village_app.domain.kinds import COUNT, TEXT
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.service_list import ServiceList
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk
from village_app.ui.pages.register.household_detail import HouseholdDetail
from village_app.ui.pages.register.household_dialogs import DIALOGS
from village_app.ui.pages.register.household_forms import HouseholdForms
from village_app.ui.pages.register.household_sheet import HouseholdDialog
from village_app.ui.pages.register.places_dialog import PlacesDialog
from village_app.ui.pages.register.register_page import RegisterPage, row_of
from village_app.ui.pages.wishes import Wish

ALL = "all"
COLUMNS = (
    ColumnSpec("number", "户号", TEXT, width=96),
    ColumnSpec("head", "户主", TEXT, width=84),
    ColumnSpec("people", "人数", COUNT, width=62),
    ColumnSpec("group", "村民小组", TEXT, width=90),
    ColumnSpec("address", "门牌地址", TEXT, width=180, stretch=True),
)
_SAID = {"split": "已分户", "head": "已换户主", "merge": "已并户"}


class HouseholdsPage(RegisterPage):
    """The households of the village."""

    title = "户台账"
    topic = "households"
    watches = ("household", "resident", "place", "household_head", "household_step", "attachment")
    list_keys = (
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
        self.dialog: HouseholdDialog | None = None
        self.places: PlacesDialog | None = None
        self.forms = HouseholdForms(desk, self)
        places = Button("小组和网格", icon="tree", press=self.open_places)
        self.head = PageHead(self.title, buttons=[places])
        self.search = self.make_search("户号、门牌、家里人的姓名或拼音", "找户")
        self.chips = ChipRow([Chip(ALL, "全村")], name="村民小组")
        self.chips.chosen.connect(self._choose_group)
        self._make_table()
        self.detail = HouseholdDetail(
            desk,
            split=self.split,
            change_head=self.change_head,
            dossier=self.open_dossier,
            wishes=self.wishes,
        )
        self.put_together(row_of((self.search, 2), (self.chips, 5)), self.detail, self.detail)

    def _make_table(self) -> None:
        self.table = RecordTable(
            ShortList(COLUMNS),
            name="households",
            measure="户",
            preferences=self.desk.preferences,
        )
        self.table.add_column_choice()
        words = "登记居民时写上户号，或者从花名册导入，户就有了。"
        self.table.set_empty(
            EmptyState("还没有户", words),
            filtered="换个说法试试，或者看别的小组。",
            clear=self.show_all,
        )

    def bound(self) -> Sequence[Wish]:
        return (Wish("分户", self.split, "Ctrl+T"), Wish("更多", self.more, "Ctrl+M"))

    # Data

    def refresh(self) -> None:
        village = self.desk.village
        groups = village.places.groups()
        self.chips.set_chips([Chip(ALL, "全村"), *(Chip(str(g.id), g.name) for g in groups)])
        self.head.set_fact(f"{village.household_book.count()} 户，{village.residents.count()} 人")
        self.ask_again()

    def show_rows(self) -> None:
        book = self.desk.village.household_book
        words = self.search.text()
        self.table.set_filtered(filtered=bool(words.strip() or self._group))
        listing = book.listed(group_id=self._group, words=words)
        self.table.refresh(ServiceList(COLUMNS, listing))

    def show_record(self, key: int | None) -> None:
        book = self.desk.village.household_book
        self._household = None if key is None else book.get(key)
        self.detail.show_household(self._household)

    def forget_filters(self) -> None:
        self.search.clear()
        self._group = None
        self.chips.set_on([ALL])

    def show_all(self) -> None:
        """Take the filters away."""
        self.forget_filters()
        self.ask_again()

    def _choose_group(self, keys: tuple[str, ...]) -> None:
        self._group = None if ALL in keys or not keys else int(keys[0])
        self.ask_again()

    # Wishes

    def wishes(self) -> list[Wish]:
        """Give what else can be done with the household, and with the places."""
        household = self._household
        places = Wish("小组和网格", self.open_places, divides=household is not None)
        if household is None:
            return [places]
        return [
            Wish("添人（出生或迁入）", lambda: self.forms.add_person(household)),
            Wish("改户号、门牌、小组", lambda: self.forms.correct(household)),
            Wish("并到别户", self.merge),
            places,
        ]

    def more(self) -> None:
        """Show what else can be done; in a narrow list the household comes to the front first."""
        if not self.detail.isVisible():
            self.open_beside()
        self.detail.more_button.open()

    def split(self) -> None:
        """Let some of the household's people found one of their own."""
        self._open_move("split")

    def change_head(self) -> None:
        """Make another member head."""
        self._open_move("head")

    def merge(self) -> None:
        """Let the household join another."""
        self._open_move("merge")

    def _open_move(self, code: str) -> None:
        if self._household is None:
            return
        dialog = DIALOGS[code](self.desk, self._household, self)

        def said(made: Household) -> None:
            self.open_record(made.id)
            self.desk.say(f"{_SAID[code]} {made.number}", self.desk.undo)

        dialog.saved.connect(said)
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
        village = self.desk.village
        people = village.household_book.members(household)
        facts = [("户号", household.number), ("家庭成员", "、".join(one.name for one in people))]
        lines = village.dossier.of_household(household)
        self.show_dossier(f"{household.number} 户", facts, lines)

    def lay_out(self, narrow: bool) -> None:
        super().lay_out(narrow)
        self.detail.set_narrow(narrow)
