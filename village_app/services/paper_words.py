"""The one way in which a paper gets the village's own words before it leaves a service."""

from __future__ import annotations

from village_app.papers.blocks import Paper
from village_app.papers.rewording import reworded
from village_app.services.session import Session
from village_app.services.settings import Settings


def in_own_words(session: Session, paper: Paper) -> Paper:
    """Give a paper that was just built in the words the village uses (社区, 片区).

    What hangs on the wall is never said anew: it was built, and said, when it was drafted.
    """
    return reworded(paper, Settings(session).read().wording())
