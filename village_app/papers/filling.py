"""Putting values into the places that a builder or a template left open: ｛公示期｝, ｛日期｝.

Only known names are replaced, in running text, headings and signatures; an unknown name stays as
it is and shows, and nothing in a value is read again (no markup, no attribute, no code).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from village_app.papers.blocks import Block, Heading, Paper, Paragraph, Signature, SignLines

PERIOD = "公示期"
DATE = "日期"
NUMBER = "编号"
_PLACE = re.compile(r"｛([^｛｝]{1,20})｝")


def place_for(name: str) -> str:
    """Give the mark that stands for a value."""
    return f"｛{name}｝"


def fill_text(text: str, values: Mapping[str, str]) -> str:
    """Replace the known marks of a text, once."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def fill(paper: Paper, values: Mapping[str, str]) -> Paper:
    """Replace the known marks of a paper: title, number, headings, paragraphs, signatures."""
    return replace(
        paper,
        title=fill_text(paper.title, values),
        number=fill_text(paper.number, values),
        to=fill_text(paper.to, values),
        footer=fill_text(paper.footer, values),
        blocks=tuple(_filled(block, values) for block in paper.blocks),
    )


def open_places(paper: Paper) -> tuple[str, ...]:
    """Name the marks that are still open, in the order in which they stand."""
    texts = [paper.title, paper.number, paper.to, paper.footer]
    for block in paper.blocks:
        texts.extend(_texts(block))
    return tuple(dict.fromkeys(name for text in texts for name in _PLACE.findall(text)))


def _filled(block: Block, values: Mapping[str, str]) -> Block:
    if isinstance(block, (Heading, Paragraph)):
        return replace(block, text=fill_text(block.text, values))
    if isinstance(block, Signature):
        issuers = tuple(fill_text(issuer, values) for issuer in block.issuers)
        return replace(block, issuers=issuers, date=fill_text(block.date, values))
    if isinstance(block, SignLines):
        return replace(
            block,
            entries=tuple(
                (fill_text(what, values), fill_text(name, values)) for what, name in block.entries
            ),
        )
    return block


def _texts(block: Block) -> tuple[str, ...]:
    if isinstance(block, (Heading, Paragraph)):
        return (block.text,)
    if isinstance(block, Signature):
        return (*block.issuers, block.date)
    if isinstance(block, SignLines):
        return tuple(text for entry in block.entries for text in entry)
    return ()
