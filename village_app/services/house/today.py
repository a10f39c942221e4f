"""今日待办: what must be done, from every subject, by urgency and due day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from village_app.db.records.issues import Issue, Task
from village_app.db.records.meetings import Meeting
from village_app.db.records.money import Question
from village_app.db.records.notices import Notice
from village_app.db.records.projects import Payment, Project, Settlement
from village_app.domain.calendar import CHINA
from village_app.domain.issue_course import OPEN_STATES, IssueLight, light_of
from village_app.domain.money import show_money
from village_app.domain.permissions import may
from village_app.services.house.today_calendar import CALENDAR_SOURCES
from village_app.services.house.today_items import Source, TodayItem, day_light
from village_app.services.issues.rights import visible
from village_app.services.rules import Rules
from village_app.services.session import Service, Session, permitted

# Meetings of the coming days stand in the list.
MEETING_DAYS = 7


class Today(Service):
    """Asks every subject whose work the user may do."""

    @permitted("settings.read")
    def items(self) -> list[TodayItem]:
        """Give all that is to be done, by urgency, then by due day; a backlog comes last."""
        found = [
            item
            for source in SOURCES
            if may(self.session.user.role, source.action)
            for item in source.items(self.session)
        ]
        return sorted(found, key=_order)


_URGENCY = {"over": 0, "today": 1, "soon": 2, "ok": 3, "hold": 4, "done": 5}


def _order(item: TodayItem) -> tuple[bool, int, date, str]:
    return (item.backlog, _URGENCY[item.light.kind], item.due or date.max, item.title)


_VERBS = {
    "registered": "受理",
    "accepted": "交办",
    "working": "催办",
    "answering": "反馈",
    "visiting": "回访",
    "held": "复查",
    "reported": "跟踪",
}


def _issues(session: Session) -> Iterator[TodayItem]:
    rules = Rules(session)
    calendar, now = rules.calendar(), session.now()
    soon = rules.on("issue_limits")["remind_work_days"]
    query = session.store.select(Issue).where(Issue.state.in_(OPEN_STATES), visible(session))
    for one in session.store.rows(query.order_by(Issue.due).limit(200)):
        light = light_of(one.state, one.due, now, calendar, soon)
        due = one.due.astimezone(CHINA).date() if one.due else None
        if one.state == "held" and one.hold_until is not None:
            due, light = one.hold_until, day_light(session, one.hold_until)
        note = " · ".join(part for part in (one.number, one.handler) if part)
        yield TodayItem(
            light, due, one.heading, note, "issues", one.id, _VERBS[one.state], one.handler or ""
        )


def _tasks(session: Session) -> Iterator[TodayItem]:
    query = session.store.select(Task).where(Task.state == "open").order_by(Task.due_on)
    for one in session.store.rows(query.limit(200)):
        light = day_light(session, one.due_on)
        yield TodayItem(
            light, one.due_on, one.heading, one.owner, "tasks", one.id, "去办", one.owner or ""
        )


def _meetings(session: Session) -> Iterator[TodayItem]:
    """Give meetings that are prepared and near, and those that were held and are not closed."""
    query = session.store.select(Meeting).where(Meeting.state.in_(("planned", "running", "closed")))
    for one in session.store.rows(query.order_by(Meeting.day).limit(50)):
        days = (one.day - session.today()).days
        if one.state == "closed":
            light = IssueLight("ok", "待定稿")
            yield TodayItem(light, one.day, f"{one.name}纪要", "会议", "meetings", one.id, "去定稿")
        elif days <= MEETING_DAYS:
            light = day_light(session, one.day)
            if days == 0 and one.starts:
                light = IssueLight("today", f"今天 {one.starts}")
            note = " · ".join(part for part in ("会议", one.place) if part)
            yield TodayItem(light, one.day, one.name, note, "meetings", one.id, "去开会")


def _notices(session: Session) -> Iterator[TodayItem]:
    """Give posted notices whose period is over or ends today: objections, 期满说明."""
    query = session.store.select(Notice).where(
        Notice.state == "posted", Notice.period_to.is_null(False)
    )
    for one in session.store.rows(query.order_by(Notice.period_to).limit(200)):
        over = one.period_to < session.today()
        light = IssueLight("today", "公示期满") if over else day_light(session, one.period_to)
        verb = "写期满说明" if over else "看异议"
        note = one.number or ""
        yield TodayItem(light, one.period_to, one.heading, note, "notices", one.id, verb)


def _warranties(session: Session) -> Iterator[TodayItem]:
    """Give projects whose retention falls due within the days of the rule and is not returned."""
    days = Rules(session).on("project_warranty")["remind_days"]
    query = session.store.select(Settlement).where(
        Settlement.retention_due.is_null(False), Settlement.retention > 0
    )
    returned = session.store.select(Payment, Payment.project_id).where(
        Payment.kind == "retention", Payment.state == "paid"
    )
    for one in session.store.rows(query.where(Settlement.project_id.not_in(returned))):
        left = (one.retention_due - session.today()).days
        project = session.store.find(Project, one.project_id)
        if project is not None and left <= days:
            light = day_light(session, one.retention_due)
            title = f"{project.name}质保期到期"
            yield TodayItem(
                light, one.retention_due, title, "质保金", "projects", project.id, "查看"
            )


def _questions(session: Session) -> Iterator[TodayItem]:
    """Give questions about projects that wait for a reply."""
    query = session.store.select(Question).where(
        Question.replied_on.is_null(), Question.about_table == "project"
    )
    for one in session.store.rows(query.order_by(Question.due_on).limit(200)):
        light = day_light(session, one.due_on)
        yield TodayItem(light, one.due_on, one.text, "疑问", "projects", one.about_id, "答复")


def _payments(session: Session) -> Iterator[TodayItem]:
    """Give payments that wait for a signature."""
    query = session.store.select(Payment).where(Payment.state == "requested")
    for one in session.store.rows(query.order_by(Payment.id).limit(200)):
        light = IssueLight("today", "等签字")
        note = f"{show_money(one.amount)} 元"
        yield TodayItem(light, None, one.label, note, "projects", one.project_id, "审批")


SOURCES: tuple[Source, ...] = (
    Source("issues.edit", _issues),
    Source("tasks.edit", _tasks),
    Source("meetings.edit", _meetings),
    Source("notices.edit", _notices),
    Source("projects.edit", _warranties),
    Source("supervision.reply", _questions),
    Source("projects.approve", _payments),
    *CALENDAR_SOURCES,
)
