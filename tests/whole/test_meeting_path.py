"""Story 1's meeting in the real window on a real village: from the notice to the posted decision.

Check-in, counts and the agenda go by keys; the vote that is not carried and the one below the
quorum are part of it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.papers.printed import Printed
from tests.services.meeting_story import seat_representatives
from tests.ui.conftest import application, wear
from tests.ui.pretend import PreparedAnswers
from tests.whole.test_project_path import go, save, window
from village_app.ui.pages.meetings.meetings import MeetingsPage
from village_app.ui.pages.meetings.resolutions import ResolutionsPage
from village_app.ui.pages.notices.notices import NoticesPage
from village_app.ui.window import MainWindow
from village_app.village import Village

__all__ = ["application", "wear", "window"]
LONG = 60_000
TITLE = "第一次村民代表会议"


def mark(page: MeetingsPage, at: int, key: Qt.Key) -> None:
    """Press a key over the seat of the `at`-th person, as the arrows reach it."""
    seat = page.room.seat_sheet.grid.seats()[at]
    page.room.seat_sheet.grid.go_to(seat.seat.key)
    QTest.keyClick(seat, key)


def keep(page: MeetingsPage, target: Path, qtbot: QtBot, **texts: str) -> bytes:
    """Keep a paper of the meeting as a file and give its content."""
    answers = page.desk.asking
    assert isinstance(answers, PreparedAnswers)
    answers.answers.append(target)
    page.room.print_papers()
    save(page, **texts)
    qtbot.waitUntil(target.exists, timeout=LONG)
    return target.read_bytes()


def count(page: MeetingsPage, yes: str, no: str, abstained: str) -> None:
    """Type a count into its fields, Enter after each."""
    panel = page.room.vote.panel
    panel.input("yes").setFocus()
    for text, field in ((yes, "yes"), (no, "no"), (abstained, "abstain")):
        box = panel.input(field)  # type: ignore[arg-type]
        box.selectAll()
        QTest.keyClicks(box, text)
        QTest.keyClick(box, Qt.Key.Key_Return)


def call(page: MeetingsPage, today: date, folder: Path, qtbot: QtBot) -> None:
    """Arrange the meeting with two items; keep its notice and the sheet to sign."""
    page.arrange()
    facts = {"body": "村民代表会议", "day": today.isoformat(), "starts": "9:00"}
    save(page, name=TITLE, chair="梁秀娟", **facts)
    for name, decision in (
        ("村前塘路灯安装方案", "同意安装路灯24盏"),
        ("误工补贴标准调整方案", ""),
    ):
        page.room.agenda_sheet.enter()
        save(page, name=name, reporter="何润田", decision=decision)
    notice = keep(page, folder / "通知.pdf", qtbot, paper="会议通知", format="PDF")
    assert "村前塘路灯安装方案" in Printed(notice).text
    signing = keep(page, folder / "签到.pdf", qtbot, paper="签到表", format="PDF")
    assert "应到45人" in Printed(signing).text


def vote_the_lamps(page: MeetingsPage, village: Village, year: int) -> str:
    """Check 38 in, carry item one; it becomes a decision with a draft for the wall."""
    room = page.room
    room.open_button.click()
    for at in range(42):
        mark(page, at, Qt.Key.Key_Space if at < 38 else Qt.Key.Key_3)
    counts = village.attendance.counts(room.meeting())
    assert (counts.entitled, counts.present, counts.excused, counts.missing) == (45, 38, 4, 3)
    count(page, "36", "1", "1")
    assert room.vote.panel.result.accessibleName() == "通过，赞成 36 票，须 20 票，够。"
    room.vote.decision.draft.setChecked(True)
    room.vote.close_button.click()
    save(page, responsible="何志强", due_on=f"{year + 1}-04-30")
    number = f"隔村代决〔{year}〕1号"
    assert village.resolutions.listed()[0].number == number
    return number


def refuse_the_allowances(page: MeetingsPage, village: Village) -> None:
    """One leaves, one stands aside: 18 of 37 are not enough."""
    room = page.room
    pay = village.meetings.agenda(room.meeting())[1].item
    room.choose_item(pay.id)
    mark(page, 37, Qt.Key.Key_0)
    mark(page, 3, Qt.Key.Key_5)
    save(page, reason="本人领取误工补贴")
    count(page, "18", "12", "6")
    assert room.vote.panel.result.accessibleName() == "没有通过，赞成 18 票，须 19 票，不够。"
    room.vote.close_button.click()
    vote = village.votes.of(pay)
    assert vote is not None
    assert (vote.present, vote.recused, vote.verdict) == (37, 1, "not_carried")
    assert village.resolutions.of_item(pay) is None


def fall_below_the_quorum(page: MeetingsPage, village: Village) -> None:
    """With 29 present nothing but that can be recorded."""
    room = page.room
    room.agenda_sheet.enter()
    save(page, name="其他事项")
    other = village.meetings.agenda(room.meeting())[2].item
    room.choose_item(other.id)
    for at in range(29, 37):
        mark(page, at, Qt.Key.Key_0)
    assert room.vote.close_button.text() == "登记为未达法定人数"
    assert room.vote.panel.input("yes").isReadOnly()
    room.vote.close_button.click()
    assert village.meetings.item(other.id).state == "below_quorum"


def lock(page: MeetingsPage, folder: Path, number: str, qtbot: QtBot) -> None:
    """Close and finalise; every figure stands in the minutes."""
    room = page.room
    room.open_button.click()
    room.open_button.click()
    assert room.meeting().state == "final"
    minutes = keep(page, folder / "记录.pdf", qtbot, paper="会议记录", format="PDF")
    text = Printed(minutes).text
    assert "赞成36票，反对1票，弃权1票；须20票赞成，通过。" in text
    assert "赞成18票，反对12票，弃权6票；须19票赞成，未通过。" in text
    assert "应到45人，实到29人（须到30人），未到16人，未达法定人数，没有表决。" in text
    assert number in text
    pack = keep(page, folder / "整套.pdf", qtbot, paper="整套材料", format="PDF")
    assert f"决议{number}" in Printed(pack).text


def post(window: MainWindow, village: Village, number: str, year: int) -> None:
    """Take the draft of the decision to the wall."""
    ledger = go(window, "resolutions")
    assert isinstance(ledger, ResolutionsPage)
    assert ledger.table.count() == 1
    (decided,) = village.resolutions.listed()
    assert window.shell is not None
    window.shell.go("notices", decided.notice_id)
    notices = window.shell.page()
    assert isinstance(notices, NoticesPage)
    document = notices.document
    assert document.gate.held == ()
    document.check()
    document.approve()
    answers = window.asking
    assert isinstance(answers, PreparedAnswers)
    answers.answers.append("publish")
    document.publish()
    posted = village.notices.get(decided.notice_id)
    assert posted.number == f"隔村公示〔{year}〕1号"
    assert (posted.period_to - posted.period_from).days == 6
    wall = Printed(village.notices.reprint(posted)).text
    assert "赞成36票" in wall
    assert number in wall


def test_a_meeting_is_called_held_voted_decided_and_posted(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    assert window.village is not None
    village: Village = window.village.subjects  # type: ignore[attr-defined]  # the real door's
    today = village.session.today()
    seat_representatives(village, f"{today.year - 2}-01-10")
    page = go(window, "meetings")
    assert isinstance(page, MeetingsPage)
    call(page, today, tmp_path, qtbot)
    number = vote_the_lamps(page, village, today.year)
    refuse_the_allowances(page, village)
    fall_below_the_quorum(page, village)
    lock(page, tmp_path, number, qtbot)
    post(window, village, number, today.year)
