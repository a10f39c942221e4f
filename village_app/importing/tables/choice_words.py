"""Words for one of several options as lists write them: 初中毕业, 女性, a code without nought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from village_app.domain.kinds import Kind, Unreadable
from village_app.domain.resources import load_json
from village_app.importing.tables.line_texts import compact
from village_app.importing.tables.variants import name_variants


def read_choice(kind: Kind, raw: object) -> Any:
    """Read one of several options; what is not found is tried again in its plainer forms.

    Raises `Unreadable` where no form of the word is an option.
    """
    try:
        return kind.parse(raw)
    except Unreadable:
        for form in _plainer_forms(str(raw)):
            try:
                return kind.parse(form)
            except Unreadable:
                continue
        raise


def _plainer_forms(text: str) -> Iterator[str]:
    """Write a word simplified, without 毕业 and the like behind it, a code with its nought."""
    endings = load_json("rules", "sheet-words.json")["choice_endings"]
    plain = compact(text).removesuffix(".0").replace("它", "他").translate(name_variants())
    yield plain
    for ending in endings:
        if plain.endswith(ending) and plain != ending:
            yield plain.removesuffix(ending)
    if len(plain) == 1 and plain.isdecimal():
        yield f"0{plain}"
