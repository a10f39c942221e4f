"""Pages measured: the geometry of GB/T 9704, what stays together, what every page carries."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.papers.printed import MM, Printed, PrintedPage, printed
from village_app.papers.blocks import Heading, PageBreak, Paper, Paragraph, Signature, Spacer

SENTENCE = "村务公开是基层民主监督的重要形式，各组要把群众关心的事项及时准确完整地公开，接受监督。"
ISSUER = "横沥镇隔坑村村民委员会"


def official(*blocks: Paragraph | Signature | Heading | PageBreak | Spacer) -> Paper:
    return Paper("official", "", blocks)


def body_lines(page: PrintedPage) -> list[str]:
    return [line.text for line in page.lines if not line.text.startswith("—")]


@pytest.fixture(scope="module")
def full_page() -> PrintedPage:
    return printed(official(Paragraph("国" * 28 * 44, indent=0))).pages[1]


def test_a_full_page_holds_22_lines_of_28_characters(full_page: PrintedPage) -> None:
    assert [len(line) for line in body_lines(full_page)] == [28] * 22


def test_the_type_area_lies_as_the_standard_has_it(full_page: PrintedPage) -> None:
    first, last = full_page.lines[0], full_page.lines[21]
    assert (round(full_page.width), round(full_page.height)) == (210, 297)
    assert first.left == pytest.approx(28, abs=0.05)
    assert first.chars[-1].x + 156 / 28 == pytest.approx(184, abs=0.1)
    assert first.baseline - last.baseline == pytest.approx(-21 * 225 / 22, abs=0.05)
    above_em = (225 / 22 - 16 / MM) / 2
    assert first.baseline - 0.88 * 16 / MM - above_em == pytest.approx(37, abs=0.05)
    assert last.baseline + 0.12 * 16 / MM + above_em == pytest.approx(262, abs=0.05)


def test_the_line_pitch_is_28_99_points(full_page: PrintedPage) -> None:
    pitches = [(b.baseline - a.baseline) * MM for a, b in pairwise(full_page.lines[:22])]
    assert all(pitch == pytest.approx(28.99, abs=0.02) for pitch in pitches)


def test_page_numbers_stand_outside_7_mm_below_the_type_area() -> None:
    odd, even = printed(official(Paragraph("国" * 28 * 44, indent=0))).pages
    one, two = odd.lines[-1], even.lines[-1]
    assert (one.text, two.text) == ("—1—", "—2—")
    assert one.chars[0].top == pytest.approx(262 + 7, abs=0.1)
    assert one.right == pytest.approx(184 - 14 / MM, abs=0.1)
    assert two.left == pytest.approx(28 + 14 / MM, abs=0.1)


def test_paragraphs_are_indented_by_two_characters() -> None:
    [page] = printed(official(Paragraph(SENTENCE))).pages
    assert page.lines[0].left == pytest.approx(28 + 2 * 156 / 28, abs=0.05)
    assert page.lines[1].left == pytest.approx(28, abs=0.05)


def test_levels_change_the_face_and_the_rest_of_a_run_in_heading_is_body() -> None:
    paper = official(
        Paragraph("一、工程概况"), Paragraph("（一）资金来源。由集体自筹。"), Paragraph("1. 其他")
    )
    data = printed(paper)
    assert data.outline == [("一、工程概况", 0), ("1. 其他", 1)]
    fonts = fonts_of(data, "一、工程概况（一）资金来源。由集体自筹。")
    assert fonts["概"] == {"GSHei"}
    assert fonts["金"] == {"GSKai"}
    assert fonts["筹"] == {"GSFangSong"}


def fonts_of(data: Printed, wanted: str) -> dict[str, set[str]]:
    """Name the fonts that draw some characters."""
    import ctypes

    import pypdfium2
    import pypdfium2.raw

    found: dict[str, set[str]] = {}
    with pypdfium2.PdfDocument(data.data) as document:
        textpage = document[0].get_textpage()
        for index in range(textpage.count_chars()):
            char = textpage.get_text_range(index, 1)
            if char in wanted:
                name = ctypes.create_string_buffer(80)
                flags = ctypes.c_int()
                pypdfium2.raw.FPDFText_GetFontInfo(textpage, index, name, 80, flags)
                found.setdefault(char, set()).add(name.value.decode().rpartition("+")[2])
    return found


def test_the_addressee_stands_flush_left_with_a_full_width_colon() -> None:
    paper = replace(official(Paragraph(SENTENCE)), title="关于开会的通知", to="各村民小组:")
    line = printed(paper).pages[0].line("各村民小组")
    assert line.text == "各村民小组："
    assert line.left == pytest.approx(28, abs=0.05)


def test_a_letterhead_stands_35_mm_down_with_number_and_red_line() -> None:
    paper = replace(
        official(Paragraph(SENTENCE)),
        title="关于开会的通知",
        number="隔村〔2026〕3号",
        letterhead="隔坑村村民委员会文件",
    )
    [page] = printed(paper).pages
    mark = page.line("村民委员会文件")
    assert min(char.top for char in mark.chars) == pytest.approx(37 + 35, abs=1)
    number = page.line("〔2026〕")
    assert (number.left + number.right) / 2 == pytest.approx(106, abs=0.6)
    assert page.line("关于开会").baseline > number.baseline + 2 * 225 / 22


def test_a_sealed_signature_centres_the_name_over_the_date_four_characters_in() -> None:
    [page] = printed(official(Paragraph(SENTENCE), Signature((ISSUER,), "2026年3月2日"))).pages
    text, name, date = page.lines[1], page.line(ISSUER), page.line("2026年3月2日")
    assert date.chars[-1].x + 156 / 28 == pytest.approx(184 - 4 * 156 / 28, abs=0.1)
    assert name.left + name.chars[-1].x == pytest.approx(date.left + date.chars[-1].x, abs=0.2)
    assert date.baseline - name.baseline == pytest.approx(225 / 22, abs=0.05)
    white_over_seal = name.baseline - text.baseline - 45 / 2  # its centre is the name's line end
    assert 0 < white_over_seal < 225 / 22


def test_an_unsealed_signature_follows_the_standard_too() -> None:
    paper = official(Paragraph(SENTENCE), Signature((ISSUER,), "2026年3月2日", seal=False))
    [page] = printed(paper).pages
    name, date = page.line(ISSUER), page.line("2026年3月2日")
    assert name.baseline - page.lines[1].baseline == pytest.approx(2 * 225 / 22, abs=0.05)
    assert name.chars[-1].x + 156 / 28 == pytest.approx(184 - 2 * 156 / 28, abs=0.1)
    assert date.left - name.left == pytest.approx(2 * 156 / 28, abs=0.6)


def test_three_issuers_stand_side_by_side_with_room_for_a_seal_each() -> None:
    issuers = ("隔坑村村民委员会", "隔坑村经联社", "村务监督委员会")
    [page] = printed(official(Paragraph(SENTENCE), Signature(issuers, "2026年3月2日"))).pages
    middles = [
        (line.chars[start].x + line.chars[start + len(name) - 1].right) / 2
        for name in issuers
        if (line := page.line(name)) and (start := line.text.index(name)) >= 0
    ]
    assert all(b - a >= 45 for a, b in pairwise(middles))


@pytest.mark.parametrize("lines", range(16, 24))
def test_a_signature_always_has_two_lines_of_text_with_it(lines: int) -> None:
    paper = official(Paragraph("国" * 28 * lines, indent=0), Signature((ISSUER,), "2026年3月2日"))
    page = printed(paper).pages[-1]
    texts = body_lines(page)
    assert texts.index(ISSUER) >= 2


@pytest.mark.parametrize("filled", range(17, 23))
def test_no_paragraph_leaves_a_lone_line_at_foot_or_head(filled: int) -> None:
    paper = official(Paragraph("国" * 28 * filled, indent=0), Paragraph("民" * 28 * 4, indent=0))
    counts = [
        sum(line.startswith("民") for line in body_lines(page)) for page in printed(paper).pages
    ]
    assert sum(counts) == 4
    assert 1 not in counts


@pytest.mark.parametrize("filled", range(18, 23))
def test_a_heading_never_stands_at_a_page_foot(filled: int) -> None:
    paper = official(
        Paragraph("国" * 28 * filled, indent=0),
        Paragraph("一、工程概况"),
        Paragraph("（一）基本情况"),
        Paragraph(SENTENCE * 2),
    )
    for page in printed(paper).pages:
        assert not body_lines(page)[-1].startswith(("一、", "（一）"))


def test_attachments_hang_under_their_names() -> None:
    name = "工程竣工结算审核报告书（东莞市某某工程造价咨询有限公司二〇二六年二月十日出具）"
    paper = official(Paragraph(f"附件：1. {name}"), Paragraph("2. 资金支付明细表"))
    [page] = printed(paper).pages
    first, second, third = page.lines[:3]
    begin = first.chars[first.text.index("工")].x
    assert second.left == pytest.approx(begin, abs=0.1)
    assert third.chars[third.text.index("资")].x == pytest.approx(begin, abs=0.1)
    assert third.left == pytest.approx(first.chars[first.text.index("1")].x, abs=0.1)


def test_an_attachment_begins_with_its_black_mark_flush_left_on_a_new_page() -> None:
    paper = official(
        Paragraph(SENTENCE),
        PageBreak(),
        Paragraph("附件1"),
        Heading("工作方案"),
        Paragraph(SENTENCE),
    )
    first, second = printed(paper).pages
    assert second.lines[0].text == "附件1"
    assert second.lines[0].left == pytest.approx(28, abs=0.05)
    assert "工作方案" not in first.text


def test_page_breaks_at_the_end_make_no_empty_page() -> None:
    assert len(printed(official(Paragraph(SENTENCE), PageBreak())).pages) == 1


def test_blank_lines_are_dropped_at_a_page_head() -> None:
    paper = official(Paragraph("国" * 28 * 22, indent=0), Spacer(2), Paragraph("民", indent=0))
    page = printed(paper).pages[1]
    assert page.lines[0].baseline == pytest.approx(
        37 + 225 / 22 / 2 + (0.88 - 0.5) * 16 / MM, abs=0.1
    )


def test_an_unsigned_draft_says_so_across_the_page() -> None:
    paper = replace(official(Paragraph(SENTENCE)), draft=True)
    assert "草" in printed(paper).text
    assert "草" not in printed(replace(paper, draft=False)).text


def test_a_seam_line_is_marked_only_on_papers_of_several_pages() -> None:
    long = replace(official(Paragraph(SENTENCE * 30)), seam=True)
    short = replace(official(Paragraph(SENTENCE)), seam=True)
    assert all("骑" in page.text for page in printed(long).pages)
    assert "骑" not in printed(short).text


def test_the_footer_stands_at_the_foot_of_every_page() -> None:
    paper = replace(official(Paragraph(SENTENCE * 30)), footer="验真码：K7Q2-9XFA")
    for page in printed(paper).pages:
        assert page.lines[-1].text == "验真码：K7Q2-9XFA"


def test_long_footers_and_page_numbers_of_tables_do_not_touch() -> None:
    footer = "公示期：2026年3月2日至3月8日　监督电话：0769-83731234　受理地点：党群服务中心一楼" * 2
    paper = Paper("table", "收支表", (Paragraph(SENTENCE * 60),), footer=footer)
    page = printed(paper).pages[0]
    number = page.line("第1页")
    start = number.text.index("第1页")
    assert start == 0 or number.chars[start].x - number.chars[start - 1].right > 5
    assert number.right == pytest.approx(190, abs=0.6)
