"""What the dry run of an import says to people, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from village_app.commands.output import Output
from village_app.importing.plans.plan import Plan

SHOWN = 20
"""Lines of one kind that are told; there may be thousands."""


def tell_plan(plan: Plan, summary: dict[str, Any], out: Output) -> None:
    """Say what would happen: counts first, then what is left, unsure, asked, wrong."""
    if plan.earlier is not None:
        out.say(plan.earlier.warning)
    counts = plan.counts
    out.say(f"{plan.file.name}：表“{summary['sheet']}”，{_header_words(plan.table.header_rows)}。")
    out.say(
        f"共 {counts.rows} 行，{summary['households']} 户：新增 {counts.new}，"
        f"更新 {counts.update}，无变化 {counts.same}，疑似重复 {counts.suspected}，"
        f"错误 {counts.error}，跳过 {counts.skipped}。"
    )
    for remark in plan.file.remarks:
        out.say(f"  {remark}")
    _tell_others(plan, out)
    _tell_unknown(summary["unknown"], out)
    several = len({part.sheet for part in plan.table.parts}) > 1
    _tell_lines(_suspicions(summary["suspected"], several=several), out, "可以看 --json")
    _tell_questions(plan, summary["questions"], out, several=several)
    _tell_lines(_problems(summary["problems"], several=several), out, "用 --errors 写成表格")


def _header_words(rows: Sequence[int]) -> str:
    return f"表头在第 {'、'.join(map(str, rows))} 行" if rows else "没有表头"


def _tell_others(plan: Plan, out: Output) -> None:
    """Name the tables of the file that are not imported now, so that none is lost unseen."""
    for other in plan.left_tables:
        rows = other.header_rows
        words = "-".join(map(str, dict.fromkeys((rows[0], rows[-1])))) if rows else "0"
        out.say(
            f"  还有一张没有导入：表“{other.sheet}”，表头在第 {words} 行，"
            f"{other.records} 行。要导入请写 --sheet {other.sheet} --header {words}。"
        )


def _tell_unknown(unknown: list[dict[str, Any]], out: Output) -> None:
    """Name the groups that the village does not have yet and would get."""
    for one in unknown:
        likely = f"（台账里有相近的：{'、'.join(one['likely'])}）" if one["likely"] else ""
        out.say(f"  台账里还没有“{one['name']}”，{one['rows']} 行写着它，导入时会新建{likely}。")


def _tell_questions(
    plan: Plan, questions: list[dict[str, Any]], out: Output, *, several: bool
) -> None:
    """Name the values that differ from the register's and are left as they are."""
    lines = [
        f"{_place(one, several=several)}：{plan.target.field(one['field']).label}"
        f"台账里是 {one['old']}，表里是 {one['new']}，没有改。"
        for one in questions
    ]
    _tell_lines(lines, out, "可以看 --json")
    if lines:
        out.say("  要用表里的，请加上 --on-duplicate update。")


def _suspicions(suspected: list[dict[str, Any]], *, several: bool) -> list[str]:
    return [
        f"{_place(one, several=several)}：“{one['name']}”可能重复：{'，'.join(one['reasons'])}。"
        for one in suspected
    ]


def _problems(problems: list[dict[str, Any]], *, several: bool) -> list[str]:
    """Give the problems with row and cell, errors first."""
    ordered = sorted(problems, key=lambda problem: problem["level"] != "error")
    return [f"{_place(one, several=several)}：{one['message']}" for one in ordered]


def _place(one: dict[str, Any], *, several: bool) -> str:
    sheet = f"“{one['sheet']}”" if several else ""
    cell = one.get("cell")
    return f"{sheet}第 {one['row']} 行{f' {cell}' if cell else ''}"


def _tell_lines(lines: list[str], out: Output, elsewhere: str) -> None:
    for line in lines[:SHOWN]:
        out.say(f"  {line}")
    if len(lines) > SHOWN:
        out.say(f"  还有 {len(lines) - SHOWN} 处，{elsewhere}。")
