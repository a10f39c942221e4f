"""`export`: a list of the village as a spreadsheet with real types."""

from __future__ import annotations

import argparse
from pathlib import Path

from village_app.commands.opening import add_village_options, opened
from village_app.commands.output import DONE, Output
from village_app.db.files import write_atomically

NAME = "export"
SUMMARY = "把一份清单导出成表格"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    parser.add_argument("what", metavar="清单", help="residents、issues、ledger、projects 等")
    parser.add_argument("file", type=Path, metavar="输出.xlsx", help="写到哪里")
    add_village_options(parser)
    parser.add_argument("--full", action="store_true", help="完整号码（要有权限，会记录）")


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Write the spreadsheet and say how many rows it holds."""
    with opened(arguments) as village:
        exported = village.exports.write(arguments.what, full=arguments.full, report=out.report)
        write_atomically(arguments.file, exported.content, doing="保存表格", mode=0o644)
    out.say(f"导出 {exported.rows} 行：{arguments.file.name}")
    out.answer(rows=exported.rows, file=str(arguments.file))
    return DONE
