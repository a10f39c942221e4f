"""A paper frozen as plain JSON values comes back exactly, or is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.papers.sample_papers import picture
from village_app.domain import kinds
from village_app.domain.kinds import Choice, Kind, Option
from village_app.errors import EnvironmentProblem
from village_app.papers import blocks
from village_app.papers.blocks import (
    Bar,
    BarChart,
    Column,
    FormCell,
    FormGrid,
    Heading,
    PageBreak,
    Paper,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Signature,
    SignLines,
    Spacer,
    Table,
)
from village_app.papers.pdf import write_pdf
from village_app.papers.plain import paper_from_plain, paper_to_plain


def whole_paper() -> Paper:
    """Give a paper with every kind of block and value."""
    columns = (
        Column("日", kinds.DAY, width=1.5),
        Column("时", kinds.MOMENT),
        Column("元", kinds.MONEY, total="sum"),
        Column("名", kinds.PERSON_NAME, "personal"),
        Column("是", kinds.FLAG),
    )
    moment = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    rows = (Row((date(2026, 3, 2), moment, 10**15, "张𬱖", True)), Row((None,) * 5, "subtotal"))
    return Paper(
        "official",
        "标题",
        (
            Heading("一、", 1),
            Paragraph("正文", indent=0.5, size=12.5),
            Table(columns, rows, in_words=2, notes=("注",)),
            FormGrid((1, 2.5), ((FormCell("签", kind=kinds.TEXT, height=12.5), FormCell()),)),
            Signature(("村委会",), "2026年3月2日"),
            SignLines((("甲", ""),)),
            PhotoGrid((Photo(picture(), "施工前"),)),
            BarChart("图", (Bar("一", (("a", 1),)),), kind=kinds.MONEY),
            Spacer(0.5),
            PageBreak(),
        ),
        meta={"is": "text", "day": "x"},
    )


def there_and_back(paper: Paper) -> Paper:
    return paper_from_plain(json.loads(json.dumps(paper_to_plain(paper))))


def test_a_paper_with_every_block_comes_back_equal() -> None:
    assert there_and_back(whole_paper()) == whole_paper()


def test_every_block_class_has_a_plain_form() -> None:
    used = {type(block) for block in whole_paper().blocks}
    assert used == set(blocks.Block.__args__)


def test_a_frozen_paper_prints_byte_for_byte_the_same() -> None:
    assert write_pdf(there_and_back(whole_paper())).data == write_pdf(whole_paper()).data


def test_the_labels_of_a_choice_are_frozen_with_the_paper() -> None:
    choice = Choice((Option("a", "满意"), Option("b", "不满意")))
    paper = Paper("table", "表", (Table((Column("评价", choice),), (Row(("b",)),)),))
    back = there_and_back(paper).blocks[0]
    assert isinstance(back, Table)
    assert back.columns[0].kind.show("b") == "不满意"
    assert paper_to_plain(there_and_back(paper)) == paper_to_plain(paper)


@pytest.mark.parametrize("kind", [kinds.PLACE, kinds.Reference("resident"), kinds.SHARE])
def test_other_kinds_keep_how_they_show(kind: Kind) -> None:
    paper = Paper("table", "表", (Table((Column("一", kind),), (Row((7,)),)),))
    back = there_and_back(paper).blocks[0]
    assert isinstance(back, Table)
    assert back.columns[0].kind.show(7) == kind.show(7)


def test_a_float_in_a_cell_is_refused() -> None:
    paper = Paper("table", "表", (Table((Column("元", kinds.MONEY),), (Row((1.5,)),)),))
    with pytest.raises(TypeError, match="float"):
        paper_to_plain(paper)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"new_attribute": 1},
        {"blocks": [{"is": "hologram"}]},
        {"blocks": [{"is": "heading", "text": "一", "level": 1, "colour": "red"}]},
        {"blocks": [{"unknown": 1}]},
    ],
)
def test_what_a_newer_program_wrote_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(EnvironmentProblem, match="升级") as caught:
        paper_from_plain({**paper_to_plain(whole_paper()), **change})
    assert caught.value.code == "paper_too_new"


def test_attributes_added_later_take_their_defaults_in_old_papers() -> None:
    plain = paper_to_plain(whole_paper())
    del plain["seam"]
    assert paper_from_plain(plain) == whole_paper()


def test_a_field_that_came_later_stands_only_where_it_says_something() -> None:
    paper = Paper("notice", "公示")
    assert "one_page" not in paper_to_plain(paper)
    asked = replace(paper, one_page=True)
    assert paper_from_plain(paper_to_plain(asked)) == asked
    assert paper_from_plain(paper_to_plain(paper)) == paper
