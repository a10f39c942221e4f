"""Who belonged to the village on any day, and to which of its groups, from the dated events.

A person who moves out or dies on a day is not counted on that day; who is born or moves in is.
Before the first event the opposite of it holds (who moved in was not here before), never before
the birth. People without such an event count by their present status on every day from birth on.
The group of a day is the one that the next move after that day leads out of, else today's.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import peewee

from village_app.db.engine import Store
from village_app.db.records.register import LifeEvent
from village_app.db.records.residents import Resident

GONE = ("moved_out", "deceased", "cancelled")
COMING = ("birth", "move_in")
LEAVING = {"death": "deceased", "move_out": "moved_out", "cancelled": "cancelled"}
DECIDING = (*COMING, *LEAVING)
GROUP_MOVE = "group_move"


def present_on(day: date) -> Any:
    """Give the condition under which a person belonged to the village at the end of a day."""
    any_event, one = LifeEvent.alias("any_event"), LifeEvent.alias("one_event")

    def nearest(kinds: tuple[str, ...], condition: Any, *order: Any) -> Any:
        return (
            one.select(peewee.Case(None, ((one.kind.in_(kinds), 1),), 0))
            .where(one.resident_id == any_event.resident_id, one.kind.in_(DECIDING), condition)
            .order_by(*order)
            .limit(1)
        )

    last = nearest(COMING, one.day <= day, one.day.desc(), one.id.desc())
    following = nearest(tuple(LEAVING), one.day > day, one.day, one.id)
    decided = any_event.select(any_event.resident_id).where(any_event.kind.in_(DECIDING))
    here = decided.where(peewee.fn.coalesce(last, following) == 1)
    undated = Resident.id.not_in(decided) & Resident.status.not_in(GONE)
    born = Resident.birth.is_null() | (Resident.birth <= day)
    return born & (undated | Resident.id.in_(here))


def group_on(store: Store, day: date | None) -> Any:
    """Give the column or expression of the group a person was in at the end of a day.

    None is today. Where nobody moved since the day it is the column itself, with its index.
    """
    if day is None or not store.select(LifeEvent).where(_moves_after(LifeEvent, day)).exists():
        return Resident.group_id
    mover, move = LifeEvent.alias("mover"), LifeEvent.alias("next_move")
    movers = mover.select(mover.resident_id).where(_moves_after(mover, day))
    left = (
        move.select(move.from_group_id)
        .where(move.resident_id == Resident.id, _moves_after(move, day))
        .order_by(move.day, move.id)
        .limit(1)
    )
    return peewee.Case(None, ((Resident.id.in_(movers), left),), Resident.group_id)


def groups_on(store: Store, day: date | None) -> dict[int, int | None]:
    """Give the group as of a day of those people who moved since; the others have today's."""
    if day is None:
        return {}
    moves = store.rows(
        store.select(LifeEvent)
        .where(_moves_after(LifeEvent, day))
        .order_by(LifeEvent.day.desc(), LifeEvent.id.desc())
    )
    # Of several moves the first one after the day is written last and stays.
    return {move.resident_id: move.from_group_id for move in moves}


def _moves_after(event: Any, day: date) -> Any:
    return (event.kind == GROUP_MOVE) & (event.day > day)
