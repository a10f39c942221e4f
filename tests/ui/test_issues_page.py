"""诉求台账 by keys: a line and Enter, the way to the closing, the notebook, bulk and papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.lamp_matter import lamp_matter, settle
from tests.ui.issue_desk import Answers, IssueDesk
from village_app.db.records.issues import Issue
from village_app.opening import NewVillage, create_village
from village_app.ui.pages.issues.issues import IssuesPage
from village_app.village import Village

LINE = "三组 陈国良 来电：村前塘边路灯坏了三盏"


@pytest.fixture
def clock() -> TurningClock:
    return TurningClock(datetime(2026, 1, 12, 0, 40, tzinfo=UTC))


@pytest.fixture
def village(tmp_path: Path, clock: TurningClock) -> Iterator[Village]:
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
def answers(desk: IssueDesk) -> Answers:
    return desk.answers


@pytest.fixture
def said(desk: IssueDesk) -> list[str]:
    return desk.said


@pytest.fixture
def page(desk: IssueDesk) -> IssuesPage:
    page: IssuesPage = desk.show(IssuesPage)
    return page


def type_line(page: IssuesPage, text: str) -> None:
    page.typing.entry.line.setFocus()
    page.typing.entry.line.setText(text)
    page.typing.entry.look()
    QTest.keyClick(page.typing.entry.line, Qt.Key.Key_Return)


def fill(page: IssuesPage, **texts: str) -> None:
    """Type into the open form and save it."""
    dialog = page.wishes.dialog
    assert dialog is not None
    for name, text in texts.items():
        dialog.form.editor(name).set_raw(text)
    dialog.save()


def only_issue(village: Village) -> Issue:
    return village.issues.by_number("隔诉〔2026〕0001号")


def test_a_line_and_enter_become_a_matter_with_person_category_and_limit(
    page: IssuesPage, village: Village, said: list[str]
) -> None:
    person = settle(village)
    type_line(page, LINE)
    issue = only_issue(village)
    assert (issue.reporter_id, issue.subcategory) == (person.id, "路灯")
    assert said == ["已登记 隔诉〔2026〕0001号"]
    assert page.typing.entry.line.text() == ""
    assert page.detail.heading.text() == "村前塘边路灯坏了三盏"


def test_the_page_tells_the_third_time_and_the_likely_duplicate_while_typing(
    page: IssuesPage, village: Village
) -> None:
    person = settle(village)
    lamp_matter(village, person)
    lamp_matter(village, person, heading="水沟堵了", subcategory="排水")
    page.typing.entry.line.setText(LINE)
    page.typing.entry.look()
    assert "此户近一年第 3 次反映" in page.typing.history.text()
    page.typing.merge_typed()
    assert village.issues.by_number("隔诉〔2026〕0003号").state == "merged"


def test_the_whole_way_from_the_line_to_the_closing_goes_by_the_next_key(
    page: IssuesPage, village: Village
) -> None:
    settle(village)
    type_line(page, LINE)
    page.wishes.wish("assign")
    fill(page, handler="叶志坚", helpers="邓永康")
    page.wishes.wish("step")
    fill(page, text="现场看过，三盏都坏")
    page.wishes.wish("finish")
    fill(page, result="更换三盏路灯")
    page.wishes.wish("answer")
    fill(page, answer_way="电话")
    page.wishes.wish("close")
    assert only_issue(village).state == "visiting"
    page.wishes.wish("visit")
    fill(page, satisfaction="满意")
    assert page.detail.next_button.text() == "办结"
    page.detail._next()
    assert only_issue(village).state == "closed"


def test_a_form_shows_the_faults_of_the_service_and_stays_open(
    page: IssuesPage, village: Village
) -> None:
    lamp_matter(village)
    page.refresh()
    page.wishes.wish("extend")
    fill(page, due_on="2026-01-13", reason="等材料")
    assert page.wishes.dialog is not None
    fault = page.wishes.dialog.form.fault_of("due_on")
    assert fault is not None
    assert "晚于现在的 2026-01-15" in fault.message


def test_a_line_of_the_notebook_becomes_a_matter_by_enter(
    page: IssuesPage, village: Village
) -> None:
    page._choose("notebook")
    type_line(page, LINE)
    assert village.issue_list.counts()["all"] == 0
    assert page.table.count() == 1
    page.table.choose_first()
    key = page.table.current_key()
    assert key is not None
    page._open(key)
    assert only_issue(village).heading == "村前塘边路灯坏了三盏"
    # The last line: the matter itself is shown.
    assert page.detail.number.text() == "隔诉〔2026〕0001号"


def test_more_offers_only_what_the_state_allows(
    page: IssuesPage, village: Village, answers: Answers
) -> None:
    lamp_matter(village)
    page.refresh()
    page.wishes.wish("more")
    offered = {one.key for one in answers.asked[-1].answers}
    assert {"accept", "refuse", "merge", "assign", "step", "urge", "extend"} <= offered
    assert not {"close", "answer", "reopen", "archive"} & offered
