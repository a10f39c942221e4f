"""`import`: residents from a spreadsheet; a dry run unless --commit is said."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from village_app.commands.files_out import check_spreadsheet_target
from village_app.commands.import_telling import tell_plan
from village_app.commands.opening import add_village_options, opened
from village_app.commands.output import DONE, FINDINGS, Output
from village_app.errors import Refused
from village_app.importing.files.loading import load_file
from village_app.importing.plans.decisions import on_duplicate
from village_app.importing.plans.plan import Plan
from village_app.importing.plans.summary import summarise
from village_app.importing.tables.tables import Choice
from village_app.village import Village

NAME = "import"
SUMMARY = "从表格导入居民；不加 --commit 只试导，不写入"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    parser.add_argument("file", type=Path, metavar="表格", help="要导入的表格文件")
    add_village_options(parser)
    parser.add_argument("--sheet", metavar="表名", help="用哪一张表")
    parser.add_argument("--header", metavar="行号", help="表头在第几行，两行的写 3-4")
    parser.add_argument("--encoding", metavar="编码", help="文字编码，一般不用写")
    parser.add_argument("--commit", action="store_true", help="写入台账")
    parser.add_argument(
        "--on-duplicate",
        choices=("skip", "update", "add"),
        help="台账里已有的人怎么办：skip 不导入，update 用表里的更新，add 疑似的也新增；"
        "不写就更新认准的人，疑似的先不导入",
    )
    parser.add_argument("--errors", type=Path, metavar="表格", help="把有错的行写到这个表格里")


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Plan, show what would happen, and write when told to.

    The rows with errors are written first: where they cannot be, nothing is imported either.
    """
    content = load_file(arguments.file)
    if arguments.errors is not None:
        check_spreadsheet_target(arguments.errors, arguments.file)
    with opened(arguments) as village:
        workbook = village.imports.read(
            content, arguments.file.name, encoding=arguments.encoding, report=out.report
        )
        plan = village.imports.plan(
            workbook, content, arguments.file.name, choice=_choice(arguments), report=out.report
        )
        plan = decided(plan, arguments.on_duplicate)
        tell(plan, out)
        if arguments.errors is not None:
            _write_errors(village, plan, arguments.errors, out)
        batch = _commit(village, plan, out) if arguments.commit else None
        out.answer(committed=batch is not None, batch=batch)
    return FINDINGS if plan.counts.error or plan.counts.suspected else DONE


def _write_errors(village: Village, plan: Plan, path: Path, out: Output) -> None:
    if not plan.rejected:
        out.say("没有出错的行，不用另存。")
        out.answer(errors_file=None)
        return
    written = village.imports.write_errors(plan, path)
    out.say(f"有错的 {written} 行写在“{path.name}”里，照“原因”一栏改好再导入。")
    out.answer(errors_file=str(path))


def decided(plan: Plan, word: str | None) -> Plan:
    """Apply the word for all who are known already, if one was said."""
    if word is None:
        return plan
    action: Any = word  # argparse allows the three words only
    return plan.decide(on_duplicate(action, plan.decisions))


def tell(plan: Plan, out: Output) -> None:
    """Say what the plan holds, to people and as JSON."""
    summary = summarise(plan)
    out.answer(**summary)
    tell_plan(plan, summary, out)


def _commit(village: Village, plan: Plan, out: Output) -> int | None:
    counts = plan.counts
    if not counts.new + counts.update:
        out.say("没有要新增或更新的行，台账没有动。")
        return None
    batch = village.imports.commit(plan, report=out.report)
    number = village.imports.number_of(batch)
    out.say(f"已写入：新增 {counts.new} 人，更新 {counts.update} 人。")
    out.say(f"这次导入是第 {number} 批，可以用 undo {number} 撤回。")
    return number


def _choice(arguments: argparse.Namespace) -> Choice | None:
    if arguments.sheet is None and arguments.header is None:
        return None
    rows = None if arguments.header is None else _header_rows(arguments.header)
    return Choice(sheet=arguments.sheet, header_rows=rows)


def _header_rows(words: str) -> tuple[int, ...]:
    """Read the rows of a header: 4, or 3-4; 0 says that there is none."""
    found = re.fullmatch(r"(\d{1,7})(?:\s*[-~至到]\s*(\d{1,7}))?", words.strip())
    if found is None:
        raise Refused("header_words", f"“{words}”看不懂，表头写行号，如 4；两行的写 3-4。")
    first, last = int(found[1]), int(found[2] or found[1])
    if first == last == 0:
        return ()
    return tuple(range(min(first, last), max(first, last) + 1))
