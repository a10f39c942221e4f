"""`residents`: find people by name, pinyin initials, tail of phone or identity number."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from village_app.commands.opening import add_village_options, opened
from village_app.commands.output import DONE, Output

NAME = "residents"
SUMMARY = "找人：姓名、拼音首字母、电话或证件尾号"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    parser.add_argument("words", nargs="*", metavar="找什么", help="姓名、拼音首字母或号码尾数")
    add_village_options(parser)
    parser.add_argument("--full", action="store_true", help="显示完整号码（要有权限，会记录）")
    parser.add_argument("--limit", type=int, default=1000, metavar="人数", help="最多列出多少人")


def run(arguments: argparse.Namespace, out: Output) -> int:
    """List who is found, masked unless full numbers are asked for and allowed."""
    words = " ".join(arguments.words)
    with opened(arguments) as village:
        find = village.residents.find_full if arguments.full else village.residents.find
        found = find(words, limit=arguments.limit)
    out.say(f"找到 {len(found)} 人。")
    for one in found:
        parts = (one.name, one.id_number, one.phone, one.group, one.household, one.head)
        out.say("  " + "  ".join(part for part in parts if part))
    out.answer(
        residents=[
            {key: value for key, value in asdict(one).items() if key != "id"} for one in found
        ]
    )
    return DONE
