"""Work at many matters, photos, letters, figures and turns, through the controls of the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.issue_pictures import huge_png, telephone_picture
from tests.services.lamp_matter import answered, lamp_matter, settle
from tests.ui.issue_desk import IssueDesk, fill
from village_app.db.records.issues import Issue
from village_app.opening import NewVillage, create_village
from village_app.ui.pages.issues.issues import IssuesPage
from village_app.village import Village

LONG = 20_000


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    clock = TurningClock(datetime(2026, 1, 12, 0, 40, tzinfo=UTC))
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role="admin+secretary+clerk")
    opened, _ = create_village(tmp_path / "村", wish, clock=clock, cost=QUICK)
    yield opened
    opened.close()


@pytest.fixture
def desk(village: Village, tmp_path: Path, qtbot: QtBot) -> Iterator[IssueDesk]:
    made = IssueDesk(village, tmp_path, qtbot)
    yield made
    made.jobs.cancel_all()


@pytest.fixture
def page(desk: IssueDesk) -> IssuesPage:
    page: IssuesPage = desk.show(IssuesPage)
    return page


def test_fifty_matters_are_assigned_and_one_undo_takes_all_back(
    page: IssuesPage, desk: IssueDesk, village: Village
) -> None:
    with village.change("五十件", kind="bulk"):
        for _ in range(50):
            lamp_matter(village)
    page.refresh()
    page.table.view.selectAll()
    desk.answers.answers = ["assign"]
    QTest.keyClick(page, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert desk.answers.asked[-1].title == "选中的 50 件怎么办"
    fill(page.bulk.dialog, handler="罗顺娣")
    assert desk.said[-1] == "已交办 50 件"
    assert page.desk.village.issue_list.listed(handler="罗顺娣").count() == 50
    village.undo()
    assert page.desk.village.issue_list.listed(handler="罗顺娣").count() == 0


def test_many_are_closed_together_or_not_at_all(
    page: IssuesPage, desk: IssueDesk, village: Village
) -> None:
    ready = [answered(village, lamp_matter(village)) for _ in range(2)]
    for one in ready:
        village.issue_work.visit(one, {"satisfaction": "满意"})
    waiting = lamp_matter(village)
    page.bulk.close([*(one.id for one in ready), waiting.id])
    assert "有 1 件还不能办结" in desk.said[-1]
    assert {village.issues.get(one.id).state for one in ready} == {"visiting"}
    page.bulk.close([one.id for one in ready])
    assert {village.issues.get(one.id).state for one in ready} == {"closed"}


def test_slips_of_the_chosen_matters_come_as_one_paper(
    page: IssuesPage, desk: IssueDesk, village: Village, qtbot: QtBot, tmp_path: Path
) -> None:
    issues = [lamp_matter(village) for _ in range(3)]
    desk.answers.answers = ["assignment"]
    page.printing.slips([one.id for one in issues])
    qtbot.waitUntil(lambda: page.printing.sheet is not None, timeout=LONG)
    sheet = page.printing.sheet
    assert sheet is not None
    assert sheet.preview.page_count == 3
    desk.answers.path = tmp_path / "交办单.pdf"
    sheet.save()
    assert desk.answers.path.read_bytes().startswith(b"%PDF")


def test_photos_dropped_on_a_box_are_attached_to_the_shown_matter(
    page: IssuesPage, desk: IssueDesk, village: Village, qtbot: QtBot, tmp_path: Path
) -> None:
    issue = lamp_matter(village)
    page.refresh()
    files = [
        telephone_picture(tmp_path / "前.jpg"),
        telephone_picture(tmp_path / "前二.jpg", "blue"),
    ]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.detail.photos.before.dropEvent(drop)
    qtbot.waitUntil(lambda: len(page.detail.photos.before.thumbs()) == 2, timeout=LONG)
    assert desk.said[-1] == "已附上办理前照片 2 张"
    assert len(village.issue_photos.listed(issue)) == 2


def test_a_huge_photo_is_refused_in_a_sentence(
    page: IssuesPage, desk: IssueDesk, village: Village, qtbot: QtBot, tmp_path: Path
) -> None:
    lamp_matter(village)
    page.refresh()
    desk.answers.path = huge_png(tmp_path / "大.png")
    page.detail.photos.after.button.click()
    qtbot.waitUntil(lambda: bool(desk.said), timeout=LONG)
    assert "像素" in desk.said[-1]
    assert page.detail.photos.after.thumbs() == []


def test_a_step_is_corrected_and_the_old_words_stay(page: IssuesPage, village: Village) -> None:
    issue = lamp_matter(village)
    village.issue_work.accept(issue)
    village.issue_work.add_step(issue, "两盏灯坏")
    page.refresh()
    page.wishes.wish("correct_step")
    fill(page.wishes.dialog, text="三盏灯坏")
    steps = [one.text for one in village.issues.file(issue).steps]
    assert "两盏灯坏" in steps
    assert steps[-1] == "三盏灯坏（更正“两盏灯坏”）"


def test_a_letter_is_written_from_its_template_and_shown_for_printing(
    page: IssuesPage, desk: IssueDesk, village: Village, qtbot: QtBot
) -> None:
    issue = lamp_matter(village, settle(village))
    page.refresh()
    desk.answers.answers = ["受理告知"]
    page.wishes.wish("reply")
    dialog = page.wishes.replying.dialog
    assert dialog is not None
    assert "已登记受理" in dialog.form.editor("text").raw()
    fill(dialog, addressee="陈国良先生")
    qtbot.waitUntil(lambda: page.printing.sheet is not None, timeout=LONG)
    [reply] = village.issue_replies.of(issue)
    assert (reply.number, reply.addressee) == ("隔复〔2026〕1号", "陈国良先生")


def test_a_supervision_slip_comes_as_paper_at_once(
    page: IssuesPage, village: Village, qtbot: QtBot
) -> None:
    lamp_matter(village)
    page.refresh()
    page.wishes.wish("urge")
    fill(page.wishes.dialog, demand="三日内拿出办法")
    qtbot.waitUntil(lambda: page.printing.sheet is not None, timeout=LONG)
    assert page.printing.sheet is not None
    assert page.printing.sheet.name == "督办单 隔督〔2026〕1号"
    assert page.printing.sheet.preview.page_count == 1


def test_a_matter_becomes_an_item_of_the_planned_meeting(
    page: IssuesPage, desk: IssueDesk, village: Village
) -> None:
    issue = lamp_matter(village)
    page.refresh()
    QTest.keyClick(page, Qt.Key.Key_F7)
    assert "还没有安排会议" in desk.said[-1]
    body = village.bodies.listed()[0]
    village.bodies.seat(body, {"name": "梁国栋", "from_day": "2026-01-01"})
    meeting = village.meetings.call(body, {"name": "第一次会议", "day": "2026-01-20"})
    QTest.keyClick(page, Qt.Key.Key_F7)
    fill(page.wishes.dialog)
    [item] = village.meetings.agenda(meeting)
    assert item.item.name == "村前塘边路灯坏了三盏"
    stations = village.issue_chain.of(issue)
    assert [(one.name, one.id, one.number) for one in stations[1:2]] == [
        ("议题", meeting.id, "第一次会议：村前塘边路灯坏了三盏")
    ]


def test_a_quarrel_goes_to_the_mediators_as_such(page: IssuesPage, village: Village) -> None:
    issue = lamp_matter(village, category="邻里纠纷", subcategory=None)
    page.refresh()
    page.wishes.wish("mediation")
    fill(page.wishes.dialog, owner="何志强", due_on="2026-01-20")
    assert "调解" in [one.name for one in village.issue_chain.of(issue)]
    assert any(one.text.startswith("转调解") for one in village.issues.file(issue).steps)


def test_a_cell_of_the_figures_opens_exactly_its_matters(
    page: IssuesPage, village: Village
) -> None:
    for _ in range(12):
        lamp_matter(village)
    lamp_matter(village, category="环境卫生", subcategory=None)
    page.show_figures()
    items = [page.figures.grid.item(at, 0) for at in range(3)]
    row = next(at for at, item in enumerate(items) if item and item.text() == "市政设施")
    page.figures.grid.setCurrentCell(row, 1)
    QTest.keyClick(page.figures.grid, Qt.Key.Key_Return)
    assert page.stack.currentWidget() is page.pair
    assert page.table.count() == 12
    assert page.chosen_note.isVisible()


def test_a_hidden_matter_counts_in_its_cell_and_the_page_says_so(
    desk: IssueDesk, village: Village
) -> None:
    lamp_matter(village)
    lamp_matter(village, is_confidential=True)
    village.session.user = type(village.session.user)("罗顺娣", "罗顺娣", "clerk")
    page = desk.show(IssuesPage)
    page.show_figures()
    page.figures.open_cell("市政设施", 1)
    assert page.table.count() == 1
    assert "另有 1 件保密" in page.chosen_note.accessibleName()


def test_the_table_of_figures_is_saved_as_a_spreadsheet(
    page: IssuesPage, desk: IssueDesk, village: Village, tmp_path: Path
) -> None:
    lamp_matter(village)
    page.show_figures()
    desk.answers.path = tmp_path / "统计.xlsx"
    page.figures.save()
    assert desk.answers.path.read_bytes().startswith(b"PK")


def test_a_voided_number_stays_and_is_left_out_of_the_figures(
    page: IssuesPage, village: Village
) -> None:
    issue = lamp_matter(village)
    page.refresh()
    page.wishes.wish("void")
    fill(page.wishes.dialog, reason="登记错了")
    assert village.issues.get(issue.id).state == "void"
    assert village.issue_figures.table(2026).total == 0
    [number] = village.numbers.listed("issue", 2026)
    assert (number.state, number.reason) == ("void", "登记错了")
    assert isinstance(village.issues.by_number("隔诉〔2026〕0001号"), Issue)
