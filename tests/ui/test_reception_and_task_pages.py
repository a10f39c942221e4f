"""接访日 and 任务和待办 through their controls: month plan, forms by number, evidence, series."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.lamp_matter import lamp_matter
from tests.ui.issue_desk import IssueDesk, fill
from village_app.opening import NewVillage, create_village
from village_app.ui.pages.issues.receptions import ReceptionsPage
from village_app.ui.pages.issues.tasks import TasksPage
from village_app.village import Village

LONG = 30_000
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    clock = TurningClock(datetime(2026, 1, 14, 2, 0, tzinfo=UTC))
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
def receptions(desk: IssueDesk) -> ReceptionsPage:
    page: ReceptionsPage = desk.show(ReceptionsPage)
    return page


@pytest.fixture
def tasks(desk: IssueDesk) -> TasksPage:
    page: TasksPage = desk.show(TasksPage)
    return page


def test_a_month_is_planned_from_lines_and_printed_for_the_wall(
    receptions: ReceptionsPage, desk: IssueDesk, village: Village, qtbot: QtBot
) -> None:
    receptions.wishes.plan_month()
    fill(receptions.wishes.dialog, hosts="梁国栋 书记 全面工作\n何志强 副主任", days="10、20")
    days = village.receptions.month(date(2026, 1, 1))
    assert [(one.day.day, one.host, one.post) for one in days] == [
        (12, "梁国栋", "书记"),
        (20, "何志强", "副主任"),
    ]
    assert receptions.table.count() == 2
    QTest.keyClick(receptions, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: receptions.wishes.printing.sheet is not None, timeout=LONG)
    assert receptions.wishes.printing.sheet is not None
    assert receptions.wishes.printing.sheet.preview.page_count == 1
    village.undo()
    assert village.receptions.month(date(2026, 1, 1)) == []


def test_a_visit_is_taken_down_and_counted_on_its_day(
    receptions: ReceptionsPage, desk: IssueDesk, village: Village
) -> None:
    village.receptions.plan({"day": "2026-01-14", "host": "何志强", "post": "副主任"})
    receptions.wishes.receive()
    assert receptions.wishes.dialog is not None
    assert receptions.wishes.dialog.form.editor("host").raw() == "何志强"
    fill(receptions.wishes.dialog, visitor="余瑞莲", problem="祠堂边排水沟堵塞", people="3")
    assert desk.said[-1] == "接访已登记 隔访〔2026〕0001号"
    [day] = village.receptions.month(date(2026, 1, 1))
    assert village.receptions.came(date(2026, 1, 1)) == {day.id: 3}
    receptions.wishes.wish("issue")
    assert desk.went[-1][0] == "issues"


def test_a_second_visit_joins_the_matter_of_its_number(
    receptions: ReceptionsPage, village: Village
) -> None:
    issue = lamp_matter(village)
    receptions.wishes.receive()
    fill(
        receptions.wishes.dialog,
        visitor="陈国良",
        problem="灯还没修",
        host="何志强",
        joins=issue.number or "",
    )
    assert village.issue_list.counts()["all"] == 1


def test_fifty_numbered_forms_come_back_by_number_or_are_missed(
    receptions: ReceptionsPage, desk: IssueDesk, village: Village
) -> None:
    receptions.wishes.print_blanks()
    fill(receptions.wishes.dialog, count="50")
    assert receptions.wishes.printing.sheet is not None
    assert receptions.wishes.printing.sheet.preview.page_count == 50
    assert receptions.table.count() == 50
    receptions.table.choose_first()
    QTest.keyClick(receptions.table.view, Qt.Key.Key_Return)
    fill(receptions.wishes.dialog, visitor="余瑞莲", problem="水沟堵了", host="何志强")
    assert desk.said[-1] == "接访已登记 隔访〔2026〕0001号"
    receptions.choose("blanks")
    assert receptions.table.count() == 49
    receptions.table.choose_first()
    receptions.wishes.wish("void")
    fill(receptions.wishes.dialog, reason="写坏了")
    assert receptions.table.count() == 48
    assert village.numbers.listed("reception", 2026)[1].reason == "写坏了"


def test_a_day_on_which_somebody_came_stays_as_it_is(
    receptions: ReceptionsPage, desk: IssueDesk, village: Village
) -> None:
    day = village.receptions.plan({"day": "2026-01-14", "host": "何志强"})
    village.receptions.take_down(
        {"visitor": "余瑞莲", "day": "2026-01-14", "host": "何志强", "problem": "水沟堵了"}
    )
    receptions.refresh()
    receptions.table.choose(day.id)
    receptions.wishes.wish("cancel")
    assert "已经接访过了" in desk.said[-1]
    assert len(village.receptions.month(date(2026, 1, 1))) == 1


def test_a_series_goes_on_when_its_task_is_finished_by_key(
    tasks: TasksPage, desk: IssueDesk, village: Village
) -> None:
    tasks.enter()
    fill(
        tasks.dialog, heading="公开上月收支", owner="李美玲", due_on="2026-01-15", recurrence="每月"
    )
    QTest.keyClick(tasks, Qt.Key.Key_Return, CTRL)
    fill(tasks.dialog, result="已张贴")
    assert desk.said[-1] == "已完成 隔任〔2026〕001号，下一次 2026-02-15"
    [following] = village.tasks.listed("series")
    assert following.number == "隔任〔2026〕002号"


def test_what_is_due_elsewhere_opens_there_by_enter(
    tasks: TasksPage, desk: IssueDesk, village: Village
) -> None:
    issue = lamp_matter(village)
    tasks.refresh()
    key = next(at for at, item in enumerate(tasks._items) if item.record == issue.id)
    tasks.table.choose(key)
    QTest.keyClick(tasks.table.view, Qt.Key.Key_Return)
    assert desk.went[-1] == ("issues", issue.id)


def test_a_task_without_its_evidence_says_what_is_lacking(
    tasks: TasksPage, desk: IssueDesk, village: Village, qtbot: QtBot, tmp_path: Path
) -> None:
    tasks.enter()
    fill(
        tasks.dialog,
        heading="修水沟",
        owner="何志强",
        due_on="2026-01-15",
        evidence_needed="完工照片",
    )
    tasks.wish("finish")
    fill(tasks.dialog, result="修好了")
    assert tasks.dialog is not None
    assert "还缺完工照片" in tasks.dialog.refusal.text()
    tasks.dialog.reject()
    desk.answers.path = tmp_path / "完工.txt"
    desk.answers.path.write_text("完工", encoding="utf-8")
    tasks.wish("evidence")
    qtbot.waitUntil(lambda: bool(village.tasks.evidence(village.tasks.listed()[0])), timeout=LONG)


def test_the_days_list_is_shown_as_paper(tasks: TasksPage, village: Village, qtbot: QtBot) -> None:
    lamp_matter(village)
    tasks.print_today()
    qtbot.waitUntil(lambda: tasks.printing.sheet is not None, timeout=LONG)
    assert tasks.printing.sheet is not None
    assert tasks.printing.sheet.preview.page_count == 1
