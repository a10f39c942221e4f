"""What stands at the top of a paper and between its parts, in the order every writer keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from village_app.papers.blocks import Block, Heading, Paper

TopPart = Literal["letterhead", "number", "title", "to"]


@dataclass(frozen=True, slots=True)
class TopLine:
    """One line above the text: which part it is and what it says."""

    part: TopPart
    text: str


def top_lines(paper: Paper) -> Iterator[TopLine]:
    """Give letterhead, number, title and 主送, those that are there, from top to bottom."""
    parts: tuple[TopPart, ...] = ("letterhead", "number", "title", "to")
    for part in parts:
        text = getattr(paper, part)
        if text:
            yield TopLine(part, text)


def body_blocks(paper: Paper) -> Iterator[tuple[int, Block]]:
    """Give the blocks with their index, without a heading that says the paper's title again."""
    for index, block in enumerate(paper.blocks):
        if isinstance(block, Heading) and block.level == 0 and block.text == paper.title:
            continue
        yield index, block
