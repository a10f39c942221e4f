"""The village's own words on the screen: what labels, buttons, heads and help say."""

from __future__ import annotations

from village_app.domain.own_words import Wording, reword


class _Said:
    """The words of this process; they are chosen when a village opens."""

    wording: Wording = ()


def choose_words(wording: Wording) -> None:
    """Take the words of the village that opened into use."""
    _Said.wording = wording


def own(text: str) -> str:
    """Say a label of the program in the village's own words."""
    return reword(text, _Said.wording)
