"""Who did what: rights sealed outside the file, looks taken down, nothing half (J03 to J12)."""

from __future__ import annotations

import json
from pathlib import Path

import peewee
import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from tests.services.conftest import PASSWORD, TurningClock
from village_app.db import chain
from village_app.db.key_file import FILE_NAME, SECOND_NAME
from village_app.db.records.house import UserAccount
from village_app.errors import EnvironmentProblem, Refused
from village_app.opening import open_village
from village_app.services.safety.audit import Filter
from village_app.village import Village

SECOND = "四头水牛过沙洲去吃草"
NUMBER = "44190019850630123X"


def test_j03_a_role_written_into_the_records_gives_nobody_a_right(
    village: Village, folder: Path, clock: TurningClock
) -> None:
    village.users.add("叶志坚", SECOND, "reader", "叶志坚")
    with village.change("改角色") as change:
        (account,) = [one for one in village.users.listed() if one.name == "叶志坚"]
        change.update(account, role="admin")
    village.close()
    with open_village(folder, "叶志坚", SECOND, clock=clock) as opened:
        assert opened.user.role == "reader"
        with pytest.raises(Refused, match="角色"):
            opened.users.listed()


def test_j03_a_role_edited_in_the_key_file_opens_nothing(
    village: Village, folder: Path, clock: TurningClock
) -> None:
    village.users.add("叶志坚", SECOND, "reader", "叶志坚")
    village.close()
    for name in (FILE_NAME, SECOND_NAME):
        kept = json.loads((folder / name).read_text(encoding="utf-8"))
        text = json.dumps(kept, ensure_ascii=False).replace('"reader"', '"admin"')
        assert '"admin"' in text
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises((Refused, EnvironmentProblem)) as refused:
        open_village(folder, "叶志坚", SECOND, clock=clock)
    assert "钥匙文件损坏" in refused.value.message


def test_j09_where_the_journal_cannot_be_written_nothing_is(village: Village) -> None:
    village.store.database.execute_sql(
        "CREATE TRIGGER refuse BEFORE INSERT ON change_row "
        "BEGIN SELECT RAISE(ABORT, 'the journal is full'); END"
    )
    before = village.journal.head()
    with pytest.raises((peewee.IntegrityError, sqlcipher.IntegrityError)):
        village.residents.register({"name": "何强志"})
    assert village.residents.count() == 0
    assert village.journal.head() == before


def test_j10_looks_prints_and_exports_say_who_when_what_and_how_many(
    village: Village, clock: TurningClock, tmp_path: Path
) -> None:
    clock.turn_to(2026, 4, 10)
    person = village.residents.register({"name": "何强志", "id_number": NUMBER})
    village.residents.reveal(person, "核对低保")
    village.residents.find_full("何强志")
    village.exports.keep(tmp_path / "清单.xlsx", village.audit.spreadsheet(Filter()))
    looks = village.audit.entries(Filter(kind="access"))
    said = [one.label for one in looks]
    assert any("查看全号：何强志（核对低保）" in label for label in said)
    assert any("1 人" in label for label in said)
    assert {one.user for one in looks} == {"陈丽珍"}
    assert all(one.at.date().isoformat() == "2026-04-10" for one in looks)
    assert NUMBER not in "".join(said)


def test_j11_a_filtered_list_is_still_proven_as_a_whole(village: Village) -> None:
    village.places.add("一组")
    village.places.add("二组")
    broken = village.journal.head().number - 1
    database = village.store.database
    database.execute_sql("DROP TRIGGER change_stays")
    database.execute_sql('UPDATE "change" SET user = ? WHERE id = ?', ("别人", broken))
    shown = village.audit.entries(Filter(words="二组"))
    assert [one.number for one in shown] == [broken + 1]
    assert village.audit.verify().broken_at == broken
    assert f"第{broken}条对不上" in str(village.audit.paper(Filter(words="二组")).blocks)


def test_j12_the_form_of_the_chain_is_part_of_what_is_sealed(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    village.places.add("一组")
    assert village.audit.verify().is_whole
    monkeypatch.setattr(chain, "CHAIN_VERSION", chain.CHAIN_VERSION + 1)
    found = village.audit.verify()
    assert found.broken_at == 1
    assert found.reason


def test_j12_who_signs_in_with_an_older_program_is_refused(
    village: Village, folder: Path, clock: TurningClock
) -> None:
    version = village.store.schema_version
    village.store.database.execute_sql(f"PRAGMA user_version = {version + 1}")
    village.close()
    with pytest.raises(EnvironmentProblem) as refused:
        open_village(folder, "陈丽珍", PASSWORD, clock=clock)
    assert refused.value.code == "newer_data"
    assert "程序" in refused.value.message


def test_an_account_of_the_records_is_not_what_opens_the_door(village: Village) -> None:
    accounts = village.store.rows(village.store.select(UserAccount))
    assert [one.name for one in accounts] == [one.name for one in village.vault.users]
