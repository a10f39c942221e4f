"""What a household move asks for, and what its people must be to the head: checked all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from village_app.db.records.residents import Household, Resident
from village_app.domain.code_tables import CodeChoice
from village_app.domain.relation_change import Member
from village_app.domain.relations import HEAD, check_sex, is_head
from village_app.domain.unreadable import Unreadable
from village_app.errors import Fault, InvalidInput
from village_app.services.register.presence import GONE


@dataclass(frozen=True, slots=True)
class Split:
    """How a household is split: who leaves under which head, to which door, since when.

    `relations` are codes by person, of those who leave to the new head and, where the old head
    leaves, of those who stay to `staying_head`. A blank address keeps the old one.
    """

    leaving: frozenset[int]
    head: int
    number: str
    day: date
    address: str = ""
    group_id: int | None = None
    staying_head: int | None = None
    relations: Mapping[int, str] | None = None


def member_of(person: Resident) -> Member:
    """See a person as one of the family."""
    return Member(person.id, person.relation, person.sex, person.birth)


def code_of(person: Resident, head: int, relations: Mapping[int, str]) -> str | None:
    """Give what a person is to a head: himself, or what was chosen."""
    return HEAD if person.id == head else relations.get(person.id)


def refuse_relations(
    people: Iterable[tuple[Resident, int | None]], relations: Mapping[int, str]
) -> None:
    """Refuse, for all at once, relations that are missing, wrong by sex, or a second head.

    Nobody is asked about those who are gone.
    """
    faults = []
    for person, head in people:
        if person.id == head or person.status in GONE:
            continue
        code = relations.get(person.id)
        field = f"relation_{person.id}"
        if not code:
            sentence = f"{person.name}与新户主是什么关系，请选一项。"
            faults.append(Fault(field, "required", sentence))
            continue
        CodeChoice("relation").parse(code)
        if is_head(code):
            faults.append(
                Fault(field, "second_head", f"一户只有一位户主，请改{person.name}的关系。")
            )
            continue
        try:
            check_sex(code, person.sex)
        except Unreadable as error:
            faults.append(Fault(field, error.code, f"{person.name}：{error.message}"))
    if faults:
        raise InvalidInput(faults)


def refuse_leavers(
    household: Household, wish: Split, leaving: Sequence[Resident], staying: Sequence[Resident]
) -> None:
    """Refuse a split that nobody or everybody leaves with, or that leaves a side headless."""
    if not leaving:
        raise InvalidInput([Fault("leaving", "nobody", "还没有勾选谁分出去。")])
    if not staying:
        raise InvalidInput([Fault("leaving", "everybody", "全户都勾上了。至少要留下一人。")])
    if wish.head not in wish.leaving:
        raise InvalidInput([Fault("head", "not_leaving", "新户主要从分出去的人里选。")])
    head_leaves = household.head_id is None or household.head_id in wish.leaving
    stays = {one.id for one in staying}
    if head_leaves and wish.staying_head not in stays:
        sentence = "原来的户主也分出去了，请为留下的人选一位户主。"
        raise InvalidInput([Fault("staying_head", "no_head", sentence)])
