"""How fast our typesetter is beside plain drawing with the same library, and its own tables."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from bench.registry import Measured, Unavailable, alternate, peak_memory, ratio
from village_app.domain import kinds
from village_app.papers.blocks import Column, Paper, Paragraph, Row, Signature, Table
from village_app.papers.pdf import write_pdf
from village_app.papers.table_lines import shown_in
from village_app.papers.typeset.compose import slabs_of
from village_app.papers.typeset.faces import INITIAL_FONT, font
from village_app.papers.typeset.fitting import flow_for
from village_app.papers.typeset.furniture import Furniture
from village_app.papers.typeset.layouts import layout_for
from village_app.papers.typeset.pen import Pen
from village_app.papers.typeset.setting import Line
from village_app.papers.typeset.sheets import DrawnSheets, new_canvas

A4 = (595.28, 841.89)
LEDGER_ROWS = 10_000
PEER_ROWS = 10_000
FONT, SIZE, ROW = "GSSong", 10.5, 21.0
COLUMN_WIDTHS = (30.0, 58.0, 44.0, 142.0, 36.0, 74.0, 74.0, 24.0)
ROOT = Path(__file__).resolve().parent.parent

Glyphs = list[tuple[str, float, float, float, str]]


@ratio("notice", unit="s")
def notice() -> Measured:
    """两页公示（热）和直接画同样的字相比"""
    paper = two_page_notice()
    pages = drawn_texts(paper)
    return alternate(lambda: write_pdf(paper), lambda: draw_plainly(pages), rounds=15)


@ratio("ledger", unit="s")
def ledger() -> Measured:
    """一万行八列明细账和直接画同样的格子相比"""
    paper = ledger_paper(LEDGER_ROWS)
    return alternate(lambda: write_pdf(paper), lambda: draw_cells(paper), rounds=3)


@ratio("ledger-longtable", unit="s")
def ledger_beside_longtable() -> Measured:
    """一万行明细账和 reportlab 自己的 LongTable 相比"""
    paper = ledger_paper(PEER_ROWS)
    return alternate(lambda: write_pdf(paper), lambda: draw_long_table(paper), rounds=1)


@ratio("ledger-memory", unit="MB")
def ledger_memory() -> Measured:
    """一万行明细账的内存峰值和 150 MB 相比"""
    if not sys.platform.startswith("linux"):
        raise Unavailable("内存峰值只在 Linux 上量")
    words = [sys.executable, "-m", "bench.typesetting", "peak"]
    answer = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(answer.stdout), 150.0


def two_page_notice() -> Paper:
    """Give a notice of two pages in five faces."""
    sentence = (
        "根据《中华人民共和国村民委员会组织法》和村务公开的有关规定，经隔坑村第三届村民代表会议"
        "第7次会议（应到45人，实到38人）审议通过，现将“村前塘”周边道路硬化及路灯安装工程的"
        "资金使用情况予以公示，接受群众监督。"
    )
    body: list[Any] = []
    for number, numeral in enumerate("一二三四五六", start=1):
        body += [
            Paragraph(f"{numeral}、第{number}项内容"),
            Paragraph(f"（{numeral}）基本情况。{sentence}"),
            Paragraph(sentence),
        ]
    signature = Signature(("横沥镇隔坑村村民委员会",), "2026年3月2日")
    title = "关于隔坑村“村前塘”周边道路硬化及路灯安装工程资金使用情况的公示"
    return Paper("notice", title, (*body[:9], signature), number="隔村公示〔2026〕12号")


def ledger_paper(count: int) -> Paper:
    """Give a ledger of eight columns with figures that never repeat."""
    chance = random.Random(3)
    subjects = (
        "路灯维修材料费",
        "村前塘清淤人工费",
        "环卫保洁费用",
        "三组排水渠疏通",
        "会议室电费",
    )
    rows = tuple(
        Row(
            (
                number,
                date(2026, 1, 1) + timedelta(days=number % 365),
                f"记-{number:04d}",
                chance.choice(subjects),
                chance.choice(("吴国标", "张进芬", "李荏权", "陈明志")),
                chance.randrange(100, 9_999_999) if number % 2 else None,
                None if number % 2 else chance.randrange(100, 999_999),
                None,
            )
        )
        for number in range(1, count + 1)
    )
    columns = (
        Column("序号", kinds.COUNT),
        Column("日期", kinds.DAY),
        Column("凭证号", kinds.TEXT),
        Column("摘要", kinds.TEXT),
        Column("经手人", kinds.PERSON_NAME),
        Column("收入（元）", kinds.MONEY),
        Column("支出（元）", kinds.MONEY),
        Column("备注", kinds.TEXT),
    )
    return Paper("table", "隔坑村2026年收支明细账", (Table(columns, rows, unit="单位：元"),))


class _Recorder(Pen):
    """A pen that also notes every run of characters it draws."""

    def __init__(self, canvas: Any, pages: list[Glyphs]) -> None:
        self._noted = pages
        super().__init__(canvas)

    def begin_page(self, height: float) -> None:
        super().begin_page(height)
        self._noted.append([])

    def line(self, line: Line, x: float, baseline: float, size: float) -> None:
        super().line(line, x, baseline, size)
        for segment in line.segments:
            self._noted[-1].append((segment.font, size, x, A4[1] - baseline, segment.text))


def drawn_texts(paper: Paper) -> list[Glyphs]:
    """Set a paper once and note what was drawn where, page by page."""
    layout = layout_for(paper)
    furniture = Furniture(layout, page_numbers=True, draft=False, footer="", seam=False)
    sheets = DrawnSheets(layout, furniture, lambda *_: None)
    pages: list[Glyphs] = []
    sheets.pen = _Recorder(sheets.canvas, pages)
    flow_for(sheets, layout).run(slabs_of(paper, layout))
    return [page for page in pages if page]


def draw_plainly(pages: list[Glyphs]) -> bytes:
    """Draw the same characters in the same fonts with the library's own calls."""
    canvas = new_canvas(BytesIO(), *A4)
    for page in pages:
        for name, size, x, y, text in page:
            canvas.setFont(name, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    return bytes(canvas.getpdfdata())


def draw_cells(paper: Paper) -> bytes:
    """Draw a ledger's cells with the library's own calls: one line a cell, a grid a page."""
    [table] = [block for block in paper.blocks if isinstance(block, Table)]
    font(FONT)
    canvas = new_canvas(BytesIO(), *A4)
    lefts = [57.0]
    for width in COLUMN_WIDTHS:
        lefts.append(lefts[-1] + width)
    per_page = int(700 / ROW)
    for start in range(0, len(table.rows), per_page):
        page = table.rows[start : start + per_page]
        canvas.setFont(FONT, SIZE)
        for number, row in enumerate(page):
            y = 780 - number * ROW
            for place, column in enumerate(table.columns):
                text = shown_in(column, row.cells[place])
                if column.kind.align == "right":
                    canvas.drawRightString(lefts[place + 1] - 3, y, text)
                else:
                    canvas.drawString(lefts[place] + 3, y, text)
        canvas.grid(lefts, [795 - number * ROW for number in range(len(page) + 1)])
        canvas.showPage()
    return bytes(canvas.getpdfdata())


def draw_long_table(paper: Paper) -> bytes:
    """Set the same ledger with platypus: LongTable, given widths, one line a cell."""
    from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

    [table] = [block for block in paper.blocks if isinstance(block, Table)]
    font(FONT)
    font(INITIAL_FONT)
    heads = [column.label for column in table.columns]
    rows = [
        [shown_in(column, value) for column, value in zip(table.columns, row.cells, strict=True)]
        for row in table.rows
    ]
    long_table = LongTable([heads, *rows], colWidths=list(COLUMN_WIDTHS), repeatRows=1)
    style = [("FONT", (0, 0), (-1, -1), FONT, SIZE), ("GRID", (0, 0), (-1, -1), 0.5, "black")]
    long_table.setStyle(TableStyle(style))
    buffer = BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, initialFontName=INITIAL_FONT).build([long_table])
    return buffer.getvalue()


def measure_typesetting() -> dict[str, float]:
    """Give the ratios of this subject by name: ours divided by the other."""
    measured = {
        "notice": notice(),
        "ledger": ledger(),
        "ledger-longtable": ledger_beside_longtable(),
        "ledger-memory": ledger_memory(),
    }
    return {name: ours / other for name, (ours, other) in measured.items()}


def peak_of_ledger() -> float:
    """Write the ledger in this process and give its peak memory in MB."""
    write_pdf(ledger_paper(LEDGER_ROWS))
    return peak_memory()


if __name__ == "__main__":
    print(peak_of_ledger() if sys.argv[1:] == ["peak"] else measure_typesetting())
