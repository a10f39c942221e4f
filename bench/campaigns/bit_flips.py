"""Flip bits in the records: is each found, is a row ever wrong, what can be saved (D01, D07)?"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from bench.campaigns.page_kinds import PAGE, Kind, Part, kinds_of, parts_of
from bench.campaigns.quick_folder import quick_folder
from bench.campaigns.records_work import DATABASE, KEY, new_records, one_change, opened
from bench.journal import people
from village_app.db.checks import check_database
from village_app.db.cipher_file import Connection, EngineError, connect
from village_app.db.layout import remember_layout
from village_app.db.records.residents import Resident
from village_app.db.salvage import salvage
from village_app.errors import EnvironmentProblem

RESIDENTS, LONG_ADDRESSES, REMOVED = 1200, 10, 200
SALVAGES = 20
BROKEN_SHARE = 0.01
ROWS = "SELECT * FROM resident ORDER BY id"
KINDS: tuple[Kind, ...] = ("first", "table", "index", "overflow", "free")

Rows = dict[object, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bit is to be flipped: a part of a page (counted from 0) of a kind."""

    page: int
    kind: Kind
    part: Part
    bytes_of_page: range


@dataclass(slots=True)
class FlipFigures:
    """What a campaign of flipped bits found; rows are those of 1 % broken pages.

    `walked` counts the pages hit, by kind; `unopened` the salvages that met a broken list of
    tables, which counts as all rows lost.
    """

    pages: Counter[str] = field(default_factory=Counter)
    walked: Counter[str] = field(default_factory=Counter)
    places: int = 0
    flips: int = 0
    undetected: int = 0
    wrong_rows: int = 0
    salvages: int = 0
    unopened: int = 0
    rows: int = 0
    saved: int = 0
    unlisted: int = 0

    @property
    def holds(self) -> bool:
        return not (self.undetected or self.wrong_rows or self.unlisted)

    @property
    def saved_share(self) -> float:
        return self.saved / self.rows if self.rows else 1.0


def flip(
    rounds: int,
    *,
    seed: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> FlipFigures:
    """Flip one bit at so many places, each in a whole file; then save what 1 % broken pages leave.

    The places are every part of every page: content, initial vector and seal, of the first page the
    salt too. As many rounds as places walk through all of them, fewer through all kinds of pages
    alike, more are not done.
    """
    figures, chance = FlipFigures(), random.Random(seed)
    with quick_folder("bit-flips-") as folder:
        path = folder / DATABASE
        fill_with_every_kind(folder)
        raw, good = path.read_bytes(), {row[0]: row for row in _readable(path)}
        kinds = kinds_of(raw, KEY)
        places = list(places_of(kinds, chance))
        figures.pages.update(kinds)
        figures.places = len(places)
        hit = set()
        for done, place in enumerate(places[:rounds]):
            path.write_bytes(_flipped(raw, [place], chance))
            figures.flips += 1
            figures.undetected += not check_database(path, KEY)
            figures.wrong_rows += sum(good.get(row[0]) != row for row in _readable(path))
            hit.add((place.page, place.kind))
            progress(done + 1, min(rounds, len(places)))
        figures.walked.update(kind for _, kind in hit)
        for _ in range(min(SALVAGES, rounds)):
            _salvage(path, raw, good, figures, chance)
    return figures


def fill_with_every_kind(folder: Path) -> None:
    """Make records with pages of every kind: long texts overflow, and what is removed frees."""
    new_records(folder)
    with opened(folder) as (store, journal):
        one_change(journal, RESIDENTS)
        long = [{**row, "address": row["address"] * 900} for row in people(LONG_ADDRESSES)]
        with journal.change("导入", kind="import") as change:
            change.insert_rows(Resident, long)
        first = "SELECT id FROM resident ORDER BY id LIMIT ?"
        store.sql(f"DELETE FROM resident WHERE id IN ({first})", (REMOVED,))
        remember_layout(store)  # as every opening does


def places_of(kinds: list[Kind], chance: random.Random) -> Iterator[Place]:
    """Give every place once, the kinds of pages in turn as long as there are any of each."""
    by_kind: dict[Kind, list[Place]] = {kind: [] for kind in KINDS}
    for page, kind in enumerate(kinds):
        by_kind[kind].extend(Place(page, kind, part, where) for part, where in parts_of(page))
    for places in by_kind.values():
        chance.shuffle(places)
    for turn in zip_longest(*by_kind.values()):
        yield from (place for place in turn if place is not None)


def _salvage(
    path: Path,
    raw: bytes,
    good: Rows,
    figures: FlipFigures,
    chance: random.Random,
) -> None:
    """Break 1 % of the pages, save what can be read, and compare it with what was there."""
    count = len(raw) // PAGE
    broken = chance.sample(range(count), max(1, round(BROKEN_SHARE * count)))
    path.write_bytes(_flipped(raw, [_content(page) for page in broken], chance))
    target = path.with_name("saved.db")
    figures.salvages += 1
    figures.rows += len(good)
    try:
        result = salvage(path, KEY, target)
        rows = {row[0]: row for row in _readable(target)}
    except EnvironmentProblem:  # the list of tables itself: nothing can be read, and it says so
        figures.unopened += 1
        return
    finally:
        target.unlink(missing_ok=True)
    (residents,) = [each for each in result.tables if each.table == "resident"]
    figures.saved += len(rows)
    figures.wrong_rows += sum(good.get(number) != row for number, row in rows.items())
    figures.unlisted += sum(
        not any(lost.covers(int(str(number))) for lost in residents.lost)
        for number in good.keys() - rows.keys()
    )


def _content(page: int) -> Place:
    part, where = next(each for each in parts_of(page) if each[0] == "content")
    return Place(page, "first" if page == 0 else "table", part, where)


def _flipped(raw: bytes, places: list[Place], chance: random.Random) -> bytes:
    changed = bytearray(raw)
    for place in places:
        changed[place.page * PAGE + chance.choice(place.bytes_of_page)] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _readable(path: Path) -> list[tuple[object, ...]]:
    """Give the rows that come out before the first error."""
    rows: list[tuple[object, ...]] = []
    try:
        with closing(connect(path, KEY)) as connection:
            _read_into(rows, connection)
    except EngineError:
        pass
    return rows


def _read_into(rows: list[tuple[object, ...]], connection: Connection) -> None:
    rows.extend(tuple(row) for row in connection.execute(ROWS))
