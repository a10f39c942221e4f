"""How old a debt is: payments settle the oldest part first, what is left falls into age classes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from village_app.domain.calendar import add_months

CLASSES = ("1年以内", "1—2年", "2—3年", "3年以上")


@dataclass(frozen=True, slots=True)
class DebtMovement:
    """A change of what one party owes or is owed: positive forms it, negative settles it."""

    party: str
    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class AgedDebt:
    """What is left of one party's debt, by age class, and when the oldest part was formed."""

    party: str
    by_class: tuple[int, int, int, int]
    formed_on: date | None

    @property
    def total(self) -> int:
        return sum(self.by_class)


def aged(movements: Iterable[DebtMovement], on: date) -> tuple[AgedDebt, ...]:
    """Age the debts of all parties on a day, the largest first; settled parties are left out.

    What was paid beyond the debt stands as a negative amount in the youngest class, so that the
    sum always equals the account's balance.
    """
    by_party: dict[str, list[DebtMovement]] = {}
    for one in movements:
        if one.day <= on:
            by_party.setdefault(one.party, []).append(one)
    debts = [_aged_party(party, theirs, on) for party, theirs in by_party.items()]
    left = [one for one in debts if any(one.by_class)]
    return tuple(sorted(left, key=lambda one: (-one.total, one.party)))


def _aged_party(party: str, movements: list[DebtMovement], on: date) -> AgedDebt:
    open_parts: list[list[object]] = []
    settled = 0
    for one in sorted(movements, key=lambda one: one.day):
        if one.amount >= 0:
            open_parts.append([one.day, one.amount])
        else:
            settled -= one.amount
    sums = [0, 0, 0, 0]
    formed: date | None = None
    for day, amount in open_parts:
        assert isinstance(day, date)
        assert isinstance(amount, int)
        taken = min(amount, settled)
        settled -= taken
        if amount > taken:
            formed = formed or day
            sums[_class_of(day, on)] += amount - taken
    sums[0] -= settled
    return AgedDebt(party, (sums[0], sums[1], sums[2], sums[3]), formed)


def _class_of(day: date, on: date) -> int:
    """Give the age class: a debt of exactly one year is still of the first."""
    for number in range(3):
        if on <= add_months(day, 12 * (number + 1)):
            return number
    return 3
