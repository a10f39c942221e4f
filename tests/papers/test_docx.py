"""Documents of papers: opened by the library that WPS users' tools are built on, and as XML."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from tests.papers.sample_papers import (
    FORM,
    every_block_paper,
    ledger,
    one_block_paper,
    picture_with_place,
)
from village_app.domain.kinds import MONEY, TEXT
from village_app.errors import Cancelled, InvalidInput
from village_app.papers.blocks import (
    Column,
    Paper,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Signature,
    Table,
)
from village_app.papers.docx import write_docx


def opened(paper: Paper, **options: Any) -> Any:
    return docx.Document(BytesIO(write_docx(paper, **options)))


def part_of(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def paragraph_with(document: Any, text: str) -> Any:
    return next(each for each in document.paragraphs if each.text == text)


def test_an_official_paper_has_the_measures_of_the_standard() -> None:
    document = opened(one_block_paper(Paragraph("正文"), layout="official"))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [
        round(length.mm)
        for length in (
            section.top_margin,
            section.right_margin,
            section.bottom_margin,
            section.left_margin,
        )
    ] == [37, 26, 35, 28]
    body = document.styles["公文 正文"]
    assert body.font.size.pt == 16
    assert round(body.paragraph_format.line_spacing.pt, 1) in (28.9, 29.0)
    assert body.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert body.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    title = document.styles["公文 标题"]
    assert title.font.size.pt == 22
    assert title.element.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"


@pytest.mark.parametrize(
    ("style", "face"),
    [("公文 一级标题", "黑体"), ("公文 二级标题", "楷体_GB2312"), ("公文 三级标题", "仿宋_GB2312")],
)
def test_headings_have_the_faces_of_their_levels(style: str, face: str) -> None:
    document = opened(every_block_paper(layout="official"))
    element = document.styles[style].element
    assert element.rPr.rFonts.get(qn("w:eastAsia")) == face
    assert element.pPr.find(qn("w:keepNext")) is not None


def test_faces_that_a_machine_lacks_have_a_stand_in() -> None:
    fonts = part_of(write_docx(every_block_paper()), "word/fontTable.xml")
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in fonts
    assert '<w:font w:name="方正小标宋简体"><w:altName w:val="华文中宋"/>' in fonts


def test_the_head_of_a_table_repeats_and_no_row_is_parted() -> None:
    table = opened(one_block_paper(ledger(3))).tables[0]
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
    assert heads == [True, False, False, False, False, False]
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    assert [cell.text for cell in table.rows[4].cells][-2:] == ["6", "3,703.71"]
    assert table.rows[5].cells[0].text == "合计金额（大写）：人民币叁仟柒佰零叁元柒角壹分"


def test_figures_stand_at_the_right_and_columns_fill_the_type_area() -> None:
    document = opened(one_block_paper(ledger(2)))
    table = document.tables[0]
    assert table.rows[1].cells[6].paragraphs[0].alignment == 2
    section = document.sections[0]
    area = section.page_width - section.left_margin - section.right_margin
    total = sum(column.width for column in table.columns)
    assert abs(total - area) < Mm(0.5)


def test_columns_under_a_common_name_are_merged_above() -> None:
    columns = (
        Column("姓名", TEXT),
        Column("应发", MONEY, group="补贴"),
        Column("实发", MONEY, group="补贴"),
    )
    table = opened(one_block_paper(Table(columns, (Row(("甲", 1, 2)),)))).tables[0]
    assert table.cell(0, 1)._tc is table.cell(0, 2)._tc
    assert table.cell(0, 0)._tc is table.cell(1, 0)._tc
    assert [table.cell(1, number).text for number in (1, 2)] == ["应发", "实发"]


def test_a_group_can_start_a_page() -> None:
    columns = (Column("组别", TEXT), Column("金额", MONEY, total="sum"))
    table = Table(columns, (Row(("一组", 1)), Row(("二组", 2))), group_by=0, page_per_group=True)
    written = opened(one_block_paper(table)).tables[0]
    starts = [row.cells[0].paragraphs[0].paragraph_format.page_break_before for row in written.rows]
    assert starts == [None, None, None, True, None]


def test_a_form_keeps_its_spans_heights_and_upright_labels() -> None:
    table = opened(one_block_paper(FORM)).tables[0]
    assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
    assert table.cell(1, 1)._tc is table.cell(1, 3)._tc
    assert table.cell(0, 3).text == "00017"
    assert table.cell(1, 0)._tc.find(f".//{qn('w:textDirection')}") is not None
    assert round(table.rows[1].height.mm) == 30


def test_the_name_is_centred_over_a_date_four_characters_in() -> None:
    signature = Signature(("隔坑村民委员会",), "2026年3月2日")
    document = opened(one_block_paper(signature, layout="official"))
    name = paragraph_with(document, "隔坑村民委员会").paragraph_format
    day = paragraph_with(document, "2026年3月2日").paragraph_format
    # The date is 6 characters wide (figures are half ones), the name 7.
    assert day.right_indent.pt == 4 * 16
    assert name.right_indent.pt == 3.5 * 16
    assert name.space_before.mm == pytest.approx(22.5, abs=0.3)


def test_text_stays_with_the_signature_below_it() -> None:
    signature = Signature(("隔坑村民委员会",), "2026年3月2日")
    document = opened(one_block_paper(Paragraph("前一段。"), Paragraph("末一段。"), signature))
    assert paragraph_with(document, "前一段。").paragraph_format.keep_with_next is None
    assert paragraph_with(document, "末一段。").paragraph_format.keep_with_next is True
    assert document.styles["公文 落款"].paragraph_format.keep_with_next is True
    assert paragraph_with(document, "2026年3月2日").paragraph_format.keep_with_next is False


def test_without_a_seal_name_and_date_stand_two_in() -> None:
    signature = Signature(("隔坑村民委员会",), "2026年3月2日", seal=False)
    document = opened(one_block_paper(signature, layout="official"))
    assert paragraph_with(document, "隔坑村民委员会").paragraph_format.right_indent.pt == 32
    assert paragraph_with(document, "2026年3月2日").paragraph_format.right_indent.pt == 16


def test_page_numbers_are_fields_on_outer_sides_of_official_papers() -> None:
    document = opened(every_block_paper(layout="official"))
    assert document.settings.odd_and_even_pages_header_footer
    odd = document.sections[0].footer.paragraphs[0]
    even = document.sections[0].even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (odd.alignment, even.alignment) == (2, 0)
    assert " PAGE " in odd._p.xml
    assert document.sections[0].footer.paragraphs[1].text == "验真码 ABCD2345"


def test_page_numbers_of_tables_count_all_pages() -> None:
    document = opened(one_block_paper(ledger(2), layout="table"))
    foot = document.sections[0].footer.paragraphs[0]
    assert foot.text == "第1页　共1页"
    assert " NUMPAGES " in foot._p.xml
    assert opened(one_block_paper(page_numbers=False)).sections[0].footer.paragraphs[0].text == ""


def test_a_draft_says_so_on_every_page() -> None:
    section = opened(one_block_paper(draft=True)).sections[0]
    assert section.header.paragraphs[0].text == "草稿"
    assert section.even_page_header.paragraphs[0].text == "草稿"


def test_text_is_literal_and_controls_are_gone() -> None:
    text = "<b>重要</b> & “引号” </w:t>\x00\x0b\ud800尾"
    document = opened(one_block_paper(Paragraph(text), title="甲\n乙"))
    assert document.paragraphs[1].text == "<b>重要</b> & “引号” </w:t>尾"
    assert document.paragraphs[0].text == "甲\n乙"
    xml = part_of(
        write_docx(one_block_paper(Paragraph("=HYPERLINK(1) http://a.invalid"))), DOCUMENT
    )
    assert "w:hyperlink" not in xml
    assert xml.count("fldChar") == 0


DOCUMENT = "word/document.xml"


def test_pictures_go_out_without_what_the_camera_wrote() -> None:
    data = write_docx(one_block_paper(PhotoGrid((Photo(picture_with_place(), "现场"),))))
    with ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert len(names) == 1
        with Image.open(BytesIO(archive.read(names[0]))) as image:
            assert not image.getexif()
    assert "现场" in [
        cell.text for row in docx.Document(BytesIO(data)).tables[0].rows for cell in row.cells
    ]


def test_the_same_paper_gives_the_same_bytes() -> None:
    moment = datetime(2026, 4, 10, 1, 30, tzinfo=UTC)
    first = write_docx(every_block_paper(), moment=moment)
    assert first == write_docx(every_block_paper(), moment=moment)
    with ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 4, 10, 1, 30, 0)}


def letterhead() -> bytes:
    """Make a letterhead as an office might keep it, with its maker's name all over it."""
    document = docx.Document()
    document.sections[0].page_width, document.sections[0].page_height = Mm(210), Mm(297)
    document.sections[0].left_margin = document.sections[0].right_margin = Mm(30)
    document.add_paragraph("横沥镇隔坑村民委员会文件")
    document.sections[0].footer.paragraphs[0].text = "地址：隔坑村塘边路"
    document.core_properties.author = "某某"
    document.core_properties.comments = "某某的电脑"
    document.paragraphs[0]._p.set(qn("w:rsidR"), "00FC693F")
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_letterhead_keeps_its_head_and_margins_and_the_paper_follows() -> None:
    document = opened(every_block_paper(layout="official"), base=letterhead())
    texts = [each.text for each in document.paragraphs]
    assert texts[:4] == [
        "横沥镇隔坑村民委员会文件",
        "隔村公示〔2026〕12号",
        "2026年一季度财务公开表",
        "各村民小组：",
    ]
    assert document.sections[0].left_margin.mm == pytest.approx(30, abs=0.1)
    assert document.sections[0].footer.paragraphs[0].text == "地址：隔坑村塘边路"
    assert sum(column.width.mm for column in document.tables[0].columns) == pytest.approx(
        150, abs=1
    )


def test_a_letterheads_makers_are_forgotten() -> None:
    data = write_docx(one_block_paper(Paragraph("文")), base=letterhead())
    with ZipFile(BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert "docProps/app.xml" not in archive.namelist()
        assert "docProps/thumbnail.jpeg" not in archive.namelist()
        assert b"rsidR=" not in archive.read(DOCUMENT)
    assert "某某".encode() not in everything
    assert docx.Document(BytesIO(data)).core_properties.author == "共治通"


@pytest.mark.parametrize("base", [b"", b"no zip", letterhead()[:500]])
def test_a_file_that_is_no_letterhead_is_refused_in_plain_words(base: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        write_docx(one_block_paper(), base=base)
    assert refused.value.faults[0].code == "unusable_letterhead"


def test_a_spreadsheet_and_a_bomb_are_no_letterheads() -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", 8) as archive:
        archive.writestr("word/document.xml", b"\0" * 70_000_000)
    sheet = BytesIO()
    with ZipFile(sheet, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    for data in (bomb.getvalue(), sheet.getvalue()):
        with pytest.raises(InvalidInput):
            write_docx(one_block_paper(), base=data)


def test_a_cancelled_writing_stops() -> None:
    def cancel(done: int, total: int, text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_docx(one_block_paper(ledger(1)), report=cancel)


def test_nothing_is_laid_down_on_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was asked for")

    for name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    assert write_docx(every_block_paper())[:2] == b"PK"


def test_properties_of_paragraphs_and_runs_stand_in_the_order_of_the_schema() -> None:
    orders = {
        "pPr": ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "pBdr", "spacing", "ind",
                "jc", "outlineLvl"],
        "rPr": ["rFonts", "b", "color", "spacing", "sz", "szCs", "lang"],
        "tcPr": ["tcW", "gridSpan", "vMerge", "shd", "textDirection", "vAlign"],
        "tblPr": ["tblW", "jc", "tblBorders", "tblLayout", "tblCellMar"],
    }  # fmt: skip
    document = opened(every_block_paper(layout="official"))
    styles = [style.element for style in document.styles if style.name.startswith("公文")]
    for root in (document.element, *styles):
        for name, order in orders.items():
            for element in root.iter(qn(f"w:{name}")):
                tags = [child.tag.split("}")[1] for child in element]
                assert tags == sorted(tags, key=order.index)


def test_days_and_blank_cells_are_written_as_shown() -> None:
    row = Row((date(2026, 3, 2), None, "陈路明", None, None, None, 5))
    table = opened(one_block_paper(Table(ledger().columns, (row,)))).tables[0]
    assert [cell.text for cell in table.rows[1].cells] == [
        "2026-03-02", "", "陈路明", "", "", "", "0.05",
    ]  # fmt: skip
