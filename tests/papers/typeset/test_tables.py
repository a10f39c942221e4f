"""Tables, forms, photos and charts as they come out of the printer."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.papers.printed import MM, PrintedPage, printed
from village_app.domain.kinds import COUNT, DAY, IDENTITY_NUMBER, MONEY, PERSON_NAME, TEXT, Kind
from village_app.papers.blocks import (
    Bar,
    BarChart,
    Block,
    Column,
    FormCell,
    FormGrid,
    Paper,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Signature,
    SignLines,
    Table,
)
from village_app.papers.typeset.cells import figure_line
from village_app.papers.typeset.columns import fit_columns, wants_landscape
from village_app.papers.typeset.layouts import LAYOUTS, TextStyle


def paper(*blocks: Block, title: str = "收支公开表") -> Paper:
    return Paper("table", title, blocks)


def table(rows: list[tuple[Any, ...]], *columns: Column, **how: Any) -> Table:
    return Table(columns, tuple(Row(row) for row in rows), **how)


def column(label: str, kind: Kind = TEXT, **how: Any) -> Column:
    return Column(label, kind, **how)


def ledger(count: int, **how: Any) -> Table:
    rows = [(number, f"第{number}笔支出", number * 100 + 5) for number in range(1, count + 1)]
    columns = (column("序号", COUNT), column("摘要"), column("金额", MONEY, total="sum"))
    return table(rows, *columns, **how)


def test_heads_come_again_on_every_page_with_the_title_marked_as_continued() -> None:
    pages = printed(paper(ledger(100, unit="单位：元"))).pages
    assert len(pages) > 2
    for page in pages:
        assert page.line("序号").text == "序号摘要金额"
        assert page.line("单位").text.endswith("单位：元")
    assert pages[0].lines[0].text == "收支公开表"
    assert all(page.lines[0].text == "收支公开表（续）单位：元" for page in pages[1:])


def test_every_row_is_printed_once_and_in_order() -> None:
    text = printed(paper(ledger(300))).text
    places = [text.index(f"第{number}笔") for number in range(1, 301)]
    assert places == sorted(places)
    assert text.count("第150笔支出") == 1


def test_totals_are_computed_from_the_values_and_written_in_words() -> None:
    text = printed(paper(ledger(3, has_total=True, in_words=2))).text
    assert "合计6.15" in text
    assert "合计金额（大写）：人民币陆元壹角伍分" in text


def test_a_total_never_stands_alone_at_a_page_head() -> None:
    for count in range(26, 36):
        last = printed(paper(ledger(count, has_total=True, in_words=2))).pages[-1]
        assert any("笔支出" in line.text for line in last.lines)


def test_groups_get_their_sub_totals_and_pages() -> None:
    rows = [("一组", 100), ("一组", 250), ("二组", 300)]
    grouped = table(
        rows,
        column("组别"),
        column("金额", MONEY, total="sum"),
        group_by=0,
        page_per_group=True,
        has_total=True,
    )
    first, second = printed(paper(grouped)).pages
    assert "一组小计3.50" in first.text
    assert "二组小计3.00" in second.text
    assert "合计6.50" in second.text


def test_columns_of_one_group_stand_under_one_head() -> None:
    page = printed(
        paper(
            table(
                [("甲", 100, 200)],
                column("姓名", PERSON_NAME),
                column("一月", MONEY, group="补贴金额（元）"),
                column("二月", MONEY, group="补贴金额（元）"),
            )
        )
    ).pages[0]
    group, january, february = page.line("补贴金额"), page.line("一月"), page.line("二月")
    assert group.baseline < january.baseline == february.baseline
    middle = (group.left + group.right) / 2
    start = january.chars[january.text.index("一")].x
    assert start < middle < february.right
    assert group.baseline < page.line("姓名").baseline < january.baseline


def test_a_long_number_is_never_cut_where_it_can_fit() -> None:
    number = "441900198506301234"
    crowded = table(
        [(number, "很长的说明" * 30, number, number)],
        column("身份证号", IDENTITY_NUMBER),
        column("说明"),
        column("证件", IDENTITY_NUMBER),
        column("账号"),
    )
    assert printed(paper(crowded)).pages[0].text.count(number) == 3


def test_type_shrinks_to_the_readable_and_no_further_before_numbers_are_cut() -> None:
    style = LAYOUTS["table"].table
    number = "441900198506301234"
    wide = table([(number,) * 8], *(column(f"号码{n}") for n in range(8)))
    smaller, widths = fit_columns(wide, style, LAYOUTS["table"].area_width)
    assert smaller.cell.size == pytest.approx(9.0)
    assert sum(widths) == pytest.approx(LAYOUTS["table"].area_width)


def test_only_long_texts_give_way_when_room_is_short() -> None:
    style = LAYOUTS["table"].table
    columns = (column("序号", COUNT), column("日期", DAY), column("说明"))
    wide = table([(1, date(2026, 3, 2), "很长的说明" * 30)], *columns)
    _, widths = fit_columns(wide, style, LAYOUTS["table"].area_width)
    assert widths[1] > 10 * style.cell.size * 0.5
    assert widths[2] > widths[0] + widths[1]


def test_shares_of_columns_are_kept() -> None:
    shared = table([("甲", "乙")], column("一", width=1), column("二", width=3))
    _, widths = fit_columns(shared, LAYOUTS["table"].table, 400)
    assert widths == pytest.approx([100, 300])


def test_figures_stand_under_each_other_digit_by_digit() -> None:
    style = TextStyle("song", 10.5, 14)
    assert figure_line("1,111.11", style).width == pytest.approx(
        figure_line("9,000.00", style).width
    )
    rows = [(11_111_111,), (99_900_000,), (5,)]
    page = printed(paper(table(rows, column("金额（元）", MONEY)))).pages[0]
    points = [line.chars[line.text.rindex(".")].x for line in page.lines if "." in line.text]
    assert max(points) - min(points) < 0.1


def test_a_row_taller_than_a_page_goes_on_under_the_repeated_head() -> None:
    text = "本项经村民代表会议审议通过，现予公示。" * 260
    pages = printed(paper(table([("一", text), ("二", "短")], column("项"), column("说明")))).pages
    assert len(pages) >= 3
    joined = "".join(line.text for page in pages for line in page.lines)
    assert joined.count("予") == 260
    assert all("项说明" in page.text for page in pages)


def test_masked_and_blank_values_are_set_as_they_are() -> None:
    masked = table(
        [("张*明", None, "441900********123X")],
        column("姓名", PERSON_NAME),
        column("金额", MONEY),
        column("证件", IDENTITY_NUMBER),
    )
    assert "张*明441900********123X" in printed(paper(masked)).text


def test_sections_span_the_table_and_notes_stand_below() -> None:
    rows = (
        Row(("一、收入", None), "section"),
        Row(("租金", 500)),
        Row(("二、支出", None), "section"),
    )
    sections = Table((column("项目"), column("金额", MONEY)), rows, notes=("注：已审核。",))
    lines = [line.text for line in printed(paper(sections)).pages[0].lines]
    assert lines[2:] == ["一、收入", "租金5.00", "二、支出", "注：已审核。"]


def test_a_wide_register_asks_for_a_lying_page() -> None:
    narrow = table([("甲", 100)], column("姓名"), column("金额", MONEY))
    wide = table([("441900198506301234",) * 8], *(column(f"号码{n}") for n in range(8)))
    assert not wants_landscape(narrow)
    assert wants_landscape(wide)


def label(text: str, **how: Any) -> FormCell:
    return FormCell(text, is_label=True, **how)


def form(content: str, lines: int = 1) -> FormGrid:
    rows = [
        (label("来访人"), FormCell("张某"), label("电话"), FormCell("13800001234")),
        (label("诉求内容", vertical=True), FormCell(content, columns=3, height=40)),
    ]
    return FormGrid((1, 2, 1, 2), tuple(rows * lines))


def test_a_form_writes_downwards_and_keeps_room_for_handwriting() -> None:
    page = printed(Paper("form", "登记表", (form("路灯不亮。"),))).pages[0]
    below = [page.line(char).baseline for char in "诉求内容"]
    assert below == sorted(below)
    assert below[3] > below[0]


def test_a_form_spanning_rows_goes_on_over_pages_without_losing_text() -> None:
    text = "来访人反映三组村前塘边路灯不亮夜间老人出行不便。" * 120
    spanning = FormGrid(
        (1, 4),
        (
            (label("内容", rows=2, vertical=True), FormCell(text)),
            (FormCell("附材料：照片二张"),),
            (label("结果"), FormCell("", height=30)),
        ),
    )
    pages = printed(Paper("form", "登记表", (spanning,))).pages
    joined = "".join(
        line.text.removeprefix("内").removeprefix("容") for page in pages for line in page.lines
    )
    assert len(pages) >= 2
    assert joined.count("亮") == 120
    assert "附材料" in joined


def test_lines_to_sign_stand_side_by_side() -> None:
    signing = SignLines((("登记人", ""), ("审核人", "吴某"), ("监委会主任", ""), ("来访人", "")), 3)
    page = printed(paper(signing)).pages[0]
    assert page.line("登记人").text == "登记人：审核人：吴某监委会主任："
    assert page.line("来访人").baseline - page.line("登记人").baseline == pytest.approx(12, abs=0.1)


def photo(width: int, height: int, orientation: int = 1, mode: str = "RGB") -> bytes:
    image = Image.new(mode, (width, height), (200, 120, 40, 0)[: len(mode)])
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "camera of somebody"
    target = BytesIO()
    image.save(target, "PNG" if mode == "RGBA" else "JPEG", exif=exif)
    return target.getvalue()


def image_boxes(blocks: tuple[Block, ...]) -> list[tuple[float, float]]:
    """Give width and height (mm) of the pictures on the first page."""
    import pypdfium2
    import pypdfium2.raw

    data = printed(paper(*blocks)).data
    assert b"camera of somebody" not in data
    with pypdfium2.PdfDocument(data) as document:
        found = document[0].get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))
        boxes = [item.get_bounds() for item in found]
    return [((right - left) / MM, (top - bottom) / MM) for left, bottom, right, top in boxes]


def test_photos_stand_upright_beside_each_other_without_camera_data() -> None:
    photos = PhotoGrid((Photo(photo(800, 600), "施工前"), Photo(photo(800, 600, 6), "施工后")))
    [lying, upright] = image_boxes((photos,))
    assert lying[0] > lying[1]
    assert upright[1] > upright[0]
    assert lying[0] == pytest.approx((170 - 10.5 / MM) / 2, abs=0.2)


def test_a_transparent_picture_is_laid_on_white() -> None:
    assert len(image_boxes((PhotoGrid((Photo(photo(60, 40, mode="RGBA")),), 1),))) == 1


@pytest.mark.parametrize("is_horizontal", [True, False])
def test_charts_name_bars_figures_and_parts(is_horizontal: bool) -> None:
    bars = (Bar("工程", (("已付", 80), ("未付", 20)), "100万元"), Bar("办公", (("已付", 12),)))
    text = printed(paper(BarChart("支出", bars, horizontal=is_horizontal))).text
    for wanted in ("支出", "工程", "100万元", "办公", "12", "已付", "未付"):
        assert wanted in text


def test_a_chart_without_any_value_is_still_set() -> None:
    assert "无" in printed(paper(BarChart("", (Bar("无", (("件", 0),)),)))).text


def test_a_table_keeps_its_last_rows_with_the_signature() -> None:
    def last_page(count: int) -> PrintedPage:
        signature = Signature(("隔坑村村民委员会",), "2026年3月2日")
        return printed(paper(ledger(count), signature)).pages[-1]

    for count in range(20, 30):
        assert any("笔支出" in line.text for line in last_page(count).lines)


def test_text_before_and_after_a_table_keeps_its_order() -> None:
    text = printed(paper(Paragraph("明细如下："), ledger(2), Paragraph("特此公示。"))).text
    assert text.index("明细如下") < text.index("第1笔") < text.index("特此公示")
