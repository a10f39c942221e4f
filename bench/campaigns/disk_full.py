"""Let every writer meet the end of the disk, at each 4 KiB, and look at what it left (B01-B05).

The end is a limit on the size of a file, which needs no rights; the engine and our own writers
meet it in the middle of a write, as on a full disk.
"""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.campaigns import backup_work, files_work
from bench.campaigns.quick_folder import quick_folder
from bench.campaigns.records_work import (
    judge_records,
    new_records,
    one_change,
    opened,
)
from bench.campaigns.small_village import (
    DIRECTOR,
    NOW,
    bring,
    keys_of,
    logged_in,
    password_of,
    source_of,
)
from bench.campaigns.workload import WHOLE, Judgement
from village_app.db.attachments import AttachmentStore
from village_app.db.backup import make_backup
from village_app.db.files import is_passing, write_atomically
from village_app.db.restore import restore_backup
from village_app.db.shelf import list_backups
from village_app.errors import EnvironmentProblem

STEP = 4096
REFUSED, DONE, OTHERWISE = 3, 0, 4


@dataclass(frozen=True, slots=True)
class Writer:
    """Something that writes: a state before, the work, and a judgement of what is left."""

    name: str
    about: str
    prepare: Callable[[Path], None]
    work: Callable[[Path], object]
    judge: Callable[[Path], Judgement]


@dataclass(slots=True)
class FullFigures:
    """What one writer did at every limit."""

    writer: Writer
    limits: int = 0
    refused: int = 0
    done: int = 0
    otherwise: int = 0
    broken: int = 0
    leftovers: int = 0

    @property
    def holds(self) -> bool:
        """Say whether every limit was refused in a sentence, or enough, and nothing was harmed."""
        return not (self.broken or self.leftovers or self.otherwise) and self.refused > 0


def fill(
    writer: Writer, rounds: int, *, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> FullFigures:
    """Try limits from nothing up in steps of 4 KiB, at most `rounds`, until one is enough."""
    figures = FullFigures(writer)
    with quick_folder("disk-full-") as place:
        before = place / "before"
        before.mkdir()
        writer.prepare(before)
        for step in range(rounds):
            folder = place / "folder"
            shutil.copytree(before, folder)
            outcome = _limited(writer, folder, step * STEP)
            figures.limits += 1
            figures.refused += outcome == REFUSED
            figures.done += outcome == DONE
            figures.otherwise += outcome not in {REFUSED, DONE}
            figures.leftovers += any(is_passing(path) for path in folder.rglob("*"))
            figures.broken += writer.judge(folder) is not WHOLE
            shutil.rmtree(folder)
            progress(step + 1, rounds)
            if outcome == DONE:
                break
    return figures


def _limited(writer: Writer, folder: Path, limit: int) -> int:
    """Do the work in a child that can write no file beyond the limit; says how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = OTHERWISE
    try:
        # Python ignores the signal that goes with it, so that a write fails with an error.
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        writer.work(folder)
        code = DONE
    except EnvironmentProblem:
        code = REFUSED
    finally:
        os._exit(code)


def _save(folder: Path) -> None:
    with opened(folder) as (_, journal):
        one_change(journal, 1)


def _import(folder: Path) -> None:
    with opened(folder) as (_, journal):
        one_change(journal, 400)


def _judge_records(folder: Path) -> Judgement:
    """The records are whole, and a small save works again when there is room."""
    judgement, number, _ = judge_records(folder)
    if judgement is not WHOLE:
        return judgement
    _save(folder)
    judgement, after, _ = judge_records(folder)
    return judgement if after == number + 1 else Judgement("broken", "cannot save any more")


def _prepare_attachment(folder: Path) -> None:
    backup_work.prepare(folder)
    (folder / "scan.pdf").write_bytes(b"%PDF-" + os.urandom(60_000))


def _attach(folder: Path) -> None:
    keys = keys_of(logged_in(folder / backup_work.VILLAGE))
    AttachmentStore(folder / backup_work.VILLAGE, keys).add(folder / "scan.pdf", "扫描件.pdf")


def _back_up(folder: Path) -> None:
    source = source_of(logged_in(folder / backup_work.VILLAGE))
    make_backup(source, folder / backup_work.STICK, "手动", now=NOW)


def _restore(folder: Path) -> None:
    keys = keys_of(logged_in(folder / backup_work.VILLAGE))
    oldest = list_backups(folder / backup_work.STICK).backups[-1]
    restore_backup(oldest, folder / backup_work.VILLAGE, keys, now=NOW)


def _judge_backups(folder: Path) -> Judgement:
    judgement = backup_work.judge_backups(folder, 0)
    if judgement is WHOLE:
        bring(folder / backup_work.VILLAGE, keys_of(logged_in(folder / backup_work.VILLAGE)), 1)
    return judgement


def _judge_restore(folder: Path) -> Judgement:
    return backup_work.judge_restore(folder, 0)


WRITERS = (
    Writer("save", "保存一条", new_records, _save, _judge_records),
    Writer("import", "导入 400 人", new_records, _import, _judge_records),
    Writer(
        "export",
        "写出名单",
        files_work.prepare_list,
        lambda folder: write_atomically(folder / files_work.LIST, files_work.content_of(12)),
        lambda folder: files_work.judge_list(folder, 0),
    ),
    Writer(
        "key-file",
        "改密码",
        files_work.prepare_vault,
        lambda folder: logged_in(folder).reset_password(DIRECTOR, password_of(1)),
        lambda folder: files_work.judge_passwords(folder, 0),
    ),
    Writer("attachment", "附上文件", _prepare_attachment, _attach, _judge_backups),
    Writer("backup", "备份", backup_work.prepare, _back_up, _judge_backups),
    Writer("restore", "恢复备份", backup_work.prepare_restore, _restore, _judge_restore),
)
