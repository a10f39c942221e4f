"""《村级重大事务“四议两公开”决策实施登记表》: six sheets from one record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day
from village_app.domain.money import show_share
from village_app.domain.numerals import to_chinese
from village_app.papers.blocks import Block, FormCell, FormGrid, Heading, PageBreak, Paper

TITLE = "村级重大事务“四议两公开”决策实施登记表"


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step as its sheet says it; blank where it is still to come."""

    label: str
    organ: str
    is_meeting: bool
    day: date | None = None
    form: str = ""
    entitled: int | None = None
    present: int | None = None
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    needed: int | None = None
    content: str = ""
    paper: str = ""
    supervision: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureFacts:
    """One matter with its steps; `motives` are all kinds, `motive` the ticked one."""

    name: str
    content: str
    motive: str
    motives: Sequence[str]
    steps: Sequence[StepFacts]


def build_register(facts: ProcedureFacts) -> Paper:
    """Build the register: a sheet a step, the motive the same on all of them."""
    blocks: list[Block] = []
    for at, step in enumerate(facts.steps, 1):
        if at > 1:
            blocks.append(PageBreak())
        blocks.append(Heading(f"（{to_chinese(at)}）{step.organ}{step.label}", 2))
        blocks.append(_meeting_sheet(facts, step) if step.is_meeting else _open_sheet(facts, step))
    return Paper("form", TITLE, tuple(blocks), meta={"sheet": "procedure"})


def _meeting_sheet(facts: ProcedureFacts, step: StepFacts) -> FormGrid:
    share = ""
    if step.entitled and step.present is not None:
        share = show_share(step.present * 10_000 // step.entitled)
    votes = ""
    if step.in_favour is not None:
        votes = f"赞成{step.in_favour}票，反对{step.against or 0}票，弃权{step.abstained or 0}票"
    lines = (
        (_label("动议事由"), _value(_motives(facts), 5)),
        (_label(f"{step.label}事项"), _value(facts.name, 5)),
        (_label("时间"), _value(_day(step.day), 2), _label("会议形式"), _value(step.form, 2)),
        (
            *(_label("应到"), _value(_people(step.entitled))),
            *(_label("实到"), _value(_people(step.present))),
            *(_label("比例"), _value(share)),
        ),
        (_label("须到"), _value(_people(step.needed)), _label("表决"), _value(votes, 3)),
        (_label("内容"), _value(facts.content, 5, 34)),
        (_label(f"{step.label}意见"), _value(step.content, 5, 34)),
        (_label("留存材料"), _value(step.paper, 5)),
        (_label("参会人员签字"), _value("", 5, 46)),
        (_label("乡镇参会人员签字（含职务）"), _value("", 5, 22)),
    )
    return FormGrid((1.7, 1.5, 1.1, 1.5, 1.1, 1.5), lines)


def _open_sheet(facts: ProcedureFacts, step: StepFacts) -> FormGrid:
    lines = (
        (_label("动议事由"), _value(_motives(facts), 5)),
        (_label("公开事项"), _value(facts.name, 5)),
        (_label("公开时间"), _value(_day(step.day), 5)),
        (_label("公开情况"), _value(step.content, 5, 60)),
        (_label("公告编号"), _value(step.paper, 5)),
        (_label("监督意见"), _value(step.supervision, 5, 46)),
        (_label("监督人签字"), _value("", 5, 26)),
    )
    return FormGrid((1.7, 1.5, 1.1, 1.5, 1.1, 1.5), lines)


def _motives(facts: ProcedureFacts) -> str:
    return "　".join(f"{'☑' if one == facts.motive else '□'}{one}" for one in facts.motives)


def _people(count: int | None) -> str:
    return "" if count is None else f"{count}人"


def _day(day: date | None) -> str:
    return show_day(day) if day is not None else ""


def _label(text: str) -> FormCell:
    return FormCell(text, is_label=True)


def _value(text: str, columns: int = 1, height: float | None = None) -> FormCell:
    return FormCell(text, columns=columns, height=height, align="left" if columns > 1 else None)
