"""What else must hold before a paper goes to the wall: a subject adds its guard here.

A guard gets the session, the notice and its paper, and raises `Refused` to stop the publishing.
"""

from __future__ import annotations

from collections.abc import Callable

from village_app.db.records.notices import Notice
from village_app.papers.blocks import Paper
from village_app.services.money.ledger_match import refuse_unlike_ledger
from village_app.services.session import Session

Guard = Callable[[Session, Notice, Paper], None]

GUARDS: tuple[Guard, ...] = (refuse_unlike_ledger,)


def pass_guards(session: Session, notice: Notice, paper: Paper) -> None:
    """Ask every guard; the first refusal stops."""
    for guard in GUARDS:
        guard(session, notice, paper)
