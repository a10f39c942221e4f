"""The copy for support holds nobody, counts the same, and shows the same fault (IN-09)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.conftest import TurningClock
from village_app.db.records import RECORDS
from village_app.opening import open_village
from village_app.services.safety.scrambling import Scrambler
from village_app.village import Village

SEEDED = ("何强志", "13800138000", "桥头坊7号", "hqz", "heqiangzhi", "隔坑村", "横沥镇", "陈丽珍")


@pytest.fixture
def filled(village: Village) -> Village:
    village.places.add("一组")
    village.residents.register({"name": "何强志", "phone": "13800138000", "address": "桥头坊7号"})
    return village


def everything(village: Village) -> str:
    tables = village.store.sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    return "\n".join(str(village.store.sql(f'SELECT * FROM "{name}"')) for (name,) in tables)


def test_i15_the_copy_opens_by_its_own_password_and_holds_nobody(
    filled: Village, clock: TurningClock, tmp_path: Path
) -> None:
    made = filled.support.copy(tmp_path)
    before = everything(filled)
    assert all(seed in before for seed in SEEDED)
    counts = {table: filled.store.select(model).count() for table, model in RECORDS.items()}
    filled.close()
    with open_village(made.folder, made.user, made.password, clock=clock) as copy:
        after = everything(copy)
        assert not [seed for seed in SEEDED if seed in after]
        assert counts == {
            table: copy.store.select(model).count() for table, model in RECORDS.items()
        }
        assert copy.audit.verify().is_whole
        assert copy.residents.count() == 1
        assert copy.places.groups()[0].name != "一组"


def test_a_broken_chain_is_broken_at_the_same_place(
    filled: Village, clock: TurningClock, tmp_path: Path
) -> None:
    number = filled.journal.head().number
    database = filled.store.database
    database.execute_sql("DROP TRIGGER change_stays")
    database.execute_sql('UPDATE "change" SET user = ? WHERE id = ?', ("别人", number))
    database.execute_sql(
        'CREATE TRIGGER "change_stays" BEFORE UPDATE ON "change" WHEN NEW.label_erased = 0 '
        "BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END"
    )
    made = filled.support.copy(tmp_path)
    with open_village(made.folder, made.user, made.password, clock=clock) as copy:
        assert copy.audit.verify().broken_at == number


def test_what_was_edited_outside_the_program_shows_in_the_copy_too(
    filled: Village, clock: TurningClock, tmp_path: Path
) -> None:
    database = filled.store.database
    database.execute_sql("UPDATE resident SET name = '余瑞莲'")
    database.execute_sql("DELETE FROM place")
    codes = [one.code for one in filled.selfcheck.run().findings]
    assert codes.count("outside") == 2
    made = filled.support.copy(tmp_path)
    with open_village(made.folder, made.user, made.password, clock=clock) as copy:
        assert not [seed for seed in (*SEEDED, "余瑞莲") if seed in everything(copy)]
        assert [one.code for one in copy.selfcheck.run().findings] == codes
        assert copy.selfcheck.put_back() == 2


def test_a_sound_village_gives_a_sound_copy_with_its_journal_readable(
    filled: Village, clock: TurningClock, tmp_path: Path
) -> None:
    made = filled.support.copy(tmp_path)
    with open_village(made.folder, made.user, made.password, clock=clock) as copy:
        assert copy.selfcheck.run().is_sound
        person = copy.residents.get(int(copy.store.scalar("SELECT id FROM resident")))
        (line,) = copy.audit.history(person)
        assert [one.new for one in line.fields if one.label == "姓名"] == [person.name]


@given(st.text(min_size=1))
def test_the_same_text_is_always_scrambled_alike_and_keeps_its_length(text: str) -> None:
    one, other = Scrambler(b"1" * 32), Scrambler(b"1" * 32)
    if text[:1] in ("{", "["):
        return
    assert one.text(text) == other.text(text)
    assert len(one.text(text)) == len(text)
    assert len(one.text(text, letters=True)) == len(text)


def test_days_codes_and_json_keys_stay() -> None:
    scrambler = Scrambler(b"2" * 32)
    assert scrambler.text("2026-04-10") == "2026-04-10"
    assert scrambler.text("active") == "active"
    shape = scrambler.text('{"title": "何强志", "rows": [12, "13800138000"]}')
    assert shape.startswith('{"title": "')
    assert '"rows": [12, "' in shape
    assert "何" not in shape
    assert "13800138000" not in shape
