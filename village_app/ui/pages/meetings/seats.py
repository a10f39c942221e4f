"""Check-in: the bar with its line, a seat for everyone, the count that follows the key at once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from village_app.db.records.meetings import AttendanceMark, Meeting
from village_app.db.records.meetings import Recusal as RecusalRecord
from village_app.domain.kinds import PERSON_NAME, TEXT, FieldDeclaration
from village_app.domain.names import search_keys
from village_app.domain.quorum import Threshold
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.quorum import Quorum, QuorumPanel
from village_app.ui.kit.seats import Seat, SeatGrid, SeatState
from village_app.ui.kit.sheets import Scroll, Sheet
from village_app.ui.kit.text import Text
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.meetings.room import MeetingRoom

_HERE = frozenset({"present", "late", "proxy"})
# What a key does without a question; the others ask for a name or a reason first.
_AT_ONCE = frozenset({"present", "late", "leave", "absent"})
# As many as fit: five beside the other columns, six or more in a wide place.
_MOST_COLUMNS = 8
_KEYS = "空格 到　2 迟　3 假　4 托　5 避　0 缺或离场"


class SeatSheet(Sheet):
    """Who is here; marks by one key each."""

    def __init__(self, room: MeetingRoom) -> None:
        super().__init__("签到")
        self.room = room
        self.village: Any = room.village
        self.quorum = QuorumPanel(Quorum(0, 0, 0, ""))
        self.add(self.quorum)
        self.grid = SeatGrid(columns=_MOST_COLUMNS)
        self.grid.marked.connect(self.mark)
        self.view = Scroll(self.grid)
        self.grid.current_changed.connect(self._bring_into_view)
        self.add(self.view, 1)
        self.hint = Text(_KEYS, "small", "ink2", wrap=True)
        self.add(self.hint)
        self.rest = Button("其余全到", kind="link", press=self.mark_rest)
        self.head.addWidget(self.rest)
        self.set_bare(bare=False)
        self._rule = Threshold(0, 1)
        # The marks as they are kept: a recusal of the shown item lies over them.
        self._marks: dict[int, AttendanceMark] = {}
        self._states: dict[int, str] = {}
        self._aside: set[int] = set()

    def show_marks(self, meeting: Meeting) -> None:
        """Show the roster of a meeting; who stands aside from the chosen item is shown so."""
        item = self.room.item()
        held = self.village.attendance.recusals(item) if item is not None else []
        self._aside = {one.mark_id for one in held}
        marks = self.village.attendance.roster(meeting)
        self._marks = {one.id: one for one in marks}
        self._states = {one.id: one.state for one in marks}
        self.grid.set_seats(
            Seat(one.id, one.name, self._shown(one.id, one.state), _initials(one.name))
            for one in marks
        )
        self._rule = self.village.bodies.rule_by_id(meeting.rule_id).rule.attendance
        self._show_counts()

    def set_bare(self, bare: bool) -> None:
        """Leave out the sheet's own edge and margins where it stands inside another sheet."""
        self.setProperty("part", "" if bare else "sheet")
        self.style().unpolish(self)
        self.style().polish(self)
        px = theme().px
        margins = (0, 0, 0, 0) if bare else (px(16), px(8), px(16), px(6))
        self.body.setContentsMargins(*margins)
        # In the low place of a narrow window the room goes to the seats: the counts stand beside
        # the chip that says 签到.
        self.hint.setVisible(not bare)
        self.grid.set_dense(bare)
        if bare:
            self.room.side.take_beside(self._note, self.rest)
        else:
            self.head.addWidget(self._note, 1)
            self.head.addWidget(self.rest)
        self.set_title_visible(not bare)

    def _show_counts(self) -> None:
        states = list(self._states.values())
        present = sum(one in _HERE for one in states)
        excused, left = states.count("leave"), states.count("left")
        parts = [f"应到 {len(states)}", f"实到 {present}", f"请假 {excused}"]
        parts += [f"离场 {left}"] if left else []
        missing = len(states) - present - excused - left
        self.set_note("　".join((*parts, f"未到 {missing}")))
        share = self._rule.words().removesuffix("以上")
        needed = self._rule.needed(len(states))
        self.quorum.set_quorum(Quorum(len(states), present, needed, share))

    def _bring_into_view(self, _seat: Seat) -> None:
        button = next((one for one in self.grid.seats() if one.hasFocus()), None)
        if button is not None:
            self.view.ensureWidgetVisible(button, 0, button.height())

    def mark(self, key: int, state: str) -> None:
        """Mark one seat; a proxy and a recusal ask for a name or a reason first."""
        mark = self._marks[key]
        if state == "recused":
            self._recuse(mark)
        elif state == "proxy":
            self.room.ask(
                f"{mark.name}委托谁",
                [FieldDeclaration("proxy", "受托人", PERSON_NAME, required=True)],
                lambda typed: self.village.attendance.mark(mark, "proxy", proxy=typed["proxy"]),
            )
        elif state in _AT_ONCE:
            self._show_state(key, state)
            self.quorum.repaint()
            if self.room.attempt(lambda: self._keep(mark, state), self.room.show_heads):
                self._show_state(key, self._marks[key].state)
            else:
                self.show_marks(self.room.meeting())

    def _keep(self, mark: AttendanceMark, state: str) -> None:
        self._marks[mark.id] = self.village.attendance.mark(mark, state)

    def _shown(self, key: int, state: str) -> SeatState:
        """Give a seat's state: who stands aside from the shown item is shown so."""
        return "recused" if key in self._aside else cast("SeatState", state)

    def _show_state(self, key: int, state: str) -> None:
        """Paint seat and count, before the file is written: the eye follows the key."""
        self._states[key] = state
        for button in self.grid.seats():
            if button.seat.key == key:
                button.set_seat(replace(button.seat, state=self._shown(key, state)))
                button.repaint()
        self._show_counts()

    def _recuse(self, mark: AttendanceMark) -> None:
        item = self.room.item()
        if item is None:
            return
        held = self.village.attendance.recusals(item)
        own: RecusalRecord | None = next((one for one in held if one.mark_id == mark.id), None)
        if own is not None:
            self.room.attempt(lambda: self.village.attendance.withdraw_recusal(own))
            return
        self.ask_recusal(mark)

    def ask_recusal(self, mark: AttendanceMark, reason: str = "") -> None:
        """Ask why somebody stands aside from the chosen item, and take it down."""
        item = self.room.item()
        self.room.ask(
            f"{mark.name}为什么回避",
            [FieldDeclaration("reason", "原因", TEXT, required=True)],
            lambda typed: self.village.attendance.recuse(item, mark, typed["reason"]),
            {"reason": reason},
        )

    def mark_rest(self) -> None:
        """Mark all who are not marked as present."""
        self.room.attempt(lambda: self.village.attendance.mark_all_present(self.room.meeting()))


@cache
def _initials(name: str) -> str:
    """Give the shortest spelling of a name: its initials."""
    return min(search_keys(name), key=len, default="")
