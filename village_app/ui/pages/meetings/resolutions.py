"""决议台账: what was decided, who carries it out, how far it is; year by year."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_app.db.records.resolutions import RESOLUTION_STATES, Resolution
from village_app.db.records.votes import Vote
from village_app.domain.kinds import DAY, TEXT
from village_app.errors import Refused
from village_app.ui.asking import FileKind
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light, LightKind
from village_app.ui.kit.search_line import SearchLine
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk, Page
from village_app.ui.pages.file_writing import write_file
from village_app.ui.pages.form_dialog import FormDialog, Typed
from village_app.ui.pages.wishes import MoreButton, Wish, bind
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("number", "决议编号", TEXT, width=190),
    ColumnSpec("day", "日期", DAY, width=110),
    ColumnSpec("name", "决议事项", TEXT, width=240, stretch=True),
    ColumnSpec("votes", "赞成/反对/弃权", TEXT, width=130, narrow=False),
    ColumnSpec("responsible", "责任人", TEXT, width=90),
    ColumnSpec("due_on", "时限", DAY, width=110, narrow=False),
    ColumnSpec("state", "落实", TEXT, width=110),
)
_LIGHTS: dict[str, LightKind] = {
    "open": "ok",
    "doing": "soon",
    "done": "done",
    "stopped": "hold",
}
FIELDS = ("responsible", "due_on", "state", "done_on", "reason")
PDF = FileKind("PDF文件", ("pdf",))


class ResolutionsPage(Page):
    """The ledger of decisions."""

    title = "决议台账"
    topic = "resolutions"
    watches = ("resolution", "vote", "notice")
    keys = (
        Key("↑ ↓", "选一件"),
        Key("F2", "登记落实情况"),
        Key("Ctrl+G", "起草公示"),
        Key("Ctrl+P", "存台账"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.dialog: FormDialog | None = None
        self._year: int | None = None
        self._state = ""
        self.head = PageHead(
            self.title,
            buttons=[
                Button(
                    "登记落实", icon="pen", key="F2", bind=False, kind="primary", press=self.follow
                ),
                Button("起草公示", key="Ctrl+G", bind=False, press=self.draft),
                Button("存台账", icon="printer", key="Ctrl+P", bind=False, press=self.save_ledger),
            ],
        )
        wishes = [
            Wish("登记落实", self.follow, "F2"),
            Wish("起草公示", self.draft, "Ctrl+G"),
            Wish("存台账", self.save_ledger, "Ctrl+P"),
        ]
        bind(wishes, self)
        self.more = MoreButton(lambda: wishes)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(self.head, 1)
        row.addWidget(self.more)
        self.body.addLayout(row)
        self.body.addLayout(self._make_filters())
        self.table = RecordTable(
            ShortList(COLUMNS), name="resolutions", measure="件", preferences=desk.preferences
        )
        to_meetings = Button(
            "去开会议", icon="hall", big=True, press=lambda: desk.go("meetings", None)
        )
        self.table.set_empty(
            EmptyState(
                "还没有决议",
                "会上表决通过、登记了结果，决议就自动记到这里，谁办、哪天前办好，一直跟到办成。",
                buttons=[to_meetings],
            ),
            filtered="换一个状态或年份，或者换几个字找。",
            clear=self._show_all,
        )
        self.table.emptied.connect(self.head.rest)
        self.table.opened.connect(lambda _key: self.follow())
        self.body.addWidget(self.table, 1)
        self.columns = [self.search, self.table]

    def _make_filters(self) -> QHBoxLayout:
        self.search = SearchLine("编号、事项、责任人", "找决议", self._show_rows)
        self.years = ChipRow([Chip("", "各年")], name="年份", menu=True)
        self.years.chosen.connect(self._choose_year)
        self.states = ChipRow(
            [Chip("", "全部"), *(Chip(one.code, one.label) for one in RESOLUTION_STATES.options)],
            name="落实",
        )
        self.states.chosen.connect(self._choose_state)
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(self.search)
        row.addWidget(self.states)
        row.addWidget(self.years)
        row.addStretch(1)
        return row

    def refresh(self) -> None:
        chips = [Chip("", "各年")]
        chips += [Chip(str(one), f"{one} 年") for one in self.desk.village.resolutions.years()]
        self.years.set_chips(chips)
        self.years.set_on((str(self._year) if self._year else "",))
        self._show_rows()

    def _show_rows(self) -> None:
        found = self.desk.village.resolutions.listed(
            year=self._year, state=self._state, words=self.search.text()
        )
        self.table.set_filtered(filtered=bool(self._year or self._state or self.search.text()))
        self.table.refresh(ShortList(COLUMNS, [self._row(one) for one in found]))
        if self.table.current_key() is None:
            self.table.choose_first()
        done = sum(one.state == "done" for one in found)
        self.head.set_fact(f"议决 {len(found)} 件，已办成 {done} 件")

    def _row(self, one: Resolution) -> ListRow:
        vote = self.desk.village.store.get(Vote, one.vote_id)
        overdue = (
            one.state in {"open", "doing"}
            and one.due_on is not None
            and one.due_on < self.desk.village.session.today()
        )
        light = Light("over" if overdue else _LIGHTS[one.state], RESOLUTION_STATES.show(one.state))
        return ListRow(
            one.id,
            {
                "number": one.number,
                "day": one.day,
                "name": one.name,
                "votes": f"{vote.in_favour}/{vote.against}/{vote.abstained}",
                "responsible": one.responsible or "",
                "due_on": one.due_on,
                "state": light,
            },
        )

    def _choose_year(self, keys: tuple[str, ...]) -> None:
        self._year = int(keys[0]) if keys and keys[0] else None
        self._show_rows()

    def _show_all(self) -> None:
        self.search.clear()
        for chips in (self.years, self.states):
            chips.set_on(("",))
        self._year, self._state = None, ""
        self._show_rows()

    def _choose_state(self, keys: tuple[str, ...]) -> None:
        self._state = keys[0] if keys else ""
        self._show_rows()

    def _chosen(self) -> Resolution | None:
        key = self.table.current_key()
        if key is None:
            return None
        found: Resolution = self.desk.village.resolutions.get(key)
        return found

    def follow(self) -> None:
        """Take down how far the chosen decision is."""
        chosen = self._chosen()
        if chosen is None:
            return

        def save(typed: Typed) -> None:
            self.desk.village.resolutions.follow(chosen, typed)
            self.desk.say(f"已登记 {chosen.number} 的落实情况", self.desk.undo)
            self.refresh()

        declared = [Resolution.declaration(name) for name in FIELDS]
        self.dialog = FormDialog(
            chosen.number, declared, save, self.window(), values=chosen.values()
        )
        self.dialog.open()

    def draft(self) -> None:
        """Draft the notice of the chosen decision and go to it."""
        chosen = self._chosen()
        if chosen is None:
            return
        try:
            notice = self.desk.village.resolutions.draft_notice(chosen)
        except Refused as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已起草 {notice.heading}", self.desk.undo)
        self.desk.go("notices", notice.id)

    def save_ledger(self) -> None:
        """Keep the ledger of the year as a PDF file."""
        year = self._year or self.desk.village.session.today().year
        target = self.desk.asking.save_file("存台账", PDF, f"{year}年决议台账.pdf", "papers")
        if target is not None:
            resolutions = self.desk.village.resolutions
            write_file(
                self.desk, lambda _report: resolutions.save_ledger(year, target), target.name
            )

    def open_record(self, record: int) -> None:
        self.refresh()
        self.table.choose(record)

    def first_focus(self) -> QWidget:
        return self.search

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
