"""Hints by season: 防汛, 开学, 年终 and the like, from a list that travels with the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from village_app.domain.resources import load_json
from village_app.services.session import Service, permitted


@dataclass(frozen=True, slots=True)
class SeasonHint:
    """One hint: its code with the year (so that it is put away for one season), words, page."""

    code: str
    words: str
    page: str


class Seasons(Service):
    """Says what the season asks for."""

    @permitted("settings.read")
    def hints(self) -> list[SeasonHint]:
        """Give the hints of today, the one that ends first on top."""
        today = self.session.today()
        found = [one for one in _listed() if _holds(one, today)]
        found.sort(key=lambda one: _ends(one, today))
        return [
            SeasonHint(f"{one['code']}-{_ends(one, today).year}", one["words"], one["page"])
            for one in found
        ]


@cache
def _listed() -> tuple[dict[str, str], ...]:
    return tuple(load_json("calendar", "seasons.json")["seasons"])


def _day(text: str, year: int) -> date:
    month, day = text.split("-")
    return date(year, int(month), int(day))


def _holds(season: dict[str, str], today: date) -> bool:
    first, last = _day(season["from"], today.year), _day(season["to"], today.year)
    return first <= today <= last if first <= last else today >= first or today <= last


def _ends(season: dict[str, str], today: date) -> date:
    last = _day(season["to"], today.year)
    return last if last >= today else _day(season["to"], today.year + 1)
