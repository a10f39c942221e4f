"""How a book adds up: what is a debit's sign for an account, balances and turnovers.

Pure figures in the book's smallest unit (money: 分). An entry of `amount` adds to its debit
account and takes from its credit account; credit-natured accounts (debts, income) count the other
way round, so that people read positive figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NATURES = (
    ("asset", "资产"),
    ("liability", "负债"),
    ("equity", "所有者权益"),
    ("cost", "成本"),
    ("income", "收入"),
    ("expense", "支出"),
)
_CREDIT = frozenset({"liability", "equity", "income"})


def grows_by_credit(nature: str) -> bool:
    """Tell whether an account of this nature grows when something is taken from it."""
    return nature in _CREDIT


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry as the arithmetic sees it."""

    debit: int
    credit: int
    amount: int


@dataclass(frozen=True, slots=True)
class Turnover:
    """An account over a period: opening + gained - lost = closing."""

    opening: int
    gained: int
    lost: int

    @property
    def closing(self) -> int:
        return self.opening + self.gained - self.lost


def turnover(opening: int, debit: int, credit: int, nature: str) -> Turnover:
    """Turn sums of both sides into what the account gained and lost by its nature."""
    gained, lost = (credit, debit) if grows_by_credit(nature) else (debit, credit)
    return Turnover(opening, gained, lost)


def turnovers(
    natures: Mapping[int, str], openings: Mapping[int, int], movements: Iterable[Movement]
) -> dict[int, Turnover]:
    """Add up movements by account; every account of `natures` appears."""
    debits = dict.fromkeys(natures, 0)
    credits_ = dict.fromkeys(natures, 0)
    for one in movements:
        debits[one.debit] += one.amount
        credits_[one.credit] += one.amount
    return {
        account: turnover(openings.get(account, 0), debits[account], credits_[account], nature)
        for account, nature in natures.items()
    }
