"""The project on the wall at a glance: the poster (A3) and the photos before, half-way, after.

Pure functions from figures to a `Paper`; amounts in integer 分.
"""

from __future__ import annotations

from collections.abc import Sequence

from village_app.domain.calendar import show_day
from village_app.domain.money import share_of, show_money, show_share
from village_app.papers.blocks import Block, FormCell, FormGrid, Paper, Photo, PhotoGrid, Signature
from village_app.papers.builders.project_sheets import CardFacts, pair, wide
from village_app.papers.builders.projects import Signer, budget_chart
from village_app.papers.filling import DATE, place_for


def build_poster(card: CardFacts, signer: Signer) -> Paper:
    """Build the project poster (A3): what, why, how much, from where, who, when, whom to ask."""
    said = (
        ("做什么", card.content or card.scale),
        ("为什么", "；".join(part for part in (card.reason, card.basis) if part)),
        ("谁受益", card.benefit),
        ("花多少钱", _poster_money(card)),
        ("谁来做", f"{card.firm}（{card.method}）" if card.firm else ""),
        ("工期", _poster_days(card)),
        ("谁监督", _poster_people(card)),
        ("有疑问找", f"{signer.supervision}{f'，电话{signer.phone}' if signer.phone else ''}"),
    )
    lines = tuple(
        (FormCell(label, is_label=True), FormCell(text, align="left"))
        for label, text in said
        if text
    )
    blocks: list[Block] = [FormGrid((1.2, 5), lines)]
    if card.owed is not None:
        blocks.append(budget_chart(card.budget, card.paid, max(0, card.owed - card.paid)))
    if card.photos:
        blocks.append(PhotoGrid(card.photos, min(3, len(card.photos))))
    blocks.append(Signature((signer.committee,), place_for(DATE), seal=False))
    return Paper(
        "poster",
        card.name,
        tuple(blocks),
        public=True,
        paper_size="A3",
        meta={"sheet": "project_poster"},
    )


def build_photo_sheet(
    card: CardFacts, photos: Sequence[Photo], volume: str, progress: str, signer: Signer
) -> Paper:
    """Build 照片对照表: photos before, half-way and after, with days, sums, volume and benefit."""
    days = (
        f"{show_day(card.starts) if card.starts else ''}至{show_day(card.ends)}"
        if card.ends
        else ""
    )
    price = f"{show_money(card.owed)}元" if card.owed is not None else ""
    lines = (
        pair("项目名称", card.name, "项目编号", card.number),
        pair("建设地点", card.place, "受益范围", card.benefit),
        pair("工期", days, "形象进度", progress),
        pair("造价", price, "已付", f"{show_money(card.paid)}元" if card.paid else ""),
        wide("完成工程量", volume or card.content, 12),
    )
    blocks = (
        FormGrid((1.4, 2.6, 1.4, 2.6), lines),
        PhotoGrid(tuple(photos), min(3, len(photos))),
        Signature((signer.committee,), place_for(DATE), seal=False),
    )
    return Paper(
        "table",
        f"{card.name}项目施工前、过半、完工照片对照表",
        blocks,
        public=True,
        landscape=True,
        meta={"sheet": "project_photos"},
    )


def _poster_money(card: CardFacts) -> str:
    sources = "、".join(f"{name}{show_money(amount)}元" for name, amount in card.sources)
    text = f"预算{show_money(card.budget)}元"
    if sources:
        text += f"，其中{sources}"
    if card.owed is not None:
        share = show_share(share_of(card.paid, card.owed))
        text += f"。造价{show_money(card.owed)}元，已付{show_money(card.paid)}元（{share}）"
    return f"{text}。"


def _poster_days(card: CardFacts) -> str:
    parts = []
    if card.starts:
        parts.append(f"{show_day(card.starts)}开工")
    if card.ends:
        parts.append(f"{show_day(card.ends)}完工")
    if card.retention_due:
        parts.append(f"质保到{show_day(card.retention_due)}")
    return "，".join(parts)


def _poster_people(card: CardFacts) -> str:
    people = (
        ("负责人", card.responsible),
        ("监委会", card.supervisor),
        ("村民监督员", card.monitor),
    )
    return "，".join(f"{what}{name}" for what, name in people if name)
