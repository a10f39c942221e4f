"""The PDF file itself: repeatable, searchable, complete, silent about its maker."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageCms

from tests.papers.printed import Printed, printed
from village_app.domain.kinds import PERSON_NAME, TEXT
from village_app.errors import Cancelled, Refused
from village_app.papers.blocks import Block, Column, Paper, Paragraph, Row, Signature, Table
from village_app.papers.pdf import missing_characters, tile_pdf, write_pdf
from village_app.papers.typeset.archival import rgb_profile
from village_app.papers.typeset.layouts import LAYOUTS
from village_app.papers.typeset.reportlab_patches import patch_reportlab, to_unicode_cmap
from village_app.papers.typeset.tiles import OVERLAP, tiling

SENTENCE = "村务公开是基层民主监督的重要形式，各组要把群众关心的事项及时准确完整地公开，接受监督。"
NAMES = ("吴国标", "张𬱖", "李𫖯", "陈㛃", "周喆", "王堃", "刘淼", "黄翀", "龑𠅤", "䶮𨨏", "𠮷㙍")


def notice(*paragraphs: str, **how: Any) -> Paper:
    blocks: tuple[Block, ...] = (
        *(Paragraph(text) for text in paragraphs),
        Signature(("隔坑村村民委员会",), "2026年3月2日"),
    )
    return Paper("notice", "关于评议结果的公示", blocks, number="隔村公示〔2026〕12号", **how)


def test_the_same_paper_gives_the_same_bytes() -> None:
    paper = notice(SENTENCE * 20, "一、概况", *NAMES)
    assert write_pdf(paper).data == write_pdf(paper).data


def test_rare_names_can_be_searched_and_copied() -> None:
    text = printed(notice(*NAMES)).text
    assert [name for name in NAMES if name not in text] == []


def test_a_body_comes_back_character_by_character() -> None:
    body = "经第7次会议（应到45人，实到38人）审议通过，共1,286,400.00元、“村前塘”48盏……特此公示。"
    assert body in printed(notice(body)).text


def test_metadata_say_title_issuer_number_and_nothing_else() -> None:
    assert {key: value for key, value in printed(notice(SENTENCE)).metadata.items() if value} == {
        "Title": "关于评议结果的公示",
        "Author": "隔坑村村民委员会",
        "Subject": "隔村公示〔2026〕12号",
        "Creator": "共治通",
        "Producer": "共治通",
        "CreationDate": "D:20000101000000+00'00'",
        "ModDate": "D:20000101000000+00'00'",
    }


def test_meta_of_a_paper_does_not_reach_the_file() -> None:
    paper = notice(SENTENCE, meta={"clerk": "Zhang"})
    assert b"Zhang" not in write_pdf(paper).data


def test_headings_become_the_contents_of_the_file() -> None:
    paper = notice(SENTENCE, "一、工程概况", SENTENCE, "（一）资金", SENTENCE, "二、其他")
    assert printed(paper).outline == [
        ("关于评议结果的公示", 0),
        ("一、工程概况", 1),
        ("（一）资金", 2),
        ("二、其他", 1),
    ]


def test_text_is_never_markup_link_or_formula() -> None:
    hostile = '<b>甲</b> <a href="http://a.cn">乙</a> &amp; <img src="/etc/passwd"/> =1+1 (x)\\'
    table = Table(
        (Column("姓名", PERSON_NAME), Column("<u>说明</u>", TEXT)), (Row((hostile, hostile)),)
    )
    paper = replace(notice(hostile), blocks=(Paragraph(hostile), table), title=hostile)
    read = printed(paper)
    assert "".join(hostile.split()) in read.text
    assert b"/URI" not in read.data
    assert b"/Annots" not in read.data


def test_a_missing_character_stops_the_paper_and_is_named_with_its_place() -> None:
    paper = notice(SENTENCE, "王小\ue863")
    assert missing_characters(paper) == ("\ue863",)
    with pytest.raises(Refused, match="E863，第2段") as caught:
        write_pdf(paper)
    assert caught.value.code == "missing_glyphs"
    assert caught.value.values["characters"] == ("\ue863",)


def test_a_draft_may_show_a_box_for_a_missing_character() -> None:
    result = write_pdf(notice("王小\ue863", draft=True))
    assert result.missing_glyphs == ("\ue863",)
    assert "王小□" in Printed(result.data).text


def test_long_work_reports_its_pages_and_can_be_stopped() -> None:
    seen: list[int] = []

    def stop_at_three(done: int, total: int, text: str) -> None:
        del total, text
        seen.append(done)
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_pdf(notice(SENTENCE * 200), report=stop_at_three)
    assert seen == [1, 2, 3]


def test_an_empty_paper_is_one_page() -> None:
    assert write_pdf(Paper("official", "")).pages == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_written(layout: Any) -> None:
    paper = replace(notice(SENTENCE), layout=layout)
    assert "评议结果" in printed(paper).text


@pytest.mark.parametrize(
    ("paper_size", "is_lying", "size"),
    [("A4", False, (210, 297)), ("A4", True, (297, 210)), ("A3", True, (420, 297))],
)
def test_sheets_have_the_size_that_was_asked_for(
    paper_size: Any, is_lying: bool, size: tuple[int, int]
) -> None:
    paper = Paper("table", "表", paper_size=paper_size, landscape=is_lying)
    page = printed(paper).pages[0]
    assert (round(page.width), round(page.height)) == size


def test_fitting_says_what_it_changed_and_ends_on_one_page() -> None:
    paper = notice(SENTENCE * 9)
    assert write_pdf(paper).pages == 2
    result = write_pdf(paper, fit_one_page=True)
    assert result.pages == 1
    assert result.changed
    assert result.changed[0].startswith("行距由29磅改为")


def test_fitting_changes_nothing_that_fits_already() -> None:
    assert write_pdf(notice(SENTENCE), fit_one_page=True).changed == ()


def test_fitting_grows_stronger_with_the_text_and_then_refuses() -> None:
    changes = [write_pdf(notice(SENTENCE * n), fit_one_page=True).changed for n in (5, 9, 12, 14)]
    assert sorted(changes, key=len) == changes
    with pytest.raises(Refused, match="14磅就看不清") as caught:
        write_pdf(notice(SENTENCE * 40), fit_one_page=True)
    assert caught.value.code == "does_not_fit_one_page"


def test_a_poster_fills_one_sheet_with_the_largest_type_that_fits() -> None:
    def body_height(count: int) -> float:
        [page] = printed(Paper("poster", "公告", (Paragraph(SENTENCE * count),))).pages
        first, second = [
            line.baseline for line in page.lines if "村务" in line.text or "各" in line.text
        ][:2]
        return second - first

    assert body_height(2) > body_height(12)


def test_a_poster_too_long_for_one_sheet_takes_more_before_it_becomes_unreadable() -> None:
    result = write_pdf(Paper("poster", "公告", (Paragraph(SENTENCE * 60),)))
    assert result.pages > 1


def test_tiles_cover_the_poster_with_a_centimetre_of_overlap() -> None:
    for width, height in ((297, 420), (420, 594)):
        plan = tiling(width, height)
        window_width, window_height = plan.window
        assert plan.lefts[0] <= 0
        assert plan.lefts[-1] + window_width >= width
        assert plan.tops[-1] + window_height >= height
        steps = {round(b - a, 6) for a, b in zip(plan.lefts, plan.lefts[1:], strict=False)}
        assert steps <= {window_width - OVERLAP}


def test_an_a3_poster_takes_four_sheets_and_a2_eight() -> None:
    poster = Paper("poster", "公告", (Paragraph(SENTENCE),))
    assert tile_pdf(poster).pages == 4
    assert tile_pdf(replace(poster, paper_size="A2")).pages == 8


def test_tiles_are_repeatable_a4_sheets_that_say_which_they_are() -> None:
    poster = Paper("poster", "公告", (Paragraph(SENTENCE),))
    result = tile_pdf(poster)
    read = Printed(result.data)
    assert result.data == tile_pdf(poster).data
    assert {(round(page.width), round(page.height)) for page in read.pages} == {(210, 297)}
    assert "第4张，共4张（第2行第2列）；沿左边和上边标记裁切" in read.text


def test_a_code_point_above_the_basic_plane_is_written_as_utf16() -> None:
    table = to_unicode_cmap("A", [0, 0x56FD, 0x2CC56, 0xD800])
    assert "<01> <56FD>" in table
    assert "<02> <D873DC56>" in table
    assert "<03> <FFFD>" in table


def test_tables_of_code_points_come_in_blocks_of_at_most_a_hundred() -> None:
    table = to_unicode_cmap("A", [0x4E00 + n for n in range(250)])
    assert [line for line in table.splitlines() if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "50 beginbfchar",
    ]


def test_a_line_end_stands_before_every_endstream() -> None:
    data = write_pdf(notice(SENTENCE)).data
    assert data.count(b"\nendstream") == data.count(b"endstream")


def test_the_catalog_takes_output_intents() -> None:
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFString
    from reportlab.pdfgen.canvas import Canvas

    patch_reportlab()
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.setCatalogEntry("OutputIntents", PDFArray([PDFString("kept")]))
    canvas.showPage()
    canvas.save()
    assert b"/OutputIntents" in buffer.getvalue()


def test_archival_metadata_equal_the_ordinary_ones_and_are_readable_as_they_stand() -> None:
    data = write_pdf(replace(notice(SENTENCE), title="甲<乙&丙")).data
    packet = data[data.index(b"<?xpacket begin") : data.index(b"<?xpacket end")].decode()
    root = ET.fromstring(packet.partition("?>")[2])
    texts = [text for element in root.iter() if (text := (element.text or "").strip())]
    wanted = ["1", "B", "甲<乙&丙", "隔坑村村民委员会", "隔村公示〔2026〕12号", "zh-CN", "共治通"]
    assert [text for text in wanted if text not in texts] == []
    assert b"/GTS_PDFA1" in data


def test_the_colour_profile_is_one_that_a_colour_library_opens() -> None:
    profile = ImageCms.ImageCmsProfile(BytesIO(rgb_profile()))
    assert profile.profile.version == pytest.approx(2.1)
    red = ImageCms.profileToProfile(
        Image.new("RGB", (1, 1), (255, 0, 0)),
        profile,
        ImageCms.createProfile("sRGB"),
        outputMode="RGB",
    )
    assert isinstance(red, Image.Image)
    assert red.getpixel((0, 0)) == pytest.approx((255, 0, 0), abs=3)


def test_every_font_is_embedded_and_the_file_is_sound(tmp_path: Path) -> None:
    tools = [shutil.which(name) for name in ("qpdf", "pdffonts")]
    if None in tools:
        pytest.skip("qpdf and pdffonts are not on this machine")
    target = tmp_path / "a.pdf"
    target.write_bytes(write_pdf(notice(SENTENCE, "一、概况", *NAMES)).data)
    subprocess.run(["qpdf", "--check", target], check=True, capture_output=True)
    listed = subprocess.run(["pdffonts", target], check=True, capture_output=True, text=True)
    fonts = listed.stdout.splitlines()[2:]
    assert len(fonts) >= 5
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)
