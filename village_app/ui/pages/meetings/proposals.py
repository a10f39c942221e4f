"""联名提议: who wants a body to meet, how many support it, and when it must be called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.resolutions import Proposal
from village_app.domain.kinds import DAY, TEXT, Choice, FieldDeclaration, Option
from village_app.ui.kit.buttons import Button, IconButton
from village_app.ui.kit.columns import ColumnSpec, ListRow, ShortList
from village_app.ui.kit.empty import EmptyState
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key
from village_app.ui.kit.lights import Light
from village_app.ui.kit.table import RecordTable
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.tick_dialog import Tick, TickDialog
from village_app.ui.pages.wishes import Wish, bind
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.meetings.meetings import MeetingsPage

COLUMNS = (
    ColumnSpec("day", "提出日期", DAY, width=110),
    ColumnSpec("name", "提议事项", TEXT, width=240, stretch=True),
    ColumnSpec("body", "组织", TEXT, width=150, narrow=False),
    ColumnSpec("support", "联名/须达", TEXT, width=110),
    ColumnSpec("state", "情况", TEXT, width=170),
)
KEYS = (
    Key("Ctrl+N", "登记提议"),
    Key("F2", "勾选联名人"),
    Key("Ctrl+G", "安排会议"),
    Key("Alt+←", "回会议列表"),
)


class ProposalsPart(QWidget):
    """The proposals, and the names under the chosen one."""

    def __init__(self, page: MeetingsPage) -> None:
        super().__init__()
        self.page = page
        self.village: Any = page.desk.village
        self.dialog: TickDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        self.head = PageHead(
            "联名提议",
            buttons=[
                Button("登记提议", icon="plus", kind="primary", press=self.propose),
                Button("勾选联名人", press=self.support),
                Button("安排会议", press=self.call),
            ],
        )
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(IconButton("left", "会议列表", key="Alt+Left", press=page.go_back))
        row.addWidget(self.head, 1)
        column.addLayout(row)
        self.table = RecordTable(
            ShortList(COLUMNS), name="proposals", measure="件", preferences=page.desk.preferences
        )
        first = Button("登记提议", icon="plus", kind="primary", big=True, press=self.propose)
        self.table.set_empty(
            EmptyState(
                "还没有联名提议",
                "村民或代表联名要求开会的，登记下来勾选联名人，人数够了程序会提醒召集。",
                buttons=[first],
            )
        )
        self.table.emptied.connect(self.head.rest)
        self.table.opened.connect(lambda _key: self.support())
        column.addWidget(self.table, 1)
        wishes = [
            Wish("登记提议", self.propose, "Ctrl+N"),
            Wish("勾选联名人", self.support, "F2"),
            Wish("安排会议", self.call, "Ctrl+G"),
        ]
        bind(wishes, self)

    def refresh(self) -> None:
        """Show the proposals, the latest first."""
        found = self.village.proposals.listed()
        names = {one.id: one.name for one in self.village.bodies.listed()}
        rows = [self._row(one, names[one.body_id]) for one in found]
        self.table.refresh(ShortList(COLUMNS, rows))
        if self.table.current_key() is None:
            self.table.choose_first()
        self.head.set_fact(f"{len(found)} 件")

    def _row(self, one: Proposal, body: str) -> ListRow:
        standing = self.village.proposals.standing(one)
        called = self.village.proposals.meeting_since(one)
        if called is not None:
            light = Light("done", f"{called.day} 召集")
        elif standing.must_call:
            light = Light("over", "应当召集会议")
        else:
            light = Light("ok", f"还差 {standing.needed - standing.count} 人")
        return ListRow(
            one.id,
            {
                "day": one.day,
                "name": one.name,
                "body": body,
                "support": f"{standing.count}/{standing.needed}",
                "state": light,
            },
        )

    def _chosen(self) -> Proposal | None:
        key = self.table.current_key()
        if key is None:
            return None
        found: Proposal = self.village.proposals.get(key)
        return found

    def propose(self) -> None:
        """Take a proposal down."""
        bodies = self.village.bodies.listed()
        kind = Choice(tuple(Option(str(one.id), one.name) for one in bodies))
        declared = [
            FieldDeclaration("body", "组织", kind, required=True),
            *(Proposal.declaration(name) for name in ("name", "day", "content")),
        ]

        def save(typed: Typed) -> None:
            given = dict(typed)
            body = self.village.bodies.get(int(kind.parse(given.pop("body")) or 0))
            made = self.village.proposals.propose(body, given)
            self.page.desk.say(f"已登记提议 {made.name}", self.page.desk.undo)

        values = {"body": str(bodies[0].id), "day": self.village.session.today()}
        self.page.ask("登记联名提议", declared, save, values)

    def support(self) -> None:
        """Tick who put the name under the chosen proposal."""
        chosen = self._chosen()
        if chosen is None:
            return
        proposals = self.village.proposals
        body = self.village.bodies.get(chosen.body_id)
        members = {one.id: one for one in self.village.bodies.members_on(body, chosen.day)}
        held = {one.membership_id: one for one in proposals.supporters(chosen)}
        ticks = [
            Tick(one.id, f"{one.name}　{one.group_name or ''}", one.id in held)
            for one in members.values()
        ]

        def save(keys: tuple[int, ...]) -> None:
            proposals.set_supporters(chosen, [members[key] for key in keys])
            self.refresh()
            self.page.desk.say(proposals.standing(chosen).sentence(), self.page.desk.undo)

        self.dialog = TickDialog(f"“{chosen.name}”的联名人", ticks, save, self.window())
        self.dialog.open()

    def call(self) -> None:
        """Arrange the meeting that the chosen proposal asks for."""
        chosen = self._chosen()
        if chosen is not None:
            self.page.arrange(chosen.body_id, item=chosen.name, content=chosen.content or "")

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what there is no room for."""
        self.head.set_narrow(narrow)
        self.table.set_narrow(narrow)
