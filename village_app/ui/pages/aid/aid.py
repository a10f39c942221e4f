"""补贴发放: all lists of subsidies and aid; Enter opens one, Alt+← goes back to its row."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_app.db.records.aid import AID_KINDS, AidList
from village_app.domain.kinds import DAY, MONEY, TEXT
from village_app.services.aid.lists import AidSums
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light
from village_app.ui.kit.table import RecordTable
from village_app.ui.page import Desk
from village_app.ui.pages.aid.record import AidRecord
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.list_and_record import ListAndRecordPage
from village_app.ui.theme import theme

COLUMNS = (
    ColumnSpec("period", "期次", TEXT, width=130),
    ColumnSpec("name", "名称", TEXT, width=220, stretch=True),
    ColumnSpec("kind", "类别", TEXT, width=104),
    ColumnSpec("source", "资金来源", TEXT, width=150, narrow=False),
    ColumnSpec("people", "人数", TEXT, width=80, align="right"),
    ColumnSpec("total", "合计（元）", MONEY, width=130),
    ColumnSpec("paid", "发放日期", DAY, width=110, narrow=False),
    ColumnSpec("received", "签收", TEXT, width=120),
)
HEAD_FIELDS = ("name", "kind", "period", "source", "document", "standard", "paid_on", "note")
HEAD_LINES = (
    ("name",),
    ("kind", "period"),
    ("source", "standard"),
    ("document",),
    ("paid_on",),
    ("note",),
)
_RECORD_KEYS = (
    Key("Ctrl+I", "导入名单"),
    Key("Enter", "处理这一行"),
    Key("F8", "下一处问题"),
    Key("F4", "发公示"),
    Key("Alt+←", "回列表"),
)


class AidPage(ListAndRecordPage):
    """The lists of subsidies and aid, and one of them."""

    title = "补贴发放"
    topic = "aid"
    watches = ("aid_list", "aid_line", "resident", "attachment", "notice")
    list_keys = (Key("↑ ↓", "选一份"), Key("Enter", "打开"), Key("Ctrl+N", "新建名单"))
    keys = list_keys

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.add_list(self._make_list())
        self.record = AidRecord(self)
        self.add_part(self.record)
        self.columns = [self.table]

    def _make_list(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        self.head = PageHead(
            self.title,
            buttons=[
                Button("新建名单", icon="plus", key="Ctrl+N", kind="primary", press=self.enter)
            ],
        )
        column.addWidget(self.head)
        self.table = RecordTable(
            ShortList(COLUMNS), name="aid", measure="份", preferences=self.desk.preferences
        )
        self.table.opened.connect(self.show_list)
        self.table.set_empty(
            EmptyState(
                "还没有补贴名单",
                "新建一份，导入镇里发来的花名册，程序会拿登记簿核对去世、迁出和重复的人。",
                buttons=[Button("新建第一份名单", kind="primary", big=True, press=self.enter)],
            )
        )
        self.table.emptied.connect(self.head.rest)
        column.addWidget(self.table, 1)
        return inside

    def refresh(self) -> None:
        self.show_rows()
        if not self.is_list:
            self.record.refresh()

    def show_rows(self) -> None:
        sums = self.desk.village.aid.listed()
        self.table.refresh(ShortList(COLUMNS, [_row(one) for one in sums]))
        if self.table.current_key() is None:
            self.table.choose_first()
        self.head.set_fact(f"{len(sums)} 份" if sums else "")

    def enter(self) -> None:
        """Begin a new list."""

        def save(typed: Typed) -> None:
            aid = self.desk.village.aid.start(typed)
            self.desk.say(f"已建 {aid.name}", self.desk.undo)
            self.show_list(aid.id)

        self.open_form("新建补贴名单", AidList, HEAD_FIELDS, save, lines=HEAD_LINES)

    def show_list(self, key: int) -> None:
        """Show one list with its people."""
        self.record.show_list(key)
        self.show_part(self.record, _RECORD_KEYS)
        self.record.table.focus_rows()

    def go_back(self) -> None:
        """Go back to the lists, to the row of this one."""
        key = self.record.list_id
        super().go_back()
        if key is not None:
            self.table.choose(key)
        self.table.focus_rows()

    def open_record(self, record: int) -> None:
        self.refresh()
        self.show_list(record)

    def first_focus(self) -> QWidget:
        return self.table

    def lay_out(self, narrow: bool) -> None:
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
        self.record.set_narrow(narrow)


def _row(one: AidSums) -> ListRow:
    signed = f"{one.received}／{one.people} 人"
    if not one.people:
        state = Light("ok", "还没有人")
    elif one.received == one.people:
        state = Light("done", "都签了")
    else:
        state = Light("soon" if one.received else "ok", signed)
    return ListRow(
        one.aid.id,
        {
            "period": one.aid.period,
            "name": one.aid.name,
            "kind": AID_KINDS.show(one.aid.kind),
            "source": one.aid.source,
            "people": f"{one.people} 人",
            "total": one.total,
            "paid": one.aid.paid_on,
            "received": state,
        },
    )
