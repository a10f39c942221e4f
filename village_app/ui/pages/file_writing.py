"""A file written beside the window: said when it is there, explained when it could not be."""

from __future__ import annotations

from collections.abc import Callable

from village_app.domain.reporting import Report
from village_app.errors import VillageError
from village_app.ui.asking import Question
from village_app.ui.page import Desk


def write_file(desk: Desk, work: Callable[[Report], object], name: str) -> None:
    """Let `work` write a file of that name on a thread of its own: papers take their time."""
    job = desk.jobs.start(work, f"存 {name}", writes=False)
    job.succeeded.connect(lambda _none: desk.say(f"已存 {name}", None))
    job.failed.connect(lambda error: _explain(desk, error))


def _explain(desk: Desk, error: Exception) -> None:
    if not isinstance(error, VillageError):
        raise error
    desk.asking.ask(Question("没有存成", [("", error.message)]))
