"""The privacy gate: what it stops, where it says it stands, what it offers, what it lets pass."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.papers.gate_looks import NUMBER, look
from tests.papers.sample_papers import (
    every_block_paper,
    one_block_paper,
    picture,
    picture_with_place,
)
from tests.papers.welfare_list import internal_table, paper_of, people
from village_app.domain.kinds import (
    TEXT,
)
from village_app.papers.blocks import (
    Column,
    Paragraph,
    Photo,
    PhotoGrid,
    Row,
    Table,
)
from village_app.papers.gate import apply, fix_all
from village_app.papers.pictures import has_place
from village_app.papers.places import texts_of
from village_app.papers.table_lines import column_total


def test_an_internal_list_printed_as_public_stops_and_lists_the_cells() -> None:
    findings = look(paper_of(internal_table()), "welfare")
    assert findings.holds_back
    assert not findings.can_be_overridden
    places = {(finding.code, finding.where) for finding in findings.stops}
    assert ("never_column", "表 1 致贫原因") in places
    assert ("hidden_column", "表 1 证件号码") in places
    assert ("hidden_column", "表 1 银行卡号") in places
    for row in range(1, 13):
        assert ("unmasked", f"表 1 第 {row} 行 证件号码") in places
        assert ("unmasked", f"表 1 第 {row} 行 电话") in places
        assert ("full_name", f"表 1 第 {row} 行 姓名") in places
    assert [finding.number for finding in findings.items] == list(range(1, len(findings.items) + 1))


def test_no_shown_text_of_any_finding_holds_a_secret() -> None:
    findings = look(paper_of(internal_table()), "welfare")
    shown = "".join(finding.shown + finding.where + finding.remedy for finding in findings.items)
    for person in people():
        for secret in (person.identity, person.cells[4], person.cells[5]):
            assert str(secret) not in shown


def test_all_fixes_at_once_make_a_paper_that_passes_and_keeps_its_figures() -> None:
    paper = paper_of(internal_table())
    fixed = fix_all(paper, look(paper, "welfare"))
    assert look(fixed, "welfare").items == ()
    mended = fixed.blocks[1]
    assert isinstance(mended, Table)
    assert [column.label for column in mended.columns] == [
        "序号", "姓名", "组别", "保障人数", "月保障金（元）",
    ]  # fmt: skip
    assert len(mended.rows) == 11
    assert mended.rows[0].cells[1] != mended.rows[1].cells[1]
    assert column_total(mended, 4) == sum(
        person.cells[8] for index, person in enumerate(people()) if index != 7
    )


def test_one_fix_changes_one_place_only() -> None:
    paper = one_block_paper(Paragraph("陈伯13512342210，林伯13612342211。"))
    findings = look(paper)
    assert [(item.code, item.shown) for item in findings.items] == [
        ("mobile", "135****2210"),
        ("mobile", "136****2211"),
    ]
    assert findings.items[0].remedy == "改为 135****2210"
    fixed = apply(paper, findings.items[0])
    assert fixed.blocks[0] == Paragraph("陈伯135****2210，林伯13612342211。")
    assert len(look(fixed).items) == 1


def test_a_photo_with_its_place_stops_and_every_photo_wants_an_eye() -> None:
    paper = one_block_paper(PhotoGrid((Photo(picture_with_place()), Photo(picture()))))
    findings = look(paper)
    assert [(item.code, item.severity, item.where) for item in findings.items] == [
        ("photo_place", "stop", "第 1 组照片 第 1 张"),
        ("photo_look", "ask", "第 1 组照片 第 1 张"),
    ]
    fixed = apply(paper, findings.items[0])
    grid = fixed.blocks[0]
    assert isinstance(grid, PhotoGrid)
    assert not has_place(grid.photos[0].data)
    assert look(fixed).stops == ()


def test_a_paper_of_every_block_kind_can_be_looked_through() -> None:
    paper = replace(every_block_paper(), public=True)
    findings = look(paper, "general")
    assert {item.code for item in findings.stops} == {"hidden_column", "unmasked", "full_name"}
    assert len(findings.checks) == 8
    assert all(check.looked_at for check in findings.checks)


def test_the_answer_says_what_was_looked_at() -> None:
    findings = look(one_block_paper(Paragraph("公示"), Paragraph("公告")))
    assert findings.checks[0].label == "证件、电话、银行卡、车牌等号码"
    assert findings.checks[0].looked_at == 3
    assert findings.checks[0].found == 0


SECRETS = st.sampled_from(
    [NUMBER, "13512342210", "6217 0012 3456 7890 128", "441900850630123", "卡号080010190010012345"]
)
WORDS = st.text(st.sampled_from("村民代表会议决议公示一二三，。：（）路灯 \n"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WORDS, SECRETS, WORDS), min_size=1, max_size=4), st.data())
def test_after_all_fixes_no_secret_is_left_wherever_it_stood(
    pieces: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    texts = ["".join(piece) for piece in pieces]
    places = data.draw(
        st.lists(st.sampled_from("段格注题"), min_size=len(texts), max_size=len(texts))
    )
    cells = [text for text, place in zip(texts, places, strict=True) if place == "格"]
    paper = one_block_paper(
        *(Paragraph(text) for text, place in zip(texts, places, strict=True) if place == "段"),
        Table(
            (Column("说明", TEXT),),
            tuple(Row((text,)) for text in cells),
            notes=tuple(text for text, place in zip(texts, places, strict=True) if place == "注"),
        ),
        title="公示"
        + "".join(text for text, place in zip(texts, places, strict=True) if place == "题"),
    )
    fixed = fix_all(paper, look(paper))
    assert look(fixed).stops == ()
    left = "\n".join(placed.text for placed in texts_of(fixed))
    for _, secret, _ in pieces:
        assert secret not in left
