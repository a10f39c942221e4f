"""The people of the rosters that travel with the program; other processes bring them in."""

from __future__ import annotations

from tests.seed_search.seeds import Seeds
from village_app.resources import resource

ROSTER = "三组户籍花名册.xlsx"
_WORDS = frozenset({"汉族", "本人", "群众", "户主", "配偶", "长子", "长女", "农业"})


def people_of_the_roster() -> list[str]:
    """Give names, identity numbers and phones of the roster, from the rows that have a number."""
    from openpyxl import load_workbook

    book = load_workbook(resource("sample", ROSTER), read_only=True)
    found: set[str] = set()
    for sheet in book.worksheets:
        for line in sheet.iter_rows(values_only=True):
            texts = [str(value).strip() for value in line if value is not None]
            if any(len(text) == 18 and text[:17].isdigit() for text in texts):
                found.update(text for text in texts if text.isdigit() and len(text) >= 11)
                found.update(text for text in texts if len(text) == 18 and text[:17].isdigit())
                found.update(text for text in texts if 2 <= len(text) <= 4 and not text.isascii())
    book.close()
    return sorted(found - _WORDS)


def add_shipped_people(seeds: Seeds) -> None:
    seeds.add(people_of_the_roster())
