"""The small painted parts: what they say, what a key or a press does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Shower
from tests.ui.hands import CTRL, press, settle, type_text
from village_app.errors import Fault
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button, IconButton
from village_app.ui.kit.fault_list import FaultList
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key, KeyStrip
from village_app.ui.kit.lights import Light, LightLabel
from village_app.ui.kit.pause import Pause
from village_app.ui.kit.quick_entry import Pill, QuickEntry, Understood
from village_app.ui.kit.sheets import Facts, Sheet
from village_app.ui.kit.templates import DocumentAndPaper, ListAndDetail, SideBySide
from village_app.ui.kit.text import Line, Text


def test_a_button_says_why_it_is_grey(show: Shower) -> None:
    button = Button("打印 3 份", icon="printer", key="Ctrl+P")
    show(button)
    lesson = button.toolTip()
    button.forbid("改好 1、2 两处就能按")
    assert not button.isEnabled()
    assert button.accessibleDescription() == "改好 1、2 两处就能按"
    button.forbid("")
    assert button.isEnabled()
    assert button.toolTip() == lesson
    assert "Ctrl+P" in lesson


def test_a_button_works_by_its_key_wherever_it_is_seen(show: Shower, qtbot: QtBot) -> None:
    pressed: list[int] = []
    sheet = Sheet()
    button = Button("记一件事", key="Ctrl+J", press=lambda: pressed.append(1))
    sheet.add(button)
    show(sheet)
    with qtbot.waitSignal(button.clicked):
        press(sheet, Qt.Key.Key_J, CTRL)
    assert pressed == [1]
    button.hide()
    press(sheet, Qt.Key.Key_J, CTRL)
    assert pressed == [1]


@pytest.mark.parametrize("key", ["Enter", "Tab", "空格"])
def test_keys_that_belong_to_typing_are_shown_but_not_bound(key: str, show: Shower) -> None:
    button = Button("记下", key=key)
    show(button)
    assert button.shortcut().isEmpty()


def test_new_words_keep_the_key(show: Shower) -> None:
    button = Button("下一步", key="Ctrl+Return")
    show(button)
    button.set_words("写入 68 行")
    assert button.shortcut().toString() == "Ctrl+Return"
    assert button.accessibleName() == "写入 68 行"


def test_an_icon_alone_has_a_name_and_a_tooltip(show: Shower) -> None:
    button = IconButton("left", "上一页", key="Ctrl+PgUp")
    show(button)
    assert button.accessibleName() == "上一页"
    assert button.toolTip() == "上一页（Ctrl+PgUp）"


def test_a_light_is_a_word_for_those_who_listen(show: Shower) -> None:
    label = LightLabel(Light("over", "超期 4 天"), pill=True)
    show(label)
    assert label.accessibleName() == "超期 4 天"
    label.set_light(Light("done", "已办结"))
    assert label.accessibleName() == "已办结"


def test_a_line_that_is_cut_has_all_of_it_in_its_tooltip(show: Shower) -> None:
    line = Line("关于二、三组村道路灯改造工程第二次付款的公示", "title")
    show(line)
    assert line.toolTip() == ""
    line.resize(120, 40)
    assert line.toolTip() == line.text()
    assert line.minimumSizeHint().width() <= 60


def test_the_strip_shows_only_keys_it_has_room_for(show: Shower) -> None:
    strip = KeyStrip()
    show(strip)
    strip.set_keys([Key(f"Ctrl+{n}", "做一件比较长的事情") for n in range(9)])
    assert 2 <= len(strip.shown()) < 9


def test_the_head_keeps_its_first_button_where_it_is_narrow(show: Shower) -> None:
    first, second = Button("接访登记"), Button("打印")
    head = PageHead("诉求台账", fact="今年 128 件", buttons=[first, second])
    show(head)
    head.set_narrow(True)
    assert (first.isVisible(), second.isVisible()) == (True, False)
    head.set_narrow(False)
    assert second.isVisible()


def test_a_banner_tells_when_its_link_is_pressed(show: Shower, qtbot: QtBot) -> None:
    banner = Banner("soon", "U 盘备份已 6 天。", link="现在拷")
    show(banner)
    with qtbot.waitSignal(banner.pressed):
        banner.findChildren(Button)[0].click()
    banner.show_sentence("done", "拷好了。")
    assert banner.accessibleName() == "拷好了。"
    assert not banner.findChildren(Button)[0].isVisible()


def test_a_sentence_is_written_down_even_if_nothing_was_understood(
    show: Shower, qtbot: QtBot
) -> None:
    entry = QuickEntry("写一句", understand=lambda _text: ())
    show(entry)
    type_text(entry.line, "路灯不亮")
    with qtbot.waitSignal(entry.written) as written:
        press(entry.line, Qt.Key.Key_Return)
    assert written.args == ["路灯不亮"]
    assert not entry.pause.isActive()


def test_what_was_understood_shows_as_pills_that_can_be_corrected(
    show: Shower, qtbot: QtBot
) -> None:
    entry = QuickEntry("写一句", understand=lambda text: [Understood("person", "人", text[:3])])
    show(entry)
    type_text(entry.line, "钟桂芳来电")
    entry.pause.timeout.emit()
    pill = entry.findChildren(Pill)[0]
    assert pill.accessibleName() == "人：钟桂芳"
    with qtbot.waitSignal(entry.pill_pressed) as pressed:
        pill.click()
    assert pressed.args == ["person"]
    entry.show_duplicate("像是同一件：0118号", "并到 0118号")
    assert entry._merge.isVisible()
    entry.clear()
    assert not entry._merge.isVisible()


def test_a_pause_asks_nothing_once_its_page_is_hidden(show: Shower) -> None:
    page = QWidget()
    show(page)
    asked: list[int] = []
    pause = Pause(page, lambda: asked.append(1))
    pause.begin("text")
    assert pause.isActive()
    page.hide()
    pause.timeout.emit()
    assert asked == []
    page.show()
    pause.timeout.emit()
    assert asked == [1]


def test_facts_take_other_facts(show: Shower) -> None:
    facts = Facts([("反映人", "钟桂芳")])
    show(facts)
    facts.set_facts([("经办", "叶志坚")])
    settle()
    shown = [text.text() for text in facts.findChildren(Text) if text.isVisibleTo(facts)]
    assert shown == ["经办", "叶志坚"]


def test_the_list_of_faults_goes_when_the_last_is_mended(show: Shower) -> None:
    faults = FaultList()
    show(faults)
    faults.show_faults([Fault("name", "required", "姓名不能空。")], {"name": "姓名"})
    assert faults.isVisible()
    faults.forget("name")
    assert not faults.isVisible()


def test_a_narrow_list_opens_its_detail_in_its_place_and_esc_goes_back(show: Shower) -> None:
    rows, detail = QWidget(), QWidget()
    pair = ListAndDetail(rows, detail)
    show(pair)
    assert detail.width() == 430
    pair.set_narrow(True)
    assert (rows.isVisible(), detail.isVisible()) == (True, False)
    pair.open_detail()
    assert (rows.isVisible(), detail.isVisible()) == (False, True)
    press(pair, Qt.Key.Key_Escape)
    assert (rows.isVisible(), detail.isVisible()) == (True, False)


def test_a_narrow_document_shows_form_or_paper(show: Shower) -> None:
    form, paper, gate = QWidget(), QWidget(), QWidget()
    document = DocumentAndPaper(form, paper, under=gate)
    show(document)
    assert form.isVisible()
    assert paper.isVisible()
    document.set_narrow(True)
    assert (form.isVisible(), paper.isVisible(), gate.isVisible()) == (True, False, False)
    document.tabs.buttons()[1].click()
    assert (form.isVisible(), paper.isVisible(), gate.isVisible()) == (False, True, True)


def test_columns_stand_below_each_other_where_it_is_narrow(show: Shower) -> None:
    left, right = QWidget(), QWidget()
    pair = SideBySide([(left, 58), (right, 42)])
    show(pair)
    pair.set_narrow(True)
    assert left.isVisibleTo(pair)
    assert right.isVisibleTo(pair)
    pair.set_narrow(False)
    assert left.parentWidget() is right.parentWidget() is pair
