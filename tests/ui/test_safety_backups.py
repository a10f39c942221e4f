"""备份: made, carried, looked into, put back whole or by the piece."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.money_desk import Shown
from tests.ui.safety_desk import (
    SetAnswers,
    asking,
    desk,
    finish,
    page,
    shown,
    village,
)
from village_app.ui.page import Desk
from village_app.ui.pages.safety.backups import BackupPart
from village_app.ui.pages.safety.safety import SafetyPage
from village_app.ui.pages.safety.users import UsersPart
from village_app.village import Village

__all__ = ["asking", "desk", "page", "shown", "village"]


def test_a_backup_is_made_listed_and_put_back(
    page: SafetyPage, village: Village, desk: Desk, asking: SetAnswers, qtbot: QtBot
) -> None:
    part = page.part()
    assert isinstance(part, BackupPart)
    village.places.add("一组")
    part.make()
    finish(desk, qtbot)
    assert part.table.count() == 1
    village.places.add("二组")
    part.look()
    finish(desk, qtbot)
    assert "地点：备份里" in part.differences.text()
    asking.answer = "restore"
    part.restore()
    qtbot.waitUntil(lambda: bool(asking.asked), timeout=20_000)
    finish(desk, qtbot)
    assert [one.name for one in village.places.groups()] == ["一组"]
    assert asking.asked[0].title == "数据会回到 2026-04-10 08:00"


def test_a_copy_goes_to_the_stick_and_the_banner_is_content(
    page: SafetyPage, desk: Desk, asking: SetAnswers, qtbot: QtBot, shown: Shown
) -> None:
    part = page.part()
    assert isinstance(part, BackupPart)
    assert "没有拷出去过" in part.banner.accessibleName()
    part.make()
    finish(desk, qtbot)
    part.carry()
    finish(desk, qtbot)
    assert any(path.name.startswith("备份-") for path in asking.folder.iterdir())
    assert "U 盘上的也不旧" in part.banner.accessibleName()
    assert shown.said[-1].startswith("备份好了")


def test_a_stick_that_is_gone_is_explained(
    page: SafetyPage, desk: Desk, asking: SetAnswers, qtbot: QtBot
) -> None:
    part = page.part()
    assert isinstance(part, BackupPart)
    asking.folder.rmdir()
    part.carry()
    qtbot.waitUntil(lambda: bool(asking.asked), timeout=20_000)
    finish(desk, qtbot)
    assert "U盘可能被拔出" in asking.asked[0].lines[0][1]
    assert "U盘可能被拔出" in part.banner.accessibleName()


def test_the_handover_is_printed_and_everything_taken_along(
    page: SafetyPage, desk: Desk, asking: SetAnswers, qtbot: QtBot
) -> None:
    backups = page.part()
    assert isinstance(backups, BackupPart)
    backups.take_everything()
    finish(desk, qtbot)
    assert any((folder / "index.html").exists() for folder in asking.folder.iterdir())
    page.show_section("users")
    users = page.part()
    assert isinstance(users, UsersPart)
    users.print_handover()
    finish(desk, qtbot)
    assert (asking.folder / "换届交接清单.pdf").exists()


def test_only_some_records_are_taken_back(
    page: SafetyPage, village: Village, shown: Shown, desk: Desk, qtbot: QtBot
) -> None:
    part = page.part()
    assert isinstance(part, BackupPart)
    person = village.residents.register({"name": "何强志"})
    village.backups.make("手动备份")
    village.residents.remove(person)
    part.refresh()
    part.take_some()
    assert part.dialog is not None
    assert not part.dialog.take_button.isEnabled()
    finish(desk, qtbot)
    kinds = part.dialog.kinds
    assert [kinds.itemText(at) for at in range(kinds.count())] == ["居民（1 条）"]
    assert part.dialog.table.count() == 1
    part.dialog.take()
    assert part.dialog.isVisible()
    part.dialog.table.choose_first()
    part.dialog.take()
    assert shown.said == ["取回了 1 条居民"]
    assert village.residents.get(person.id).name == "何强志"


def test_a_backup_like_today_says_that_nothing_is_to_be_taken_back(
    page: SafetyPage, village: Village, desk: Desk, qtbot: QtBot
) -> None:
    part = page.part()
    assert isinstance(part, BackupPart)
    village.backups.make("手动备份")
    part.refresh()
    part.take_some()
    assert part.dialog is not None
    finish(desk, qtbot)
    assert "没有什么要取回" in part.dialog.note.text()
    assert not part.dialog.take_button.isEnabled()
