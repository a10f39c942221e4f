"""A project's way from idea to care: the order of its days, its stages and what each must have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

StageState = Literal["done", "missing", "current", "todo"]


@dataclass(frozen=True, slots=True)
class DatedStep:
    """A day that has its place in the order: the field it is typed in, its label, the day."""

    field: str
    label: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Disorder:
    """Two days in the wrong order: the later step lies before the earlier one."""

    field: str
    message: str


def disorders(steps: Sequence[DatedStep]) -> tuple[Disorder, ...]:
    """Find each step that lies before a step that comes first; open days are passed over."""
    found = []
    latest: DatedStep | None = None
    for step in steps:
        if step.day is None:
            continue
        if latest is not None and latest.day is not None and step.day < latest.day:
            sentence = f"{step.label} {step.day} 早于{latest.label} {latest.day}，请核对。"
            found.append(Disorder(step.field, sentence))
            continue
        latest = step
    return tuple(found)


@dataclass(frozen=True, slots=True)
class StageRule:
    """A stage as the rule has it: code, label, names of the papers it must have."""

    code: str
    label: str
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of one project: its day, how it stands, which papers it lacks."""

    code: str
    label: str
    day: date | None
    state: StageState
    missing: tuple[str, ...] = ()


def course(
    rules: Iterable[StageRule], days: Mapping[str, date | None], lacking: Mapping[str, str]
) -> tuple[Stage, ...]:
    """Lay out the stages: reached ones are done or lack a paper, the next one is current.

    `days` gives the day on which a stage was reached by its code; `lacking` maps the name of a
    paper that is not there to the words for it (报价单 1 份). Papers are asked for once a stage is
    reached, or passed by a later one.
    """
    listed = tuple(rules)
    last = max((at for at, rule in enumerate(listed) if days.get(rule.code)), default=-1)
    return tuple(
        _stage(rule, days.get(rule.code), at, last, lacking) for at, rule in enumerate(listed)
    )


def _stage(
    rule: StageRule, day: date | None, at: int, last: int, lacking: Mapping[str, str]
) -> Stage:
    if at > last:
        return Stage(rule.code, rule.label, None, "current" if at == last + 1 else "todo")
    missing = tuple(lacking[name] for name in rule.papers if name in lacking)
    if day is None:
        missing = (f"{rule.label}日期", *missing)
    return Stage(rule.code, rule.label, day, "missing" if missing else "done", missing)
