"""Papers of reception days: the registration form, filled or empty, and the month's plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day, weekday_word
from village_app.domain.kinds import COUNT, TEXT
from village_app.papers.blocks import (
    Column,
    FormCell,
    FormGrid,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
)
from village_app.papers.builders.issues import Grid, label, value
from village_app.papers.filling import DATE, place_for

TITLE = "来访接待登记表"


@dataclass(frozen=True, slots=True)
class ReceptionLine:
    """One reception day of the plan."""

    day: date
    hours: str
    host: str
    post: str
    duty: str
    place: str
    shape: str


def build_reception_form(village: str, number: str, filled: Mapping[str, str]) -> Paper:
    """Build the form of one visit; what is not in `filled` stays blank for handwriting."""
    return Paper(
        layout="form",
        title=f"{village}{TITLE}",
        number=f"编号：{number}" if number else "编号：",
        blocks=(_grid(filled),),
        page_numbers=False,
        meta={"sheet": "reception_form"},
    )


def build_blank_forms(village: str, numbers: Sequence[str]) -> Paper:
    """Build a bundle of empty forms, a page each, with the reserved numbers printed in them."""
    blocks: list[FormGrid | PageBreak] = []
    for number in numbers:
        if blocks:
            blocks.append(PageBreak())
        blocks.append(_grid({"number": number}, with_number=True))
    return Paper(
        layout="form",
        title=f"{village}{TITLE}",
        blocks=tuple(blocks),
        page_numbers=False,
        meta={"sheet": "reception_forms"},
    )


Entry = tuple[str, str, int]
_ABOVE: tuple[tuple[Entry, ...], ...] = (
    (("日期", "day", 1), ("接访地点", "place", 3)),
    (("接访人", "host", 1), ("职务", "post", 1), ("陪同人", "companions", 1)),
    (("来访人", "visitor", 1), ("性别", "sex", 1), ("年龄", "age", 1)),
    (("身份证号", "id_number", 3), ("联系电话", "phone", 1)),
    (("住址（组别）", "address", 3), ("初访或重访", "is_first", 1)),
    (("来访人数", "people", 1), ("来访形式", "shape", 1), ("反映类别", "category", 1)),
    (("代表（限五人）", "deputies", 5),),
)
_TALL: tuple[tuple[str, str, float], ...] = (
    ("主要问题", "problem", 24),
    ("诉求", "demand", 15),
    ("现场答复", "reply", 18),
    ("领导批示", "instruction", 15),
)
_BELOW: tuple[tuple[Entry, ...], ...] = (
    (("责任单位或承办人", "handler", 3), ("办理期限", "due", 1)),
    (("办理结果", "result", 5),),
    (("反馈时间和方式", "answer", 3), ("满意度", "satisfaction", 1)),
    (("息访意见", "settled", 5),),
    (("来访人签名", "", 2), ("接访人签名", "", 2)),
    (("备注", "note", 5),),
)


def _grid(filled: Mapping[str, str], *, with_number: bool = False) -> FormGrid:
    def line(entries: Sequence[Entry]) -> tuple[FormCell, ...]:
        return tuple(
            cell
            for name, key, columns in entries
            for cell in (label(name), value(filled.get(key, ""), columns))
        )

    tall = tuple(
        (label(name), value(filled.get(key, ""), 5, height)) for name, key, height in _TALL
    )
    number = (line((("编号", "number", 5),)),) if with_number else ()
    lines: Grid = (*number, *map(line, _ABOVE), *tall, *map(line, _BELOW))
    # A day stands on one line; only the longest, 2026年12月13日, takes two.
    return FormGrid((2.25, 2.65, 1.77, 2, 2, 2.75), lines, row_height=8.4)


def build_reception_plan(lines: Sequence[ReceptionLine], month: date, issuer: str) -> Paper:
    """Build the month's plan for the wall: who receives visitors when and where."""
    columns = (
        Column("序号", COUNT, width=1),
        Column("日期", TEXT, width=3.6),
        Column("时间", TEXT, width=2.6),
        Column("接访人", TEXT, width=2),
        Column("职务", TEXT, width=2.4),
        Column("分管工作", TEXT, width=3),
        Column("地点", TEXT, width=3.4),
        Column("形式", TEXT, width=2),
    )
    rows = tuple(
        Row(
            (
                at,
                f"{show_day(one.day)}（{weekday_word(one.day)}）",
                *(one.hours, one.host, one.post, one.duty, one.place, one.shape),
            )
        )
        for at, one in enumerate(lines, 1)
    )
    return Paper(
        layout="table",
        title=f"{month.year}年{month.month}月党员干部接访日安排",
        blocks=(
            Paragraph("村民有事请在接访日前来，也可随时到村委会反映。"),
            Table(columns, rows),
            Signature((issuer,), place_for(DATE)),
        ),
        public=True,
        landscape=True,
        meta={"sheet": "reception_plan"},
    )
