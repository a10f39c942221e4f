"""Letters to households: one text, sorted as one walks, one file; and posters of a notice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from village_app.db.records.residents import Household
from village_app.errors import Refused
from village_app.papers.written import read_body
from village_app.village import Village

DOORS = (("二组", "塘边路10号"), ("二组", "塘边路2号"), ("一组", "村前路1号"))


def settle(village: Village) -> None:
    for index, (group, door) in enumerate(DOORS):
        found = village.places.find_group(group)
        place = found if found is not None else village.places.add(group)
        person = village.residents.register(
            {"name": f"何{'甲乙丙'[index]}", "group_id": str(place.id), "status": "active"}
        )
        with village.change("新增户") as change:
            change.insert(
                Household(
                    number=f"00{index + 1}",
                    group_id=place.id,
                    address=door,
                    head_id=person.id,
                    door_key=f"{int(''.join(c for c in door if c.isdigit())):06d}",
                )
            )


def test_letters_are_sorted_by_group_and_door(village: Village) -> None:
    settle(village)
    found = village.letters.addressees()
    assert [(one.group, one.door) for one in found] == [
        ("一组", "村前路1号"),
        ("二组", "塘边路2号"),
        ("二组", "塘边路10号"),
    ]
    group = village.places.find_group("一组")
    assert group is not None
    assert [one.head for one in village.letters.addressees([group.id])] == ["何丙"]


def test_each_household_has_its_own_page_with_its_own_name(village: Village) -> None:
    settle(village)
    paper = village.templates.paper("letter", "致村民的一封信")
    found = village.letters.addressees()
    with pytest.raises(Refused) as opened:
        village.letters.letters(paper, found)
    assert opened.value.code == "left_open"
    paper = replace(read_body("请看好水电。\n｛村民小组｝ ｛门牌｝", paper), to="｛户主｝")
    data = village.letters.letters(paper, found)
    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") == 3
    with pytest.raises(Refused):
        village.letters.letters(paper, [])
