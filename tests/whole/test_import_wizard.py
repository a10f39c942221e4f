"""The import wizard in the real window on real encrypted data, by the controls a person uses.

Story 2: a roster, new telephones, the list of party members, and the second import taken back.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt

from tests.whole.import_hall import (
    CHEN,
    HEAD,
    LI,
    LONG,
    Hall,
    application,
    counts,
    hall,
    opened,
    phones,
    session_of,
    wear,
    workbook,
)
from village_app.db.records.residents import Resident
from village_app.resources import resource
from village_app.services.register.resident_list import PeopleFilter
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.imports.dialogs import HeaderDialog, NamesDialog, RulesDialog
from village_app.ui.pages.imports.rows import LIGHTS
from village_app.ui.pages.register.duplicates import DuplicatesPage
from village_app.ui.pages.tick_dialog import TickDialog

__all__ = ["application", "hall", "wear"]


def test_story_two_a_roster_new_telephones_members_and_one_import_taken_back(hall: Hall) -> None:
    page = hall.read(resource("sample", "三组户籍花名册.xlsx"))
    assert "写入时会新建" in page.matching.banner.accessibleName()
    found = hall.trial(page)
    assert (found["new"], found["error"], found["all"]) == (72, 0, 72)
    hall.write(page)
    assert page.done.title.text() == "已写入：新增 72 人，更新 0 人"
    before = phones(hall.village)

    page = hall.read(resource("sample", "电话更新.csv"))
    found = hall.trial(page)
    assert (found["update"], found["new"], found["error"]) == (25, 3, 3)
    assert page.wizard.on.accessibleName() == "写入 28 行（新增 3，更新 25）"
    hall.write(page)
    after = phones(hall.village)
    assert sum(after[number] != phone for number, phone in before.items()) == 25
    assert len(after) == 75

    page = hall.read(resource("sample", "党员名册.xls"))
    found = hall.trial(page)
    assert found["update"] == 12
    assert found["open"] > 0
    hall.write(page)
    assert phones(hall.village) == after
    members = hall.village.store.select(Resident).where(Resident.politics == "01")
    assert members.count() == 12

    edited = next(person for person in hall.village.store.rows(
        hall.village.store.select(Resident)) if person.id_number not in before)  # fmt: skip
    hall.village.residents.correct(edited, {"address": "三组99号"})
    page.restart()
    history = page.history
    second = next(batch for batch in hall.village.imports.batches_of("residents")
                  if batch.file_name == "电话更新.csv")  # fmt: skip
    history.table.choose(second.id)
    hall.answers.answers.append("undo")
    history.take_back_button.click()
    hall.rest(page)
    opened(page, TickDialog).save()
    hall.rest(page)
    now = phones(hall.village)
    assert {number: now[number] for number in before} == before
    assert set(now) - set(before) == {edited.id_number}
    assert hall.village.journal.verify().is_whole


def test_a_cell_is_put_right_in_the_grid_and_the_counts_follow(hall: Hall, tmp_path: Path) -> None:
    wrong = [HEAD, ["陈大文", CHEN[:-1] + "1", "13812341234", "三组"], ["李花", LI, "", "三组"]]
    page = hall.read(workbook(tmp_path / "册.xlsx", wrong))
    found = hall.trial(page)
    assert found["error"] == 1
    trial = page.trial
    focus = trial.grid.focus_cell()
    assert focus is not None
    assert focus.column is not None
    assert (focus.row.number, focus.column.key) == (2, "id_number")
    assert focus.row.reason.endswith("校验位应为 X，请对照证件核对。")
    index = trial.grid.view.currentIndex()
    trial.grid.model.setData(index, CHEN, Qt.ItemDataRole.EditRole)
    hall.rest(page)
    assert counts(page)["error"] == 0
    assert page.wizard.on.accessibleName().startswith("写入 2 行")
    assert not page.errors_button.isEnabled()
    hall.write(page)
    assert set(phones(hall.village)) == {CHEN, LI}


def test_rows_with_errors_go_out_are_put_right_and_only_those_come_in(
    hall: Hall, tmp_path: Path
) -> None:
    wrong = [HEAD, ["陈大文", CHEN[:-1] + "1", "13812341234", "三组"], ["李花", LI, "", "三组"]]
    page = hall.read(workbook(tmp_path / "册.xlsx", wrong))
    hall.trial(page)
    target = tmp_path / "册（错误行）.xlsx"
    hall.answers.answers.append(target)
    page.errors_button.click()
    hall.rest(page)
    hall.write(page)
    book = load_workbook(target)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == [*HEAD, "原因"]
    sheet["B2"].value = CHEN
    book.save(target)
    page = hall.read(target)
    found = hall.trial(page)
    assert (found["all"], found["new"]) == (1, 1)


def test_a_doubt_is_settled_for_all_of_its_kind(hall: Hall, tmp_path: Path) -> None:
    for name, birth in (("陈大文", "1985-06-30"), ("李花", "1986-05-12")):
        hall.village.residents.register({"name": name, "birth": birth})
    rows = [["姓名", "出生日期", "电话"], ["陈大文", "1985-06-30", "13812341234"],
            ["李花", "1986-05-12", "13812341235"]]  # fmt: skip
    page = hall.read(workbook(tmp_path / "册.xlsx", rows))
    assert hall.trial(page)["suspected"] == 2
    page.trial.alike.setChecked(True)
    page.trial.take_way("update")
    hall.rest(page)
    found = counts(page)
    assert (found["suspected"], found["update"]) == (0, 2)
    hall.write(page)
    assert hall.village.residents.count() == 2


def test_the_header_is_moved_by_a_click_and_remembered(hall: Hall, tmp_path: Path) -> None:
    rows = [["名册"], ["张三", "李四", "王五"], HEAD, ["陈大文", CHEN, "", "三组"]]
    path = workbook(tmp_path / "册.xlsx", rows)
    page = hall.read(path)
    page.matching.point_at_header()
    dialog = opened(page, HeaderDialog)
    dialog.lines.selectRow(2)
    dialog.take()
    hall.qtbot.waitUntil(lambda: session_of(page).plan.table.header_rows == (3,), timeout=LONG)
    hall.trial(page)
    hall.write(page)
    page = hall.read(workbook(tmp_path / "又一册.xlsx", [*rows[:3], ["李花", LI, "", "三组"]]))
    assert "照上次对好" in page.matching.banner.accessibleName()


def test_a_column_becomes_a_field_of_the_village_s_own(hall: Hall, tmp_path: Path) -> None:
    rows = [[*HEAD, "宅基地证号"], ["陈大文", CHEN, "", "三组", "宅0312"]]
    page = hall.read(workbook(tmp_path / "册.xlsx", rows))
    choice = page.matching.columns_list.choices["宅基地证号"]
    choice.setCurrentIndex(choice.findData("+"))
    choice.activated.emit(choice.currentIndex())
    dialog = opened(page, FormDialog)
    assert dialog.form.editor("name").value() == "宅基地证号"
    dialog.save()
    hall.qtbot.waitUntil(
        lambda: any(one.label == "宅基地证号" for one in session_of(page).columns()), timeout=LONG
    )
    hall.trial(page)
    hall.write(page)
    (person,) = hall.village.resident_list.people(PeopleFilter(words="宅0312"))
    assert person.name == "陈大文"


def test_an_unknown_group_is_taken_for_one_that_is_there(hall: Hall, tmp_path: Path) -> None:
    hall.village.places.add("陈屋")
    rows = [HEAD, ["陈大文", CHEN, "", "陈屋村"]]
    page = hall.read(workbook(tmp_path / "册.xlsx", rows))
    page.matching.settle_names()
    dialog = opened(page, NamesDialog)
    combo = dialog.choices[0]
    combo.setCurrentIndex(combo.findData("陈屋"))
    dialog.take()
    hall.rest(page)
    hall.trial(page)
    hall.write(page)
    assert [group.name for group in hall.village.places.groups()] == ["陈屋"]


def test_each_field_has_its_own_rule_and_a_blank_never_erases(hall: Hall, tmp_path: Path) -> None:
    hall.village.residents.register(
        {"name": "陈大文", "id_number": CHEN, "phone": "13800001111", "address": "一组1号"}
    )
    rows = [["姓名", "身份证号", "电话", "住址", "备注"],
            ["陈大文", CHEN, "13900002222", "二组2号", ""]]  # fmt: skip
    page = hall.read(workbook(tmp_path / "册.xlsx", rows))
    page.matching.set_rules()
    dialog = opened(page, RulesDialog)
    for name, rule in (("phone", "overwrite"), ("address", "keep")):
        combo = dialog.choices[name]
        combo.setCurrentIndex(combo.findData(rule))
    dialog.take()
    hall.rest(page)
    hall.trial(page)
    hall.write(page)
    (person,) = hall.village.store.rows(hall.village.store.select(Resident))
    assert (person.phone, person.address) == ("13900002222", "一组1号")


def test_members_and_agenda_come_in_by_the_same_wizard(hall: Hall, tmp_path: Path) -> None:
    body = hall.village.bodies.listed()[0]
    people = [
        ["姓名", "职务", "任期从"],
        *([f"陈{mark}", "代表", "2026-01-01"] for mark in "甲乙丙丁"),
    ]
    path = workbook(tmp_path / "成员.xlsx", people)
    page = hall.read(path, "import-members", body.id)
    assert hall.trial(page)["new"] == 4
    hall.write(page)
    page = hall.read(path, "import-members", body.id)
    assert "已于" in page.matching.banner.accessibleName()
    assert hall.trial(page)["suspected"] == 4


def test_an_empty_list_is_saved_filled_in_and_its_samples_stay_out(
    hall: Hall, tmp_path: Path
) -> None:
    page = hall.go("import")
    target = tmp_path / "空表.xlsx"
    hall.answers.answers.append(target)
    page.save_template()
    hall.rest(page)
    book = load_workbook(target)
    sheet = book["填表"]
    sheet.cell(6, 2).value = "陈大文"
    book.save(target)
    page = hall.read(target)
    assert hall.trial(page)["all"] == 1


def test_two_entries_are_merged_and_told_apart_on_the_page_of_doubles(hall: Hall) -> None:
    for name, birth in (("陈大文", "1985-06-30"), ("李花", "1986-05-12")):
        for address in ("一组1号", "二组2号"):
            hall.village.residents.register({"name": name, "birth": birth, "address": address})
    assert hall.window.shell is not None
    hall.window.shell.go("duplicates")
    page = hall.window.shell.page()
    assert isinstance(page, DuplicatesPage)
    hall.qtbot.waitUntil(lambda: page.table.count() == 2, timeout=LONG)
    page.entries.choice.choose("address", "drop")
    page.merge_button.click()
    assert page.table.count() == 1
    assert hall.village.residents.count() == 3
    page.apart_button.click()
    assert page.table.count() == 0
    assert hall.village.duplicates.scan() == []


def test_every_state_has_its_light() -> None:
    assert set(LIGHTS) == {"new", "update", "same", "suspected", "error", "skipped"}
