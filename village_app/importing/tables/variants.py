"""Traditional and variant characters beside their usual forms; for comparing, never for keeping."""

from __future__ import annotations

from functools import cache

from village_app.domain.resources import load_json


@cache
def name_variants() -> dict[int, str]:
    """Give the table for `str.translate` that writes variant characters in their usual form."""
    pairs = load_json("rules", "name-variants.json")["pairs"]
    return {ord(form): usual for form, usual in pairs.items()}
