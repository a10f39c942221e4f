"""Story 4's twelve people in the register of a test village: two of one name, one girl of 11."""

from __future__ import annotations

from tests.papers.sample_papers import identity
from tests.papers.welfare_list import PEOPLE, card
from village_app.services.aid.welfare import Aid
from village_app.village import Village

SECOND = "梁国栋"
SECOND_PASSWORD = "四月荔枝花开满山头"


def register(village: Village) -> list[Aid]:
    """Enter the twelve and give the lines of the list; 780.00 a month and upwards."""
    groups: dict[str, int] = {}
    aids = []
    for index, (name, group, birth, reason) in enumerate(PEOPLE):
        if group not in groups:
            groups[group] = village.places.add(group).id
        person = village.residents.register(
            {
                "name": name,
                "id_type": "identity_card",
                "id_number": identity(birth, 100 + index),
                "phone": f"135123422{index:02d}",
                "bank_account": card(index),
                "group_id": str(groups[group]),
                "status": "active",
            }
        )
        aids.append(Aid(person.id, reason, 1 + index % 3, 78_000 + 100 * index))
    return aids
