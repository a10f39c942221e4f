"""`export`: a list of the village as a spreadsheet with real types."""

from __future__ import annotations

import argparse
from pathlib import Path

from village_app.commands.files_out import check_spreadsheet_target
from village_app.commands.opening import add_village_options, opened
from village_app.commands.output import DONE, Output
from village_app.db.files import write_atomically

NAME = "export"
SUMMARY = "把一份清单导出成表格"
# All projects for the town and for machines: .json after the Open Contracting Data Standard.
OPEN_PROJECTS = "open-projects"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    lists = "residents、issues、ledger、projects 等；open-projects 写 .json（OCDS）或 .xlsx"
    parser.add_argument("what", metavar="清单", help=lists)
    parser.add_argument("file", type=Path, metavar="输出.xlsx", help="写到哪里")
    add_village_options(parser)
    parser.add_argument("--full", action="store_true", help="完整号码（要有权限，会记录）")


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Write the spreadsheet and say how many rows it holds."""
    if arguments.what == OPEN_PROJECTS:
        return _open_projects(arguments, out)
    check_spreadsheet_target(arguments.file)
    with opened(arguments) as village:
        exported = village.exports.write(arguments.what, full=arguments.full, report=out.report)
        write_atomically(arguments.file, exported.content, doing="保存表格", mode=0o644)
    out.say(f"导出 {exported.rows} 行：{arguments.file.name}")
    out.answer(rows=exported.rows, file=str(arguments.file))
    return DONE


def _open_projects(arguments: argparse.Namespace, out: Output) -> int:
    """Write all projects with their money as JSON or as a spreadsheet, by the file's ending."""
    with opened(arguments) as village:
        rows = village.open_data.save(arguments.file)
    out.say(f"导出 {rows} 个项目：{arguments.file.name}")
    out.answer(rows=rows, file=str(arguments.file))
    return DONE
