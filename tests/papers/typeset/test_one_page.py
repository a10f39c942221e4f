"""Keeping a sheet whole: signs beside the seal, lower rows, one page where that can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.papers.printed import PrintedPage, printed
from village_app.domain import kinds
from village_app.papers.blocks import (
    Block,
    Column,
    FormCell,
    FormGrid,
    Paper,
    Paragraph,
    Row,
    Signature,
    SignLines,
    Table,
)
from village_app.papers.pdf import write_pdf

SIGNS = SignLines(
    (("村党组织书记", ""), ("村委会主任", ""), ("会计", ""), ("出纳", ""), ("民主理财小组", ""))
)
SIGNATURE = Signature(("隔坑村民委员会",), "2026年4月14日")


def accounts(rows: int) -> Table:
    columns = (
        Column("序号", kinds.COUNT),
        Column("摘要", kinds.TEXT),
        Column("金额（元）", kinds.MONEY, total="sum"),
    )
    lines = tuple(Row((number + 1, f"付第{number + 1}笔", 12_345)) for number in range(rows))
    return Table(columns, lines, has_total=True, in_words=2)


def sheet(rows: int, *blocks: Block) -> Paper:
    return Paper("table", "收支公开表", (accounts(rows), *blocks, SIGNS, SIGNATURE))


def seal_square(page: PrintedPage) -> tuple[float, float, float, float]:
    """Give the square of 45 mm over name and date: left, top, right, bottom (mm)."""
    name, date = page.line("隔坑村民委员会"), page.line("2026年4月14日")
    middle = (date.chars[-8].left + date.right) / 2
    centre = (name.chars[-1].bottom + date.chars[-1].top) / 2
    return middle - 22.5, centre - 22.5, middle + 22.5, centre + 22.5


def test_places_to_sign_stand_beside_the_seal_and_leave_its_square_clear() -> None:
    [page] = printed(sheet(12)).pages
    left, top, right, bottom = seal_square(page)
    inside = [
        char.char
        for line in page.lines
        for char in line.chars
        if left < char.left < right and top < char.top < bottom
    ]
    assert "".join(inside) in "隔坑村民委员会2026年4月14日"
    assert page.line("出纳").baseline < bottom
    assert right < 190.5


def test_many_places_to_sign_stand_over_the_signature() -> None:
    many = SignLines(tuple((f"第{number}村民小组组长", "") for number in range(14)))
    paper = Paper("table", "收支公开表", (accounts(3), many, SIGNATURE))
    [page] = printed(paper).pages
    assert page.line("第13村民小组").baseline < page.line("隔坑村民委员会").baseline - 15


def test_rows_come_closer_before_the_seal_takes_a_page_of_its_own() -> None:
    pages = [len(printed(sheet(rows)).pages) for rows in (20, 22, 24)]
    assert pages == [1, 1, 1]
    result = write_pdf(sheet(24))
    assert result.pages == 1
    assert any(change.startswith("表格行高由7.5毫米改为") for change in result.changed)


def test_a_notice_keeps_its_pitch_when_only_rows_come_closer() -> None:
    text = Paragraph("现将我村第一季度收支情况予以公开，接受群众监督。" * 2)
    blocks = (text, accounts(11), Paragraph("特此公示。"), SIGNATURE)
    result = write_pdf(Paper("notice", "关于收支情况的公示", blocks))
    assert (result.pages, len(result.changed)) == (1, 1)
    [page] = printed(Paper("notice", "关于收支情况的公示", blocks)).pages
    first = page.line("现将我村").baseline
    second = next(line.baseline for line in page.lines if line.baseline > first + 1)
    assert second - first == pytest.approx(10.227, abs=0.05)


def test_what_is_long_anyway_is_left_as_it_is() -> None:
    result = write_pdf(sheet(80))
    assert result.pages > 2
    assert result.changed == ()


def test_a_paper_that_asks_for_one_page_gets_it_or_stays_as_it_is() -> None:
    lines = tuple(Paragraph("公示期内如有异议，请向村务监督委员会反映。") for _ in range(18))
    paper = Paper("notice", "关于某事的公示", (*lines, SIGNATURE), one_page=True)
    assert write_pdf(paper).pages == 1
    long = replace(paper, blocks=lines * 3)
    assert write_pdf(long).pages == write_pdf(replace(long, one_page=False)).pages
    assert write_pdf(long).changed == ()


@pytest.mark.parametrize("rows", range(8, 20))
def test_white_is_no_company_for_a_signature(rows: int) -> None:
    two = Signature(("隔坑村民委员会", "村务监督委员会"), "2026年4月14日")
    paper = Paper("notice", "更正公示", (accounts(rows), Paragraph("其余内容不变。"), two))
    last = printed(paper).pages[-1]
    above = [line for line in last.lines if line.baseline < last.line("隔坑村民委员会").baseline]
    assert len(above) >= 2


def test_a_list_to_be_filled_in_repeats_the_names_of_its_columns() -> None:
    head = tuple(FormCell(text, is_label=True) for text in ("序号", "姓名", "签名"))
    lines = tuple((FormCell(str(n)), FormCell(f"村民{n}"), FormCell()) for n in range(60))
    pages = printed(Paper("list", "签名表", (FormGrid((1, 2, 3), (head, *lines)),))).pages
    assert len(pages) > 1
    assert all("姓名" in page.text and "签名" in page.text for page in pages)


def test_labels_of_a_form_break_where_the_sense_allows() -> None:
    lines = ((FormCell("责任单位或承办人", is_label=True), FormCell("村委会", columns=3)),)
    [page] = printed(Paper("form", "登记表", (FormGrid((1.2, 2, 2, 2), lines),))).pages
    assert any(line.text.startswith("责任单位") and len(line.text) == 4 for line in page.lines)


def test_short_contents_do_not_wrap_although_the_shares_are_narrow() -> None:
    columns = (
        Column("日期", kinds.TEXT, width=1),
        Column("地点", kinds.TEXT, width=4),
        Column("事由", kinds.TEXT, width=4),
    )
    rows = (Row(("2026年4月15日（星期三）", "党群服务中心", "接访")),)
    [page] = printed(Paper("table", "安排", (Table(columns, rows),))).pages
    assert "2026年4月15日（星期三）" in page.text


def test_an_endless_word_never_takes_the_room_of_figures() -> None:
    columns = (Column("名称", kinds.TEXT), Column("金额（元）", kinds.MONEY))
    [page] = printed(Paper("table", "表", (Table(columns, (Row(("A" * 300, 123_450)),)),))).pages
    assert page.line("1,234.50").text.endswith("1,234.50")


def test_a_tall_row_begins_on_the_page_of_its_head() -> None:
    columns = (Column("序号", kinds.COUNT), Column("说明", kinds.TEXT))
    table = Table(columns, (Row((1, "说明的内容很长。" * 400)),))
    first = printed(Paper("notice", "高单元格", (Paragraph("情况如下。"), table))).pages[0]
    assert first.text.count("说明的内容很长") > 20


def test_names_stand_in_the_middle_of_a_wide_column() -> None:
    columns = (Column("姓名", kinds.PERSON_NAME), Column("签名", kinds.TEXT))
    [page] = printed(Paper("list", "名单", (Table(columns, (Row(("张*", "")),)),))).pages
    head, name = page.line("姓名"), page.line("张*")
    assert name.left > head.left - 3
