"""How long work tells how far it is, and how it is stopped."""

from __future__ import annotations

from typing import Protocol


class Report(Protocol):
    """Called by long work with steps done, steps in all (0 = unknown) and a short sentence.

    Raises `village_app.errors.Cancelled` when the user wants to stop; the work lets it pass.
    """

    def __call__(self, done: int, total: int, text: str) -> None: ...


def silently(done: int, total: int, text: str) -> None:
    """Report to nobody."""
