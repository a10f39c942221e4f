"""Doubts on entry (UX-09): a namesake, a rare birth, a double, an odd amount, an odd day."""

from __future__ import annotations

import pytest

from tests.services.conftest import TurningClock, clock, folder, village
from village_app.db.records.ledger import LedgerEntry
from village_app.village import Village

__all__ = ["clock", "folder", "village"]


def test_a_namesake_is_named_with_what_tells_the_two_apart(village: Village) -> None:
    group = village.places.add("三组")
    first = village.residents.register(
        {"name": "吴国标", "sex": "男", "birth": "1968-05-01", "group_id": str(group.id)}
    )
    doubts = village.resident_doubts
    said = doubts.of({"name": " 吴国标 "})["name"]
    assert said == "登记簿里已有吴国标：男，1968 年生，三组。是另一个人就接着填。"
    assert doubts.of({"name": "吴国彪", "birth": "1968-05-01"}) == {}
    assert doubts.of({"name": ""}) == {}
    assert doubts.of({"name": "吴国标"}, first.id) == {}
    other = village.residents.register({"name": "陈丽"})
    assert "name" in doubts.of({"name": "吴国标"}, other.id)


def test_many_namesakes_are_not_all_listed(village: Village) -> None:
    for _ in range(5):
        village.residents.register({"name": "陈丽", "status": "迁出"})
    said = village.resident_doubts.of({"name": "陈丽"})["name"]
    assert said.count("迁出") == 3
    assert "等。" in said


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("2026-02-01", "还没有到"),
        ("1890-02-01", "有 136 岁"),
        ("1930-02-01", ""),
        ("不知道", ""),
        ("", ""),
    ],
)
def test_a_birth_that_cannot_well_be_is_doubted(village: Village, typed: str, part: str) -> None:
    said = village.resident_doubts.of({"name": "何伯", "birth": typed}).get("birth", "")
    assert part in said
    assert bool(said) == bool(part)


def book(village: Village, day: str, amount: str, party: str = "") -> LedgerEntry:
    find = village.accounts.find
    return village.ledger.spend(
        find("库存现金"),
        find("管理费用"),
        {"summary": "买纸", "day": day, "amount": amount, "party": party, "voucher": "付-1"},
    )


def doubt(village: Village, **typed: str) -> dict[str, str]:
    return village.ledger_doubts.of({"account": "管理费用", **typed})


def test_the_same_amount_to_the_same_payee_within_days_looks_booked_twice(
    village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 1, 30)
    entry = book(village, "2026-01-12", "35.60", "文具店")
    said = doubt(village, day="2026-01-15", amount="35.6", party="文具店")["amount"]
    assert said == ("2026-01-12 已经记过一笔 35.60 元：付-1，买纸，文具店。不是同一笔就接着记。")
    assert doubt(village, day="2026-01-25", amount="35.6", party="文具店") == {}
    assert doubt(village, day="2026-01-12", amount="35.6", party="米店") == {}
    assert doubt(village, day="2026-01-12", amount="35.61", party="文具店") == {}
    assert "amount" in doubt(village, day="2026-01-12", amount="35.6")
    village.ledger.reverse(entry, "记错了")
    assert doubt(village, day="2026-01-12", amount="35.6", party="文具店") == {}


def test_ten_times_what_is_usual_for_the_account_asks_for_the_point(
    village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 1, 30)
    for number in range(4):
        book(village, f"2026-01-0{number + 1}", f"{100 + number}")
    assert doubt(village, day="2026-01-20", amount="5000") == {}
    book(village, "2026-01-06", "104")
    said = doubt(village, day="2026-01-20", amount="1020")["amount"]
    assert "不超过 102.00 元" in said
    assert doubt(village, day="2026-01-20", amount="1019.99") == {}
    assert village.ledger_doubts.of({"day": "2026-01-20", "amount": "5000"}) == {}
    other = {"account": "公益支出", "day": "2026-01-20", "amount": "5000"}
    assert village.ledger_doubts.of(other) == {}


@pytest.mark.parametrize(
    ("day", "part"),
    [("2027-01-12", "还没有到"), ("2025-10-01", "天以前"), ("2026-01-01", ""), ("谁知道", "")],
)
def test_a_day_far_off_is_doubted(village: Village, day: str, part: str) -> None:
    said = doubt(village, day=day, amount="5").get("day", "")
    assert part in said
    assert bool(said) == bool(part)


def test_a_village_sets_its_own_thresholds(village: Village) -> None:
    village.rules.revise("ledger_doubts", village.session.today(), {"old_days": 1000})
    assert doubt(village, day="2025-10-01", amount="5") == {}
