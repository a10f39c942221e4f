"""Payments that keep just under a limit together: who may be splitting one payment into several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from village_app.domain.money import portion


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment: id, to whom, when, how much in 分."""

    id: int
    party: str
    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Payments of one payee just under a limit that are above it together."""

    party: str
    limit: int
    payments: tuple[Paid, ...]

    @property
    def total(self) -> int:
        return sum(one.amount for one in self.payments)


def suspicions(
    payments: Iterable[Paid],
    limits: Sequence[int],
    *,
    within_days: int,
    near_share: int,
    fewest: int,
) -> tuple[Suspicion, ...]:
    """Find for each limit the payees with at least `fewest` payments near it within the days.

    Near means at most the limit and at least `near_share` of it (hundredths of a percent). A
    window starts at each payment; only the largest of overlapping windows is told.
    """
    by_party: dict[str, list[Paid]] = {}
    for one in payments:
        by_party.setdefault(one.party, []).append(one)
    found = []
    for party, theirs in by_party.items():
        for limit in limits:
            least = portion(limit, near_share)
            near = sorted(
                (one for one in theirs if least <= one.amount <= limit),
                key=lambda one: (one.day, one.id),
            )
            found += _windows(party, limit, near, within_days, fewest)
    return tuple(sorted(found, key=lambda one: (-one.total, one.party)))


def _windows(
    party: str, limit: int, near: Sequence[Paid], within_days: int, fewest: int
) -> list[Suspicion]:
    found: list[Suspicion] = []
    last_end = -1
    for start, first in enumerate(near):
        end = start
        while end + 1 < len(near) and (near[end + 1].day - first.day).days <= within_days:
            end += 1
        window = tuple(near[start : end + 1])
        if end > last_end and len(window) >= fewest and sum(one.amount for one in window) > limit:
            found.append(Suspicion(party, limit, window))
            last_end = end
    return found
