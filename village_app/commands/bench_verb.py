"""`bench`: the project's own ratios, each measured side by side in one run."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from village_app.commands.output import DONE, REFUSED, Output

NAME = "bench"
SUMMARY = "测程序自己的快慢，与对照一起测"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    parser.add_argument("name", nargs="?", metavar="名称", help="只测这一项")


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Run the harness that lies beside the program's source."""
    root = Path(__file__).resolve().parents[2]
    if not (root / "bench").is_dir():
        out.complain("测速要在源代码文件夹里运行。")
        return REFUSED
    words = [sys.executable, "-m", "bench"]
    words += [arguments.name] if arguments.name else []
    words += ["--json"] if arguments.json else []
    out.as_json = False
    return DONE if subprocess.run(words, cwd=root, check=False).returncode == 0 else REFUSED  # noqa: S603 - our own harness
