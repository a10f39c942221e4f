"""The forms of reception days: one visit, one day of the plan, a whole month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from village_app.db.records.receptions import ReceptionDay, ReceptionVisit
from village_app.domain.kinds import (
    COUNT,
    LONG_TEXT,
    TEXT,
    Choice,
    FieldDeclaration,
    options_of,
)
from village_app.errors import Fault, InvalidInput

VISIT_FIELDS = (
    *("visitor", "sex", "age", "phone", "address", "people", "deputies", "is_first", "shape"),
    *("category", "problem", "demand", "reply", "day", "host", "post", "place", "companions"),
)
VISIT_LINES = (
    ("visitor", "sex"),
    ("age", "phone"),
    ("address",),
    ("people", "is_first"),
    ("deputies",),
    ("shape", "category"),
    ("problem",),
    ("demand",),
    ("reply",),
    ("day", "host"),
    ("post", "companions"),
    ("place",),
    ("joins",),
)
JOINS = FieldDeclaration("joins", "原诉求编号", TEXT, hint="再次来访的，写原来的编号就并进去")
DAY_FIELDS = ("day", "host", "post", "duty", "hours", "place", "shape", "companions")
WEEKDAYS = Choice(options_of((str(at), f"每周{word}") for at, word in enumerate("一二三四五六日")))
MONTH_FIELDS = (
    FieldDeclaration("weekday", "哪一天", WEEKDAYS, required=True),
    FieldDeclaration("days", "或者几号", TEXT, hint="如 10、20；写了就不看星期"),
    FieldDeclaration(
        "hosts",
        "轮流接访",
        LONG_TEXT,
        required=True,
        hint="一行一位：姓名 职务 分管工作",
    ),
)
BLANK_FIELDS = (FieldDeclaration("count", "印几张", COUNT, required=True),)
_APART = re.compile(r"[、，,；;\s]+")


def visit_fields(categories: Iterable[str]) -> list[FieldDeclaration]:
    """Give the fields of the reception form; the category is chosen from the village's own."""
    fields = {name: ReceptionVisit.declaration(name) for name in VISIT_FIELDS}
    kind = Choice(options_of((name, name) for name in categories))
    fields["category"] = FieldDeclaration("category", "反映类别", kind)
    return [*fields.values(), JOINS]


def day_fields() -> list[FieldDeclaration]:
    """Give the fields of one day of the plan."""
    return [ReceptionDay.declaration(name) for name in DAY_FIELDS]


def hosts_typed(text: str) -> list[dict[str, Any]]:
    """Read who receives visitors in turn: a line each, name, post, duty apart by spaces."""
    hosts = []
    for line in text.splitlines():
        parts = line.split(maxsplit=2)
        if parts:
            hosts.append(dict(zip(("host", "post", "duty"), parts, strict=False)))
    return hosts


def hosts_written(days: Sequence[ReceptionDay]) -> str:
    """Write who received visitors so far, as the form reads it."""
    return "\n".join(
        " ".join(part for part in (one.host, one.post, one.duty) if part) for one in days
    )


def days_typed(text: str) -> list[int]:
    """Read days of the month: 10、20; refuses what is no day."""
    words = [word.removesuffix("日").removesuffix("号") for word in _APART.split(text) if word]
    if not all(word.isdigit() and 1 <= int(word) <= 31 for word in words):
        raise InvalidInput([Fault("days", "no_day", "写几号就行，如 10、20。")])
    return [int(word) for word in words]
