"""The vote of the chosen item: by hands, by word, by roll call, on paper, by households."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from village_app.db.records.meetings import ITEM_STATES, AgendaItem, AttendanceMark
from village_app.db.records.votes import VOTE_KINDS, Vote
from village_app.services.meetings.vote_figures import Count
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.sheets import Scroll
from village_app.ui.kit.text import Text
from village_app.ui.kit.votes import VotePanel, Votes
from village_app.ui.pages.meetings.decision_boxes import DecisionBoxes
from village_app.ui.pages.meetings.roll_call import RollCall
from village_app.ui.pages.register.household_panel import HouseholdPanel
from village_app.ui.theme import theme

if TYPE_CHECKING:
    from village_app.ui.pages.meetings.room import MeetingRoom

_PAPERS: tuple[Literal["issued", "returned", "valid", "invalid"], ...] = (
    *("issued", "returned", "valid", "invalid"),
)
_CONCERNED = "本人或家属与议题有利害关系"


class VotePart(QWidget):
    """The controls of a vote; the services judge, this shows and asks."""

    def __init__(self, room: MeetingRoom) -> None:
        super().__init__()
        self.room = room
        self.village: Any = room.village
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        self.flow = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.flow.setSpacing(theme().px(8))
        self.flow.addWidget(Scroll(self._make_count()), 3)
        self.flow.addWidget(self._make_side(), 2)
        column.addLayout(self.flow, 1)

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self.close_button = Button(
            "登记结果", icon="ballot", key="Ctrl+Enter", kind="primary", press=self.close_vote
        )
        self.close_button.setShortcut("Ctrl+Return")
        foot.addWidget(self.close_button)
        self.take_back = Button("撤回表决", kind="link", press=self.take_vote_back)
        foot.addWidget(self.take_back)
        foot.addStretch(1)
        return foot

    def _make_count(self) -> QWidget:
        holder = QWidget()
        self.count = column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        self.kind = QComboBox()
        self.kind.setAccessibleName("表决方式")
        for one in VOTE_KINDS.options:
            self.kind.addItem(one.label, one.code)
        self.kind.currentIndexChanged.connect(lambda _at: self._show_kind())
        column.addWidget(self.kind)
        self.panel = VotePanel()
        self.panel.changed.connect(lambda _votes: self._judge())
        column.addWidget(self.panel)
        self.roll = RollCall()
        self.roll.answered.connect(self._count_roll)
        column.addWidget(self.roll, 1)
        self.households = HouseholdPanel(self.room)
        column.addWidget(self.households, 1)
        return holder

    def _make_side(self) -> QWidget:
        holder = QWidget()
        self.beside = column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        self.words = Text("", "body", "ink2", wrap=True)
        column.addWidget(self.words)
        self.suggestion = Button("", kind="link", press=self.recuse_suggested)
        column.addWidget(self.suggestion)
        column.addWidget(self.households.tallies)
        # The result stands beside the count where the window is wide, below it otherwise.
        column.addWidget(self.panel.result)
        self.decision = DecisionBoxes(self.room)
        column.addWidget(self.decision)
        column.addStretch(1)
        self.refusal = Text("", "body", "red", wrap=True)
        self.refusal.hide()
        column.addWidget(self.refusal)
        column.addLayout(self._make_foot())
        return holder

    def set_flat(self, flat: bool) -> None:
        """Put count and words side by side (a wide, low place) or one above the other."""
        directions = QBoxLayout.Direction
        self.flow.setDirection(directions.LeftToRight if flat else directions.TopToBottom)
        (self.beside if flat else self.count).insertWidget(0, self.kind)
        self.flow.setStretch(0, 3)
        self.flow.setStretch(1, 2)

    # Showing

    def show_item(self, item: AgendaItem | None, *, running: bool) -> None:
        """Show how an item stands, or its vote."""
        self.refusal.hide()
        vote = self.village.votes.of(item) if item is not None else None
        self.close_button.setVisible(vote is None)
        self.close_button.setEnabled(item is not None and vote is None and running)
        self.take_back.setVisible(vote is not None and running)
        self.kind.setEnabled(vote is None)
        self.decision.setVisible(vote is None)
        self.suggestion.hide()
        if item is None:
            self.words.setText("先加一个议题。")
        elif vote is not None:
            self._show_closed(item, vote)
        else:
            self._show_open(item)
        self._show_panels()

    def forget_count(self) -> None:
        """Drop a half typed count: another item was chosen."""
        self.panel.set_votes(Votes())
        self.roll.forget()

    def _show_open(self, item: AgendaItem) -> None:
        standing = self.village.votes.standing(item)
        aside = f"，回避 {standing.heads.recused} 人" if standing.heads.recused else ""
        lead = f"{item.name}：可投票 {standing.heads.voters} 人{aside}。"
        households = self.kind.currentData() == "household"
        if households:
            lead = f"{item.name}："
        is_planned = self.room.meeting().state == "planned"
        self.words.setText(f"{lead}点“开会”后登记表决。" if is_planned else lead)
        near = self.room.concerned()
        self.suggestion.setVisible(bool(near))
        if near:
            more = f"等 {len(near)} 人" if len(near) > 1 else ""
            self.suggestion.set_words(f"与议题有关，登记回避：{near[0].name}{more}")
        may_count = standing.is_quorate or households
        self.close_button.set_words("登记结果" if may_count else "登记为未达法定人数")
        self.panel.set_read_only(not standing.is_quorate)
        self.roll.setEnabled(standing.is_quorate)
        self._fill_papers(standing.heads.voters)
        if self.kind.currentData() == "roll":
            self._fill_roll(item)
        if households:
            self.households.show_item(item)
        self._judge()

    def _fill_papers(self, voters: int) -> None:
        """Without papers every voter is one valid voice: those figures are not typed."""
        counted = self.kind.currentData() != "ballot"
        for name in _PAPERS:
            box = self.panel.input(name)
            box.setReadOnly(counted or box.isReadOnly())
        old = self.panel.votes()
        if counted:
            self.panel.set_votes(Votes(voters, voters, voters, 0, old.yes, old.no, old.abstain))
        elif old.issued is None:
            self.panel.set_votes(Votes(issued=voters))

    def _fill_roll(self, item: AgendaItem) -> None:
        voters = self.village.votes.who_may_vote(item)
        self.roll.set_voters((one.id, one.name) for one in voters)

    def _show_kind(self) -> None:
        """Another way of voting was chosen: its panel, and the papers of it anew."""
        old = self.panel.votes()
        self.panel.set_votes(Votes(yes=old.yes, no=old.no, abstain=old.abstain))
        self.room.show_vote()

    def _show_panels(self) -> None:
        kind = self.kind.currentData()
        closed = not self.kind.isEnabled()
        self.panel.setVisible(closed or kind in {"hands", "oral", "ballot"})
        self.roll.setVisible(not closed and kind == "roll")
        self.households.setVisible(not closed and kind == "household")
        self.households.tallies.setVisible(not closed and kind == "household")

    def _show_closed(self, item: AgendaItem, vote: Vote) -> None:
        self.kind.blockSignals(True)
        self.kind.setCurrentIndex(self.kind.findData(vote.kind))
        self.kind.blockSignals(False)
        figures = f"应到 {vote.entitled} 实到 {vote.present} 未到 {vote.absent}"
        figures += f" 回避 {vote.recused} 弃权 {vote.abstained or 0}"
        self.words.setText(f"{item.name}：{ITEM_STATES.show(item.state)}\n{figures}")
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
        item, votes = self.room.item(), self.panel.votes()
        if item is None or not votes.balanced or votes.yes is None:
            return
        self._say_result(votes.yes, self.village.votes.standing(item).votes_needed)

    def _count_roll(self) -> None:
        """Carry the answers of the roll into the count, and judge once all were asked."""
        yes, no, abstained, waiting = self.roll.counts()
        old = self.panel.votes()
        self.panel.set_votes(
            Votes(old.issued, old.returned, old.valid, old.invalid, yes, no, abstained)
        )
        self.words.setText(f"赞成 {yes}　反对 {no}　弃权 {abstained}　未问 {waiting}")
        self._judge()

    def _say_result(self, yes: int, needed: int) -> None:
        carried = yes >= needed
        title = "通过" if carried else "没有通过"
        reach = "够" if carried else "不够"
        self.panel.show_result(
            title, f"赞成 {yes} 票，须 {needed} 票，{reach}。", "done" if carried else "fault"
        )

    def say(self, sentence: str) -> None:
        """Say why something was refused."""
        self.refusal.setText(sentence)
        self.refusal.show()

    # Doing

    def recuse_suggested(self) -> None:
        """Ask for the recusal of the first who is concerned; the next follows by itself."""
        near: list[AttendanceMark] = self.room.concerned()
        if near:
            self.room.seat_sheet.ask_recusal(near[0], _CONCERNED)

    def close_vote(self) -> None:
        """Close the vote of the chosen item, or take it down as below the quorum."""
        item = self.room.item()
        if item is None:
            return
        kind = self.kind.currentData()
        votes = self.village.votes
        if kind == "household":
            entitled = item.households or 0
            done = self.room.attempt(lambda: votes.close_households(item, entitled))
        elif not votes.standing(item).is_quorate:
            self.room.attempt(lambda: votes.record_below_quorum(item))
            return
        elif kind == "roll":
            done = self.room.attempt(lambda: votes.close_roll(item, self.roll.answers()))
        elif not self.panel.votes().balanced:
            self.say("票数还没有对上，请看上面红字的一行。")
            return
        else:
            done = self.room.attempt(lambda: votes.close(item, kind, self._count(kind)))
        if done:
            self.decision.follow(item.id)

    def _count(self, kind: str) -> Count:
        votes = self.panel.votes()
        papers = {name: getattr(votes, name) for name in _PAPERS} if kind == "ballot" else {}
        return Count(votes.yes or 0, votes.no or 0, votes.abstain or 0, **papers)

    def take_vote_back(self) -> None:
        """Take the vote of the chosen item back whole; undo brings it again."""
        item = self.room.item()
        vote = self.village.votes.of(item) if item is not None else None
        if vote is None or item is None:
            return
        if self.room.attempt(lambda: self.village.votes.take_back(vote)):
            self.forget_count()
            self.room.show_vote()
            desk = self.room.page.desk
            desk.say(f"已撤回“{item.name}”的表决", desk.undo)
