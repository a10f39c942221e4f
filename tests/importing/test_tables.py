"""Which sheet and which lines are a register: the layouts A to I, and what is no register."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importing.sheets import (
    book,
    column,
    households,
    names,
    number,
    plan_book,
    plan_of,
    sheet,
)
from village_app.errors import Refused
from village_app.importing.plans.plan import Plan
from village_app.importing.plans.summary import summarise
from village_app.importing.subjects.residents import residents_target
from village_app.importing.tables.layouts import Layout
from village_app.importing.tables.table_finder import find_tables
from village_app.importing.tables.tables import Choice

CHEN = number("19850630", 121)
LI = number("19860512", 122)
SON = number("20100101", 123)
ZHANG = number("19700707", 125)
HEAD: list[Any] = ["序号", "姓名", "身份证号", "联系电话"]


def refusal(rows: list[list[Any]], merges: list[str] | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        plan_of(rows, merges or [])
    return caught.value


def left_out(plan: Plan) -> dict[int, str]:
    return {line.row + 1: line.kind for part in plan.table.parts for line in part.left_out}


# Layouts of domain/06 section 6.6


def test_a_one_person_per_line_below_title_and_particulars() -> None:
    plan = plan_of(
        [
            ["隔坑村2025年村民花名册"],
            ["填报单位：隔坑村", "", "填报日期：2025-01-01", "单位：人"],
            ["序号", "姓名", "性别", "公民身份号码", "户主", "与户主关系", "组别"],
            [1, "陈大文", "男", CHEN, "陈大文", "户主", "一组"],
            [2, "李小花", "女", LI, "陈大文", "妻子", "一组"],
            [3, "张三", "男", ZHANG, "张三", "户主", "二组"],
            ["合计", "3人"],
            ["填表人：王五", "", "审核人：赵六"],
        ],
        ["A1:G1"],
    )
    assert plan.table.header_rows == (3,)
    assert names(plan) == ["陈大文", "李小花", "张三"]
    assert households(plan) == [["陈大文", "李小花"], ["张三"]]
    assert left_out(plan) == {7: "total", 8: "signature"}


def test_b_household_cells_merged_downwards_speak_for_all_their_lines() -> None:
    plan = plan_of(
        [
            ["户号", "住址", "姓名", "关系", "身份证号", "电话"],
            ["030001", "三组1号", "陈大文", "户主", CHEN, "13812341234"],
            ["", "", "李小花", "妻", LI, ""],
            ["030002", "三组2号", "张三", "户主", ZHANG, "13712341234"],
        ],
        ["A2:A3", "B2:B3", "F2:F3"],
    )
    assert Layout.HOUSEHOLD_BLOCKS in plan.table.layouts
    assert column(plan, "household_no") == ["030001", "030001", "030002"]
    assert column(plan, "address") == ["三组1号", "三组1号", "三组2号"]
    assert column(plan, "phone") == ["13812341234", "13812341234", "13712341234"]
    assert households(plan) == [["陈大文", "李小花"], ["张三"]]


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        (
            ["户号", "户主姓名", "身份证号", "成员1姓名", "成员1关系", "成员1身份证号",
             "成员2姓名", "成员2关系", "成员2身份证号"],
            ["1", "陈大文", CHEN, "李小花", "妻", LI, "陈小明", "子", SON],
        ),
        (
            ["户号", "户主", "身份证", "姓名", "关系", "身份证", "姓名", "关系", "身份证"],
            ["1", "陈大文", CHEN, "李小花", "妻", LI, "陈小明", "子", SON],
        ),
        (
            ["户号", "姓名", "关系", "身份证", "姓名", "关系", "身份证", "姓名", "关系", "身份证"],
            ["1", "陈大文", "户主", CHEN, "李小花", "妻", LI, "陈小明", "子", SON],
        ),
        (
            ["户主", "身份证号", "配偶姓名", "配偶身份证号", "子女1姓名", "子女1身份证号"],
            ["陈大文", CHEN, "李小花", LI, "陈小明", SON],
        ),
    ],
)  # fmt: skip
def test_c_members_in_columns_become_people_of_one_household(
    head: list[Any], lines: list[Any]
) -> None:
    plan = plan_of([head, lines, [lines[0], *[""] * (len(lines) - 1)]])
    assert Layout.MEMBERS_IN_COLUMNS in plan.table.layouts
    assert names(plan)[:3] == ["陈大文", "李小花", "陈小明"]
    assert column(plan, "id_number")[:3] == [CHEN, LI, SON]
    assert column(plan, "relation")[:3] in (["02", "12", "20"], ["02", "10", "20"])
    assert households(plan)[0] == ["陈大文", "李小花", "陈小明"]


def test_c_a_son_with_his_fathers_name_is_not_taken_for_the_head() -> None:
    plan = plan_of(
        [
            ["户号", "户主姓名", "身份证号", "成员1姓名", "成员1关系", "成员1身份证号",
             "成员2姓名", "成员2关系", "成员2身份证号"],
            ["1", "陈大文", CHEN, "陈大文", "子", SON, "", "", ""],
        ]
    )  # fmt: skip
    assert column(plan, "id_number") == [CHEN, SON]


def test_d_three_header_rows_join_over_their_merges() -> None:
    plan = plan_of(
        [
            ["花名册"],
            ["序号", "基本情况", "", "", "", "家庭住址", "", "参保情况", "", ""],
            ["", "姓名", "性别", "证件", "", "组别", "门牌", "其中：", "", "合计"],
            ["", "", "", "类型", "号码", "", "", "养老", "医疗", ""],
            [1, "陈大文", "男", "身份证", CHEN, "一组", "1号", "是", "是", 2],
        ],
        ["A1:J1", "A2:A4", "B2:E2", "B3:B4", "C3:C4", "D3:E3", "F2:G2", "F3:F4", "G3:G4",
         "H2:J2", "H3:I3", "J3:J4"],
    )  # fmt: skip
    assert plan.table.header_rows == (2, 3, 4)
    assert summarise(plan)["headings"]["E"] == "基本情况／证件／号码"
    assert column(plan, "id_number") == [CHEN]
    assert column(plan, "id_type") == ["identity_card"]
    assert column(plan, "group") == ["一组"]


def test_d_two_header_rows_join_where_the_file_keeps_no_merges() -> None:
    plan = plan_of(
        [
            ["序号", "户号", "基本情况", "", "", "住址", "参保", ""],
            ["", "", "姓名", "性别", "身份证号", "", "养老", "医疗"],
            ["1", "001", "陈大文", "男", CHEN, "一路1号", "是", "否"],
        ]
    )
    assert plan.table.header_rows == (1, 2)
    assert summarise(plan)["headings"]["H"] == "参保／医疗"
    assert column(plan, "household_no") == ["001"]


def test_e_sheets_named_after_groups_are_one_list_with_the_group_from_the_name() -> None:
    head = ["姓名", "身份证号", "关系"]
    plan = plan_book(
        book(
            sheet([["组别", "户数", "人数"], ["一组", 1, 2], ["二组", 1, 1]], name="汇总"),
            sheet([head, ["陈大文", CHEN, "户主"], ["李小花", LI, "妻"]], name="一组"),
            sheet([head, ["张三", ZHANG, "户主"]], name="第2村民小组"),
            sheet([], name="Sheet1"),
        )
    )
    assert Layout.SHEET_PER_GROUP in plan.table.layouts
    assert plan.table.sheet == "一组、第2村民小组"
    assert column(plan, "group") == ["一组", "一组", "二组"]
    assert [row.sheet for row in plan.rows] == ["一组", "一组", "第2村民小组"]
    assert {refusal.code for refusal in plan.refused} == {"statistics", "empty"}
    assert [other.sheet for other in plan.others] == ["一组", "第2村民小组"]


def test_f_a_registration_card_is_refused_as_a_form() -> None:
    caught = refusal(
        [
            ["村民登记卡"],
            ["姓名", "陈大文", "性别", "男"],
            ["身份证号", CHEN, "民族", "汉"],
            ["住址", "一路1号", "联系电话", "13812341234"],
            ["文化程度", "初中", "政治面貌", "群众"],
        ]
    )
    assert caught.code == "form"
    assert "登记卡" in caught.message


def test_f_an_empty_card_is_refused_as_a_form() -> None:
    rows: list[list[Any]] = [
        ["姓名", "", "性别", ""],
        ["身份证号", "", "民族", ""],
        ["住址", "", "联系电话", ""],
    ]
    assert refusal([["登记表"], *rows]).code == "form"


def test_g_headers_titles_totals_and_page_numbers_repeat_on_every_page() -> None:
    plan = plan_of(
        [
            ["花名册"],
            HEAD,
            [1, "陈大文", CHEN, ""],
            [2, "李小花", LI, ""],
            ["本页小计", "2人", "", ""],
            ["第1页 共2页"],
            ["花名册"],
            HEAD,
            [3, "陈小明", SON, ""],
            ["第2页小计", "1人"],
            ["合计", "3人"],
        ],
        ["A1:D1", "A7:D7"],
    )
    assert Layout.PAGED in plan.table.layouts
    assert names(plan) == ["陈大文", "李小花", "陈小明"]
    assert left_out(plan) == {
        5: "total", 6: "page_mark", 7: "repeated_title", 8: "repeated_header",
        10: "total", 11: "total",
    }  # fmt: skip


def test_h_a_payment_list_of_heads_is_a_list_of_people() -> None:
    plan = plan_of(
        [
            ["2025年分红发放表"],
            ["序号", "户主", "身份证号", "开户行", "账号", "股数", "金额", "签名"],
            [1, "陈大文", CHEN, "农商行", "6217000010001234567", 3, "1,200.00", ""],
            [2, "张三", ZHANG, "农商行", "6217000010007654321", 2, "800", ""],
            ["合计", "", "", "", "", 5, "2000", ""],
        ],
        ["A1:H1"],
    )
    assert Layout.PAYMENT_LIST in plan.table.layouts
    assert names(plan) == ["陈大文", "张三"]
    assert column(plan, "bank_account") == ["6217000010001234567", "6217000010007654321"]
    assert summarise(plan)["columns"]["G"] is None


def test_i_an_export_with_machine_names_and_codes_is_understood() -> None:
    plan = plan_of(
        [
            ["XM", "XB", "GMSFHM", "MZ", "HBM", "YHZGX", "LXDH", "WHCD"],
            ["陈大文", "1", CHEN, "01", "441900001001030001", "02", "13812341234", "70"],
            ["李小花", "2", LI, "01", "441900001001030001", "12", "", "70"],
        ]
    )
    assert Layout.SYSTEM_EXPORT in plan.table.layouts
    assert column(plan, "relation") == ["02", "12"]
    assert column(plan, "group") == ["三组", "三组"]
    assert summarise(plan)["columns"] == {
        "A": "name", "B": "sex", "C": "id_number", "D": "ethnicity", "E": "household_no",
        "F": "relation", "G": "phone", "H": "education",
    }  # fmt: skip


# Patterns of domain/06 section 6.7 on the level of lines and sheets


def test_07_hidden_sheets_and_instructions_are_not_offered() -> None:
    people: list[list[Any]] = [HEAD, [1, "陈大文", CHEN, ""]]
    workbook = book(
        sheet([["填写说明"], ["一、本表由各村填写，请于每月底前报镇，逾期不再受理，谢谢配合。"]],
              name="说明"),
        sheet(people, name="旧", visibility="hidden"),
        sheet([*people, [2, "李小花", LI, ""]], name="名册"),
    )  # fmt: skip
    plan = plan_book(workbook)
    assert plan.table.sheet == "名册"
    assert {refusal.sheet: refusal.code for refusal in plan.refused} == {
        "说明": "instructions", "旧": "hidden",
    }  # fmt: skip
    chosen = plan_book(workbook, choice=Choice(sheet="旧"))
    assert names(chosen) == ["陈大文"]


def test_08_formatted_empty_rows_do_not_count() -> None:
    plan = plan_of([HEAD, [1, "陈大文", CHEN, ""], *[["", "", "", ""]] * 500])
    assert plan.counts.rows == 1


def test_f08_a_lone_value_in_a_far_corner_does_not_hide_the_list() -> None:
    lines: list[list[Any]] = [["姓名", "电话"], ["张三", "13812341234"]]
    corner = [*lines, *([[]] * 40_000), [""] * 16_383 + ["止"]]
    assert names(plan_of(corner))[0] == "张三"


def test_12_blank_rows_inside_and_before_the_header_lose_nobody() -> None:
    plan = plan_of([[], ["名单"], [], HEAD, [1, "陈大文", CHEN], [], [], [2, "李小花", LI]])
    assert plan.table.header_rows == (4,)
    assert [row.row for row in plan.rows] == [5, 8]


def test_18_lines_of_totals_signatures_and_notes_are_no_people() -> None:
    plan = plan_of(
        [
            HEAD,
            [1, "陈大文", CHEN, "13812341234"],
            ["", "合计", "1人", ""],
            ["一组小计：1人"],
            ["填表人：王五    审核人：赵六    日期：2025年1月1日"],
            ["（盖章）"],
            ["注：本表一式两份。"],
            ["以下空白"],
        ]
    )
    assert names(plan) == ["陈大文"]
    assert list(left_out(plan).values()) == [
        "total", "total", "signature", "signature", "note", "note",
    ]  # fmt: skip


def test_19_hidden_rows_are_kept_and_said() -> None:
    rows: list[list[Any]] = [HEAD, [1, "陈大文", CHEN, ""], [2, "李小花", LI, ""]]
    plan = plan_book(book(sheet(rows, hidden_rows=frozenset({2}))))
    assert [problem.code for problem in plan.rows[1].problems] == ["hidden_row"]


def test_20_extra_blank_columns_and_cells_beyond_the_header_stay_in_place() -> None:
    plan = plan_of([["姓名", "", "身份证号", "备注"], ["陈大文", "", CHEN, "", "多出来的"]])
    assert column(plan, "id_number") == [CHEN]
    beyond = plan.table.matching.unmatched
    assert [(match.letters, match.examples) for match in beyond] == [("E", ("多出来的",))]


@pytest.mark.parametrize("gap", [[""], []])
def test_21_two_tables_side_by_side_are_read_one_after_the_other(gap: list[str]) -> None:
    head = ["序号", "姓名", "身份证号"]
    plan = plan_of(
        [
            [*head, *gap, *head],
            [1, "陈大文", CHEN, *gap, 3, "陈小明", SON],
            [2, "李小花", LI, *gap, 4, "张三", ZHANG],
        ]
    )
    assert names(plan) == ["陈大文", "李小花", "陈小明", "张三"]
    assert Layout.SIDE_BY_SIDE in plan.table.layouts


def test_21_figures_beside_a_list_do_not_become_columns_of_it() -> None:
    plan = plan_of(
        [
            ["序号", "姓名", "身份证号", "", "组别", "人数", "户数"],
            [1, "陈大文", CHEN, "", "一组", 2, 1],
            [2, "李小花", LI, "", "二组", 4, 1],
            [3, "陈小明", SON],
            [4, "张三", ZHANG],
        ]
    )
    assert column(plan, "group") == [None] * 4


def test_e_sheets_named_after_hamlets_and_with_other_headers_belong_together_too() -> None:
    plan = plan_book(
        book(
            sheet([["姓名", "身份证号"], ["陈大文", CHEN]], name="陈屋"),
            sheet([["身份证号", "姓名", "备注"], [ZHANG, "张三", ""]], name="旧围"),
        )
    )
    assert names(plan) == ["陈大文", "张三"]
    assert column(plan, "group") == ["陈屋", "旧围"]


def test_e_lists_of_other_kinds_per_group_are_not_mixed() -> None:
    people = [["姓名", "身份证号"], ["陈大文", CHEN]]
    kinds = ("一组户籍", "二组户籍", "一组党员", "二组党员")
    plan = plan_book(book(*(sheet(people, name=name) for name in kinds)))
    assert plan.table.sheet in ("一组户籍、二组户籍", "一组党员、二组党员")


def test_b_each_household_under_its_own_line_of_particulars_and_header() -> None:
    head = ["姓名", "关系", "性别", "身份证号"]
    plan = plan_of(
        [
            ["隔坑村户籍登记"],
            ["户主姓名：", "陈大文", "户号：", "0001", "住址：", "一路1号"],
            head,
            ["陈大文", "户主", "男", CHEN],
            ["李小花", "妻", "女", LI],
            ["人口小计：2人"],
            [],
            ["户主姓名：", "张三", "户号：", "0002", "住址：", "二路2号"],
            head,
            ["张三", "户主", "男", ZHANG],
        ]
    )
    assert households(plan) == [["陈大文", "李小花"], ["张三"]]
    assert column(plan, "household_no") == ["0001", "0001", "0002"]
    assert column(plan, "address") == ["一路1号", "一路1号", "二路2号"]


@pytest.mark.parametrize("line", ["以下为二组", "第二村民小组（共1户）", "二组小组"])
def test_a_lone_text_with_a_groups_number_is_never_a_person(line: str) -> None:
    plan = plan_of([["姓名", "身份证号"], ["陈大文", CHEN], [line], ["张三", ZHANG]])
    assert names(plan) == ["陈大文", "张三"]
    assert column(plan, "group") == [None, "二组"]


@pytest.mark.parametrize(
    "line",
    [
        ["户数", "18", "人口", "72"],
        ["户数：18  人口：72"],
        ["", "总人口", "72人"],
        ["人口72人"],
    ],
)
def test_lines_that_count_people_are_no_people(line: list[str]) -> None:
    plan = plan_of([["姓名", "户号", "身份证号", "备注"], ["陈大文", "1", CHEN, ""], line])
    assert names(plan) == ["陈大文"]


def test_figures_by_sex_below_the_total_are_no_people() -> None:
    plan = plan_of(
        [["序号", "姓名", "电话"], [1, "陈大文", "13812341234"], [2, "男友", "13812341235"],
         ["", "合计", "2人"], ["", "男", "2人"], ["", "其中：女", "50%"]]
    )  # fmt: skip
    assert names(plan) == ["陈大文", "男友"]


@pytest.mark.parametrize("line", ["过次页", "承前页", "本户2人", "全户共2人"])
def test_lines_that_carry_over_or_count_a_household_are_no_people(line: str) -> None:
    plan = plan_of(
        [["姓名", "与户主关系", "身份证号"], ["陈大文", "户主", CHEN], [line], ["李小花", "妻", LI]]
    )
    assert names(plan) == ["陈大文", "李小花"]


def test_offices_in_the_first_column_are_not_taken_for_signatures() -> None:
    plan = plan_of(
        [["职务", "人员", "身份证号"], ["书记", "陈大文", CHEN], ["会计", "李小花", LI],
         ["出纳", "张三", ZHANG]]
    )  # fmt: skip
    assert names(plan) == ["陈大文", "李小花", "张三"]


def test_a_lone_text_is_no_person_and_a_lone_name_is_asked_about() -> None:
    plan = plan_of([["姓名", "身份证号"], ["陈大文", CHEN], ["搬迁户"], ["李小花"]])
    assert [row.state for row in plan.rows] == ["new", "error", "new"]
    found = [[problem.code for problem in row.problems] for row in plan.rows]
    assert found == [[], ["lone_text"], ["lone_name"]]


def test_lines_that_only_count_households_open_them() -> None:
    plan = plan_of(
        [["姓名", "身份证号"], ["第1户"], ["陈大文", CHEN], ["李小花", LI], ["第2户"],
         ["张三", ZHANG]]
    )  # fmt: skip
    assert households(plan) == [["陈大文", "李小花"], ["张三"]]


def test_a_first_person_whose_name_stands_in_the_title_is_not_lost() -> None:
    plan = plan_of([["户主姓名", "陈大文", "户号", "0001"], ["姓名", "身份证号"], ["陈大文", CHEN]])
    assert names(plan) == ["陈大文"]


def test_a_line_with_the_groups_name_speaks_for_the_people_below_it() -> None:
    plan = plan_of(
        [
            ["序号", "姓名", "身份证号", "关系"],
            ["第一村民小组"],
            [1, "陈大文", CHEN, "户主"],
            ["第二村民小组花名册", "", "", ""],
            [2, "张三", ZHANG, "户主"],
        ],
        ["A2:D2", "A4:D4"],
    )
    assert column(plan, "group") == ["一组", "二组"]


def test_a_line_with_the_households_particulars_speaks_for_its_members() -> None:
    plan = plan_of(
        [
            ["姓名", "关系", "身份证号"],
            ["户主：陈大文  户号：0001  住址：一路1号  电话：13812341234"],
            ["陈大文", "户主", CHEN],
            ["李小花", "妻", LI],
            ["户主：张三 户号：0002"],
            ["张三", "户主", ZHANG],
        ]
    )
    assert households(plan) == [["陈大文", "李小花"], ["张三"]]
    assert column(plan, "household_no") == ["0001", "0001", "0002"]
    assert column(plan, "address") == ["一路1号", "一路1号", None]


def test_a_list_without_column_names_is_found_by_its_numbers() -> None:
    plan = plan_of([["1", "陈大文", CHEN, "一组"], ["2", "李小花", LI, "一组"]])
    assert plan.table.header_rows == ()
    assert names(plan) == ["陈大文", "李小花"]
    assert column(plan, "group") == ["一组", "一组"]


def test_the_rows_of_the_import_template_that_only_explain_are_left_out() -> None:
    plan = plan_of(
        [
            ["村民信息导入模板"],
            ["序号", "姓名*", "身份证号", "电话"],
            ["填写说明", "必填", "18位，末位可以是X", "11位手机号，或带区号的座机"],
            ["示例1", "张三", "11010519491231002X", "13800000000"],
            ["示例2", "李四", "440524188001010014", "0769-80000000"],
            ["", "陈大文", CHEN, ""],
        ]
    )
    assert names(plan) == ["陈大文"]
    assert left_out(plan) == {3: "hint", 4: "sample", 5: "sample"}


def test_prepared_lines_with_only_a_number_or_a_household_are_no_people() -> None:
    plan = plan_of(
        [
            ["序号", "组别", "姓名", "身份证号"],
            [1, "一组", "陈大文", CHEN],
            [2, "一组", "", ""],
            [3, "", "", ""],
        ]
    )
    assert names(plan) == ["陈大文"]


def test_a_line_of_column_numbers_below_the_header_is_left_out() -> None:
    plan = plan_of([["姓名", "身份证号", "电话", "住址"], [1, 2, 3, 4], ["陈大文", CHEN, "", ""]])
    assert names(plan) == ["陈大文"]
    assert left_out(plan) == {2: "column_numbers"}


def test_a_second_table_below_a_blank_line_is_its_own_and_not_part_of_the_first() -> None:
    plan = plan_of(
        [
            HEAD,
            [1, "陈大文", CHEN, ""],
            [2, "李小花", LI, ""],
            [],
            ["各组人数"],
            ["组别", "人数", "户数"],
            ["一组", 2, 1],
            ["二组", 3, 1],
        ]
    )
    assert names(plan) == ["陈大文", "李小花"]


# What is no register


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["隔坑村人口统计表"], ["组别", "户数", "人数", "男", "女"], ["一组", 10, 40, 20, 20]],
         "statistics"),
        ([["民族代码", "民族名称"], ["01", "汉族"], ["02", "蒙古族"]], "codes"),
        ([["姓名", "身份证号"], ["{{姓名}}", "{{身份证号}}"]], "template"),
        ([["序号", "姓名", "身份证号"]], "no_rows"),
        ([["日期", "凭证号", "摘要", "收入", "支出"], ["2026-01-08", "收-001", "租金", 1, ""]],
         "ledger"),
        ([["交易时间", "交易对方", "收/支", "金额(元)"], ["2026-01-08", "某店", "支出", "5"]],
         "ledger"),
        ([["品名", "规格", "单价", "数量"], ["扫把", "大", 5, 10]], "goods"),
        ([["姓名", "签名"], ["陈大文", ""], ["李小花", ""]], "missing_columns"),
        ([["甲", "乙"], ["丙", "丁"]], "no_header"),
        ([["12", "34"], ["56", "78"]], "statistics"),
        ([["本表由各村民小组长填写并于月底前交村委会办公室备案，逾期不候。"]], "instructions"),
    ],
)  # fmt: skip
def test_what_is_no_register_is_refused_with_its_reason(rows: list[list[Any]], code: str) -> None:
    caught = refusal(rows)
    assert caught.code == code
    assert caught.message.startswith("“Sheet1”")


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        plan_book(book(sheet([])))
    assert caught.value.code == "empty"


# The guess can be moved


def test_a_header_row_pointed_at_brings_the_rows_that_belong_to_it() -> None:
    rows: list[list[Any]] = [
        ["花名册"],
        ["序号", "户号", "基本情况", "", "住址"],
        ["", "", "姓名", "身份证号", ""],
        [1, "01", "陈大文", CHEN, "一路1号"],
    ]
    merges = ["A2:A3", "B2:B3", "C2:D2", "E2:E3"]
    for row in (2, 3):
        plan = plan_book(book(sheet(rows, merges)), choice=Choice(header_rows=(row,)))
        assert plan.table.header_rows == (2, 3)
        assert names(plan) == ["陈大文"]


def test_header_rows_named_by_hand_are_taken_as_they_are() -> None:
    rows = [["甲", "乙"], ["丙", "丁"], ["陈大文", CHEN]]
    choice = Choice(header_rows=(1, 2), columns={"甲/丙": "name", "乙/丁": "id_number"})
    plan = plan_book(book(sheet(rows)), choice=choice)
    assert names(plan) == ["陈大文"]
    assert plan.table.header_rows == (1, 2)


def test_a_header_outside_the_sheet_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        plan_book(book(sheet([HEAD])), choice=Choice(header_rows=(9,)))
    assert caught.value.code == "header_outside"


def test_a_sheet_that_is_not_there_is_refused_with_the_names_that_are() -> None:
    with pytest.raises(Refused) as caught:
        plan_book(book(sheet([HEAD], name="名册")), choice=Choice(sheet="花名册"))
    assert caught.value.code == "no_such_sheet"
    assert "名册" in caught.value.message


def test_a_choice_is_remembered_by_the_header_and_found_again_wherever_it_stands() -> None:
    rows = [["甲", "乙", "丙"], ["陈大文", CHEN, "x"], ["李小花", LI, "y"]]
    target = residents_target()
    chosen = find_tables(
        book(sheet(rows)),
        target,
        Choice(header_rows=(1,), columns={"甲": "name", "乙": "id_number", "丙": "note"}),
    ).best
    remembered = {chosen.matching.signature: chosen.matching.remembered}
    later = book(sheet([["新的名单"], [], ["丙", "甲", "乙"], ["z", "张三", ZHANG]]))
    found = find_tables(later, target, remembered=remembered).best
    assert found.header_rows == (3,)
    assert {m.heading.text: m.field for m in found.matching.columns} == {
        "丙": "note", "甲": "name", "乙": "id_number",
    }  # fmt: skip
