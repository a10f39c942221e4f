"""The notices as a list: by state and by words, several chosen at once to be printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.notices import NOTICE_KINDS, Notice
from village_app.domain.kinds import TEXT
from village_app.domain.listing import ListRow as FetchedRow
from village_app.services.notices.list import GROUP_WORDS
from village_app.services.notices.posting import days_left
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.pause import Pause
from village_app.ui.kit.search_line import SearchLine
from village_app.ui.kit.service_list import ServiceList
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk
from village_app.ui.pages.notices.lights import light_of
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("heading", "标题", TEXT, width=260, stretch=True),
    ColumnSpec("kind", "文种", TEXT, width=88, narrow=False),
    ColumnSpec("number", "编号", TEXT, width=190),
    ColumnSpec("state", "走到哪一步", width=216),
    ColumnSpec("period_to", "公示截止", width=112, narrow=False),
    ColumnSpec("drafted_by", "起草", TEXT, width=88, narrow=False),
)


class NoticeWishes(Protocol):
    """What the list asks of its page."""

    def begin(self) -> None:
        """Write a new notice."""
        ...

    def show_notice(self, key: int | None) -> None:
        """Open a notice."""
        ...

    def look_up(self) -> None:
        """Look a paper up by its code."""
        ...

    def print_chosen(self) -> None:
        """Print the chosen notices."""
        ...


class NoticeList(QWidget):
    """The list with its filters."""

    def __init__(self, desk: Desk, wishes: NoticeWishes) -> None:
        super().__init__()
        self.desk = desk
        self._wishes = wishes
        self._group = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        self._pause = Pause(self, self._show_rows)
        self.search = SearchLine("标题、编号", "找公示", self._pause.begin)
        self.chips = ChipRow([Chip("", "全部")], name="状态")
        self.chips.chosen.connect(self._choose_group)
        self._filters = QWidget()
        row = QHBoxLayout(self._filters)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(12))
        row.addWidget(self.search)
        row.addWidget(self.chips, 1)
        column.addWidget(self._filters)
        self.table = RecordTable(
            self._source(),
            name="notices",
            measure="份",
            many=True,
            preferences=self.desk.preferences,
        )
        self.table.opened.connect(self._wishes.show_notice)
        self.table.add_link("验一张纸", self._wishes.look_up, always=True)
        # The head has the button where there is room for it.
        self._print_link = self.table.add_link("打印选中的", self._wishes.print_chosen)
        self._print_link.hide()
        self.table.add_column_choice()
        self.table.set_empty(
            self._make_empty(),
            filtered="换一个状态，或者换几个字找。",
            clear=self._show_all,
        )
        column.addWidget(self.table, 1)

    def _make_empty(self) -> EmptyState:
        go = self.desk.go
        write = Button(
            "写第一份公示", icon="pen", kind="primary", big=True, press=self._wishes.begin
        )
        projects = Button(
            "从项目做公示", icon="building", big=True, press=lambda: go("projects", None)
        )
        money = Button("做财务公开表", icon="coin", big=True, press=lambda: go("money", None))
        return EmptyState(
            "还没有公示",
            "写一份，把关看过、监委会看过、签发以后，编号贴出去，到期提醒取下来。",
            buttons=[write, projects, money],
        )

    # Data

    def refresh(self) -> None:
        """Ask for the counts and the rows again."""
        counts = self.desk.village.notice_list.counts()
        chips = [Chip("", "全部", sum(counts.values()))]
        chips += [Chip(key, word, counts[key]) for key, word in GROUP_WORDS.items()]
        self.chips.set_chips(chips)
        self._filters.setVisible(bool(sum(counts.values())))
        self._show_rows()

    def set_narrow(self, narrow: bool) -> None:
        """Offer the printing of the chosen ones here where the head has no room for it."""
        self._print_link.setVisible(narrow)
        self.table.set_narrow(narrow)

    def _source(self) -> ServiceList:
        words = self.search.text()
        listing = self.desk.village.notice_list.listed(self._group, words)
        return ServiceList(
            COLUMNS, listing, self._cells, muted=lambda row: row.values["state"] == "void"
        )

    def _cells(self, row: FetchedRow) -> Mapping[str, Any]:
        notice = Notice(**row.values)
        left = days_left(notice, self.desk.village.session.today())
        return {
            **row.values,
            "kind": NOTICE_KINDS.show(notice.kind),
            "state": light_of(notice, left),
            "period_to": notice.period_to.isoformat() if notice.period_to else "",
        }

    def _show_rows(self) -> None:
        self.table.set_filtered(filtered=bool(self._group or self.search.text()))
        self.table.refresh(self._source())
        if self.table.current_key() is None:
            self.table.choose_first()

    def _choose_group(self, keys: tuple[str, ...]) -> None:
        self._group = keys[0] if keys else ""
        self._show_rows()

    def _show_all(self) -> None:
        self.chips.set_on(("",))
        self.search.clear()
        self._choose_group(("",))
