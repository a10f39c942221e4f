"""Everything about one person or one household, each line with the page and record it opens.

What is linked to the record of the person is certain; what is kept by name alone (a payee, a
notice that names somebody) is found by the name and says so. Rights decide what is looked for at
all: what somebody may not see is neither shown nor counted. A subject adds its finder here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

import peewee

from village_app.db.records.bodies import Membership
from village_app.db.records.issues import Issue
from village_app.db.records.ledger import LedgerEntry
from village_app.db.records.meetings import AgendaItem, AttendanceMark, Meeting
from village_app.db.records.money import Lease
from village_app.db.records.notices import Notice
from village_app.db.records.posting import Objection
from village_app.db.records.projects import Payment, Project
from village_app.db.records.register import HouseholdStep, LifeEvent
from village_app.db.records.residents import Household, Resident
from village_app.db.records.resolutions import Resolution
from village_app.db.records.votes import HouseholdStatement, Vote, Voter
from village_app.domain.calendar import CHINA
from village_app.domain.money import show_money
from village_app.domain.permissions import may
from village_app.services.household_book import HouseholdBook
from village_app.services.issue_rights import visible
from village_app.services.session import Service, Session, permitted

MOST = 200
BY_NAME = "按姓名找到"
BY_SHARED_NAME = "村里有人同名，请核对"


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One line: when, which part (诉求), what, a note, and the page and record to open.

    `page` is blank where the line stands for itself.
    """

    day: date | None
    part: str
    title: str
    note: str = ""
    page: str = ""
    record: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """Whom the lines are about: the ids and names of people, names shared with others, a house."""

    ids: tuple[int, ...]
    names: tuple[str, ...]
    shared: frozenset[str]
    household: Household | None = None

    def doubt(self, name: str) -> str:
        """Say how sure a find by name is."""
        return BY_SHARED_NAME if name in self.shared else BY_NAME


Lines = Iterator[DossierLine]


@dataclass(frozen=True, slots=True)
class PartFinder:
    """How one subject's lines are found, and the action that somebody must be allowed."""

    action: str
    find: Callable[[Session, About], Lines]


class Dossier(Service):
    """Gathers what is kept about somebody."""

    @permitted("residents.read")
    def of_person(self, person: Resident) -> list[DossierLine]:
        """List everything about one person that this user may see, the newest first."""
        return self._lines(self._about([person], None))

    @permitted("residents.read")
    def of_household(self, household: Household) -> list[DossierLine]:
        """List everything about a household and its people, the newest first."""
        members = HouseholdBook(self.session).members(household)
        return self._lines(self._about(members, household))

    def _about(self, people: list[Resident], household: Household | None) -> About:
        names = tuple(dict.fromkeys(one.name for one in people))
        query = (
            self.store.select(Resident, Resident.name)
            .where(Resident.name.in_(names))
            .group_by(Resident.name)
            .having(peewee.fn.count(Resident.id) > 1)
        )
        shared = frozenset(name for (name,) in self.store.rows(query.tuples()))
        return About(tuple(one.id for one in people), names, shared, household)

    def _lines(self, about: About) -> list[DossierLine]:
        found = [
            line
            for finder in FINDERS
            if may(self.session.user.role, finder.action)
            for line in finder.find(self.session, about)
        ]
        unique = list(dict.fromkeys(found))
        return sorted(unique, key=lambda one: one.day or date.min, reverse=True)


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


def _projects(session: Session, about: About) -> Lines:
    roles = ("responsible", "supervisor", "monitor", "keeper")
    condition = reduce(or_, [getattr(Project, role).in_(about.names) for role in roles])
    for one in session.store.rows(session.store.select(Project).where(condition).limit(MOST)):
        for role in roles:
            name = getattr(one, role)
            if name in about.names:
                note = f"{name}是{Project.declaration(role).label}，{about.doubt(name)}"
                yield DossierLine(None, "项目", one.name, note, "projects", one.id)


def _money(session: Session, about: About) -> Lines:
    query = session.store.select(LedgerEntry).where(LedgerEntry.party.in_(about.names))
    for one in session.store.rows(query.order_by(LedgerEntry.day.desc()).limit(MOST)):
        note = f"{one.party} {show_money(one.amount)} 元，{about.doubt(one.party)}"
        yield DossierLine(one.day, "收支", one.summary, note, "money", one.id)
    paid = session.store.select(Payment).where(Payment.payee.in_(about.names))
    for one in session.store.rows(paid.limit(MOST)):
        note = f"{one.payee} {show_money(one.amount)} 元，{about.doubt(one.payee)}"
        yield DossierLine(one.day, "项目付款", one.label, note, "projects", one.project_id)
    let = session.store.select(Lease).where(Lease.tenant.in_(about.names))
    for one in session.store.rows(let.limit(MOST)):
        note = (
            f"{one.tenant}承租，年租金 {show_money(one.yearly_rent)} 元，{about.doubt(one.tenant)}"
        )
        yield DossierLine(one.starts_on, "租赁", one.number or "租赁合同", note, "collective")


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


def _life(session: Session, about: About) -> Lines:
    kind = LifeEvent.declaration("kind").kind
    names = dict(
        session.store.rows(
            session.store.select(Resident, Resident.id, Resident.name)
            .where(Resident.id.in_(about.ids))
            .tuples()
        )
    )
    events = session.store.select(LifeEvent).where(LifeEvent.resident_id.in_(about.ids))
    for one in session.store.rows(events):
        who, note = names.get(one.resident_id, ""), one.place or one.note or ""
        yield DossierLine(
            one.day, "变动", f"{who}{kind.show(one.kind)}", note, "residents", one.resident_id
        )
    if about.household is not None:
        steps = session.store.select(HouseholdStep).where(
            HouseholdStep.household_id == about.household.id
        )
        for one in session.store.rows(steps):
            label = HouseholdStep.declaration("kind").kind.show(one.kind)
            yield DossierLine(one.day, "户", one.text, label, "households", one.household_id)


FINDERS: tuple[PartFinder, ...] = (
    PartFinder("issues.read", _issues),
    PartFinder("meetings.read", _meetings),
    PartFinder("meetings.read", _votes),
    PartFinder("meetings.read", _agenda),
    PartFinder("meetings.read", _resolutions),
    PartFinder("projects.read", _projects),
    PartFinder("money.read", _money),
    PartFinder("notices.read", _notices),
    PartFinder("supervision.read", _objections),
    PartFinder("residents.read", _life),
)
