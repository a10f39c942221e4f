"""Papers of a meeting: 会议通知, 签到表, 会议记录, 决议, 表决票; pure functions of facts.

The minutes follow the required content of 会议记录 (header, each item with its own 应到 and 实到,
signatures); absent, abstaining and recused are three figures and never one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day, weekday_word
from village_app.domain.kinds import COUNT, TEXT
from village_app.domain.numerals import to_chinese
from village_app.papers.blocks import (
    Block,
    Column,
    FormCell,
    FormGrid,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    Signature,
    SignLines,
    Spacer,
    Table,
)
from village_app.papers.filling import DATE, PERIOD, place_for

SIGN_IN_ROWS = 30
LARGE_ROWS = 15
_OUTSIDE = {"open": "未议", "postponed": "暂缓，转下次会议", "reviewed": "已审议，无表决"}


@dataclass(frozen=True, slots=True)
class VoteFacts:
    """One vote as the papers say it."""

    kind: str
    entitled: int
    present: int
    absent: int
    recused: int
    in_favour: int | None
    against: int | None
    abstained: int | None
    attendance_needed: int
    votes_needed: int
    word: str
    rule: str
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One line of the agenda with what was said and decided."""

    number: str
    depth: int
    name: str
    state: str
    reporter: str = ""
    proposer: str = ""
    minutes: int | None = None
    is_internal: bool = False
    report: str = ""
    discussion: str = ""
    speeches: tuple[tuple[str, int, str], ...] = ()
    recused: tuple[tuple[str, str], ...] = ()
    decision: str = ""
    vote: VoteFacts | None = None
    resolution: str = ""
    responsible: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Entitled:
    """One person of the roster and how the person came."""

    name: str
    office: str = ""
    group: str = ""
    state: str = "absent"
    proxy: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A whole meeting as the papers say it."""

    name: str
    body: str
    day: date
    starts: str
    ends: str
    place: str
    chair: str
    recorder: str
    form: str
    guests: str
    supervision: str
    issuer: str
    rule: str
    people: tuple[Entitled, ...]
    items: tuple[ItemFacts, ...]

    def came(self, *states: str) -> tuple[Entitled, ...]:
        return tuple(one for one in self.people if one.state in states)

    @property
    def attended(self) -> tuple[Entitled, ...]:
        """Give who came at all, those who left again included."""
        return self.came("present", "late", "proxy", "left")


def build_meeting_notice(facts: MeetingFacts) -> Paper:
    """Build 会议通知: when, where, who, which items; internal items stand on it as well."""
    when = f"{show_day(facts.day)}（{weekday_word(facts.day)}）{facts.starts}"
    items = tuple(
        Paragraph(f"{one.number}{'、' if one.depth == 0 else ' '}{one.name}{_by(one)}")
        for one in facts.items
    )
    return Paper(
        "notice",
        f"关于召开{facts.name}的通知",
        (
            Paragraph(f"经研究，定于{when}在{facts.place}召开{facts.name}。现将有关事项通知如下："),
            Heading("一、会议议题", 1),
            *items,
            Heading("二、参加人员", 1),
            Paragraph(f"{facts.body}组成人员，共{len(facts.people)}人。"),
            *((Paragraph(f"列席：{facts.guests}。"),) if facts.guests else ()),
            Heading("三、有关要求", 1),
            Paragraph(
                "请按时到会签到。因故不能到会的，请提前向会议记录人请假并说明事由；"
                "与议题有利害关系的，请在表决前说明并回避。"
            ),
            Signature((facts.issuer,), place_for(DATE)),
        ),
        to="各位参会人员：",
    )


def _by(item: ItemFacts) -> str:
    parts = [f"汇报人：{item.reporter}"] if item.reporter else []
    parts += [f"约{item.minutes}分钟"] if item.minutes else []
    return f"（{'，'.join(parts)}）" if parts else ""


def build_sign_in(facts: MeetingFacts, *, large: bool = False) -> Paper:
    """Build 签到表: 30 lines a page, or 15 in large lines; each page carries its own head."""
    rows = LARGE_ROWS if large else SIGN_IN_ROWS
    pages = -(-max(1, len(facts.people)) // rows)
    blocks: list[Block] = []
    for page in range(pages):
        if page:
            blocks.append(PageBreak())
        part = facts.people[page * rows : (page + 1) * rows]
        blocks.append(_sign_in_page(facts, part, page * rows, large=large))
    return Paper("list", f"{facts.name}签到表", tuple(blocks))


def _sign_in_page(
    facts: MeetingFacts, part: Sequence[Entitled], before: int, *, large: bool
) -> FormGrid:
    when = f"{show_day(facts.day)} {facts.starts}　{facts.place}　应到{len(facts.people)}人"
    head = ("序号", "姓名", "小组", "签名", "时间", "受托人")
    lines = [
        (FormCell(when, columns=len(head), align="left"),),
        tuple(FormCell(text, is_label=True) for text in head),
    ]
    for at, one in enumerate(part, before + 1):
        cells = (str(at), one.name, one.group, "", "", one.proxy)
        lines.append(tuple(FormCell(text, align="center") for text in cells))
    height = 13.5 if large else 6.9
    return FormGrid((1, 2, 2, 3, 1.6, 2), tuple(lines), row_height=height)


def vote_sentence(vote: VoteFacts) -> str:
    """Say one vote: who could vote, every figure by itself, what was needed, the result."""
    lead = f"应到{vote.entitled}人，实到{vote.present}人（须到{vote.attendance_needed}人）"
    aside = f"，回避{vote.recused}人" if vote.recused else ""
    absent = f"，未到{vote.absent}人" if vote.absent else ""
    if vote.in_favour is None:
        return f"{lead}{absent}，未达法定人数，没有表决。依据：{vote.rule}。"
    papers = ""
    if vote.issued is not None and vote.returned is not None:
        papers = (
            f"发出表决票{vote.issued}张，收回{vote.returned}张，"
            f"未收回{vote.issued - vote.returned}张；有效{vote.valid}张，无效{vote.invalid}张。"
        )
    return (
        f"{lead}{absent}{aside}。{vote.kind}表决：{papers}赞成{vote.in_favour}票，"
        f"反对{vote.against}票，弃权{vote.abstained}票；须{vote.votes_needed}票赞成，{vote.word}。"
    )


def build_minutes(facts: MeetingFacts, *, version: int = 1) -> Paper:
    """Build 会议记录: header, each item with report, talk, vote and decision, signatures."""
    blocks: list[Block] = [_header(facts)]
    for one in facts.items:
        blocks += _item_blocks(one)
    blocks += _signatures(facts)
    title = f"{facts.name}记录" + (f"（第{to_chinese(version)}版）" if version > 1 else "")
    return Paper("notice", title, tuple(blocks), meta={"sheet": "minutes"})


def _header(facts: MeetingFacts) -> FormGrid:
    times = f"{show_day(facts.day)} {facts.starts}" + (f"至{facts.ends}" if facts.ends else "")
    excused = "；".join(
        f"{one.name}（{one.reason}）" if one.reason else one.name for one in facts.came("leave")
    )
    proxies = "；".join(f"{one.name}委托{one.proxy}" for one in facts.came("proxy"))
    pairs = (
        (("会议类别", facts.body), ("会议形式", facts.form or "现场会议")),
        (("时间", times), ("地点", facts.place)),
        (("主持人", facts.chair), ("记录人", facts.recorder)),
        (("应到", f"{len(facts.people)}人"), ("实到", f"{len(facts.attended)}人")),
    )
    wide = (
        ("请假", excused or "无"),
        ("缺席", _names(facts.came("absent"))),
        ("迟到", _names(facts.came("late"))),
        ("中途离场", _names(facts.came("left"))),
        ("委托", proxies or "无"),
        ("列席", facts.guests or "无"),
        ("监委会到会", facts.supervision or "无"),
    )
    lines = [
        tuple(cell for label, text in pair for cell in (_label(label), FormCell(text)))
        for pair in pairs
    ]
    lines += [(_label(label), FormCell(text, columns=3, align="left")) for label, text in wide]
    return FormGrid((1.5, 3, 1.5, 3), tuple(lines), row_height=8.5)


def _names(people: Sequence[Entitled]) -> str:
    return "、".join(one.name for one in people) or "无"


def _item_blocks(item: ItemFacts) -> list[Block]:
    mark = "、" if item.depth == 0 else " "
    blocks: list[Block] = [Heading(f"{item.number}{mark}{item.name}", min(item.depth + 1, 3))]
    if item.proposer or item.reporter:
        said = (("提出", item.proposer), ("汇报", item.reporter))
        blocks.append(Paragraph("，".join(f"{what}：{who}" for what, who in said if who) + "。"))
    if item.report:
        blocks.append(Paragraph(f"汇报要点：{item.report}"))
    blocks += [Paragraph(f"{name}：{text}") for name, _seconds, text in item.speeches if text]
    if item.discussion:
        blocks.append(Paragraph(f"讨论：{item.discussion}"))
    if item.speeches:
        blocks.append(Paragraph(f"发言时间：{_speaking(item.speeches)}。"))
    blocks += [Paragraph(f"{name}因{reason}回避。") for name, reason in item.recused]
    if item.vote is not None:
        blocks.append(Paragraph(vote_sentence(item.vote)))
    elif item.state in _OUTSIDE:
        blocks.append(Paragraph(f"结论：{_OUTSIDE[item.state]}。"))
    if item.vote is not None and item.state == "carried":
        number = f"（{item.resolution}）" if item.resolution else ""
        blocks.append(Paragraph(f"决议内容{number}：{item.decision or item.name}"))
        blocks += _follow_up(item)
    return blocks


def _follow_up(item: ItemFacts) -> list[Block]:
    parts = [f"责任人：{item.responsible}"] if item.responsible else []
    parts += [f"完成时限：{show_day(item.due_on)}"] if item.due_on else []
    return [Paragraph("，".join(parts) + "。")] if parts else []


def _speaking(speeches: Sequence[tuple[str, int, str]]) -> str:
    totals: dict[str, int] = {}
    for name, seconds, _text in speeches:
        totals[name] = totals.get(name, 0) + seconds
    return "，".join(f"{name}{one // 60}分{one % 60:02d}秒" for name, one in totals.items())


def _signatures(facts: MeetingFacts) -> list[Block]:
    """The signatures follow a sentence that keeps with them, so that they never stand alone."""
    names = facts.attended
    lines = [tuple(_label(text) for text in ("序号", "姓名", "身份", "签名", "联系电话"))]
    lines += [
        tuple(FormCell(text, align="center") for text in (str(at), one.name, one.office, "", ""))
        for at, one in enumerate(names, 1)
    ]
    return [
        Paragraph("以上记录经与会人员核对无误。", keep_with_next=True),
        SignLines((("主持人", ""), ("记录人", ""), ("监督", ""))),
        Heading("与会人员签名", 1),
        FormGrid((1, 2, 2.4, 3, 3), tuple(lines), row_height=8),
    ]


@dataclass(frozen=True, slots=True)
class ResolutionFacts:
    """One decision: its number, subject, text and vote."""

    number: str
    name: str
    text: str
    vote: VoteFacts
    is_published: bool = True


def build_resolution(facts: MeetingFacts, decided: ResolutionFacts, *, public: bool) -> Paper:
    """Build 决议; the public one carries the posting period, filled in when it is posted."""
    vote = decided.vote
    beside = f"，{facts.supervision}列席" if facts.supervision else ""
    recused = f"，回避{vote.recused}人" if vote.recused else ""
    period = f"，公示期{place_for(PERIOD)}" if public else ""
    lines = [one.strip() for one in decided.text.splitlines() if one.strip()]
    texts = lines if len(lines) == 1 else [f"{to_chinese(n)}、{t}" for n, t in enumerate(lines, 1)]
    return Paper(
        "notice",
        f"{facts.body}关于{decided.name}的决议",
        (
            Paragraph(decided.number, indent=0, align="center"),
            Paragraph(
                f"{show_day(facts.day)}，{facts.issuer}在{facts.place}召开{facts.body}。"
                f"应到{vote.entitled}人，表决时实到{vote.present}人，符合法定人数{recused}。"
                f"会议由{facts.chair}主持{beside}。会议审议了{decided.name}，经{vote.kind}表决，"
                f"赞成{vote.in_favour}票，反对{vote.against}票，弃权{vote.abstained}票，"
                "形成决议如下："
            ),
            *(Paragraph(text) for text in texts),
            Paragraph(f"本决议自通过之日起生效{period}。"),
            Signature((facts.issuer,), place_for(DATE) if public else show_day(facts.day)),
        ),
        public=public,
        meta={"sheet": "resolution"},
    )


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of 决议台账."""

    number: str
    day: date
    name: str
    votes: str
    responsible: str
    due_on: date | None
    state: str
    done_on: date | None
    reason: str


def build_resolution_ledger(title: str, lines: Sequence[LedgerLine], issuer: str) -> Paper:
    """Build 决议台账: decided against done, the reason beside what is not done."""
    columns = tuple(
        Column(label, TEXT if label != "序号" else COUNT, width=width)
        for label, width in (
            *(("序号", 0.8), ("决议编号", 3.2), ("日期", 1.9), ("决议事项", 4)),
            *(("表决", 3), ("责任人", 1.6), ("时限", 1.9), ("落实", 1.5), ("说明", 2.6)),
        )
    )
    rows = tuple(
        Row(
            (
                at,
                one.number,
                one.day.isoformat(),
                one.name,
                one.votes,
                one.responsible,
                one.due_on.isoformat() if one.due_on else "",
                one.state,
                one.reason or (one.done_on.isoformat() if one.done_on else ""),
            )
        )
        for at, one in enumerate(lines, 1)
    )
    done = sum(one.state == "已办成" for one in lines)
    return Paper(
        "list",
        title,
        (
            Paragraph(f"共议决{len(lines)}件，已办成{done}件，未办成{len(lines) - done}件。"),
            Table(columns, rows),
            SignLines((("填表人", ""), ("审核人", ""), ("日期", ""))),
        ),
        number=issuer,
        landscape=True,
    )


def build_ballots(facts: MeetingFacts, item: ItemFacts, count: int) -> Paper:
    """Build `count` numbered-less ballot papers for one item, three on a page."""
    blocks: list[Block] = []
    for at in range(count):
        if at and at % 3 == 0:
            blocks.append(PageBreak())
        elif at:
            blocks.append(Spacer(1))
        blocks.append(_ballot(facts, item))
    return Paper("form", f"{facts.body}表决票", tuple(blocks), page_numbers=False)


def _ballot(facts: MeetingFacts, item: ItemFacts) -> FormGrid:
    lines = (
        (FormCell(f"{facts.name}表决票　{show_day(facts.day)}", is_label=True, columns=3),),
        (FormCell(f"议题{item.number}：{item.decision or item.name}", columns=3, height=16),),
        tuple(FormCell(word, is_label=True) for word in ("赞成", "反对", "弃权")),
        tuple(FormCell("", height=14) for _ in range(3)),
        (
            FormCell(
                "请在一个意见下面的空格里打“√”；不打或多打的为无效票。", columns=3, align="left"
            ),
        ),
    )
    return FormGrid((1, 1, 1), lines)


def build_attendance_report(
    title: str, lines: Sequence[tuple[str, str, int, int, str]], issuer: str
) -> Paper:
    """Build 到会情况表: name, office, meetings held since the seat began, attended, share."""
    columns = (
        Column("序号", COUNT, width=1),
        Column("姓名", TEXT, width=2),
        Column("身份", TEXT, width=2.4),
        Column("任期内应到（次）", COUNT, width=2),
        Column("实到（次）", COUNT, width=1.6),
        Column("到会率", TEXT, width=1.6),
    )
    rows = tuple(Row((at, *line)) for at, line in enumerate(lines, 1))
    return Paper(
        "table",
        title,
        (
            Table(columns, rows, notes=("从本人任职之日起算；委托他人到会的计为到会。",)),
            Signature((issuer,), place_for(DATE)),
        ),
        public=True,
    )


def _label(text: str) -> FormCell:
    return FormCell(text, is_label=True)
