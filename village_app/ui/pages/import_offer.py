"""The short way of a file into a list: pick it, see what it would write, write it or leave it.

Reading and planning run beside the window; nothing is written before the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from village_app.domain.reporting import Report
from village_app.errors import EnvironmentProblem, VillageError
from village_app.ui.asking import Choice, FileKind, Question
from village_app.ui.kit.progress import watch
from village_app.ui.page import Desk

_SHOWN = 9
_LEAVES = "取消后和现在一样，什么都没写。"


@dataclass(frozen=True)
class Offer:
    """What is brought in: words, the plan of a file, and who writes a plan.

    `plan` reads a file's content and name into a plan (it runs beside the window), `commit`
    writes it; `measure` counts the rows (笔, 人).
    """

    title: str
    kinds: FileKind
    purpose: str
    measure: str
    plan: Callable[[bytes, str, Report], Any]
    commit: Callable[[Any], object]


def bring_in(desk: Desk, offer: Offer, window: QWidget, done: Callable[[], object]) -> None:
    """Pick a file, plan it, ask, and write it; `done` is told when something was written."""
    path = desk.asking.pick_file(offer.title, [offer.kinds], offer.purpose)
    if path is None:
        return
    job = desk.jobs.start(lambda report: _planned(offer, path, report), "正在读表格", writes=False)
    job.succeeded.connect(lambda plan: _ask(desk, offer, plan, done))
    job.failed.connect(lambda error: _refuse(desk, error))
    watch(job, window, leaves=_LEAVES)


def _planned(offer: Offer, path: Path, report: Report) -> Any:
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"打不开“{path.name}”。请关掉正在用它的程序，再选一次。"
        raise EnvironmentProblem("file_held", message) from error
    return offer.plan(content, path.name, report)


def _ask(desk: Desk, offer: Offer, plan: Any, done: Callable[[], object]) -> None:
    counts = plan.counts
    written = counts.new + counts.update
    answers = [Choice("", "知道了")]
    if written:
        words = f"写入 {written} {offer.measure}"
        answers = [Choice("write", words, "in"), Choice("", "先不写")]
    title = f"《{plan.file.name}》共 {counts.rows} {offer.measure}，还没有写入任何东西"
    question = Question(title, _lines(plan, offer.measure), answers, light="new")
    if desk.asking.ask(question) != "write":
        return
    try:
        offer.commit(plan)
    except VillageError as refusal:
        _refuse(desk, refusal)
        return
    desk.say(f"已写入 {written} {offer.measure}", desk.undo)
    done()


def _lines(plan: Any, measure: str) -> list[tuple[str, str]]:
    counts = plan.counts
    told = [
        ("要新增", f"{counts.new} {measure}"),
        ("要更新", f"{counts.update} {measure}"),
        ("已经有了", f"{counts.same} {measure}，不再写"),
        ("疑似重复", f"{counts.suspected} {measure}，不写，请对照原件"),
        ("有错的行", f"{counts.error} {measure}，不写"),
    ]
    nothing = f"0 {measure}"
    lines = [one for at, one in enumerate(told) if not at or not one[1].startswith(nothing)]
    if plan.earlier is not None:
        lines.insert(0, ("这个文件", plan.earlier.warning))
    faulty = [row for row in plan.rows if row.state == "error"]
    return [*lines, *((f"第 {row.row} 行", row.reasons[0]) for row in faulty)][:_SHOWN]


def _refuse(desk: Desk, error: Exception) -> None:
    if not isinstance(error, VillageError):
        raise error
    desk.asking.ask(Question("没有导入", [("", error.message)]))
