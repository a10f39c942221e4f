"""Work on the records: saves and imports through the journal, migrations, attachments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.campaigns.workload import WHOLE, Acknowledge, Judgement, Workload, broken, declare, lost
from bench.journal import people
from village_app.db.attachments import AttachmentStore
from village_app.db.checks import check_database
from village_app.db.engine import Store
from village_app.db.journal import Author, Journal
from village_app.db.key_ring import Unlocked
from village_app.db.migrations import MIGRATIONS, migrate
from village_app.db.records.residents import Resident
from village_app.errors import VillageError

KEY = bytes(range(32))
AUDIT_KEY = bytes(32)
KEYS = Unlocked("刘会计", "", "vault", "village", {1: KEY}, 1)
DATABASE = "village.db"
# Residents each change brings; 0 is a correction of one. The large ones overflow the small cache.
PLAN = (1, 1, 0, 300, 1, 0, 0, 1, 450, 0, 1, 1, 0, 1, 0, 380, 1, 0, 1, 0, 1, 0, 1, 0, 1)
SMALL_CACHE = "PRAGMA cache_size = -40"
# A torn page that holds nothing is no damage; `repair` takes it away (D05).
HARMLESS = {"torn_free_page"}


class StandingClock:
    """A clock that stands, so that two recordings are alike."""

    def now(self) -> datetime:
        return datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Store, Journal]]:
    with closing(Store(folder / DATABASE, KEY)) as store:
        yield store, Journal(store, AUDIT_KEY, Author("刘会计"), StandingClock())


def new_records(folder: Path) -> None:
    with closing(Store(folder / DATABASE, KEY, create=True)) as store:
        migrate(store)


def save(folder: Path, acknowledge: Acknowledge, *pragmas: str) -> None:
    with opened(folder) as (store, journal):
        for pragma in (SMALL_CACHE, *pragmas):
            store.sql(pragma)
        for number, count in enumerate(PLAN, 1):
            one_change(journal, count)
            acknowledge(number)


def one_change(journal: Journal, count: int) -> None:
    """Bring in so many residents, or correct the first one."""
    with journal.change(
        "导入" if count else "改电话", kind="import" if count else "edit"
    ) as change:
        if count:
            change.insert_rows(Resident, people(count))
        else:
            person = journal.store.select(Resident).first()
            change.update(person, phone=str(person.version))


def judge_saves(folder: Path, acknowledged: int) -> Judgement:
    judgement, number, residents = judge_records(folder)
    if judgement is not WHOLE:
        return judgement
    if residents != sum(PLAN[:number]):
        return broken(f"{residents} residents after change {number}")
    if number < acknowledged:
        return lost(f"change {number} is the last, {acknowledged} was acknowledged")
    return WHOLE


def judge_records(folder: Path) -> tuple[Judgement, int, int]:
    """Check file, chain and rows; gives the last change's number and the residents too."""
    try:
        with opened(folder) as (store, journal):
            number = journal.head().number
            verified = journal.verify()
            residents = int(store.scalar("SELECT count(*) FROM resident"))
            written = store.scalar(
                "SELECT count(*) FROM change_row WHERE table_name = 'resident' AND before IS NULL"
            )
        found = check_database(folder / DATABASE, KEY)
    except VillageError as problem:
        return broken(problem.code), 0, 0
    wrong = [finding.code for finding in found if finding.code not in HARMLESS]
    if wrong or not verified.is_whole or residents != written:
        return broken(f"{wrong} {verified.reason} {residents} of {written}"), number, residents
    return WHOLE, number, residents


def migrate_all(folder: Path, acknowledge: Acknowledge) -> None:
    with closing(Store(folder / DATABASE, KEY, create=True)) as store:
        migrate(store)
    acknowledge(len(MIGRATIONS))


@cache
def schema_after(steps: int) -> frozenset[str]:
    """Give the tables and indexes that so many steps make."""
    with (
        TemporaryDirectory() as folder,
        closing(Store(Path(folder) / DATABASE, KEY, create=True)) as store,
    ):
        for step in MIGRATIONS[:steps]:
            step(store)
        return schema_of(store)


def schema_of(store: Store) -> frozenset[str]:
    return frozenset(str(row[0]) for row in store.sql("SELECT sql FROM sqlite_master"))


def judge_migration(folder: Path, acknowledged: int) -> Judgement:
    path = folder / DATABASE
    if not path.exists():
        return lost("no file") if acknowledged else WHOLE
    try:
        with closing(Store(path, KEY)) as store:
            version = store.schema_version
            if schema_of(store) != schema_after(version):
                return broken(f"tables do not belong to version {version}")
            migrate(store)
            if schema_of(store) != schema_after(len(MIGRATIONS)):
                return broken(f"cannot go on from version {version}")
    except VillageError as problem:
        return broken(problem.code)
    if version < acknowledged:
        return lost(f"version {version}")
    return WHOLE


def attach(folder: Path, acknowledge: Acknowledge) -> None:
    scan = folder.parent / "scan.pdf"
    with opened(folder) as (_, journal):
        attachments = AttachmentStore(folder, KEYS)
        for number in range(1, 9):
            scan.write_bytes(b"%PDF-" + bytes([number]) * 9000 * number)
            code = attachments.add(scan, "扫描件.pdf").code
            with journal.change("附件") as change:
                change.insert_rows(Resident, [{**people(1)[0], "address": code}])
            acknowledge(number)


def judge_attachments(folder: Path, acknowledged: int) -> Judgement:
    judgement, number, _ = judge_records(folder)
    if judgement is not WHOLE:
        return judgement
    with opened(folder) as (store, _):
        codes = [str(row[0]) for row in store.sql("SELECT address FROM resident")]
    if AttachmentStore(folder, KEYS).check(codes, read_all=True):
        return broken("a record without its attachment")
    return lost(f"change {number}") if number < acknowledged else WHOLE


declare(Workload("saves", "保存和导入", new_records, save, judge_saves))
declare(
    Workload(
        "saves-unsynced",
        "对照：保存时不等写盘",
        new_records,
        lambda folder, acknowledge: save(folder, acknowledge, "PRAGMA synchronous = OFF"),
        judge_saves,
        is_control=True,
    )
)
declare(Workload("migration", "升级数据格式", lambda _folder: None, migrate_all, judge_migration))
declare(Workload("attachments", "附上文件", new_records, attach, judge_attachments))
