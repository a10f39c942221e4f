"""The agenda beside a meeting: items added, ordered, written, brought back from last time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from village_app.db.records.meetings import ITEM_STATES, AgendaItem, Meeting
from village_app.errors import Refused
from village_app.services.meetings.agenda import NumberedItem
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.lights import LightKind
from village_app.ui.kit.sheets import Sheet
from village_app.ui.pages.meetings.agenda_list import AgendaLine, AgendaList
from village_app.ui.pages.meetings.item_dialog import ItemDialog
from village_app.ui.pages.tick_dialog import Tick, TickDialog
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.meetings.room import MeetingRoom

NEW_FIELDS = ("name", "reporter", "proposer", "minutes", "is_internal", "report", "decision")
FIELDS = ("name", "reporter", "proposer", "minutes", "is_internal", "report", "discussion")
_LIGHTS: dict[str, LightKind] = {
    "open": "ok",
    "reviewed": "done",
    "carried": "done",
    "not_carried": "fault",
    "below_quorum": "over",
    "postponed": "hold",
}


class AgendaSheet(Sheet):
    """The agenda's sheet in the room of a meeting."""

    def __init__(self, room: MeetingRoom) -> None:
        super().__init__("议程", flush=True)
        self.room = room
        self.village: Any = room.village
        self.dialog: TickDialog | None = None
        self.list = AgendaList()
        self.list.chosen.connect(room.choose_item)
        self.list.stepped.connect(self.step)
        self.list.shifted.connect(self.shift)
        self.list.moved.connect(self.drop)
        self.list.removed.connect(self.remove)
        self.list.opened.connect(self.edit)
        self.add(self.list, 1)
        self.earlier = Button("", kind="link", press=self.show_earlier)
        self.bring = Button("带出上次未完", kind="link", press=self.bring_back)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme().px(10), theme().px(8), theme().px(10), theme().px(8))
        foot.addWidget(Button("加议题", icon="plus", press=self.enter))
        foot.addStretch(1)
        above = QVBoxLayout()
        above.setContentsMargins(theme().px(10), 0, theme().px(10), 0)
        above.setSpacing(0)
        above.addWidget(self.earlier)
        above.addWidget(self.bring)
        self.body.addLayout(above)
        self.body.addLayout(foot)

    def show_items(self, meeting: Meeting, chosen: int | None) -> None:
        """Show the agenda of a meeting with one item chosen."""
        items = self.village.meetings.agenda(meeting)
        done = sum(one.item.state not in {"open", "postponed"} for one in items)
        self.set_note(f"{len(items)} 项，已完 {done} 项" if items else "还没有议题")
        self.list.set_lines([_line(one) for one in items], chosen)
        waiting = 0
        if meeting.state in {"planned", "running"}:
            body = self.village.bodies.get(meeting.body_id)
            waiting = len(self.village.meetings.coming_back(body, meeting))
        self.bring.setVisible(bool(waiting))
        self.bring.set_words(f"带出未完 {waiting} 项")
        earlier = self.village.resolutions.unfinished_before(meeting)
        done = sum(one.state == "done" for one in earlier)
        self.earlier.setVisible(bool(earlier))
        self.earlier.set_words(f"以前决议 {len(earlier)} 件，办成 {done} 件")

    def enter(self) -> None:
        """Add an item to the agenda."""
        self.room.page.open_form(
            "加议题",
            AgendaItem,
            NEW_FIELDS,
            lambda typed: self.village.meetings.add_item(self.room.meeting(), typed),
        )

    def edit(self) -> None:
        """Write the chosen item: its words, what was said; stock phrases at hand."""
        item = self.room.item()
        if item is None:
            return
        voted = item.state in {"carried", "not_carried"}
        fields = FIELDS if voted else (*FIELDS, "decision")

        def save(typed: Any) -> None:
            self.village.meetings.correct_item(self.room.item(), typed)
            self.room.refresh()

        dialog = ItemDialog(
            "写议题",
            [AgendaItem.declaration(name) for name in fields],
            save,
            self.window(),
            values=item.values(),
            phrases=self.village.minutes.phrases(),
        )
        self.room.page.show_dialog(dialog)

    def step(self, key: int, step: int) -> None:
        """Move an item up or down among its siblings."""
        meetings = self.village.meetings
        item = meetings.item(key)
        place = max(1, (item.position or 1) + step)
        under = meetings.item(item.parent_id) if item.parent_id else None
        self.room.attempt(lambda: meetings.move_item(item, under, place))

    def shift(self, key: int, step: int) -> None:
        """Put an item under the one above it (1), or out again (-1)."""
        meetings = self.village.meetings
        move = meetings.indent_item if step > 0 else meetings.outdent_item
        self.room.attempt(lambda: move(meetings.item(key)))

    def drop(self, key: int, above: int) -> None:
        """Put an item behind the line it was dropped under, at that line's level."""
        meetings = self.village.meetings
        item = meetings.item(key)
        if not above:
            self.room.attempt(lambda: meetings.move_item(item, None, 1))
            return
        other = meetings.item(above)
        under = meetings.item(other.parent_id) if other.parent_id else None
        place = (other.position or 0) + 1
        if item.parent_id == other.parent_id and (item.position or 0) < place:
            place -= 1
        self.room.attempt(lambda: meetings.move_item(item, under, place))

    def remove(self, key: int) -> None:
        """Take an item off the agenda; undo brings it back."""
        item = self.village.meetings.item(key)
        if self.room.attempt(lambda: self.village.meetings.remove_item(item)):
            self.room.page.desk.say(f"已去掉议题 {item.name}", self.room.page.desk.undo)

    def bring_back(self) -> None:
        """Choose what earlier meetings left open and put it on this agenda."""
        meeting = self.room.meeting()
        body = self.village.bodies.get(meeting.body_id)
        waiting = {one.id: one for one in self.village.meetings.coming_back(body, meeting)}
        ticks = [Tick(one.id, one.name, note=_left(one)) for one in waiting.values()]

        def save(keys: tuple[int, ...]) -> None:
            if not keys:
                raise Refused("nothing_ticked", "还没有勾选议题。")
            self.village.meetings.bring_back(meeting, [waiting[key] for key in keys])
            self.room.refresh()

        self._show(TickDialog("带出未完的议题", ticks, save, self.window(), words="放进议程"))

    def show_earlier(self) -> None:
        """Show how far the earlier decisions are; what is ticked becomes 已办成."""
        earlier = self.village.resolutions.unfinished_before(self.room.meeting())
        decided = {one.id: one for one in earlier}
        ticks = [
            Tick(one.id, one.name, one.state == "done", f"{one.number}，{self._far(one)}")
            for one in earlier
        ]

        def save(keys: tuple[int, ...]) -> None:
            for key in keys:
                if decided[key].state != "done":
                    self.village.resolutions.follow(decided[key], {"state": "已办成"})
            self.room.refresh()

        title = "以前的决议办得怎样，办成的打勾"
        self._show(TickDialog(title, ticks, save, self.window()))

    def _far(self, decided: Any) -> str:
        parts = [self.village.resolutions.progress(decided)]
        parts += [f"{decided.responsible}负责"] if decided.responsible else []
        parts += [f"时限 {decided.due_on}"] if decided.due_on else []
        return "，".join(parts)

    def _show(self, dialog: TickDialog) -> None:
        self.dialog = dialog
        dialog.open()


def _line(one: NumberedItem) -> AgendaLine:
    item = one.item
    parts = [ITEM_STATES.show(item.state)]
    parts += ["内部，不上屏"] if item.is_internal else []
    parts += [f"约 {item.minutes} 分钟"] if item.minutes and item.state == "open" else []
    light = _LIGHTS[item.state]
    return AgendaLine(item.id, one.number, one.depth, item.name, " · ".join(parts), light)


def _left(item: AgendaItem) -> str:
    return "决议还没有办成" if item.state == "carried" else f"上次{ITEM_STATES.show(item.state)}"
