"""示范村: as large and as lively as promised, the same twice, and gone without a trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.services.conftest import QUICK
from tests.ui.conftest import application, wear
from tests.ui.pretend import PreparedAnswers
from village_app.db.records.issues import Issue
from village_app.db.records.meetings import Meeting
from village_app.db.records.notices import Notice
from village_app.db.records.projects import Payment, Project
from village_app.db.records.residents import Household, Resident
from village_app.demo.sample_village import make_village, open_sample_village, remove_sample_village
from village_app.domain.issue_course import STATE_LABELS
from village_app.entrance import FolderDoor
from village_app.opening import NewVillage, create_village, open_village
from village_app.ui.pages import entries
from village_app.ui.preferences import Preferences
from village_app.ui.sample_strip import SampleStrip
from village_app.ui.theme import Theme
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow
from village_app.village import Village

__all__ = ["application", "wear"]
PASSWORD = "桥头 榕树 鱼塘 早茶"
# A Tuesday, a day after a holiday, the first and the last day of a year: all must work.
DAYS = (datetime(2026, 11, 24, 4, tzinfo=UTC), datetime(2026, 1, 1, 4, tzinfo=UTC))


def count(village: Village, record: type) -> int:
    return int(village.store.select(record).count())


@pytest.mark.parametrize("now", DAYS)
def test_it_is_as_large_as_promised_and_in_every_state(tmp_path: Path, now: datetime) -> None:
    with make_village(tmp_path / "示范村", now=now) as village:
        assert count(village, Resident) == 300
        assert count(village, Household) == 90
        assert count(village, Issue) == 40
        assert count(village, Meeting) == 6
        assert count(village, Project) == 5
        assert count(village, Notice) == 15
        paid = {one.day.year for one in village.store.rows(village.store.select(Payment))}
        assert len(paid) >= 2
        assert {one.state for one in village.store.rows(village.store.select(Issue))} == set(
            STATE_LABELS
        )
        lights = {item.light.kind for item in village.today.items()}
        assert {"over", "today"} <= lights
        assert village.journal.verify().is_whole
        assert village.settings.read().is_sample


def test_it_is_the_same_twice(tmp_path: Path) -> None:
    names = []
    for place in ("甲", "乙"):
        with make_village(tmp_path / place, now=DAYS[0]) as village:
            people = village.store.select(Resident).order_by(Resident.id)
            names.append([(one.name, one.id_number) for one in village.store.rows(people)])
    assert names[0] == names[1]


def test_a_half_made_one_is_made_anew_and_removing_takes_all(tmp_path: Path) -> None:
    folder = tmp_path / "示范村"
    folder.mkdir()
    (folder / "village.db").write_bytes(b"half")
    open_sample_village(folder).close()
    assert (folder / "ready").exists()
    remove_sample_village(folder)
    assert not folder.exists()


def test_the_own_village_is_as_before_after_a_walk_through_the_sample(
    tmp_path: Path, application: QApplication, qtbot: QtBot, wear: Callable[[Theme], None]
) -> None:
    folder = tmp_path / "资料"
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role="admin+clerk")
    village, _ = create_village(folder, wish, cost=QUICK)
    village.issues.log({"heading": "路灯不亮", "category": "市政设施", "reporter_kind": "匿名"})
    village.close()
    before = (folder / "village.db").read_bytes()

    window = MainWindow(FolderDoor(folder), entries, Preferences(), PreparedAnswers())
    qtbot.addWidget(window)
    window.show()
    page = window.front()
    assert isinstance(page, UnlockPage)
    page.sample.click()
    qtbot.waitUntil(lambda: window.village is not None, timeout=60_000)
    assert window.village is not None
    assert window.village.is_sample
    sample = window.village.subjects  # type: ignore[attr-defined]  # the real door's village
    sample.issues.log({"heading": "只在示范村里", "category": "市政设施", "reporter_kind": "匿名"})
    assert window.shell is not None
    strip = window.shell.findChild(SampleStrip)
    assert isinstance(strip, SampleStrip)
    strip.remove.click()

    assert isinstance(window.front(), UnlockPage)
    assert window.village is None
    assert not (folder / "示范村").exists()
    assert (folder / "village.db").read_bytes() == before
    with open_village(folder, "陈丽珍", PASSWORD) as own:
        typed = {"heading": "又一件", "category": "市政设施", "reporter_kind": "匿名"}
        assert own.issues.log(typed).number.endswith("0002号")
        assert own.residents.count() == 0
