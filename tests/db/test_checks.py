"""Damage of every sort is found, and told from a wrong password."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.db.databases import APPLICATION_ID, PAGE, ask, change_bytes, flip, new_database
from village_app.db import cipher_file
from village_app.db.checks import check_database
from village_app.db.cipher_file import connect, counts, create, is_plain, journal_of, opened, settle
from village_app.errors import EnvironmentProblem

KEY = b"k" * 32


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return new_database(tmp_path / "village.db", KEY)


def codes(path: Path, *, thorough: bool = True) -> set[str]:
    found = check_database(path, KEY, application_id=APPLICATION_ID, thorough=thorough)
    return {finding.code for finding in found}


def pages(path: Path) -> int:
    return path.stat().st_size // PAGE


def test_a_sound_database_has_no_findings(database: Path) -> None:
    assert codes(database) == set()
    assert codes(database, thorough=False) == set()


def test_d01_one_flipped_bit_in_any_page_is_found_and_no_wrong_row_comes_out(
    database: Path,
) -> None:
    good = set(ask(database, KEY, "SELECT id, household, name, note FROM resident"))
    for page in range(1, pages(database) + 1):
        flip(database, page, at=17 * page % PAGE)
        assert codes(database), page
        try:
            with opened(database, KEY) as connection:
                rows = connection.execute("SELECT id, household, name, note FROM resident")
                for row in rows:
                    assert row in good
        except EnvironmentProblem as problem:
            code = problem.code
        else:
            code = "damaged"
        assert code == "damaged"
        flip(database, page, at=17 * page % PAGE)
    assert codes(database) == set()


def test_d02_a_damaged_first_page_makes_the_file_unreadable_not_empty(database: Path) -> None:
    flip(database, 1, at=3)
    assert codes(database) == {"unreadable"}


@pytest.mark.parametrize("kept", [1, 7, 20])
def test_d03_a_file_cut_at_a_page_boundary_is_found(database: Path, kept: int) -> None:
    change_bytes(database, lambda raw: raw.__delitem__(slice(kept * PAGE, None)))
    assert codes(database) & {"structure", "unreadable"}


def test_d04_a_file_cut_inside_a_page_is_found(database: Path) -> None:
    change_bytes(database, lambda raw: raw.__delitem__(slice(9 * PAGE + 1000, None)))
    assert codes(database) & {"structure", "unreadable"}


def test_d04_an_empty_file_is_not_taken_for_an_empty_village(database: Path) -> None:
    database.write_bytes(b"")
    assert "not_ours" in codes(database)


def test_d06_two_swapped_pages_are_found(database: Path) -> None:
    def swap(raw: bytearray) -> None:
        one, other = slice(9 * PAGE, 10 * PAGE), slice(12 * PAGE, 13 * PAGE)
        raw[one], raw[other] = raw[other], raw[one]

    change_bytes(database, swap)
    assert "damaged_page" in codes(database)


def test_bs12_a_broken_link_is_found_with_its_record(database: Path) -> None:
    with opened(database, KEY, read_only=False) as connection:
        connection.execute("DELETE FROM household WHERE id = 77")
    (finding,) = check_database(database, KEY)
    assert finding.code == "broken_link"
    assert finding.about == "resident 77 -> household"


def test_a_file_of_another_program_is_not_ours(tmp_path: Path) -> None:
    with create(tmp_path / "other.db", KEY) as connection:
        connection.execute("CREATE TABLE t (a)")
    connection.close()
    assert codes(tmp_path / "other.db") == {"not_ours"}


def test_d02_a_wrong_key_reads_nothing(database: Path) -> None:
    with pytest.raises(EnvironmentProblem) as raised, opened(database, b"x" * 32):
        pass
    assert raised.value.code == "damaged"


def test_e16_a_key_of_the_wrong_length_never_makes_a_database(tmp_path: Path) -> None:
    for key in (b"", b"short"):
        with pytest.raises(ValueError, match="32 bytes"):
            create(tmp_path / "x.db", key)
    with pytest.raises(EnvironmentProblem) as raised, opened(tmp_path / "x.db", KEY):
        pass
    assert raised.value.code == "cannot_open"
    assert not (tmp_path / "x.db").exists()


def test_e16_what_we_make_is_never_plain(database: Path, tmp_path: Path) -> None:
    assert not is_plain(database)
    (tmp_path / "plain.db").write_bytes(b"SQLite format 3\x00" + bytes(100))
    assert is_plain(tmp_path / "plain.db")


def test_i07_no_text_of_the_records_stands_in_the_file(database: Path) -> None:
    raw = database.read_bytes()
    assert "村民".encode() not in raw
    assert b"CREATE TABLE" not in raw


def test_a09_a_journal_left_by_a_cut_is_rolled_back_and_taken_away(
    database: Path, tmp_path: Path
) -> None:
    torn = cut_in_a_change(database, tmp_path)
    assert journal_of(torn).stat().st_size > 0
    assert settle(torn, KEY)
    assert not journal_of(torn).exists()
    assert codes(torn) == set()
    with opened(torn, KEY) as connection:
        assert counts(connection)["resident"] == 500


def test_a09_a_journal_without_its_header_is_taken_away_and_changes_nothing(
    database: Path,
) -> None:
    journal_of(database).write_bytes(bytes(12_800))
    assert settle(database, KEY)
    assert not journal_of(database).exists()
    assert codes(database) == set()


def test_a09_the_journal_of_a_file_no_key_opens_stays_when_it_was_not_used(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torn = cut_in_a_change(database, tmp_path)
    before = journal_of(torn).read_bytes()

    def cannot(*_: object, **__: object) -> None:
        raise EnvironmentProblem("damaged", "")

    monkeypatch.setattr(cipher_file, "opened", cannot)
    assert not settle(torn, KEY)
    assert journal_of(torn).read_bytes() == before


def cut_in_a_change(database: Path, tmp_path: Path) -> Path:
    """Give the files as a power cut in a large change would leave them."""
    torn = tmp_path / "torn" / "village.db"
    torn.parent.mkdir()
    connection = connect(database, KEY, read_only=False)
    connection.execute("PRAGMA cache_size = 5")
    connection.execute("BEGIN")
    connection.execute("UPDATE resident SET note = 'changed' || id")
    torn.write_bytes(database.read_bytes())
    journal_of(torn).write_bytes(journal_of(database).read_bytes())
    connection.execute("ROLLBACK")
    connection.close()
    return torn
