"""`typeset`: a paper from a plain description, for trying layouts; guarded like every paper."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from village_app.commands.output import DONE, REFUSED, Output
from village_app.db.files import write_atomically
from village_app.db.problems import map_os_error
from village_app.domain.calendar import CHINA
from village_app.domain.masking_policies import masking_policies
from village_app.errors import Fault, InvalidInput
from village_app.papers.blocks import Paper
from village_app.papers.gate import Findings, inspect
from village_app.papers.pdf import missing_characters, write_pdf
from village_app.papers.spec import paper_from_spec
from village_app.papers.xlsx import write_xlsx

NAME = "typeset"
SUMMARY = "按一份说明排出一张纸（PDF、表格），试版式用"
# Names may stand on a trial sheet; full numbers never.
POLICY = "layout_trial"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the words of the verb."""
    parser.add_argument("spec", type=Path, metavar="说明.json", help="纸的说明，JSON 格式")
    parser.add_argument("pdf", type=Path, metavar="输出.pdf", help="写到哪里")
    parser.add_argument("--xlsx", type=Path, metavar="输出.xlsx", help="同时写一份表格")


def run(arguments: argparse.Namespace, out: Output) -> int:
    """Set the paper, or say which characters and which personal data forbid it."""
    paper = paper_from_spec(_read(arguments.spec))
    missing = list(missing_characters(paper))
    stops = _stops(paper)
    out.answer(pages=0, missing_glyphs=[str(one) for one in missing], privacy=stops)
    if missing or stops:
        _refuse(missing, stops, out)
        return REFUSED
    result = write_pdf(paper, report=out.report)
    write_atomically(arguments.pdf, result.data, doing="保存PDF", mode=0o644)
    if arguments.xlsx is not None:
        write_atomically(arguments.xlsx, write_xlsx(paper), doing="保存表格", mode=0o644)
    out.answer(pages=result.pages, changed=list(result.changed))
    out.say(f"排好了，共 {result.pages} 页：{arguments.pdf.name}")
    for change in result.changed:
        out.say(f"  {change}")
    return DONE


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput([Fault("spec", "not_utf8", "说明文件要用 UTF-8 编码保存。")]) from error
    except OSError as error:
        raise map_os_error(error, path, f"打开“{path.name}”") from error
    try:
        spec: dict[str, Any] = json.loads(text)
    except ValueError as error:
        place = f"第 {getattr(error, 'lineno', 1)} 行"
        fault = Fault("spec", "not_json", f"说明文件不是JSON，看不懂{place}附近。")
        raise InvalidInput([fault]) from error
    return spec


def _stops(paper: Paper) -> list[dict[str, str]]:
    """Look through a public paper; an internal one may hold what it likes."""
    if not paper.public:
        return []
    today = datetime.now(CHINA).date()
    findings: Findings = inspect(paper, policy=masking_policies()[POLICY], today=today)
    return [{"where": one.where, "kind": one.label, "text": one.shown} for one in findings.stops]


def _refuse(missing: list[Any], stops: list[dict[str, str]], out: Output) -> None:
    if missing:
        names = "、".join(str(one) for one in missing)
        out.complain(f"下列字没有字形，无法打印：{names}。请改用别的写法，没有写出任何文件。")
    if stops:
        out.complain(f"公开的纸上有 {len(stops)} 处个人信息，没有写出任何文件：")
        for stop in stops:
            out.complain(f"  {stop['where']}：{stop['kind']} {stop['text']}")
