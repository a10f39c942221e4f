"""Work with backups: making, rotating, restoring; and backups made as they should not be."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bench.campaigns.small_village import (
    NOW,
    bring,
    keys_of,
    logged_in,
    new_village,
    residents_in,
    source_of,
)
from bench.campaigns.workload import WHOLE, Acknowledge, Judgement, Workload, broken, declare, lost
from village_app.db.backup import make_backup
from village_app.db.backup_proof import verify_backup
from village_app.db.backup_rotation import KeepRule, rotate_backups
from village_app.db.checks import check_database
from village_app.db.cipher_file import EngineError, connect
from village_app.db.files import sweep_leftovers
from village_app.db.manifest import DATABASE
from village_app.db.restore import restore_backup
from village_app.db.shelf import list_backups
from village_app.errors import VillageError

VILLAGE, STICK, NAIVE = "village", "stick", "stick/village-copy.db"
ROUNDS = 5
FEW = KeepRule(all_days=0, daily=0, weekly=0, monthly=0, always=2)
STEP = 30


def prepare(root: Path) -> None:
    new_village(root / VILLAGE, 100)
    (root / STICK).mkdir()


def back_up(root: Path, acknowledge: Acknowledge) -> None:
    """Write, back up and rotate, again and again."""
    source = source_of(logged_in(root / VILLAGE))
    for number in range(1, ROUNDS + 1):
        bring(root / VILLAGE, source.keys, STEP)
        now = NOW + timedelta(days=number)
        make_backup(source, root / STICK, "手动", now=now)
        acknowledge(number)
        rotate_backups(root / STICK, now, rule=FEW)


def judge_backups(root: Path, acknowledged: int) -> Judgement:
    try:
        keys = keys_of(logged_in(root / VILLAGE))
        sweep_leftovers(root / STICK)
        shelf = list_backups(root / STICK)
        bad = [each for each in shelf.backups if verify_backup(each, keys)]
        whole = _is_sound(root / VILLAGE / DATABASE, keys.dek)
    except VillageError as problem:
        return broken(problem.code)
    if bad or shelf.unreadable or not whole:
        return broken(f"{len(bad)} bad, {len(shelf.unreadable)} unreadable, main {whole}")
    newest = max((each.manifest.sequence for each in shelf.backups), default=0)
    return lost(f"backup {newest}") if newest < acknowledged else WHOLE


def back_up_naively(root: Path, acknowledge: Acknowledge) -> None:
    """Copy with the engine's backup call to the final name, forcing nothing."""
    keys = keys_of(logged_in(root / VILLAGE))
    for number in range(1, ROUNDS + 1):
        bring(root / VILLAGE, keys, STEP)
        (root / NAIVE).write_bytes((root / VILLAGE / DATABASE).read_bytes())
        acknowledge(number)


def judge_naive(root: Path, acknowledged: int) -> Judgement:
    if not (root / NAIVE).exists():
        return lost("no copy") if acknowledged else WHOLE
    try:
        keys = keys_of(logged_in(root / VILLAGE))
        if not _is_sound(root / NAIVE, keys.dek):
            return broken("the copy is damaged")
        found = residents_in(root / NAIVE, keys.dek)
    except (VillageError, EngineError) as problem:
        return broken(str(problem))
    return lost(f"{found} residents") if found < 100 + STEP * acknowledged else WHOLE


def prepare_restore(root: Path) -> None:
    """Leave three backups of 100, 130 and 160 residents, and 190 today."""
    vault = new_village(root / VILLAGE, 100)
    (root / STICK).mkdir()
    for number in range(3):
        make_backup(source_of(vault), root / STICK, "手动", now=NOW + timedelta(hours=number))
        bring(root / VILLAGE, keys_of(vault), STEP)


def restore(root: Path, acknowledge: Acknowledge) -> None:
    """Restore the oldest, the next and the next."""
    keys = keys_of(logged_in(root / VILLAGE))
    for number, backup in enumerate(reversed(list_backups(root / STICK).backups), 1):
        restore_backup(backup, root / VILLAGE, keys, now=NOW)
        acknowledge(number)


def judge_restore(root: Path, acknowledged: int) -> Judgement:
    states = (190, 100, 130, 160)  # today's, then after each restore
    folder = root / VILLAGE
    try:
        keys = keys_of(logged_in(folder))
        found = residents_in(folder / DATABASE, keys.dek)
        if not _is_sound(folder / DATABASE, keys.dek) or found not in states:
            return broken(f"{found} residents")
        place = states.index(found)
        kept = sorted(folder.glob("换下的数据-*.db"))
        if place and residents_in(kept[place - 1], keys.dek) != states[place - 1]:
            return broken("the state before was not kept")
        sound = all(not verify_backup(each, keys) for each in list_backups(root / STICK).backups)
    except (VillageError, IndexError) as problem:
        return broken(str(problem))
    if not sound:
        return broken("a backup was damaged by restoring")
    return lost(f"restore {place}") if place < acknowledged else WHOLE


def _is_sound(database: Path, key: bytes) -> bool:
    connect(
        database, key, read_only=False
    ).close()  # lets a journal be rolled back, as a start does
    return all(finding.code == "torn_free_page" for finding in check_database(database, key))


declare(Workload("backup", "备份和轮换", prepare, back_up, judge_backups))
declare(
    Workload(
        "backup-naive",
        "对照：直接复制文件当备份",
        prepare,
        back_up_naively,
        judge_naive,
        is_control=True,
    )
)
declare(Workload("restore", "恢复备份", prepare_restore, restore, judge_restore))
