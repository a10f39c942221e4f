"""What can be done with a matter: which moves fit its state, and the form of each."""

from __future__ import annotations

from typing import Any

from village_app.db.records.issues import Issue
from village_app.domain.issue_course import moves_from
from village_app.ui.pages.issues.course_forms import COURSE
from village_app.ui.pages.issues.entry_form import correct_form
from village_app.ui.pages.issues.move_form import Form, Maker
from village_app.ui.pages.issues.onward_forms import ONWARD
from village_app.ui.pages.issues.result_forms import RESULT

# Moves that need no form.
PLAIN = ("accept", "resume", "close", "archive")
# Moves offered under 更多 besides those of the course.
OTHERS = (
    ("step", "添一步"),
    ("correct_step", "更正一步"),
    ("correct", "改登记"),
    ("reply", "写答复意见"),
    ("extend", "延期"),
    ("urge", "发督办单"),
    ("no_visit", "不回访"),
    ("agenda", "转议题"),
    ("mediation", "转调解"),
    ("task", "转任务"),
    ("project", "转项目"),
)


def choices(issue: Issue) -> list[tuple[str, str]]:
    """List what can be done with a matter now: code and words."""
    course = [(move.code, move.verb) for move in moves_from(issue.state)]
    if issue.state == "visiting":
        course.insert(0, ("visit", "回访"))
    fitting = {
        "extend": issue.state in {"registered", "accepted", "working"},
        "urge": issue.state in {"registered", "accepted", "working", "held", "reported"},
        "no_visit": issue.state == "visiting",
    }
    return [*course, *(one for one in OTHERS if fitting.get(one[0], True))]


_MAKERS: dict[str, Maker] = {**COURSE, **RESULT, **ONWARD, "correct": correct_form}


def form_for(village: Any, issue: Issue, code: str) -> Form:
    """Give the form of a move; refused in a sentence where it cannot be made now."""
    return _MAKERS[code](village, issue)
