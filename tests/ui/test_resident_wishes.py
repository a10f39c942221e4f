"""What can be done with people from the menu 更多: events, groups, labels, one of two entries."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.services.family import Family
from tests.ui.hands import press, retype
from tests.ui.register_desk import Sitting, press_button
from tests.ui.register_family import (
    chip,
    family,
    households,
    people,
    shown_names,
    sitting,
    village,
    wish,
)
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.register.merge_person import MergePersonDialog
from village_app.ui.pages.register.residents import ResidentsPage

__all__ = ["family", "households", "people", "sitting", "village"]


def test_a_move_out_of_last_month_lowers_the_count_and_the_earlier_day_keeps_it(
    people: ResidentsPage, sitting: Sitting
) -> None:
    wish(people, "记出生、迁移、婚姻、死亡")
    dialog = people.events.dialog
    assert isinstance(dialog, FormDialog)
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
    sitting.village.life_events.enter(family.daughter, {"kind": "marriage", "day": "2025-12-10"})
    people.open_record(family.daughter.id)
    sitting.answers.answers = ["remove"]
    wish(people, "更正人口变动")
    assert sitting.village.life_events.of(family.daughter) == []
    assert sitting.said[-1] == "已去掉"


def test_a_label_given_in_the_window_is_a_filter_together_with_the_group(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    other = sitting.village.places.find_group("一组") or sitting.village.places.add("一组")
    stranger = sitting.village.residents.register({"name": "何伯", "group_id": str(other.id)})
    sitting.village.labels.give(stranger, "label:独居老人", {"from_day": "2025-01-01"})
    wish(people, "加职务或标签")
    dialog = people.moves.dialog
    assert isinstance(dialog, FormDialog)
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
    sitting.answers.answers = ["end"]
    wish(people, "结束或改标签")
    dialog = people.moves.dialog
    assert isinstance(dialog, FormDialog)
    dialog.save()
    [held] = sitting.village.labels.of(family.daughter)
    assert held.to_day == date(2026, 1, 12)
    assert [one.word for one in sitting.village.labels.in_use()] == ["志愿者"]
    assert sitting.village.labels.in_use(date(2026, 1, 13)) == []


def test_many_people_get_a_label_and_a_group_with_one_undo_each(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    other = sitting.village.places.find_group("一组") or sitting.village.places.add("一组")
    sitting.village.labels.give(family.son, "label:志愿者", {"from_day": "2025-01-01"})
    people.refresh()
    people.table.view.selectAll()
    wish(people, "都加一个职务或标签")
    assert isinstance(people.many.dialog, FormDialog)
    assert people.many.dialog.accessibleName() == "给 6 人加职务或标签"
    people.many.dialog.form.editor("key").set_raw("志愿者")
    people.many.dialog.save()
    assert sitting.said[-1] == "已给 5 人加标签，1 人本来就是"
    assert sitting.village.labels.in_use()[0].count == 6
    people.table.view.selectAll()
    wish(people, "都改成一样")
    assert isinstance(people.many.dialog, FormDialog)
    people.many.dialog.form.editor("group_id").set_raw("一组")
    retype(people.many.dialog.form.editor("day").control, "2025-12-10")
    people.many.dialog.save()
    assert sitting.said[-1] == "已给 6 人修改"
    assert sitting.village.residents.get(family.son.id).group_id == other.id
    assert sitting.village.life_events.count_on(date(2025, 12, 9), other.id) == 0
    assert sitting.village.life_events.count_on(date(2025, 12, 10), other.id) == 6
    sitting.village.undo()
    assert sitting.village.residents.get(family.son.id).group_id == family.household.group_id
    sitting.village.undo()
    assert sitting.village.labels.in_use()[0].count == 1


def test_a_new_group_of_last_month_leaves_the_earlier_list_as_it_was(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    sitting.village.places.add("一组")
    wish(people, "换小组")
    dialog = people.events.dialog
    assert isinstance(dialog, FormDialog)
    assert dialog.form.editor("from_group_id").raw() == "三组"
    dialog.form.editor("to_group_id").set_raw("一组")
    retype(dialog.form.editor("day").control, "2025-12-10")
    press_button(dialog, "存")
    assert sitting.said[-1] == "已记 陈丽华 2025-12-10 三组换到一组"
    chip(people.filters.chips, "三组")
    assert len(shown_names(people)) == 5
    retype(people.filters.day, "2025-12-09")
    press(people.filters.day, Qt.Key.Key_Return)
    assert len(shown_names(people)) == 6


def test_a_group_that_was_only_wrong_counts_from_the_beginning(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    other = sitting.village.places.add("一组")
    sitting.village.residents.correct(family.daughter, {"group_id": str(other.id)})
    people.open_record(family.daughter.id)
    sitting.answers.answers = ["always"]
    wish(people, "更正人口变动")
    assert sitting.answers.asked[-1].title == "2026-01-12 三组换到一组"
    assert dict(sitting.village.life_events.by_group(date(2025, 12, 9))) == {"一组": 1, "三组": 5}


def test_a_person_is_merged_with_an_entry_that_the_scan_does_not_pair(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    other = sitting.village.residents.register({"name": "陈丽花", "phone": "13812341234"})
    assert sitting.village.duplicates.scan() == []
    wish(people, "和另一条记录合并")
    dialog = people.moves.dialog
    assert isinstance(dialog, MergePersonDialog)
    assert not dialog.merge_button.isEnabled()
    line = dialog.form.editor("other").control
    line.setFocus()
    QTest.keyClicks(line, "clh")
    dialog.form.editor("other").set_value(other.id)
    dialog.form.edited.emit()
    assert dialog.entries.choice.choices()["name"] == "keep"
    dialog.entries.choice.choose("name", "drop")
    press_button(dialog, "合并成一人")
    assert sitting.said[-1] == "已合并成一人：陈丽花"
    kept = sitting.village.residents.get(family.daughter.id)
    assert (kept.name, kept.phone) == ("陈丽花", "13812341234")
    assert sitting.village.residents.count() == 6
    people.desk.undo()
    assert sitting.village.residents.get(family.daughter.id).name == "陈丽华"
    assert sitting.village.residents.get(other.id).phone == "13812341234"


def test_two_chosen_rows_are_merged_and_himself_is_no_other_entry(
    people: ResidentsPage, sitting: Sitting, family: Family
) -> None:
    sitting.village.residents.register({"name": "陈丽华", "phone": "13812341234"})
    people.refresh()
    people.search.setText("陈丽华")
    people.show_rows()
    people.table.view.selectAll()
    wish(people, "这两条合并成一人")
    dialog = people.many.dialog
    assert isinstance(dialog, MergePersonDialog)
    dialog.form.editor("other").set_value(dialog._person.id)
    dialog.form.edited.emit()
    assert dialog.refusal.text() == "这就是本人这一条，请另选一条。"
    assert not dialog.merge_button.isEnabled()
    dialog.reject()
    wish(people, "这两条合并成一人")
    assert isinstance(people.many.dialog, MergePersonDialog)
    people.many.dialog.merge_button.click()
    assert sitting.village.residents.count() == 6
