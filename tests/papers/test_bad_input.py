"""Bad input into papers, by the numbers of the catalogue of cases (G01 to G24, H09 to H11).

What is literal stays literal in every writer; what cannot be set is refused in a sentence and
leaves no file. Cases of attachments (H06 to H08) stand with the attachments, of printing (G20)
with the printing, of the catalogue's other numbers with their subjects.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from fontTools.ttLib import TTFont
from openpyxl import load_workbook

import village_app
from tests.papers.printed import Printed
from village_app.domain import kinds
from village_app.domain.masking_policies import masking_policies
from village_app.domain.reporting import Report
from village_app.errors import Cancelled, EnvironmentProblem, Refused
from village_app.papers.blocks import Block, Column, Paper, Paragraph, Row, Signature, Table
from village_app.papers.docx import write_docx
from village_app.papers.filling import fill_text
from village_app.papers.gate import inspect
from village_app.papers.pdf import write_pdf
from village_app.papers.typeset import faces
from village_app.papers.xlsx import write_xlsx
from village_app.resources import resource

ACTIVE = ("=1+1", '=HYPERLINK("http://x.cn")', "=cmd|'/c calc'!A1", "+86", "@SUM(A1)", "＝1", "-1")
MARKUP = (
    "备注<b>重要</para>&amp;",
    '<img src="/etc/passwd"/>',
    "<font color=\"[[getattr(pow,'__globals__')]]\">x</font>",
    '<a href="file:///C:/x.exe">点我</a>',
)
TODAY = date(2026, 3, 2)
LINKS = (b"/URI", b"/Launch", b"/JavaScript", b"/JS", b"/EmbeddedFile", b"/OpenAction")


def paper_of(*texts: str, kind: kinds.Kind = kinds.TEXT, public: bool = False) -> Paper:
    """Put texts into a paragraph and into the cells of a table."""
    table = Table((Column("内容", kind),), tuple(Row((text,)) for text in texts))
    blocks: tuple[Block, ...] = (
        *(Paragraph(text) for text in texts),
        table,
        Signature(("村委会",), "2026年3月2日"),
    )
    return Paper("notice", texts[0], blocks, public=public)


def cells_of(paper: Paper) -> Iterator[object]:
    for sheet in load_workbook(BytesIO(write_xlsx(paper))).worksheets:
        for row in sheet.iter_rows():
            yield from row


@pytest.mark.parametrize("text", ACTIVE)
def test_g01_g02_what_looks_like_a_formula_is_a_text(text: str) -> None:
    found = [cell for cell in cells_of(paper_of(text)) if cell.value == text]  # type: ignore[attr-defined]
    assert found
    assert {cell.data_type for cell in found} == {"s"}  # type: ignore[attr-defined]


def test_g04_an_address_in_a_cell_is_no_link() -> None:
    paper = paper_of("https://www.example.com/a?b=1")
    assert all(cell.hyperlink is None for cell in cells_of(paper))  # type: ignore[attr-defined]
    assert b"/URI" not in write_pdf(paper).data
    relations = Document(BytesIO(write_docx(paper))).part.rels.values()
    assert not [one for one in relations if one.is_external]


def test_g05_control_characters_go_and_the_words_stay_in_title_and_cells() -> None:
    paper = paper_of("路\x00灯\x0b坏\x1f了\u202e三盏")
    assert "路灯坏了三盏" in Printed(write_pdf(paper).data).text.replace("\n", "")
    assert all("\x1f" not in str(cell.value) for cell in cells_of(paper))  # type: ignore[attr-defined]
    assert Document(BytesIO(write_docx(paper))).core_properties.title.startswith("路灯坏了")


def test_g06_a_text_longer_than_a_cell_is_cut_with_a_mark() -> None:
    longest = max(len(str(cell.value or "")) for cell in cells_of(paper_of("长" * 40_000)))  # type: ignore[attr-defined]
    assert longest <= 32_767


def test_g07_an_identity_number_keeps_eighteen_digits() -> None:
    number = "44190019850630123X"
    found = [
        cell
        for cell in cells_of(paper_of(number, kind=kinds.IDENTITY_NUMBER))
        if cell.value == number  # type: ignore[attr-defined]
    ]
    assert {(cell.data_type, cell.number_format) for cell in found[-1:]} == {("s", "@")}  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", MARKUP)
def test_g10_g11_g12_g13_markup_is_printed_as_it_stands(text: str) -> None:
    data = write_pdf(paper_of(text)).data
    assert "".join(text.split()) in Printed(data).text
    assert not [mark for mark in LINKS if mark in data]
    assert b"root:" not in data


def test_g15_a_missing_font_file_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "resource", lambda *_parts: tmp_path / "gone.ttf")
    monkeypatch.setattr(faces, "_fonts", {})
    with pytest.raises(EnvironmentProblem, match="找不到或已损坏，无法排版。请重新安装程序"):
        write_pdf(paper_of("路灯"))


def test_g16_a_character_in_no_font_is_named_before_anything_is_written() -> None:
    with pytest.raises(Refused, match="下列字无法打印：“😀”（编码1F600，标题）"):
        write_pdf(paper_of("路灯😀"))
    assert "𠮷" in Printed(write_pdf(paper_of("𠮷")).data).text


@pytest.mark.parametrize("name", ["GSFangSong", "GSKai", "GSTitle", "GSHei", "GSExt", "GSRare"])
def test_g17_every_font_has_outlines_that_the_writer_takes(name: str) -> None:
    with TTFont(resource("fonts", f"{name}.ttf"), lazy=True) as font:
        assert "glyf" in font
        assert "CFF " not in font


def test_g18_a_cell_taller_than_a_page_goes_on_without_losing_a_word() -> None:
    words = "".join(f"第{number}句很长。" for number in range(900))
    data = write_pdf(paper_of(words)).data
    assert Printed(data).text.count("第899句很长") == 2 + 1


def test_g19_twenty_thousand_rows_are_set_and_can_be_stopped() -> None:
    columns = (Column("序号", kinds.COUNT), Column("金额（元）", kinds.MONEY, total="sum"))
    rows = tuple(Row((number, number)) for number in range(20_000))
    paper = Paper("table", "流水", (Table(columns, rows, has_total=True),))

    def stop(done: int, total: int, text: str) -> None:
        del total, text
        if done > 5:
            raise Cancelled

    reporting: Report = stop
    with pytest.raises(Cancelled):
        write_pdf(paper, report=reporting)
    assert write_pdf(paper).pages > 400


def test_g21_a_public_paper_is_masked_in_its_text_not_under_a_box() -> None:
    number = "44190019850630123X"
    paper = paper_of(number, kind=kinds.IDENTITY_NUMBER, public=True)
    found = inspect(paper, policy=masking_policies()["general"], today=TODAY)
    assert found.stops


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("致贫原因", "一"),
        ("残疾类别", "一"),
        ("病种", "一"),
        ("银行卡号", "6217001234567891234"),
    ],
)
def test_g22_columns_that_nobody_may_publish_stop(label: str, value: str) -> None:
    table = Table(
        (Column("姓名", kinds.PERSON_NAME), Column(label, kinds.TEXT)), (Row(("张*", value)),)
    )
    paper = Paper("notice", "公示", (table,), public=True)
    found = inspect(paper, policy=masking_policies()["general"], today=TODAY)
    assert any(label in stop.where for stop in found.stops)


def test_g23_files_name_neither_user_nor_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "wangxiaoming")
    monkeypatch.setenv("USERNAME", "wangxiaoming")
    paper = paper_of("路灯")
    for content in (write_pdf(paper).data, write_xlsx(paper), write_docx(paper)):
        assert b"wangxiaoming" not in content
        assert str(Path.home()).encode() not in content


def test_h09_papers_hold_no_script_and_no_outside_reference() -> None:
    data = write_pdf(paper_of("路灯", *MARKUP)).data
    assert not [mark for mark in LINKS if mark in data]


def test_h10_nothing_that_is_read_is_ever_run() -> None:
    forbidden = {"eval", "exec", "compile", "__import__"}
    modules = {"pickle", "marshal", "shelve", "yaml", "dill"}
    found = []
    for path in Path(village_app.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found += [path.name] if node.func.id in forbidden else []
            if isinstance(node, ast.Import):
                found += [path.name for one in node.names if one.name in modules]
            if isinstance(node, ast.ImportFrom) and node.module in modules:
                found.append(path.name)
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "{0.__class__}",
        "%s %(name)s",
        "{{ 7*7 }}",
        "${HOME}",
        "｛没有这一栏｝",
        "｛日期.__class__｝",
    ],
)
def test_h11_only_known_places_of_a_template_are_filled(text: str) -> None:
    assert fill_text(text, {"日期": "2026年3月2日"}) == text
    assert fill_text("｛日期｝", {"日期": "｛编号｝", "编号": "1"}) == "｛编号｝"
