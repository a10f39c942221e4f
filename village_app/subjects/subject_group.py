"""What every group of subjects stands on: the session of the open village."""

from __future__ import annotations

from village_app.services.session import Session


class SubjectGroup:
    """Services that share one session; each is made when it is first asked for."""

    session: Session
