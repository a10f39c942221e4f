"""Somebody where money is: payments and receipts, projects, leases, subsidies and aid."""

from __future__ import annotations

from functools import reduce
from operator import or_

from village_app.db.records.aid import AidLine, AidList
from village_app.db.records.ledger import LedgerEntry
from village_app.db.records.money import Lease
from village_app.db.records.projects import Payment, Project
from village_app.domain.money import show_money
from village_app.services.register.dossier_lines import MOST, About, DossierLine, Lines, PartFinder
from village_app.services.session import Session


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


def _aid(session: Session, about: About) -> Lines:
    linked = AidLine.resident_id.in_(about.ids)
    named = AidLine.resident_id.is_null() & AidLine.name.in_(about.names)
    query = (
        session.store.select(AidLine)
        .join(AidList, on=(AidLine.list_id == AidList.id))
        .where(linked | named)
        .columns(
            *(AidList.id, AidList.name.alias("title"), AidList.period, AidList.paid_on),
            *(AidLine.name.alias("who"), AidLine.amount, AidLine.is_out, AidLine.resident_id),
        )
        .limit(MOST)
    )
    for list_id, title, period, day, who, amount, out, linked_to in session.store.rows(
        query.tuples()
    ):
        words = "已剔除" if out else f"{show_money(amount)} 元"
        doubt = "" if linked_to is not None else f"，{about.doubt(who)}"
        note = f"{period}，{who} {words}{doubt}"
        yield DossierLine(day, "补贴救助", title, note, "aid", list_id)


FINDERS = (
    PartFinder("projects.read", _projects),
    PartFinder("money.read", _money),
    PartFinder("aid.read", _aid),
)
