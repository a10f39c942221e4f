"""Codes and structures as the list of changes says them: nobody who reads it knows our codes."""

from __future__ import annotations

import json
from functools import cache

from village_app.db.attachment_kinds import KINDS
from village_app.db.records import RECORDS
from village_app.domain.masking_policies import masking_policies
from village_app.domain.permissions import ROLE_LABELS, role_words
from village_app.services.settings import SETTING_LABELS

_YES_NO = {"true": "是", "false": "否"}


def in_words(table: str, shown: str) -> str:
    """Say a shown value of a table in words: 公示 for notice, 文书、会计 for clerk+accountant."""
    if not shown.isascii():
        return "（一组参数）" if _is_structure(shown) else shown
    if table == "setting":
        return SETTING_LABELS.get(shown) or _YES_NO.get(shown, shown)
    if set(shown.split("+")) <= set(ROLE_LABELS):
        return role_words(shown)
    return _words().get(shown) or ("（一组参数）" if _is_structure(shown) else shown)


@cache
def _words() -> dict[str, str]:
    """Give the words of codes that several tables keep."""
    titles = {name: record.title for name, record in RECORDS.items()}
    policies = {code: policy.label for code, policy in masking_policies().items()}
    kinds = {kind.name: kind.label for kind in KINDS}
    return {**kinds, **policies, **titles}


def _is_structure(shown: str) -> bool:
    if not shown.startswith(("{", "[")):
        return False
    try:
        json.loads(shown)
    except ValueError:
        return False
    return True
