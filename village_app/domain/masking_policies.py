"""Which personal data a public paper may show, by the kind of notice (data, not code)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from village_app.domain.identity import age_on
from village_app.domain.masking import (
    STAR,
    mask_address,
    mask_bank_account,
    mask_birth,
    mask_identity,
    mask_name,
    mask_phone,
)
from village_app.domain.resources import load_json

NameRule = Literal["full", "masked", "consent", "consent_only", "donor", "hidden"]
DataRule = Literal["full", "ends", "strict", "tail", "group", "year", "age", "hidden"]
PersonalData = Literal["name", "identity", "phone", "bank", "address", "birth"]

ANONYMOUS_DONOR = "爱心人士"


@dataclass(frozen=True, slots=True)
class MaskingPolicy:
    """What one kind of notice shows of a person; "hidden" means that the column is left out.

    Names: "consent" shows the full name of who agreed and masks the others, "consent_only" leaves
    the others out, "donor" writes 爱心人士 for them. `child_age`: persons below it never appear,
    or with a guardian's consent only where `children_with_consent` says so.
    """

    code: str
    label: str
    name: NameRule
    identity: DataRule = "hidden"
    phone: DataRule = "hidden"
    bank: DataRule = "hidden"
    address: DataRule = "hidden"
    birth: DataRule = "hidden"
    needs_group: bool = False
    children_with_consent: bool = False
    child_age: int = 14
    source: str = ""

    def hides(self, data: PersonalData) -> bool:
        """Tell whether a column of this data must be left out altogether."""
        return str(getattr(self, data)) == "hidden"


@cache
def masking_policies() -> dict[str, MaskingPolicy]:
    """Read the policies that come with the program, by code."""
    plain = load_json("rules", "masking-policies.json")
    return {
        entry["code"]: policy_from_plain(entry, plain["child_age"], plain["source"])
        for entry in plain["policies"]
    }


def policy_from_plain(entry: dict[str, Any], child_age: int, source: str) -> MaskingPolicy:
    """Make a policy from its plain form, also a village's own; what it says itself goes first."""
    defaults: dict[str, Any] = {"child_age": child_age, "source": source}
    return MaskingPolicy(**(defaults | entry))


def never_public() -> tuple[str, ...]:
    """Name the matters that no public paper may ever carry (reasons of poverty, illness ...)."""
    return tuple(load_json("rules", "masking-policies.json")["never"])


def public_name(policy: MaskingPolicy, name: str, *, consents: bool = False) -> str | None:
    """Write a name as the policy allows; None where the person must be left out."""
    match policy.name:
        case "full":
            return name
        case "masked":
            return mask_name(name)
        case "consent":
            return name if consents else mask_name(name)
        case "consent_only":
            return name if consents else None
        case "donor":
            return name if consents else ANONYMOUS_DONOR
        case _:
            return None


def public_value(policy: MaskingPolicy, data: PersonalData, value: Any) -> str | None:
    """Write one value as the policy allows; None where it must not appear, "" where it is blank.

    `value` is a text, for birth a `date`. For names that depend on consent use `public_name`.
    """
    if data == "name":
        return public_name(policy, str(value))
    rule: DataRule = getattr(policy, data)
    if rule == "hidden":
        return None
    if value is None or value == "":
        return ""
    return _shown(data, rule, value)


def _shown(data: PersonalData, rule: DataRule, value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat() if rule == "full" else mask_birth(value, _birth_rule(rule))
    if rule == "full":
        return str(value)
    if data == "identity":
        return mask_identity(value, "strict" if rule == "strict" else _ends_or_tail(rule))
    if data == "bank":
        return mask_bank_account(value, _ends_or_tail(rule))
    return mask_phone(value) if data == "phone" else mask_address(value)


def _ends_or_tail(rule: DataRule) -> Literal["ends", "tail"]:
    return "ends" if rule == "ends" else "tail"


def _birth_rule(rule: DataRule) -> Literal["year", "age"]:
    return "age" if rule == "age" else "year"


def must_leave_out(
    policy: MaskingPolicy, birth: date | None, day: date, *, guardian_consents: bool = False
) -> bool:
    """Tell whether a person is too young to appear on a public paper of this kind on that day."""
    if birth is None or age_on(birth, day) >= policy.child_age:
        return False
    return not (policy.children_with_consent and guardian_consents)


@dataclass(frozen=True, slots=True)
class PersonOnPaper:
    """One line of a public list: the name as it will be printed, and what may tell it apart."""

    shown_name: str
    group: str = ""
    identity: str = ""


def tell_apart(people: list[PersonOnPaper]) -> list[str]:
    """Make equal masked names different, and never by the full name.

    Equal ones get their group added; those still equal the last four of the identity number;
    those still equal a number among themselves. Names shown in full are left as they are.
    """
    additions: list[tuple[str, ...]] = [() for _ in people]
    for detail in (_group, _tail):
        for same in _equal(people, additions):
            for index in same:
                added = detail(people[index])
                additions[index] += (added,) if added else ()
    for same in _equal(people, additions):
        for running, index in enumerate(same, start=1):
            additions[index] += (f"第{running}位",)
    return [
        f"{person.shown_name}（{'，'.join(added)}）" if added else person.shown_name
        for person, added in zip(people, additions, strict=True)
    ]


def _equal(people: list[PersonOnPaper], additions: list[tuple[str, ...]]) -> list[list[int]]:
    """Give the lines that read alike although a star stands in them, each set by itself."""
    seen: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for index, (person, added) in enumerate(zip(people, additions, strict=True)):
        if STAR in person.shown_name:
            seen.setdefault((person.shown_name, added), []).append(index)
    return [same for same in seen.values() if len(same) > 1]


def _group(person: PersonOnPaper) -> str:
    return person.group


def _tail(person: PersonOnPaper) -> str:
    return f"证件尾号{person.identity[-4:]}" if len(person.identity) >= 8 else ""
