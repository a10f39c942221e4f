"""One meeting as it is held: agenda, seats with the quorum, the vote with its equations."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.meetings import ITEM_STATES, MEETING_STATES, AgendaItem, Meeting
from village_app.db.records.meetings import Recusal as RecusalRecord
from village_app.db.records.resolutions import Resolution
from village_app.db.records.votes import Vote
from village_app.domain.kinds import DAY, PERSON_NAME, TEXT, FieldDeclaration
from village_app.domain.names import search_keys
from village_app.errors import InvalidInput, Refused
from village_app.services.agenda import NumberedItem
from village_app.services.votes import Count
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.lights import Light, LightKind
from village_app.ui.kit.quorum import Quorum, QuorumPanel
from village_app.ui.kit.seats import Seat, SeatGrid, SeatState
from village_app.ui.kit.sheets import Scroll, Sheet
from village_app.ui.kit.text import Text
from village_app.ui.kit.votes import VotePanel, Votes
from village_app.ui.pages.agenda_list import AgendaLine, AgendaList
from village_app.ui.pages.form_dialog import Typed
from village_app.ui.pages.meeting_screen import MeetingScreen
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.meetings import MeetingsPage

ITEM_FIELDS = ("name", "reporter", "proposer", "minutes", "is_internal", "report", "discussion")
_LIGHTS: dict[str, LightKind] = {
    "open": "ok",
    "reviewed": "done",
    "carried": "done",
    "not_carried": "fault",
    "below_quorum": "over",
    "postponed": "hold",
}
_PILLS: dict[str, LightKind] = {
    "planned": "new",
    "running": "today",
    "closed": "hold",
    "final": "done",
}
_KINDS = (("hands", "举手"), ("ballot", "无记名投票"))


class MeetingRoom(QWidget):
    """The page of one meeting; its services decide, this only shows and asks."""

    def __init__(self, page: MeetingsPage) -> None:
        super().__init__()
        self.page = page
        self.village: Any = page.desk.village
        self.meeting_id: int | None = None
        self.item_id: int | None = None
        self.projector: MeetingScreen | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme().px(12))
        self.open_button = Button("开会", icon="hall", kind="primary", press=self.go_on)
        self.head = PageHead(
            "会议",
            pill=Light("new", "筹备"),
            buttons=[
                self.open_button,
                Button("投到大屏", icon="eye", key="F11", press=self.show_screen),
                Button("印材料", icon="printer", key="Ctrl+P", press=self.print_papers),
                Button("会议列表", icon="left", key="Alt+Left", press=page.go_back),
            ],
        )
        body.addWidget(self.head)
        self.row = QHBoxLayout()
        self.row.setSpacing(theme().px(12))
        body.addLayout(self.row, 1)
        self.row.addWidget(self._make_agenda())
        self.row.addWidget(self._make_seats(), 1)
        self.row.addWidget(self._make_vote())

    # Building

    def _make_agenda(self) -> QWidget:
        self.agenda_sheet = Sheet("议程", flush=True)
        self.agenda_sheet.setFixedWidth(theme().px(264))
        self.agenda_sheet.head.addWidget(Button("导入", kind="quiet", press=self.import_items))
        self.agenda = AgendaList()
        self.agenda.chosen.connect(self.choose_item)
        self.agenda.stepped.connect(self.step_item)
        self.agenda.moved.connect(self.drop_item)
        self.agenda.itemDoubleClicked.connect(lambda _item: self.edit_item())
        self.agenda_sheet.add(self.agenda, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme().px(10), theme().px(8), theme().px(10), theme().px(8))
        self.add_button = Button(
            "加议题", icon="plus", key="Ctrl+N", bind=False, press=self.add_item
        )
        foot.addWidget(self.add_button)
        self.bring_back = Button("带出上次未完", kind="link", press=self.bring_items_back)
        foot.addWidget(self.bring_back)
        self.agenda_sheet.body.addLayout(foot)
        return self.agenda_sheet

    def _make_seats(self) -> QWidget:
        self.seat_sheet = Sheet("签到")
        self.quorum = QuorumPanel(Quorum(0, 0, 0, ""))
        self.seat_sheet.add(self.quorum)
        self.seats = SeatGrid()
        self.seats.marked.connect(self.mark)
        self.seat_sheet.add(Scroll(self.seats), 1)
        foot = QHBoxLayout()
        keys = "空格 到　2 迟　3 假　4 托　5 避　0 缺或离场"
        foot.addWidget(Text(keys, "small", "ink2", wrap=True), 1)
        foot.addWidget(Button("其余全到", kind="link", press=self.mark_rest))
        self.seat_sheet.body.addLayout(foot)
        return self.seat_sheet

    def _make_vote(self) -> QWidget:
        self.vote_sheet = Sheet("表决")
        self.kind = QComboBox()
        self.kind.setAccessibleName("表决方式")
        for key, label in _KINDS:
            self.kind.addItem(label, key)
        self.kind.currentIndexChanged.connect(lambda _at: self._show_vote())
        self.vote_sheet.head.addWidget(self.kind)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme().px(4), 0)
        column.setSpacing(theme().px(8))
        self.vote_words = Text("", "body", "ink2", wrap=True)
        column.addWidget(self.vote_words)
        self.panel = VotePanel()
        self.panel.changed.connect(lambda _votes: self._judge())
        column.addWidget(self.panel)
        self.decide = QCheckBox("写进决议台账")
        self.decide.setChecked(True)
        self.draft = QCheckBox("起草决议公示")
        self.draft.setChecked(False)
        column.addWidget(self.decide)
        column.addWidget(self.draft)
        column.addStretch(1)
        self.vote_sheet.add(Scroll(inside), 1)
        self.refusal = Text("", "body", "red", wrap=True)
        self.refusal.hide()
        self.vote_sheet.add(self.refusal)
        self.close_button = Button(
            "登记结果", icon="ballot", key="Ctrl+Return", kind="primary", press=self.close_vote
        )
        self.vote_sheet.add(self.close_button)
        self.vote_sheet.setFixedWidth(theme().px(312))
        return self.vote_sheet

    # Showing

    def show_meeting(self, key: int) -> None:
        """Show one meeting, at its first item that is still open."""
        self.meeting_id = key
        items = self.village.meetings.agenda(self.meeting())
        waiting = [one.item.id for one in items if one.item.state == "open"]
        self.item_id = (waiting or [one.item.id for one in items] or [None])[0]
        self.panel.set_votes(Votes())
        self.refresh()

    def meeting(self) -> Meeting:
        """Give the meeting that is shown."""
        meeting: Meeting = self.village.meetings.get(self.meeting_id)
        return meeting

    def item(self) -> AgendaItem | None:
        """Give the item that is chosen."""
        if self.item_id is None:
            return None
        item: AgendaItem = self.village.meetings.item(self.item_id)
        return item

    def refresh(self) -> None:
        if self.meeting_id is None:
            return
        meeting = self.meeting()
        self.head.set_title(meeting.name, f"{meeting.day} · {meeting.place}")
        self.head.set_pill(Light(_PILLS[meeting.state], MEETING_STATES.show(meeting.state)))
        words = {"planned": "开会", "running": "散会", "closed": "定稿", "final": "重开记录"}
        self.open_button.set_words(words[meeting.state])
        self._show_agenda(meeting)
        self._show_seats(meeting)
        self._show_vote()
        self._feed_projector()

    def _show_agenda(self, meeting: Meeting) -> None:
        items = self.village.meetings.agenda(meeting)
        if self.item_id not in {one.item.id for one in items}:
            self.item_id = items[0].item.id if items else None
        done = sum(one.item.state not in {"open", "postponed"} for one in items)
        self.agenda_sheet.set_note(f"{len(items)} 项，已完 {done} 项" if items else "还没有议题")
        self.agenda.set_lines([_line(one) for one in items], self.item_id)

    def _show_seats(self, meeting: Meeting) -> None:
        item = self.item()
        aside = set()
        if item is not None:
            aside = {one.mark_id for one in self.village.attendance.recusals(item)}
        marks = self.village.attendance.roster(meeting)
        self.seats.set_seats(
            Seat(one.id, one.name, _seat_state(one, aside), _initials(one.name)) for one in marks
        )
        counts = self.village.attendance.counts(meeting)
        parts = [f"应到 {counts.entitled}", f"实到 {counts.present}", f"请假 {counts.excused}"]
        parts += [f"离场 {counts.left}"] if counts.left else []
        self.seat_sheet.set_note("　".join((*parts, f"未到 {counts.missing}")))
        rule = self.village.bodies.rule_by_id(meeting.rule_id).rule
        share = rule.attendance.words().removesuffix("以上")
        needed = rule.attendance.needed(counts.entitled)
        self.quorum.set_quorum(Quorum(counts.entitled, counts.present, needed, share))

    def _show_vote(self) -> None:
        item = self.item()
        self.refusal.hide()
        if item is None:
            self.vote_words.setText("先加一个议题。")
            self.close_button.setEnabled(False)
            return
        vote = self.village.votes.of(item)
        running = self.meeting().state == "running"
        self.close_button.setEnabled(vote is None and running)
        self.kind.setEnabled(vote is None)
        if vote is not None:
            self._show_closed(item, vote)
            return
        standing = self.village.votes.standing(item)
        aside = f"，回避 {standing.heads.recused} 人" if standing.heads.recused else ""
        lead = f"{item.name}：可投票 {standing.heads.voters} 人{aside}。"
        near = "、".join(one.name for one in self.village.attendance.suggested_recusals(item))
        lead += f"与议题有关，请问要不要回避：{near}。" if near else ""
        self.vote_words.setText(lead if running else f"{lead}点“开会”后登记表决。")
        words = "登记结果" if standing.is_quorate else "登记为未达法定人数"
        self.close_button.set_words(words)
        self.panel.set_read_only(not standing.is_quorate)
        self._fill_papers(standing.heads.voters)
        self._judge()

    def _fill_papers(self, voters: int) -> None:
        """By hands every voter is one valid paper: those figures are not typed."""
        by_hands = self.kind.currentData() == "hands"
        for name in ("issued", "returned", "valid", "invalid"):
            box = self.panel.input(name)
            box.setReadOnly(by_hands or box.isReadOnly())
        old = self.panel.votes()
        if by_hands:
            self.panel.set_votes(Votes(voters, voters, voters, 0, old.yes, old.no, old.abstain))
        elif old.issued is None:
            self.panel.set_votes(Votes(issued=voters))

    def _show_closed(self, item: AgendaItem, vote: Vote) -> None:
        self.vote_words.setText(f"{item.name}：{ITEM_STATES.show(item.state)}")
        self.panel.set_read_only(True)
        if vote.in_favour is None:
            self.panel.set_votes(Votes())
            return
        ballots = vote.issued is not None
        valid = vote.valid if ballots else vote.present - vote.recused
        self.panel.set_votes(
            Votes(
                vote.issued if ballots else valid,
                vote.returned if ballots else valid,
                valid,
                vote.invalid if ballots else 0,
                vote.in_favour,
                vote.against,
                vote.abstained,
            )
        )
        self._say_result(vote.in_favour, vote.votes_needed)

    def _judge(self) -> None:
        """Show what the count means as soon as it balances."""
        item, votes = self.item(), self.panel.votes()
        if item is None or not votes.balanced or votes.yes is None:
            return
        self._say_result(votes.yes, self.village.votes.standing(item).votes_needed)

    def _say_result(self, yes: int, needed: int) -> None:
        carried = yes >= needed
        title = "通过" if carried else "没有通过"
        reach = "够" if carried else "不够"
        self.panel.show_result(
            title, f"赞成 {yes} 票，须 {needed} 票，{reach}。", "done" if carried else "fault"
        )

    # Doing

    def choose_item(self, key: int) -> None:
        """Go to another item; a half typed count goes with the old one."""
        self.item_id = key
        self.panel.set_votes(Votes())
        self._show_seats(self.meeting())
        self._show_vote()
        self._feed_projector()

    def mark(self, key: int, state: str) -> None:
        """Mark one seat; a proxy and a recusal ask for a name or a reason first."""
        mark = next(one for one in self.village.attendance.roster(self.meeting()) if one.id == key)
        if state == "recused":
            self._recuse(mark)
        elif state == "proxy":
            self._ask(
                f"{mark.name}委托谁",
                [FieldDeclaration("proxy", "受托人", PERSON_NAME, required=True)],
                lambda typed: self.village.attendance.mark(mark, "proxy", proxy=typed["proxy"]),
            )
        else:
            self._try(lambda: self.village.attendance.mark(mark, state))

    def _recuse(self, mark: Any) -> None:
        item = self.item()
        if item is None:
            return
        held = self.village.attendance.recusals(item)
        own: RecusalRecord | None = next((one for one in held if one.mark_id == mark.id), None)
        if own is not None:
            self._try(lambda: self.village.attendance.withdraw_recusal(own))
            return
        self._ask(
            f"{mark.name}为什么回避",
            [FieldDeclaration("reason", "原因", TEXT, required=True)],
            lambda typed: self.village.attendance.recuse(item, mark, typed["reason"]),
        )

    def mark_rest(self) -> None:
        """Mark all who are not marked as present."""
        self._try(lambda: self.village.attendance.mark_all_present(self.meeting()))

    def add_item(self) -> None:
        """Add an item to the agenda."""
        fields = ("name", "reporter", "proposer", "minutes", "is_internal", "report", "decision")
        self.page.open_form(
            "加议题",
            AgendaItem,
            fields,
            lambda typed: self.village.meetings.add_item(self.meeting(), typed),
        )

    def import_items(self) -> None:
        """Take agenda lines out of a spreadsheet, after a look at them."""
        imports = self.village.meeting_imports
        self.page.import_lines(
            "议题", imports.read_agenda, lambda lines: imports.take_agenda(self.meeting(), lines)
        )

    def edit_item(self) -> None:
        """Change the chosen item's words."""
        item = self.item()
        if item is None:
            return
        fields = (
            ITEM_FIELDS
            if item.state in {"carried", "not_carried"}
            else (
                *ITEM_FIELDS,
                "decision",
            )
        )
        self.page.open_form(
            "修改议题",
            AgendaItem,
            fields,
            lambda typed: self.village.meetings.correct_item(self.item(), typed),
            values=item.values(),
        )

    def step_item(self, key: int, step: int) -> None:
        """Move an item up or down among its siblings."""
        meetings = self.village.meetings
        item = meetings.item(key)
        place = max(1, (item.position or 1) + step)
        under = meetings.item(item.parent_id) if item.parent_id else None
        self._try(lambda: meetings.move_item(item, under, place))

    def drop_item(self, key: int, above: int) -> None:
        """Put an item behind the line it was dropped under, at that line's level."""
        meetings = self.village.meetings
        item = meetings.item(key)
        if not above:
            self._try(lambda: meetings.move_item(item, None, 1))
            return
        other = meetings.item(above)
        under = meetings.item(other.parent_id) if other.parent_id else None
        place = (other.position or 0) + 1
        if item.parent_id == other.parent_id and (item.position or 0) < place:
            place -= 1
        self._try(lambda: meetings.move_item(item, under, place))

    def bring_items_back(self) -> None:
        """Take what earlier meetings left unfinished onto this agenda."""
        self._try(lambda: self.village.meetings.bring_back(self.meeting()))

    def close_vote(self) -> None:
        """Close the vote of the chosen item, or take it down as below the quorum."""
        item = self.item()
        if item is None:
            return
        if not self.village.votes.standing(item).is_quorate:
            self._try(lambda: self.village.votes.record_below_quorum(item))
            return
        votes = self.panel.votes()
        if not votes.balanced:
            self._say("票数还没有对上，请看上面红字的一行。")
            return
        kind = self.kind.currentData()
        papers: dict[str, int | None] = {}
        if kind == "ballot":
            papers = {
                "issued": votes.issued,
                "returned": votes.returned,
                "valid": votes.valid,
                "invalid": votes.invalid,
            }
        count = Count(votes.yes or 0, votes.no or 0, votes.abstain or 0, **papers)
        if self._try(lambda: self.village.votes.close(item, kind, count)):
            self._follow(item.id)

    def _follow(self, item_id: int) -> None:
        """After a carried vote ask who carries it out, and number the decision."""
        item = self.village.meetings.item(item_id)
        if item.state != "carried" or not self.decide.isChecked():
            return
        declared = [
            Resolution.declaration("text"),
            Resolution.declaration("responsible"),
            FieldDeclaration("due_on", "完成时限", DAY),
        ]
        self._ask(
            "写进决议台账",
            declared,
            lambda typed: self._decide(item, typed),
            values={"text": item.decision or item.name},
        )

    def _decide(self, item: AgendaItem, typed: Typed) -> None:
        decided = self.village.resolutions.decide(item, typed)
        self.page.desk.say(f"已写进决议台账 {decided.number}", None)
        if self.draft.isChecked():
            notice = self.village.resolutions.draft_notice(decided)
            self.page.desk.say(f"已起草 {notice.heading}", None)

    def go_on(self) -> None:
        """Open, close, finalise or reopen: what comes next for the meeting."""
        meeting = self.meeting()
        if meeting.state == "final":
            self._ask(
                "重开会议记录",
                [FieldDeclaration("reason", "原因", TEXT, required=True)],
                lambda typed: self.village.minutes.reopen(self.meeting(), typed["reason"]),
            )
            return
        steps = {
            "planned": self.village.meetings.open,
            "running": self.village.meetings.close,
            "closed": self.village.minutes.finalise,
        }
        self._try(lambda: steps[meeting.state](meeting))

    def show_screen(self) -> None:
        """Open the second screen, or close it; it never shows an internal item."""
        if self.projector is not None and self.projector.isVisible():
            self.projector.close()
            return
        self.projector = MeetingScreen()
        self.projector.show()
        self._feed_projector()

    def _feed_projector(self) -> None:
        if self.projector is None or not self.projector.isVisible():
            return
        meeting, item = self.meeting(), self.item()
        counts = self.village.attendance.counts(meeting)
        self.projector.set_meeting(meeting.name, counts.entitled, counts.present)
        if item is None or item.is_internal:
            self.projector.set_item("", "")
            return
        numbered = next(
            one for one in self.village.meetings.agenda(meeting) if one.item.id == item.id
        )
        state = "" if item.state == "open" else ITEM_STATES.show(item.state)
        self.projector.set_item(f"{numbered.number}　{item.name}", state)

    def print_papers(self) -> None:
        """Choose a paper of the meeting and keep it as PDF."""
        self.page.print_papers(self.meeting(), self.item())

    def _try(self, act: Any) -> bool:
        """Do something; say why not where it is refused."""
        try:
            act()
        except (InvalidInput, Refused) as refusal:
            self._say(refusal.message)
            return False
        self.refresh()
        return True

    def _say(self, sentence: str) -> None:
        self.refusal.setText(sentence)
        self.refusal.show()

    def _ask(
        self,
        title: str,
        declared: list[FieldDeclaration],
        save: Any,
        values: dict[str, Any] | None = None,
    ) -> None:
        self.page.ask(title, declared, save, values)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the agenda takes less room."""
        self.head.set_narrow(narrow)
        self.agenda_sheet.setFixedWidth(theme().px(212 if narrow else 264))
        self.vote_sheet.setFixedWidth(theme().px(270 if narrow else 312))


def _line(one: NumberedItem) -> AgendaLine:
    item = one.item
    parts = [ITEM_STATES.show(item.state)]
    parts += ["内部，不上屏"] if item.is_internal else []
    parts += [f"约 {item.minutes} 分钟"] if item.minutes and item.state == "open" else []
    light = _LIGHTS[item.state]
    return AgendaLine(item.id, one.number, one.depth, item.name, " · ".join(parts), light)


def _seat_state(mark: Any, aside: set[int]) -> SeatState:
    state: SeatState = "recused" if mark.id in aside else mark.state
    return state


@cache
def _initials(name: str) -> str:
    """Give the shortest spelling of a name: its initials."""
    return min(search_keys(name), key=len, default="")
