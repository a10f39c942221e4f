"""The rarer work in the room of a meeting, by its real controls and keys."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QShortcut
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.papers.printed import Printed
from tests.services.conftest import TurningClock
from tests.services.meeting_story import call_meeting
from tests.ui.meeting_desk import answers, clock, desk, hold, page, shown, village
from tests.ui.money_desk import Shown, put_up
from tests.ui.pretend import PreparedAnswers
from village_app.services.meetings.votes import Count
from village_app.ui.fitting import misfits
from village_app.ui.page import Desk
from village_app.ui.pages.meetings.meetings import MeetingsPage
from village_app.ui.pages.meetings.procedures import ProceduresPage
from village_app.ui.pages.wishes import MoreButton
from village_app.ui.pictures import grab
from village_app.village import Village

__all__ = ["answers", "clock", "desk", "page", "shown", "village"]
NO_KEYS = Qt.KeyboardModifier.NoModifier


def choose_kind(page: MeetingsPage, code: str) -> None:
    kind = page.room.vote.kind
    kind.setCurrentIndex(kind.findData(code))


def fill(page: MeetingsPage, **texts: str) -> None:
    assert page.dialog is not None
    for name, text in texts.items():
        page.dialog.form.editor(name).set_raw(text)
    page.dialog.save()
    assert not page.dialog.isVisible(), page.dialog.refusal.text()


def take(more: MoreButton, words: str) -> None:
    """Choose a wish of the menu as the mouse does."""
    menu = more.open()
    action = next(one for one in menu.actions() if one.text().partition("\t")[0] == words)
    action.trigger()
    menu.close()


def test_a_roll_call_is_answered_by_keys_and_kept_by_name(
    page: MeetingsPage, village: Village
) -> None:
    hold(page, village, 38)
    choose_kind(page, "roll")
    roll = page.room.vote.roll
    assert roll.isVisible()
    assert not page.room.vote.panel.isVisible()
    for at in range(38):
        answer = Qt.Key.Key_2 if at == 3 else Qt.Key.Key_3 if at == 7 else Qt.Key.Key_1
        QTest.keyClick(roll, answer)
        assert roll.counts()[3] == 37 - at
    assert page.room.vote.words.text() == "赞成 36　反对 1　弃权 1　未问 0"
    page.room.vote.decision.decide.setChecked(False)
    page.room.vote.close_vote()
    item = page.room.item()
    assert item is not None
    vote = village.votes.of(item)
    assert vote is not None
    assert (vote.kind, vote.in_favour, vote.against) == ("roll", 36, 1)
    assert village.votes.voters(vote)[3].choice == "no"


def test_secret_papers_are_counted_and_the_vote_taken_back(
    page: MeetingsPage, village: Village, shown: Shown
) -> None:
    hold(page, village, 38)
    choose_kind(page, "ballot")
    part = page.room.vote
    numbers = {"returned": "37", "valid": "36", "invalid": "1", "yes": "31", "no": "3"}
    for name, text in {**numbers, "abstain": "2"}.items():
        part.panel.input(name).setText(text)  # type: ignore[arg-type]
    part.panel.input("returned").setText("39")
    part.panel._edited()
    part.close_vote()
    assert part.refusal.text() == "票数还没有对上，请看上面红字的一行。"
    assert "收回比发出多 1 票" in part.panel.notes()
    part.panel.input("returned").setText("37")
    part.panel._edited()
    part.decision.decide.setChecked(False)
    part.close_vote()
    item = page.room.item()
    assert item is not None
    assert "未到 7" in part.words.text()
    assert part.take_back.isVisible()
    part.take_back.click()
    assert village.votes.of(item) is None
    assert shown.said[-1] == "已撤回“村前塘路灯安装方案”的表决"
    assert part.close_button.isVisible()


def test_households_speak_until_the_deadline_and_are_counted(
    page: MeetingsPage, village: Village
) -> None:
    hold(page, village, 38)
    choose_kind(page, "household")
    panel = page.room.vote.households
    panel.announce()
    fill(page, statements_until="2026-03-15", households="3")
    for household, choice in (("1号", "赞成"), ("2号", "赞成"), ("3号", "反对")):
        panel.enter()
        fill(page, household=household, group_name="第一组", choice=choice, day="2026-03-12")
    assert panel.tallies.text().splitlines() == [
        "第一组：赞成 2　反对 1　弃权 0",
        "合计 3 户：赞成 2　反对 1　弃权 0",
    ]
    panel.list.setCurrentRow(0)
    panel.withdraw()
    assert "（已撤回）" in panel.list.item(0).text()
    panel.enter()
    fill(page, household="3号", group_name="第一组", choice="反对", day="2026-03-12")
    page.room.vote.decision.decide.setChecked(False)
    page.room.vote.close_vote()
    item = page.room.item()
    assert item is not None
    assert item.state == "carried"


def test_tab_puts_an_item_under_the_one_above(page: MeetingsPage, village: Village) -> None:
    agenda = page.room.agenda_sheet.list
    agenda.setFocus()
    agenda.setCurrentRow(1)
    QTest.keyClick(agenda, Qt.Key.Key_Tab)
    assert [agenda.line(row).number for row in range(2)] == ["一", "1.1"]
    QTest.keyClick(agenda, Qt.Key.Key_Tab)
    assert page.room.vote.refusal.text() == "上面没有同级的议题，不能再往里缩。"
    QTest.keyClick(agenda, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert [agenda.line(row).number for row in range(2)] == ["一", "二"]
    QTest.keyClick(agenda, Qt.Key.Key_Delete)
    assert len(village.meetings.agenda(page.room.meeting())) == 1


def test_an_item_dropped_above_another_changes_the_order(
    page: MeetingsPage, village: Village, qtbot: QtBot
) -> None:
    agenda = page.room.agenda_sheet.list
    assert agenda.model().moveRow(QModelIndex(), 1, QModelIndex(), 0)
    meeting = page.room.meeting()
    first = "误工补贴标准调整方案"
    qtbot.waitUntil(lambda: village.meetings.agenda(meeting)[0].item.name == first)
    assert agenda.line(0).number == "一"
    assert agenda.line(0).name == first


def test_a_speaker_over_the_time_turns_red_and_stands_in_the_minutes(
    page: MeetingsPage, village: Village, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    hold(page, village, 38)
    speaking = page.room.speaking
    page.room.show_screen()
    projector = page.room.second_screen.window
    assert projector is not None
    qtbot.addWidget(projector)
    for name, seconds in (("何润田", 185), ("钟桂芳", 40), ("何润田", 301)):
        speaking.speaker.setEditText(name)
        speaking.start_or_stop()
        assert speaking.is_running
        monkeypatch.setattr(speaking, "seconds", lambda it=seconds: it)
        speaking.tick()
        late = seconds > 300
        assert (speaking.clock.property("tone") == "red") is late
        assert ("超时" in projector.speaker.text()) is late
        speaking.start_or_stop()
    assert projector.speaker.text() == ""
    assert speaking.totals.text() == "何润田 共 08:06　钟桂芳 共 00:40"
    minutes = village.meeting_pack.sheet(page.room.meeting(), "会议记录")
    said = [getattr(block, "text", "") for block in minutes.blocks]
    assert "发言时间：何润田8分06秒，钟桂芳0分40秒。" in said


def test_a_speaker_at_an_internal_item_is_never_on_the_second_screen(
    page: MeetingsPage, village: Village, qtbot: QtBot
) -> None:
    hold(page, village, 38)
    item = page.room.item()
    assert item is not None
    village.meetings.correct_item(item, {"is_internal": "是"})
    page.room.show_screen()
    projector = page.room.second_screen.window
    assert projector is not None
    qtbot.addWidget(projector)
    page.room.speaking.speaker.setEditText("何润田")
    page.room.speaking.start_or_stop()
    page.room.speaking.tick()
    assert projector.speaker.text() == ""
    page.room.speaking.start_or_stop()


def drop(target: Any, paths: list[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left = Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, left, NO_KEYS)
    target.dropEvent(event)


def test_six_photos_are_dropped_and_four_are_ticked(
    page: MeetingsPage, village: Village, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = []
    for at in range(6):
        path = tmp_path / f"会场{at}.jpg"
        Image.new("RGB", (64, 48), (200, 180, 90)).save(path)
        paths.append(path)
    page.room.side.show_part("files")
    photos = page.room.files.photos
    drop(photos, paths)
    qtbot.waitUntil(lambda: photos.count() == 6)
    on = Qt.CheckState.Checked
    assert [photos.item(row).checkState() == on for row in range(6)] == [True] * 4 + [False] * 2
    qtbot.waitUntil(lambda: not photos.item(5).icon().isNull())
    photos.item(5).setCheckState(on)
    assert page.room.vote.refusal.text() == "整套材料里最多放 4 张，请先取下一张。"
    photos.item(0).setCheckState(Qt.CheckState.Unchecked)
    shown_names = [one.name for one in village.meeting_photos.photos(page.room.meeting())[:3]]
    assert shown_names == ["会场1.jpg", "会场2.jpg", "会场3.jpg"]
    page.room.files.describe(photos.item(0).data(Qt.ItemDataRole.UserRole))
    fill(page, content="举手表决")
    assert photos.item(0).text() == "举手表决"


def test_stock_phrases_go_where_the_text_is_written(page: MeetingsPage, village: Village) -> None:
    page.room.agenda_sheet.edit()
    dialog: Any = page.dialog
    words = [dialog.phrases.itemText(at) for at in range(dialog.phrases.count())]
    at = words.index("讨论发言：有代表提出：")
    dialog.phrases.activated.emit(at)
    dialog.form.editor("discussion").control.insertPlainText("电费由谁出")
    dialog.save()
    item = page.room.item()
    assert item is not None
    assert item.discussion == "有代表提出：电费由谁出"


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


def test_the_keys_of_hidden_buttons_work_in_a_narrow_window(
    page: MeetingsPage, village: Village, qtbot: QtBot
) -> None:
    page.set_narrow(True)
    hold(page, village, 38)
    grab(page, (1366, 640))
    assert misfits(page) == ()
    page.room.side.show_part("vote")
    assert not page.room.seat_sheet.isVisible()
    assert page.room.vote.isVisible()
    keys = {one.key().toString() for one in page.room.findChildren(QShortcut)}
    assert {"F11", "Ctrl+P", "Ctrl+N", "F2"} <= keys
    page.room.side.show_part("seats")
    assert page.room.seat_sheet.grid.isVisible()
    page.set_narrow(False)
    assert page.room.seat_sheet.isVisible()
    assert page.room.vote.isVisible()


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
