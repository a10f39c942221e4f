"""The village's own categories, limits and templates, changed in the settings by their controls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.lamp_matter import lamp_matter
from tests.ui.issue_desk import IssueDesk, fill
from village_app.opening import NewVillage, create_village
from village_app.services.session import User
from village_app.ui.pages.issues.settings import IssueSettingsPart
from village_app.ui.pages.safety.safety import SafetyPage
from village_app.village import Village


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


def part_of(desk: IssueDesk) -> IssueSettingsPart:
    page = desk.show(SafetyPage)
    page.show_section("issues")
    part = page.part()
    assert isinstance(part, IssueSettingsPart)
    return part


def test_a_category_gets_its_handler_and_its_own_words(desk: IssueDesk, village: Village) -> None:
    part = part_of(desk)
    part.table.choose(1)
    part.edit()
    fill(part.dialog, handler="叶志坚", children="路灯 路灯、灯坏\n凉亭 凉亭、亭子")
    assert lamp_matter(village).handler == "叶志坚"
    assert village.issue_entry.understand("亭子漏雨").subcategory == "凉亭"


def test_a_limit_is_changed_and_another_added(desk: IssueDesk, village: Village) -> None:
    part = part_of(desk)
    part.show_list("tiers")
    part.table.choose(1)
    part.edit()
    fill(part.dialog, label="红（突发）1小时", count="1", unit="小时")
    part.add()
    fill(part.dialog, label="一周", count="7", unit="日")
    assert village.issues.limits()["red"] == "红（突发）1小时"
    assert "一周" in village.issues.limits().values()


def test_a_template_is_changed_and_an_unknown_state_is_refused(
    desk: IssueDesk, village: Village
) -> None:
    part = part_of(desk)
    part.show_list("templates")
    part.table.choose(0)
    part.edit()
    fill(part.dialog, states="天上")
    assert part.dialog is not None
    assert part.dialog.isVisible()
    fill(part.dialog, states="待受理、已受理", text="收到了，编号｛编号｝。")
    issue = lamp_matter(village)
    assert village.issue_replies.draft(issue)["text"] == f"收到了，编号{issue.number}。"


def test_who_may_not_change_settings_sees_them_only(desk: IssueDesk, village: Village) -> None:
    village.session.user = User("罗顺娣", "罗顺娣", "clerk")
    part = part_of(desk)
    assert not any(button.isEnabled() for button in part.buttons)
    part.table.choose(0)
    part.edit()
    assert part.dialog is None
