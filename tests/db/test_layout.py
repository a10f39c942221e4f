"""The list of tables kept beside the database: what it saves, and when it is not believed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.db.databases import PAGE, ask, flip, new_database
from village_app.db.checks import check_database
from village_app.db.cipher_file import connect
from village_app.db.engine import Store
from village_app.db.files import is_passing
from village_app.db.layout import SUFFIX, forget_layout, graft, layout_of, remember_layout
from village_app.db.salvage import salvage
from village_app.errors import EnvironmentProblem

KEY = b"k" * 32
RESIDENTS = 800
ROWS = "SELECT id, household, name, note FROM resident ORDER BY id"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = new_database(tmp_path / "village.db", KEY, RESIDENTS)
    remember(path)
    return path


def remember(path: Path) -> None:
    with closing(Store(path, KEY)) as store:
        remember_layout(store)


def refused(database: Path, key: bytes = KEY) -> None:
    target = database.with_name("saved.db")
    with pytest.raises(EnvironmentProblem) as raised:
        salvage(database, key, target)
    assert raised.value.code == "damaged"
    assert not target.exists()


def break_salt(database: Path) -> None:
    raw = bytearray(database.read_bytes())
    raw[3] ^= 1
    database.write_bytes(raw)


@pytest.mark.parametrize("where", ["first page", "salt"])
def test_d02_without_the_first_page_every_row_is_saved_by_the_list_beside(
    database: Path, tmp_path: Path, where: str
) -> None:
    good = ask(database, KEY, ROWS)
    if where == "salt":
        break_salt(database)
    else:
        flip(database, 1)
    target = tmp_path / "saved.db"
    result = salvage(database, KEY, target)
    assert result.is_complete
    assert ask(target, KEY, ROWS) == good
    assert ask(target, KEY, "PRAGMA user_version") == [(3,)]
    assert check_database(target, KEY) == ()
    assert not [path for path in tmp_path.iterdir() if is_passing(path)]


def test_d07_other_broken_pages_are_read_around_as_ever(database: Path, tmp_path: Path) -> None:
    good = {row[0]: row for row in ask(database, KEY, ROWS)}
    for page in (1, 20, 31):
        flip(database, page)
    target = tmp_path / "saved.db"
    result = salvage(database, KEY, target)
    rows = {row[0]: row for row in ask(target, KEY, ROWS)}
    assert rows.items() <= good.items()
    assert len(rows) > 0.8 * RESIDENTS
    (table,) = [one for one in result.tables if one.table == "resident"]
    missing = good.keys() - rows.keys()
    assert all(any(lost.covers(int(str(one))) for lost in table.lost) for one in missing)


def test_the_list_holds_nothing_of_a_person(database: Path) -> None:
    content = database.with_suffix(SUFFIX).read_text(encoding="utf-8")
    assert "CREATE TABLE resident" in content
    assert "村民1" not in content


def test_with_another_key_the_list_helps_nobody(database: Path) -> None:
    refused(database, b"other key" + bytes(23))


def test_a_list_from_before_a_new_table_is_not_believed_until_it_is_kept_anew(
    database: Path,
) -> None:
    with closing(connect(database, KEY, read_only=False)) as connection:
        connection.execute("CREATE TABLE later (x)")
    assert not graft(database, KEY, database.with_name("copy.db"))
    remember(database)
    assert graft(database, KEY, database.with_name("copy.db"))


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b'{"salt": "zz"}'])
def test_a_list_full_of_nonsense_is_none(database: Path, content: bytes) -> None:
    database.with_suffix(SUFFIX).write_bytes(content)
    assert layout_of(database) is None
    flip(database, 1)
    refused(database)


def test_once_forgotten_only_a_backup_helps(database: Path) -> None:
    forget_layout(database)
    forget_layout(database)
    flip(database, 1)
    refused(database)
    assert database.stat().st_size % PAGE == 0
