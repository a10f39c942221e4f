"""How a project must be bought, the bid bond, the wages account: one table."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from village_app.domain.project_rules import Buying, BuyingLimits, buying_findings

LIMITS = BuyingLimits(
    must_tender_from=400_000_000,
    town_up_to=100_000_000,
    village_up_to=20_000_000,
    bid_share=200,
    bid_return_days=5,
    wages_notice_days=30,
)
TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("values", "codes", "words"),
    [
        ({"method": "compare", "estimate": 19_999_999}, [], ""),
        ({"method": "compare", "estimate": 20_000_000}, ["must_tender"], "镇级平台"),
        ({"method": "platform", "estimate": 20_000_000}, [], ""),
        ({"method": "compare", "estimate": 100_000_000}, ["must_tender"], "公开招标"),
        ({"method": "platform", "estimate": 400_000_000}, ["must_tender"], "必须招标"),
        ({"method": "open_tender", "estimate": 400_000_000}, [], ""),
        ({"method": "urgent", "estimate": 400_000_000}, [], ""),
        ({"method": "", "estimate": 400_000_000}, [], ""),
        ({"estimate": 10_000_000, "bid_bond": 200_000}, [], ""),
        ({"estimate": 10_000_000, "bid_bond": 200_001}, ["bid_bond"], "2.00%（2,000.00"),
        (
            {"estimate": 10_000_000, "bid_bond": 1, "signed_on": date(2026, 5, 26)},
            ["bid_bond_late"],
            "6 天还没有退还",
        ),
        (
            {
                "estimate": 10_000_000,
                "bid_bond": 1,
                "signed_on": date(2026, 5, 1),
                "bond_returned_on": date(2026, 5, 6),
            },
            [],
            "",
        ),
        ({"estimate": 1, "wages_closed_on": date(2026, 5, 20)}, ["wages_notice"], "没有公示"),
        (
            {
                "estimate": 1,
                "accepted_on": date(2026, 4, 1),
                "wages_notice_on": date(2026, 4, 2),
                "wages_closed_on": date(2026, 5, 1),
            },
            ["wages_notice"],
            "29 天",
        ),
        (
            {
                "estimate": 1,
                "accepted_on": date(2026, 4, 1),
                "wages_notice_on": date(2026, 4, 2),
                "wages_closed_on": date(2026, 5, 2),
            },
            [],
            "",
        ),
    ],
)
def test_a_rule_speaks_exactly_from_its_limit_on(
    values: dict[str, Any], codes: list[str], words: str
) -> None:
    found = list(buying_findings(Buying(**{"method": "compare", **values}), LIMITS, TODAY))
    assert [one.code for one in found] == codes
    assert not words or words in found[0].message


def test_a_limit_that_the_town_has_not_set_says_nothing() -> None:
    none = BuyingLimits(None, None, None, 200, 5, 30)
    assert list(buying_findings(Buying("compare", 900_000_000), none, TODAY)) == []
