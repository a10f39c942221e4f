"""A village is made, opened, locked, and refuses what it must, with nothing changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from village_app.db.lockfile import FolderLock
from village_app.db.migrations import MIGRATIONS
from village_app.errors import EnvironmentProblem, InvalidInput, Refused
from village_app.opening import DATABASE, NewVillage, create_village, open_village
from village_app.services.rules import shipped_rules
from village_app.village import Village, anchor_of


def contents(folder: Path) -> dict[str, bytes]:
    """Everything in the folder but the counter of wrong tries and the lock's own text."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and path.name not in {"login.delay", "village.lock"}
    }


def test_a_new_village_knows_its_words_and_rules(village: Village) -> None:
    settings = village.settings.read()
    assert (settings.committee_name(), settings.short) == ("隔坑村民委员会", "隔村")
    assert village.numbers.preview("notice", 2026) == "隔村公示〔2026〕1号"
    assert village.numbers.preview("issue", 2026) == "隔诉〔2026〕0001号"


def test_a_village_opens_again_and_its_journal_is_whole(
    village: Village, folder: Path, clock: TurningClock
) -> None:
    village.settings.write(hall="议事厅")
    village.close()
    with open_village(folder, "陈丽珍", PASSWORD, clock=clock) as again:
        assert again.settings.read().hall == "议事厅"
        found = again.journal.verify(anchor_of(again))
        assert found.is_whole
        assert found.changes >= 2


def test_rules_of_a_newer_program_come_in_once_at_the_next_opening(
    village: Village, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    village.close()
    newer = {"code": "newer_rule", "name": "新规则", "parameters": {"days": 7}}
    known = shipped_rules()
    monkeypatch.setattr("village_app.services.rules.shipped_rules", lambda: [*known, newer])
    changes = []
    for _ in range(2):
        with open_village(folder, "陈丽珍", PASSWORD) as again:
            assert again.rules.on("newer_rule", date(2026, 1, 12))["days"] == 7
            changes.append(again.journal.verify(anchor_of(again)).changes)
    assert changes[0] == changes[1]


def test_undo_names_what_it_takes_back(village: Village) -> None:
    village.settings.write(hall="议事厅")
    assert village.next_undo() == "修改设置"
    assert village.undo() == "修改设置"
    assert village.settings.read().hall == "党群议事厅"
    assert village.redo() == "修改设置"
    assert village.settings.read().hall == "议事厅"


def test_a_locked_village_tells_nothing_until_the_password_is_given(village: Village) -> None:
    village.lock()
    with pytest.raises(Refused) as caught:
        village.settings.read()
    assert caught.value.code == "locked"
    with pytest.raises(Refused):
        village.unlock("不是这个密码")
    village.unlock(PASSWORD)
    assert village.settings.read().village == "隔坑村"


def test_a_second_program_is_told_who_has_it_open(village: Village, folder: Path) -> None:
    with pytest.raises(Refused) as caught:
        open_village(folder, "陈丽珍", PASSWORD)
    assert "陈丽珍" in caught.value.message


def test_a_village_is_not_made_over_another(village: Village, folder: Path) -> None:
    before = contents(folder)
    with pytest.raises(Refused):
        create_village(folder, NewVillage("别村", "", "甲", PASSWORD), cost=QUICK)
    assert contents(folder) == before


def test_a_refused_set_up_leaves_nothing(folder: Path) -> None:
    with pytest.raises(InvalidInput):
        create_village(folder, NewVillage("隔坑村", "", "甲", "123"), cost=QUICK)
    assert contents(folder) == {}
    FolderLock.take(folder, "乙").release()


def damage(kind: str, folder: Path) -> None:
    database = folder / DATABASE
    if kind == "cut":
        database.write_bytes(database.read_bytes()[:5000])
    elif kind == "empty":
        database.write_bytes(b"")
    elif kind == "page":
        content = bytearray(database.read_bytes())
        content[4200] ^= 1
        database.write_bytes(content)
    elif kind == "foreign":
        database.write_bytes(b"SQLite format 3\x00" + bytes(4080))
    elif kind == "gone":
        database.unlink()
    elif kind == "no keys":
        for path in folder.glob("vault.keys*"):
            path.unlink()


@pytest.mark.parametrize("kind", ["cut", "empty", "page", "foreign", "gone", "no keys"])
def test_a_damaged_folder_is_refused_in_a_sentence_and_left_alone(
    village: Village, folder: Path, kind: str
) -> None:
    village.close()
    damage(kind, folder)
    before = contents(folder)
    with pytest.raises(EnvironmentProblem) as caught:
        open_village(folder, "陈丽珍", PASSWORD)
    assert caught.value.message.endswith("。")
    assert contents(folder) == before
    FolderLock.take(folder, "乙").release()


def test_a_newer_file_is_refused(village: Village, folder: Path) -> None:
    village.store.database.execute_sql(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    village.close()
    with pytest.raises(EnvironmentProblem) as caught:
        open_village(folder, "陈丽珍", PASSWORD)
    assert caught.value.code == "newer_data"


def test_a_role_without_the_right_is_refused_and_the_refusal_is_taken_down(
    village: Village,
) -> None:
    village.session.user = type(village.user)("乙", "乙", "reader")
    with pytest.raises(Refused) as caught:
        village.settings.write(hall="别的")
    assert caught.value.code == "not_permitted"
    assert village.store.scalar('SELECT label FROM "change" ORDER BY id DESC') == (
        "被拒绝：修改设置和规则"
    )
