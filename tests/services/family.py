"""A family of six under one roof, entered as a clerk would, for the tests of the register."""

from __future__ import annotations

from dataclasses import dataclass

from village_app.db.records.residents import Household, Resident
from village_app.village import Village


@dataclass(frozen=True, slots=True)
class Family:
    """The people by what they are to the first head, in their household."""

    household: Household
    father: Resident
    mother: Resident
    son: Resident
    wife: Resident
    grandson: Resident
    daughter: Resident

    @property
    def all(self) -> tuple[Resident, ...]:
        """Give all six."""
        return (self.father, self.mother, self.son, self.wife, self.grandson, self.daughter)


def family_of_six(village: Village, number: str = "030001") -> Family:
    """Enter 陈国良 (head), his wife, only son with wife and child, and his daughter."""
    group = village.places.find_group("三组") or village.places.add("三组")
    with village.change("一户") as change:
        household = change.insert(
            Household(number=number, group_id=group.id, address="三组12号", door_key="三组000012号")
        )

    def enter(name: str, sex: str, birth: str, relation: str) -> Resident:
        return village.residents.register(
            {
                "name": name,
                "sex": sex,
                "birth": birth,
                "relation": relation,
                "household_id": str(household.id),
                "group_id": str(group.id),
                "address": "三组12号",
            }
        )

    people = (
        enter("陈国良", "1", "1950-03-02", "02"),
        enter("黄桂英", "2", "1952-07-19", "12"),
        enter("陈志明", "1", "1975-05-05", "20"),
        enter("林秀兰", "2", "1977-11-30", "38"),
        enter("陈子轩", "1", "2005-09-01", "41"),
        enter("陈丽华", "2", "1980-01-15", "30"),
    )
    return Family(village.household_book.get(household.id), *people)
