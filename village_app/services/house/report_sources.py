"""What the reports count: every line is the sum of rows that can be opened one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal

from village_app.db.records.issues import Issue
from village_app.db.records.meetings import AgendaItem, Meeting
from village_app.db.records.notices import NOTICE_KINDS, Notice
from village_app.db.records.projects import Payment, Project
from village_app.db.records.resolutions import Resolution
from village_app.domain.calendar import CHINA
from village_app.domain.periods import Period
from village_app.services.issues.issues import Issues
from village_app.services.issues.rights import sees_all, visible
from village_app.services.money.ledger_accounts import LedgerAccounts
from village_app.services.session import Session

Unit = Literal["count", "money"]
_BY_CATEGORY, _PAID_FROM = 100, 200
_OTHER = "没有归类"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One record behind a figure; `page` is blank where this user may not open it."""

    page: str
    record: int
    title: str
    note: str
    amount: int = 1


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line: its lasting number, label, unit, measure word, and the rows it is the sum of."""

    number: int
    label: str
    unit: Unit
    measure: str
    rows: tuple[ReportRow, ...]

    @property
    def value(self) -> int:
        """The sum of the rows: a count, or 分."""
        return sum(row.amount for row in self.rows)


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One report: code, the digit on paper, title, the right to see it, how it is made."""

    code: str
    digit: int
    title: str
    action: str
    lines: Callable[[Session, Period], list[ReportLine]]


def moments(period: Period) -> tuple[datetime, datetime]:
    """Give the first moment of a period and the first after it."""
    start = datetime.combine(period.first, time(), CHINA)
    return start, datetime.combine(period.last + timedelta(days=1), time(), CHINA)


def _count(
    number: int, label: str, measure: str, rows: Iterable[ReportRow], unit: Unit = "count"
) -> ReportLine:
    return ReportLine(number, label, unit, measure, tuple(rows))


# Only what a report reads of a matter: a year of a large village has thousands.
_OF_ISSUE = (
    *(Issue.id, Issue.at, Issue.closed_at, Issue.first_due, Issue.satisfaction),
    *(Issue.category, Issue.heading, Issue.number),
)


def issue_lines(session: Session, period: Period) -> list[ReportLine]:
    """Count matters taken up in the period, how they ended, and by category."""
    start, end = moments(period)
    query = session.store.select(Issue, *_OF_ISSUE).where(
        Issue.at >= start, Issue.at < end, Issue.state.not_in(("void",))
    )
    found = session.store.rows(query.order_by(Issue.at).namedtuples())
    seen = {one.id for one in found}
    if not sees_all(session):
        ids = session.store.select(Issue, Issue.id).where(Issue.at >= start, Issue.at < end)
        seen = {one for (one,) in session.store.rows(ids.where(visible(session)).tuples())}
    as_rows = {one.id: _issue_row(one, one.id in seen) for one in found}

    def rows(chosen: Iterable[Any]) -> list[ReportRow]:
        return [as_rows[one.id] for one in chosen]

    closed = [one for one in found if one.closed_at is not None]
    in_time = [one for one in closed if one.first_due is None or one.closed_at <= one.first_due]
    content = [one for one in found if one.satisfaction in ("very", "satisfied", "fairly")]
    lines = [
        _count(1, "登记诉求", "件", rows(found)),
        _count(2, "其中已办结", "件", rows(closed)),
        _count(3, "其中按期办结", "件", rows(in_time)),
        _count(4, "回访满意", "件", rows(content)),
    ]
    known = [one.name for one in Issues(session).categories()]
    by_name: dict[str, list[Any]] = {}
    for one in found:
        by_name.setdefault(one.category if one.category in known else _OTHER, []).append(one)
    lines += [
        _count(_BY_CATEGORY + place, f"类别：{name}", "件", rows(by_name[name]))
        for place, name in enumerate([*known, _OTHER])
        if name in by_name
    ]
    return lines


def _issue_row(issue: Any, is_seen: bool) -> ReportRow:
    """Show a matter; a confidential one is counted and not shown."""
    if not is_seen:
        return ReportRow("", 0, "保密的一件", "只计数，不列内容")
    day = issue.at.astimezone(CHINA).date()
    return ReportRow("issues", issue.id, issue.heading, f"{issue.number}　{day}")


def money_lines(session: Session, period: Period) -> list[ReportLine]:
    """Add up income and expense by account, each entry a row; a red entry takes off."""
    accounts = {one.id: one for one in LedgerAccounts(session).listed(with_inactive=True)}
    entries = session.store.sql(
        "SELECT id, debit_id, credit_id, amount, day, voucher, summary FROM ledger_entry "
        "WHERE book = 'money' AND day BETWEEN ? AND ? ORDER BY day, id",
        (period.first.isoformat(), period.last.isoformat()),
    )
    sums: dict[str, dict[int, list[ReportRow]]] = {"income": {}, "expense": {}}
    for record, debit, credit, amount, day, voucher, summary in entries:
        for account, gains in ((debit, "expense"), (credit, "income")):
            nature = accounts[account].nature if account in accounts else ""
            if nature not in sums:
                continue
            sign = 1 if nature == gains else -1
            row = ReportRow("money", record, summary, f"{day}　{voucher or ''}", sign * amount)
            sums[nature].setdefault(account, []).append(row)
    lines = []
    for number, nature, word in ((1, "income", "收入"), (2, "expense", "支出")):
        by_account = sums[nature]
        every = [row for rows in by_account.values() for row in rows]
        lines.append(_count(number, f"{word}合计", "元", every, "money"))
        for account in sorted(by_account, key=lambda one: str(accounts[one].code)):
            named = accounts[account]
            label = f"{word}：{named.name}"
            code = _digits(named.code, account)
            lines.append(_count(code, label, "元", by_account[account], "money"))
    return lines


def _digits(code: str | None, otherwise: int) -> int:
    """Give an account's code as three digits; one without such a code gets its id's last ones."""
    text = (code or "")[:3]
    return int(text) if text.isdecimal() else 900 + otherwise % 100


def project_lines(session: Session, period: Period) -> list[ReportLine]:
    """Count projects begun and finished, and add up what was paid, by project."""
    store = session.store
    projects = store.rows(store.select(Project).order_by(Project.id))
    begun = [
        one
        for one in projects
        if one.approved_on is not None and period.first <= one.approved_on <= period.last
    ]
    paid: dict[int, list[ReportRow]] = {}
    query = store.select(Payment).where(
        Payment.state == "paid", Payment.day.between(period.first, period.last)
    )
    for one in store.rows(query.order_by(Payment.day, Payment.id)):
        note = f"{one.day}　{one.voucher or ''}"
        row = ReportRow("projects", one.project_id, one.label, note, one.amount)
        paid.setdefault(one.project_id, []).append(row)
    rows = [ReportRow("projects", one.id, one.name, one.number or "") for one in begun]
    lines = [
        _count(1, "立项", "个", rows),
        _count(2, "付工程款合计", "元", (row for each in paid.values() for row in each), "money"),
    ]
    lines += [
        _count(_PAID_FROM + place, f"付款：{one.name}", "元", paid[one.id], "money")
        for place, one in enumerate(projects)
        if one.id in paid
    ]
    return lines


def meeting_lines(session: Session, period: Period) -> list[ReportLine]:
    """Count meetings held, items on their agendas, decisions made and carried out."""
    store = session.store
    held = store.rows(
        store.select(Meeting)
        .where(
            Meeting.day.between(period.first, period.last),
            Meeting.state.in_(("running", "closed", "final")),
        )
        .order_by(Meeting.day)
    )
    items = store.rows(
        store.select(AgendaItem).where(AgendaItem.meeting_id.in_([one.id for one in held]))
    )
    decided = store.rows(
        store.select(Resolution).where(Resolution.day.between(period.first, period.last))
    )
    done = store.rows(
        store.select(Resolution).where(Resolution.done_on.between(period.first, period.last))
    )
    return [
        _count(
            1,
            "召开会议",
            "次",
            (ReportRow("meetings", one.id, one.name, str(one.day)) for one in held),
        ),
        _count(
            2,
            "讨论议题",
            "个",
            (ReportRow("meetings", one.meeting_id, one.name, "议题") for one in items),
        ),
        _count(3, "形成决议", "件", _resolution_rows(decided)),
        _count(4, "落实决议", "件", _resolution_rows(done)),
    ]


def _resolution_rows(found: Sequence[Any]) -> list[ReportRow]:
    return [ReportRow("resolutions", one.id, one.name, f"{one.number}　{one.day}") for one in found]


def notice_lines(session: Session, period: Period) -> list[ReportLine]:
    """Count what was posted in the period, by kind."""
    start, end = moments(period)
    query = session.store.select(Notice).where(
        Notice.published_at >= start, Notice.published_at < end, Notice.number.is_null(False)
    )
    found = session.store.rows(query.order_by(Notice.published_at))

    def rows(chosen: Iterable[Notice]) -> list[ReportRow]:
        return [ReportRow("notices", one.id, one.heading, one.number or "") for one in chosen]

    words = [option.code for option in NOTICE_KINDS.options]
    lines = [_count(1, "张贴公示公告", "份", rows(found))]
    lines += [
        _count(
            10 + words.index(code),
            f"类别：{NOTICE_KINDS.show(code)}",
            "份",
            rows(one for one in found if one.kind == code),
        )
        for code in words
        if any(one.kind == code for one in found)
    ]
    return lines


KINDS: tuple[ReportKind, ...] = (
    ReportKind("issues", 1, "民情诉求办理情况", "issues.read", issue_lines),
    ReportKind("money", 2, "财务收支情况", "money.read", money_lines),
    ReportKind("projects", 3, "项目资金使用情况", "projects.read", project_lines),
    ReportKind("meetings", 4, "会议和决议情况", "meetings.read", meeting_lines),
    ReportKind("notices", 5, "公开公示情况", "notices.read", notice_lines),
)
