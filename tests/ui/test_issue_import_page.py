"""A 12345 list through the wizard of the window: in, again as an update, with its own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.ui.issue_desk import IssueDesk
from village_app.opening import NewVillage, create_village
from village_app.ui.pages.imports.subjects import ImportIssues
from village_app.ui.pages.issues.issues import IssuesPage
from village_app.village import Village

LONG = 60_000
HEAD = "工单编号,来电时间,诉求标题,诉求内容,来电人,联系电话,事发地点,处理结果,工单状态"
LINES = (
    "DG2026001,2026-01-05 09:10,路灯不亮,村道三盏路灯不亮,何志强,13800138000,村道,,处理中",
    "DG2026002,2026-01-06 10:00,垃圾没清,后巷垃圾堆两天,余瑞莲,13900139000,旧市场,已清运,已办结",
)


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


def bring(page: ImportIssues, qtbot: QtBot, file: Path) -> None:
    """Walk the wizard to its end."""
    page.read(file)
    for step in (1, 2, 4):
        reached = step
        qtbot.waitUntil(lambda: page.wizard.step == reached, timeout=LONG)  # noqa: B023 - waited for at once
        if step < 4:
            page.wizard.on.click()


def test_a_list_of_12345_comes_in_and_the_same_list_again_updates(
    desk: IssueDesk, village: Village, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "转办表.csv"
    file.write_bytes("\n".join((HEAD, *LINES)).encode("gb18030"))
    bring(desk.show(ImportIssues), qtbot, file)
    first = village.issues.by_number("隔诉〔2026〕0001号")
    assert (first.source_number, first.state) == ("DG2026001", "working")
    changed = (LINES[0].replace("13800138000", "13800138001"), LINES[1])
    file.write_bytes("\n".join((HEAD, *changed)).encode("gb18030"))
    bring(desk.show(ImportIssues), qtbot, file)
    assert village.issues.get(first.id).phone == "13800138001"
    assert village.issue_list.counts()["all"] == 2


def test_the_page_of_matters_opens_the_import_while_it_is_empty(desk: IssueDesk) -> None:
    page = desk.show(IssuesPage)
    links = [link for link, _ in page.table._link_texts if link.text() == "导入"]
    assert [link.isEnabled() for link in links] == [True]
    links[0].click()
    assert desk.went[-1] == ("import-issues", None)
