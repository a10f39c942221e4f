"""Write a paper as PDF: set by our own typesetter, fonts embedded, text searchable, repeatable.

The same paper always gives the same bytes. Nothing in a paper's text is ever read as markup, link
or script, and the file carries no name of a person, machine or folder besides what is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from village_app.domain.reporting import Report, silently
from village_app.errors import Refused
from village_app.papers.blocks import WATERMARK, Paper, Signature
from village_app.papers.places import PlacedText, texts_of, where
from village_app.papers.typeset.archival import About
from village_app.papers.typeset.compose import slabs_of
from village_app.papers.typeset.faces import missing_in
from village_app.papers.typeset.fitting import (
    Fitted,
    count_pages,
    fit_poster,
    flow_for,
    without_a_sheet_for_the_seal,
)
from village_app.papers.typeset.fitting import fit_one_page as fit_to_one_page
from village_app.papers.typeset.furniture import Furniture
from village_app.papers.typeset.layouts import PageLayout, layout_for
from village_app.papers.typeset.sheets import DrawnSheets, finished
from village_app.papers.typeset.tiles import tiled
from village_app.papers.typeset.units import clean

PROGRAM = "共治通"
_NAMED = 20


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A written PDF: the file, its pages, what no font could draw, what was changed to fit."""

    data: bytes
    pages: int
    missing_glyphs: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def write_pdf(paper: Paper, *, fit_one_page: bool = False, report: Report = silently) -> PdfResult:
    """Write a paper as PDF.

    Refused when a character is in none of the program's fonts, except on a draft, where an empty
    box stands for it and `missing_glyphs` names it.
    """
    missing = missing_characters(paper)
    if missing and not paper.draft:
        raise missing_refusal(paper, missing)
    fitted = fitted_layout(paper, on_one_page=fit_one_page)
    return _write(paper, fitted, missing, report)


def fitted_layout(paper: Paper, *, on_one_page: bool) -> Fitted:
    """Choose a paper's layout; a poster's type fills its sheet.

    A paper that asks for one page gets it where it can be had; `on_one_page` insists on it.
    """
    layout = layout_for(paper)
    if layout.fills_page:
        layout = fit_poster(paper, layout)
    if on_one_page:
        return fit_to_one_page(paper, layout)
    if paper.one_page:
        with suppress(Refused):
            return fit_to_one_page(paper, layout)
    return without_a_sheet_for_the_seal(paper, layout)


def tile_pdf(paper: Paper, *, sheet: str = "A4") -> PdfResult:
    """Write a paper larger than the printer's sheets over several of them.

    Sheets overlap by 1 cm and carry marks for cutting and pasting; `pages` counts the sheets.
    Refuses as `write_pdf` does.
    """
    missing = missing_characters(paper)
    if missing and not paper.draft:
        raise missing_refusal(paper, missing)
    layout = fitted_layout(paper, on_one_page=False).layout
    pages = count_pages(paper, layout)
    forms, sheets = tiled(paper, layout, _furniture(paper, layout), pages, sheet)
    return PdfResult(finished(forms.canvas, _about(paper)), sheets, missing)


def _write(paper: Paper, fitted: Fitted, missing: tuple[str, ...], report: Report) -> PdfResult:
    layout = fitted.layout
    sheets = DrawnSheets(layout, _furniture(paper, layout), report)
    pages = flow_for(sheets, layout).run(slabs_of(paper, layout))
    return PdfResult(sheets.finish(_about(paper)), pages, missing, fitted.changed)


def _furniture(paper: Paper, layout: PageLayout) -> Furniture:
    return Furniture(
        layout,
        page_numbers=paper.page_numbers,
        draft=paper.draft,
        footer=paper.footer,
        seam=paper.seam,
        mark=paper.meta.get(WATERMARK, ""),
    )


def _about(paper: Paper) -> About:
    """Give what the file says of itself: nothing that is not printed on the paper."""
    title, author, subject = (
        " ".join(clean(text).split()) for text in (paper.title, issuer_of(paper), paper.number)
    )
    return About(title, author, subject, PROGRAM)


def missing_characters(paper: Paper) -> tuple[str, ...]:
    """Name the characters of a paper that none of the program's fonts has, for a check before."""
    return missing_in(clean(placed.text) for placed in _printed_texts(paper))


def _printed_texts(paper: Paper) -> Iterator[PlacedText]:
    return (placed for placed in texts_of(paper) if placed.place.part != "meta")


def missing_refusal(paper: Paper, missing: tuple[str, ...]) -> Refused:
    """Say which characters cannot be printed, where each stands first, and what to do."""
    named = "、".join(
        f"“{char}”（编码{ord(char):X}，{_first_place(paper, char)}）" for char in missing[:_NAMED]
    )
    more = f"等{len(missing)}个字" if len(missing) > _NAMED else ""
    return Refused(
        "missing_glyphs",
        f"下列字无法打印：{named}{more}。程序的字库里没有这些字，"
        "请核对是否录错，或改用规范字后再打印。",
        characters=missing,
    )


def _first_place(paper: Paper, char: str) -> str:
    placed = next(placed for placed in _printed_texts(paper) if char in placed.text)
    return where(paper, placed.place).replace(" ", "")


def issuer_of(paper: Paper) -> str:
    """Give who issues a paper: its signature's bodies, else its letterhead."""
    for block in paper.blocks:
        if isinstance(block, Signature) and block.issuers:
            return "、".join(block.issuers)
    return paper.letterhead
