"""Rows given back for correction: the same layout, nothing turned into something else."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.importing.spreadsheet_makers import read_one, texts
from village_app.errors import EnvironmentProblem, Refused
from village_app.importing.files.grid import Cell, Merge, Sheet
from village_app.importing.out.write_errors import RejectedRows, write_rejected_rows


def text(*words: str) -> list[Cell]:
    return [Cell("text", word) if word else Cell() for word in words]


SHEET = Sheet(
    "三组[名册]",
    [
        text("隔坑村花名册"),
        text("户号", "姓名", "身份证号", "生日", "金额"),
        [
            *text("001", "张三", "110101199001011234"),
            Cell("date", "1985-06-30"),
            Cell("number", "12.5"),
        ],
        text("", "李四", "=cmd|'/c calc'!A1", "1985.6", "-1"),
        [
            *text("", "王五"),
            Cell("number", "110101199001011234"),
            Cell("date", "1900-02-29"),
            Cell("error", "#N/A"),
        ],
        [*text("002", "@赵六"), Cell("formula_without_value", "=A1"), Cell("flag", "TRUE")],
    ],
    [Merge(0, 0, 0, 4), Merge(2, 0, 4, 0)],
)
REASONS = {3: "身份证号不对，请对照身份证改正。", 4: "身份证号丢了后几位。", 5: "没有算出结果。"}


def written(tmp_path: Path) -> Path:
    path = tmp_path / "需要改正.xlsx"
    write_rejected_rows(path, [RejectedRows(SHEET, (1,), REASONS)])
    return path


def test_the_layout_is_the_source_s_own_with_reasons_behind(tmp_path: Path) -> None:
    sheet = read_one(written(tmp_path).read_bytes())
    assert sheet.name == "三组名册"
    assert texts(sheet) == [
        ["隔坑村花名册"],
        ["户号", "姓名", "身份证号", "生日", "金额", "原因"],
        ["001", "李四", "=cmd|'/c calc'!A1", "1985.6", "-1", f"原表第4行：{REASONS[3]}"],
        ["001", "王五", "110101199001011234", "1900-02-29", "#N/A", f"原表第5行：{REASONS[4]}"],
        ["002", "@赵六", "=A1", "TRUE", "", f"原表第6行：{REASONS[5]}"],
    ]
    assert sheet.merges == [Merge(0, 0, 0, 4)]


def test_texts_stay_texts_and_exact_values_keep_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "改.xlsx"
    write_rejected_rows(path, [RejectedRows(SHEET, (1,), {2: "重复。", **REASONS})])
    rows = read_one(path.read_bytes()).rows
    assert [cell.kind for cell in rows[2][:5]] == ["text", "text", "text", "date", "number"]
    assert {cell.kind for row in rows[3:] for cell in row if cell.text} == {"text"}


def test_no_cell_of_the_file_is_a_formula(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(written(tmp_path)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b't="e"' not in sheet


def test_where_the_disk_is_full_the_old_file_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "需要改正.xlsx"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentProblem) as problem:
        write_rejected_rows(path, [RejectedRows(SHEET, (1,), REASONS)])
    assert problem.value.code == "disk_full"
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [(path.name, b"old")]


def test_a_folder_that_is_gone_is_a_matter_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        write_rejected_rows(tmp_path / "没有" / "改.xlsx", [RejectedRows(SHEET, (1,), REASONS)])
    assert problem.value.code == "cannot_save"


def test_every_sheet_of_the_file_gives_its_own_wrong_rows_back(tmp_path: Path) -> None:
    """RR-16: a roster of one sheet a group has wrong rows on several sheets."""
    path = tmp_path / "改.xlsx"
    other = Sheet("二组", [text("姓名", "身份证号"), text("钱七", "1")])
    write_rejected_rows(
        path,
        [RejectedRows(SHEET, (1,), REASONS), RejectedRows(other, (0,), {1: "号码不对。"})],
    )
    assert load_workbook(path).sheetnames == ["三组名册", "二组"]


def test_without_a_wrong_row_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        write_rejected_rows(tmp_path / "改.xlsx", [])
    assert refusal.value.code == "no_errors"
    assert not list(tmp_path.iterdir())
