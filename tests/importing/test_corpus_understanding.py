"""Lists that nobody here made: header and records are found, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from tests.importing.sheets import CORPUS, TODAY
from village_app.domain.kinds import TEXT, FieldDeclaration
from village_app.errors import Refused
from village_app.importing.files.grid import Workbook
from village_app.importing.files.reader import read_workbook
from village_app.importing.plans.plan import Background, make_plan
from village_app.importing.plans.recognition import ByKeys
from village_app.importing.plans.summary import summarise
from village_app.importing.subjects.residents import residents_target
from village_app.importing.tables.table_finder import find_tables
from village_app.importing.tables.tables import Table
from village_app.importing.tables.targets import Target


def corpus(name: str) -> Workbook:
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"the corpus file {path.name} is not here")
    return read_workbook(path.read_bytes(), path.name)


def target_of(*labels: str) -> Target:
    """Describe records with these columns; a line with any of them is one."""
    fields = tuple(FieldDeclaration(f"f{place}", label, TEXT) for place, label in enumerate(labels))
    names = frozenset(field.name for field in fields)
    return Target("things", "物品", "件", fields, (names,), names, ByKeys((("f0",),)))


def found(name: str, *labels: str) -> Table:
    return find_tables(corpus(name), target_of(*labels)).best


@pytest.mark.parametrize(
    ("name", "labels", "header", "rows"),
    [
        ("dotnetcore__Magicodes.IE/模板字段错误.xlsx", ("产品条码", "客户代码", "性别"), (1,),
         [2, 3, 4, 5, 6, 7]),
        ("dotnetcore__Magicodes.IE/issue236.xlsx", ("标题", "排序", "创建时间"), (2,), [3, 4]),
        ("dotnetcore__Magicodes.IE/管轴导入数据带有空行.xlsx", ("管轴编号", "管廊编号", "责任区域"),
         (2,), [3, 4, 5, 7, 9, 11]),
        ("mini-software__MiniExcel/TestIssueI4YCLQ_2.xlsx", ("站点编码", "站址名称", "资源ID"),
         (2,), [3, 4]),
        ("mini-software__MiniExcel/TestIssue138.xlsx", ("Date", "商品", "波段"), (1,), [2, 4, 7]),
        ("mini-software__MiniExcel/TestIssue242.xls", ("日期", "分公司"), (1,), [2, 3, 4, 5]),
        ("apache__fesod/test02.xlsx", ("区域", "序列号", "到期时间"), (1,), [2, 3, 4]),
        ("dromara__hutool/merge_test.xlsx", ("姓名", "鞋码"), (1,), [2, 3, 4]),
        ("dromara__hutool/readBySax.xls", ("设备设施名称", "入库数量"), (1,), [2, 3]),
        ("dromara__hutool/null_cell_test.xlsx", ("标题1", "标题2", "标题3"), (1,), [2, 3, 4]),
        ("okfn__messytables/blank_line.ods", ("Name", "Age", "When"), (1,), [2, 3, 5]),
        ("frictionlessdata__tabulator-py/multiline-headers.xlsx", ("Region", "from baseline (%)"),
         (1, 2, 3, 4, 5), [6]),
        ("frictionlessdata__frictionless-py/skip-rows.xlsx", ("A", "B"), (2,), [3]),
        ("wireservice__csvkit/test_skip_lines.xls", ("text", "date", "integer"), (4,),
         [5, 6, 7, 8, 9]),
        ("okfn__messytables/excel_pasting.csv", ("Year", *map(str, range(2000, 2015))), (4,),
         list(range(5, 18))),
    ],
)  # fmt: skip
def test_header_and_records_of_foreign_lists(
    name: str, labels: tuple[str, ...], header: tuple[int, ...], rows: list[int]
) -> None:
    table = found(name, *labels)
    assert table.header_rows == header
    assert [row + 1 for row in table.parts[0].records] == rows


def test_a_header_of_five_rows_is_joined_over_its_merges() -> None:
    table = found(
        "frictionlessdata__tabulator-py/multiline-headers.xlsx", "Region", "from baseline (%)"
    )
    texts = [match.heading.text for match in table.matching.columns]
    assert texts == [
        "Region",
        "Caloric contribution／(%)",
        "Cumulative impact of changes on cost of food basket／from previous quarter",
        "Cumulative impact of changes on cost of food basket／from baseline (%)",
    ]


def test_six_columns_of_one_name_stay_apart() -> None:
    table = found("mini-software__MiniExcel/TestIssueI4YCLQ_2.xlsx", "站点编码", "站址名称")
    keys = [match.heading.key for match in table.matching.columns if "值" in match.heading.text]
    assert keys == ["值", "值#2", "值#3", "值#4", "值#5", "值#6"]


def test_nothing_shifts_left_over_empty_header_cells() -> None:
    workbook = corpus("apache__fesod/test02.xlsx")
    plan = make_plan(workbook, target_of("名称", "序列号", "到期时间"), Background(today=TODAY))
    assert summarise(plan)["columns"]["H"] == "f2"
    assert plan.rows[1].values["f2"] == "2024-05-01"


def test_a_cell_beyond_the_header_is_shown_and_not_dropped() -> None:
    table = found("wireservice__csvkit/test_skip_lines.xls", "text", "date", "integer")
    assert any(
        "Extra data" in text for match in table.matching.unmatched for text in match.examples
    )


def test_an_age_merged_over_two_people_belongs_to_the_first() -> None:
    plan = make_plan(
        corpus("dromara__hutool/merge_test.xlsx"), residents_target(), Background(today=TODAY)
    )
    assert len(plan.rows) == 3
    assert [problem.code for problem in plan.rows[1].problems].count("merged_over_rows") == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("apache__poi/stress020.xlsx", "statistics"),
        ("dotnetcore__Magicodes.IE/2020年春季教材订购明细样表.xlsx", "template"),
        ("deb-sig__double-entry-generator/example-alipay-records.csv", "ledger"),
        ("deb-sig__double-entry-generator/example-wechat-records.xlsx", "ledger"),
        ("open-contracting__sample-data/ocds-213czf-000-00001-05-contract.xlsx", None),
        ("tafia__calamine/errors.xlsx", None),
        ("dromara__hutool/1899bug_demo.xlsx", None),
    ],
)
def test_what_is_no_register_of_residents_is_refused(name: str, code: str | None) -> None:
    with pytest.raises(Refused) as caught:
        make_plan(corpus(name), residents_target(), Background(today=TODAY))
    assert code is None or caught.value.code == code
