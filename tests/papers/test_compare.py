"""Old and new side by side: the correction of story 3 and what else can differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.papers.sample_papers import every_block_paper, one_block_paper
from village_app.domain.kinds import COUNT, DAY, MONEY, PERSON_NAME, TEXT
from village_app.papers.blocks import Column, Paper, Paragraph, Row, Table
from village_app.papers.compare import correction_blocks, differences
from village_app.papers.table_lines import column_total

COLUMNS = (
    Column("序号", COUNT),
    Column("日期", DAY),
    Column("凭证号", TEXT),
    Column("摘要", TEXT),
    Column("支出金额（元）", MONEY, total="sum"),
)
LINES: tuple[tuple[int, str, str, int], ...] = (
    (5, "付-001", "村道保洁", 1_200_000),
    (30, "付-008", "路灯工程首付款", 1_494_000),
    (31, "付-009", "购买砂石", 120_000),
    (31, "付-010", "其他公益支出", 4_296_895),
)


def ledger(*changes: tuple[str, int], without: str = "") -> Paper:
    amounts = dict(changes)
    rows = tuple(
        Row((number, date(2026, 3, day), voucher, what, amounts.get(voucher, fen)))
        for number, (day, voucher, what, fen) in enumerate(
            (line for line in LINES if line[1] != without), start=1
        )
    )
    table = Table(COLUMNS, rows, caption="支出明细", has_total=True)
    return one_block_paper(table, title="一季度财务公开表", number="隔村公示〔2026〕12号")


def said(old: Paper, new: Paper) -> list[tuple[str, str, str, str]]:
    return [(d.where, d.old_text, d.new_text, d.change_text) for d in differences(old, new)]


def test_one_wrong_payment_shows_in_its_cell_and_in_the_total() -> None:
    old, new = ledger(), ledger(("付-009", 102_000))
    assert said(old, new) == [
        ("支出明细 付-009 购买砂石 支出金额（元）", "1,200.00", "1,020.00", "-180.00"),
        ("支出明细 合计 支出金额（元）", "71,108.95", "70,928.95", "-180.00"),
    ]


def test_the_correction_keeps_its_figures_as_figures() -> None:
    blocks = correction_blocks(ledger(), ledger(("付-009", 102_000)), "金额录入有误")
    intro, why, _, table, _ = blocks
    assert isinstance(intro, Paragraph)
    assert "《一季度财务公开表》（隔村公示〔2026〕12号）" in intro.text
    assert isinstance(why, Paragraph)
    assert why.text == "更正原因：金额录入有误"
    assert isinstance(table, Table)
    assert [column.kind.name for column in table.columns] == ["text", "money", "money", "money"]
    assert table.rows[1].cells[1:] == (7_110_895, 7_092_895, -18_000)


def test_a_row_that_came_or_went_is_told_with_all_it_says() -> None:
    found = differences(ledger(), ledger(without="付-008"))
    gone = next(each for each in found if each.sort == "removed")
    assert gone.where == "支出明细 付-008 路灯工程首付款"
    assert "日期2026-03-30" in gone.old_text
    assert "支出金额（元）14,940.00" in gone.old_text
    came = [each.sort for each in differences(ledger(without="付-008"), ledger())]
    assert "added" in came


def test_rows_are_matched_by_what_they_say_and_not_by_their_number() -> None:
    found = said(ledger(without="付-001"), ledger(("付-009", 102_000)))
    assert ("支出明细 付-009 购买砂石 支出金额（元）", "1,200.00", "1,020.00", "-180.00") in found
    assert [place for place, *_ in found] == [
        "支出明细 付-001 村道保洁",
        "支出明细 付-009 购买砂石 支出金额（元）",
        "支出明细 合计 支出金额（元）",
    ]


def test_a_changed_name_is_matched_by_its_place() -> None:
    def paper(name: str) -> Paper:
        columns = (Column("姓名", PERSON_NAME), Column("金额", MONEY))
        return one_block_paper(Table(columns, (Row(("甲某", 1)), Row((name, 2)), Row(("丙某", 3)))))

    assert said(paper("乙某"), paper("己某")) == [("表1 己某 姓名", "乙某", "己某", "")]


def test_changed_words_and_titles_are_told_where_they_stand() -> None:
    old = one_block_paper(Paragraph("公示期7日。"), Paragraph("不变。"), title="公示甲")
    new = one_block_paper(
        Paragraph("公示期10日。"), Paragraph("不变。"), Paragraph("新加一段。"), title="公示乙"
    )
    assert said(old, new) == [
        ("标题", "公示甲", "公示乙", ""),
        ("第1段", "公示期7日。", "公示期10日。", ""),
        ("第3段", "", "新加一段。", ""),
    ]


def test_a_count_of_rows_is_a_plain_number() -> None:
    def paper(*names: str) -> Paper:
        columns = (Column("姓名", TEXT, total="count"),)
        return one_block_paper(
            Table(columns, tuple(Row((name,)) for name in names), has_total=True)
        )

    total = differences(paper("甲"), paper("甲", "乙"))[-1]
    assert (total.where, total.old_text, total.new_text, total.change_text) == (
        "表1 合计 姓名",
        "1",
        "2",
        "+1",
    )


def test_papers_that_say_the_same_do_not_differ() -> None:
    assert (
        differences(every_block_paper(), every_block_paper(footer="另一个码", number="另号")) == []
    )
    with pytest.raises(ValueError, match="differ"):
        correction_blocks(ledger(), ledger(), "无")


@pytest.mark.parametrize("change", [1, -1, 10**9])
def test_every_single_changed_amount_is_found(change: int) -> None:
    for _, voucher, _, fen in LINES:
        found = differences(ledger(), ledger((voucher, fen + change)))
        assert [each.change for each in found] == [change, change]
        assert voucher in found[0].where


def test_a_table_that_is_new_is_told_row_by_row() -> None:
    old = one_block_paper()
    new = ledger()
    table = new.blocks[0]
    assert isinstance(table, Table)
    found = differences(replace(old, title=new.title), new)
    rows: list[Any] = [each for each in found if each.sort == "added" and "付-" in each.where]
    assert len(rows) == len(table.rows)
    assert column_total(table, 4) == 7_110_895
