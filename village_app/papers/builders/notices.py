"""Papers around a notice: its closing statement, objections, seals, catalogue, archive cover.

Pure functions from plain figures to a `Paper`: 公示期满说明, 异议登记与答复书, 用印登记表,
公开档案封面与目录, 村务公开目录, blank forms. Days are printed as GB/T 9704 wants them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day
from village_app.domain.kinds import COUNT, DAY, TEXT
from village_app.papers.blocks import (
    Column,
    FormCell,
    FormGrid,
    Heading,
    Paper,
    Paragraph,
    Row,
    Signature,
    SignLines,
    Table,
)
from village_app.papers.filling import DATE, place_for

_SIGNED = (("填表人", ""), ("审核人", ""), ("负责人", ""))


@dataclass(frozen=True, slots=True)
class PostedFacts:
    """What is said of a notice that hung: title, number, days, place, who posted it."""

    title: str
    number: str
    first: date
    last: date
    place: str
    posted_by: str = ""


@dataclass(frozen=True, slots=True)
class ObjectionFacts:
    """One objection as the papers say it; blank where that step is still to come."""

    number: str
    raised_on: date
    way: str
    content: str
    person: str = ""
    phone: str = ""
    received_by: str = ""
    due_on: date | None = None
    finding: str = ""
    is_founded: bool | None = None
    outcome: str = ""
    reply: str = ""
    replied_on: date | None = None
    replied_by: str = ""


def build_statement(
    posted: PostedFacts, objections: Sequence[ObjectionFacts], signers: Sequence[str]
) -> Paper:
    """Build 公示期满说明: without objections, or with the list of what was answered.

    No objector is named and no objection is quoted: the paper says how many and with what result.
    """
    count = (posted.last - posted.first).days + 1
    opening = (
        f"《{posted.title}》（{posted.number}）自{show_day(posted.first)}至{show_day(posted.last)}"
        f"在{posted.place}公示，共{count}日，现已期满。"
    )
    if not objections:
        blocks = [
            Paragraph(opening),
            Paragraph("公示期间没有收到异议。"),
        ]
        return _statement(posted, blocks, signers)
    rows = tuple(
        Row((at, one.number, one.raised_on, one.way, one.outcome, one.replied_on))
        for at, one in enumerate(objections, 1)
    )
    columns = (
        Column("序号", COUNT, width=1),
        Column("异议编号", TEXT, width=3),
        Column("提出日期", DAY, width=2),
        Column("提出方式", TEXT, width=1.6),
        Column("处理结果", TEXT, width=2.6),
        Column("答复日期", DAY, width=2),
    )
    listed: list[Paragraph | Table] = [
        Paragraph(opening),
        Paragraph(f"公示期间收到异议{len(objections)}件，均已核查并答复，情况如下。"),
        Table(columns, rows),
    ]
    return _statement(posted, listed, signers)


def _statement(
    posted: PostedFacts, blocks: Sequence[Paragraph | Table], signers: Sequence[str]
) -> Paper:
    return Paper(
        "notice",
        f"《{posted.title}》公示期满说明",
        (*blocks, Paragraph("特此说明。"), Signature(tuple(signers), place_for(DATE))),
        public=True,
        meta={"sheet": "posting_statement"},
    )


def build_objection_form(posted: PostedFacts, one: ObjectionFacts, issuer: str) -> Paper:
    """Build 异议登记与答复书, an internal paper: it names who objected."""
    founded = {True: "属实", False: "不属实", None: ""}[one.is_founded]
    lines = (
        (
            _label("异议编号"),
            _value(one.number),
            _label("提出日期"),
            _value(show_day(one.raised_on)),
        ),
        (_label("关联公示"), _value(f"《{posted.title}》（{posted.number}）", 3)),
        (_label("提出人"), _value(one.person or "未署名"), _label("联系方式"), _value(one.phone)),
        (_label("提出方式"), _value(one.way), _label("受理人"), _value(one.received_by)),
        (_label("答复期限"), _value(_day(one.due_on)), _label("是否属实"), _value(founded)),
        (_label("异议内容"), _value(one.content, 3, 34)),
        (_label("核查情况"), _value(one.finding, 3, 40)),
        (_label("处理结果"), _value(one.outcome, 3)),
        (_label("答复内容"), _value(one.reply, 3, 40)),
        (
            _label("答复人"),
            _value(one.replied_by),
            _label("答复日期"),
            _value(_day(one.replied_on)),
        ),
        (_label("提出人意见"), _value("", 3, 26)),
    )
    return Paper(
        "form",
        "异议登记与答复书",
        (
            FormGrid((1.5, 3, 1.5, 3), lines),
            SignLines((("监委会核查", ""), ("提出人签收", ""), ("日期", ""))),
            Signature((issuer,), _day(one.replied_on)),
        ),
        number=one.number,
    )


@dataclass(frozen=True, slots=True)
class SealLine:
    """One use of a seal."""

    number: str
    day: date
    paper: str
    copies: int
    seal: str
    asked_by: str
    approved_by: str
    sealed_by: str
    note: str = ""


def build_seal_register(month: str, uses: Sequence[SealLine], issuer: str) -> Paper:
    """Build 用印登记表 of a month, in the order of the numbers; the copies are added up."""
    columns = (
        Column("编号", TEXT, width=3),
        Column("日期", DAY, width=2.2),
        Column("用印文件", TEXT, width=5),
        Column("份数", COUNT, total="sum", width=1),
        Column("印章", TEXT, width=2.2),
        Column("申请人", TEXT, width=1.6),
        Column("批准人", TEXT, width=1.6),
        Column("盖章人", TEXT, width=1.6),
        Column("备注", TEXT, width=1.8),
    )
    rows = tuple(
        Row(
            (
                *(one.number, one.day, one.paper, one.copies, one.seal),
                *(one.asked_by, one.approved_by, one.sealed_by, one.note),
            )
        )
        for one in uses
    )
    return Paper(
        "list",
        f"{month}用印登记表",
        (Table(columns, rows, has_total=bool(rows)), SignLines(_SIGNED)),
        number=issuer,
        landscape=True,
    )


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """One line of 村务公开目录; `state` is blank on the catalogue itself."""

    code: str
    level: str
    name: str
    basis: str
    frequency: str
    body: str
    place: str
    state: str = ""


def build_catalogue(year: int, lines: Sequence[CatalogueLine], issuer: str) -> Paper:
    """Build 村务公开目录 of a year; the column of states stands only on the year's account."""
    has_states = any(one.state for one in lines)
    columns = [
        Column("代号", TEXT, width=1),
        Column("类别", TEXT, width=1),
        Column("公开事项", TEXT, width=5),
        Column("公开依据", TEXT, width=4),
        Column("公开频次", TEXT, width=1.6),
        Column("公开主体", TEXT, width=2.4),
        Column("公开渠道", TEXT, width=2),
    ]
    if has_states:
        columns.append(Column("公开情况", TEXT, width=2.4))
    rows = []
    for one in lines:
        cells = (one.code, one.level, one.name, one.basis, one.frequency, one.body, one.place)
        rows.append(Row((*cells, one.state) if has_states else cells))
    return Paper(
        "list",
        f"{year}年村务公开{'情况' if has_states else '目录'}",
        (Table(tuple(columns), tuple(rows)), Signature((issuer,), place_for(DATE))),
        public=True,
        landscape=True,
        meta={"sheet": "catalogue"},
    )


def build_archive_cover(
    posted: PostedFacts, papers: Sequence[tuple[str, str]], issuer: str, kept: str
) -> Paper:
    """Build 公开档案封面与目录: what the folder holds, (name, remark) line by line."""
    lines = (
        (_label("公开事项"), _value(posted.title, 3)),
        (_label("编号"), _value(posted.number), _label("保管期限"), _value(kept)),
        (_label("公示起止"), _value(f"{show_day(posted.first)}至{show_day(posted.last)}", 3)),
        (_label("张贴地点"), _value(posted.place), _label("张贴人"), _value(posted.posted_by)),
    )
    rows = tuple(Row((at, name, note)) for at, (name, note) in enumerate(papers, 1))
    columns = (
        Column("序号", COUNT, width=1),
        Column("文件", TEXT, width=6),
        Column("说明", TEXT, width=4),
    )
    return Paper(
        "form",
        "村务公开档案",
        (
            FormGrid((1.5, 3, 1.5, 3), lines),
            Heading("卷内目录", 1),
            Table(columns, rows),
            SignLines((("立卷人", ""), ("审核人", ""), ("归档日期", ""))),
            Signature((issuer,), place_for(DATE)),
        ),
    )


def build_blank_form(title: str, fields: Sequence[str], number: str, issuer: str) -> Paper:
    """Build one numbered blank form: two fields a line, the last one a large space."""
    names = list(fields)
    lines: list[tuple[FormCell, ...]] = []
    while len(names) > 2:
        lines.append((_label(names[0]), _value(""), _label(names[1]), _value("")))
        names = names[2:]
    lines += [(_label(name), _value("", 3, 60)) for name in names]
    return Paper(
        "form",
        title,
        (
            FormGrid((1.5, 3, 1.5, 3), tuple(lines)),
            SignLines((("填表人签名", ""), ("经办人", ""), ("日期", ""))),
            Signature((issuer,), "年　　月　　日"),
        ),
        number=number,
    )


def _label(text: str) -> FormCell:
    return FormCell(text, is_label=True)


def _value(text: str, columns: int = 1, height: float | None = None) -> FormCell:
    return FormCell(text, columns=columns, height=height)


def _day(day: date | None) -> str:
    return show_day(day) if day is not None else ""
