"""Real files, from their bytes to the plan: what only shows when reader and understanding meet."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook as Book
from openpyxl.styles import Font

from tests.importing.sheets import TODAY, codes, names, number
from village_app.importing.files.reader import read_workbook
from village_app.importing.out.template import write_template
from village_app.importing.out.write_errors import write_rejected_rows
from village_app.importing.plans.plan import Background, Plan, make_plan
from village_app.importing.plans.summary import summarise
from village_app.importing.subjects.residents import resident_fields, residents_target

CHEN = number("19850630", 121)
LI = number("19860512", 122)
ZHANG = number("19700707", 125)


def planned(data: bytes, name: str) -> Plan:
    return make_plan(read_workbook(data, name), residents_target(), Background(today=TODAY))


def saved(book: Any) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_with_everything_that_happens_to_workbooks() -> None:
    book = Book()
    sheet = book.active
    sheet.title = "二组"
    sheet.append(["隔坑村二组花名册"])
    sheet.merge_cells("A1:F1")
    sheet.append(["户号", "姓名", "与户主关系", "身份证号", "出生日期", "联系电话"])
    sheet.append(["020001", "陈大文", "户主", CHEN, date(1985, 6, 30), 13812341234])
    sheet.append([None, "李小花", "妻", int(LI[:17] + "0"), "1986.05", None])
    sheet.append(["020002", "张三", "户主", ZHANG, 25756, "0769-83731234"])
    sheet.merge_cells("A3:A4")
    sheet["B5"].font = Font(strike=True)
    sheet.append(["合计", "3人"])
    hidden = book.create_sheet("旧名册")
    hidden.append(["姓名", "身份证号"])
    hidden.append(["王五", CHEN])
    hidden.sheet_state = "hidden"
    plan = planned(saved(book), "二组.xlsx")
    assert names(plan) == ["陈大文", "李小花", "张三"]
    assert [row.state for row in plan.rows] == ["new", "error", "new"]
    assert codes(plan, 1, "error") == {"damaged"}
    assert codes(plan, 2) == {"struck_out"}
    assert plan.rows[2].values["birth"] == date(1970, 7, 7)
    assert plan.rows[0].values["phone"] == "13812341234"
    assert {row.values["group"] for row in plan.rows} == {"二组"}
    assert len(plan.households) == 2
    assert [refusal.code for refusal in plan.refused] == ["hidden"]


def test_a_text_file_in_gb18030_with_a_name_of_rare_characters() -> None:
    text = f"姓名,身份证号,电话\n陈䶮𠮷,{CHEN},13812341234\n李小花,{LI},\n"
    plan = planned(text.encode("gb18030"), "名单.csv")
    assert names(plan) == ["陈䶮𠮷", "李小花"]
    assert summarise(plan)["file"]["encoding"] == "gb18030"


def test_rr26_the_filled_template_brings_only_what_was_filled_in(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "模板.xlsx"
    write_template(path, "村民信息导入模板", resident_fields())
    book = load_workbook(path)
    sheet = book["填表"]
    columns = {cell.value: cell.column for cell in sheet[2]}
    for row, (name, id_number) in enumerate((("陈大文", CHEN), ("李小花", LI)), start=6):
        sheet.cell(row, columns["姓名*"], name)
        sheet.cell(row, columns["身份证号"], id_number)
    plan = planned(saved(book), "模板.xlsx")
    assert names(plan) == ["陈大文", "李小花"]
    assert plan.counts.new == 2
    matched = {match.field for match in plan.table.matching.columns}
    assert {field.name for field in resident_fields()} <= matched


def test_rr16_rows_given_back_are_put_right_and_read_again(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book = Book()
    sheet = book.active
    sheet.append(["隔坑村花名册"])
    sheet.append(["序号", "姓名", "身份证号"])
    sheet.append([1, "陈大文", CHEN])
    sheet.append([2, "李小花", LI[:17]])
    first = planned(saved(book), "名册.xlsx")
    (rejected,) = first.rejected
    path = tmp_path / "错误行.xlsx"
    write_rejected_rows(path, [rejected])
    given_back = load_workbook(path)
    lines = given_back.active
    assert "第4行" in str(lines.cell(3, 4).value)
    lines.cell(3, 3, LI)
    again = planned(saved(given_back), "错误行.xlsx")
    assert names(again) == ["李小花"]
    assert again.counts.new == 1
    assert again.table.matching.signature == first.table.matching.signature
