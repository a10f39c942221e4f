"""Which backups stay: by age classes, in the order of their numbers, never by the clock alone.

All of the last two days, then one a day for 7 days, one a week for 4 weeks, one a month for
12 months; the last three proved ones always; none is removed within a week after a restore, for
then the good ones may be the old ones. A backup dated in the future is set aside under another
name: it neither pushes others out nor counts for them (K02); when its date has passed it is taken
back.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from village_app.db import attachment_files
from village_app.db.files import REAL_DISK, Disk, passing_name, sweep_leftovers
from village_app.db.problems import map_os_error
from village_app.db.shelf import SUSPECT, Backup, attachments_of, list_backups
from village_app.domain.calendar import CHINA
from village_app.errors import EnvironmentProblem

_CLOCK_SLACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class KeepRule:
    """How many stay of each age class."""

    all_days: int = 2
    daily: int = 7
    weekly: int = 4
    monthly: int = 12
    always: int = 3
    quiet_days_after_restore: int = 7


@dataclass(frozen=True, slots=True)
class Rotation:
    """What is to be done: kept, removed, set aside for their date, and taken back."""

    keep: tuple[Backup, ...]
    remove: tuple[Backup, ...]
    set_aside: tuple[Backup, ...]
    take_back: tuple[Backup, ...]


def plan_rotation(
    backups: Iterable[Backup],
    now: datetime,
    *,
    rule: KeepRule | None = None,
    restored_at: datetime | None = None,
) -> Rotation:
    """Decide by numbers and trusted dates; changes nothing. Every backup here was proved."""
    rule = rule or KeepRule()
    newest_first = sorted(backups, key=lambda each: each.manifest.sequence, reverse=True)
    limit = now + _CLOCK_SLACK
    future = [each for each in newest_first if each.manifest.created > limit]
    trusted = [each for each in newest_first if each.manifest.created <= limit]
    kept = set(_kept(trusted, now, rule))
    quiet = restored_at is not None and now - restored_at < timedelta(
        days=rule.quiet_days_after_restore
    )
    if quiet:
        kept = set(range(len(trusted)))
    return Rotation(
        keep=tuple(each for place, each in enumerate(trusted) if place in kept),
        remove=tuple(each for place, each in enumerate(trusted) if place not in kept),
        set_aside=tuple(each for each in future if not each.is_suspect),
        take_back=tuple(each for each in trusted if each.is_suspect),
    )


def rotate_backups(
    target: Path,
    now: datetime,
    *,
    rule: KeepRule | None = None,
    restored_at: datetime | None = None,
    disk: Disk = REAL_DISK,
) -> Rotation:
    """Carry a plan out on a target, and drop attachments no remaining backup needs.

    Folders that cannot be read are left alone; half-made ones of a cut are swept away.
    """
    sweep_leftovers(target, remove_tree=_remove_tree)
    attachment_files.sweep_unfinished(target)
    plan = plan_rotation(list_backups(target).backups, now, rule=rule, restored_at=restored_at)
    try:
        for backup in plan.set_aside:
            disk.replace(backup.path, target / f"{SUSPECT}{backup.path.name}")
        for backup in plan.take_back:
            if backup not in plan.remove:
                disk.replace(backup.path, target / backup.path.name.removeprefix(SUSPECT))
        for backup in plan.remove:
            _remove(backup, disk)
        disk.sync_folder(target)
    except OSError as error:
        raise map_os_error(error, target, "整理备份") from error
    if plan.remove:
        _sweep_attachments(target)
    return plan


def _kept(trusted: list[Backup], now: datetime, rule: KeepRule) -> Iterable[int]:
    """Give the places of those that stay, newest first."""
    yield from range(min(rule.always, len(trusted)))
    days = _effective_days(trusted)
    rest = []
    for place, day in enumerate(days):
        if now - day < timedelta(days=rule.all_days):
            yield place
        else:
            rest.append(place)
    classes: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (rule.daily, lambda day: day.astimezone(CHINA).date()),
        (rule.weekly, lambda day: day.astimezone(CHINA).isocalendar()[:2]),
        (rule.monthly, lambda day: (day.astimezone(CHINA).year, day.astimezone(CHINA).month)),
    )
    for room, period_of in classes:
        rest, kept = _newest_of_each(rest, room, [period_of(day) for day in days])
        yield from kept


def _newest_of_each(
    places: list[int], room: int, periods: list[Hashable]
) -> tuple[list[int], list[int]]:
    """Take the newest of each period until there is no more room; give back what is older."""
    kept: list[int] = []
    seen: set[Hashable] = set()
    for position, place in enumerate(places):
        period = periods[place]
        if period in seen:
            continue
        if len(seen) == room:
            return places[position:], kept
        seen.add(period)
        kept.append(place)
    return [], kept


def _effective_days(newest_first: list[Backup]) -> list[datetime]:
    """Give each its date, but none an earlier one than a lower number has (a clock set back)."""
    days: list[datetime] = []
    latest: datetime | None = None
    for backup in reversed(newest_first):
        created = backup.manifest.created
        latest = created if latest is None or created > latest else latest
        days.append(latest)
    return days[::-1]


def _remove(backup: Backup, disk: Disk) -> None:
    """Take a backup away: out of the list in one step, then file by file."""
    passing = passing_name(backup.path.parent)
    disk.replace(backup.path, passing)
    _remove_tree(passing)


def _remove_tree(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)


def _sweep_attachments(target: Path) -> None:
    """Drop attachments no remaining backup lists; none while a list cannot be read."""
    shelf = list_backups(target)
    wanted: set[str] = set()
    with suppress(EnvironmentProblem):
        for backup in shelf.backups:
            wanted.update(attachments_of(backup))
        if not shelf.unreadable:
            attachment_files.sweep(target, wanted.__contains__)
