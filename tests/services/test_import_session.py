"""One import from looking to writing: locked files, pasted rows, what changed meanwhile."""

from __future__ import annotations

import io
import logging
import re
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.services.conftest import TurningClock
from village_app.db.records.residents import ImportBatch, Resident
from village_app.db.undo import EditedSince
from village_app.errors import Cancelled, Refused
from village_app.services.imports.session import ImportSession
from village_app.services.imports.source import ImportSource
from village_app.village import Village

CHEN, LI, HE = "44190019850630123X", "441900197001010010", "441900198202020025"
HEAD = ["姓名", "身份证号", "电话", "组别"]
ROWS = [["陈大文", CHEN, "13812341234", "三组"], ["李花", LI, "", "三组"]]


def workbook(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def locked(path: Path, rows: list[list[str]], password: str) -> Path:
    """Make a workbook that asks for a password (agile encryption, as Excel and WPS write it)."""
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = workbook(path, rows).read_bytes()
    with path.open("wb") as target:
        OOXMLFile(io.BytesIO(plain)).encrypt(password, target)
    return path


def session_of(village: Village, source: ImportSource) -> ImportSession:
    return village.import_session(village.imports, source)


def read(village: Village, path: Path) -> ImportSession:
    session = session_of(village, ImportSource.file(path))
    session.read()
    return session


def phones(village: Village) -> dict[str, str | None]:
    people = village.store.rows(village.store.select(Resident))
    return {person.id_number: person.phone for person in people}


# A locked workbook (F11)


def test_a_locked_workbook_asks_for_its_password_and_opens_with_it(
    village: Village, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = locked(tmp_path / "镇里发来.xlsx", [HEAD, *ROWS], "荔枝2026")
    session = session_of(village, ImportSource.file(path))
    with pytest.raises(Refused) as asks:
        session.read()
    assert asks.value.code == "has_password"
    with pytest.raises(Refused) as wrong:
        session.read(password="荔枝2025")
    assert wrong.value.code == "wrong_password"
    assert session.read(password="荔枝2026").counts.new == 2
    session.commit()
    assert set(phones(village)) == {CHEN, LI}
    assert "荔枝" not in caplog.text
    assert "荔枝" not in repr(vars(session)) + repr(session.source)
    labels = village.store.sql('SELECT label FROM "change"')
    assert not any("荔枝" in label for (label,) in labels)


# Pasted rows


def test_rows_of_the_clipboard_come_in_with_their_header(village: Village) -> None:
    text = "\r\n".join("\t".join(row) for row in [HEAD, *ROWS]) + "\r\n"
    session = session_of(village, ImportSource.pasted(text))
    session.read()
    assert (session.name, session.counts()["new"]) == ("粘贴的 3 行", 2)


def test_twenty_rows_without_a_header_are_understood_by_what_they_hold(village: Village) -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rows = []
    for place in range(20):
        bare = f"44190019{50 + place}0101{place * 2 + 1:03d}"
        check = sum(int(a) * b for a, b in zip(bare, weights, strict=True)) % 11
        name = f"陈{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'[place]}"
        rows.append(f"{name}\t{bare}{'10X98765432'[check]}\t138{place:08d}")
    session = session_of(village, ImportSource.pasted("\n".join(rows)))
    session.read()
    fields = {guess.field for guess in session.columns()}
    assert {"name", "id_number", "phone"} <= fields
    assert session.counts()["new"] == 20


def test_names_and_telephones_without_a_header_are_taken_to_have_none(village: Village) -> None:
    session = session_of(village, ImportSource.pasted("张新\t13800001234\n梁五\t13800001235\n"))
    session.read()
    assert [guess.field for guess in session.columns()] == ["name", "phone"]
    assert session.counts()["new"] == 2


def test_the_lines_for_pointing_at_the_header_show_no_number_in_full(
    village: Village, tmp_path: Path
) -> None:
    session = read(village, workbook(tmp_path / "册.xlsx", [["名册"], HEAD, *ROWS]))
    seen = session.sheet_lines()
    assert seen.header == (2,)
    assert seen.lines[2][:3] == ("陈大文", "441****123X", "138****1234")


def test_an_empty_clipboard_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused, match="复制"):
        ImportSource.pasted(" \r\n ")


# What changed between looking and writing


def test_a_file_saved_again_meanwhile_is_named_and_can_be_written_as_seen(
    village: Village, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "册.xlsx", [HEAD, *ROWS])
    session = read(village, path)
    workbook(path, [HEAD, ["陈大文", CHEN, "13900000000", "三组"]])
    with pytest.raises(Refused) as refusal:
        session.commit()
    assert refusal.value.code == "file_changed"
    assert phones(village) == {}
    session.commit(as_seen=True)
    assert phones(village) == {CHEN: "13812341234", LI: None}


def test_a_file_that_is_gone_is_written_from_memory(village: Village, tmp_path: Path) -> None:
    path = workbook(tmp_path / "册.xlsx", [HEAD, *ROWS])
    session = read(village, path)
    path.unlink()
    session.commit()
    assert len(phones(village)) == 2


def test_somebody_entered_meanwhile_is_not_written_twice(village: Village, tmp_path: Path) -> None:
    session = read(village, workbook(tmp_path / "册.xlsx", [HEAD, *ROWS]))
    village.residents.register({"name": "陈大文", "id_number": CHEN})
    with pytest.raises(Refused) as refusal:
        session.commit()
    assert refusal.value.code == "register_changed"
    assert (session.counts()["new"], session.counts()["update"]) == (1, 1)
    session.commit()
    assert len(phones(village)) == 2


def test_another_change_that_makes_no_difference_does_not_hold_the_writing_up(
    village: Village, tmp_path: Path
) -> None:
    session = read(village, workbook(tmp_path / "册.xlsx", [HEAD, *ROWS]))
    village.residents.register({"name": "何三", "id_number": HE})
    session.commit()
    assert set(phones(village)) == {CHEN, LI, HE}


def test_two_wizards_over_one_list_write_it_once(village: Village, tmp_path: Path) -> None:
    path = workbook(tmp_path / "册.xlsx", [HEAD, *ROWS])
    first, second = read(village, path), read(village, path)
    first.commit()
    with pytest.raises(Refused) as refusal:
        second.commit()
    assert refusal.value.code == "register_changed"
    assert second.counts()["same"] == 2


def test_a_cell_put_right_stays_right_when_the_register_changed(
    village: Village, tmp_path: Path
) -> None:
    wrong = [HEAD, ["陈大文", CHEN[:-1] + "1", "", ""], ["何三", HE, "", ""]]
    session = read(village, workbook(tmp_path / "册.xlsx", wrong))
    session.put_cells([(0, "id_number", CHEN)])
    village.residents.register({"name": "何三", "id_number": HE})
    with pytest.raises(Refused):
        session.commit()
    session.commit()
    assert set(phones(village)) == {CHEN, HE}


# Decisions are taken back one after another


def test_decisions_and_repairs_are_taken_back_one_after_another(
    village: Village, tmp_path: Path
) -> None:
    wrong = [HEAD, ["陈大文", CHEN[:-1] + "1", "", ""], ["李花", LI, "", ""]]
    session = read(village, workbook(tmp_path / "册.xlsx", wrong))
    session.put_cells([(0, "id_number", CHEN)])
    session.take_way(1, None, "skip")
    assert (session.counts()["error"], session.counts()["skipped"]) == (0, 1)
    assert session.step_back()
    assert (session.counts()["error"], session.counts()["skipped"]) == (0, 0)
    assert session.step_back()
    assert session.counts()["error"] == 1
    assert not session.step_back()


@pytest.mark.parametrize("at", [0, 1])
def test_a_stop_while_writing_leaves_nothing(village: Village, tmp_path: Path, at: int) -> None:
    session = read(village, workbook(tmp_path / "册.xlsx", [HEAD, *ROWS]))
    told: list[str] = []

    def stop(done: int, total: int, text: str) -> None:
        del done, total
        told.append(text)
        if any("正在写入第" in one for one in told) or at == 0:
            raise Cancelled

    before = village.journal.head()
    with pytest.raises(Cancelled):
        session.commit(report=stop)
    assert phones(village) == {}
    assert village.store.select(ImportBatch).count() == 0
    if at == 0:
        assert village.journal.head() == before


# Taken back a week later


def test_what_was_edited_since_is_listed_and_decided_one_by_one(
    village: Village, tmp_path: Path, clock: TurningClock
) -> None:
    village.residents.register({"name": "何三", "id_number": HE, "phone": "13800000001"})
    rows = [*ROWS, ["何三", HE, "13900000009", "三组"]]
    session = read(village, workbook(tmp_path / "册.xlsx", [HEAD, *rows]))
    session.set_rule("overwrite")
    batch = session.commit()
    clock.turn_to(2026, 1, 19)
    people = {one.name: one for one in village.store.rows(village.store.select(Resident))}
    village.residents.correct(people["李花"], {"address": "三组99号"})
    village.residents.correct(people["何三"], {"phone": "13911111111"})
    with pytest.raises(EditedSince) as found:
        village.imports.undo(batch, leave_edited=False)
    assert len(phones(village)) == 3
    edited = village.imports.edited_since(batch, found.value.kept)
    assert sorted(one.title for one in edited) == ["居民何三", "居民李花"]
    told = {one.title: one.since for one in edited}
    assert "住址" in told["居民李花"][0]
    assert told["居民李花"][0].startswith("2026-01-19 陈丽珍")
    he = [one.kept for one in edited if one.title == "居民何三"]
    undone = village.imports.undo(batch, also=he)
    assert phones(village) == {LI: None, HE: "13800000001"}
    left = {one.record_id for one in undone.kept}
    assert people["李花"].id in left
    assert people["何三"].id not in left
    assert village.journal.verify().is_whole


# No long number in full


def test_nothing_that_is_shown_holds_a_long_number_in_full(
    village: Village, tmp_path: Path
) -> None:
    village.residents.register({"name": "何三", "id_number": HE, "phone": "13800000001"})
    rows = [
        HEAD,
        ["陈大文", CHEN[:-1] + "1", "138 1234 1234", ""],
        ["李花", "４４１９００１９７００１０１００１０", "0769-83731234", ""],
        ["李小花", LI, "13812341234/13812341235", ""],
        ["何三", HE, "13900000009", ""],
        ["何三", HE[:-3] + "004", "", ""],
        ["谢旧", "441900700101001", "", ""],
    ]
    session = read(village, workbook(tmp_path / "册.xlsx", rows))
    shown: list[str] = []
    for row in session.rows():
        view = session.view(row)
        shown.append(view.reason)
        for name, cell in view.cells.items():
            shown += [cell.text, cell.reason]
            shown += [way.words for way in session.ways(row.number, name)]
    long = [text for text in shown if re.search(r"[0-9０-９]{8,}", text)]
    assert long == []


def test_how_many_numbers_were_seen_in_full_is_taken_down_with_the_import(
    village: Village, tmp_path: Path
) -> None:
    session = read(village, workbook(tmp_path / "册.xlsx", [HEAD, *ROWS]))
    before = village.journal.head()
    assert session.reveal(0, "id_number") == CHEN
    assert session.reveal(0, "id_number") == CHEN
    assert village.journal.head() == before
    session.commit()
    label = village.store.scalar("SELECT label FROM \"change\" WHERE kind = 'import'")
    assert label.endswith("看过全号 1 处")


def test_the_second_list_with_such_a_header_names_the_first(
    village: Village, tmp_path: Path
) -> None:
    read(village, workbook(tmp_path / "三月.xlsx", [HEAD, *ROWS])).commit()
    session = read(village, workbook(tmp_path / "四月.xlsx", [HEAD, ["何三", HE, "", ""]]))
    assert session.remembered() == (4, "三月.xlsx")
