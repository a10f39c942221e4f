"""What everybody is to a new head: one answer where there is one, else a question."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.code_tables import CodeChoice
from village_app.domain.relation_change import Member, relations_to

GRANDFATHER = Member(1, "02", "1", date(1950, 1, 1))
GRANDMOTHER = Member(2, "12", "2", date(1952, 1, 1))
SON = Member(3, "22", "1", date(1975, 1, 1))
SECOND_SON = Member(4, "23", "1", date(1980, 1, 1))
DAUGHTER = Member(5, "30", "2", date(1985, 1, 1))
SONS_WIFE = Member(6, "38", "2", date(1977, 1, 1))
GRANDSON = Member(7, "41", "1", date(2005, 1, 1))
GRANDDAUGHTER = Member(8, "42", "2", date(2008, 1, 1))
MOTHER = Member(9, "52", "2", date(1928, 1, 1))
LODGER = Member(10, "99", "1", date(1990, 1, 1))


def test_the_widow_becomes_head_and_children_stay_children() -> None:
    found = relations_to(GRANDMOTHER, [GRANDFATHER, GRANDMOTHER, SON, SONS_WIFE, GRANDSON, MOTHER])
    codes = {key: one.code for key, one in found.items()}
    # Her husband's mother is her 婆婆 (54).
    assert codes == {1: "11", 2: "02", 3: "22", 6: "38", 7: "41", 9: "54"}


def test_an_only_son_becomes_head_of_his_parents_wife_and_children() -> None:
    found = relations_to(
        SON, [GRANDFATHER, GRANDMOTHER, SON, SONS_WIFE, GRANDSON, GRANDDAUGHTER, MOTHER]
    )
    codes = {key: one.code for key, one in found.items()}
    assert codes == {1: "51", 2: "52", 3: "02", 6: "12", 7: "20", 8: "30", 9: "62"}


def test_with_two_sons_whose_wife_and_whose_child_is_asked() -> None:
    found = relations_to(SON, [GRANDFATHER, SON, SECOND_SON, DAUGHTER, SONS_WIFE, GRANDSON])
    assert found[6].code is None
    assert found[6].asks == ("12", "72", "74")
    assert found[7].asks == ("20", "93")
    # The younger ones are 弟 and 妹.
    assert (found[4].code, found[5].code) == ("73", "77")


def test_a_daughter_in_law_has_parents_in_law() -> None:
    found = relations_to(SONS_WIFE, [GRANDFATHER, GRANDMOTHER, SON, SONS_WIFE, GRANDSON])
    assert {key: one.code for key, one in found.items()} == {
        1: "53",
        2: "54",
        3: "11",
        6: "02",
        7: "20",
    }


def test_a_daughters_grandmother_on_the_mothers_side_is_another_code() -> None:
    head = Member(1, "02", "2", date(1950, 1, 1))
    child = Member(2, "20", "1", date(1975, 1, 1))
    mother = Member(3, "52", "2", date(1930, 1, 1))
    assert relations_to(child, [head, child, mother])[3].code == "64"


def test_nobody_is_guessed_into_the_family() -> None:
    assert relations_to(SON, [GRANDFATHER, SON, LODGER])[10].code is None


def test_unknown_sex_asks_both() -> None:
    child = Member(20, "20", None)
    assert relations_to(GRANDMOTHER, [GRANDFATHER, GRANDMOTHER, child])[20].code == "20"
    head = Member(1, "02", None)
    assert relations_to(SON, [head, SON])[1].asks == ("51", "52")


CODES = [option.code for option in CodeChoice("relation").options]


@given(
    st.lists(
        st.builds(
            Member,
            st.integers(2, 1000),
            st.sampled_from([None, *CODES[2:]]),
            st.sampled_from([None, "1", "2"]),
            st.none() | st.dates(),
        ),
        min_size=1,
        max_size=8,
        unique_by=lambda one: one.id,
    ),
    st.data(),
)
def test_any_family_gets_one_head_and_only_known_codes(
    members: list[Member], data: st.DataObject
) -> None:
    family = [GRANDFATHER, *members]
    head = data.draw(st.sampled_from(family))
    found = relations_to(head, family)
    assert set(found) == {one.id for one in family}
    assert found[head.id].code == "02"
    others = [one for key, one in found.items() if key != head.id]
    assert all(one.code is None or one.code in CODES for one in others)
    assert all(code in CODES for one in others for code in one.asks)
    if head.id != GRANDFATHER.id:
        assert all(one.code not in ("01", "02") for one in others)


@pytest.mark.parametrize("place", ["spouse", "child", "sibling", "other"])
def test_every_place_has_members(place: str) -> None:
    relation = {"spouse": "12", "child": "32", "sibling": "71", "other": "99"}[place]
    assert Member(1, relation).place == place
