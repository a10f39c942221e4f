"""What the log of matters costs: a quick entry, the long list with its lights, the figures."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.registry import Measured, alternate_figures, ratio
from village_app.db.key_slots import Cost
from village_app.db.records.issues import Issue, NotebookLine
from village_app.opening import NewVillage, create_village
from village_app.village import Village

MANY = 50_000
FEW = 50
ENTRIES = 30
ROUNDS = 5
WINDOW = 40
_CATEGORIES = ("市政设施", "环境卫生", "邻里纠纷", "社保医保", "交通停车")
# What the figures of fifty thousand matters may take.
MOST_SECONDS = 0.3
QUICK = Cost(passes=1, memory_kib=1024)


@contextmanager
def fresh_village() -> Iterator[Village]:
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", "三只白鹅过石桥去赶集")
    with tempfile.TemporaryDirectory() as folder:
        village, _ = create_village(Path(folder) / "village", wish, cost=QUICK)
        yield village
        village.close()


def fill(village: Village, count: int) -> None:
    """Write many matters of one year at once."""
    start = datetime(village.session.today().year, 1, 1, tzinfo=UTC)
    rows = [matter(number, start) for number in range(count)]
    with village.change("量", kind="bulk") as change:
        change.insert_rows(Issue, rows)


def matter(number: int, start: datetime) -> dict[str, Any]:
    at = start + timedelta(minutes=10 * number)
    return {
        "number": f"量〔{start.year}〕{number + 1:05}号",
        "heading": f"村前塘边第{number}盏路灯不亮",
        "at": at,
        "state": "working" if number % 3 else "closed",
        "source": "phone",
        "category": _CATEGORIES[number % len(_CATEGORIES)],
        "reporter_kind": "resident",
        "handler": "叶志坚",
        "due": at + timedelta(days=3),
        "first_due": at + timedelta(days=3),
    }


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


@ratio("issue-entry")
def quick_entry() -> Measured:
    """一句话登记一件诉求（认人、编号、期限、留痕），对照一次留痕的存盘."""
    with fresh_village() as village:
        fill(village, FEW)

        def ours() -> float:
            return timed(lambda: _often(_log, village)) / ENTRIES

        def other() -> float:
            return timed(lambda: _often(_commit, village)) / ENTRIES

        return alternate_figures(ours, other, rounds=ROUNDS)


def _often(work: Callable[[Village], None], village: Village) -> None:
    for _ in range(ENTRIES):
        work(village)


def _log(village: Village) -> None:
    found = village.issue_entry.understand("三组来电：村前塘边路灯坏了三盏")
    village.issues.log(found.values())


def _commit(village: Village) -> None:
    with village.change("量") as change:
        change.insert(
            NotebookLine(text="一句", at=village.session.now(), author="陈丽珍", state="open")
        )


@ratio("issue-list")
def open_long_list() -> Measured:
    """打开 五万 件诉求的清单（带灯），对照 五十 件."""
    with fresh_village() as long, fresh_village() as short:
        fill(long, MANY)
        fill(short, FEW)
        return alternate_figures(
            lambda: timed(lambda: _open(long)), lambda: timed(lambda: _open(short)), rounds=ROUNDS
        )


@ratio("issue-list-counted-anew")
def open_after_a_change() -> Measured:
    """打开 五万 件诉求的清单，每次打开前都存过一次、要重新数，对照 五十 件."""
    with fresh_village() as long, fresh_village() as short:
        fill(long, MANY)
        fill(short, FEW)
        return alternate_figures(
            lambda: _after_a_change(long), lambda: _after_a_change(short), rounds=ROUNDS
        )


def _after_a_change(village: Village) -> float:
    _commit(village)
    return timed(lambda: _open(village))


def _open(village: Village) -> None:
    listing = village.issue_list.listed(only="open")
    listing.count()
    listing.window(0, WINDOW)


@ratio("issue-figures")
def figures() -> Measured:
    """五万 件诉求按类别和月份统计，对照 0.3 秒."""
    with fresh_village() as village:
        fill(village, MANY)
        year = village.session.today().year
        return alternate_figures(
            lambda: timed(lambda: village.issue_figures.table(year)),
            lambda: MOST_SECONDS,
            rounds=ROUNDS,
        )
