"""户台账 by its own controls, over a real village: split, merged, another head, newcomers."""

from __future__ import annotations

from datetime import date

from PySide6.QtTest import QTest

from tests.services.family import Family
from tests.ui.hands import click, retype
from tests.ui.register_desk import Sitting, press_button
from tests.ui.register_family import family, households, sitting, village, wish
from village_app.ui.pages.form_dialog import FormDialog
from village_app.ui.pages.register.household_dialogs import HeadDialog, MergeDialog, SplitDialog
from village_app.ui.pages.register.households import HouseholdsPage

__all__ = ["family", "households", "sitting", "village"]


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
    wish(households, "并到别户")
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
    wish(households, "添人（出生或迁入）")
    dialog = households.forms.dialog
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
    wish(households, "改户号、门牌、小组")
    dialog = households.forms.dialog
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
