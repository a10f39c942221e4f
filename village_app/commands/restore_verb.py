"""`restore`: what a backup would bring; with --yes it is brought, today's state kept beside."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from village_app.commands.opening import (
    add_village_options,
    ask_password,
    data_folder,
    sign_in_name,
)
from village_app.commands.output import DONE, Output
from village_app.db.lockfile import FolderLock
from village_app.db.manifest import read_manifest
from village_app.db.migrations import MIGRATIONS
from village_app.db.restore import bring_to_new_place, inspect_backup, restore_backup
from village_app.db.shelf import Backup
from village_app.db.vault import Vault
from village_app.domain.permissions import action_label, may
from village_app.errors import Refused
from village_app.opening import DATABASE

NAME = "restore"
SUMMARY = "恢复备份；不加 --yes 只看它会带来什么"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    parser.add_argument("backup", type=Path, metavar="备份", help="备份文件夹")
    add_village_options(parser)
    parser.add_argument("--yes", action="store_true", help="真的恢复")


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Show, and with --yes restore; into an empty folder the whole backup is brought."""
    backup = Backup(arguments.backup, read_manifest(arguments.backup))
    folder = data_folder(arguments)
    out.say(
        f"备份：{backup.manifest.village_name}，"
        f"{backup.manifest.created.astimezone():%Y-%m-%d %H:%M}，{backup.manifest.reason}"
    )
    out.answer(file=str(arguments.backup), counts=dict(backup.manifest.counts), restored=False)
    if not (folder / DATABASE).exists():
        return _bring(backup, folder, out, really=arguments.yes)
    return _replace(backup, folder, arguments, out)


def _bring(backup: Backup, folder: Path, out: Output, *, really: bool) -> int:
    if not really:
        out.say("这个文件夹里还没有村的数据，加上 --yes 就把整份备份放进去。")
        return DONE
    bring_to_new_place(backup, folder, report=out.report)
    out.say("恢复好了，请用备份时的用户和密码登录。")
    out.answer(restored=True, verified=True)
    return DONE


def _replace(backup: Backup, folder: Path, arguments: argparse.Namespace, out: Output) -> int:
    user = sign_in_name(arguments, folder)
    vault = Vault.load(folder)
    lock = FolderLock.take(folder, user)
    try:
        keys = vault.unlock(user, ask_password(f"{user}的密码："))
        if not may(keys.role, "backup.restore"):
            raise Refused("not_permitted", f"您的角色不能“{action_label('backup.restore')}”。")
        found = inspect_backup(backup, keys, folder, report=out.report)
        out.answer(verified=found.is_good)
        for one in found.differences:
            out.say(f"  {one.table}：备份里 {one.in_backup} 条，现在 {one.today} 条")
        if arguments.yes:
            note = restore_backup(
                backup,
                folder,
                keys,
                now=datetime.now(UTC),
                newest_schema=len(MIGRATIONS),
                report=out.report,
            )
            out.say(f"恢复好了。恢复前的数据留在“{note.safety}”。")
            out.answer(restored=True, safety=note.safety)
        else:
            out.say("还没有改动任何数据，加上 --yes 才恢复。")
    finally:
        vault.lock()
        lock.release()
    return DONE
