"""One text, many voices: every figure the same in each, names masked, sentences short."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.papers.sample_papers import every_block_paper, one_block_paper
from tests.papers.welfare_list import COLUMNS, DAY_OF_POSTING, PEOPLE, paper_of, people
from village_app.domain.kinds import COUNT, DAY, MONEY, TEXT
from village_app.domain.masking_policies import masking_policies
from village_app.domain.money import show_money
from village_app.domain.money_words import read_words
from village_app.domain.numerals import from_chinese
from village_app.errors import Refused
from village_app.papers.blocks import (
    Column,
    Heading,
    Paper,
    Paragraph,
    Row,
    Signature,
    SignLines,
    Table,
)
from village_app.papers.masking_faces import public_table
from village_app.papers.pdf import write_pdf
from village_app.papers.speech import say_amount, short_sentences, speak
from village_app.papers.voices import (
    BOARD_LENGTH,
    altered_figures,
    board,
    broadcast,
    figures_in,
    large_print,
    voices_of,
    wechat,
)


def welfare() -> Paper:
    table = public_table(
        COLUMNS, people(), masking_policies()["welfare"], DAY_OF_POSTING, has_total=True
    )
    return paper_of(table)


def project() -> Paper:
    """Story 1: how the money of the lamps was used."""
    columns = (
        Column("序号", COUNT),
        Column("日期", DAY),
        Column("事由", TEXT),
        Column("金额（元）", MONEY, total="sum"),
    )
    rows = (
        Row((1, date(2026, 3, 30), "首付款", 1_494_000)),
        Row((2, date(2026, 4, 20), "进度款", 2_490_000)),
        Row((3, date(2026, 5, 6), "尾款", 950_390)),
    )
    return Paper(
        "notice",
        "关于村前塘路灯安装项目资金使用情况的公示",
        (
            Heading("一、资金来源", 1),
            Paragraph("镇级补助30,000.00元，村集体22,000.00元，合计52,000.00元。"),
            Paragraph("结算审定50,870.00元，核减0.37%，质保金1,526.10元至2028年4月28日退还。"),
            Table(columns, rows, has_total=True),
            Paragraph("公示期：2026年5月6日至2026年5月15日（共10日）。"),
            Paragraph("监督电话：0769-83731234，受理时间8:30—12:00、14:05—17:30。"),
            SignLines((("制表人", "林青山"),)),
            Signature(("隔坑村民委员会",), "2026年5月6日"),
        ),
        number="隔村公示〔2026〕21号",
        public=True,
    )


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("2026年3月2日", "二〇二六年三月二日"),
        ("2026-03-12", "二〇二六年三月十二日"),
        ("3月2日至12日", "三月二日至十二日"),
        ("隔村公示〔2026〕12号", "隔村公示二〇二六年第十二号"),
        ("1,234.50元", "一千二百三十四元五角"),
        ("50,870.00元", "五万零八百七十元"),
        ("0.05元", "五分"),
        ("12.05元", "十二元零五分"),
        ("-180.00元", "负一百八十元"),
        ("3.5万元", "三点五万元"),
        ("￥200元", "二百元"),
        ("0.37%", "百分之零点三七"),
        ("85%", "百分之八十五"),
        ("8:30—12:00", "八点半至十二点"),
        ("14:05", "十四点零五分"),
        ("2:15", "两点十五分"),
        ("0769-83731234", "零七六九，八三七三，一二三四"),
        ("13812341234", "一三八，一二三四，一二三四"),
        ("138****1234", "尾号一二三四"),
        ("证件尾号1007", "证件尾号一零零七"),
        ("应到42人，实到31人", "应到四十二人，实到三十一人"),
        ("2户2盏第2次", "两户两盏第二次"),
        ("1,234人", "一千二百三十四人"),
        ("编号00017", "编号零零零一七"),
        ("面积120.50平方米", "面积一百二十点五零平方米"),
        ("陈*、张*明、买**·艾*", "陈某、张某明、买某·艾某"),
        ("《村规民约》（修订）。", "村规民约，修订。"),
        ("2026年", "二〇二六年"),
        ("2026年度一季度", "二〇二六年度一季度"),
    ],
)
def test_figures_are_read_as_people_say_them(written: str, spoken: str) -> None:
    assert speak(written) == spoken


@given(st.integers(1, 10**12))
def test_every_spoken_amount_is_the_written_one(fen: int) -> None:
    assert read_words(say_amount(show_money(fen))) == fen


@given(st.integers(0, 99_999_999))
def test_every_spoken_number_is_the_written_one(number: int) -> None:
    spoken = speak(f"共{number:,}")
    assert from_chinese(spoken.removeprefix("共")) == number


def test_sentences_are_short_and_lose_nothing() -> None:
    text = "根据审核确认办法，经村民代表会议评议，现将下列人员予以公示，接受群众监督。"
    sentences = list(short_sentences(text))
    assert max(map(len, sentences)) <= 27
    assert "".join(sentences).replace("。", "") == text.replace("，", "").replace("。", "") or (
        re.sub("[，。]", "", "".join(sentences)) == re.sub("[，。]", "", text)
    )


def test_the_loudspeaker_reads_everything_twice_and_in_words() -> None:
    script = broadcast(project())
    assert not re.search(r"[0-9*《》（）]", script)
    first, second = script.split("下面再播送一遍。\n")
    assert first.splitlines()[2:] == second.splitlines()[:-1]
    lines = first.splitlines()
    assert "第一项，日期二〇二六年三月三十日，首付款。" in lines
    assert "金额一万四千九百四十元。" in lines
    assert "合计，金额四万九千三百四十三元九角。" in lines
    assert "公示期，二〇二六年五月六日至二〇二六年五月十五日。" in lines
    assert max(map(len, lines)) <= 32


def spoken_figures(paper: Paper) -> list[str]:
    """Say every figure of a paper with what follows it, as the loudspeaker must."""
    return [
        speak(found).strip("，。")
        for found in re.findall(
            r"\d{4}年\d+月\d+日|\d{4}-\d\d-\d\d|0769-\d+|[\d,]+\.\d\d元|[\d.]+%|〔\d{4}〕\d+号|\d+日",
            wechat(paper),
        )
    ]


@pytest.mark.parametrize("paper", [welfare(), project()], ids=["welfare", "project"])
def test_every_figure_is_the_same_in_all_voices(paper: Paper) -> None:
    voices = voices_of(paper)
    figures = figures_in(voices.wechat)
    assert figures
    large = "\n".join(
        block.text for block in voices.large_print.blocks if isinstance(block, Paragraph)
    )
    assert figures_in(paper.title + "\n" + large) == figures
    assert [each for each in spoken_figures(paper) if each not in voices.broadcast] == []
    assert not figures_in(voices.board) - figures


def test_every_figure_of_the_table_and_its_total_is_told() -> None:
    text = wechat(project())
    for figure in ("14,940.00元", "24,900.00元", "9,503.90元", "49,343.90元", "2026-04-20"):
        assert figure in text


def test_wechat_text_is_plain_and_masked() -> None:
    text = wechat(welfare())
    assert text.startswith("【关于2026年二季度低保对象的公示】\n隔村公示〔2026〕18号\n")
    assert "4、黄*玲，一组，保障人数1，月保障金783.00元" in text
    assert "★合计，保障人数22，月保障金8,639.00元" in text
    assert not any(name in text for name, *_ in PEOPLE)


def test_the_board_holds_sixty_characters_and_no_half_figure() -> None:
    assert board(project()) == (
        "村前塘路灯安装项目资金使用情况；合计，金额49,343.90元；"
        "公示期5月6日至5月15日；隔坑村民委员会"
    )
    assert len(board(welfare())) <= BOARD_LENGTH
    long = replace(project(), title="关于某某项目" + "很长的名目" * 12 + "的公示")
    assert len(board(long)) == BOARD_LENGTH
    figure = replace(project(), title="项" * 55 + "1,234,567.89元支出")
    assert board(figure) == "项" * 55 + "…"


def test_an_inner_paper_has_no_voices() -> None:
    with pytest.raises(Refused) as refused:
        voices_of(replace(welfare(), public=False))
    assert refused.value.code == "not_public"


def test_of_a_long_list_only_the_totals_are_read_aloud() -> None:
    columns = (Column("姓名", TEXT), Column("金额（元）", MONEY, total="sum"))
    rows = tuple(Row((f"陈*{number}", 100)) for number in range(31))
    script = broadcast(one_block_paper(Table(columns, rows, has_total=True)))
    assert "明细较长，请到公示栏查看。" in script
    assert "合计，金额三十一元。" in script
    assert "陈某" not in script


def test_large_print_is_twenty_two_points_and_more_on_the_page() -> None:
    edition = large_print(welfare())
    assert edition.title.endswith("（大字版）")
    document = pypdfium2.PdfDocument(write_pdf(edition).data)
    sizes = [size for page in document for size in _sizes(page)]
    document.close()
    assert len(sizes) > 300
    assert min(sizes) >= 22


def _sizes(page: Any) -> list[float]:
    """Measure the type of a page's text above its page number."""
    text = page.get_textpage()
    raw = pypdfium2.raw
    sizes = []
    for index in range(text.count_chars()):
        _, bottom, _, _ = text.get_charbox(index)
        if bottom > 99 and text.get_text_range(index, 1).strip():
            sizes.append(round(raw.FPDFText_GetFontSize(text.raw, index), 1))
    return sizes


def test_large_print_says_what_the_paper_says() -> None:
    edition = large_print(every_block_paper())
    texts = [block.text for block in edition.blocks if isinstance(block, Paragraph)]
    assert "各村民小组：" in texts
    assert "合计，份数10，金额4,938.30元" in texts
    assert all(
        block.size is not None and block.size >= 22
        for block in edition.blocks
        if isinstance(block, Paragraph)
    )
    assert len(edition.blocks) == len(texts)


def test_an_edited_text_is_held_against_the_papers_figures() -> None:
    text = wechat(project())
    assert altered_figures(project(), text.replace("关于", "有关")) == ()
    assert altered_figures(project(), text.replace("9,503.90", "9,504.00")) == (
        "9503.90",
        "9504.00",
    )
    assert altered_figures(project(), text.replace("0.37%", "")) == ("0.37",)
