"""居民台账 and 户台账 by their own controls, over a real village."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.family import Family, family_of_six
from tests.ui.hands import click, press, retype
from tests.ui.register_desk import Sitting, press_button
from village_app.opening import NewVillage, create_village
from village_app.ui.kit.chips import ChipRow
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.register.household_dialogs import HeadDialog, MergeDialog, SplitDialog
from village_app.ui.pages.register.households import HouseholdsPage
from village_app.ui.pages.register.residents import ResidentsPage
from village_app.ui.printing import PrintJob
from village_app.village import Village


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role="admin+secretary+clerk")
    clock = TurningClock(datetime(2026, 1, 12, 0, 40, tzinfo=UTC))
    opened, _ = create_village(tmp_path / "村", wish, clock=clock, cost=QUICK)
    yield opened
    opened.close()


@pytest.fixture
def family(village: Village) -> Family:
    return family_of_six(village)


@pytest.fixture
def sitting(village: Village) -> Sitting:
    return Sitting(village)


@pytest.fixture
def people(sitting: Sitting, family: Family, tmp_path: Path, qtbot: QtBot) -> ResidentsPage:
    page = sitting.open(ResidentsPage, tmp_path, qtbot)
    page.open_record(family.daughter.id)
    return page


@pytest.fixture
def households(sitting: Sitting, family: Family, tmp_path: Path, qtbot: QtBot) -> HouseholdsPage:
    page = sitting.open(HouseholdsPage, tmp_path, qtbot)
    page.open_record(family.household.id)
    return page


def chip(row: ChipRow, word: str) -> None:
    """Click the chip that begins with a word."""
    click(next(one for one in row.buttons() if one.text().startswith(word)))


def shown_names(page: ResidentsPage) -> list[str]:
    source = page.filters.chosen()
    listing = page.desk.village.resident_list.listed(source)
    assert listing.count() == page.table.count()
    return [row.values["name"] for row in listing.window(0, 50)]


# 居民台账


def test_a_move_out_of_last_month_lowers_the_count_and_the_earlier_day_keeps_it(
    people: ResidentsPage, sitting: Sitting
) -> None:
    sitting.answers.answers = ["event"]
    press_button(people, "更多")
    dialog = people.moves.dialog
    assert dialog is not None
    dialog.form.editor("kind").set_raw("迁出")
    retype(dialog.form.editor("day").control, "2025-12-10")
    press_button(dialog, "存")
    assert sitting.said[-1] == "已记 陈丽华迁出"
    assert "陈丽华" not in shown_names(people)
    assert sitting.village.residents.count() == 5
    retype(people.filters.day, "2025-12-09")
    press(people.filters.day, Qt.Key.Key_Return)
    assert people.filters.as_of == date(2025, 12, 9)
    assert len(shown_names(people)) == 6
    people.filters.day.clear()
    assert len(shown_names(people)) == 5


def test_a_wrong_event_is_taken_away_by_its_own_menu(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    event = sitting.village.life_events.enter(
        family.daughter, {"kind": "marriage", "day": "2025-12-10"}
    )
    people.open_record(family.daughter.id)
    sitting.answers.answers = ["correct_event", str(event.id), "remove"]
    click(people.detail.more_button)
    assert sitting.village.life_events.of(family.daughter) == []
    assert sitting.said[-1] == "已去掉"


def test_a_label_given_in_the_window_is_a_filter_together_with_the_group(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    other = sitting.village.places.find_group("一组") or sitting.village.places.add("一组")
    stranger = sitting.village.residents.register({"name": "何伯", "group_id": str(other.id)})
    sitting.village.labels.give(stranger, "label:独居老人", {"from_day": "2025-01-01"})
    sitting.answers.answers = ["label"]
    click(people.detail.more_button)
    dialog = people.moves.dialog
    assert dialog is not None
    dialog.form.editor("key").set_raw("独居老人")
    dialog.save()
    chip(people.filters.labels, "独居老人")
    assert set(shown_names(people)) == {"陈丽华", "何伯"}
    chip(people.filters.chips, "三组")
    assert shown_names(people) == ["陈丽华"]
    chip(people.filters.labels, "独居老人")
    assert len(shown_names(people)) == 6


def test_a_label_ends_with_a_day_that_still_counts(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    sitting.village.labels.give(family.daughter, "label:志愿者", {"from_day": "2025-01-01"})
    people.open_record(family.daughter.id)
    sitting.answers.answers = ["end_label", "end"]
    click(people.detail.more_button)
    dialog = people.moves.dialog
    assert dialog is not None
    dialog.save()
    [held] = sitting.village.labels.of(family.daughter)
    assert held.to_day == date(2026, 1, 12)
    assert [one.word for one in sitting.village.labels.in_use()] == ["志愿者"]
    assert sitting.village.labels.in_use(date(2026, 1, 13)) == []


def test_a_wrong_check_digit_is_named_as_soon_as_the_keyboard_leaves(
    people: ResidentsPage, qtbot: QtBot
) -> None:
    press_button(people, "登记居民")
    form = people.form
    retype(form.editor("name").control, "张明")
    retype(form.editor("id_number").control, "441900198506301231")
    form.editor("id_number").left.emit()
    fault = form.fault_of("id_number")
    assert fault is not None
    assert "X" in fault.message
    retype(form.editor("id_number").control, "44190019850630123x")
    form.editor("id_number").left.emit()
    assert form.editor("id_number").value() == "44190019850630123X"
    assert form.editor("birth").value() == date(1985, 6, 30)
    assert form.editor("sex").value() == "1"


def test_a_person_of_a_group_and_a_household_is_entered_by_keys(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    press_button(people, "登记居民")
    form = people.form
    retype(form.editor("name").control, "周小燕")
    retype(form.editor("other_phones").control, "13812341234 13900005678")
    household = form.editor("household_id").control
    household.setFocus()
    QTest.keyClicks(household, "030001")
    form.editor("relation").set_raw("儿媳")
    form.editor("group_id").set_raw("三组")
    press_button(people, "存")
    person = sitting.village.residents.get(sitting.village.residents.find("zxy")[0].id)
    assert person.household_id == family.household.id
    assert person.group_id == family.household.group_id
    assert (person.relation, person.other_phones) == ("38", "13812341234、13900005678")


def test_the_order_of_the_list_is_chosen_from_its_foot(
    people: ResidentsPage, sitting: Sitting
) -> None:
    sitting.answers.answers = ["surname_strokes"]
    people.filters.choose_order()
    # 林 8, 陈 7, 黄 11 strokes.
    assert [name[0] for name in shown_names(people)] == ["陈", "陈", "陈", "陈", "林", "黄"]
    assert people.filters.order_words() == "按姓氏笔画排"


def test_enter_lists_everything_and_a_line_opens_its_record(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    issue = sitting.village.issues.log(
        {"heading": "路灯不亮", "reporter_id": str(family.daughter.id)}
    )
    press(people.table.view, Qt.Key.Key_Return)
    assert people.whole.currentIndex() == 1
    assert people.dossier.table.count() == 1
    press(people.dossier.table.view, Qt.Key.Key_Return)
    assert sitting.went[-1] == ("issues", issue.id)
    press(people.dossier, Qt.Key.Key_Escape)
    assert people.whole.currentIndex() == 0


def test_three_files_dropped_on_a_person_are_kept_opened_and_printed(
    people: ResidentsPage,
    sitting: Sitting,
    family: Family,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from PIL import Image

    paths = [tmp_path / f"材料{number}.png" for number in range(3)]
    for shade, path in enumerate(paths):
        Image.new("RGB", (20, 20), (shade, 0, 0)).save(path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel = people.detail.files
    panel.dropEvent(event)
    qtbot.waitUntil(lambda: "已附上 3 个文件" in sitting.said)
    kept = sitting.village.attachments.of(family.daughter)
    assert [one.name for one in kept] == ["材料0.png", "材料1.png", "材料2.png"]
    assert sitting.village.next_undo() == "附上 3 个文件：居民陈丽华"
    jobs: list[PrintJob] = []

    class OnePrinter:
        def names(self) -> list[str]:
            return ["前台"]

        def print_out(self, job: PrintJob) -> int:
            jobs.append(job)
            return 1

    panel.printing.printers = OnePrinter()
    panel.print(kept[0])
    assert panel.printing.dialog is not None
    panel.printing.dialog.save()
    assert jobs[0].data.startswith(b"%PDF")
    opened: list[QUrl] = []

    def take(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("village_app.ui.pages.files_panel.QDesktopServices.openUrl", take)
    panel.open(kept[1])
    assert Path(opened[0].toLocalFile()).read_bytes() == paths[1].read_bytes()
    panel.take_off(kept[2])
    assert len(sitting.village.attachments.of(family.daughter)) == 2


def test_the_roster_of_what_the_list_shows_is_saved_with_the_chosen_columns(
    people: ResidentsPage, sitting: Sitting, tmp_path: Path, qtbot: QtBot
) -> None:
    sitting.answers.paths = (tmp_path / "x",)
    press_button(people, "名册")
    dialog = people.roster
    assert dialog is not None
    chip(dialog.columns, "备注")
    chip(dialog.columns, "住址")
    assert "note" in dialog.chosen_columns()
    assert "address" not in dialog.chosen_columns()
    dialog.save_pdf()
    qtbot.waitUntil(lambda: len(sitting.said) > 0)
    assert sitting.said[-1] == "已存 居民名册-20260112-0840-陈丽珍.pdf"
    press_button(people, "名册")
    assert people.roster is not None
    people.roster.export()
    qtbot.waitUntil(lambda: sitting.said[-1].endswith(".xlsx"))
    assert (tmp_path / "居民名册-20260112-0840-陈丽珍.xlsx").exists()


def test_many_people_get_a_label_and_a_group_with_one_undo_each(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    other = sitting.village.places.find_group("一组") or sitting.village.places.add("一组")
    sitting.village.labels.give(family.son, "label:志愿者", {"from_day": "2025-01-01"})
    people.refresh()
    people.table.view.selectAll()
    sitting.answers.answers = ["label"]
    click(people.detail.more_button)
    assert sitting.answers.asked[-1].title == "选中的 6 人"
    assert people.many.dialog is not None
    people.many.dialog.form.editor("key").set_raw("志愿者")
    people.many.dialog.save()
    assert sitting.said[-1] == "已给 5 人加标签，1 人本来就是"
    assert sitting.village.labels.in_use()[0].count == 6
    people.table.view.selectAll()
    sitting.answers.answers = ["fields"]
    click(people.detail.more_button)
    people.many.dialog.form.editor("group_id").set_raw("一组")
    people.many.dialog.save()
    assert sitting.said[-1] == "已给 6 人修改"
    assert sitting.village.residents.get(family.son.id).group_id == other.id
    sitting.village.undo()
    assert sitting.village.residents.get(family.son.id).group_id == family.household.group_id
    sitting.village.undo()
    assert sitting.village.labels.in_use()[0].count == 1


# 户台账


def test_a_household_of_six_is_split_in_the_window_and_undone_by_one_key(
    households: HouseholdsPage, sitting: Sitting, family: Family
) -> None:
    press_button(households, "分户")
    dialog = households.dialog
    assert isinstance(dialog, SplitDialog)
    for person in (family.son, family.wife, family.grandson):
        click(dialog.boxes[person.id])
    dialog.head.control.setFocus()
    dialog.head.set_value(str(family.son.id))
    dialog.head.edited.emit()
    assert dialog.relations.codes() == {family.wife.id: "12", family.grandson.id: "20"}
    retype(dialog.form.editor("address").control, "三组88号")
    press_button(dialog, "分户")
    assert sitting.said[-1] == "已分户 030002"
    made = sitting.village.household_book.find("030002")[0]
    assert households.table.current_key() == made.id
    assert [one.people for one in sitting.village.household_book.find("0300")] == [3, 3]
    households.desk.undo()
    assert [one.people for one in sitting.village.household_book.find("0300")] == [6]


def test_what_is_missing_is_said_and_the_sheet_stays(
    households: HouseholdsPage, sitting: Sitting, family: Family
) -> None:
    press_button(households, "分户")
    dialog = households.dialog
    assert isinstance(dialog, SplitDialog)
    dialog.save()
    assert dialog.refusal.text() == "还没有勾选谁分出去。"
    click(dialog.boxes[family.father.id])
    click(dialog.boxes[family.mother.id])
    dialog.head.set_value(str(family.father.id))
    dialog.head.edited.emit()
    dialog.save()
    assert "请为留下的人选一位户主" in dialog.refusal.text()
    assert sitting.village.household_book.count() == 1
    dialog.reject()


def test_another_head_is_chosen_and_the_terms_stand_beside(
    households: HouseholdsPage, sitting: Sitting, family: Family
) -> None:
    click(households.detail.head_button)
    dialog = households.dialog
    assert isinstance(dialog, HeadDialog)
    dialog.head.set_value(str(family.mother.id))
    dialog.head.edited.emit()
    dialog.save()
    assert sitting.said[-1] == "已换户主 030001"
    household = sitting.village.household_book.get(family.household.id)
    assert [one.name for one in sitting.village.household_book.heads(household)] == [
        "陈国良",
        "黄桂英",
    ]


def test_two_households_are_merged_with_what_the_heads_are_to_each_other(
    households: HouseholdsPage, sitting: Sitting, family: Family
) -> None:
    person = sitting.village.residents.register({"name": "陈志强", "sex": "1"})
    made = sitting.village.household_moves.found(person, "030009", date(2026, 1, 2))
    households.open_record(made.id)
    sitting.answers.answers = ["merge"]
    click(households.detail.more_button)
    dialog = households.dialog
    assert isinstance(dialog, MergeDialog)
    into = dialog.form.editor("into").control
    into.setFocus()
    QTest.keyClicks(into, "030001")
    dialog.form.editor("relation").set_raw("子")
    dialog.form.edited.emit()
    dialog.save()
    assert sitting.said[-1] == "已并户 030001"
    again = sitting.village.residents.get(person.id)
    assert (again.household_id, again.relation) == (family.household.id, "20")


def test_a_child_is_born_into_the_household(
    households: HouseholdsPage, sitting: Sitting, family: Family
) -> None:
    sitting.answers.answers = ["newcomer"]
    click(households.detail.more_button)
    dialog = households.dialog
    assert isinstance(dialog, FormDialog)
    for name, text in {"event": "出生", "name": "陈乐", "relation": "孙子"}.items():
        dialog.form.editor(name).set_raw(text)
    dialog.save()
    assert sitting.said[-1] == "030001 已添 陈乐"
    child = sitting.village.residents.get(sitting.village.residents.find("陈乐")[0].id)
    assert (child.birth, child.household_id) == (date(2026, 1, 12), family.household.id)


def test_the_door_of_a_household_is_changed_with_its_people(
    households: HouseholdsPage, sitting: Sitting, family: Family
) -> None:
    sitting.answers.answers = ["edit"]
    click(households.detail.more_button)
    dialog = households.dialog
    assert isinstance(dialog, FormDialog)
    retype(dialog.form.editor("address").control, "三组120号")
    dialog.save()
    assert sitting.village.residents.get(family.wife.id).address == "三组120号"


def test_a_group_is_renamed_in_the_tree_and_the_lists_follow(
    households: HouseholdsPage, sitting: Sitting, family: Family
) -> None:
    press_button(households, "小组和网格")
    places = households.places
    assert places is not None
    places.table.choose(family.household.group_id)
    press_button(places, "改名")
    assert places.dialog is not None
    retype(places.dialog.form.editor("name").control, "陈屋小组")
    places.dialog.save()
    places.accept()
    words = [button.text() for button in households.chips.buttons()]
    assert "陈屋小组" in words
    row = sitting.village.household_book.listed().window(0, 1)[0]
    assert row.values["group"] == "陈屋小组"


def test_who_is_gone_is_found_with_the_chip_and_when_asked_for(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    sitting.village.life_events.enter(family.daughter, {"kind": "death", "day": "2026-01-02"})
    people.filters.changed.emit()
    assert "陈丽华" not in shown_names(people)
    chip(people.filters.gone, "含迁出、去世")
    assert "陈丽华" in shown_names(people)
    chip(people.filters.gone, "含迁出、去世")
    people.open_record(family.daughter.id)
    assert people.detail.heading.text() == "陈丽华"
    assert people.table.current_key() == family.daughter.id
