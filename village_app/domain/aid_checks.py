"""Who on a list of subsidies must not get it: dead, moved away, listed twice, not known.

Pure rules over values; the register's facts come in. What is found is a fault (the line may not
be published as it is) or a doubt (worth a look).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Gravity = Literal["fault", "doubt"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of a list, as far as it is judged; `number` is its identity number."""

    key: int
    name: str
    number: str = ""
    group: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register says of one person; `status` is the code of 人员状态."""

    key: int
    name: str
    number: str = ""
    status: str = "active"
    group: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class AidFinding:
    """What is wrong with a line, how grave, in one sentence."""

    code: str
    gravity: Gravity
    message: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One line with the person it means, and what was found."""

    claim: Claim
    person: Registered | None
    findings: tuple[AidFinding, ...]

    @property
    def has_fault(self) -> bool:
        return any(one.gravity == "fault" for one in self.findings)


_GONE = {
    "deceased": ("dead", "登记簿上写着已经死亡，不能再发。"),
    "moved_out": ("moved", "登记簿上写着已经迁出，请核对还该不该发。"),
    "cancelled": ("cancelled", "登记簿上户口已经注销，请核对还该不该发。"),
}


class AidCheck:
    """The register, indexed once for all lists."""

    def __init__(self, people: Iterable[Registered]) -> None:
        self._by_number: dict[str, Registered] = {}
        self._by_name: dict[str, list[Registered]] = defaultdict(list)
        for person in people:
            if person.number:
                self._by_number.setdefault(person.number, person)
            self._by_name[person.name].append(person)

    def person_of(self, claim: Claim) -> Registered | None:
        """Find whom a line means: by number, else by a name that is the only one (of its group)."""
        if claim.number:
            return self._by_number.get(claim.number)
        named = self._named(claim)
        return named[0] if len(named) == 1 else None

    def judge(self, claims: Sequence[Claim]) -> list[Judged]:
        """Judge all lines of one list together, in their order."""
        twice = _doubles(claims, [self.person_of(one) for one in claims])
        accounts = _shared_accounts(claims)
        judged = []
        for claim in claims:
            person = self.person_of(claim)
            found = [*twice.get(claim.key, ()), *self._of_person(claim, person)]
            if claim.account and len(accounts[claim.account]) > 1:
                others = "、".join(n for n in accounts[claim.account] if n != claim.name)
                if others:
                    message = f"银行账号和{others}的是同一个，请核对。"
                    found.append(AidFinding("shared_account", "doubt", message))
            judged.append(Judged(claim, person, tuple(found)))
        return judged

    def _named(self, claim: Claim) -> list[Registered]:
        named = self._by_name.get(claim.name, [])
        if claim.group:
            return [one for one in named if one.group == claim.group] or named
        return named

    def _of_person(self, claim: Claim, person: Registered | None) -> list[AidFinding]:
        if person is None:
            return [self._unknown(claim)]
        found = []
        if person.status in _GONE:
            code, sentence = _GONE[person.status]
            found.append(AidFinding(code, "fault", sentence))
        if person.name != claim.name:
            message = f"这个证件号码在登记簿上是{person.name}，名单上写的是{claim.name}。"
            found.append(AidFinding("other_name", "fault", message))
        if claim.account and person.account and claim.account != person.account:
            message = "银行账号和登记簿上的不同，请核对。"
            found.append(AidFinding("other_account", "doubt", message))
        return found

    def _unknown(self, claim: Claim) -> AidFinding:
        namesakes = self._by_name.get(claim.name, [])
        if claim.number or not namesakes:
            return AidFinding("unknown", "doubt", "登记簿里没有这个人，请核对是不是本村的。")
        message = f"登记簿里有 {len(namesakes)} 位{claim.name}，请填上证件号码。"
        return AidFinding("namesakes", "doubt", message)


def _doubles(
    claims: Sequence[Claim], people: Sequence[Registered | None]
) -> dict[int, list[AidFinding]]:
    """Find lines that mean the same person: all but the first are faults."""
    first: dict[object, int] = {}
    found: dict[int, list[AidFinding]] = {}
    for at, (claim, person) in enumerate(zip(claims, people, strict=True), 1):
        who: object = person.key if person is not None else claim.number or None
        if who is None:
            continue
        if who in first:
            message = f"和第 {first[who]} 行是同一个人，一份名单只能有一次。"
            found[claim.key] = [AidFinding("twice", "fault", message)]
        else:
            first[who] = at
    return found


def _shared_accounts(claims: Iterable[Claim]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        if claim.account:
            names[claim.account].append(claim.name)
    return names
