"""The form: faults all at once, links to fields, drafts, masked numbers, Enter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import press, retype
from village_app.domain.kinds import (
    FLAG,
    IDENTITY_NUMBER,
    LONG_TEXT,
    MONEY,
    PERSON_NAME,
    PHONE,
    TEXT,
    Choice,
    Day,
    FieldDeclaration,
    Option,
    Reference,
    options_of,
)
from village_app.errors import Fault, InvalidInput
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.form import RecordForm
from village_app.ui.pictures import grab

TODAY = date(2026, 11, 24)
SEXES = Choice(options_of([("male", "男"), ("female", "女")]))
PEOPLES = Choice(tuple(Option(f"p{n}", f"民族{n}") for n in range(20)))
FIELDS = (
    FieldDeclaration("name", "姓名", PERSON_NAME, required=True),
    FieldDeclaration("number", "证件号码", IDENTITY_NUMBER, required=True, sensitivity="sensitive"),
    FieldDeclaration("sex", "性别", SEXES, required=True),
    FieldDeclaration("people", "民族", PEOPLES),
    FieldDeclaration("born", "出生日期", Day("past", lambda: TODAY)),
    FieldDeclaration("fee", "金额", MONEY),
    FieldDeclaration("member", "是党员", FLAG),
    FieldDeclaration("phone", "电话", PHONE, hint="可填多个，用空格隔开"),
    FieldDeclaration("note", "备注", LONG_TEXT),
    FieldDeclaration("house", "所属户", Reference("household")),
    FieldDeclaration("inner", "内部码", TEXT, in_form=False),
)
GOOD = {"name": "吴国标", "number": "441900196603051237", "sex": "male"}


class Houses:
    """Two households to refer to."""

    known: ClassVar[dict[int, str]] = {7: "吴国标户", 8: "吴国强户"}

    def name(self, record: str, key: int) -> str:
        assert record == "household"
        return self.known[key]

    def find(self, record: str, text: str) -> Sequence[tuple[int, str]]:
        return [(key, name) for key, name in self.known.items() if text in name]


@pytest.fixture
def form(application: QApplication, qtbot: QtBot) -> RecordForm:
    made = RecordForm(FIELDS, lines=[("name", "sex"), ("number",)], references=Houses())
    qtbot.addWidget(made)
    made.show()
    return made


def type_into(form: RecordForm, name: str, text: str) -> None:
    retype(form.editor(name).control, text)


def links(form: RecordForm) -> list[str]:
    return [b.text() for b in form.faults.findChildren(Button) if b.isVisible()]


def test_all_faults_are_said_at_once_under_the_fields_and_as_links(form: RecordForm) -> None:
    form.set_values({"number": None})
    form.editor("number").set_raw("441900196603051234")
    with pytest.raises(InvalidInput) as refused:
        form.values()
    faults = {fault.field: fault.code for fault in refused.value.faults}
    assert set(faults) == {"name", "number", "sex"}
    assert faults["name"] == "required"
    assert form.note_of("name") == "姓名不能空。"
    assert "校验位" in form.note_of("number")
    assert form.faults.isVisible()
    assert len(links(form)) == 3
    assert form.editor("number").control.property("faulty")


def test_a_link_goes_to_its_field(form: RecordForm, qtbot: QtBot) -> None:
    with pytest.raises(InvalidInput):
        form.values()
    button = form.faults.findChildren(Button)[1]
    button.click()
    assert form.editor("number").control.hasFocus()


def test_nothing_that_was_typed_is_cleared_by_a_fault(form: RecordForm) -> None:
    form.editor("number").set_raw("44190019660305123")
    with pytest.raises(InvalidInput):
        form.values()
    assert form.editor("number").raw() == "44190019660305123"


def test_changing_a_field_takes_its_fault_away_and_leaves_the_others(
    form: RecordForm, qtbot: QtBot
) -> None:
    with pytest.raises(InvalidInput):
        form.values()
    type_into(form, "name", "吴国标")
    assert form.fault_of("name") is None
    assert form.fault_of("sex") is not None
    assert [text for text in links(form) if "姓名" in text] == []


def test_faults_of_the_service_are_shown_like_the_forms_own(form: RecordForm) -> None:
    form.set_faults([Fault("phone", "taken", "这个电话已登记给 吴国强"), Fault("", "x", "户满了")])
    assert form.note_of("phone") == "这个电话已登记给 吴国强"
    assert form.editor("phone").control.hasFocus()
    assert "电话：这个电话已登记给 吴国强" in links(form)


def test_values_come_back_as_they_were_given(form: RecordForm) -> None:
    given = {
        **GOOD,
        "people": "p3",
        "born": date(1966, 3, 5),
        "fee": 350_000,
        "member": True,
        "phone": "13800005678",
        "note": "第一行\n第二行",
        "house": 7,
    }
    form.set_values(given)
    assert form.values() == given
    assert form.dirty is False


def test_fields_that_are_not_for_forms_are_left_out(form: RecordForm) -> None:
    form.set_values({**GOOD, "inner": "x"})
    assert "inner" not in form.values()


def test_days_are_typed_as_people_say_them_and_read_back_below(
    form: RecordForm, qtbot: QtBot
) -> None:
    form.set_values(GOOD)
    type_into(form, "born", "8.3")
    assert form.note_of("born") == "2026-08-03，星期一，农历六月廿一"
    assert form.values()["born"] == date(2026, 8, 3)


def test_a_day_that_is_written_in_full_is_not_repeated(form: RecordForm) -> None:
    form.set_values({"born": date(2026, 8, 3)})
    assert form.note_of("born") == "星期一，农历六月廿一"


def test_leaving_a_field_says_at_once_what_cannot_be_read(form: RecordForm, qtbot: QtBot) -> None:
    type_into(form, "born", "2月30")
    form.editor("name").control.setFocus()
    fault = form.fault_of("born")
    assert fault is not None
    assert fault.message == form.note_of("born")


def test_leaving_a_required_field_blank_is_said_only_when_saving(form: RecordForm) -> None:
    form.editor("name").control.setFocus()
    form.editor("fee").control.setFocus()
    assert form.fault_of("name") is None


def test_enter_goes_to_the_next_field_in_the_order_of_the_lines(
    form: RecordForm, qtbot: QtBot
) -> None:
    form.focus_first()
    press(form.editor("name").control, Qt.Key.Key_Return)
    assert form.editor("sex").control.hasFocus()
    press(form.editor("sex").control, Qt.Key.Key_Return)
    assert form.editor("number").control.hasFocus()


def test_enter_in_the_last_field_tells_the_page(form: RecordForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.last_field_entered):
        press(form.editor("house").control, Qt.Key.Key_Return)


def test_tab_follows_the_lines(form: RecordForm) -> None:
    first, second = form.editor("name").control, form.editor("sex").control
    following: QWidget | None = first.nextInFocusChain()
    while following is not None and following.focusPolicy() == Qt.FocusPolicy.NoFocus:
        following = following.nextInFocusChain()
    assert following is second


def test_a_form_is_dirty_from_the_first_key(form: RecordForm, qtbot: QtBot) -> None:
    form.set_values(GOOD)
    with qtbot.waitSignal(form.dirty_changed) as changed:
        type_into(form, "phone", "1")
    assert changed.args == [True]
    assert form.dirty
    form.set_clean()
    assert not form.dirty


def test_a_draft_keeps_even_what_cannot_be_read(form: RecordForm) -> None:
    form.set_values(GOOD)
    form.editor("born").set_raw("去年夏天")
    form.editor("house").set_value(8)
    draft = form.draft()
    form.clear()
    form.restore_draft(draft)
    assert form.dirty
    assert form.editor("born").raw() == "去年夏天"
    assert form.editor("house").value() == 8
    assert form.editor("sex").value() == "male"


def test_a_masked_number_is_asked_for_and_not_among_the_values(
    form: RecordForm, qtbot: QtBot
) -> None:
    form.set_values({"name": "吴国标", "sex": "male"}, masked={"number": "4419**********1237"})
    assert "number" not in form.values()
    assert "number" not in form.draft()
    control = form.editor("number").control
    assert isinstance(control, QLineEdit)
    assert control.isReadOnly()
    reveal = next(b for b in form.findChildren(Button) if b.text() == "看全号" and b.isVisible())
    with qtbot.waitSignal(form.reveal_requested) as asked:
        reveal.click()
    assert asked.args == ["number"]
    form.reveal("number", GOOD["number"])
    assert not control.isReadOnly()
    assert form.values()["number"] == GOOD["number"]
    assert not reveal.isVisible()


def test_read_only_forms_let_nobody_type(form: RecordForm) -> None:
    form.set_values(GOOD)
    form.set_read_only(True)
    type_into(form, "name", "someone else")
    assert form.values()["name"] == "吴国标"


def test_long_lists_of_options_are_typed_into(form: RecordForm, qtbot: QtBot) -> None:
    form.set_values(GOOD)
    form.editor("people").set_raw("民族12")
    assert form.values()["people"] == "p12"
    form.editor("people").set_raw("没有的族")
    with pytest.raises(InvalidInput):
        form.values()


def test_an_option_no_longer_offered_stays_readable(form: RecordForm) -> None:
    form.set_values({**GOOD, "sex": "unknown_code"})
    assert form.values()["sex"] == "unknown_code"


def test_a_reference_is_taken_only_when_it_was_found(form: RecordForm, qtbot: QtBot) -> None:
    form.set_values(GOOD)
    type_into(form, "house", "吴国")
    with pytest.raises(InvalidInput) as refused:
        form.values()
    assert refused.value.faults[0].code == "not_chosen"
    type_into(form, "house", "吴国强")
    assert form.values()["house"] == 8


def test_an_untouched_flag_stays_blank(form: RecordForm) -> None:
    form.set_values({**GOOD, "member": None})
    assert form.values()["member"] is None
    form.editor("member").control.click()  # type: ignore[attr-defined]  # a check box
    assert form.values()["member"] is True


def test_narrow_forms_put_every_field_on_its_own_line(form: RecordForm) -> None:
    def top(name: str) -> int:
        return form.editor(name).mapTo(form, QPoint(0, 0)).y()

    grab(form, (700, 900))
    assert top("name") == top("sex")
    form.set_narrow(True)
    grab(form, (700, 900))
    assert top("name") < top("sex")


def test_a_sentence_of_the_page_explains_a_value(application: QApplication, qtbot: QtBot) -> None:
    form = RecordForm(
        [FieldDeclaration("fee", "金额", MONEY)], explain={"fee": lambda fen: f"{fen} 分"}
    )
    qtbot.addWidget(form)
    form.set_values({"fee": 12_345})
    assert form.note_of("fee") == "12345 分"
