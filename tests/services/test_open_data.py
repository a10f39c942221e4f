"""Projects as open data, and the tables of debts, leases and budget on their way to the wall."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.services.conftest import TurningClock
from tests.services.lamp_project import FIRM, finish
from tests.services.money_books import book_first_quarter, open_purses, purse
from village_app.papers.blocks import Table
from village_app.papers.table_lines import column_total
from village_app.village import Village

SAMPLE = (
    Path(__file__).parents[2].parent
    / "shared/corpus/open-contracting__sample-data/ocds-213czf-000-00001.json"
)


def release(village: Village) -> dict[str, Any]:
    package = json.loads(village.open_data.releases())
    (only,) = package["releases"]
    return dict(only)


def test_the_lamps_go_out_with_every_payment_and_amendment(
    village: Village, clock: TurningClock
) -> None:
    finish(village, clock)
    found = release(village)
    assert found["ocid"] == "ocds-local-隔项〔2026〕1号"
    assert found["planning"]["budget"]["amount"] == {"amount": 52000.0, "currency": "CNY"}
    assert found["tender"]["numberOfTenderers"] == 3
    (contract,) = found["contracts"]
    assert contract["value"]["amount"] == 51060.0
    assert [one["rationale"] for one in contract["amendments"]] == ["增设转角灯1盏"]
    paid = [one["value"]["amount"] for one in contract["implementation"]["transactions"]]
    assert paid == [14940.0, 24900.0, 9503.9]
    roles = {one["name"]: one["roles"] for one in found["parties"]}
    assert roles[FIRM] == ["tenderer", "supplier"]
    assert roles["隔坑村民委员会"] == ["buyer"]


@pytest.mark.skipif(not SAMPLE.exists(), reason="没有公开合同数据的样例")
def test_the_keys_are_those_of_the_published_sample(village: Village, clock: TurningClock) -> None:
    finish(village, clock)
    theirs = json.loads(SAMPLE.read_text("utf-8"))["records"][0]["compiledRelease"]
    ours = release(village)
    assert set(ours) <= set(theirs)
    for part in ("planning", "tender", "buyer"):
        assert set(ours[part]) <= set(theirs[part])
    for part in ("awards", "contracts"):
        known = {*theirs[part][0], "amendments"}
        assert set(ours[part][0]) <= known


def test_nothing_blank_and_no_account_number_goes_out(
    village: Village, clock: TurningClock
) -> None:
    project = finish(village, clock)
    contract = village.projects.file(project).contract
    assert contract is not None
    with village.change("账号") as change:
        change.update(contract, account="6222020200112233445")
    text = village.open_data.releases().decode()
    assert "6222020200112233445" not in text
    assert "null" not in text


def test_debts_leases_and_budget_are_drafted_masked_and_equal_their_registers(
    village: Village, clock: TurningClock
) -> None:
    clock.turn_to(2026, 4, 10)
    open_purses(village)
    book_first_quarter(village)
    claims = village.accounts.find("应收款")
    village.accounts.open_with(
        claims,
        {"day": "2026-01-01", "amount": "8,000", "party": "陈大文", "formed_on": "2022-05-01"},
    )
    pond = village.collective.add_asset({"name": "三组鱼塘", "kind": "资源", "area": "36亩"})
    village.collective.let(
        pond,
        {
            "tenant": "陈大文",
            "starts_on": "2026-01-01",
            "ends_on": "2026-12-31",
            "yearly_rent": "72,000",
            "months": "6",
            "first_due": "2026-01-01",
        },
    )
    village.budgets.plan(village.accounts.find("公益支出"), {"year": "2026", "planned": "100,000"})
    papers = village.collective_papers
    debts, leases, budget = papers.debts(claims), papers.leases(), papers.budget(2026)
    table = next(block for block in debts.blocks if isinstance(block, Table))
    today = date(2026, 4, 10)
    balance = village.ledger.turnovers(date(2026, 1, 1), today)[claims.id].closing
    assert column_total(table, 6) == balance == 800000
    for paper in (debts, leases, budget):
        notice = papers.draft(paper)
        assert village.notices.findings(notice).stops == ()
        assert "陈大文" not in notice.paper
    assert purse(village).holds
