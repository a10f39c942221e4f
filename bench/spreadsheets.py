"""What spreadsheets cost beside the bare library, and what the privacy gate costs beside a scan."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from bench.registry import Measured, alternate, ratio
from village_app.domain.calendar import CHINA
from village_app.domain.kinds import COUNT, DAY, IDENTITY_NUMBER, MONEY, TEXT, FieldDeclaration
from village_app.domain.masking_policies import masking_policies
from village_app.papers.blocks import Column, Paper, Row, Table
from village_app.papers.gate import inspect
from village_app.papers.places import texts_of
from village_app.papers.xlsx import ExportStamp, write_rows_xlsx, write_xlsx

PAPER_ROWS = 10_000
RECORD_ROWS = 50_000
COLUMNS = (
    Column("序号", COUNT),
    Column("日期", DAY),
    Column("凭证号", TEXT),
    Column("摘要", TEXT),
    Column("收款单位", TEXT),
    Column("证件号码", IDENTITY_NUMBER),
    Column("份数", COUNT, total="sum"),
    Column("金额（元）", MONEY, total="sum"),
)
STAMP = ExportStamp("林青山", datetime(2026, 4, 10, 9, 30, tzinfo=CHINA))


def cells(number: int) -> tuple[Any, ...]:
    """Make one line of eight cells of several kinds."""
    return (
        number,
        date(2026, 1, 1) + timedelta(days=number % 90),
        f"付-{number:05d}",
        "购买村前塘边路灯维修材料",
        "某某五金店",
        f"44190019620528{number % 10_000:04d}",
        number % 7,
        123_456 + number,
    )


def bare_workbook(rows: list[tuple[Any, ...]]) -> bytes:
    """Write the same values with the library alone, without any style."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def bare_stream(rows: list[tuple[Any, ...]]) -> bytes:
    """Write the same values with the library's way for long lists, without any style."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@ratio("xlsx-paper", unit="s")
def paper_of_ten_thousand_rows() -> Measured:
    """一万行八列的公开表（带样式、合计、打印设置）和 openpyxl 不带样式直接写相比"""
    rows = [cells(number) for number in range(PAPER_ROWS)]
    table = Table(COLUMNS, tuple(map(Row, rows)), has_total=True)
    paper = Paper("table", "公开表", (table,))
    return alternate(lambda: write_xlsx(paper), lambda: bare_workbook(rows), rounds=5)


@ratio("xlsx-records", unit="s")
def fifty_thousand_records() -> Measured:
    """五万行导出（带样式和类型）和 openpyxl 的流式写法不带样式相比"""
    rows = [cells(number) for number in range(RECORD_ROWS)]
    declarations = [
        FieldDeclaration(f"field{number}", column.label, column.kind)
        for number, column in enumerate(COLUMNS)
    ]
    return alternate(
        lambda: write_rows_xlsx(declarations, rows, "名单", STAMP),
        lambda: bare_stream(rows),
        rounds=3,
    )


@ratio("privacy-gate", unit="s")
def gate_of_ten_thousand_rows() -> Measured:
    """一万行公开表过脱敏闸门和用一条号码规则扫同样的文字相比"""
    shown = [*COLUMNS[:5], *COLUMNS[6:]]
    rows = [cells(number) for number in range(PAPER_ROWS)]
    table = Table(tuple(shown), tuple(Row((*row[:5], *row[6:])) for row in rows))
    paper = Paper("table", "公开表", (table,), public=True)
    policy = masking_policies()["general"]
    number = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15,19}|1[3-9]\d{9})(?!\d)")

    def scan() -> int:
        return sum(number.search(placed.text) is not None for placed in texts_of(paper))

    day = date(2026, 4, 28)
    return alternate(lambda: inspect(paper, policy=policy, today=day), scan, rounds=5)
