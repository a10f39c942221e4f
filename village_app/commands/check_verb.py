"""`check`: 自检 of file, journal, links, totals, attachments and numbers."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from village_app.commands.opening import add_village_options, opened
from village_app.commands.output import DONE, FINDINGS, Output

NAME = "check"
SUMMARY = "自检：文件、修改记录、关联、附件、编号"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    add_village_options(parser)


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Check and say what was found and what mends it."""
    with opened(arguments) as village:
        found = village.selfcheck.run(report=out.report)
    out.say(f"查过 {found.changes_verified} 条修改记录、{found.attachments} 个附件。")
    for finding in found.findings:
        out.say(f"  {finding.message}")
    if found.is_sound:
        out.say("一切正常。")
    out.answer(
        findings=[asdict(finding) for finding in found.findings],
        changes_verified=found.changes_verified,
    )
    return DONE if found.is_sound else FINDINGS
