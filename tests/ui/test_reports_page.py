"""The page of reports on the sample village: figures, their records, next period, files, brief."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.hands import click, press, settle
from tests.ui.pretend import PreparedAnswers
from village_app.demo.sample_village import make_village
from village_app.ui.jobs import JobRunner
from village_app.ui.kit.buttons import Button
from village_app.ui.page import Desk
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.reports.reports import ReportsPage
from village_app.ui.preferences import Preferences
from village_app.village import Village
from village_app.window_village import WindowVillage

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)
Went = list[tuple[str, int | None]]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Village:
    return make_village(tmp_path_factory.mktemp("sample") / "示范村", now=NOW)


@pytest.fixture
def went() -> Went:
    return []


@pytest.fixture
def page(
    sample: Village, went: Went, answers: PreparedAnswers, jobs: JobRunner, qtbot: QtBot
) -> ReportsPage:
    desk = Desk(
        WindowVillage(sample),
        answers,
        jobs,
        Preferences(),
        lambda *_: None,
        lambda: None,
        lambda key, record: went.append((key, record)),
    )
    made = ReportsPage(desk)
    qtbot.addWidget(made)
    made.resize(1150, 680)
    with qtbot.waitActive(made):  # keys of buttons are heard by the active window alone
        made.show()
        made.activateWindow()
    return made


def choose(page: ReportsPage, word: str) -> None:
    click(next(one for one in page.reports.buttons() if one.text().startswith(word)))


def test_a_figure_opens_its_records_and_a_record_its_page(page: ReportsPage, went: Went) -> None:
    choose(page, "财务收支")
    page.table.choose_first()
    figure = page._figures[0]
    assert figure.line.label == "收入合计"
    assert page.rows.count() == len(figure.line.rows)
    page.table.focus_rows()
    press(page.table.view, Qt.Key.Key_Return)
    page.rows.choose_first()
    press(page.rows.view, Qt.Key.Key_Return)
    assert went == [("money", figure.line.rows[0].record)]


def test_the_next_period_is_one_click_away(page: ReportsPage, sample: Village) -> None:
    choose(page, "财务收支")
    page.keep()
    dialog = page.window().findChildren(FormDialog)[-1]
    click(next(one for one in dialog.findChildren(Button) if one.text() == "存下"))
    page.refresh()
    settle()
    (saved,) = sample.saved_reports.listed()
    assert saved.name == "季度财务收支情况"
    before = page._period
    click(next(one for one in page.saved.findChildren(Button) if one.text() == "下一期"))
    assert page._period == before.following
    assert sample.saved_reports.listed()[0].period_from == before.following.first
    sample.saved_reports.remove(sample.saved_reports.get(saved.id))


def test_paper_and_sheet_are_saved_from_the_buttons(
    page: ReportsPage, answers: PreparedAnswers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.answers += [tmp_path / "报表.pdf", tmp_path / "报表.xlsx"]
    # A button that its key presses stays down for a moment, so that it is seen.
    press(page.table.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(answers.answers) == 1)
    press(page.table.view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not answers.answers)
    assert (tmp_path / "报表.pdf").read_bytes().startswith(b"%PDF")
    cells = load_workbook(tmp_path / "报表.xlsx").worksheets[0].iter_rows(values_only=True)
    assert any("登记诉求" in row for row in cells)


def test_a_code_from_the_paper_opens_the_same_list(page: ReportsPage) -> None:
    choose(page, "项目资金")
    figure = next(one for one in page._figures if one.line.unit == "money")
    choose(page, "会议")
    page.open_record(int(figure.code))
    assert page._report == "projects"
    assert page.rows.count() == len(figure.line.rows)


def test_the_brief_is_written_edited_and_offered_again(page: ReportsPage) -> None:
    choose(page, "工作简报")
    assert "登记诉求" in page.brief.toPlainText()
    page.brief.document().setModified(False)
    assert page.draft() is None
    page.brief.setFocus()
    page.brief.appendPlainText("下月清沟。")
    draft = page.draft()
    assert draft is not None
    click(page.earlier)
    page.restore_draft(draft)
    assert page.brief.toPlainText().endswith("下月清沟。")


def test_other_periods_are_reached_by_keys(page: ReportsPage) -> None:
    before = page._period
    press(page.table.view, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert page._period == before.before
    press(page.table.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert page._period == before
