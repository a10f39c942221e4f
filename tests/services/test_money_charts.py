"""Charts say the ledger's figures, and each bar opens exactly the rows that make it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.papers.printed import Printed
from tests.services import lamp_project
from tests.services.conftest import TurningClock
from tests.services.money_books import book_first_quarter, open_purses
from village_app.domain.charts import REST, plain_bars, stacked_months
from village_app.domain.periods import period_of
from village_app.papers.blocks import BarChart
from village_app.papers.pdf import write_pdf
from village_app.village import Village

QUARTER = period_of("quarter", date(2026, 1, 1))


@pytest.fixture
def books(village: Village, clock: TurningClock) -> Village:
    clock.turn_to(2026, 4, 10)
    open_purses(village)
    book_first_quarter(village)
    return village


def test_spending_by_month_adds_up_to_the_quarters_expense(books: Village) -> None:
    chart = books.money_charts.by_month(2026, "expense")
    assert chart.names == ("公益支出", "管理费用")
    assert [bar.label for bar in chart.bars] == ["1月", "2月", "3月", "4月"]
    assert chart.total == 7_110_895
    march = chart.bars[2]
    assert march.values == (1_864_000 + 1_494_000, 190_000 + 120_000)
    assert march.figure == "36,680.00"


@pytest.mark.parametrize("nature", ["income", "expense"])
def test_every_bar_of_a_month_opens_the_entries_that_make_it(books: Village, nature: str) -> None:
    chart = books.money_charts.by_month(2026, nature)
    assert chart.total == {"income": 19_537_635, "expense": 7_110_895}[nature]
    for bar in chart.bars:
        entries = books.money_charts.entries_of_month(bar.key, nature)
        assert sum(one.amount for one in entries) == bar.total


def test_every_account_opens_the_entries_that_make_it(books: Village) -> None:
    for nature, total in (("income", 19_537_635), ("expense", 7_110_895)):
        chart = books.money_charts.by_account(QUARTER, nature)
        assert chart.total == total
        assert [bar.total for bar in chart.bars] == sorted(
            (bar.total for bar in chart.bars), reverse=True
        )
        for bar in chart.bars:
            entries = books.money_charts.entries_of_account(QUARTER, bar.key)
            assert sum(one.amount for one in entries) == bar.total


def test_a_reversal_takes_its_month_down(books: Village) -> None:
    wrong = books.ledger.entries(date(2026, 3, 31), date(2026, 3, 31))[0]
    books.ledger.reverse(wrong, "记错")
    assert books.money_charts.by_month(2026, "expense").bars[2].total == 3_668_000 - 120_000


def test_projects_are_drawn_by_where_their_money_comes_from(
    village: Village, clock: TurningClock
) -> None:
    lamp_project.start(village, clock)
    chart = village.money_charts.projects_by_source()
    assert [(bar.label, bar.figure) for bar in chart.bars] == [
        ("镇级补助", "30,000.00"),
        ("村集体收入", "22,000.00"),
    ]
    ((project, source),) = village.money_charts.sources_of("town")
    assert (project.name, source.amount) == ("村前塘路灯安装", 3_000_000)


def test_the_quarters_table_carries_the_chart_of_its_months_and_the_months_none(
    books: Village,
) -> None:
    paper = books.disclosure.paper("money_summary", QUARTER)
    (chart,) = (block for block in paper.blocks if isinstance(block, BarChart))
    assert [bar.figure for bar in chart.bars][:2] == ["164,500.00", "30,566.50"]
    text = Printed(write_pdf(paper).data).text
    assert "各月收入和支出（元）" in text
    assert "36,680.00" in text
    month = books.disclosure.paper("money_summary", period_of("month", date(2026, 3, 1)))
    assert not any(isinstance(block, BarChart) for block in month.blocks)


def test_small_accounts_are_put_together_and_one_alone_keeps_its_name() -> None:
    sums = {"2026-01": {"甲": 50, "乙": 40, "丙": 30, "丁": 20, "戊": 10}}
    chart = stacked_months("支出", sums)
    assert chart.names == ("甲", "乙", "丙", REST)
    assert chart.bars[0].values == (50, 40, 30, 30)
    four = stacked_months("支出", {"2026-01": {"甲": 5, "乙": 4, "丙": 3, "丁": 2}})
    assert four.names == ("甲", "乙", "丙", "丁")


def test_noughts_are_left_out_of_plain_bars() -> None:
    chart = plain_bars("来源", [("a", "甲", 0), ("b", "乙", 5), ("c", "丙", 9)])
    assert [bar.label for bar in chart.bars] == ["丙", "乙"]
