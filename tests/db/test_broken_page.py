"""A page breaks while the program runs: the sentence, and the connection opened anew (D15)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bench.campaigns.page_kinds import kinds_of
from bench.campaigns.records_work import KEY, new_records, one_change, opened
from tests.db.databases import PAGE
from village_app.db.cipher_file import Connection, EngineError, connect
from village_app.db.engine import Store
from village_app.db.records.residents import Place, Resident
from village_app.errors import EnvironmentProblem

DAMAGED = (
    "读写数据没有成功：数据文件有损坏的地方，或不是本程序的数据。请先做一次自检，再从备份恢复。"
)


def page_of(store: Store, table: str) -> int:
    """Give the root page of a table, counted from 1."""
    return int(store.scalar("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)))


def test_d15_after_a_broken_page_the_connection_is_opened_anew_and_the_rest_can_be_read(
    tmp_path: Path,
) -> None:
    """One bad page poisons the connection of the engine, and the good pages with it."""
    new_records(tmp_path)
    with opened(tmp_path) as (_, journal):
        one_change(journal, 40)
    path = tmp_path / "village.db"
    with opened(tmp_path) as (store, _):
        page = page_of(store, "resident")
    raw = bytearray(path.read_bytes())
    raw[(page - 1) * PAGE + 100] ^= 1
    path.write_bytes(raw)
    with opened(tmp_path) as (store, journal):
        before = store.database.connection()
        for _ in range(2):
            with pytest.raises(EnvironmentProblem) as caught:
                store.sql("SELECT address FROM resident")
            assert caught.value.message == DAMAGED
            assert store.database.is_closed()
            assert store.scalar('SELECT count(*) FROM "change"') == 1
            assert store.database.connection() is not before
            before = store.database.connection()
        assert journal.verify().is_whole
        with journal.change("改一条") as change:
            place = change.insert(Place(name="一组", kind="group"))
        assert store.get(Place, place.id).name == "一组"
    assert len(Store(path, KEY).sql("SELECT name FROM place")) == 1


def what_is_read(read: Callable[[], object]) -> object:
    """Give the value, or the sentence of its refusal."""
    try:
        return read()
    except EnvironmentProblem as problem:
        return problem.message
    except EngineError as error:
        return DAMAGED if error.sqlite_errorname == "SQLITE_CORRUPT" else error


def ways_to_read(store: Store, plain: Connection, person: int) -> list[Callable[[], object]]:
    statement = "SELECT address FROM resident"
    return [
        lambda: store.sql(statement)[0][0],
        lambda: store.get(Resident, person).address,
        lambda: store.rows(store.select(Resident))[0].address,
        lambda: plain.execute(statement).fetchone()[0],
    ]


@pytest.mark.parametrize("is_chinese", [True, False])
def test_d01_the_torn_end_of_a_long_text_is_told_and_never_shown(
    tmp_path: Path, is_chinese: bool
) -> None:
    """The engine gives zeros for the last page of a long value, and no error for the last row."""
    new_records(tmp_path)
    text = "13800138000、" * 1000 if is_chinese else "13800138000," * 1500
    with opened(tmp_path) as (_, journal), journal.change("一条") as change:
        person = change.insert_rows(Resident, [{"name": "何强志", "address": text}])[0]
    path = tmp_path / "village.db"
    raw = path.read_bytes()
    seen = []
    for page in [page for page, kind in enumerate(kinds_of(raw, KEY)) if kind == "overflow"]:
        changed = bytearray(raw)
        changed[page * PAGE + 100] ^= 1
        path.write_bytes(changed)
        with opened(tmp_path) as (store, _), closing(connect(path, KEY)) as plain:
            found = [what_is_read(read) for read in ways_to_read(store, plain, person)]
        assert found in ([text] * 4, [DAMAGED] * 4)
        seen.append(found[0])
    # As many pages hold the text in its record as in the journal.
    assert seen.count(DAMAGED) == -(-len(text.encode()) // PAGE) - 1
