"""答复意见: the letter that answers one matter.

A pure function from facts to a `Paper`; the signature never stands alone on a page (typeset).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import show_day
from village_app.papers.blocks import Paper, Paragraph, Signature


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """What a letter says; every line of `text` is a paragraph."""

    number: str
    heading: str
    addressee: str
    text: str
    matter: str
    issuer: str
    day: date


def build_reply(facts: ReplyFacts) -> Paper:
    """Build the letter: number, title, the person addressed, the words, body and seal."""
    paragraphs = tuple(Paragraph(line.strip()) for line in facts.text.splitlines() if line.strip())
    return Paper(
        layout="letter",
        title=facts.heading,
        number=facts.number,
        to=facts.addressee.rstrip("：:"),
        blocks=(*paragraphs, Signature((facts.issuer,), show_day(facts.day))),
        meta={"sheet": "issue_reply", "matter": facts.matter},
    )
