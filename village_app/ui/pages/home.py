"""首页: the day, five figures, what is to be done, twelve months, and how safe the data is."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.domain.calendar import weekday_word
from village_app.domain.lunar import lunar_words, term_words
from village_app.domain.numerals import to_chinese
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chart import Bar, BarChart
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList, TwoLines, Verb
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.figures import Figure, FigureStrip
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light, LightLabel
from village_app.ui.kit.sheets import Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk, Page
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("due", "期限", width=128, sortable=False),
    ColumnSpec("what", "事项", stretch=True, lines=2, sortable=False),
    ColumnSpec("verb", "", width=116, align="right", sortable=False),
)


class HomePage(Page):
    """The dashboard; every figure and row opens what it speaks of."""

    title = "首页"
    topic = "home"
    watches = ("issue", "notice", "meeting", "project", "payment", "task")
    keys = (
        Key("↑ ↓", "选一件"),
        Key("Enter", "去办"),
        Key("Ctrl+J", "记一件事"),
        Key("Ctrl+K", "搜索"),
        Key("Ctrl+1…9", "换栏目"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._items: list[tuple[str, int]] = []
        self.head = PageHead(
            "",
            buttons=[
                Button("记一件事", icon="pen", key="Ctrl+J", kind="primary", press=self._note),
                Button("找人", icon="person", key="F3", bind=False, press=self._find),
                Button("写公示", icon="board", key="F4", bind=False, press=self._write),
            ],
        )
        self.strip = FigureStrip()
        self.strip.pressed.connect(self._open_figure)
        self.body.addWidget(self.head)
        self.body.addWidget(self.strip)
        self.table = self._make_table()
        self.right = self._make_right()
        self._row = QHBoxLayout()
        self._row.setSpacing(theme().px(12))
        self._row.addWidget(self.table, 58)
        self._row.addWidget(self.right, 44)
        self.body.addLayout(self._row, 1)
        self.columns = [self.table, self.right]

    def _make_table(self) -> RecordTable:
        table = RecordTable(
            ShortList(COLUMNS),
            name="today",
            title="今日待办",
            preferences=self.desk.preferences,
        )
        table.set_empty(
            EmptyState("今天没有要办的", "有期限的诉求、会议、公示和任务，到时候都会排在这里。")
        )
        table.opened.connect(self._open_item)
        table.verb_pressed.connect(lambda key, _column: self._open_item(key))
        return table

    def _make_right(self) -> QWidget:
        place = QWidget()
        body = QVBoxLayout(place)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(12))
        self.chart_sheet = Sheet("近 12 个月诉求")
        self.chart = self._new_chart(("诉求",))
        body.addWidget(self.chart_sheet, 1)
        body.addWidget(self._make_safety())
        return place

    def _new_chart(self, names: tuple[str, ...]) -> BarChart:
        chart = BarChart(names, name="近12个月诉求")
        chart.pressed.connect(lambda _month, _part: self.desk.go("issues", None))
        self.chart_sheet.add(chart, 1)
        return chart

    def _make_safety(self) -> Sheet:
        sheet = Sheet("数据安全")
        self.backup_light = LightLabel(Light("ok", ""), pill=True)
        sheet.head.addWidget(self.backup_light)
        row = QHBoxLayout()
        self.backup_text = Text("", tone="ink2", wrap=True)
        row.addWidget(self.backup_text, 1)
        row.addWidget(Button("现在备份", icon="shield", press=self._back_up))
        sheet.body.addLayout(row)
        return sheet

    # Data

    def refresh(self) -> None:
        village = self.desk.village
        today = village.session.today()
        self.head.set_title(
            f"{to_chinese(today.month)}月{to_chinese(today.day)}日　{weekday_word(today)}",
            " · ".join(part for part in (lunar_words(today), term_words(today)) if part),
        )
        self._figures = village.home.figures()
        self.strip.set_figures(
            [
                Figure(one.key, one.label, one.number, one.unit, one.note, one.light)
                for one in self._figures
            ]
        )
        self._show_items()
        self._show_months()
        self._show_backup()

    def _show_items(self) -> None:
        items = self.desk.village.today.items()
        self._items = [(item.page, item.record) for item in items]
        self.table.refresh(
            ShortList(
                COLUMNS,
                [
                    ListRow(
                        number,
                        {
                            "due": Light(item.light.kind, item.light.word),
                            "what": TwoLines(item.title, item.note),
                            "verb": Verb(item.verb),
                        },
                    )
                    for number, item in enumerate(items)
                ],
            )
        )
        if self.table.current_key() is None:
            self.table.choose_first()

    def _show_months(self) -> None:
        months = self.desk.village.home.months()
        last = len(months.months) - 1
        self.chart.setParent(None)
        self.chart.deleteLater()
        self.chart = self._new_chart(months.names)
        bars = []
        for number, (key, values) in enumerate(months.months):
            month = str(int(key[5:]))
            label = f"{month}月" if number in {0, last} else month
            bars.append(Bar(key, label, values, strong=number == last))
        self.chart.set_bars(bars)

    def _show_backup(self) -> None:
        state = self.desk.village.backup_state()
        self.backup_light.set_light(Light(state.kind, state.word))
        when = f"本机：{state.when}，已重新打开核对" if state.when else "还没有备份过。"
        self.backup_text.setText(when)

    # Wishes

    def _open_item(self, key: int) -> None:
        page, record = self._items[key]
        self.desk.go(page, record or None)

    def _open_figure(self, key: str) -> None:
        page = next(one.page for one in self._figures if one.key == key)
        self.desk.go(page, None)

    def _note(self) -> None:
        self.desk.go("issues", None)

    def _find(self) -> None:
        self.desk.go("residents", None)

    def _write(self) -> None:
        self.desk.go("notices", None)

    def _back_up(self) -> None:
        from village_app.ui.kit.progress import watch

        job = self.desk.jobs.start(
            lambda report: self.desk.village.backups.make("手动备份", report=report), "正在备份"
        )
        job.succeeded.connect(lambda _backup: self._backed_up())
        job.failed.connect(self._not_backed_up)
        watch(job, self.window(), leaves="取消后，以前的备份都还在。")

    def _backed_up(self) -> None:
        self._show_backup()
        self.desk.say("备份好了，已重新打开核对", None)

    def _not_backed_up(self, error: Exception) -> None:
        from village_app.errors import VillageError

        if not isinstance(error, VillageError):
            raise error
        self.desk.say(error.message, None)

    # The page

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.right.setVisible(not narrow)

    def first_focus(self) -> QWidget:
        return self.table.view
