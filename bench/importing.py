"""What an import costs: dry run, writing, memory; and how the search for doubles grows.

The aims: a dry run of 10,000 rows within 8 times reading the same file bare and inserting its
rows bare, writing them within 3 times the bare insert, 100,000 rows below 500 MB, and the search
for doubles of twice the people clearly below four times as long.
"""

from __future__ import annotations

import io
import multiprocessing
import tempfile
import time
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from bench.journal import fresh_store, people, raw_insert
from bench.reading import ROWS as MANY
from bench.reading import roster
from bench.registry import Measured, alternate_figures, peak_memory, ratio
from village_app.db.journal import Author, Journal, SystemClock
from village_app.importing.files.reader import read_workbook
from village_app.importing.plans.plan import Background, Plan, make_plan
from village_app.importing.subjects.residents import residents_target
from village_app.services.imports.writing import ResidentWriter
from village_app.services.register.duplicates import Person, compare, meetings
from village_app.services.session import Session, User

ROWS = 10_000
DOUBLED = 20_000
_LIMIT_MB = 500.0
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_HEAD = (
    *("序号", "姓名", "性别", "身份证号码", "民族", "户号"),
    *("与户主关系", "村民小组", "联系电话", "住址"),
)


def village_list(rows: int = ROWS) -> bytes:
    """Make an ordinary roster: a title, ten columns, households of four, valid numbers."""
    from openpyxl import Workbook

    random = Random(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(["隔坑村户籍人口名册"])
    sheet.append(list(_HEAD))
    for number in range(rows):
        sheet.append(_line(number, random))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _line(number: int, random: Random) -> list[str]:
    place = number % 4
    born = date(random.randint(1940, 2018), random.randint(1, 12), random.randint(1, 28))
    bare = f"441900{born:%Y%m%d}{number % 500 * 2 + place % 2:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(bare, _WEIGHTS, strict=True))
    first, second = random.choice("陈李张王黄何邓谢"), random.choice("国华丽娟秀英根兰伟杰")
    return [
        str(number + 1),
        f"{first}{second}{random.choice('金水土火妹娣玉琼锦泉')}",
        "女" if place % 2 == 0 else "男",
        f"{bare}{'10X98765432'[total % 11]}",
        "汉",
        f"{number // 4 + 1:05d}",
        ("户主", "妻", "女", "子")[place],
        f"{number // 4 % 12 + 1}组",
        f"138{random.randint(0, 99_999_999):08d}",
        f"隔坑村{number // 4 % 12 + 1}组{number // 48 + 1}号",
    ]


def dry_run(content: bytes) -> Plan:
    """Read in the child process, understand, clean and compare, as the wizard does."""
    return make_plan(read_workbook(content, "名册.xlsx"), residents_target(), Background())


def _read_bare(content: bytes) -> list[list[Any]]:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def _bare_insert(rows: int) -> float:
    lines = people(rows)
    with fresh_store() as store:
        begun = time.perf_counter()
        raw_insert(store, lines)
        return time.perf_counter() - begun


def _timed(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@ratio("import-dry-run", unit="s")
def dry_run_ratio() -> Measured:
    """Dry run of 10,000 rows, against python-calamine reading them and a bare insert (aim: 8)."""
    content = village_list()
    return alternate_figures(
        lambda: _timed(lambda: dry_run(content)),
        lambda: _timed(lambda: _read_bare(content)) + _bare_insert(ROWS),
        rounds=5,
    )


def _write(plan: Plan) -> float:
    with fresh_store() as store:
        journal = Journal(store, bytes(32), Author("甲"), SystemClock())
        session: Any = _Bare(store)
        begun = time.perf_counter()
        with journal.change("导入", kind="import") as change:
            ResidentWriter(session, change, plan, lambda *_said: None).write()
        return time.perf_counter() - begun


class _Bare(Session):
    """A session with a store and a user: writing rows asks for nothing else."""

    def __init__(self, store: Any) -> None:
        self.store = store
        self.user = User("甲", "甲", "clerk")


@ratio("import-commit", unit="s")
def commit_ratio() -> Measured:
    """Writing 10,000 planned rows with households as one change, against a bare insert (aim: 3)."""
    plan = dry_run(village_list())
    return alternate_figures(lambda: _write(plan), lambda: _bare_insert(ROWS), rounds=5)


def _memory_of_many(path: Path, answer: Any) -> None:
    dry_run(path.read_bytes())
    answer.put(peak_memory())


@ratio("import-memory", unit="MB")
def memory() -> Measured:
    """Highest memory with 100,000 rows of ten columns planned, in MB (aim: below 500)."""
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "名册.xlsx"
        path.write_bytes(roster(MANY))
        process = context.Process(target=_memory_of_many, args=(path, answer))
        process.start()
        used = float(answer.get())
        process.join()
    return used, _LIMIT_MB


def register(count: int) -> list[Person]:
    """Make up a register of so many people, as the search for doubles sees them."""
    random = Random(count)
    made = []
    for key in range(count):
        name = random.choice("陈李张王黄何邓谢莫卢") + random.choice("国华丽娟秀英根兰伟杰强志")
        name += random.choice("金水土火妹娣玉琼锦泉明仔")
        born = date(random.randint(1940, 2018), random.randint(1, 12), random.randint(1, 28))
        number = f"441900{born:%Y%m%d}{random.randint(0, 9999):04d}"
        phone = f"138{random.randint(0, 99_999_999):08d}"
        made.append(Person(key, name, name, name, number, born, phone, key // 4, key % 12))
    return made


def _scan(crowd: list[Person]) -> None:
    for one, other in meetings(crowd):
        compare(one, other)


@ratio("duplicate-scan", unit="s")
def duplicate_scan() -> Measured:
    """The whole register of 20,000 people looked through, against one of 10,000 (square: 4)."""
    large, small = register(DOUBLED), register(DOUBLED // 2)
    return alternate_figures(
        lambda: _timed(lambda: _scan(large)), lambda: _timed(lambda: _scan(small)), rounds=5
    )
