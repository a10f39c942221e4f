"""A paper from a plain description: what it becomes, and every fault with its field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from village_app.domain.kinds import COUNT, MONEY, PERSON_NAME
from village_app.errors import InvalidInput
from village_app.papers.blocks import Paragraph, Signature, Table
from village_app.papers.pdf import write_pdf
from village_app.papers.spec import paper_from_spec


def spec(**changes: Any) -> dict[str, Any]:
    return {"layout": "notice", "title": "关于补贴的公示", "body": ["现予公示。"]} | changes


TABLE = {
    "columns": [
        {"label": "序号", "kind": "count"},
        {"label": "姓名", "kind": "name"},
        {"label": "人数", "kind": "count"},
        {"label": "金额", "kind": "money"},
        {"label": "日期", "kind": "day"},
    ],
    "rows": [["1", "张*明", "3", "1,234.50", "2026-03-02"], ["2", "李四", "", "0.05", ""]],
    "total": True,
}


def test_the_least_description_makes_a_paper() -> None:
    paper = paper_from_spec(spec())
    assert (paper.layout, paper.title, paper.blocks) == (
        "notice",
        "关于补贴的公示",
        (Paragraph("现予公示。"),),
    )


def test_everything_that_may_be_given_reaches_the_paper() -> None:
    paper = paper_from_spec(
        spec(
            number="隔村公示〔2026〕12号",
            to="各组",
            issuer="隔坑村村民委员会",
            date="2026-03-02",
            seal=False,
            public=True,
            draft=True,
            footer="验真码",
            paper_size="A3",
        )
    )
    assert paper.blocks[-1] == Signature(("隔坑村村民委员会",), "2026年3月2日", seal=False)
    assert (paper.number, paper.to, paper.footer, paper.paper_size) == (
        "隔村公示〔2026〕12号",
        "各组",
        "验真码",
        "A3",
    )
    assert paper.public
    assert paper.draft


def test_cells_are_read_by_their_kinds_and_totals_set_where_they_make_sense() -> None:
    [_, table] = paper_from_spec(spec(table=TABLE)).blocks
    assert isinstance(table, Table)
    assert table.rows[0].cells == (1, "张*明", 3, 123450, date(2026, 3, 2))
    assert table.rows[1].cells == (2, "李四", None, 5, None)
    assert [column.kind for column in table.columns][:4] == [COUNT, PERSON_NAME, COUNT, MONEY]
    assert [column.total for column in table.columns] == [None, None, "sum", "sum", None]
    assert (table.unit, table.in_words, table.has_total) == ("单位：元", 3, True)
    assert [column.sensitivity for column in table.columns][1] == "personal"


def test_a_table_follows_the_paragraph_that_announces_it() -> None:
    paper = paper_from_spec(spec(body=["情况如下：", "特此公示。"], table=TABLE))
    assert [type(block) for block in paper.blocks] == [Paragraph, Table, Paragraph]


def test_a_poster_is_an_a3_sheet_and_a_wide_table_lies() -> None:
    assert paper_from_spec(spec(layout="poster")).paper_size == "A3"
    wide = {
        "columns": [{"label": f"账号{n}", "kind": "bank"} for n in range(8)],
        "rows": [["6217001234567891234"] * 8],
    }
    assert paper_from_spec(spec(layout="table", table=wide)).landscape
    assert not paper_from_spec(spec(layout="table", table=TABLE)).landscape


def test_a_described_paper_can_be_written() -> None:
    paper = paper_from_spec(spec(table=TABLE, issuer="村委会", date="2026-03-02"))
    assert write_pdf(paper).pages == 1


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"layout": "leaflet"}, "layout", "unknown_layout"),
        ({"layout": ["notice"]}, "layout", "unknown_layout"),
        ({"title": " "}, "title", "title_missing"),
        ({"body": "一段"}, "body", "body_wrong"),
        ({"body": ["一段", 3]}, "body", "body_wrong"),
        ({"boddy": []}, "boddy", "unknown_field"),
        ({"number": 12}, "number", "no_text"),
        ({"seal": "yes"}, "seal", "no_switch"),
        ({"date": "2026-02-30"}, "date", "no_date"),
        ({"paper_size": "B5"}, "paper_size", "unknown_size"),
        ({"table": []}, "table", "no_table"),
        ({"table": {"columns": [], "rows": []}}, "table.columns", "no_columns"),
        ({"table": {"columns": [{"kind": "text"}], "rows": []}}, "table.columns[0]", "no_label"),
        (
            {"table": {"columns": [{"label": "一", "kind": "x"}], "rows": []}},
            "table.columns[0].kind",
            "unknown_kind",
        ),
        ({"table": {**TABLE, "rows": None}}, "table.rows", "no_rows"),
        ({"table": {**TABLE, "rows": [["1"]]}}, "table.rows[0]", "row_length"),
        (
            {"table": {**TABLE, "rows": [["1", "甲", "3", "十二块多", ""]]}},
            "table.rows[0][3]",
            "no_amount",
        ),
    ],
)
def test_a_fault_is_named_with_its_field(changes: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        paper_from_spec(spec(**changes))
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [(field, code)]


def test_all_faults_come_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        paper_from_spec({"layout": "x", "body": None, "date": "gestern"})
    assert [fault.field for fault in caught.value.faults] == ["layout", "title", "body", "date"]


def test_a_description_that_is_no_object_is_refused() -> None:
    with pytest.raises(InvalidInput):
        paper_from_spec([])  # type: ignore[arg-type]
