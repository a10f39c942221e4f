"""`import`: residents from a spreadsheet; a dry run unless --commit is said."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from village_app.commands.opening import add_village_options, opened
from village_app.commands.output import DONE, FINDINGS, Output
from village_app.db.problems import map_os_error
from village_app.importing.decisions import Action, Decisions
from village_app.importing.plan import Plan
from village_app.importing.tables import Choice
from village_app.village import Village

NAME = "import"
SUMMARY = "从表格导入居民；不加 --commit 只试导，不写入"
SHOWN_PROBLEMS = 20


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
        default="skip",
        help="疑似重复的行怎么办：skip 不导入，update 更新，add 新增",
    )
    parser.add_argument("--errors", type=Path, metavar="表格", help="把有错的行写到这个表格里")


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Plan, show what would happen, and write when told to."""
    content = read_file(arguments.file)
    with opened(arguments) as village:
        workbook = village.imports.read(
            content, arguments.file.name, encoding=arguments.encoding, report=out.report
        )
        plan = village.imports.plan(
            workbook, content, arguments.file.name, choice=_choice(arguments), report=out.report
        )
        plan = decided(plan, arguments.on_duplicate)
        tell(plan, out)
        batch = _commit(village, plan, out) if arguments.commit else None
        out.answer(committed=batch is not None, batch=batch)
        if arguments.errors is not None:
            written = village.imports.write_errors(plan, arguments.errors)
            out.say(f"有错的 {written} 行写在“{arguments.errors.name}”里，照“原因”一栏改好再导入。")
            out.answer(errors_file=str(arguments.errors))
    return FINDINGS if plan.counts.error or plan.counts.suspected else DONE


def read_file(path: Path) -> bytes:
    """Read a file whole; says in a sentence why that is not possible."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise map_os_error(error, path, f"打开“{path.name}”") from error


def decided(plan: Plan, on_duplicate: str) -> Plan:
    """Apply one decision to every suspected row, whatever its likeness."""
    action: Action = on_duplicate  # type: ignore[assignment]  # argparse allows these words only
    decisions: Decisions = plan.decisions
    for code in {row.code for row in plan.rows if row.state == "suspected" and row.code}:
        decisions = decisions.with_class(code, action)
    if on_duplicate == "update":
        decisions = replace(decisions, rule="overwrite")
    return plan.decide(decisions) if decisions != plan.decisions else plan


def tell(plan: Plan, out: Output) -> None:
    """Say what the plan holds, to people and as JSON."""
    summary = plan.summary()
    out.answer(**summary)
    counts = plan.counts
    if plan.earlier is not None:
        out.say(plan.earlier.warning)
    rows = "、".join(str(row) for row in summary["header_rows"]) or "无"
    out.say(f"{plan.file.name}：表“{summary['sheet']}”，表头在第 {rows} 行。")
    out.say(
        f"共 {counts.rows} 行，{summary['households']} 户：新增 {counts.new}，"
        f"更新 {counts.update}，无变化 {counts.same}，疑似重复 {counts.suspected}，"
        f"错误 {counts.error}，跳过 {counts.skipped}。"
    )
    _tell_problems(summary["problems"], out)


def _tell_problems(problems: list[dict[str, Any]], out: Output) -> None:
    for problem in problems[:SHOWN_PROBLEMS]:
        out.say(f"  第 {problem['row']} 行 {problem['cell'] or ''}：{problem['message']}")
    if len(problems) > SHOWN_PROBLEMS:
        out.say(f"  还有 {len(problems) - SHOWN_PROBLEMS} 处，用 --errors 可以全部写到表格里。")


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
    rows = None
    if arguments.header is not None:
        first, _, last = arguments.header.partition("-")
        rows = tuple(range(int(first), int(last or first) + 1))
    return Choice(sheet=arguments.sheet, header_rows=rows)
