"""A money table must equal the ledger to the 分; a difference of 0.01 stops it, line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

from village_app.db.records.notices import Notice
from village_app.domain.kinds import MONEY
from village_app.domain.periods import Period, PeriodKind
from village_app.errors import Refused
from village_app.papers.blocks import Paper, Paragraph, Table
from village_app.papers.builders.money import BUILDERS
from village_app.papers.builders.projects import Signer
from village_app.papers.compare import Difference, differences
from village_app.services.money.figures import figures_of
from village_app.services.session import Session
from village_app.services.settings import Settings

_SHOWN = 5
_BALANCE = "＝期末结余"


def is_money_table(paper: Paper) -> bool:
    """Tell whether a paper was made from the ledger's figures of a period."""
    return paper.meta.get("sheet") in BUILDERS


def period_of_paper(paper: Paper) -> Period:
    """Give the period of a money table."""
    kind = cast("PeriodKind", paper.meta["period"])
    return Period(kind, date.fromisoformat(paper.meta["from"]))


def built_anew(session: Session, paper: Paper) -> Paper:
    """Build the same table from the ledger as it stands now."""
    figures = figures_of(session, period_of_paper(paper), months=True)
    return BUILDERS[paper.meta["sheet"]](figures, signer_of(session))


def signer_of(session: Session) -> Signer:
    """Give who issues the village's papers and where questions go."""
    settings = Settings(session).read()
    return Signer(
        settings.committee_name(),
        settings.supervision,
        settings.supervision_phone,
        settings.village,
    )


def money_differences(old: Paper, new: Paper) -> list[Difference]:
    """List where figures or lines differ; words that were masked or mended do not count."""
    return [
        one
        for one in differences(_figures_only(old), _figures_only(new))
        if one.kind.name == MONEY.name or one.sort != "changed" or _BALANCE in str(one.old)
    ]


def _figures_only(paper: Paper) -> Paper:
    """Leave the tables and the sentence that balances them."""
    kept = tuple(
        block
        for block in paper.blocks
        if isinstance(block, Table) or (isinstance(block, Paragraph) and _BALANCE in block.text)
    )
    return replace(paper, title="", blocks=kept)


def refuse_unlike_ledger(session: Session, notice: Notice, paper: Paper) -> None:
    """Refuse a money table that differs from the ledger, naming the lines with both figures."""
    del notice
    if not is_money_table(paper):
        return
    found = money_differences(paper, built_anew(session, paper))
    if found:
        lines = "；".join(_sentence(one) for one in found[:_SHOWN])
        more = f"，还有 {len(found) - _SHOWN} 处" if len(found) > _SHOWN else ""
        raise Refused(
            "unlike_ledger",
            f"公开表和台账有 {len(found)} 处对不上，没有发布：{lines}{more}。请重新生成这张表。",
            differences=found,
        )


def _sentence(one: Difference) -> str:
    old, new = one.old_text or "没有", one.new_text or "没有"
    return f"{one.where}，表上 {old}，台账 {new}"
