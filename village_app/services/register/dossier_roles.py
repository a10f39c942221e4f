"""What somebody is and takes part in: offices and labels, words in meetings, visits, tasks, pay."""

from __future__ import annotations

from typing import Any

import peewee

from village_app.db.records.funds import OfficialPay
from village_app.db.records.house import Attachment
from village_app.db.records.issues import Issue, Task
from village_app.db.records.meetings import AgendaItem, Meeting, Recusal, Speech
from village_app.db.records.money import Question
from village_app.db.records.posting import SealUse
from village_app.db.records.receptions import ReceptionVisit
from village_app.db.records.residents import Resident
from village_app.db.records.resolutions import Proposal, ProposalSupporter
from village_app.domain.calendar import CHINA
from village_app.domain.money import show_money
from village_app.services.issues.rights import visible
from village_app.services.register.dossier_lines import MOST, About, DossierLine, Lines, PartFinder
from village_app.services.register.labels import Labels
from village_app.services.session import Session


def _roles(session: Session, about: About) -> Lines:
    """Give labels and seats with their days, as far as this user may see them."""
    for key in about.ids:
        person = session.store.get(Resident, key)
        for one in Labels(session).of(person):
            ends = f"到 {one.to_day}" if one.to_day is not None else "至今"
            note = "，".join(part for part in (person.name, ends, one.note) if part)
            yield DossierLine(one.from_day, "职务和标签", one.word, note, "residents", key)


def _in_meetings(session: Session, about: About) -> Lines:
    """Give what was said in a meeting, and who stepped aside for an item."""
    for model, did in ((Speech, "发言"), (Recusal, "回避")):
        more = model.content if model is Speech else model.reason
        query = (
            session.store.select(model)
            .join(AgendaItem, on=(model.item_id == AgendaItem.id))
            .join(Meeting, on=(AgendaItem.meeting_id == Meeting.id))
            .where(model.name.in_(about.names))
            .columns(
                *(Meeting.id, Meeting.day, AgendaItem.name.alias("item")),
                *(model.name.alias("who"), more),
            )
            .limit(MOST)
        )
        for meeting_id, day, item, who, text in session.store.rows(query.tuples()):
            note = "，".join(part for part in (f"{who}{did}", about.doubt(who), text) if part)
            yield DossierLine(day, did, item, note, "meetings", meeting_id)


def _proposals(session: Session, about: About) -> Lines:
    query = (
        session.store.select(ProposalSupporter)
        .join(Proposal, on=(ProposalSupporter.proposal_id == Proposal.id))
        .where(ProposalSupporter.name.in_(about.names))
        .columns(Proposal.day, Proposal.name.alias("what"), ProposalSupporter.name.alias("who"))
        .limit(MOST)
    )
    for day, what, who in session.store.rows(query.tuples()):
        yield DossierLine(day, "联名", what, f"{who}联名提议，{about.doubt(who)}")


def _visits(session: Session, about: About) -> Lines:
    """Give visits on reception days; one about a confidential matter is not for everybody."""
    query = session.store.select(ReceptionVisit).where(ReceptionVisit.visitor.in_(about.names))
    for one in session.store.rows(query.order_by(ReceptionVisit.day.desc()).limit(MOST)):
        if one.issue_id is not None and not _is_visible(session, one.issue_id):
            continue
        note = f"{one.number or ''} {one.visitor}来访，{about.doubt(one.visitor)}".strip()
        page, record = ("issues", one.issue_id) if one.issue_id else ("receptions", one.id)
        yield DossierLine(one.day, "接访", one.problem or "来访", note, page, record)


def _is_visible(session: Session, issue_id: int) -> bool:
    query: Any = session.store.select(Issue).where(visible(session), Issue.id == issue_id)
    return bool(query.exists())


def _questions(session: Session, about: About) -> Lines:
    query = session.store.select(Question).where(Question.asker.in_(about.names))
    for one in session.store.rows(query.limit(MOST)):
        answered = f"{one.replied_on} 已答复" if one.replied_on is not None else "还没有答复"
        note = f"{one.asker}提问，{answered}，{about.doubt(one.asker)}"
        yield DossierLine(one.asked_on, "疑问", one.text, note)


def _tasks(session: Session, about: About) -> Lines:
    state = Task.declaration("state").kind
    helps = [
        peewee.fn.instr(peewee.fn.coalesce(Task.helpers, ""), peewee.Value(name, converter=False))
        for name in about.names
    ]
    condition = Task.owner.in_(about.names)
    for one in helps:
        condition |= one > 0
    query = session.store.select(Task).where(condition)
    for task in session.store.rows(query.order_by(Task.id.desc()).limit(MOST)):
        name = task.owner if task.owner in about.names else _named(task.helpers, about)
        did = "负责" if name == task.owner else "配合"
        note = f"{name}{did}，{state.show(task.state)}，{about.doubt(name)}"
        yield DossierLine(task.due_on, "任务", task.heading, note, "tasks", task.id)


def _named(text: str | None, about: About) -> str:
    return next((name for name in about.names if name in (text or "")), "")


def _seals(session: Session, about: About) -> Lines:
    query = session.store.select(SealUse).where(SealUse.asked_by.in_(about.names))
    for one in session.store.rows(query.order_by(SealUse.day.desc()).limit(MOST)):
        note = f"{one.number or ''} {one.asked_by}申请，{about.doubt(one.asked_by)}".strip()
        yield DossierLine(one.day, "用印", one.paper, note, "notices", one.notice_id or 0)


def _pay(session: Session, about: About) -> Lines:
    query = session.store.select(OfficialPay).where(OfficialPay.name.in_(about.names))
    for one in session.store.rows(query.order_by(OfficialPay.month.desc()).limit(MOST)):
        paid = (one.basic or 0) + (one.merit or 0) + (one.allowance or 0) - (one.deduction or 0)
        note = f"{one.name} {show_money(paid)} 元，{about.doubt(one.name)}"
        title = " ".join(part for part in (str(one.month), one.post) if part)
        yield DossierLine(None, "干部报酬", title, note, "collective")


def _files(session: Session, about: About) -> Lines:
    """Give the papers kept with the people and the household."""
    whose = (Attachment.table_name == "resident") & Attachment.record_id.in_(about.ids)
    if about.household is not None:
        whose |= (Attachment.table_name == "household") & (
            Attachment.record_id == about.household.id
        )
    for one in session.store.rows(session.store.select(Attachment).where(whose).limit(MOST)):
        page = "residents" if one.table_name == "resident" else "households"
        taken = one.taken_at.astimezone(CHINA).date() if one.taken_at is not None else None
        yield DossierLine(taken, "照片和材料", one.name, one.caption or "", page, one.record_id)


FINDERS = (
    PartFinder("residents.read", _roles),
    PartFinder("meetings.read", _in_meetings),
    PartFinder("meetings.read", _proposals),
    PartFinder("issues.read", _visits),
    PartFinder("supervision.read", _questions),
    PartFinder("tasks.read", _tasks),
    PartFinder("notices.read", _seals),
    PartFinder("money.read", _pay),
    PartFinder("attachments.read", _files),
)
