"""Looking papers through with the privacy gate, for its tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.papers.sample_papers import (
    identity,
    one_block_paper,
)
from tests.papers.welfare_list import DAY_OF_POSTING
from village_app.domain.masking_policies import masking_policies
from village_app.papers.blocks import (
    Column,
    Paper,
    Paragraph,
    Row,
    Table,
)
from village_app.papers.gate import Findings, Surroundings, inspect

TODAY = DAY_OF_POSTING
NUMBER = identity(date(1985, 6, 30), 123)


def look(paper: Paper, policy: str = "general", **around: Any) -> Findings:
    sets = {key: frozenset(value) for key, value in around.items()}
    return inspect(
        paper, policy=masking_policies()[policy], today=TODAY, around=Surroundings(**sets)
    )


def said(text: str, policy: str = "general", **around: Any) -> list[tuple[str, str]]:
    findings = look(one_block_paper(Paragraph(text)), policy, **around)
    return [(finding.code, finding.shown) for finding in findings.items]


def table(*columns: Column, rows: tuple[tuple[Any, ...], ...]) -> Paper:
    return one_block_paper(Table(columns, tuple(Row(cells) for cells in rows)))
