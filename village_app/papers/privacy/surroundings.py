"""What the gate is told besides the paper: whose numbers are public, who is a child, who agreed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from village_app.domain.masking_policies import MaskingPolicy


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Facts from the village's own records.

    `office_phones` and `public_accounts` may be printed (any writing of the digits);
    `known_names` are full names of residents to be found in running text; `child_names` and
    `child_rows` (block, row) name children under the policy's age; `consenting` agreed to be
    named in full; `guardians_consent` names children whose guardian agreed.
    """

    office_phones: frozenset[str] = frozenset()
    public_accounts: frozenset[str] = frozenset()
    known_names: frozenset[str] = frozenset()
    child_names: frozenset[str] = frozenset()
    child_rows: frozenset[tuple[int, int]] = frozenset()
    consenting: frozenset[str] = frozenset()
    guardians_consent: frozenset[str] = frozenset()

    def allows(self, number: str) -> bool:
        """Tell whether a number is one that the office makes public."""
        wanted = _digits(number)
        return any(_digits(known) == wanted for known in self.office_phones | self.public_accounts)

    def names_in(self, text: str) -> tuple[str, ...]:
        """Give the known names that stand in a text, each once, in their order."""
        lengths = sorted({len(name) for name in self.known_names}, reverse=True)
        found = (
            text[start : start + length]
            for start in range(len(text))
            for length in lengths
            if text[start : start + length] in self.known_names
        )
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a check needs to judge: the policy of the notice, the day, the surroundings."""

    policy: MaskingPolicy
    today: date
    around: Surroundings = field(default_factory=Surroundings)


def _digits(number: str) -> str:
    return re.sub(r"[^0-9]", "", number)
