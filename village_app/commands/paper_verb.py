"""`paper`: a published paper again, byte for byte as it was."""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path

from village_app.commands.opening import add_village_options, opened
from village_app.commands.output import DONE, Output
from village_app.db.files import write_atomically

NAME = "paper"
SUMMARY = "再取一份已发布的公示，与当时一字不差"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    parser.add_argument("number", metavar="编号", help="例如：隔村公示〔2026〕1号")
    parser.add_argument("pdf", type=Path, metavar="输出.pdf", help="写到哪里")
    add_village_options(parser)


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Write the kept PDF and give its fingerprint."""
    with opened(arguments) as village:
        notice = village.notices.by_number(arguments.number)
        content = village.notices.reprint(notice)
    write_atomically(arguments.pdf, content, doing="保存PDF", mode=0o644)
    fingerprint = sha256(content).hexdigest()
    out.say(f"{notice.number} 已写到“{arguments.pdf.name}”。")
    out.answer(number=notice.number, sha256=fingerprint, file=str(arguments.pdf))
    return DONE
