"""`demo`: the sample village with its stories, every paper and pictures of the pages."""

from __future__ import annotations

import argparse
import shutil
from dataclasses import asdict
from pathlib import Path

from village_app.commands.output import DONE, Output
from village_app.errors import Refused
from village_app.opening import DATABASE

NAME = "demo"
SUMMARY = "做一个示范村，走一遍故事，纸和画面都放进文件夹"
DATA = "示范村数据"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    parser.add_argument("out", type=Path, metavar="文件夹", help="放在哪里")


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Tell the stories through the real services and say what was made."""
    from village_app.demo.sample import make_sample_village
    from village_app.demo.screens import take_pictures

    folder: Path = arguments.out
    folder.mkdir(parents=True, exist_ok=True)
    _clear_earlier(folder / DATA)
    stage = make_sample_village(folder / DATA, folder, report=out.report)
    stage.village.close()
    screens = take_pictures(folder / DATA, folder, stage.clock)
    for sentence in stage.told:
        out.say(sentence)
    out.say()
    out.say(f"做好了 {len(stage.papers)} 份纸（PDF 和表格）、{len(screens)} 张画面：")
    for paper in stage.papers:
        out.say(f"  {paper.number}  {paper.title}（{paper.pages} 页）")
    out.say(f"都在“{folder}”里。")
    out.answer(
        papers=[asdict(paper) for paper in stage.papers],
        screens=[str(path) for path in screens],
        told=stage.told,
    )
    return DONE


def _clear_earlier(data: Path) -> None:
    """Make room where an earlier demonstration stood; nothing else is ever removed."""
    if not data.exists():
        return
    if not (data / DATABASE).exists():
        raise Refused("not_empty", f"“{data}”已经有别的内容，请换一个文件夹。")
    shutil.rmtree(data)
