"""What the register of people costs at a hundred thousand: searches against LIKE, counts, lists."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bench.registry import Measured, alternate_figures, ratio
from village_app.db.key_slots import Cost
from village_app.db.records.residents import Resident
from village_app.opening import NewVillage, create_village
from village_app.services.register.resident_list import PeopleFilter
from village_app.services.register.residents import name_columns
from village_app.village import Village

MANY = 100_000
WINDOW = 40
ROUNDS = 7
# What a search of a hundred thousand people may take.
MOST_SECONDS = 0.05
# Two characters, initials, the tail of a number.
SOUGHT = ("国标", "wgb", "1234")
QUICK = Cost(passes=1, memory_kib=1024)
_SURNAMES = "陈李黄林吴王张刘叶邓梁何钟罗谢曾"
_GIVEN = "国标丽珍志坚桂芳美玲伟雄强明秀英建华文德福生金水根兰芬娣妹仔玉莲"
_LIKE = (
    "SELECT id FROM resident WHERE name LIKE ? OR spellings LIKE ? "
    "OR id_number LIKE ? OR phone LIKE ? ORDER BY pinyin_key LIMIT 40"
)


@contextmanager
def many_people() -> Iterator[Village]:
    """Give a village of a hundred thousand invented people."""
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", "三只白鹅过石桥去赶集")
    with tempfile.TemporaryDirectory() as folder:
        village, _ = create_village(Path(folder) / "village", wish, cost=QUICK)
        with village.change("量", kind="bulk") as change:
            change.insert_rows(Resident, people(MANY))
        yield village
        village.close()


def people(count: int) -> Iterator[dict[str, Any]]:
    """Make people whose names and numbers repeat as in a village."""
    columns: dict[str, dict[str, str]] = {}
    chance = random.Random(4)
    for number in range(count):
        name = chance.choice(_SURNAMES) + chance.choice(_GIVEN) + chance.choice(_GIVEN)
        if name not in columns:
            columns[name] = name_columns(name)
        yield {
            "name": name,
            "id_type": "identity_card",
            "id_number": f"4419001{chance.randrange(10**11):011d}",
            "phone": f"13{chance.randrange(10**9):09d}",
            "sex": str(1 + number % 2),
            "birth": date(1950 + number % 60, 1 + number % 12, 1 + number % 28),
            "status": "active",
            "address": f"隔坑村{number % 6 + 1}组{number % 400}号",
            **columns[name],
        }


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _search(village: Village, words: str) -> None:
    listing = village.resident_list.listed(PeopleFilter(words=words, order="pinyin"))
    listing.count()
    listing.window(0, WINDOW)


def _like(village: Village, words: str) -> None:
    village.store.sql(_LIKE, (f"%{words}%", f"% {words}%", f"%{words}", f"%{words}"))


def _all_three(seek: Callable[[Village, str], None], village: Village) -> None:
    for words in SOUGHT:
        seek(village, words)


@ratio("people-search-like")
def against_like() -> Measured:
    """十万 人里按两个字、首字母、尾号各找一次，列出一屏，对照四列 LIKE."""
    with many_people() as village:
        return alternate_figures(
            lambda: timed(lambda: _all_three(_search, village)),
            lambda: timed(lambda: _all_three(_like, village)),
            rounds=ROUNDS,
        )


@ratio("people-search")
def search_within() -> Measured:
    """十万 人里找人，三种找法里最慢的一种，对照 0.05 秒."""

    def slowest(village: Village) -> float:
        taken = []
        for words in SOUGHT:
            begin = time.perf_counter()
            _search(village, words)
            taken.append(time.perf_counter() - begin)
        return max(taken)

    with many_people() as village:
        return alternate_figures(lambda: slowest(village), lambda: MOST_SECONDS, rounds=ROUNDS)


@ratio("people-on-a-day")
def count_on_a_day() -> Measured:
    """十万 人里数某一天在册的人，对照数今天在册的人."""
    with many_people() as village:
        return alternate_figures(
            lambda: timed(lambda: village.life_events.count_on(date(2020, 1, 1))),
            lambda: timed(village.residents.count),
            rounds=ROUNDS,
        )
