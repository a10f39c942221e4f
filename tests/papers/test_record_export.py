"""Lists of records as spreadsheets to work on: real types, who exported it, any length."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from tests.papers.sample_papers import identity
from village_app.domain.kinds import (
    BANK_ACCOUNT,
    COUNT,
    DAY,
    FLAG,
    IDENTITY_NUMBER,
    MOMENT,
    MONEY,
    TEXT,
    Choice,
    FieldDeclaration,
    options_of,
)
from village_app.errors import Cancelled
from village_app.papers.xlsx import ExportStamp, write_rows_xlsx

SEX = Choice(options_of((("1", "男"), ("2", "女"))))
DECLARATIONS = (
    FieldDeclaration("name", "姓名", TEXT),
    FieldDeclaration("sex", "性别", SEX),
    FieldDeclaration("identity", "证件号码", IDENTITY_NUMBER),
    FieldDeclaration("bank", "银行账号", BANK_ACCOUNT),
    FieldDeclaration("birth", "出生日期", DAY),
    FieldDeclaration("at", "登记时间", MOMENT),
    FieldDeclaration("away", "是否外出", FLAG),
    FieldDeclaration("points", "积分", COUNT),
    FieldDeclaration("due", "应发（元）", MONEY),
)
STAMP = ExportStamp("何国庆", datetime(2026, 4, 10, 9, 30))  # noqa: DTZ001 - the clock on the wall


def record(index: int, **changes: Any) -> tuple[Any, ...]:
    cells: dict[str, Any] = {
        "name": f"林山{index}",
        "sex": "2",
        "identity": identity(date(1985, 6, 30), index % 999),
        "bank": f"0800101900100{index:06d}",
        "birth": date(1985, 6, 30),
        "at": datetime(2026, 3, 2, 16, 30, tzinfo=UTC),
        "away": True,
        "points": index,
        "due": 123_450 + index,
    }
    return tuple((cells | changes).values())


def opened(rows: list[tuple[Any, ...]], **options: Any) -> Any:
    data = write_rows_xlsx(DECLARATIONS, rows, "居民名单", STAMP, **options)
    return openpyxl.load_workbook(BytesIO(data)).worksheets[0]


def test_each_kind_keeps_its_type() -> None:
    sheet = opened([record(7)])
    name, sex, number, bank, birth, at, away, points, due = (
        sheet.cell(4, column) for column in range(1, 10)
    )
    assert name.value == "林山7"
    assert sex.value == "女"
    assert number.value == identity(date(1985, 6, 30), 7)
    assert bank.value == "0800101900100000007"
    assert {cell.data_type for cell in (name, sex, number, bank, away)} == {"s"}
    assert {cell.number_format for cell in (number, bank)} == {"@"}
    assert birth.value.date() == date(1985, 6, 30)
    assert at.value.isoformat(sep=" ") == "2026-03-03 00:30:00"
    assert away.value == "是"
    assert points.value == 7
    assert due.value == 1234.57


def test_the_list_says_who_exported_it_and_when() -> None:
    sheet = opened([record(1)])
    assert sheet.cell(1, 1).value == "居民名单"
    assert sheet.cell(2, 1).value == "导出人：何国庆　导出时间：2026年4月10日 09:30"


def test_the_head_stays_in_sight_repeats_on_paper_and_filters() -> None:
    sheet = opened([record(index) for index in range(5)])
    assert [cell.value for cell in sheet[3]] == [each.label for each in DECLARATIONS]
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.auto_filter.ref == "A3:I8"
    assert sheet.print_area == "'名单'!$A$1:$I$8"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_blanks_stay_blank_and_dangerous_texts_stay_texts() -> None:
    blank = dict.fromkeys(("sex", "bank", "birth", "at", "away", "points", "due"))
    sheet = opened([record(1, name="=1+1", **blank)])
    assert sheet.cell(4, 1).data_type == "s"
    assert sheet.cell(4, 1).value == "=1+1"
    assert [sheet.cell(4, column).value for column in (2, 4, 5, 6, 7, 8, 9)] == [None] * 7


def test_an_empty_list_is_a_head_without_rows() -> None:
    sheet = opened([])
    assert sheet.max_row == 3
    assert sheet.auto_filter.ref == "A3:I3"


def test_a_long_list_comes_out_whole_and_in_order() -> None:
    rows = [record(index) for index in range(25_000)]
    data = write_rows_xlsx(DECLARATIONS, rows, "居民名单", STAMP)
    with ZipFile(BytesIO(data)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert xml.count("<row ") == 25_003
    assert xml.index('<c r="A4"') < xml.index('<c r="A25003"')
    assert "<v>1484.49</v>" in xml


def test_a_cancelled_export_stops_and_progress_counts_rows() -> None:
    told: list[int] = []

    def cancel_later(done: int, total: int, text: str) -> None:
        told.append(done)
        if done >= 2_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        opened([record(index) for index in range(3_000)], report=cancel_later)
    assert told == [0, 1_000, 2_000]


def test_remarks_name_what_could_not_be_written() -> None:
    remarks: list[str] = []
    opened([record(1, name="甲\x00乙")], remarks=remarks)
    assert remarks == ["去掉了看不见的控制字符：甲乙"]
