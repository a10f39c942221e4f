"""Somebody in the civic life of the village: matters, meetings, votes, decisions, notices."""

from __future__ import annotations

import peewee

from village_app.db.records.bodies import Membership
from village_app.db.records.issues import Issue
from village_app.db.records.meetings import AgendaItem, AttendanceMark, Meeting
from village_app.db.records.notices import Notice
from village_app.db.records.posting import Objection
from village_app.db.records.resolutions import Resolution
from village_app.db.records.votes import HouseholdStatement, Vote, Voter
from village_app.domain.calendar import CHINA
from village_app.services.issues.rights import visible
from village_app.services.register.dossier_lines import MOST, About, DossierLine, Lines, PartFinder
from village_app.services.session import Session


def _issues(session: Session, about: About) -> Lines:
    linked = Issue.reporter_id.in_(about.ids)
    if about.household is not None:
        linked |= Issue.household_id == about.household.id
    named = Issue.reporter_id.is_null() & Issue.reporter.in_(about.names)
    behalf = Issue.behalf_of.in_(about.names)
    query = session.store.select(Issue).where(visible(session), linked | named | behalf)
    state = Issue.declaration("state").kind
    for one in session.store.rows(query.order_by(Issue.at.desc()).limit(MOST)):
        name = one.reporter if one.reporter in about.names else one.behalf_of
        certain = one.reporter_id in about.ids or (
            about.household is not None and one.household_id == about.household.id
        )
        doubt = "" if certain or name is None else about.doubt(name)
        note = "，".join(part for part in (one.number, state.show(one.state), doubt) if part)
        day = one.at.astimezone(CHINA).date()
        yield DossierLine(day, "诉求", one.heading, note, "issues", one.id)


def _meetings(session: Session, about: About) -> Lines:
    state = AttendanceMark.declaration("state").kind
    query = (
        session.store.select(AttendanceMark)
        .join(Meeting, on=(AttendanceMark.meeting_id == Meeting.id))
        .switch(AttendanceMark)
        .join(Membership, on=(AttendanceMark.membership_id == Membership.id))
        .where(Membership.resident_id.in_(about.ids))
        .columns(
            *(Meeting.id, Meeting.day, Meeting.name, AttendanceMark.state),
            AttendanceMark.name.alias("who"),
        )
        .order_by(Meeting.day.desc())
        .limit(MOST)
    )
    for meeting_id, day, name, mark, who in session.store.rows(query.tuples()):
        yield DossierLine(day, "会议", name, f"{who}{state.show(mark)}", "meetings", meeting_id)


def _votes(session: Session, about: About) -> Lines:
    standing, choice = Voter.declaration("standing").kind, Voter.declaration("choice").kind
    query = (
        session.store.select(Voter)
        .join(Vote, on=(Voter.vote_id == Vote.id))
        .join(AgendaItem, on=(Vote.item_id == AgendaItem.id))
        .join(Meeting, on=(AgendaItem.meeting_id == Meeting.id))
        .switch(Voter)
        .join(AttendanceMark, on=(Voter.mark_id == AttendanceMark.id))
        .join(Membership, on=(AttendanceMark.membership_id == Membership.id))
        .where(Membership.resident_id.in_(about.ids))
        .columns(
            *(Meeting.id, Meeting.day, AgendaItem.name.alias("item")),
            *(Voter.standing, Voter.choice, Voter.name.alias("who")),
        )
        .limit(MOST)
    )
    for meeting_id, day, item, stood, chose, who in session.store.rows(query.tuples()):
        note = f"{who}{choice.show(chose) or standing.show(stood)}"
        yield DossierLine(day, "表决", item, note, "meetings", meeting_id)
    if about.household is None:
        return
    said = session.store.select(HouseholdStatement).where(
        HouseholdStatement.household == about.household.number
    )
    for one in session.store.rows(said):
        item = session.store.get(AgendaItem, one.item_id)
        note = f"户的意见：{choice.show(one.choice)}{'（已撤回）' if one.is_withdrawn else ''}"
        yield DossierLine(one.day, "表决", item.name, note, "meetings", item.meeting_id)


def _agenda(session: Session, about: About) -> Lines:
    query = (
        session.store.select(AgendaItem)
        .join(Meeting, on=(AgendaItem.meeting_id == Meeting.id))
        .where(AgendaItem.proposer.in_(about.names) | AgendaItem.reporter.in_(about.names))
        .columns(
            *(Meeting.id, Meeting.day, AgendaItem.name, AgendaItem.proposer), AgendaItem.reporter
        )
        .limit(MOST)
    )
    for meeting_id, day, item, proposer, reporter in session.store.rows(query.tuples()):
        name, did = (proposer, "提出") if proposer in about.names else (reporter, "汇报")
        note = f"{name}{did}，{about.doubt(name)}"
        yield DossierLine(day, "议题", item, note, "meetings", meeting_id)


def _resolutions(session: Session, about: About) -> Lines:
    query = session.store.select(Resolution).where(Resolution.responsible.in_(about.names))
    for one in session.store.rows(query.limit(MOST)):
        note = f"{one.responsible}负责落实，{about.doubt(one.responsible)}"
        yield DossierLine(one.day, "决议", one.name, note, "resolutions", one.id)


def _notices(session: Session, about: About) -> Lines:
    state = Notice.declaration("state").kind
    for name in about.names:
        # The name is sought as text, also in the frozen value of the published paper.
        sought = peewee.Value(name, converter=False)
        texts = (Notice.heading, Notice.frozen, Notice.paper)
        hit = [peewee.fn.instr(peewee.fn.coalesce(text, ""), sought) > 0 for text in texts]
        query = session.store.select(Notice).where(hit[0] | hit[1] | hit[2])
        for one in session.store.rows(query.order_by(Notice.id.desc()).limit(MOST)):
            day = one.period_from
            note = (
                f"{one.number or '草稿'}，{state.show(one.state)}，写到{name}，{about.doubt(name)}"
            )
            yield DossierLine(day, "公示", one.heading, note, "notices", one.id)


def _objections(session: Session, about: About) -> Lines:
    query = session.store.select(Objection).where(Objection.person.in_(about.names))
    for one in session.store.rows(query.limit(MOST)):
        note = f"{one.number or ''} {about.doubt(one.person)}".strip()
        yield DossierLine(one.raised_on, "异议", one.content, note, "notices", one.notice_id)


FINDERS = (
    PartFinder("issues.read", _issues),
    PartFinder("meetings.read", _meetings),
    PartFinder("meetings.read", _votes),
    PartFinder("meetings.read", _agenda),
    PartFinder("meetings.read", _resolutions),
    PartFinder("notices.read", _notices),
    PartFinder("supervision.read", _objections),
)
