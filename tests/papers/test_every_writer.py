"""One paper, every writer: each block kind, and every text and figure of it in each file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, get_args

import docx
import openpyxl
import pypdfium2
import pytest

from tests.papers.sample_papers import EVERY_BLOCK, every_block_paper, one_block_paper
from village_app.papers.blocks import Block, Paper, Table
from village_app.papers.docx import write_docx
from village_app.papers.pdf import write_pdf
from village_app.papers.places import texts_of
from village_app.papers.table_lines import amount_in_words, lines_of, shown_in
from village_app.papers.xlsx import write_xlsx


def bare(text: str) -> str:
    return "".join(text.split())


def xlsx_text(paper: Paper) -> str:
    """Give what a spreadsheet program would show, by value and number format."""
    book = openpyxl.load_workbook(BytesIO(write_xlsx(paper)))
    parts = [_shown(cell) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    feet = [str(sheet.oddFooter.left.text or "") for sheet in book.worksheets]
    return bare("|".join([*parts, *feet]))


def _shown(cell: Any) -> str:
    if cell.value is None:
        return ""
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    if isinstance(cell.value, int | float) and cell.number_format == "#,##0.00":
        return f"{Decimal(str(cell.value)):,.2f}"
    return str(cell.value)


def docx_text(paper: Paper) -> str:
    document = docx.Document(BytesIO(write_docx(paper)))
    parts = [each.text for each in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    parts += [each.text for each in document.sections[0].footer.paragraphs]
    return bare("|".join(parts))


def pdf_text(paper: Paper) -> str:
    document = pypdfium2.PdfDocument(write_pdf(paper).data)
    try:
        return bare("|".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


WRITERS: dict[str, Callable[[Paper], str]] = {
    "xlsx": xlsx_text,
    "docx": docx_text,
    "pdf": pdf_text,
}


def expected_texts(paper: Paper) -> list[str]:
    """List every text of a paper as printed, computed totals and amounts in words too."""
    texts = [placed.text for placed in texts_of(paper)]
    for block in paper.blocks:
        if isinstance(block, Table):
            texts.append(amount_in_words(block))
            texts += [
                shown_in(column, value, line.role)
                for line in lines_of(block)
                for column, value in zip(block.columns, line.cells, strict=True)
            ]
    return [bare(text) for text in texts if text]


def test_the_sample_holds_every_kind_of_block() -> None:
    assert {type(block) for block in EVERY_BLOCK} == set(get_args(Block))


@pytest.mark.parametrize("writer", WRITERS)
def test_every_text_and_figure_of_a_paper_appears(writer: str) -> None:
    paper = every_block_paper()
    written = WRITERS[writer](paper)
    assert [text for text in expected_texts(paper) if text not in written] == []


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("block", EVERY_BLOCK, ids=lambda block: type(block).__name__)
def test_every_block_can_stand_alone(writer: str, block: Block) -> None:
    paper = one_block_paper(block)
    written = WRITERS[writer](paper)
    assert [text for text in expected_texts(paper) if text not in written] == []


@pytest.mark.parametrize("writer", WRITERS)
def test_a_paper_without_blocks_is_its_title(writer: str) -> None:
    assert "公示" in WRITERS[writer](one_block_paper())


@pytest.mark.parametrize("writer", WRITERS)
def test_rare_characters_come_through(writer: str) -> None:
    paper = one_block_paper(title="麦𬱖、区㛃、周龑、陈堃")
    assert "麦𬱖、区㛃、周龑、陈堃" in WRITERS[writer](paper)
