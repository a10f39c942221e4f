"""Who printed full numbers and when, faint under every page of the paper (SA-12)."""

from __future__ import annotations

from dataclasses import replace

from village_app.papers.blocks import WATERMARK, Paper
from village_app.services.session import Session


def marked(paper: Paper, session: Session) -> Paper:
    """Give a paper that carries the user at the desk and the moment under its text."""
    return replace(paper, meta={**paper.meta, WATERMARK: session.stamp()})
