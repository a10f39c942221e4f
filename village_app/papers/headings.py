"""What stands at the top of a paper, in the order that every writer keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from village_app.papers.blocks import Paper

TopPart = Literal["letterhead", "number", "title", "to"]


@dataclass(frozen=True, slots=True)
class TopLine:
    """One line above the text: which part it is and what it says."""

    part: TopPart
    text: str


def top_lines(paper: Paper) -> tuple[TopLine, ...]:
    """Give letterhead, number, title and 主送, those that are there, from top to bottom.

    Under a letterhead the number stands over the title (GB/T 9704-2012 7.2), else below it; the
    主送 line ends with a full-width colon.
    """
    number, title = TopLine("number", paper.number), TopLine("title", paper.title)
    to = paper.to.rstrip(" :：")
    middle = (number, title) if paper.letterhead else (title, number)
    lines = (
        TopLine("letterhead", paper.letterhead),
        *middle,
        TopLine("to", f"{to}：" if to else ""),
    )
    return tuple(line for line in lines if line.text)
