"""Who on a list of subsidies must not get it: tables and one property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_app.domain.aid_checks import AidCheck, Claim, Registered

REGISTER = (
    Registered(1, "陈丽", "441900195802031234", "active", "三组", "6228480000000001"),
    Registered(2, "陈丽", "441900197111201234", "active", "一组"),
    Registered(3, "区炳坤", "441900194412251234", "deceased", "四组"),
    Registered(4, "何国庆", "441900194910011234", "moved_out", "五组"),
    Registered(5, "麦洪", "441900195707071234", "cancelled", "六组"),
)


def codes(*claims: Claim) -> list[tuple[str, ...]]:
    judged = AidCheck(REGISTER).judge(claims)
    return [tuple(one.code for one in line.findings) for line in judged]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (Claim(1, "陈丽", "441900195802031234"), ()),
        (Claim(1, "陈丽", group="三组"), ()),
        (Claim(1, "区炳坤"), ("dead",)),
        (Claim(1, "何国庆", "441900194910011234"), ("moved",)),
        (Claim(1, "麦洪"), ("cancelled",)),
        (Claim(1, "陈丽"), ("namesakes",)),
        (Claim(1, "生面孔"), ("unknown",)),
        (Claim(1, "陈丽", "441900199001011234"), ("unknown",)),
        (Claim(1, "陈莉", "441900195802031234"), ("other_name",)),
        (Claim(1, "陈丽", "441900195802031234", account="6228480000000009"), ("other_account",)),
    ],
)
def test_a_line_is_judged_by_the_register(claim: Claim, expected: tuple[str, ...]) -> None:
    assert codes(claim) == [expected]


def test_the_second_line_of_a_person_is_a_fault_and_names_the_first() -> None:
    lines = AidCheck(REGISTER).judge(
        [Claim(7, "陈丽", "441900195802031234"), Claim(8, "陈丽", group="三组")]
    )
    assert lines[0].findings == ()
    assert lines[1].has_fault
    assert lines[1].findings[0].message == "和第 1 行是同一个人，一份名单只能有一次。"


def test_one_account_of_two_people_is_a_doubt_on_both_lines() -> None:
    found = codes(Claim(1, "甲", account="622848"), Claim(2, "乙", account="622848"))
    assert found == [("unknown", "shared_account"), ("unknown", "shared_account")]


@given(st.lists(st.sampled_from(REGISTER), min_size=1, max_size=12))
def test_as_many_lines_as_people_are_left_without_the_fault_of_being_twice(
    people: list[Registered],
) -> None:
    claims = [Claim(at, one.name, one.number) for at, one in enumerate(people)]
    left = [found for found in codes(*claims) if "twice" not in found]
    assert len(left) == len({one.key for one in people})
