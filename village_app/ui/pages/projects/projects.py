"""项目公开: all projects as a list; Enter opens one as a record, Alt+← goes back to its row."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.projects import SOURCE_KINDS, STATES, Project
from village_app.errors import EnvironmentProblem, Refused
from village_app.ui.asking import FileKind
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.chips import Chip, ChipRow
from village_app.ui.kit.columns import ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.list_and_record import ListAndRecordPage
from village_app.ui.pages.projects.list_rows import (
    CARD_FIELDS,
    CARD_LINES,
    COLUMNS,
    project_row,
)
from village_app.ui.pages.projects.record import ProjectRecord
from village_app.ui.pages.wishes import MoreButton, Wish, bind
from village_app.ui.theme import theme

_JSON = FileKind("公开数据", ("json",))
_BOOK = FileKind("表格", ("xlsx",))
_RECORD_KEYS = (
    Key("Ctrl+T", "记一笔付款"),
    Key("F2", "修改"),
    Key("F4", "发公示"),
    Key("Alt+←", "回项目列表"),
)


class ProjectsPage(ListAndRecordPage):
    """The list of projects and one of them."""

    title = "项目公开"
    topic = "projects"
    watches = (
        *("project", "funding_source", "quotation", "contract", "change_order", "payment"),
        *("payment_plan", "acceptance", "settlement", "project_paper", "attachment", "notice"),
        *("approval", "question", "supervision_visit"),
    )
    list_keys = (Key("↑ ↓", "选一项"), Key("Enter", "打开"), Key("Ctrl+N", "新建项目"))
    keys = list_keys

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._year: int | None = None
        self._source_kind = ""
        self._state = ""
        self.add_list(self._make_list())
        self.record = ProjectRecord(self)
        self.add_part(self.record)
        self.columns = [self.search, self.table]

    def _make_list(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        self.head = PageHead(
            self.title,
            buttons=[
                Button(
                    "新建项目",
                    icon="plus",
                    key="Ctrl+N",
                    bind=False,
                    kind="primary",
                    press=self.enter,
                )
            ],
        )
        self.more = MoreButton(self.wishes)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(self.head, 1)
        row.addWidget(self.more)
        column.addLayout(row)
        bind(self.wishes(), inside)
        column.addLayout(self._make_filters())
        self.table = RecordTable(
            ShortList(COLUMNS), name="projects", measure="项", preferences=self.desk.preferences
        )
        first = Button("新建第一个项目", icon="plus", kind="primary", big=True, press=self.enter)
        self.table.set_empty(
            EmptyState(
                "还没有项目",
                "从提出到管护，材料齐不齐、钱付到哪一步，一个项目一页，可以直接公示。",
                buttons=[first],
            ),
            filtered="换一个状态、年份或资金，或者换几个字找。",
            clear=self._show_all,
        )
        self.table.emptied.connect(self.head.rest)
        self.table.opened.connect(self.show_project)
        column.addWidget(self.table, 1)
        return inside

    def _make_filters(self) -> QHBoxLayout:
        self.search = self.make_search("项目名称、编号", "找项目")
        self.states = ChipRow(
            [Chip("", "全部"), *(Chip(one.code, one.label) for one in STATES.options)], name="状态"
        )
        self.states.chosen.connect(self._choose_state)
        self.years = ChipRow([Chip("", "各年")], name="年份", menu=True)
        self.years.chosen.connect(self._choose_year)
        self.sources = ChipRow(
            [Chip("", "各种资金"), *(Chip(one.code, one.label) for one in SOURCE_KINDS.options)],
            name="资金来源",
            menu=True,
        )
        self.sources.chosen.connect(self._choose_source)
        row = QHBoxLayout()
        row.setSpacing(theme().px(12))
        row.addWidget(self.search)
        for chips in (self.states, self.years, self.sources):
            row.addWidget(chips)
        row.addStretch(1)
        return row

    # Data

    def refresh(self) -> None:
        years = [Chip("", "各年")]
        years += [Chip(str(year), f"{year} 年") for year in self.desk.village.project_list.years()]
        self.years.set_chips(years)
        self.years.set_on((str(self._year) if self._year else "",))
        self.show_rows()
        if not self.is_list:
            self.record.refresh()

    def show_rows(self) -> None:
        rows = self.desk.village.project_list.rows(
            year=self._year,
            source_kind=self._source_kind,
            state=self._state,
            words=self.search.text(),
        )
        chosen = self._year or self._source_kind or self._state or self.search.text()
        self.table.set_filtered(filtered=bool(chosen))
        self.table.refresh(ShortList(COLUMNS, [project_row(one) for one in rows]))
        if self.table.current_key() is None:
            self.table.choose_first()
        self.head.set_fact(f"{len(rows)} 项")

    def _choose_state(self, keys: tuple[str, ...]) -> None:
        self._state = keys[0] if keys else ""
        self.show_rows()

    def _choose_year(self, keys: tuple[str, ...]) -> None:
        self._year = int(keys[0]) if keys and keys[0] else None
        self.show_rows()

    def _choose_source(self, keys: tuple[str, ...]) -> None:
        self._source_kind = keys[0] if keys else ""
        self.show_rows()

    def _show_all(self) -> None:
        self.search.clear()
        for chips in (self.states, self.years, self.sources):
            chips.set_on(("",))
        self._year, self._state, self._source_kind = None, "", ""
        self.show_rows()

    # Wishes

    def enter(self) -> None:
        """Begin a new project."""

        def save(typed: Typed) -> None:
            project = self.desk.village.projects.start(typed)
            self.desk.say(f"已建 {project.name}", self.desk.undo)
            self.show_project(project.id)

        values = {"state": "running"}
        self.open_form("新建项目", Project, CARD_FIELDS, save, values=values, lines=CARD_LINES)

    def wishes(self) -> list[Wish]:
        """Give what can be done with the list."""
        return [
            Wish("新建项目", self.enter, "Ctrl+N"),
            Wish("导出表格给镇里（Excel）", lambda: self.export(_BOOK, "xlsx"), divides=True),
            Wish("导出公开数据（JSON，OCDS）", lambda: self.export(_JSON, "json")),
        ]

    def export(self, kind: FileKind, ending: str) -> None:
        """Write all projects with their money to a file."""
        name = f"项目公开数据{self.desk.village.session.today():%Y%m%d}.{ending}"
        target = self.desk.asking.save_file("导出项目", kind, name, "exports")
        if target is None:
            return
        try:
            count = self.desk.village.open_data.save(target)
        except (Refused, EnvironmentProblem) as refusal:
            self.desk.say(refusal.message, None)
            return
        self.desk.say(f"已导出 {count} 个项目：{target.name}", None)

    def show_project(self, key: int) -> None:
        """Show one project as a record."""
        self.record.show_project(key)
        self.show_part(self.record, _RECORD_KEYS)
        self.record.setFocus()

    def go_back(self) -> None:
        """Go back to the list, to the row of the project."""
        key = self.record.project_id
        super().go_back()
        if key is not None:
            self.table.choose(key)
        self.table.focus_rows()

    # The page

    def open_record(self, record: int) -> None:
        self.refresh()
        self.show_project(record)

    def first_focus(self) -> QWidget:
        return self.search

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.record.set_narrow(narrow)
