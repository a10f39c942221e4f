"""Around the meetings: their papers and books, members, proposals, what comes before and after."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.papers.printed import Printed
from tests.services.conftest import TurningClock
from tests.services.meeting_story import call_meeting
from tests.ui.meeting_desk import answers, clock, desk, fill, hold, page, shown, take, village
from tests.ui.money_desk import Shown, put_up
from tests.ui.pretend import PreparedAnswers
from village_app.services.meetings.vote_figures import Count
from village_app.ui.page import Desk
from village_app.ui.pages.meetings.meetings import MeetingsPage
from village_app.ui.pages.meetings.procedures import ProceduresPage
from village_app.village import Village

__all__ = ["answers", "clock", "desk", "page", "shown", "village"]
NO_KEYS = Qt.KeyboardModifier.NoModifier


def test_an_old_version_is_read_beside_the_new_one(
    page: MeetingsPage, village: Village, qtbot: QtBot
) -> None:
    hold(page, village, 38)
    room = page.room
    for _ in range(2):
        room.go_on()
    room.go_on()
    fill(page, reason="汇报要点漏写")
    item = room.item()
    assert item is not None
    village.meetings.correct_item(item, {"report": "塘边夜里看不见路"})
    room.go_on()
    take(room.more, "看定稿各版")
    reader = room.reader
    assert reader is not None
    qtbot.waitUntil(lambda: reader.preview.page_count > 0)
    assert [one.number for one in reader.versions] == [1, 2]
    reader.show_version(reader.versions[0].id)
    assert reader.words.text().endswith("；后来重开：汇报要点漏写。")
    texts = [Printed(village.minutes.pdf_of(one)).text for one in reader.versions]
    assert ["夜里看不见路" in text for text in texts] == [False, True]
    reader.reject()


def test_the_next_meeting_shows_what_was_decided_and_takes_up_what_is_left(
    page: MeetingsPage, village: Village, clock: TurningClock
) -> None:
    hold(page, village, 38)
    item = page.room.item()
    assert item is not None
    village.votes.close(item, "hands", Count(36, 1, 1))
    village.resolutions.decide(village.meetings.item(item.id), {"responsible": "何润田"})
    village.meetings.close(page.room.meeting())
    clock.turn_to(2026, 6, 10)
    after = call_meeting(village, name="第二次会议", day="2026-06-10")
    page.show_meeting(after.id)
    sheet = page.room.agenda_sheet
    assert sheet.earlier.text() == "以前决议 1 件，办成 0 件"
    assert sheet.bring.text() == "带出未完 2 项"
    sheet.bring.click()
    assert sheet.dialog is not None
    next(iter(sheet.dialog.boxes.values())).setChecked(False)
    sheet.dialog.save()
    assert [sheet.list.line(row).name for row in range(sheet.list.count())] == [
        "误工补贴标准调整方案"
    ]
    sheet.earlier.click()
    next(iter(sheet.dialog.boxes.values())).setChecked(True)
    sheet.dialog.save()
    assert sheet.earlier.text() == "以前决议 1 件，办成 1 件"


@pytest.mark.parametrize(
    ("word", "ending", "begins"),
    [("Word文档", ".docx", b"PK"), ("Excel表格", ".xlsx", b"PK"), ("PDF", ".pdf", b"%PDF")],
)
def test_minutes_are_kept_in_every_format(
    page: MeetingsPage,
    answers: PreparedAnswers,
    shown: Shown,
    tmp_path: Path,
    qtbot: QtBot,
    word: str,
    ending: str,
    begins: bytes,
) -> None:
    target = tmp_path / f"记录{ending}"
    answers.answers.append(target)
    page.room.print_papers()
    fill(page, paper="会议记录", format=word)
    qtbot.waitUntil(lambda: bool(shown.said))
    assert shown.said[-1].startswith("已存")
    assert target.read_bytes().startswith(begins)


def test_members_show_their_share_and_the_wall_print_is_kept(
    page: MeetingsPage,
    village: Village,
    clock: TurningClock,
    answers: PreparedAnswers,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    body = village.bodies.find("representatives")
    village.bodies.seat(body, {"name": "吴新来", "from_day": "2026-06-01"})
    for month in range(1, 13):
        clock.turn_to(2026, month, 15)
        meeting = call_meeting(village, name=f"{month}月会议", day=f"2026-{month:02d}-15")
        for mark in village.attendance.roster(meeting):
            if mark.name == "吴新来" and month != 8:
                village.attendance.mark(mark, "present")
        village.meetings.close(village.meetings.open(meeting))
    clock.turn_to(2026, 11, 30)
    page.go_back()
    page.show_members()
    members = village.bodies.members_on(body, date(2026, 11, 30))
    new = next(one for one in members if one.name == "吴新来")
    page.members.table.choose(new.id)
    view = page.members.table.view
    row = view.currentIndex().row()
    shown = [view.model().index(row, column).data() for column in range(8)]
    assert shown[-3:] == ["6", "5", "83.3%"]
    target = tmp_path / "到会.pdf"
    answers.answers.append(target)
    page.members.save_attendance()
    qtbot.waitUntil(target.exists)
    assert "83.3%" in Printed(target.read_bytes()).text


def test_a_fifth_of_the_names_reminds_to_call_the_meeting(
    page: MeetingsPage, village: Village, shown: Shown
) -> None:
    page.go_back()
    take(page.more, "联名提议")
    part = page.proposals
    part.propose()
    fill(page, name="调整巡逻路线", day="2026-03-12")
    assert part.table.count() == 1
    part.support()
    assert part.dialog is not None
    for box in list(part.dialog.boxes.values())[:9]:
        box.setChecked(True)
    part.dialog.save()
    assert shown.said[-1] == "45 名代表的联名人数须达 9 人，已有 9 人，应当召集会议。"
    page.go_back()
    assert "“调整巡逻路线”的联名人数已够，应当召集会议。" in page.reminder.text()
    page.show_proposals()
    part.call()
    fill(page, name="临时村民代表会议", day="2026-03-20")
    assert page.room.meeting().name == "临时村民代表会议"
    assert page.room.agenda_sheet.list.line(0).name == "调整巡逻路线"


def test_a_book_of_the_year_is_bound(
    page: MeetingsPage, answers: PreparedAnswers, shown: Shown, tmp_path: Path, qtbot: QtBot
) -> None:
    page.go_back()
    target = tmp_path / "值班.pdf"
    answers.answers.append(target)
    take(page.more, "十本记录簿")
    fill(page, book="值班记录簿", year="2026 年")
    qtbot.waitUntil(lambda: bool(shown.said))
    assert "空白记录页" in Printed(target.read_bytes()).text


def test_lists_come_in_by_the_wizard_of_imports(page: MeetingsPage, shown: Shown) -> None:
    take(page.room.more, "导入议程")
    page.go_back()
    take(page.more, "组织和成员")
    take(page.members.more, "导入成员")
    body = page.members.body()
    assert shown.gone == [("import-agenda", page.room.meeting_id), ("import-members", body.id)]


def test_a_meeting_arranged_by_mistake_is_taken_back_and_comes_again(
    page: MeetingsPage, village: Village, shown: Shown
) -> None:
    page.go_back()
    take(page.more, "删除还没开的会议")
    assert page.table.count() == 0
    assert shown.said[-1] == "已删除 2026年第一次村民代表会议"
    village.undo()
    page.refresh()
    assert page.table.count() == 1
    hold(page, village, 38)
    take(page.more, "删除还没开的会议")
    assert shown.said[-1] == "会议已经开过，不能删除。"
    assert page.table.count() == 1


def test_a_matter_takes_the_steps_of_a_variant_and_is_kept_whole(
    village: Village,
    desk: Desk,
    answers: PreparedAnswers,
    shown: Shown,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    matters = ProceduresPage(desk)
    put_up(matters, qtbot)
    matters.begin()
    assert matters.dialog is not None
    facts = {"name": "老人活动中心", "motive": "村干部提议", "content": "修缮屋面"}
    for name, text in {**facts, "steps": "四议两公开一监督"}.items():
        matters.dialog.form.editor(name).set_raw(text)
    matters.dialog.save()
    assert not matters.dialog.isVisible(), matters.dialog.refusal.text()
    assert matters.steps.count() == 7
    target = tmp_path / "全卷.pdf"
    answers.answers.append(target)
    take(matters.more, "存全卷（登记表、记录、决议、公告）")
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: shown.said[-1] == "已存 全卷.pdf")
    assert "决策实施登记表" in Printed(target.read_bytes()).text


def test_a_body_that_must_be_called_opens_the_form(page: MeetingsPage, village: Village) -> None:
    """The day's list names no meeting: there is none yet."""
    page.open_record(0)
    assert page.is_list
    fill(page, name="第二次村民代表会议", day="2026-06-10")
    assert page.room.meeting().name == "第二次村民代表会议"
    assert village.meetings.listed()[0].recorder == "陈丽珍"
