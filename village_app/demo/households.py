"""A family in a year: a move-out of last month, a split, labels, the roster group by group."""

from __future__ import annotations

from datetime import date, timedelta

from village_app.db.records.residents import Household, Resident
from village_app.demo.stage import Stage
from village_app.services.register.household_wishes import Split
from village_app.services.register.resident_list import PeopleFilter
from village_app.village import Village

MOVED_OUT = date(2026, 4, 12)
SPLIT_ON = date(2026, 5, 6)
OLD_AGE = 80


def tell(stage: Stage) -> None:
    """Let a family of five become two households, and count the people before and after."""
    stage.clock.turn_to("2026-05-18")
    village = stage.village
    _move_out(stage, village)
    _split(stage, village)
    _label_the_old(stage, village)
    paper = village.roster.paper(PeopleFilter(order="surname_strokes"))
    stage.keep_paper("名册", "居民名册（按姓氏笔画）", paper)


def _move_out(stage: Stage, village: Village) -> None:
    household = _large(village)
    person = village.household_book.members(household, with_gone=False)[-1]
    eve = MOVED_OUT - timedelta(days=1)
    before = village.life_events.count_on(eve)
    village.life_events.enter(
        person, {"kind": "move_out", "day": MOVED_OUT.isoformat(), "place": "东城街道"}
    )
    today = village.residents.count()
    stage.say(f"补记上月迁出一人：今天在册 {today} 人，{eve} 仍是 {before} 人")


def _split(stage: Stage, village: Village) -> None:
    household = _large(village)
    people = village.household_book.members(household, with_gone=False)
    son = next(one for one in people if one.relation in ("20", "22"))
    moves = village.household_moves
    leaving = {son.id, *(one.id for one in people if one.relation in ("38", "41", "42"))}
    proposed = moves.proposal(household, son.id, leaving)
    relations = {key: found.code or found.asks[0] for key, found in proposed.items()}
    made = moves.split(
        household,
        Split(
            frozenset(leaving),
            son.id,
            village.household_book.next_number(household.group_id),
            SPLIT_ON,
            address=f"{household.address}之一",
            relations=relations,
        ),
    )
    left = len(village.household_book.members(household, with_gone=False))
    stage.say(f"{household.number} 分户：{made.number} {len(leaving)} 人，原户 {left} 人")


def _label_the_old(stage: Stage, village: Village) -> None:
    """Label who is eighty and older, the day on which they became so."""
    today = village.session.today()
    query = village.store.select(Resident).where(
        Resident.birth <= date(today.year - OLD_AGE, today.month, today.day)
    )
    old = village.store.rows(query)
    with village.change("高龄老人的标签"):
        for person in old:
            since = person.birth.replace(year=person.birth.year + OLD_AGE)
            village.labels.give(person, "label:高龄老人", {"from_day": since.isoformat()})
    stage.say(f"八十岁以上的 {len(old)} 人加上“高龄老人”标签")


def _large(village: Village) -> Household:
    """Give the first household in which a son lives with at least four others."""
    for row in village.household_book.listed().window(0, 100):
        household = village.household_book.get(row.id)
        people = village.household_book.members(household, with_gone=False)
        if len(people) > 4 and any(one.relation in ("20", "22") for one in people):
            return household
    raise LookupError("the sample roster holds such a household")
