"""议事厅会议 and 决议台账 as people use them: checked in by keys, voted, decided, refused."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.meeting_desk import answers, clock, desk, hold, page, shown, village
from tests.ui.money_desk import Shown, put_up
from village_app.ui.page import Desk
from village_app.ui.pages.meetings.meetings import MeetingsPage
from village_app.ui.pages.meetings.procedures import ProceduresPage
from village_app.ui.pages.meetings.resolutions import ResolutionsPage
from village_app.village import Village

__all__ = ["answers", "clock", "desk", "page", "shown", "village"]


def test_45_people_are_checked_in_by_keys(page: MeetingsPage, village: Village) -> None:
    seats = page.room.seat_sheet.grid
    seats.setFocus()
    for at in range(45):
        button = seats.seats()[at]
        seats.go_to(button.seat.key)
        QTest.keyClick(button, Qt.Key.Key_3 if at == 4 else Qt.Key.Key_Space)
    counts = village.attendance.counts(page.room.meeting())
    assert (counts.present, counts.excused, counts.missing) == (44, 1, 0)
    assert seats.seats()[4].seat.state == "leave"


def test_a_balanced_count_shows_its_result_and_is_decided(
    page: MeetingsPage, village: Village, shown: Shown
) -> None:
    hold(page, village, 38)
    room = page.room
    for name, text in (("yes", "36"), ("no", "1"), ("abstain", "0")):
        room.vote.panel.input(name).setText(text)  # type: ignore[arg-type]
    room.vote.panel._edited()
    room.vote.close_vote()
    assert room.vote.refusal.text() == "票数还没有对上，请看上面红字的一行。"
    room.vote.panel.input("abstain").setText("1")
    room.vote.panel._edited()
    assert room.vote.panel.result.accessibleName() == "通过，赞成 36 票，须 20 票，够。"
    room.vote.close_vote()
    assert page.dialog is not None
    page.dialog.save()
    assert village.resolutions.listed()[0].number == "隔村代决〔2026〕1号"
    assert "已写进决议台账 隔村代决〔2026〕1号" in shown.said
    assert room.agenda_sheet.list.line(0).note == "通过"


def test_below_the_quorum_only_that_can_be_recorded(page: MeetingsPage, village: Village) -> None:
    hold(page, village, 29)
    room = page.room
    assert room.vote.close_button.text() == "登记为未达法定人数"
    assert room.vote.panel.input("yes").isReadOnly()
    room.vote.close_vote()
    assert room.agenda_sheet.list.line(0).note == "未达法定人数"
    assert not room.vote.close_button.isEnabled()


def test_an_internal_item_is_never_on_the_second_screen(
    page: MeetingsPage, village: Village, qtbot: QtBot
) -> None:
    hold(page, village, 38)
    page.room.show_screen()
    projector = page.room.second_screen.window
    assert projector is not None
    qtbot.addWidget(projector)
    assert projector.item.text() == "一　村前塘路灯安装方案"
    assert projector.count.text() == "应到 45 人　实到 38 人"
    item = page.room.item()
    assert item is not None
    village.meetings.correct_item(item, {"is_internal": "是"})
    page.room.choose_item(item.id)
    assert projector.item.text() == ""


def test_the_agenda_moves_by_keys(page: MeetingsPage) -> None:
    agenda = page.room.agenda_sheet.list
    agenda.setCurrentRow(1)
    QTest.keyClick(agenda, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [agenda.line(row).name for row in range(2)] == [
        "误工补贴标准调整方案",
        "村前塘路灯安装方案",
    ]


def test_the_ledger_of_decisions_is_followed(
    page: MeetingsPage, village: Village, desk: Desk, shown: Shown, qtbot: QtBot
) -> None:
    from village_app.services.meetings.vote_figures import Count

    hold(page, village, 38)
    item = page.room.item()
    assert item is not None
    village.votes.close(item, "hands", Count(36, 1, 1))
    decision = village.resolutions.decide(village.meetings.item(item.id))
    ledger = ResolutionsPage(desk)
    put_up(ledger, qtbot)
    assert ledger.table.count() == 1
    ledger.draft()
    assert shown.gone == [("notices", village.resolutions.get(decision.id).notice_id)]
    village.resolutions.follow(village.resolutions.get(decision.id), {"state": "已办成"})
    ledger.refresh()
    assert village.resolutions.kept(2026).done == 1


def test_a_later_step_is_closed_until_the_earlier_has_its_paper(
    village: Village, desk: Desk, qtbot: QtBot
) -> None:
    matter = village.procedures.begin(
        {"name": "村前塘路灯安装", "motive": "党员群众建议", "content": "环塘安装路灯24盏"}
    )
    page = ProceduresPage(desk)
    put_up(page, qtbot)
    assert (page.matters.count(), page.steps.count()) == (1, 6)
    page.steps.choose(village.procedures.step(matter, "review").id)
    page.record()
    assert page.dialog is not None
    page.dialog.form.set_values({"day": date(2026, 3, 8), "paper": "审议意见"})
    page.dialog.save()
    assert page.dialog.refusal.text() == "“审议”还不能办：“提议”还没有日期。"
    page.dialog.reject()
    page.steps.choose(village.procedures.step(matter, "propose").id)
    page.record()
    page.dialog.form.set_values({"day": date(2026, 3, 2), "paper": "提议记录表"})
    page.dialog.save()
    assert village.procedures.step(matter, "propose").paper == "提议记录表"


def test_who_is_concerned_is_named_before_the_vote(page: MeetingsPage, village: Village) -> None:
    item = village.meetings.add_item(page.room.meeting(), {"name": "叶志坚申请鱼塘续租"})
    page.room.choose_item(item.id)
    assert "登记回避：叶志坚" in page.room.vote.suggestion.text()
