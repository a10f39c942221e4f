"""The first page on a real village: figures open their lists, steps tick themselves, seasons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from tests.services.conftest import TurningClock, clock, folder, village
from tests.ui.hands import click, press, settle
from tests.ui.pretend import PreparedAnswers
from village_app.ui.jobs import JobRunner
from village_app.ui.page import Desk
from village_app.ui.pages.home.home import HomePage
from village_app.ui.preferences import Preferences
from village_app.village import Village
from village_app.window_village import WindowVillage

__all__ = ["clock", "folder", "village"]
Went = list[tuple[str, int | None]]


@pytest.fixture
def went() -> Went:
    return []


@pytest.fixture
def page(village: Village, went: Went, jobs: JobRunner, qtbot: QtBot) -> HomePage:
    desk = Desk(
        WindowVillage(village),
        PreparedAnswers(),
        jobs,
        Preferences(),
        lambda *_: None,
        lambda: None,
        lambda key, record: went.append((key, record)),
    )
    made = HomePage(desk)
    qtbot.addWidget(made)
    made.resize(1150, 680)
    made.show()
    return made


def figure(page: HomePage, label: str) -> QAbstractButton:
    return next(one for one in shown(page.strip) if one.accessibleName().startswith(label))


def shown(widget: QWidget) -> list[QAbstractButton]:
    settle()
    return [one for one in widget.findChildren(QAbstractButton) if not one.isHidden()]


def log(village: Village, heading: str, handler: str = "") -> None:
    issue = village.issues.log(
        {"heading": heading, "category": "市政设施", "reporter_kind": "匿名", "handler": handler}
    )
    village.issue_work.assign(village.issue_work.accept(issue), handler or "叶志坚")


def test_a_figure_shows_exactly_what_it_counts(
    page: HomePage, village: Village, clock: TurningClock
) -> None:
    log(village, "老的一件")
    clock.turn_to(2026, 1, 26)
    log(village, "新的一件")
    page.refresh()
    assert page.table.count() == 2
    over = figure(page, "已超期")
    assert over.accessibleName().startswith("已超期 1 件")
    click(over)
    assert page.table.count() == 1
    assert not page.everything.isHidden()
    click(page.everything)
    assert page.table.count() == 2


def test_meetings_of_the_week_are_counted_and_stand_in_the_list(
    page: HomePage, village: Village, went: Went
) -> None:
    body = village.bodies.find("representatives")
    village.bodies.seat(body, {"name": "何志强", "from_day": "2024-01-10"})
    meeting = village.meetings.call(
        body, {"name": "第一次会议", "day": "2026-01-12", "starts": "15:00"}
    )
    page.refresh()
    assert figure(page, "七天内会议").accessibleName().startswith("七天内会议 1 场，今天 15:00")
    press(page.table.view, Qt.Key.Key_Return)
    assert went == [("meetings", meeting.id)]


def test_only_mine_leaves_out_what_others_handle(page: HomePage, village: Village) -> None:
    log(village, "别人的", "叶志坚")
    log(village, "我的", "陈丽珍")
    page.refresh()
    assert page.table.count() == 2
    click(page.mine)
    assert page.table.count() == 1
    click(page.mine)
    assert page.table.count() == 2


def test_steps_tick_themselves_and_give_way_to_the_chart(page: HomePage, village: Village) -> None:
    def done() -> set[str]:
        return {one.code for one in village.first_steps.listed() if one.done}

    assert len(village.first_steps.listed()) == 12
    assert done() == set()
    assert not page.steps.isHidden()
    assert page.chart_sheet.isHidden()
    village.settings.write(letterhead="横沥镇隔坑村民委员会")
    village.places.add("第一村民小组")
    log(village, "路灯不亮")
    assert done() == {"letterhead", "groups", "issue"}
    page.refresh()
    names = [one.accessibleName() for one in shown(page.steps)]
    assert sum("已做完" in name for name in names) == 3
    click(next(one for one in shown(page.steps) if one.text() == "收起来"))
    assert page.steps.isHidden()
    assert not page.chart_sheet.isHidden()
    click(page.steps_link)
    assert not page.steps.isHidden()


def test_a_season_says_so_once(page: HomePage, village: Village, clock: TurningClock) -> None:
    page.desk.preferences.put_away("first-steps")
    clock.turn_to(2026, 8, 25)
    page.refresh()
    assert [one.code for one in village.seasons.hints()] == ["school-2026", "flood-2026"]
    assert page.season.accessibleName().startswith("开学前后")
    page.season.pressed.emit()
    assert page.season.accessibleName().startswith("汛期")
    page.season.pressed.emit()
    assert page.season.isHidden()


def test_the_end_of_the_year_is_one_season(village: Village, clock: TurningClock) -> None:
    for day in ((2026, 12, 20), (2027, 1, 3)):
        clock.turn_to(*day)
        assert [one.code for one in village.seasons.hints()] == ["year_end-2027"]


def test_below_the_head_scrolls_in_a_narrow_window(page: HomePage) -> None:
    page.set_narrow(True)
    settle()
    assert page.right.isVisibleTo(page)
    assert page.right.y() > page.work.y()


def test_what_piled_up_is_one_line_at_the_foot_that_opens_its_list(
    page: HomePage, village: Village, went: Went, clock: TurningClock
) -> None:
    clock.turn_to(2026, 4, 20)
    log(village, "今天的一件")
    page.refresh()
    assert page.table.count() == 1
    assert figure(page, "已超期").accessibleName().startswith("已超期 0 件")
    (pile,) = [one for one in village.today.items() if one.backlog]
    assert pile.title == f"公开目录有 {late_slots(village)} 项到期没公开"
    assert page.backlog.isVisibleTo(page)
    click(page.backlog.link)
    assert went == [("notices/catalogue/over", None)]


def test_what_was_due_before_the_program_is_no_backlog(
    page: HomePage, village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 4, 20)
    everything = late_slots(village)
    village.settings.write(disclosure_since="2026-04-01")
    assert 0 < late_slots(village) < everything
    village.settings.write(disclosure_since="2026-04-20")
    assert late_slots(village) == 0
    page.refresh()
    assert page.backlog.isHidden()


def late_slots(village: Village) -> int:
    lines = village.catalogue.board(2026)
    return sum(slot.state == "over" for line in lines for slot in line.slots)
