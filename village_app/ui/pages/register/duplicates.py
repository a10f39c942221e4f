"""查重合并: pairs of people who may be one, the likeliest first; made one, or told apart."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.residents import Resident
from village_app.domain.kinds import TEXT
from village_app.errors import VillageError
from village_app.services.register.duplicates import Pair
from village_app.ui.asking import Question
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.progress import watch
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.templates import ListAndDetail
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk, Page
from village_app.ui.pages.register.merge_choice import TwoEntries
from village_app.ui.pages.wishes import Wish, bind

_COLUMNS = (
    ColumnSpec("score", "像不像", TEXT, width=76, align="right"),
    ColumnSpec("names", "两条记录", TEXT, width=170),
    ColumnSpec("reasons", "为什么", TEXT, stretch=True),
)


class DuplicatesPage(Page):
    """The pairs at the left, the two entries field by field at the right."""

    title = "查重合并"
    topic = "duplicates"
    watches = ("resident", "not_same_person")
    keys = (
        Key("↑ ↓", "走一对"),
        Key("Ctrl+Enter", "合并成一人"),
        Key("Alt+N", "不是同一人"),
        Key("F5", "再查一遍"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._pairs: dict[int, Pair] = {}
        self._own = False
        self.head = PageHead(
            self.title,
            buttons=[
                Button("再查一遍", icon="search", key="F5", bind=False, press=self.scan),
                Button("回居民台账", icon="left", key="Esc", bind=False, press=self._leave),
            ],
        )
        self.banner = Banner("info", "程序把全村的人查一遍，把可能是同一人的排出来。")
        self.table = RecordTable(
            ShortList(_COLUMNS),
            name="duplicates",
            title="可能是同一人的",
            measure="对",
            preferences=desk.preferences,
        )
        words = "程序按证件号码、姓名、读音、出生日期和电话查，像是同一人的会排在这里。"
        self.table.set_empty(EmptyState("没有可能重复的人", words))
        self.table.chosen.connect(self._show)
        self.pair = ListAndDetail(self.table, self._make_detail(), width=520)
        self.table.opened.connect(lambda _key: self.pair.open_detail())
        self.body.addWidget(self.head)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.pair, 1)
        bind((Wish("再查一遍", self.scan, "F5"), Wish("回居民台账", self._back, "Esc")), self)

    def _make_detail(self) -> QWidget:
        sheet = Sheet()
        self.why = Text("", "h3", wrap=True)
        self.entries = TwoEntries(self.desk.village)
        self.merge_button = Button(
            "合并成一人", icon="tick", key="Ctrl+Enter", kind="primary", press=self.merge
        )
        self.apart_button = Button("不是同一人", key="Alt+N", press=self.tell_apart)
        sheet.add(self.why)
        sheet.add(self.entries, 1)
        row = QHBoxLayout()
        row.addWidget(self.merge_button)
        row.addWidget(self.apart_button)
        row.addStretch(1)
        sheet.body.addLayout(row)
        place = QWidget()
        body = QVBoxLayout(place)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(sheet)
        return place

    # The window

    def refresh(self) -> None:
        """Look again when others (an undo, an import) changed people; not after our own."""
        if not self._own:
            self.scan()
        self._own = False

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.pair.set_narrow(narrow)

    def first_focus(self) -> QWidget:
        return self.table.view

    # Looking

    def scan(self) -> None:
        """Look through the whole register in the background."""
        duplicates = self.desk.village.duplicates
        job = self.desk.jobs.start(
            lambda report: duplicates.scan(report=report), "正在查重", writes=False
        )
        job.succeeded.connect(self._scanned_all)
        watch(job, self.window(), leaves="取消后什么都不变。")

    def _scanned_all(self, pairs: list[Pair]) -> None:
        self._pairs = dict(enumerate(pairs))
        self._list()
        if pairs:
            self.banner.show_sentence(
                "soon", f"有 {len(pairs)} 对可能是同一人，请一对一对看；合并错了可以撤销。"
            )
        else:
            self.banner.show_sentence("done", "全村查过了，没有看到重复的人。")

    def _list(self) -> None:
        rows = [
            ListRow(
                key,
                {
                    "score": f"{round(pair.score * 100)}%",
                    "names": "、".join(pair.names),
                    "reasons": "，".join(pair.reasons),
                },
            )
            for key, pair in self._pairs.items()
        ]
        self.table.refresh(ShortList(_COLUMNS, rows))
        self.head.set_fact(f"还有 {len(rows)} 对" if rows else "")
        self.pair.set_empty(not rows)
        if self.table.current_key() is None:
            self.table.choose_first()
        self._show(self.table.current_key())

    def _show(self, key: int | None) -> None:
        pair = None if key is None else self._pairs.get(key)
        for button in (self.merge_button, self.apart_button):
            button.setEnabled(pair is not None)
        people = self._people(pair) if pair is not None else None
        if pair is None or people is None:
            self.why.setText("没有选中的一对")
            self.entries.show_nobody()
            return
        self.why.setText(f"{round(pair.score * 100)}%　{'，'.join(pair.reasons)}")
        self.entries.show_two(*people)

    def _people(self, pair: Pair) -> tuple[Resident, Resident] | None:
        """Fetch both entries; None where one is gone since the scan."""
        residents = self.desk.village.residents
        try:
            return residents.get(pair.first), residents.get(pair.second)
        except VillageError:
            return None

    # Doing

    def merge(self) -> None:
        """Make the two one, with the values that are chosen."""
        try:
            kept = self.entries.merge()
        except VillageError as refusal:
            self.desk.asking.ask(Question("没有合并", [("", refusal.message)]))
            return
        key = self.table.current_key()
        if kept is None or key is None:
            return
        self._own = True
        pair = self._pairs[key]
        gone = pair.first if pair.second == kept.id else pair.second
        self._drop(lambda other: gone in (other.first, other.second))
        self.desk.say(f"已合并成一人：{kept.name}", self.desk.undo)

    def tell_apart(self) -> None:
        """Remember that the two are not one person."""
        key = self.table.current_key()
        if key is None:
            return
        pair = self._pairs[key]
        self._own = True
        self.desk.village.duplicates.tell_apart(pair)
        self._drop(lambda other: other is pair)
        self.desk.say("记住了，以后不再提这一对", self.desk.undo)

    def _drop(self, settled: Callable[[Pair], bool]) -> None:
        self._pairs = {key: pair for key, pair in self._pairs.items() if not settled(pair)}
        self._list()
        self.table.focus_rows()

    def _back(self) -> None:
        """Esc: from the two entries to the list where only one is seen, else to the register."""
        if self.pair.is_detail_alone:
            self.pair.close_detail()
        else:
            self._leave()

    def _leave(self) -> None:
        self.desk.go("residents", None)
