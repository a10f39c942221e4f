"""What a plan says of itself: JSON, addresses, rows given back, colours, the earlier import."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from tests.importing.plan_people import CHEN, HEAD, LI, SON
from tests.importing.sheets import (
    TODAY,
    book,
    plan_book,
    plan_of,
    sheet,
    wrong,
)
from village_app.importing.plans.plan import (
    Background,
    EarlierImport,
    ImportedFile,
    Plan,
    make_plan,
)
from village_app.importing.plans.summary import summarise
from village_app.importing.subjects.residents import residents_target


def test_the_same_file_twice_is_told_with_the_earlier_result() -> None:
    earlier = EarlierImport(datetime(2026, 1, 5, 1, 30, tzinfo=UTC), "花名册.xlsx", "新增 72 人")
    plan = make_plan(
        book(sheet([HEAD, ["陈大文", CHEN, "", "", ""]])),
        residents_target(),
        Background(earlier={"ab12": earlier}, today=TODAY),
        file=ImportedFile("花名册.xlsx", "xlsx", None, "ab12"),
    )
    assert plan.earlier is earlier
    told = "此文件已于 2026年1月5日 09:30 导入（花名册.xlsx，新增 72 人）。"
    assert summarise(plan)["earlier"] == told


def test_the_summary_is_plain_json_with_the_keys_of_the_command_line() -> None:
    plan = plan_of([HEAD, ["陈 大文", wrong(CHEN), "１３８１２３４１２３４", "", ""]])
    summary = json.loads(json.dumps(summarise(plan), ensure_ascii=False))
    assert {"file", "sheet", "header_rows", "columns", "counts", "households", "problems",
            "cleaned"} <= summary.keys()  # fmt: skip
    assert summary["counts"] == {
        "rows": 1, "new": 0, "update": 0, "same": 0, "suspected": 0, "error": 1, "skipped": 0,
    }  # fmt: skip
    (problem,) = summary["problems"]
    assert (problem["row"], problem["column"], problem["cell"]) == (2, "B", "B2")
    assert (problem["code"], problem["level"]) == ("wrong_check_digit", "error")
    assert [(c["row"], c["column"], c["from"], c["to"]) for c in summary["cleaned"]] == [
        (2, "A", "陈 大文", "陈大文"), (2, "C", "１３８１２３４１２３４", "13812341234"),
    ]  # fmt: skip


def test_members_in_columns_keep_the_address_of_their_own_cells() -> None:
    plan = plan_of(
        [["户号", "户主姓名", "身份证号", "成员1姓名", "成员1身份证", "成员2姓名", "成员2身份证"],
         ["1", "陈大文", CHEN, "李小花", wrong(LI), "陈小明", SON]]
    )  # fmt: skip
    (problem,) = summarise(plan)["problems"]
    assert problem["cell"] == "E2"


def test_rr16_rows_with_errors_are_given_back_line_by_line_with_their_reasons() -> None:
    plan = plan_of([HEAD, ["陈大文", CHEN, "", "", ""], ["", wrong(LI), "", "", ""]])
    (rejected,) = plan.rejected
    assert rejected.header_rows == (0,)
    assert list(rejected.reasons) == [2]
    assert "校验位" in rejected.reasons[2]
    assert "缺姓名" in rejected.reasons[2]


def test_the_whole_line_is_kept_as_it_stood_also_what_no_field_takes() -> None:
    plan = plan_of([["姓名", "身份证号", "爱好"], ["陈 大文", CHEN, "下棋"]])
    assert plan.raw_cells(0) == {"A": "陈 大文", "B": CHEN, "C": "下棋"}


def test_a_missing_name_has_the_address_of_its_blank_cell() -> None:
    plan = plan_of([["序号", "姓名", "身份证号"], [1, "", CHEN]])
    (problem,) = summarise(plan)["problems"]
    assert (problem["code"], problem["cell"]) == ("missing", "B2")


def painted_plan() -> Plan:
    """Eight people, two of them in red; beside the header stands what red means."""
    from io import BytesIO

    from openpyxl import Workbook as Written
    from openpyxl.styles import PatternFill

    from village_app.importing.files.reader import read_workbook

    book = Written()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "出生日期", "电话", "红色为已迁出"])
    for place in range(8):
        sheet.append([f"陈{'一二三四五六七八'[place]}", f"198{place}-05-12", f"1380000111{place}"])
        if place in (2, 5):
            for cell in sheet[sheet.max_row][:3]:
                cell.fill = PatternFill("solid", fgColor="FFFF0000")
    content = BytesIO()
    book.save(content)
    return plan_book(read_workbook(content.getvalue(), "名册.xlsx"))


def test_25_rows_in_a_colour_are_doubted_once_with_what_the_sheet_says_of_it() -> None:
    plan = painted_plan()
    (mark,) = plan.painted
    assert (mark.colour, mark.rows, mark.meaning) == ("红", 2, "moved_out")
    doubtful = [row.row for row in plan.rows if "coloured" in {p.code for p in row.problems}]
    assert doubtful == [4, 7]


def test_25_one_answer_gives_all_rows_of_the_colour_their_status() -> None:
    plan = painted_plan()
    decided = plan.decide(plan.decisions.with_colour("红", "moved_out"))
    assert [row.row for row in decided.rows if row.values.get("status") == "moved_out"] == [4, 7]
    assert not any(row.problems for row in decided.rows)
    left_out = plan.decide(plan.decisions.with_colour("红", "skip"))
    assert [row.row for row in left_out.rows if row.state == "skipped"] == [4, 7]
