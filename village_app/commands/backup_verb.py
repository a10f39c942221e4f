"""`backup`: a verified backup in a folder of one's choice."""

from __future__ import annotations

import argparse
from pathlib import Path

from village_app.commands.opening import add_village_options, opened
from village_app.commands.output import DONE, Output

NAME = "backup"
SUMMARY = "备份到一个文件夹，备份完重新打开核对"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    parser.add_argument("target", type=Path, metavar="文件夹", help="备份放在哪里")
    add_village_options(parser)


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Make the backup and say what is in it."""
    with opened(arguments) as village:
        backup = village.backups.make("手动备份", arguments.target, report=out.report)
    counts = dict(backup.manifest.counts)
    out.say(f"备份好了，已重新打开核对：{backup.path}")
    out.answer(file=str(backup.path), counts=counts, verified=True)
    return DONE
