"""Flip bits in the records: is each found, is a row ever wrong, what can be saved (D01, D07)?"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.campaigns.records_work import DATABASE, KEY, new_records, one_change, opened
from village_app.db.checks import check_database
from village_app.db.cipher_file import Connection, EngineError, connect
from village_app.db.salvage import salvage
from village_app.errors import EnvironmentProblem

PAGE = 4096
RESIDENTS = 3000
SALVAGES = 5
BROKEN_SHARE = 0.01
ROWS = "SELECT id, name, id_number, phone, address FROM resident"


@dataclass(slots=True)
class FlipFigures:
    """What a campaign of flipped bits found; rows are those of 1 % broken pages."""

    pages: int = 0
    flips: int = 0
    undetected: int = 0
    wrong_rows: int = 0
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
    """Flip one bit so many times, each in a whole file; then save what 1 % broken pages leave.

    The pages take turns, so that as many rounds as pages hit each of them.
    """
    figures, chance = FlipFigures(), random.Random(seed)
    with TemporaryDirectory(prefix="bit-flips-") as place:
        folder = Path(place)
        new_records(folder)
        with opened(folder) as (_, journal):
            one_change(journal, RESIDENTS)
        path = folder / DATABASE
        good = {row[0]: row for row in _readable(path)}
        raw = path.read_bytes()
        figures.pages = len(raw) // PAGE
        order = chance.sample(range(figures.pages), figures.pages)
        for done in range(rounds):
            path.write_bytes(_flipped(raw, [order[done % figures.pages]], chance))
            figures.flips += 1
            figures.undetected += not check_database(path, KEY)
            figures.wrong_rows += sum(good.get(row[0]) != row for row in _readable(path))
            progress(done + 1, rounds)
        for _ in range(SALVAGES):
            _salvage(path, raw, good, figures, chance)
    return figures


def _salvage(
    path: Path,
    raw: bytes,
    good: dict[object, tuple[object, ...]],
    figures: FlipFigures,
    chance: random.Random,
) -> None:
    pages = chance.sample(range(1, figures.pages), max(1, round(BROKEN_SHARE * figures.pages)))
    path.write_bytes(_flipped(raw, pages, chance))
    target = path.with_name("saved.db")
    try:
        result = salvage(path, KEY, target)
        rows = {row[0]: row for row in _readable(target)}
    except (
        EnvironmentProblem
    ):  # a page with the list of tables: nothing can be read, and it says so
        return
    finally:
        target.unlink(missing_ok=True)
    (residents,) = [each for each in result.tables if each.table == "resident"]
    figures.rows += len(good)
    figures.saved += len(rows)
    figures.wrong_rows += sum(good.get(number) != row for number, row in rows.items())
    figures.unlisted += sum(
        not any(lost.covers(int(str(number))) for lost in residents.lost)
        for number in good.keys() - rows.keys()
    )


def _flipped(raw: bytes, pages: list[int], chance: random.Random) -> bytes:
    changed = bytearray(raw)
    for page in pages:
        changed[page * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
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
