"""The same machinery for other records: ledger lines, 12345 slips, agenda, members, subsidies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.importing.sheets import CORPUS, TODAY, book, number, sheet
from village_app.domain.kinds import (
    COUNT,
    DAY,
    IDENTITY_NUMBER,
    LONG_TEXT,
    MONEY,
    PERSON_NAME,
    PHONE,
    TEXT,
    Choice,
    FieldDeclaration,
    options_of,
)
from village_app.importing.files.grid import Workbook
from village_app.importing.files.reader import read_workbook
from village_app.importing.plans.plan import Background, Plan, make_plan
from village_app.importing.plans.recognition import ByKeys, KnownRecord
from village_app.importing.tables.table_finder import find_tables
from village_app.importing.tables.targets import Target

DIRECTION = Choice(options_of([("in", "收入"), ("out", "支出"), ("none", "不计收支")]))

LEDGER = Target(
    name="ledger",
    label="收支流水",
    counter="笔",
    fields=(
        FieldDeclaration("day", "日期", DAY, required=True,
                         synonyms=("交易时间", "交易日期", "记账日期", "交易创建时间", "日期")),
        FieldDeclaration("voucher", "凭证号", TEXT),
        FieldDeclaration("summary", "摘要", TEXT, synonyms=("交易描述", "商品", "商品说明")),
        FieldDeclaration("account", "科目", TEXT),
        FieldDeclaration("partner", "收（付）款人", TEXT, synonyms=("交易对方", "对方户名")),
        FieldDeclaration("income", "收入", MONEY, synonyms=("记账金额(收入)", "收入金额")),
        FieldDeclaration("expense", "支出", MONEY, synonyms=("记账金额(支出)", "支出金额")),
        FieldDeclaration("amount", "金额", MONEY, synonyms=("金额(元)", "金额（元）", "交易金额")),
        FieldDeclaration("direction", "收/支", DIRECTION),
        FieldDeclaration("note", "备注", TEXT),
    ),
    needed=(frozenset({"day"}), frozenset({"income", "expense", "amount"})),
    keys=frozenset({"income", "expense", "amount"}),
    recognition=ByKeys((("voucher",),), (("day", "amount", "summary"),), {"voucher": "凭证号"}),
    grave=frozenset({"day", "income", "expense", "amount"}),
)  # fmt: skip

ISSUES = Target(
    name="issues",
    label="诉求",
    counter="件",
    fields=(
        FieldDeclaration("source_no", "工单编号", TEXT, required=True, synonyms=("工单号",)),
        FieldDeclaration("reporter", "来电人", PERSON_NAME, synonyms=("诉求人", "反映人")),
        FieldDeclaration("phone", "联系电话", PHONE),
        FieldDeclaration("category", "诉求类别", TEXT, synonyms=("问题分类",)),
        FieldDeclaration("content", "诉求内容", LONG_TEXT, synonyms=("主要内容",)),
        FieldDeclaration("due", "办结时限", DAY),
    ),
    needed=(frozenset({"source_no"}), frozenset({"content"})),
    keys=frozenset({"source_no"}),
    recognition=ByKeys((("source_no",),), labels={"source_no": "工单编号"}),
    referring=frozenset({"category"}),
)

SUBSIDIES = Target(
    name="subsidies",
    label="补贴名单",
    counter="人",
    fields=(
        FieldDeclaration("name", "姓名", PERSON_NAME, required=True),
        FieldDeclaration("id_number", "身份证号", IDENTITY_NUMBER),
        FieldDeclaration("amount", "补贴金额", MONEY, required=True, synonyms=("发放金额", "金额")),
        FieldDeclaration("months", "月数", COUNT),
    ),
    needed=(frozenset({"name"}), frozenset({"amount"})),
    keys=frozenset({"name", "id_number"}),
    recognition=ByKeys((("id_number",),)),
    grave=frozenset({"amount"}),
)

AGENDA = Target(
    name="agenda",
    label="议程",
    counter="项",
    fields=(
        FieldDeclaration("number", "序号", TEXT),
        FieldDeclaration("title", "议题", TEXT, required=True, synonyms=("议题名称",)),
        FieldDeclaration("speaker", "汇报人", PERSON_NAME),
        FieldDeclaration("minutes", "时长", COUNT, synonyms=("时长（分钟）",)),
    ),
    needed=(frozenset({"title"}),),
    keys=frozenset({"title"}),
    recognition=ByKeys((("title",),)),
)


def plan_for(
    target: Target, rows: list[list[Any]], merges: tuple[str, ...] = (), **background: Any
) -> Plan:
    return make_plan(book(sheet(rows, merges)), target, Background(today=TODAY, **background))


def corpus(name: str) -> Workbook:
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"the corpus file {path.name} is not here")
    return read_workbook(path.read_bytes(), path.name)


def test_a_ledger_is_read_in_fen_and_its_totals_are_no_entries() -> None:
    plan = plan_for(
        LEDGER,
        [
            ["隔坑村2026年第一季度收支流水"],
            ["单位：元"],
            ["日期", "凭证号", "摘要", "科目", "收（付）款人", "收入", "支出", "备注"],
            [date(2026, 1, 8), "收-001", "鱼塘承包款", "经营收入", "陈某", 36000.0, "", ""],
            ["2026.1.12", "付-001", "保洁费", "公益支出", "某服务部", "", "18,640.00", ""],
            ["合计", "", "", "", "", 36000, 18640, ""],
        ],
        ("A1:H1",),
    )
    assert plan.table.header_rows == (3,)
    assert [row.values.get("income") for row in plan.rows] == [3600000, None]
    assert [row.values.get("expense") for row in plan.rows] == [None, 1864000]
    assert plan.households == ()


def test_a_sheet_in_ten_thousands_says_so_in_its_head_and_is_counted_so() -> None:
    plan = plan_for(
        LEDGER,
        [["单位：万元"], ["日期", "摘要", "收入", "支出"], ["2026-01-08", "租金", 3.6, ""]],
    )
    assert plan.rows[0].values["income"] == 3600000
    assert plan.rows[0].cleaned[-1].reason == "表头写明单位是万元"


def test_the_same_ledger_again_adds_nothing() -> None:
    rows: list[list[Any]] = [
        ["日期", "凭证号", "摘要", "收入"],
        ["2026-01-08", "收-001", "租金", 5],
    ]
    first = plan_for(LEDGER, rows)
    known = [KnownRecord(1, "收-001", first.rows[0].values)]
    again = plan_for(LEDGER, rows, known=known)
    assert (again.counts.new, again.counts.same) == (0, 1)


def test_is23_slips_keep_their_number_and_come_again_as_updates() -> None:
    rows: list[list[Any]] = [
        ["12345热线转办表"],
        ["序号", "工单编号", "来电人", "联系电话", "诉求类别", "诉求内容", "办结时限"],
        [1, "DG20260112001", "陈生", "13812341234", "市政设施", "路灯坏了三盏", "2026-01-15"],
        [2, "DG20260112002", "匿名", "", "噪音", "夜间施工", "2026.1.16"],
    ]
    known = [KnownRecord(9, "DG20260112001", {"source_no": "DG20260112001", "due": None})]
    plan = plan_for(ISSUES, rows, known=known, lists={"category": ["市政设施", "环境噪音"]})
    assert [row.state for row in plan.rows] == ["update", "new"]
    (unknown,) = plan.unknown_names
    assert (unknown.text, unknown.likely) == ("噪音", ("环境噪音",))


def test_pf23_a_subsidy_list_needs_an_amount_it_can_read() -> None:
    rows: list[list[Any]] = [
        ["姓名", "身份证号", "补贴金额", "月数"],
        ["陈大文", number("19850630", 121), "1,200元", "12个月"],
        ["李小花", number("19860512", 122), "壹仟贰佰元整", 12],
        ["张三", number("19700707", 125), "500.5000001", 1],
        ["黄玉兰", number("19720202", 126), "-", 1],
    ]
    plan = plan_for(SUBSIDIES, rows)
    assert [row.values.get("amount") for row in plan.rows] == [120000, 120000, None, None]
    assert [row.state for row in plan.rows] == ["new", "new", "error", "error"]
    assert [row.errors[0].code for row in plan.rows[2:]] == ["below_fen", "missing"]


def test_me27_agenda_lines() -> None:
    rows: list[list[Any]] = [
        ["村民代表会议议程"],
        ["序号", "议题", "汇报人", "时长（分钟）"],
        ["一", "审议路灯安装方案", "吴荏权", 20],
        ["二", "通报一季度收支", "陈大文", "15"],
    ]
    plan = plan_for(AGENDA, rows)
    assert [row.values["title"] for row in plan.rows] == ["审议路灯安装方案", "通报一季度收支"]
    assert [row.values["minutes"] for row in plan.rows] == [20, 15]


def test_a_resident_roster_is_no_ledger() -> None:
    rows = [["姓名", "身份证号"], ["陈大文", number("19850630", 121)]]
    found = find_tables(book(sheet(rows)), LEDGER)
    assert [refusal.code for refusal in found.refused] == ["missing_columns"]


@pytest.mark.parametrize(
    ("name", "header", "records"),
    [
        ("deb-sig__double-entry-generator/example-alipay-records.csv", 25, 10),
        ("deb-sig__double-entry-generator/example-wechat-records.xlsx", 18, 27),
        ("deb-sig__double-entry-generator/example-icbc-debit-v2-records.csv", 7, 11),
        ("deb-sig__double-entry-generator/example-cmb-records.csv", None, 5),
        ("deb-sig__double-entry-generator/example-citic-records.xls", 2, 13),
    ],
)
def test_bills_of_banks_and_payment_services_have_their_header_and_entries_found(
    name: str, header: int | None, records: int
) -> None:
    table = find_tables(corpus(name), LEDGER).best
    assert table.records == records
    assert header is None or table.header_rows == (header,)


def test_two_sheets_with_the_same_bill_are_never_taken_together() -> None:
    found = find_tables(
        corpus("deb-sig__double-entry-generator/example-wechat-records.xlsx"), LEDGER
    )
    assert [len(table.parts) for table in found.tables] == [1, 1]
