"""居民台账 and 户台账 over a real village with one family of six, for the tests of their pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.family import Family, family_of_six
from tests.ui.hands import click
from tests.ui.register_desk import Sitting
from village_app.opening import NewVillage, create_village
from village_app.ui.kit.chips import ChipRow
from village_app.ui.pages.register.households import HouseholdsPage
from village_app.ui.pages.register.residents import ResidentsPage
from village_app.village import Village


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role="admin+secretary+clerk")
    clock = TurningClock(datetime(2026, 1, 12, 0, 40, tzinfo=UTC))
    opened, _ = create_village(tmp_path / "村", wish, clock=clock, cost=QUICK)
    yield opened
    opened.close()


@pytest.fixture
def family(village: Village) -> Family:
    return family_of_six(village)


@pytest.fixture
def sitting(village: Village) -> Sitting:
    return Sitting(village)


@pytest.fixture
def people(sitting: Sitting, family: Family, tmp_path: Path, qtbot: QtBot) -> ResidentsPage:
    page = sitting.open(ResidentsPage, tmp_path, qtbot)
    page.open_record(family.daughter.id)
    return page


@pytest.fixture
def households(sitting: Sitting, family: Family, tmp_path: Path, qtbot: QtBot) -> HouseholdsPage:
    page = sitting.open(HouseholdsPage, tmp_path, qtbot)
    page.open_record(family.household.id)
    return page


def chip(row: ChipRow, word: str) -> None:
    """Click the chip that begins with a word."""
    click(next(one for one in row.buttons() if one.text().startswith(word)))


def wish(page: ResidentsPage | HouseholdsPage, words: str) -> None:
    """Open the menu 更多 of the record and take the line that begins with some words."""
    button = page.detail.more_button
    click(button)
    menu = button.menu_shown
    assert menu is not None
    offered = [one.text() for one in menu.actions()]
    assert any(one.startswith(words) for one in offered), offered
    [action] = [one for one in menu.actions() if one.text().startswith(words)]
    menu.close()
    action.trigger()


def shown_names(page: ResidentsPage) -> list[str]:
    """Give the names in the list, in its order."""
    listing = page.desk.village.resident_list.listed(page.filters.chosen())
    assert listing.count() == page.table.count()
    return [row.values["name"] for row in listing.window(0, 50)]
