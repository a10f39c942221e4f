"""People are found by name, pinyin, tails of numbers, and by what stands in any other field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.family import family_of_six
from village_app.opening import NewVillage, create_village
from village_app.services.register.resident_list import PeopleFilter
from village_app.village import Village

__all__ = ["PASSWORD", "QUICK", "TurningClock"]


@pytest.fixture(scope="module")
def village_with_people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    """One village for all searches: they write nothing."""
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role="admin+secretary+clerk")
    village, _ = create_village(tmp_path_factory.mktemp("找人") / "村", wish, cost=QUICK)
    family = family_of_six(village)
    village.residents.correct(
        family.son,
        {
            "id_number": "441900197505050016",
            "phone": "13812341234",
            "other_phones": "0769-83731234/13900005678",
            "politics": "01",
            "education": "70",
            "note": "会开挖掘机",
            "bank": "农商行横沥支行",
            "bank_account": "6228480000001234567",
            "shares": "3股",
        },
    )
    yield village
    village.close()


@pytest.mark.parametrize(
    "words",
    [
        *("志明", "czm", "chenzhim", "0016", "441900197505050016", "1234", "5678", "陈 czm"),
        *("1975-05-05", "1975年5月", "党员", "初中", "挖掘机", "农商行", "4567", "3股", "1975"),
    ],
)
def test_every_field_finds_him(village_with_people: Village, words: str) -> None:
    listing = village_with_people.resident_list.listed(PeopleFilter(words=words))
    assert "陈志明" in [row.values["name"] for row in listing.window(0, 20)]


@pytest.mark.parametrize(("words", "count"), [("三组12号", 6), ("030001", 6), ("三组", 6)])
def test_the_household_is_found_by_its_number_group_and_door(
    village_with_people: Village, words: str, count: int
) -> None:
    assert village_with_people.resident_list.listed(PeopleFilter(words=words)).count() == count


@pytest.mark.parametrize(
    ("words", "count"), [("三组", 6), ("030001", 6), ("三组12号", 6), ("挖掘机", 1), ("8123412", 1)]
)
def test_the_command_line_finds_by_any_field_as_the_list_does(
    village_with_people: Village, words: str, count: int
) -> None:
    assert len(village_with_people.residents.find(words)) == count
    few = village_with_people.residents.find(words, anywhere=False)
    assert len(few) == (count if words in ("三组", "030001") else 0)


def test_a_household_is_found_though_its_number_ends_somebody_s_telephone(
    village_with_people: Village,
) -> None:
    village = village_with_people
    person = village.residents.register({"name": "何小明", "phone": "13800030001"})
    found = {one.name for one in village.residents.find("030001")}
    village.residents.remove(person)
    assert len(found) == 7


def test_a_name_wins_over_the_same_word_elsewhere(village_with_people: Village) -> None:
    village = village_with_people
    person = village.residents.register({"name": "何小明", "note": "志明的同学"})
    listing = village.resident_list.listed(PeopleFilter(words="志明"))
    village.residents.remove(person)
    assert [row.values["name"] for row in listing.window(0, 9)] == ["陈志明"]


def test_several_telephones_are_kept_and_masked(village_with_people: Village) -> None:
    person = village_with_people.residents.find("志明")[0]
    kept = village_with_people.residents.get(person.id)
    assert kept.other_phones == "0769-83731234、13900005678"
    facts = dict(village_with_people.residents.masked_facts(kept))
    assert "13900005678" not in facts["其他电话"]
    full = village_with_people.residents.reveal(kept)
    assert full["other_phones"] == "0769-83731234、13900005678"


def test_the_order_is_what_was_chosen(village: Village) -> None:
    for name in ("黄河", "丁一", "陈明", "王五", "马六", "田大利", "田富"):
        village.residents.register({"name": name})

    def order(wanted: str) -> list[str]:
        chosen = PeopleFilter(order=wanted)  # type: ignore[arg-type]
        return [row.values["name"] for row in village.resident_list.listed(chosen).window(0, 9)]

    assert order("pinyin")[0] == "陈明"
    assert order("surname_strokes") == ["丁一", "马六", "王五", "田富", "田大利", "陈明", "黄河"]
    assert order("name_strokes") == ["丁一", "马六", "王五", "田大利", "田富", "陈明", "黄河"]
    assert order("registered")[0] == "黄河"


def test_the_setting_says_the_usual_order(village: Village) -> None:
    assert village.resident_list.usual_order() == "household"
    village.settings.write(list_order="stroke", stroke_custom="name")
    assert village.resident_list.usual_order() == "name_strokes"
