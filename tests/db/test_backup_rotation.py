"""Which backups stay, whatever the clock did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.db.databases import new_database
from tests.db.failing_disk import FailingDisk
from tests.db.keys import new_vault
from village_app.db import attachment_files
from village_app.db.attachments import AttachmentStore
from village_app.db.backup import Source, make_backup
from village_app.db.backup_rotation import KeepRule, plan_rotation, rotate_backups
from village_app.db.files import passing_name
from village_app.db.manifest import DATABASE, Manifest
from village_app.db.shelf import SUSPECT, Backup, list_backups
from village_app.errors import EnvironmentProblem

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def backup(sequence: int, created: datetime, name: str = "") -> Backup:
    counts: Mapping[str, int] = {}
    manifest = Manifest(
        sequence, created, "x", "v", "村", "id", 1, 0, 0, "1", counts, None, files={}
    )
    return Backup(Path(name or f"备份-{sequence:06}"), manifest)


def every(step: timedelta, times: int, now: datetime = NOW) -> list[Backup]:
    """Give so many backups at equal steps up to now."""
    return [backup(n + 1, now - step * (times - 1 - n)) for n in range(times)]


def numbers(backups: tuple[Backup, ...]) -> list[int]:
    return [each.manifest.sequence for each in backups]


def test_bs01_two_days_whole_then_seven_days_four_weeks_twelve_months() -> None:
    plan = plan_rotation(every(DAY / 4, 4 * 800), NOW)
    ages = [(NOW - each.manifest.created) / DAY for each in plan.keep]
    recent = [age for age in ages if age < 2]
    assert len(recent) == 8
    assert len(plan.keep) == 8 + 7 + 4 + 12
    assert 330 < max(ages) < 420
    assert len(plan.keep) + len(plan.remove) == 3200


def test_bs01_rotating_every_day_reaches_back_a_year() -> None:
    kept: list[Backup] = []
    for day in range(600):
        now = NOW + day * DAY
        kept.append(backup(day + 1, now))
        kept = list(plan_rotation(kept, now).keep)
    ages = sorted((NOW + 599 * DAY - each.manifest.created) / DAY for each in kept)
    assert 20 <= len(kept) <= 2 + 7 + 4 + 12
    assert ages[:9] == list(range(9))
    assert ages[-1] > 300


def test_a_few_old_backups_are_never_removed() -> None:
    old = [backup(n, NOW - 3000 * DAY + n * timedelta(minutes=1)) for n in (1, 2, 3)]
    assert plan_rotation(old, NOW).remove == ()


def test_none_is_removed_within_a_week_after_a_restore() -> None:
    many = every(DAY / 8, 400)
    assert plan_rotation(many, NOW).remove
    assert plan_rotation(many, NOW, restored_at=NOW - 6 * DAY).remove == ()
    assert plan_rotation(many, NOW, restored_at=NOW + 300 * DAY).remove == ()
    assert plan_rotation(many, NOW, restored_at=NOW - 8 * DAY).remove


def test_k02_backups_dated_in_the_future_push_none_out_and_count_for_none() -> None:
    good = every(DAY, 10)
    future = [backup(20 + n, NOW + 3650 * DAY + n * DAY) for n in range(40)]
    newest = backup(99, NOW)
    plan = plan_rotation([*good, *future, newest], NOW)
    assert set(numbers(plan.keep)) >= {99, 10, 9, 8, 7, 6, 5, 4, 3}
    assert numbers(plan.set_aside) == sorted(numbers(tuple(future)), reverse=True)
    assert not set(numbers(plan.remove)) & set(range(20, 60))


def test_k02_a_date_that_has_passed_is_trusted_again() -> None:
    aside = backup(5, NOW + 30 * DAY, f"{SUSPECT}备份-000005")
    assert plan_rotation([aside], NOW).take_back == ()
    assert plan_rotation([aside], NOW).set_aside == ()
    assert plan_rotation([aside], NOW + 31 * DAY).take_back == (aside,)


def test_k01_backups_made_with_the_clock_set_back_are_not_taken_for_old() -> None:
    many = every(DAY / 4, 400)
    set_back = [backup(500 + n, NOW - 1800 * DAY + n * DAY / 4) for n in range(20)]
    plan = plan_rotation([*many, *set_back], NOW)
    assert set(numbers(plan.keep)) >= {519, 518, 517}
    assert not set(numbers(plan.remove)) & set(range(500, 520))


@given(
    st.lists(
        st.tuples(st.integers(1, 200), st.integers(-2000, 2000)),
        unique_by=lambda pair: pair[0],
        max_size=60,
    )
)
def test_every_backup_is_accounted_for_and_the_last_three_trusted_stay(
    pairs: list[tuple[int, int]],
) -> None:
    backups = [backup(sequence, NOW + days * DAY) for sequence, days in pairs]
    plan = plan_rotation(backups, NOW)
    parts = numbers(plan.keep) + numbers(plan.remove) + numbers(plan.set_aside)
    assert sorted(parts) == sorted(sequence for sequence, _ in pairs)
    trusted = sorted((s for s, days in pairs if days <= 1), reverse=True)
    assert set(trusted[:3]) <= set(numbers(plan.keep))


def test_rotating_again_at_once_removes_nothing_more() -> None:
    first = plan_rotation(every(DAY / 3, 900), NOW)
    assert plan_rotation(first.keep, NOW).remove == ()


# --- on a real target --------------------------------------------------------------------------


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Six backups, a day apart; from the fourth on with another attachment than before."""
    vault = new_vault(tmp_path / "village")
    assert vault.unlocked is not None
    new_database(vault.folder / DATABASE, vault.unlocked.dek, 5)
    store = AttachmentStore(vault.folder, vault.unlocked)
    (tmp_path / "stick").mkdir()
    source = Source(vault.folder, vault.unlocked)
    for day in range(6):
        if day in {0, 3}:
            attachment_files.sweep(vault.folder, lambda _code: False)
            (tmp_path / "a.pdf").write_bytes(b"%PDF-" + bytes([day]))
            store.add(tmp_path / "a.pdf", "a.pdf")
        make_backup(source, tmp_path / "stick", "x", now=NOW - (5 - day) * DAY)
    return tmp_path / "stick"


RULE = KeepRule(all_days=1, daily=1, weekly=0, monthly=0, always=2)


def test_removed_backups_go_with_the_attachments_only_they_had(target: Path) -> None:
    assert len(attachment_files.stored(target)) == 2
    plan = rotate_backups(target, NOW, rule=RULE)
    assert numbers(plan.remove) == [4, 3, 2, 1]
    assert [each.manifest.sequence for each in list_backups(target).backups] == [6, 5]
    assert len(attachment_files.stored(target)) == 1
    assert sorted(p.name for p in target.iterdir() if not p.name.startswith("备份-")) == [
        "attachments"
    ]


def test_attachments_stay_while_a_backup_cannot_be_read(target: Path) -> None:
    (list_backups(target).backups[-1].path / "manifest.json").write_bytes(b"")
    rotate_backups(target, NOW, rule=RULE)
    assert len(attachment_files.stored(target)) == 2
    assert len(list_backups(target).unreadable) == 1


def test_k02_the_future_is_set_aside_on_the_disk_and_taken_back(target: Path) -> None:
    earlier = NOW - 3.5 * DAY
    plan = rotate_backups(target, earlier, rule=RULE)
    assert numbers(plan.set_aside) == [6, 5, 4]
    assert sorted(path.name[:6] for path in target.glob(f"{SUSPECT}*")) == [f"{SUSPECT}备"] * 3
    shelf = list_backups(target)
    assert [each.is_suspect for each in shelf.backups] == [True] * 3 + [False] * 3
    rotate_backups(target, NOW, rule=KeepRule())
    assert list(target.glob(f"{SUSPECT}*")) == []


def test_a06_half_made_backups_of_a_cut_are_swept_away(target: Path) -> None:
    half = passing_name(target)
    half.mkdir()
    (half / "village.db").write_bytes(b"half")
    rotate_backups(target, NOW)
    assert not half.exists()
    assert len(list_backups(target).backups) == 6


def test_a_stick_that_fails_while_rotating_is_told(target: Path) -> None:
    import errno

    with pytest.raises(EnvironmentProblem) as raised:
        rotate_backups(target, NOW, rule=RULE, disk=FailingDisk(broken={"replace": errno.EROFS}))
    assert raised.value.code == "read_only"
    assert len(list_backups(target).backups) == 6
