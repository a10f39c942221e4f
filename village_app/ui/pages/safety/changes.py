"""修改记录: who did what when, old and new values, the proof that nobody edited the list."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from village_app.domain.kinds import COUNT, MOMENT, TEXT
from village_app.services.safety.audit import KIND_WORDS, Filter, verified_words
from village_app.ui.kit.banner import Banner, BannerKind
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.keys import Key
from village_app.ui.kit.service_list import ServiceList
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk
from village_app.ui.pages.safety.part import SPREADSHEET, Part
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("at", "时间", MOMENT, width=150),
    ColumnSpec("user", "经手人", TEXT, width=84, sortable=False),
    ColumnSpec("kind", "类别", TEXT, width=60, sortable=False),
    ColumnSpec("label", "事项", TEXT, width=240, stretch=True, sortable=False),
    ColumnSpec("records", "记录", COUNT, width=64, sortable=False, narrow=False),
)
FIELD_COLUMNS = (
    ColumnSpec("title", "记录", TEXT, width=76, sortable=False),
    ColumnSpec("label", "项目", TEXT, width=110, sortable=False),
    ColumnSpec("old", "原来", TEXT, width=100, sortable=False),
    ColumnSpec("new", "现在", TEXT, width=100, stretch=True, sortable=False),
)
EVERYBODY = "全部经手人"
DAYS = {"today": 0, "week": 6, "month": 29, "all": None}


class ChangesPart(Part):
    """The journal with filters, one change beside it, print, spreadsheet, verification."""

    keys = (Key("↑ ↓", "选一条"), Key("Ctrl+P", "打印"))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.banner = Banner(
            "info", "每次增、改、删、导入、查看全号都记在这里，谁也删不掉。", link="校验"
        )
        self.banner.pressed.connect(self.verify)
        self.body.addWidget(self.banner)
        self._make_filters()
        self.table = RecordTable(
            self._source(), name="changes", measure="条", preferences=desk.preferences
        )
        self.table.chosen.connect(self._show)
        self.table.add_link("存表格", self.export)
        self.fields = RecordTable(
            ShortList(FIELD_COLUMNS), name="changed_fields", title="改了什么", measure="处"
        )
        self.row = QHBoxLayout()
        self.row.setSpacing(theme().px(12))
        self.row.addWidget(self.table, 3)
        self.row.addWidget(self.fields, 2)
        self.body.addLayout(self.row, 1)

    def _make_filters(self) -> None:
        self.words = QLineEdit()
        self.words.setPlaceholderText("事项里的字")
        self.words.setAccessibleName("找修改记录")
        self.words.setClearButtonEnabled(True)
        self.words.setFixedWidth(theme().px(190))
        self.words.textChanged.connect(lambda _text: self._filter())
        self.user = QComboBox()
        self.user.setAccessibleName("经手人")
        self.user.addItem(EVERYBODY)
        self.user.currentIndexChanged.connect(lambda _index: self._filter())
        self.kinds = ChipRow(
            [Chip("", "全部"), *(Chip(key, word) for key, word in KIND_WORDS.items())], name="类别"
        )
        self.kinds.chosen.connect(lambda _keys: self._filter())
        self.days = ChipRow(
            [
                Chip("all", "全部日期"),
                Chip("today", "今天"),
                Chip("week", "7 天"),
                Chip("month", "30 天"),
            ],
            name="日期",
        )
        self.days.chosen.connect(lambda _keys: self._filter())
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(theme().px(12))
            self.body.addLayout(row)
        first.addWidget(self.words)
        first.addWidget(self.user)
        first.addWidget(self.days, 1)
        first.addWidget(Button("打印", icon="printer", key="Ctrl+P", press=self.print_list))
        second.addWidget(self.kinds, 1)

    def chosen_filter(self) -> Filter:
        """Give what is asked for now."""
        today = self.desk.village.session.today()
        span = DAYS[self.days.on()[0]]
        return Filter(
            user="" if self.user.currentIndex() < 1 else self.user.currentText(),
            kind=self.kinds.on()[0],
            words=self.words.text().strip(),
            first_day="" if span is None else (today - timedelta(days=span)).isoformat(),
        )

    def _source(self) -> ServiceList:
        return ServiceList(COLUMNS, self.desk.village.audit.listed(self.chosen_filter()))

    def refresh(self) -> None:
        known = [self.user.itemText(at) for at in range(1, self.user.count())]
        self.user.addItems([one for one in self.desk.village.audit.users() if one not in known])
        self._filter()

    def _filter(self) -> None:
        self.table.refresh(self._source())
        if self.table.current_key() is None:
            self.table.choose_first()
        self._show(self.table.current_key())

    def _show(self, number: int | None) -> None:
        touched: list[Any] = self.desk.village.audit.touched(number) if number else []
        rows = [
            ListRow(at, {"title": one.title, "label": one.label, "old": one.old, "new": one.new})
            for at, one in enumerate(touched)
        ]
        self.fields.refresh(ShortList(FIELD_COLUMNS, rows))

    def verify(self) -> None:
        """Walk the whole chain and say what was found."""
        audit = self.desk.village.audit
        self.run(lambda _report: audit.verify(), "校验修改记录", self._verified)

    def _verified(self, found: Any) -> None:
        kind: BannerKind = "done" if found.is_whole else "stop"
        self.banner.show_sentence(kind, apart(verified_words(found)), link="再校验一次")
        if not found.is_whole:
            self.table.choose(found.broken_at)

    def print_list(self) -> None:
        """Save the shown changes as a paper."""
        chosen = self.chosen_filter()
        self.print_paper(lambda: self.desk.village.audit.paper(chosen), "修改记录清单")

    def export(self) -> None:
        """Save the shown changes as a spreadsheet."""
        chosen = self.chosen_filter()
        self.save(
            SPREADSHEET,
            "修改记录清单.xlsx",
            lambda report: self.desk.village.audit.spreadsheet(chosen, report=report),
        )

    def lay_out(self, narrow: bool) -> None:
        self.table.set_narrow(narrow)
        self.fields.setVisible(not narrow)

    def first_focus(self) -> QLineEdit:
        return self.words


def apart(sentence: str) -> str:
    """Set numbers apart from Chinese, as the screen does and the paper does not."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", sentence)
