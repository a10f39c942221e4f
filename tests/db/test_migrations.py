"""The schema's history: fresh equals migrated equals declared; newer and failing files are safe."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from village_app.db import migrations
from village_app.db.engine import APPLICATION_ID, Store
from village_app.db.fields import schema_of, stored_fields, table_of
from village_app.db.migrations import MIGRATIONS, migrate
from village_app.db.records import RECORDS
from village_app.errors import EnvironmentProblem

KEY = bytes(range(32))


@pytest.fixture
def fresh(tmp_path: Path) -> Store:
    return Store(tmp_path / "village.db", KEY, create=True)


def columns(store: Store, table: str) -> dict[str, tuple[str, int]]:
    """Name, type and NOT NULL of a table's columns."""
    return {line[1]: (line[2], line[3]) for line in store.sql(f'PRAGMA table_info("{table}")')}


def test_every_record_has_its_table_with_its_columns_and_kinds(fresh: Store) -> None:
    migrate(fresh)
    for table, model in RECORDS.items():
        there = columns(fresh, table)
        assert set(there) == {field.column_name for field in stored_fields(model)}, table
        for field in stored_fields(model):
            kind = "INTEGER" if field.field_type in {"BIGINT", "INT"} else "TEXT"
            assert there[field.column_name][0] == kind, f"{table}.{field.column_name}"


def test_required_fields_are_not_null_in_the_file_too(fresh: Store) -> None:
    migrate(fresh)
    for table, model in RECORDS.items():
        there = columns(fresh, table)
        for declared in model.declarations():
            if declared.required:
                assert there[declared.name][1] == 1, f"{table}.{declared.name}"


def test_every_reference_is_kept_by_the_engine(fresh: Store) -> None:
    migrate(fresh)
    assert fresh.sql("PRAGMA foreign_key_check") == []
    for table in RECORDS:
        for line in fresh.sql(f'PRAGMA foreign_key_list("{table}")'):
            assert line[2] in RECORDS, f"{table} refers to {line[2]}"


def test_the_version_is_the_number_of_steps(fresh: Store) -> None:
    assert migrate(fresh) == len(MIGRATIONS)
    assert fresh.schema_version == len(MIGRATIONS)
    assert fresh.scalar("PRAGMA application_id") == APPLICATION_ID
    assert migrate(fresh) == 0


def layout(store: Store) -> set[str]:
    return {str(sql) for (sql,) in store.sql("SELECT sql FROM sqlite_master")}


def test_d16_a_file_of_every_earlier_version_is_brought_up_with_its_rows(
    fresh: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(fresh)
    for version in range(3, len(MIGRATIONS)):
        with closing(Store(tmp_path / f"{version}.db", KEY, create=True)) as old:
            with monkeypatch.context() as before:
                before.setattr(migrations, "MIGRATIONS", MIGRATIONS[:version])
                migrate(old)
            old.database.execute_sql(
                "INSERT INTO place (id, name, kind) VALUES (7, '三组', 'group')"
            )
            assert migrate(old) == len(MIGRATIONS) - version
            assert layout(old) == layout(fresh)
            assert old.sql("SELECT id, name FROM place") == [(7, "三组")]


def test_a_failing_step_leaves_version_and_schema_as_they_were(
    fresh: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(fresh)

    def failing(store: Store) -> None:
        store.database.execute_sql("CREATE TABLE half_made (id INTEGER)")
        raise ZeroDivisionError

    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, failing))
    backups: list[str] = []
    with pytest.raises(ZeroDivisionError):
        migrate(fresh, before_first=lambda: backups.append("made"))
    assert backups == ["made"]
    assert fresh.schema_version == len(MIGRATIONS)
    assert columns(fresh, "half_made") == {}


def test_a_newer_file_and_a_foreign_file_are_refused(fresh: Store) -> None:
    migrate(fresh)
    fresh.database.execute_sql(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(EnvironmentProblem) as caught:
        migrate(fresh)
    assert caught.value.code == "newer_data"
    fresh.database.execute_sql("PRAGMA application_id = 7")
    with pytest.raises(EnvironmentProblem) as caught:
        migrate(fresh)
    assert caught.value.code == "foreign_file"


def test_no_two_records_share_a_table_and_each_has_a_name_for_people() -> None:
    for table, model in RECORDS.items():
        assert table_of(model) == table
        assert model.title, table
        assert schema_of(model).startswith(f'CREATE TABLE "{table}"')
        for declared in model.declarations():
            assert declared.label, f"{table}.{declared.name}"
