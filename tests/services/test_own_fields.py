"""A field of the village's own: in form, list, export; checked by its kind; ended, not lost."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from village_app.errors import InvalidInput
from village_app.services.register.resident_list import PeopleFilter
from village_app.village import Village


def test_a_value_is_typed_found_shown_and_exported(village: Village) -> None:
    field = village.own_fields.add({"name": "宅基地证号"})
    person = village.residents.register({"name": "陈大文", f"own_{field.id}": "宅0312"})
    assert village.own_fields.values(person) == {f"own_{field.id}": "宅0312"}
    assert ("宅基地证号", "宅0312") in village.residents.masked_facts(person)
    assert village.resident_list.people(PeopleFilter(words="宅0312")) == [person]
    sheet = load_workbook(BytesIO(village.exports.write("residents").content)).active
    assert sheet is not None
    assert [sheet.cell(3, sheet.max_column).value, sheet.cell(4, sheet.max_column).value] == [
        "宅基地证号",
        "宅0312",
    ]


def test_a_correction_leaves_the_other_own_fields_as_they_are(village: Village) -> None:
    first = village.own_fields.add({"name": "宅基地证号"})
    second = village.own_fields.add({"name": "亩数", "kind": "count"})
    person = village.residents.register(
        {"name": "陈大文", f"own_{first.id}": "宅0312", f"own_{second.id}": "3"}
    )
    person = village.residents.correct(person, {f"own_{first.id}": ""})
    assert village.own_fields.values(person) == {f"own_{second.id}": 3}


@pytest.mark.parametrize(
    ("kind", "text"), [("count", "三亩半"), ("day", "2026-02-30"), ("money", "很多")]
)
def test_what_the_kind_cannot_hold_is_a_fault_of_the_field(
    village: Village, kind: str, text: str
) -> None:
    field = village.own_fields.add({"name": "某项", "kind": kind})
    with pytest.raises(InvalidInput) as refusal:
        village.residents.register({"name": "陈大文", f"own_{field.id}": text})
    assert [fault.field for fault in refusal.value.faults] == [f"own_{field.id}"]


def test_a_choice_needs_its_answers_and_a_name_is_taken_once(village: Village) -> None:
    with pytest.raises(InvalidInput) as one_answer:
        village.own_fields.add({"name": "房屋", "kind": "choice", "choices": "平房"})
    assert [fault.code for fault in one_answer.value.faults] == ["choices"]
    with pytest.raises(InvalidInput) as taken:
        village.own_fields.add({"name": "电话"})
    assert [fault.code for fault in taken.value.faults] == ["taken"]


def test_an_ended_field_is_asked_no_more_and_its_values_come_back_with_undo(
    village: Village,
) -> None:
    field = village.own_fields.add({"name": "宅基地证号"})
    person = village.residents.register({"name": "陈大文", f"own_{field.id}": "宅0312"})
    village.own_fields.end(field)
    assert village.own_fields.declared() == ()
    village.undo()
    assert village.own_fields.values(person) == {f"own_{field.id}": "宅0312"}


def test_a_field_is_a_column_of_the_list_and_its_name_finds_who_has_it(village: Village) -> None:
    field = village.own_fields.add({"name": "宅基地证号"})
    person = village.residents.register({"name": "陈大文", f"own_{field.id}": "0312"})
    village.residents.register({"name": "何宅基", "phone": "13800000312"})

    def found(words: str) -> list[str]:
        listing = village.resident_list.listed(PeopleFilter(words=words))
        return [row.values["name"] for row in listing.window(0, 9)]

    assert found("宅基地证号") == found("宅基地证号：03") == found("宅基地证号:0312") == ["陈大文"]
    assert found("宅基地证号：9") == []
    listing = village.resident_list.listed(PeopleFilter())
    assert [column.label for column in listing.columns][-1] == "宅基地证号"
    listing.sort(f"own_{field.id}", descending=True)
    assert listing.window(0, 1)[0].values[f"own_{field.id}"] == "0312"
    assert listing.window(0, 1)[0].id == person.id
