"""The pages of the log at every size of type: nothing cut off, every control with its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.lamp_matter import answered, lamp_matter, settle
from tests.ui.conftest import wear
from tests.ui.issue_desk import IssueDesk
from tests.ui.test_accessible import nameless
from village_app.opening import NewVillage, create_village
from village_app.ui.fitting import misfits
from village_app.ui.page import Page
from village_app.ui.pages.issues.issues import IssuesPage
from village_app.ui.pages.issues.receptions import ReceptionsPage
from village_app.ui.pages.issues.tasks import TasksPage
from village_app.ui.pictures import grab
from village_app.ui.theme import Theme, TypeSize
from village_app.village import Village

__all__ = ["wear"]
sizes = pytest.mark.parametrize("size", [100, 150])


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    clock = TurningClock(datetime(2026, 1, 14, 2, 0, tzinfo=UTC))
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role="admin+secretary+clerk")
    opened, _ = create_village(tmp_path / "村", wish, clock=clock, cost=QUICK)
    person = settle(opened)
    answered(opened, lamp_matter(opened, person))
    lamp_matter(opened, person, heading="水沟堵了，下雨天三组整条巷子都积水走不过去")
    opened.receptions.plan({"day": "2026-01-14", "host": "何志强", "post": "副主任"})
    opened.tasks.start({"heading": "公开上月收支", "owner": "李美玲", "due_on": "2026-01-15"})
    yield opened
    opened.close()


@pytest.fixture
def desk(
    village: Village, tmp_path: Path, qtbot: QtBot, wear: Callable[[Theme], None]
) -> Iterator[IssueDesk]:
    del wear  # puts the ordinary look back afterwards
    made = IssueDesk(village, tmp_path, qtbot)
    yield made
    made.jobs.cancel_all()


def assert_whole(page: Any) -> None:
    grab(page, page.size())
    assert misfits(page) == ()
    assert nameless(page) == []


@sizes
@pytest.mark.parametrize("kind", [IssuesPage, ReceptionsPage, TasksPage])
def test_the_pages_of_the_log_fit(kind: type[Page], size: TypeSize, desk: IssueDesk) -> None:
    assert_whole(desk.show(kind, Theme(size)))


@sizes
def test_the_figures_fit(size: TypeSize, desk: IssueDesk) -> None:
    page = desk.show(IssuesPage, Theme(size))
    page.show_figures()
    assert_whole(page)


@sizes
def test_visits_and_blank_forms_fit(size: TypeSize, desk: IssueDesk) -> None:
    desk.village.receptions.reserve_forms(3)
    page = desk.show(ReceptionsPage, Theme(size))
    for shown in ("visits", "blanks"):
        page.choose(shown)
        assert_whole(page)


@sizes
def test_a_task_and_its_buttons_fit(size: TypeSize, desk: IssueDesk) -> None:
    page = desk.show(TasksPage, Theme(size))
    page._choose("open")
    assert_whole(page)
