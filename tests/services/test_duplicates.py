"""The whole register looked through for doubles: found with reasons, remembered, not squared."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest

from village_app.db.records.residents import Resident
from village_app.services.register import duplicates
from village_app.services.register.duplicates import Pair, Person, compare
from village_app.services.register.residents import name_columns
from village_app.village import Village


def person(village: Village, **typed: str) -> Resident:
    return village.residents.register(typed)


def found(village: Village) -> list[Pair]:
    return village.duplicates.scan()


def test_one_number_twice_comes_first_then_names_with_birth(village: Village) -> None:
    with village.session.change("两份名册") as change:
        rows: list[dict[str, Any]] = [
            {"name": "陈大文", "id_number": "44190019850630123X", "birth": date(1985, 6, 30)},
            {"name": "陈大文", "id_number": "44190019850630123X"},
            {"name": "曾庆林", "birth": date(1963, 1, 19), "phone": "13812344090"},
            {"name": "曾庆琳", "birth": date(1963, 1, 19), "phone": "13812344090"},
            {"name": "李花", "birth": date(1986, 5, 12)},
            {"name": "李 花", "birth": date(1986, 5, 12)},
        ]
        change.insert_rows(Resident, [{**row, **name_columns(row["name"])} for row in rows])
    pairs = found(village)
    assert [pair.names[0][:1] for pair in pairs] == ["陈", "李", "曾"]
    assert [pair.score for pair in pairs] == sorted((p.score for p in pairs), reverse=True)
    assert pairs[0].reasons == ("证件号码相同", "姓名相同")
    assert pairs[2].reasons == ("姓名同音", "出生日期相同", "电话相同")


def test_a_grandmother_and_her_grandson_with_one_telephone_stay_two(village: Village) -> None:
    person(village, name="陈银好", birth="1945-03-02", phone="13800001111")
    person(village, name="陈银浩", birth="2012-03-02", phone="13800001111")
    assert found(village) == []


def test_who_is_said_to_be_two_is_never_offered_again_until_undone(village: Village) -> None:
    person(village, name="陈大文", birth="1985-06-30")
    person(village, name="陈大文", birth="1985-06-30")
    (pair,) = found(village)
    village.duplicates.tell_apart(pair)
    assert found(village) == []
    village.undo()
    assert found(village) == [pair]


def someone(key: int, name: str, number: str | None = None, born: date | None = None) -> Person:
    return Person(key, name, name, "", number, born, None, None, None)


@pytest.mark.parametrize(
    ("number", "like"),
    [("441900198506301231", True), ("441900197001011234", False), (None, True)],
)
def test_a_slip_in_the_number_is_seen_another_number_is_another_person(
    number: str | None, like: bool
) -> None:
    birth = date(1985, 6, 30)
    one = someone(1, "陈大文", "44190019850630123X", birth)
    assert (compare(one, someone(2, "陈大文", number, birth)) is not None) == like


def crowd(count: int) -> list[Person]:
    random = Random(count)
    first, last = (
        "陈李张王黄何邓谢莫卢叶袁余罗曾钟",
        "强志明国华丽娟秀英根兰伟杰仔金水土火妹娣玉琼锦泉",
    )
    people = []
    for key in range(count):
        name = random.choice(first) + random.choice(last) + random.choice(last)
        born = date(random.randint(1940, 2018), random.randint(1, 12), random.randint(1, 28))
        number = f"441900{born:%Y%m%d}{random.randint(0, 9999):04d}"
        phone = f"138{random.randint(0, 99_999_999):08d}"
        people.append(Person(key, name, name, name, number, born, phone, key // 4, key % 12))
    return people


def test_hardly_anybody_is_compared_with_hardly_anybody() -> None:
    """Of all pairs of a register not one in ten thousand is looked at."""
    people = crowd(8_000)
    met = sum(1 for _ in duplicates.meetings(people))
    assert 0 < met < 8_000 * 7_999 / 2 / 10_000
