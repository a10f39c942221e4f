"""A paper in the village's own words: every text that the program wrote, tables and forms too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from village_app.domain.kinds import Kind
from village_app.domain.own_words import Wording, reword
from village_app.papers.blocks import Paper


def reworded(paper: Paper, wording: Wording) -> Paper:
    """Give the same paper with own words in the place of the standard ones."""
    if not wording:
        return paper
    return replace(
        paper,
        title=reword(paper.title, wording),
        to=reword(paper.to, wording),
        footer=reword(paper.footer, wording),
        blocks=tuple(_in_own_words(block, wording) for block in paper.blocks),
    )


def _in_own_words(value: Any, wording: Wording) -> Any:
    """Walk a block: texts are reworded, kinds, bytes and numbers stay."""
    if isinstance(value, str):
        return reword(value, wording)
    if isinstance(value, tuple):
        return tuple(_in_own_words(one, wording) for one in value)
    if isinstance(value, (Mapping, Kind)) or not is_dataclass(value):
        return value
    changed = {
        one.name: _in_own_words(getattr(value, one.name), wording)
        for one in fields(value)
        if one.name not in _KEPT
    }
    return replace(value, **changed)  # type: ignore[type-var]  # a dataclass, as asked above


# Words that steer the setting and are never printed.
_KEPT = frozenset({"align", "face", "sensitivity", "total", "field", "role", "kind"})
