"""村务公开目录 in the window: due, published, overdue, and taken from the county's workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.services.conftest import TurningClock
from tests.services.test_catalogue_imports import ROWS, workbook
from tests.ui.notices.hands_on_notices import begin, post, shown
from tests.ui.pretend import PreparedAnswers
from village_app.ui.pages.notices.catalogue import CatalogueBoard
from village_app.ui.pages.notices.notices import NoticesPage
from village_app.village import Village


def board_of(page: NoticesPage) -> CatalogueBoard:
    page._choose_view(("catalogue",))
    board = page.sides.currentWidget()
    assert isinstance(board, CatalogueBoard)
    return board


def state_of(board: CatalogueBoard, code: str) -> str:
    rows = board.source.window(0, board.source.count())
    return next(str(row.cells["state"]) for row in rows if row.cells["code"] == code)


def test_the_board_says_what_is_due_published_and_overdue(
    page: NoticesPage, village: Village, answers: PreparedAnswers, clock: TurningClock
) -> None:
    assert state_of(board_of(page), "F02") == "一季度应公开，04-15 前"
    clock.turn_to(2026, 4, 16)
    assert state_of(board_of(page), "F02") == "一季度逾期，04-15 前"
    notice = begin(page, village, "收入共195376.35元。\n公示期：｛公示期｝。")
    written = village.writing.written(notice)
    village.writing.edit(notice, replace(written, catalogue_code="F02"))
    page.show_notice(notice.id)
    post(page, answers)
    page.show_list()
    board = board_of(page)
    assert "迟公开" in state_of(board, "F02")
    item = next(one for one in village.catalogue.items() if one.code == "F02")
    board.table.opened.emit(item.id)
    assert shown(page).catalogue_code == "F02"


def test_what_is_late_is_shown_alone_when_the_first_page_asks(
    page: NoticesPage, clock: TurningClock
) -> None:
    clock.turn_to(2026, 4, 16)
    page.open_part("catalogue/over")
    board = page.sides.currentWidget()
    assert isinstance(board, CatalogueBoard)
    states = [str(row.cells["state"]) for row in board.source.window(0, board.source.count())]
    assert states
    assert all("逾期" in state for state in states)
    assert (page.views.on(), board.chips.on()) == (("catalogue",), ("over",))
    page.open_part("catalogue")
    assert board.source.count() == len(page.desk.village.catalogue.items())


def test_the_county_s_catalogue_is_shown_before_it_is_taken(
    page: NoticesPage,
    village: Village,
    answers: PreparedAnswers,
    said: list[str],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    board = board_of(page)
    answers.answers += [workbook(tmp_path / "目录.xlsx"), "replace"]
    board.take_catalogue()
    qtbot.waitUntil(lambda: bool(said), timeout=30_000)
    question = answers.asked[-1]
    assert question.lines[0] == ("新的", "2 项")
    assert [answer.key for answer in question.answers] == ["replace", "add", ""]
    assert said == ["公开目录动了 46 项"]
    assert board.table.count() == len(ROWS)
