"""Under 更多 of the backups: the drill and the rescue; papers of the sections go to a printer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, TurningClock
from tests.services.test_rescue import damage, page_of_residents, register_many
from tests.ui.money_desk import Shown
from tests.ui.safety_desk import SetAnswers, asking, desk, finish, page, shown, village
from village_app.opening import DATABASE
from village_app.services.session import User
from village_app.ui.asking import FileKind
from village_app.ui.kit.buttons import Button
from village_app.ui.page import Desk
from village_app.ui.pages.safety.backups import BackupPart
from village_app.ui.pages.safety.changes import ChangesPart
from village_app.ui.pages.safety.safety import SafetyPage
from village_app.ui.printing import PrintJob
from village_app.village import Village

__all__ = ["asking", "desk", "page", "shown", "village"]


@pytest.fixture
def backups(page: SafetyPage) -> BackupPart:
    part = page.part()
    assert isinstance(part, BackupPart)
    return part


class Printer:
    """Takes what is printed."""

    def __init__(self) -> None:
        self.jobs: list[PrintJob] = []

    def names(self) -> list[str]:
        return ["村委会打印机"]

    def print_out(self, job: PrintJob) -> int:
        self.jobs.append(job)
        return 2


def test_the_banner_asks_for_the_monthly_drill_and_does_it(
    backups: BackupPart,
    village: Village,
    desk: Desk,
    asking: SetAnswers,
    shown: Shown,
    qtbot: QtBot,
) -> None:
    clock = village.session.clock
    assert isinstance(clock, TurningClock)
    village.backups.make("手动备份")
    clock.turn_to(2026, 4, 20)
    village.backups.make("拷到 U 盘", asking.folder)
    backups.refresh()
    assert "还没有做过恢复演练" in backups.banner.accessibleName()
    backups.banner.pressed.emit()
    finish(desk, qtbot)
    assert shown.said[-1].startswith("演练通过：第 1 份恢复出 ")
    assert "上次演练 2026-04-20，通过" in backups.banner.accessibleName()
    clock.turn_to(2026, 5, 25)
    village.backups.make("拷到 U 盘", asking.folder)
    backups.refresh()
    assert "上次演练 2026-04-20" in backups.banner.accessibleName()


def test_more_offers_the_drill_with_the_record_of_the_last(
    backups: BackupPart,
    village: Village,
    desk: Desk,
    asking: SetAnswers,
    shown: Shown,
    qtbot: QtBot,
) -> None:
    village.backups.make("手动备份")
    backups.refresh()
    asking.answer = "practise"
    backups.more_button.click()
    finish(desk, qtbot)
    assert shown.said[-1].startswith("演练通过")
    asking.answer = ""
    backups.more_button.click()
    assert "上次演练 2026-04-10，通过" in asking.asked[-1].lines[0][1]


def test_who_may_not_restore_is_told_who_may(
    backups: BackupPart, village: Village, asking: SetAnswers
) -> None:
    village.session.user = User("何文书", "何文书", "clerk")
    backups.more_button.click()
    question = asking.asked[-1]
    assert [one.key for one in question.answers] == [""]
    assert ("谁来做", "这两样请陈丽珍来做。") in question.lines


def test_a_failed_drill_says_what_to_do(
    backups: BackupPart, village: Village, desk: Desk, asking: SetAnswers, qtbot: QtBot
) -> None:
    backup = village.backups.make("手动备份")
    backups.refresh()
    damage(backup.database, {3})
    backups.seldom.practise()
    finish(desk, qtbot)
    assert "检查没有通过" in asking.asked[-1].lines[0][1]


def test_a_damaged_file_is_rescued_and_what_is_lost_is_listed_and_printed(
    backups: BackupPart,
    village: Village,
    desk: Desk,
    asking: SetAnswers,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register_many(village)
    copy = tmp_path / "坏了的.db"
    village.lock()
    copy.write_bytes((village.folder / DATABASE).read_bytes())
    village.unlock(PASSWORD)
    damage(copy, {page_of_residents(copy, village.session.keys().dek)})

    def pick(title: str, kinds: Sequence[FileKind], purpose: str) -> Path:
        del title, kinds, purpose
        return copy

    monkeypatch.setattr(asking, "pick_file", pick)
    asking.answer = "rescue"
    backups.more_button.click()
    finish(desk, qtbot)
    listed = backups.seldom.list
    assert listed is not None
    first = next(iter(listed.rows.window(0, 1)))
    assert first.cells["title"] == "居民"
    assert "编号" in first.cells["lost"]
    next(one for one in listed.findChildren(Button) if one.text() == "打印清单").click()
    finish(desk, qtbot)
    assert (asking.folder / "抢救清单.pdf").read_bytes().startswith(b"%PDF")
    listed.accept()


def test_the_list_of_changes_goes_to_the_chosen_printer_and_is_taken_down(
    page: SafetyPage,
    village: Village,
    desk: Desk,
    shown: Shown,
    qtbot: QtBot,
) -> None:
    page.show_section("changes")
    part = page.part()
    assert isinstance(part, ChangesPart)
    printer = Printer()
    part.papers.printers = printer

    def answer() -> None:
        assert part.papers.dialog is not None
        part.papers.dialog.save()

    QTimer.singleShot(0, answer)
    part.print_list()
    finish(desk, qtbot)
    (job,) = printer.jobs
    assert job.data.startswith(b"%PDF")
    assert (job.title, job.printer, job.copies) == ("修改记录清单", "村委会打印机", 1)
    assert shown.said[-1] == "已交给打印机 1 份"
    today = village.session.today()
    (run,) = village.printing.log(today, today)
    assert (run.paper, run.pages) == ("修改记录清单", 2)
