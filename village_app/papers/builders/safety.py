"""Papers about the records themselves: the list of changes, the self-check, one person's data.

Internal papers, pure functions from plain figures to a `Paper`. The list of changes carries the
head of the journal's chain at its foot, so that a printed copy can be compared years later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day
from village_app.domain.kinds import COUNT, TEXT
from village_app.papers.blocks import Column, Heading, Paper, Paragraph, Row, SignLines, Table

_CHECKED = (("经手人", ""), ("监督人", ""), ("负责人", ""))


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of the list of changes, as printed."""

    number: int
    at: str
    user: str
    kind: str
    label: str
    records: int


@dataclass(frozen=True, slots=True)
class PartOfPerson:
    """One part of what is kept of a person: its heading and (label, value) lines."""

    heading: str
    lines: tuple[tuple[str, str], ...]


def build_change_list(
    lines: Sequence[ChangeLine], *, about: str, verified: str, head: str, made_by: str, day: date
) -> Paper:
    """Build 修改记录清单; `about` says what was chosen, `verified` what the check found."""
    columns = (
        Column("编号", COUNT, width=1),
        Column("时间", TEXT, width=2.4),
        Column("经手人", TEXT, width=1.4),
        Column("类别", TEXT, width=1.1),
        Column("事项", TEXT, width=5),
        Column("涉及记录", COUNT, width=1.2),
    )
    rows = tuple(
        Row((one.number, one.at, one.user, one.kind, one.label, one.records)) for one in lines
    )
    return Paper(
        "table",
        "修改记录清单",
        (
            Paragraph(f"{about}共{len(lines)}条。{verified}"),
            Table(columns, rows),
            Paragraph(f"制表人：{made_by}　制表日期：{show_day(day)}", indent=0),
            SignLines(_CHECKED),
        ),
        footer=f"修改记录封印：{head}",
        landscape=True,
        meta={"sheet": "change_list"},
    )


def build_check_report(
    findings: Sequence[tuple[str, str]],
    gaps: Sequence[tuple[str, str]] = (),
    *,
    about: str,
    made_by: str,
    day: date,
) -> Paper:
    """Build 自检报告 from (where, what and its cure); `about` says how much was looked at.

    `gaps` are what is still to be filled in, listed apart: nothing is broken there.
    """
    result = f"发现{len(findings)}处问题，列在下面。" if findings else "没有发现问题。"
    columns = (
        Column("序号", COUNT, width=1),
        Column("位置", TEXT, width=2.5),
        Column("情况和办法", TEXT, width=8),
    )
    rows = tuple(Row((at, where, what)) for at, (where, what) in enumerate(findings, 1))
    listed: tuple[Table | Paragraph, ...] = (Table(columns, rows),) if rows else ()
    if gaps:
        still = "".join(f"{where}：{what}" for where, what in gaps)
        listed = (*listed, Paragraph(f"还要补登的：{still}"))
    return Paper(
        "table",
        "自检报告",
        (
            Paragraph(f"{about}{result}"),
            *listed,
            Paragraph(f"检查人：{made_by}　检查日期：{show_day(day)}", indent=0),
            SignLines(_CHECKED),
        ),
        meta={"sheet": "check_report"},
    )


def build_rescue_list(lines: Sequence[tuple[str, int, str]], *, made_by: str, day: date) -> Paper:
    """Build 抢救清单 from (kind of record, how many came out, which are lost in words)."""
    columns = (
        Column("记录", TEXT, width=2.5),
        Column("抢救出", COUNT, width=1.5),
        Column("读不出来的", TEXT, width=7),
    )
    lost = sum(1 for _, _, words in lines if words)
    result = f"有{lost}种记录没有全部读出来。" if lost else "全部读出来了。"
    rows = tuple(Row((title, saved, words or "没有")) for title, saved, words in lines)
    return Paper(
        "table",
        "抢救清单",
        (
            Paragraph(f"{result}读不出来的，可以从备份取回，或者照原来的纸补登。"),
            Table(columns, rows),
            Paragraph(f"经手人：{made_by}　日期：{show_day(day)}", indent=0),
            SignLines(_CHECKED),
        ),
        meta={"sheet": "rescue_list"},
    )


def build_person_paper(
    name: str, parts: Sequence[PartOfPerson], *, issuer: str, made_by: str, day: date
) -> Paper:
    """Build 个人信息查阅单: all that is kept of one person, printed at his request.

    Personal Information Protection Law (个人信息保护法) article 45: the right to look and to copy.
    """
    columns = (Column("项目", TEXT, width=1), Column("内容", TEXT, width=3))
    blocks: list[Heading | Table | Paragraph | SignLines] = [
        Paragraph(
            f"应{name}本人申请，{issuer}把登记的本人信息打印如下。"
            "依据：《中华人民共和国个人信息保护法》第四十五条。"
        )
    ]
    for part in parts:
        blocks.append(Heading(part.heading, 1))
        if part.lines:
            blocks.append(Table(columns, tuple(Row(line) for line in part.lines)))
        else:
            blocks.append(Paragraph("没有。"))
    blocks.append(Paragraph(f"打印人：{made_by}　打印日期：{show_day(day)}", indent=0))
    blocks.append(SignLines((("本人签名", ""), ("经办人", ""), ("日期", ""))))
    return Paper("list", "个人信息查阅单", tuple(blocks), meta={"sheet": "person_data"})


def build_handover(
    parts: Sequence[PartOfPerson], *, village: str, made_by: str, day: date
) -> Paper:
    """Build 换届交接清单: lists, balances, seals, unfinished matters, keys; three signatures.

    村民委员会组织法 article 20: the handover is presided over by the election committee and
    supervised by the town.
    """
    columns = (Column("项目", TEXT, width=2), Column("情况", TEXT, width=3))
    blocks: list[Heading | Table | Paragraph | SignLines] = [
        Paragraph(
            f"{village}按照《中华人民共和国村民委员会组织法》第二十条办理换届交接，"
            f"截至{show_day(day)}，移交的资料、账目、印章和未办结事项如下。"
        )
    ]
    for part in parts:
        blocks.append(Heading(part.heading, 1))
        if part.lines:
            blocks.append(Table(columns, tuple(Row(line) for line in part.lines)))
        else:
            blocks.append(Paragraph("没有。"))
    blocks.append(Paragraph(f"制表人：{made_by}", indent=0))
    blocks.append(SignLines((("移交人", ""), ("接收人", ""), ("监交人", ""))))
    blocks.append(SignLines((("移交日期", ""), ("接收日期", ""), ("监交日期", ""))))
    return Paper("list", "换届交接清单", tuple(blocks), seam=True, meta={"sheet": "handover"})
