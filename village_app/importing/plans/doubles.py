"""The same record twice in one file: found by its key, contradicted by its name, or merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from village_app.importing.plans.decisions import Decisions
from village_app.importing.plans.judging import DUPLICATE_IN_FILE, Draft
from village_app.importing.plans.recognition import OwnKey
from village_app.importing.rows.cleaning import CleanRow
from village_app.importing.rows.findings import Cleaning, Problem


def mark_doubles(drafts: list[Draft]) -> list[Draft]:
    """Mark rows whose key an earlier row of the file already has.

    Where the key is the same but the name is not, one of the two must be wrong: a clash.
    """
    first: dict[tuple[Any, ...], tuple[Draft, OwnKey]] = {}
    marked = []
    for draft in drafts:
        met = ((first.setdefault(own.key, (draft, own)), own) for own in draft.own_keys)
        found = next(((entry, own) for entry, own in met if entry[0] is not draft), None)
        marked.append(_marked(draft, *found[0], found[1]) if found else _unmarked(draft))
    return marked


def _unmarked(draft: Draft) -> Draft:
    if draft.same_as is None and draft.clash is None:
        return draft
    return replace(draft, same_as=None, same_reason="", clash=None)


def _marked(draft: Draft, earlier: Draft, key: OwnKey, own: OwnKey) -> Draft:
    line = earlier.record.row + 1
    sheet = earlier.record.sheet
    where = f"与第 {line} 行" if draft.record.sheet == sheet else f"与“{sheet}”第 {line} 行"
    if own.label and key.label and own.label != key.label:
        message = f"{where}{own.reason}，但姓名不同（{key.label}），请核对其中一个。"
        clash = Problem(own.field, "error", "key_taken", message)
        return replace(draft, same_as=None, same_reason="", clash=clash)
    return replace(draft, same_as=earlier.number, same_reason=f"{where}{own.reason}", clash=None)


def merge_doubles(drafts: Sequence[Draft], decisions: Decisions) -> dict[int, Draft]:
    """Fill the blanks of first rows from the later ones that the user merges into them.

    Gives only the drafts that change, by their number.
    """
    merged: dict[int, Draft] = {}
    for draft in drafts:
        if draft.same_as is None or not _is_merged(draft, decisions):
            continue
        first = merged.get(draft.same_as, drafts[draft.same_as])
        merged[draft.same_as] = replace(first, clean=_filled(first.clean, draft))
    return merged


def _is_merged(draft: Draft, decisions: Decisions) -> bool:
    decided = decisions.by_row.get(draft.number)
    action = decided.action if decided else decisions.by_class.get(DUPLICATE_IN_FILE)
    return action in ("merge", "update") and not draft.clean.has_errors


def _filled(first: CleanRow, later: Draft) -> CleanRow:
    reason = f"由第 {later.record.row + 1} 行补上"
    added = {name: value for name, value in later.clean.values.items() if name not in first.values}
    cleaned = [Cleaning(name, "", str(value), reason) for name, value in added.items()]
    return replace(first, values={**first.values, **added}, cleaned=[*first.cleaned, *cleaned])
