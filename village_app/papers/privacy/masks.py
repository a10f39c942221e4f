"""How a number found in a text is written instead, by its class and the policy of the notice."""

from __future__ import annotations

import re
from collections.abc import Callable

from village_app.domain.masking import (
    keep_ends,
    mask_bank_account,
    mask_document,
    mask_identity,
    mask_phone,
    mask_plate,
)
from village_app.domain.masking_policies import MaskingPolicy

_LAST_OF_LANDLINE = 4


def mask_number(kind: str, number: str, policy: MaskingPolicy) -> str:
    """Write a bare number of one class as a notice under `policy` may carry it."""
    return _MASKS[kind](number, policy)


def _identity(number: str, policy: MaskingPolicy) -> str:
    if "*" in number or policy.identity not in ("ends", "strict"):
        return mask_identity(number, "tail")
    return mask_identity(number, "ends" if policy.identity == "ends" else "strict")


def _bank(number: str, policy: MaskingPolicy) -> str:
    return mask_bank_account(number, "ends" if policy.bank == "ends" else "tail")


def _landline(number: str, _: MaskingPolicy) -> str:
    area = re.match(r"0(?:10|2\d|[3-9]\d{2})", number)
    if area is None:
        return keep_ends(number, 0, _LAST_OF_LANDLINE)
    return f"{area[0]}-{keep_ends(number[area.end() :], 0, _LAST_OF_LANDLINE)}"


_MASKS: dict[str, Callable[[str, MaskingPolicy], str]] = {
    "identity": _identity,
    "identity_doubtful": _identity,
    "identity_old": _identity,
    "identity_thin": _identity,
    "mobile": lambda number, _: mask_phone(number),
    "landline": _landline,
    "bank_card": _bank,
    "bank_card_doubtful": _bank,
    "bank_account": _bank,
    "passport": lambda number, _: mask_document(number),
    "passport_doubtful": lambda number, _: mask_document(number),
    "plate": lambda number, _: mask_plate(number),
}
