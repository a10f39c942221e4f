"""`verify`: the eight characters under a paper, looked up among what was published."""

from __future__ import annotations

import argparse

from village_app.commands.opening import add_village_options, opened
from village_app.commands.output import DONE, Output

NAME = "verify"
SUMMARY = "验一张纸：输入纸脚上的验证码，看是不是村里发的"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    parser.add_argument("code", metavar="验证码", help="8 个字母或数字，例如：ABCD2345")
    add_village_options(parser)


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Say which paper it is and what its totals are."""
    with opened(arguments) as village:
        found = village.paper_check.look_up(arguments.code)
        notice = found.notice
        state = type(notice).declaration("state").kind.show(notice.state)
    out.say(f"是真的：{notice.number}《{notice.heading}》，{state}。")
    for label, figure in found.totals:
        out.say(f"  合计 {label}：{figure}")
    out.answer(
        number=notice.number,
        title=notice.heading,
        state=state,
        sha256=notice.fingerprint or "",
        totals=[{"label": label, "figure": figure} for label, figure in found.totals],
    )
    return DONE
