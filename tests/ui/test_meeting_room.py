"""The rarer work in the room of a meeting, by its real controls and keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QShortcut
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.meeting_desk import answers, clock, desk, fill, hold, page, shown, village
from tests.ui.money_desk import Shown
from village_app.ui.fitting import misfits
from village_app.ui.pages.meetings.meetings import MeetingsPage
from village_app.ui.pictures import grab
from village_app.village import Village

__all__ = ["answers", "clock", "desk", "page", "shown", "village"]
NO_KEYS = Qt.KeyboardModifier.NoModifier


def choose_kind(page: MeetingsPage, code: str) -> None:
    kind = page.room.vote.kind
    kind.setCurrentIndex(kind.findData(code))


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
