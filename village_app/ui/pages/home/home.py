"""首页: the day, five figures, what is to be done, twelve months or first steps, the backup."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from village_app.domain.calendar import weekday_word
from village_app.domain.lunar import lunar_words, term_words
from village_app.domain.numerals import to_chinese
from village_app.errors import VillageError
from village_app.services.house.today_items import TodayItem
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chart import Bar, BarChart
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList, TwoLines, Verb
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.figures import Figure, FigureStrip
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light, LightLabel
from village_app.ui.kit.removal import discard
from village_app.ui.kit.sheets import Scroll, Sheet
from village_app.ui.kit.table import RecordTable
from village_app.ui.kit.text import Text
from village_app.ui.page import Desk, Page
from village_app.ui.pages.home.backlog import BacklogLine
from village_app.ui.pages.home.steps import StepsSheet
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("due", "期限", width=128, sortable=False),
    ColumnSpec("what", "事项", stretch=True, lines=2, sortable=False),
    ColumnSpec("verb", "", width=116, align="right", sortable=False),
)
STEPS = "first-steps"
_ONLY = {"over": "只看已超期的", "today": "只看今天到期的"}


class HomePage(Page):
    """The dashboard; every figure and row opens what it speaks of."""

    title = "首页"
    topic = "home"
    watches = (
        *("issue", "notice", "meeting", "project", "payment", "task", "resident", "place"),
        *("setting", "user_account", "membership", "ledger_entry", "ledger_opening"),
    )
    keys = (
        Key("↑ ↓", "选一件"),
        Key("Enter", "去办"),
        Key("Ctrl+J", "记一件事"),
        Key("Ctrl+K", "搜索"),
        Key("Ctrl+M", "只看我的"),
        Key("Ctrl+1…9", "换栏目"),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: list[TodayItem] = []
        self._items: list[tuple[str, int]] = []
        self._only = ""
        self._mine = False
        self.head = PageHead(
            "",
            buttons=[
                Button("记一件事", icon="pen", key="Ctrl+J", kind="primary", press=self._note),
                Button("找人", icon="person", key="F3", bind=False, press=self._find),
                Button("写公示", icon="board", key="F4", bind=False, press=self._write),
            ],
        )
        self.season = Banner("info", "", link="知道了", icon="clock")
        self.season.pressed.connect(self._put_season_away)
        self.strip = FigureStrip()
        self.strip.pressed.connect(self._open_figure)
        self.table = self._make_table()
        self.work = self._make_work()
        self.right = self._make_right()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme().px(12))
        self._row.addWidget(self.work, 58)
        self._row.addWidget(self.right, 44)
        self._put_together()
        self.columns = [self.table, self.right]

    def _put_together(self) -> None:
        """Everything below the head scrolls where the window is narrow."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        column.addWidget(self.strip)
        column.addLayout(self._row, 1)
        self.body.addWidget(self.head)
        self.body.addWidget(Scroll(inside), 1)

    def _make_table(self) -> RecordTable:
        table = RecordTable(
            ShortList(COLUMNS),
            name="today",
            title="今日待办",
            preferences=self.desk.preferences,
        )
        table.make_plain()
        table.set_empty(
            EmptyState("今天没有要办的", "有期限的诉求、会议、公示和任务，到时候都会排在这里。")
        )
        table.opened.connect(self._open_item)
        table.verb_pressed.connect(lambda key, _column: self._open_item(key))
        return table

    def _make_work(self) -> Sheet:
        sheet = Sheet("今日待办", flush=True)
        self.everything = Button("看全部", kind="link", press=self._show_everything)
        self.mine = Button("只看我的", kind="quiet", key="Ctrl+M", press=self._turn_mine)
        sheet.head.addWidget(self.everything)
        sheet.head.addWidget(self.mine)
        sheet.add_hairline()
        sheet.add(self.table, 1)
        self.backlog = BacklogLine(lambda page: self.desk.go(page, None))
        sheet.add(self.backlog)
        return sheet

    def _make_right(self) -> QWidget:
        place = QWidget()
        body = QVBoxLayout(place)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(12))
        self.chart_sheet = Sheet("近 12 个月诉求")
        self.steps_link = Button("十二步", kind="quiet", press=self._bring_steps)
        self.chart_sheet.head.addWidget(self.steps_link)
        self.chart = self._new_chart(("诉求",))
        self.steps = StepsSheet(self._put_steps_away)
        self.steps.chosen.connect(lambda page: self.desk.go(page, None))
        body.addWidget(self.season)
        body.addWidget(self.chart_sheet, 1)
        body.addWidget(self.steps, 1)
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
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
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
        self._found = village.today.items()
        self._figures = village.home.figures(self._found)
        self.strip.set_figures(
            [
                Figure(one.key, one.label, one.number, one.unit, one.note, one.light)
                for one in self._figures
            ]
        )
        self._show_items()
        self._show_steps_or_months()
        self._show_season()
        self._show_backup()

    def _show_season(self) -> None:
        away = self.desk.preferences.was_put_away
        hints = [one for one in self.desk.village.seasons.hints() if not away(one.code)]
        self._season = hints[0].code if hints else ""
        # One thing at a time: a new village has its steps to look at.
        shows = bool(hints) and self.steps.isHidden()
        self.season.setVisible(shows)
        if shows:
            self.season.show_sentence("info", hints[0].words, link="知道了", icon="clock")

    def _put_season_away(self) -> None:
        self.desk.preferences.put_away(self._season)
        self._show_season()

    def _show_items(self) -> None:
        self.backlog.show_item(next((item for item in self._found if item.backlog), None))
        everything = [item for item in self._found if not item.backlog]
        items = [item for item in everything if self._is_wanted(item)]
        self._items = [(item.page, item.record) for item in items]
        note = f"{len(items)} 件，按期限排"
        if self._only:
            note = f"{_ONLY[self._only]} {len(items)} 件，一共 {len(everything)} 件"
        self.work.set_note(note)
        self.everything.setVisible(bool(self._only))
        self.mine.set_words("看大家的" if self._mine else "只看我的")
        self.table.refresh(ShortList(COLUMNS, _rows(items)))
        if self.table.current_key() is None:
            self.table.choose_first()

    def _is_wanted(self, item: TodayItem) -> bool:
        own = self.desk.village.session.user.full_name
        is_mine = not self._mine or item.owner in ("", own)
        return is_mine and self._only in ("", item.light.kind)

    def _show_steps_or_months(self) -> None:
        steps = self.desk.village.first_steps.listed()
        is_left = any(not step.done for step in steps)
        shows = is_left and not self.desk.preferences.was_put_away(STEPS)
        self.steps.setVisible(shows)
        self.chart_sheet.setVisible(not shows)
        self.steps_link.setVisible(is_left)
        if shows:
            self.steps.show_steps(steps)
        else:
            self._show_months()

    def _put_steps_away(self) -> None:
        self.desk.preferences.put_away(STEPS)
        self._show_steps_or_months()
        self._show_season()

    def _bring_steps(self) -> None:
        self.desk.preferences.put_away(STEPS, away=False)
        self._show_steps_or_months()
        self._show_season()

    def _show_months(self) -> None:
        months = self.desk.village.home.months()
        last = len(months.months) - 1
        discard(self.chart)
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
        if page != "home":
            self.desk.go(page, None)
            return
        self._only = "" if self._only == key else key
        self._show_items()
        self.table.focus_rows()

    def _show_everything(self) -> None:
        self._only = ""
        self._show_items()
        self.table.focus_rows()

    def _turn_mine(self) -> None:
        self._mine = not self._mine
        self._show_items()

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
        self.refresh()
        self.desk.say("备份好了，已重新打开核对", None)

    def _not_backed_up(self, error: Exception) -> None:
        if not isinstance(error, VillageError):
            raise error
        self.desk.say(error.message, None)

    # The page

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.strip.set_narrow(narrow)
        self.table.set_narrow(narrow)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self.table.show_rows(6 if narrow else 4)
        self.chart_sheet.setMinimumHeight(theme().px(280 if narrow else 160))

    def first_focus(self) -> QWidget:
        return self.table.view


def _rows(items: Sequence[TodayItem]) -> list[ListRow]:
    return [
        ListRow(
            number,
            {
                "due": Light(item.light.kind, item.light.word),
                "what": TwoLines(item.title, item.note),
                "verb": Verb(item.verb),
            },
        )
        for number, item in enumerate(items)
    ]
