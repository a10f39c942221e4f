"""The privacy gate on numbers that are cut up or hidden where nobody looks."""

from __future__ import annotations

from datetime import date

from tests.papers.gate_looks import NUMBER, look, table
from tests.papers.sample_papers import (
    one_block_paper,
    picture,
)
from village_app.domain.kinds import (
    COUNT,
    DAY,
    MONEY,
    TEXT,
)
from village_app.papers.blocks import (
    Column,
    FormCell,
    FormGrid,
    Heading,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Table,
)
from village_app.papers.gate import fix_all


def test_numbers_hidden_in_title_notes_captions_and_properties_are_found() -> None:
    paper = one_block_paper(
        Heading(f"一、{NUMBER}", 1),
        Table((Column("甲", TEXT),), (Row(("乙",)),), caption="13512342210", notes=(NUMBER,)),
        PhotoGrid((Photo(picture(), "13612342210"),)),
        title=f"关于{NUMBER}的公示",
        footer="13712342210",
        meta={"subject": NUMBER},
    )
    places = [item.where for item in look(paper).stops]
    assert sorted(places) == sorted(
        [
            "标题",
            "页脚",
            "文件属性",
            "第 1 个小标题",
            "表 1 表名",
            "表 1 附注",
            "第 1 组照片 第 1 张",
        ]
    )
    assert look(fix_all(paper, look(paper))).stops == ()


PIECES = (NUMBER[:6], NUMBER[6:14], NUMBER[14:])


def test_a_number_cut_up_over_neighbouring_cells_is_put_together() -> None:
    columns = tuple(Column(label, TEXT) for label in "甲乙丙")
    paper = table(*columns, rows=(PIECES, ("135", "1234", "2210"), ("12", "300", "45")))
    findings = look(paper)
    assert [(item.code, item.where) for item in findings.items] == [
        ("identity", "表 1 第 1 行 甲"),
        ("mobile", "表 1 第 2 行 甲"),
    ]
    fixed = fix_all(paper, findings).blocks[0]
    assert isinstance(fixed, Table)
    assert fixed.rows[0].cells == ("******", "********", "****")
    assert fixed.rows[2].cells == ("12", "300", "45")


def test_a_number_cut_up_down_a_column_or_over_paragraphs_or_boxes_is_put_together() -> None:
    down = table(Column("甲", TEXT), rows=tuple((piece,) for piece in PIECES))
    paragraphs = one_block_paper(
        Paragraph(f"身份证前半{PIECES[0]}"), Paragraph(f"{PIECES[1]}{PIECES[2]}，后半在此")
    )
    boxes = FormGrid(
        (1,) * 19,
        ((FormCell("号码", is_label=True), *(FormCell(digit) for digit in NUMBER)),),
    )
    for paper in (down, paragraphs, one_block_paper(boxes)):
        findings = look(paper)
        assert findings.items[0].code == "identity"
        assert look(fix_all(paper, findings)).items == ()


def test_pieces_are_found_behind_blanks_marks_and_wide_digits_and_are_hidden_where_they_stand() -> (
    None
):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in PIECES[1])
    columns = tuple(Column(label, TEXT) for label in "甲乙丙丁")
    row = (f"证号 {PIECES[0][:3]} {PIECES[0][3:]}", "", wide, PIECES[2])
    for paper in (
        table(*columns, rows=(row,)),
        one_block_paper(Heading(f"证号{PIECES[0]}", 1), Paragraph(f"{PIECES[1]}\n{PIECES[2]}止")),
    ):
        findings = look(paper)
        assert "identity" in {item.code for item in findings.stops}
        fixed = fix_all(paper, findings)
        assert look(fixed).items == ()
        assert not any(piece in str(fixed) for piece in PIECES)


def test_amounts_and_days_beside_each_other_are_no_number_of_a_person() -> None:
    columns = (
        Column("序号", COUNT),
        Column("日期", DAY),
        Column("凭证号", TEXT),
        Column("金额", MONEY),
        Column("户号", TEXT),
    )
    rows = tuple(
        (row, date(2026, 3, 1 + row % 28), f"{row:03d}", 13_512_342_210 + row, f"{1380 + row}")
        for row in range(200)
    )
    assert look(table(*columns, rows=rows)).items == ()
