"""居民台账 by its own controls, over a real village: list, form, dossier, files, roster."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.services.family import Family
from tests.ui.hands import CTRL, press, retype
from tests.ui.register_desk import Sitting, press_button
from tests.ui.register_family import chip, family, people, shown_names, sitting, village
from village_app.ui.kit.table_cells import natural_width
from village_app.ui.pages.register.residents import ResidentsPage
from village_app.ui.printing import PrintJob
from village_app.ui.theme import TYPE_SIZES, TypeSize

__all__ = ["family", "people", "sitting", "village"]


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


def test_a_row_chosen_beside_a_form_never_gets_what_was_typed_for_another(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    people.edit()
    retype(people.form.editor("address").control, "三组99号")
    people.table.choose(family.son.id)
    assert people.is_writing
    people.edit()
    assert sitting.said[-1].startswith("这张还没有存")
    press_button(people, "存")
    assert sitting.village.residents.get(family.daughter.id).address == "三组99号"
    assert sitting.village.residents.get(family.son.id).address == "三组12号"


def test_a_form_in_which_nothing_was_typed_gives_way_to_the_next_person(
    people: ResidentsPage, family: Family
) -> None:
    people.edit()
    people.table.choose(family.son.id)
    assert not people.is_writing
    assert people.detail.heading.text() == "陈志明"


def test_what_was_typed_for_a_new_person_comes_back_after_esc(
    people: ResidentsPage, sitting: Sitting, qtbot: QtBot
) -> None:
    with qtbot.waitActive(people):
        people.activateWindow()
    press(people.table.view, Qt.Key.Key_N, CTRL)
    retype(people.form.editor("name").control, "周小燕")
    press_button(people, "不改了")
    assert not people.is_writing
    assert sitting.said[-1] == "没有存。再按 Ctrl+N 接着填"
    press(people.table.view, Qt.Key.Key_N, CTRL)
    assert people.form.editor("name").raw() == "周小燕"


def test_a_draft_of_a_correction_comes_back_as_a_correction(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    people.edit()
    retype(people.form.editor("address").control, "三组99号")
    draft = people.draft()
    assert draft is not None
    people.form.set_clean()
    people.stop_editing()
    people.restore_draft(draft)
    press_button(people, "存")
    assert sitting.village.residents.count() == 6
    assert sitting.village.residents.get(family.daughter.id).address == "三组99号"


def test_another_group_in_the_form_says_from_when_it_counts(
    people: ResidentsPage, sitting: Sitting
) -> None:
    sitting.village.places.add("一组")
    people.edit()
    people.form.editor("group_id").set_raw("一组")
    press_button(people, "存")
    assert sitting.said[-1] == "已改好 陈丽华，今天起三组换到一组"


@pytest.mark.parametrize("type_size", TYPE_SIZES)
def test_numbers_are_whole_in_a_narrow_list_at_every_type_size(
    sitting: Sitting, family: Family, tmp_path: Path, qtbot: QtBot, type_size: TypeSize
) -> None:
    sitting.village.residents.correct(
        family.daughter, {"id_number": "440184198001150483", "phone": "13880808808"}
    )
    people = sitting.open(ResidentsPage, tmp_path, qtbot, type_size)
    people.set_narrow(True)
    view = people.table.view
    columns = {one.key: place for place, one in enumerate(view.records.columns)}
    for key in ("id_number", "phone"):
        index = view.records.index(0, columns[key])
        assert view.columnWidth(columns[key]) >= natural_width(None, str(index.data()))


def test_in_a_narrow_window_enter_goes_to_the_person_and_then_to_the_dossier(
    people: ResidentsPage,
) -> None:
    people.set_narrow(True)
    assert not people.detail.isVisible()
    press(people.table.view, Qt.Key.Key_Return)
    assert people.detail.isVisible()
    assert not people.table.isVisible()
    assert [one.does for one in people.keys][:2] == ["回名单", "往来"]
    press(people.detail, Qt.Key.Key_Return)
    assert people.whole.currentIndex() == 1
    people.close_dossier()
    press(people.detail, Qt.Key.Key_Escape)
    assert people.table.isVisible()


def test_what_no_filter_finds_offers_to_show_everybody(people: ResidentsPage) -> None:
    people.search.setText("没有这个人")
    people.show_rows()
    assert people.table.count() == 0
    press_button(people, "看全部")
    assert people.table.count() == 6
