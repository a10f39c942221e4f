"""The first quarter from the ledger to the wall, stopped at a fen, frozen, corrected (story 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.conftest import TurningClock
from tests.services.money_books import book_first_quarter, open_purses, purse
from village_app.db.records.notices import Notice
from village_app.domain.periods import period_of
from village_app.errors import InvalidInput, Refused
from village_app.papers.blocks import Paper, Paragraph, Row, Table
from village_app.papers.builders.money import Sheet
from village_app.papers.table_lines import amount_in_words, column_total
from village_app.village import Village

QUARTER = period_of("quarter", date(2026, 2, 1))


@pytest.fixture
def books(village: Village, clock: TurningClock) -> Village:
    clock.turn_to(2026, 4, 10)
    open_purses(village)
    book_first_quarter(village)
    return village


def tables(paper: Paper) -> list[Table]:
    return [block for block in paper.blocks if isinstance(block, Table)]


def post(village: Village, notice: Notice) -> Notice:
    village.notices.mend(notice)
    village.notices.check(notice, agrees=True)
    village.notices.approve(notice)
    return village.notices.publish(notice)


def test_periods_know_their_ends_and_words() -> None:
    assert (QUARTER.first, QUARTER.last) == (date(2026, 1, 1), date(2026, 3, 31))
    assert QUARTER.show() == "2026年第一季度"
    assert QUARTER.before.show() == "2025年第四季度"
    february = period_of("month", date(2028, 2, 10))
    assert (february.last, february.show()) == (date(2028, 2, 29), "2028年2月")
    assert period_of("year", date(2026, 7, 1)).last == date(2026, 12, 31)


def test_the_quarters_table_says_the_storys_figures(books: Village) -> None:
    figures = books.disclosure.figures(QUARTER)
    assert (figures.total_income, figures.total_expense) == (19537635, 7110895)
    assert (figures.opening, figures.closing) == (128965095, 141391835)
    assert figures.between == 0
    paper = books.disclosure.paper("money_summary", QUARTER)
    accounts, purses = tables(paper)
    by_name = {row.cells[0]: row.cells[1] for row in accounts.rows}
    assert by_name["经营收入"] == 16450000
    assert by_name["补助收入"] == 3000000
    assert by_name["其他收入"] == 87635
    assert by_name["收入合计"] == 19537635
    assert by_name["公益支出"] == 6414650
    assert by_name["管理费用"] == 696245
    assert by_name["支出合计"] == 7110895
    closing = {row.cells[0]: row.cells[4] for row in purses.rows}
    assert closing == {"库存现金": 472410, "银行存款": 140919425}
    sentence = next(b.text for b in paper.blocks if isinstance(b, Paragraph))
    assert "1,289,650.95＋本期收入195,376.35－本期支出71,108.95＝期末结余1,413,918.35" in sentence


def test_every_line_is_published_one_by_one(books: Village) -> None:
    income = tables(books.disclosure.paper("money_income", QUARTER))[0]
    expense = tables(books.disclosure.paper("money_expense", QUARTER))[0]
    assert (len(income.rows), len(expense.rows)) == (4, 8)
    assert column_total(income, len(income.columns) - 1) == 19537635
    assert amount_in_words(expense) == "合计金额（大写）：人民币柒万壹仟壹佰零捌元玖角伍分"


@pytest.mark.parametrize("sheet", ["money_summary", "money_income", "money_expense"])
def test_a_table_goes_to_the_wall_after_three_looked_at_it(books: Village, sheet: Sheet) -> None:
    notice = post(books, books.disclosure.draft(sheet, QUARTER))
    assert notice.number is not None
    assert notice.published_at is not None
    assert notice.period_to == date(2026, 4, 19)
    assert books.disclosure.due_on(QUARTER) == date(2026, 4, 15)
    assert books.disclosure.published(sheet) == [notice]
    with pytest.raises(Refused) as caught:
        books.disclosure.draft(sheet, QUARTER)
    assert caught.value.code == "published_already"


def test_a_period_that_still_runs_is_not_published(books: Village) -> None:
    with pytest.raises(Refused) as caught:
        books.disclosure.draft("money_summary", QUARTER.following)
    assert caught.value.code == "period_runs"


def off_by_a_fen(paper: Paper) -> Paper:
    """Add 0.01 to the amount of the first line of the first table."""
    blocks = list(paper.blocks)
    table = tables(paper)[0]
    first = table.rows[0]
    spoiled = Row((*first.cells[:-1], first.cells[-1] + 1), first.role)
    blocks[blocks.index(table)] = replace(table, rows=(spoiled, *table.rows[1:]))
    return replace(paper, blocks=tuple(blocks))


def test_a_difference_of_a_fen_stops_the_publishing_and_names_the_line(books: Village) -> None:
    notice = books.disclosure.draft("money_expense", QUARTER)
    paper = books.notices.paper_of(notice)
    books.notices.revise(notice, off_by_a_fen(paper))
    with pytest.raises(Refused) as caught:
        post(books, notice)
    assert caught.value.code == "unlike_ledger"
    assert "18,640.01" in caught.value.message
    assert "18,640.00" in caught.value.message
    assert "71,108.96" in caught.value.message
    assert notice.number is None
    post(books, books.disclosure.redo(notice))


def test_a_ledger_edited_after_the_draft_stops_it_too(books: Village) -> None:
    notice = books.disclosure.draft("money_summary", QUARTER)
    typed = {"day": "2026-03-31", "summary": "付电费", "amount": "0.01"}
    books.ledger.spend(purse(books), books.accounts.find("管理费用"), typed)
    with pytest.raises(Refused) as caught:
        post(books, notice)
    assert caught.value.code == "unlike_ledger"
    assert "71,108.96" in caught.value.message


def wrong_line(village: Village) -> None:
    wrong = village.ledger.entries(date(2026, 3, 31), date(2026, 3, 31))[0]
    village.ledger.correct(wrong, "发票金额看错", {"amount": "1,020.00"})


def test_what_hangs_stays_as_printed_and_a_correction_shows_the_difference(
    books: Village, clock: TurningClock
) -> None:
    notice = post(books, books.disclosure.draft("money_expense", QUARTER))
    summary = post(books, books.disclosure.draft("money_summary", QUARTER))
    printed = books.notices.reprint(notice)
    assert books.disclosure.outdated() == []
    clock.turn_to(2026, 4, 20)
    wrong_line(books)
    assert books.notices.reprint(notice) == printed
    assert column_total(tables(books.notices.paper_of(notice))[0], 9) == 7110895
    assert {one.notice.id for one in books.disclosure.outdated()} == {notice.id, summary.id}
    with pytest.raises(InvalidInput):
        books.disclosure.draft_correction(summary, "")
    draft = books.disclosure.draft_correction(summary, "付-009 发票金额看错")
    assert draft.corrects_id == summary.id
    changed = {row.cells[0]: row.cells[1:] for row in tables(books.notices.paper_of(draft))[0].rows}
    total = changed["收入和支出 支出合计 本期发生"]
    assert total == ("71,108.95", "70,928.95", "-180.00")
    correction = post(books, draft)
    assert correction.number == "隔村更正〔2026〕1号"
    assert [one.notice.id for one in books.disclosure.outdated()] == [notice.id]
    with pytest.raises(Refused) as caught:
        books.disclosure.draft_correction(summary, "再来一次")
    assert caught.value.code == "nothing_to_correct"


def test_the_months_add_up_to_the_quarter_and_each_closing_is_the_next_opening(
    books: Village,
) -> None:
    months = [period_of("month", date(2026, month, 1)) for month in (1, 2, 3)]
    figures = [books.disclosure.figures(month) for month in months]
    assert sum(one.total_income for one in figures) == 19537635
    assert sum(one.total_expense for one in figures) == 7110895
    assert [one.closing for one in figures[:2]] == [one.opening for one in figures[1:]]
    year_to_date = {line.name: line.year for line in figures[2].expense}
    assert year_to_date["公益支出"].gained == 6414650
