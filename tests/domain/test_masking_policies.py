"""What public papers may show, by the kind of notice; equal masked names are told apart."""

from __future__ import annotations

from datetime import date

import pytest

from village_app.domain.masking_policies import (
    PersonOnPaper,
    masking_policies,
    must_leave_out,
    never_public,
    policy_from_plain,
    public_name,
    public_value,
    tell_apart,
)

NUMBER = "44190019850630123X"


@pytest.mark.parametrize(
    ("code", "name", "identity", "phone", "bank"),
    [
        ("election", "张小明", None, None, None),
        ("welfare", "张*明", None, None, None),
        ("subsidy", "张*明", "441900********123X", None, "***************1234"),
        ("homestead", "张小明", None, None, None),
        ("points_black", "张*明", None, None, None),
        ("donation", "爱心人士", None, None, None),
        ("volunteer", None, None, None, None),
        ("no_persons", None, None, None, None),
        ("general", "张*明", None, None, None),
        ("office", "张小明", None, "0769-83731234", None),
    ],
)
def test_the_matrix(
    code: str, name: str | None, identity: str | None, phone: str | None, bank: str | None
) -> None:
    policy = masking_policies()[code]
    assert public_name(policy, "张小明") == name
    assert public_value(policy, "identity", NUMBER) == identity
    assert public_value(policy, "phone", "0769-83731234") == phone
    assert public_value(policy, "bank", "6217001234567891234") == bank


def test_consent_shows_the_name_where_the_policy_asks_for_it() -> None:
    policies = masking_policies()
    for code in ("points_red", "donation", "volunteer"):
        assert public_name(policies[code], "张小明", consents=True) == "张小明"
    assert public_name(policies["welfare"], "张小明", consents=True) == "张*明"
    assert public_name(policies["no_persons"], "张小明", consents=True) is None


def test_addresses_go_down_to_the_group_and_blanks_stay_blank() -> None:
    policy = masking_policies()["welfare"]
    assert public_value(policy, "address", "隔坑村三组12号") == "隔坑村三组***"
    assert public_value(policy, "address", "") == ""
    assert policy.hides("identity")
    assert not policy.hides("address")


def test_no_policy_shows_a_full_identity_number_or_card() -> None:
    for policy in masking_policies().values():
        assert policy.identity != "full"
        assert policy.bank != "full"


def test_a_child_under_fourteen_never_appears() -> None:
    policy = masking_policies()["welfare"]
    day = date(2026, 4, 28)
    assert must_leave_out(policy, date(2015, 1, 1), day)
    assert must_leave_out(policy, date(2015, 1, 1), day, guardian_consents=True)
    assert not must_leave_out(policy, date(2012, 4, 28), day)
    assert not must_leave_out(policy, None, day)


def test_a_list_of_scholars_may_show_a_child_when_the_guardian_agrees() -> None:
    plain = {"code": "scholars", "label": "奖学", "name": "full", "children_with_consent": True}
    policy = policy_from_plain(plain, 14, "村民代表会议决定")
    day = date(2026, 4, 28)
    assert must_leave_out(policy, date(2015, 1, 1), day)
    assert not must_leave_out(policy, date(2015, 1, 1), day, guardian_consents=True)
    assert policy.source == "村民代表会议决定"


def test_equal_masked_names_get_the_group_then_the_tail_then_a_number() -> None:
    people = [
        PersonOnPaper("陈*", "三组", "441900198506301231"),
        PersonOnPaper("陈*", "三组", "441900199001015678"),
        PersonOnPaper("陈*", "一组", "441900199001019999"),
        PersonOnPaper("张*明", "一组", "441900199001010000"),
        PersonOnPaper("李*", "", ""),
        PersonOnPaper("何*", "", ""),
        PersonOnPaper("李*", "", ""),
        PersonOnPaper("何*", "", ""),
        PersonOnPaper("王大明", "一组", NUMBER),
        PersonOnPaper("王大明", "一组", NUMBER),
    ]
    assert tell_apart(people) == [
        "陈*（三组，证件尾号1231）",
        "陈*（三组，证件尾号5678）",
        "陈*（一组）",
        "张*明",
        "李*（第1位）",
        "何*（第1位）",
        "李*（第2位）",
        "何*（第2位）",
        "王大明",
        "王大明",
    ]


def test_the_same_tail_in_one_group_still_comes_out_different() -> None:
    same = PersonOnPaper("陈*", "三组", "441900198506301231")
    shown = tell_apart([same, same])
    assert len(set(shown)) == 2


def test_reasons_of_poverty_and_illness_are_never_public() -> None:
    assert {"致贫原因", "病种", "残疾类别"} <= set(never_public())
