"""What a subject asks beside the columns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a subject asks beside the columns: its label, its answers, the one taken.

    Example: `Asked("这是哪个账户的流水", (("12", "银行存款"), ("13", "现金")), "12")`.
    """

    label: str
    answers: tuple[tuple[str, str], ...]
    chosen: str
