"""The journal: one way to write, sealed, undoable, and never overwriting a neighbour."""

from __future__ import annotations

import peewee
import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from tests.db.trial import TRIAL_RECORDS, House, Person, Slip
from village_app.db import chain, undo
from village_app.db.engine import Store
from village_app.db.journal import Conflict, Journal
from village_app.errors import Refused


def add_person(journal: Journal, name: str = "何强志", **values: object) -> Person:
    with journal.change(f"新增 {name}") as change:
        person: Person = change.insert(Person(name=name, **values))
    return person


def undo_last(journal: Journal) -> undo.Undone:
    found = undo.next_undo(journal)
    assert found is not None
    return undo.take_back(journal, found[0], TRIAL_RECORDS)


def redo_last(journal: Journal) -> undo.Undone:
    found = undo.next_redo(journal)
    assert found is not None
    return undo.take_back(journal, found[0], TRIAL_RECORDS, kind="redo")


def names(store: Store) -> list[str]:
    return [person.name for person in store.rows(store.select(Person).order_by(Person.id))]


def test_j08_writing_outside_a_change_is_impossible(store: Store) -> None:
    with pytest.raises(RuntimeError):
        Person(name="何强志").save()
    with pytest.raises(RuntimeError):
        Person.create(name="何强志")
    assert names(store) == []


def test_an_inserted_record_gets_an_id_of_its_desk(journal: Journal) -> None:
    first, second = add_person(journal), add_person(journal, "邓兰")
    assert first.id >> 40 == 1
    assert second.id == first.id + 1


def test_a_failing_change_leaves_nothing(journal: Journal, store: Store) -> None:
    def insert_and_fail() -> None:
        with journal.change("新增") as change:
            change.insert(Person(name="何强志"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        insert_and_fail()
    assert names(store) == []
    assert journal.head().number == 0
    assert add_person(journal).id & 0xFFFF == 1


def test_an_update_keeps_only_the_touched_fields(journal: Journal, store: Store) -> None:
    person = add_person(journal, phone="1", age=3)
    with journal.change("改电话") as change:
        change.update(person, phone="2", age=3)
    rows = store.sql('SELECT "before", "after" FROM change_row ORDER BY change_id')
    assert rows[1] == ('{"phone":"1"}', '{"phone":"2"}')


def test_an_update_that_changes_nothing_is_no_change(journal: Journal) -> None:
    person = add_person(journal, phone="1")
    with journal.change("改电话") as change:
        change.update(person, phone="1")
    assert journal.head().number == 1


def test_the_second_saver_sees_both_versions(journal: Journal, store: Store) -> None:
    person = add_person(journal, phone="1")
    stale = store.get(Person, person.id)
    with journal.change("改") as change:
        change.update(person, phone="2")
    with pytest.raises(Conflict) as caught, journal.change("改") as change:
        change.update(stale, phone="3")
    assert caught.value.mine == {"phone": "3"}
    assert caught.value.theirs.phone == "2"
    assert store.get(Person, person.id).phone == "2"


def test_a_record_in_use_cannot_be_deleted(journal: Journal, store: Store) -> None:
    with journal.change("新增户") as change:
        house = change.insert(House(number="030001"))
        change.insert(Person(name="何强志", house_id=house.id))
    with pytest.raises(Refused) as caught, journal.change("删户") as change:
        change.delete(house)
    assert caught.value.code == "still_used"
    assert store.find(House, house.id) is not None


def test_undo_and_redo_of_insert_update_and_delete(journal: Journal, store: Store) -> None:
    person = add_person(journal, phone="1")
    with journal.change("改电话 何强志") as change:
        change.update(person, phone="2")
    with journal.change("删除 何强志") as change:
        change.delete(person)
    assert undo_last(journal).label == "删除 何强志"
    assert store.get(Person, person.id).phone == "2"
    undo_last(journal)
    assert store.get(Person, person.id).phone == "1"
    undo_last(journal)
    assert names(store) == []
    assert undo.next_undo(journal) is None
    for expected in ("新增 何强志", "改电话 何强志", "删除 何强志"):
        assert redo_last(journal).label == expected
    assert names(store) == []
    assert undo.next_redo(journal) is None
    undo_last(journal)
    assert store.get(Person, person.id).phone == "2"


def test_a_new_change_ends_redo(journal: Journal) -> None:
    add_person(journal)
    undo_last(journal)
    add_person(journal, "邓兰")
    assert undo.next_redo(journal) is None


def test_sixty_steps_are_taken_back_by_name(journal: Journal, store: Store) -> None:
    person = add_person(journal, phone="0")
    for number in range(1, 61):
        with journal.change(f"第{number}次") as change:
            change.update(person, phone=str(number))
    for number in range(60, 0, -1):
        assert undo_last(journal).label == f"第{number}次"
    assert store.get(Person, person.id).phone == "0"


def test_a_bulk_change_is_one_step_and_keeps_edited_rows(journal: Journal, store: Store) -> None:
    with journal.change("导入 1200 行", kind="import") as change:
        ids = change.insert_rows(Person, ({"name": f"人{n}"} for n in range(1200)))
    number = journal.head().number
    edited = store.get(Person, ids[700])
    with journal.change("改") as change:
        change.update(edited, phone="9")
    with pytest.raises(undo.EditedSince) as caught:
        undo.take_back(journal, number, TRIAL_RECORDS)
    assert [kept.record_id for kept in caught.value.kept] == [ids[700]]
    assert len(names(store)) == 1200
    outcome = undo.take_back(journal, number, TRIAL_RECORDS, leave_edited=True)
    assert (outcome.removed, len(outcome.kept)) == ({"trial_person": 1199}, 1)
    assert names(store) == ["人700"]


def test_an_update_is_taken_back_field_by_field(journal: Journal, store: Store) -> None:
    person = add_person(journal, phone="1", age=1)
    with journal.change("改电话") as change:
        change.update(person, phone="2")
    with journal.change("改年龄") as change:
        change.update(person, age=2)
    undo.take_back(journal, 2, TRIAL_RECORDS)
    now = store.get(Person, person.id)
    assert (now.phone, now.age) == ("1", 2)


def test_a_number_whose_change_is_undone_becomes_void_and_stays(
    journal: Journal, store: Store
) -> None:
    with journal.change("发号") as change:
        slip = change.insert(Slip(text="隔诉〔2026〕0001号"))
    undo_last(journal)
    assert store.get(Slip, slip.id).state == "void"
    redo_last(journal)
    assert store.get(Slip, slip.id).state == "used"


def test_a_final_change_cannot_be_undone(journal: Journal) -> None:
    with journal.change("发布", kind="final", undoable=False) as change:
        change.insert(Person(name="何强志"))
    assert undo.next_undo(journal) is None
    with pytest.raises(Refused) as caught:
        undo.take_back(journal, 1, TRIAL_RECORDS)
    assert caught.value.code == "not_undoable"


def test_another_users_change_is_not_offered(journal: Journal, store: Store) -> None:
    add_person(journal)
    other = Journal(store, b"k", journal.author.__class__("李会计"), journal.clock)
    assert undo.next_undo(other) is None


def test_inner_changes_join_the_outer(journal: Journal, store: Store) -> None:
    with journal.change("外") as outer:
        outer.insert(Person(name="甲"))
        with journal.change("内") as inner:
            inner.insert(Person(name="乙"))
    assert journal.head().number == 1
    assert names(store) == ["甲", "乙"]


def test_listeners_hear_of_tables_after_the_commit(journal: Journal, store: Store) -> None:
    heard: list[tuple[frozenset[str], list[str]]] = []
    journal.listeners.append(lambda tables: heard.append((tables, names(store))))
    add_person(journal)
    assert heard == [(frozenset({"trial_person", "change"}), ["何强志"])]


def sealed(journal: Journal, store: Store, count: int = 5) -> chain.Head:
    for number in range(count):
        add_person(journal, f"人{number}")
    assert journal.verify(journal.head()).is_whole
    for trigger in (
        "change_stays",
        "change_never_goes",
        "change_row_stays",
        "change_row_never_goes",
    ):
        store.database.execute_sql(f"DROP TRIGGER {trigger}")
    store.database.execute_sql("PRAGMA foreign_keys = OFF")
    return journal.head()


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        ("UPDATE change_row SET \"after\" = '{}' WHERE change_id = 3", 3),
        ("DELETE FROM change_row WHERE change_id = 3", 3),
        ("UPDATE \"change\" SET label = '别的' WHERE id = 2", 2),
        ("UPDATE \"change\" SET at = '2020-01-01' WHERE id = 4", 4),
        ("UPDATE \"change\" SET user = '别人' WHERE id = 1", 1),
        ('DELETE FROM "change" WHERE id = 3', 3),
        (
            "INSERT INTO change_row VALUES (2, 9, 'trial_person', 5, 1, NULL, '{}', 'x', 0)",
            2,
        ),
    ],
)
def test_j05_verification_names_the_first_broken_link(
    journal: Journal, store: Store, tampering: str, broken_at: int
) -> None:
    sealed(journal, store)
    store.database.execute_sql(tampering)
    found = journal.verify()
    assert found.broken_at == broken_at
    assert found.reason


def test_j06_a_cut_tail_shows_only_against_the_anchor(journal: Journal, store: Store) -> None:
    anchor = sealed(journal, store)
    store.database.execute_sql("DELETE FROM change_row WHERE change_id = 5")
    store.database.execute_sql('DELETE FROM "change" WHERE id = 5')
    assert journal.verify().is_whole
    assert journal.verify(anchor).broken_at == 5


def test_an_erased_payload_still_verifies(journal: Journal, store: Store) -> None:
    add_person(journal)
    store.database.execute_sql(
        'UPDATE change_row SET "before" = NULL, "after" = NULL, erased = 1 WHERE change_id = 1'
    )
    found = journal.verify(journal.head())
    assert (found.is_whole, found.erased) == (True, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change_row SET \"after\" = '{}'",
        "DELETE FROM change_row",
        "UPDATE \"change\" SET label = 'x'",
        'DELETE FROM "change"',
    ],
)
def test_j07_the_journal_itself_cannot_be_rewritten(
    journal: Journal, store: Store, statement: str
) -> None:
    add_person(journal)
    with pytest.raises((peewee.IntegrityError, sqlcipher.IntegrityError)):
        store.database.execute_sql(statement)


def test_the_file_is_encrypted(store: Store, journal: Journal) -> None:
    add_person(journal)
    store.close()
    content = store.path.read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert "何强志".encode() not in content
