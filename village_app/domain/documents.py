"""Papers that prove who somebody is, besides the identity card.

Apart from the identity card every form is only a hint: foreign offices change theirs.
"""

from __future__ import annotations

import re
from datetime import date

from village_app.domain.code_tables import plain_table
from village_app.domain.identity import Finding, IdentityCheck, check_identity
from village_app.domain.spreadsheet_damage import digits_of, lost_digits

IDENTITY_CARD = "identity_card"
OTHER = "other"


def check_document(document: str, raw: object, today: date | None = None) -> IdentityCheck:
    """Judge the number of a paper by its type (a code of the table `document`).

    Only the identity card can be wrong; of every other paper what is unusual is a warning. Birth
    and sex are read where the number holds them. Lost digits are an error for all.
    """
    if document == IDENTITY_CARD:
        return check_identity(raw, today)
    if lost_digits(raw):
        return check_identity(raw, today)
    number = digits_of(raw).upper()
    entry = _entry(document)
    formed = not entry.get("pattern") or re.fullmatch(entry["pattern"], number) is not None
    if not formed:
        return IdentityCheck(number, findings=(_unusual(entry["label"]),))
    if entry.get("check") == "identity" and re.fullmatch(r"[0-9]{15}|[0-9]{17}[0-9X]", number):
        return _softened(check_identity(number, today), number)
    return IdentityCheck(number)


def _entry(document: str) -> dict[str, str]:
    entries = plain_table("document")["options"]
    found: dict[str, str] = next(entry for entry in entries if entry["code"] == document)
    return found


def _unusual(label: str) -> Finding:
    message = f"号码和常见的{label}格式不一样，请对照证件核对。"
    return Finding("warning", "unusual_number", message)


def _softened(check: IdentityCheck, number: str) -> IdentityCheck:
    """Keep the number as written and turn errors into warnings."""
    findings = tuple(
        Finding("warning", finding.code, finding.message, finding.suggestion)
        for finding in check.findings
        if finding.code != "old_number"
    )
    return IdentityCheck(number, check.birth, check.sex, findings)


def guess_document(raw: object) -> str:
    """Guess the type of paper from a number; "other" where its form is nobody's."""
    number = digits_of(raw).upper()
    if re.fullmatch(r"[0-9]{17}[0-9X]", number) and not number.startswith(("8", "9")):
        return IDENTITY_CARD
    order = ("hmt_residence", "foreign_residence", "old_identity_card", "hm_permit", "passport")
    for document in order:
        if re.fullmatch(_entry(document)["pattern"], number):
            return document
    return OTHER
