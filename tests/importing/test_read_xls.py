"""The old binary format: doubles, old encodings, and values as Python holds them."""

from __future__ import annotations

from tests.importing.spreadsheet_makers import (
    biff2,
    biff2_label,
    biff2_number,
    kinds,
    read_one,
    texts,
)
from village_app.importing.files.grid import Cell
from village_app.importing.files.python_values import cell_of, digits_of


def test_numbers_of_xls_show_their_lost_digits() -> None:
    """F30: a double keeps fifteen digits; more are never made up."""
    data = biff2(
        biff2_number(0, 0, 6688.0),
        biff2_number(0, 1, 1985.1),
        biff2_number(0, 2, 13800000000.0),
        biff2_number(0, 3, 110101199001011234.0),
        biff2_number(0, 4, -0.2),
        biff2_label(1, 0, "张三".encode("gb18030")),
    )
    sheet = read_one(data, "表.xls")
    assert texts(sheet)[0] == ["6688", "1985.1", "13800000000", "1.1010119900101123e+17", "-0.2"]
    assert kinds(sheet)[0] == ["number"] * 5


def test_old_chinese_texts_without_a_stated_encoding_are_gb18030() -> None:
    data = biff2(
        biff2_label(0, 0, "姓名".encode("gbk")), biff2_label(1, 0, "龚䶮".encode("gb18030"))
    )
    assert texts(read_one(data, "表.xls")) == [["姓名"], ["龚䶮"]]


def test_the_digits_of_doubles() -> None:
    assert digits_of(999_999_999_999_999.0) == "999999999999999"
    assert digits_of(1e15) == "1000000000000000.0"
    assert digits_of(0.1 + 0.2) == "0.30000000000000004"


def test_python_values_become_cells() -> None:
    from datetime import date, datetime, time, timedelta

    values = {
        True: Cell("flag", "TRUE"),
        7: Cell("number", "7"),
        7.5: Cell("number", "7.5"),
        None: Cell(),
        "": Cell(),
        "甲\r\n乙": Cell("text", "甲\n乙"),
        date(2024, 2, 29): Cell("date", "2024-02-29"),
        datetime(2024, 2, 29, 8, 30): Cell("date", "2024-02-29 08:30:00"),  # noqa: DTZ001
        time(8, 30): Cell("date", "08:30:00"),
        timedelta(hours=26, minutes=30): Cell("text", "26:30:00"),
    }
    assert {value: cell_of(value) for value in values} == values
