"""The painted parts: what they say, what a key or a press does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import CTRL, click, press, settle, type_text
from village_app.errors import Fault
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.buttons import Button, IconButton
from village_app.ui.kit.chain import Chain, Link
from village_app.ui.kit.chart import Bar, BarChart
from village_app.ui.kit.counts import CountRow, ResultCount
from village_app.ui.kit.fault_list import FaultList
from village_app.ui.kit.figures import Figure, FigureStrip
from village_app.ui.kit.heads import PageHead
from village_app.ui.kit.keys import Key, KeyStrip
from village_app.ui.kit.lights import Light, LightLabel
from village_app.ui.kit.money_bar import Money, MoneyBar, MoneyPanel
from village_app.ui.kit.pause import Pause
from village_app.ui.kit.quick_entry import Pill, QuickEntry, Understood
from village_app.ui.kit.quorum import Quorum, QuorumPanel
from village_app.ui.kit.seats import Seat, SeatGrid
from village_app.ui.kit.sheets import Facts, Sheet
from village_app.ui.kit.stages import Stage, StageTrack
from village_app.ui.kit.steps import StepBar
from village_app.ui.kit.templates import DocumentAndPaper, ListAndDetail, SideBySide
from village_app.ui.kit.text import Line, Text
from village_app.ui.kit.timeline import Event, Timeline
from village_app.ui.kit.votes import VotePanel, Votes
from village_app.ui.kit.wizard import WizardFrame

Shower = Callable[[QWidget], None]


@pytest.fixture
def show(application: QApplication, qtbot: QtBot) -> Shower:
    def shown(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.resize(900, 500)
        widget.show()
        # Keys go to the window that is in front.
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)

    return shown


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


def test_only_done_steps_can_be_gone_back_to(show: Shower, qtbot: QtBot) -> None:
    bar = StepBar(["选文件", "对好列", "试导入"], current=1)
    show(bar)
    assert [step.isEnabled() for step in bar._steps] == [True, False, False]
    with qtbot.waitSignal(bar.pressed) as pressed:
        bar._steps[0].click()
    assert pressed.args == [0]
    assert bar.accessibleName() == "第 2 步 对好列，正在做"


def test_steps_without_room_keep_the_word_of_the_present_one(show: Shower) -> None:
    bar = StepBar(["选文件", "对好列", "试导入", "写入台账", "完成"], current=2)
    show(bar)
    bar.resize(330, 40)
    assert [step.with_word for step in bar._steps] == [False, False, True, False, False]


def test_a_wizard_lets_the_way_on_decide(show: Shower) -> None:
    wizard = WizardFrame(["选文件", "对好列"])
    asked: list[str] = []
    wizard.add_step(QWidget(), on="看看列", forward=lambda: asked.append("看"))
    wizard.add_step(QWidget(), on="写入 68 行", forward=lambda: asked.append("写"))
    show(wizard)
    wizard.on.click()
    assert (wizard.step, asked) == (0, ["看"])
    wizard.go(1)
    assert wizard.on.text() == "写入 68 行"
    wizard.back.click()
    assert wizard.step == 0
    assert not wizard.back.isVisible()


LINKS = (
    Link("issue", "book", "诉求", "0031号", "03-01"),
    Link("project", "building", "项目", "隔项2号", "施工 60%", "now"),
    Link("notice", "board", "公示", "付款公示", "最迟 11-25", "ahead"),
)


def test_alt_and_a_number_go_along_the_chain(show: Shower, qtbot: QtBot) -> None:
    chain = Chain(LINKS)
    show(chain)
    with qtbot.waitSignal(chain.pressed) as pressed:
        press(chain, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert pressed.args == ["project"]
    assert [node.accessibleName() for node in chain.nodes()][1] == "项目，隔项2号，施工 60%，正在"


def test_a_stage_says_what_is_missing(show: Shower, qtbot: QtBot) -> None:
    track = StageTrack(
        [
            Stage("quotes", "比价", "04-02", "missing", missing=("报价单 1 份",)),
            Stage("build", "施工", "", "now", 60),
        ]
    )
    show(track)
    assert [node.accessibleName() for node in track.nodes()] == [
        "比价，04-02，缺报价单 1 份",
        "施工，做到 60%",
    ]
    with qtbot.waitSignal(track.pressed) as pressed:
        track.nodes()[0].click()
    assert pressed.args == ["quotes"]


def test_the_timeline_shows_other_events_in_the_same_place(show: Shower) -> None:
    line = Timeline([Event("登记", "03-01 · 陈丽珍")])
    show(line)
    line.set_events([Event("登记"), Event("验收后回访", light="ok", ahead=True)])
    settle()
    texts = [text.text() for text in line.findChildren(Text) if text.isVisibleTo(line)]
    assert texts == ["登记", "验收后回访"]


@pytest.mark.parametrize(
    ("money", "unpaid", "spare"),
    [
        (Money(48_600_000, 45_236_000, 27_141_600), 18_094_400, 3_364_000),
        (Money(100, 0, 0), 0, 100),
        (Money(100, 120, 50), 70, -20),
        (Money(100, 90, 130), 0, -30),
    ],
)
def test_money_adds_up_to_the_fen(money: Money, unpaid: int, spare: int) -> None:
    assert (money.unpaid, money.spare) == (unpaid, spare)


def test_overspent_money_names_both_figures_in_a_red_banner(show: Shower) -> None:
    panel = MoneyPanel(Money(40_600_000, 45_236_000, 27_141_600))
    show(panel)
    banner = panel.findChildren(Banner)[0]
    assert banner.isVisible()
    assert banner.accessibleName() == (
        "合同 452,360.00 元，超过预算 406,000.00 元，多出 46,360.00 元。"
    )
    panel.set_money(Money(48_600_000, 45_236_000, 27_141_600))
    assert not banner.isVisible()


def test_the_money_bar_is_as_long_as_what_it_shows(show: Shower) -> None:
    bar = MoneyBar(Money(1000, 800, 500))
    show(bar)
    bar.resize(1002, 30)
    image = bar.grab().toImage()
    assert image.pixelColor(490, 20).name() == "#1f456e"
    assert image.pixelColor(990, 20).name() == "#ffffff"
    assert image.pixelColor(799, 20).name() == "#24211c"


@pytest.mark.parametrize(
    ("present", "sentence"),
    [
        (38, "应到 45 人的三分之二是 30 人，实到 38 人，可以表决。"),
        (30, "应到 45 人的三分之二是 30 人，实到 30 人，可以表决。"),
        (28, "应到 45 人的三分之二是 30 人，还差 2 人，不能表决。"),
    ],
)
def test_the_quorum_is_said_with_both_numbers(present: int, sentence: str, show: Shower) -> None:
    panel = QuorumPanel(Quorum(45, present, 30, "三分之二"))
    show(panel)
    assert panel.findChildren(Banner)[0].accessibleName() == sentence


SEATS = (
    Seat(1, "卢锦泉", "present", "LJQ"),
    Seat(2, "黄伟雄", "absent", "HWX"),
    Seat(3, "罗顺娣", "late", "LSD"),
    Seat(4, "赖金水", "absent", "LJS"),
)


@pytest.fixture
def grid(show: Shower) -> SeatGrid:
    made = SeatGrid(SEATS, columns=2)
    show(made)
    made.go_to(1)
    return made


@pytest.mark.parametrize(
    ("key", "state"),
    [
        (Qt.Key.Key_Space, "present"),
        (Qt.Key.Key_2, "late"),
        (Qt.Key.Key_3, "leave"),
        (Qt.Key.Key_4, "proxy"),
        (Qt.Key.Key_5, "recused"),
        (Qt.Key.Key_0, "absent"),
    ],
)
def test_one_key_marks_a_seat(grid: SeatGrid, key: Qt.Key, state: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.marked) as marked:
        press(grid.seats()[1], key)
    assert marked.args == [2, state]


def test_arrows_walk_the_seats_and_letters_jump_by_initials(grid: SeatGrid) -> None:
    press(grid.seats()[0], Qt.Key.Key_Down)
    assert grid.current() == SEATS[2]
    press(grid.seats()[2], Qt.Key.Key_L)
    press(grid.seats()[0], Qt.Key.Key_J)
    press(grid.seats()[0], Qt.Key.Key_S)
    assert grid.current() == SEATS[3]
    grid.pause.timeout.emit()
    press(grid.seats()[3], Qt.Key.Key_H)
    assert grid.current() == SEATS[1]


def test_seats_that_changed_keep_the_keyboard_where_it_is(grid: SeatGrid) -> None:
    grid.set_seats([Seat(seat.key, seat.name, "present", seat.initials) for seat in SEATS])
    assert grid.current() is not None
    assert grid.seats()[1].accessibleName() == "黄伟雄，到"


BALANCED = Votes(issued=38, returned=37, valid=36, invalid=1, yes=31, no=3, abstain=2)


def test_votes_that_balance_are_written_out_as_equations() -> None:
    assert BALANCED.balanced
    assert BALANCED.unreturned == 1
    assert [text for text, _ in BALANCED.equations()] == [
        "发出 38 ＝ 收回 37 ＋ 未收回 1",
        "收回 37 ＝ 有效 36 ＋ 无效 1",
        "有效 36 ＝ 赞成 31 ＋ 反对 3 ＋ 弃权 2",
    ]


@pytest.mark.parametrize(
    ("votes", "sentence"),
    [
        (Votes(issued=38, returned=39), "收回比发出多 1 票"),
        (Votes(returned=37, valid=35, invalid=1), "收回 37，有效 35 ＋ 无效 1，差 1 票"),
        (
            Votes(valid=36, yes=31, no=4, abstain=2),
            "有效 36，赞成 31 ＋ 反对 4 ＋ 弃权 2，多 1 票",
        ),
    ],
)
def test_votes_that_do_not_balance_say_the_difference(votes: Votes, sentence: str) -> None:
    assert sentence in [text for text, holds in votes.equations() if holds is False]
    assert not votes.balanced


def test_the_result_shows_only_while_the_count_balances(show: Shower) -> None:
    panel = VotePanel()
    show(panel)
    panel.show_result("通过", "赞成 31 票，过半（须 20 票）。", "done")
    assert not panel.result.isVisible()
    panel.set_votes(BALANCED)
    panel.show_result("通过", "赞成 31 票，过半（须 20 票）。", "done")
    assert panel.result.isVisible()
    box = panel.input("yes")
    box.setFocus()
    box.selectAll()
    type_text(box, "30")
    assert not panel.result.isVisible()
    assert panel.notes()[2].endswith("差 1 票")


def test_enter_goes_through_the_count_and_the_unreturned_are_reckoned(
    show: Shower, qtbot: QtBot
) -> None:
    panel = VotePanel()
    show(panel)
    panel.input("issued").setFocus()
    type_text(panel.input("issued"), "38")
    press(panel.input("issued"), Qt.Key.Key_Return)
    assert panel.input("returned").hasFocus()
    with qtbot.waitSignal(panel.changed) as changed:
        type_text(panel.input("returned"), "3")
    assert changed.args[0].unreturned == 35
    assert panel._unreturned.text() == "35"
    type_text(panel.input("returned"), "x")
    assert panel.input("returned").text() == "3"


def test_a_press_on_a_part_of_a_bar_tells_which(show: Shower, qtbot: QtBot) -> None:
    chart = BarChart(["环境卫生", "市政设施"], [Bar("2026-11", "11月", (5, 5))], name="诉求")
    show(chart)
    button = chart.buttons()[0]
    assert button.accessibleName() == "11月：共 10，环境卫生 5，市政设施 5"
    with qtbot.waitSignal(chart.pressed) as lower:
        click(button, QPoint(button.width() // 2, button.height() - 60))
    assert lower.args == ["2026-11", 0]
    with qtbot.waitSignal(chart.pressed) as upper:
        click(button, QPoint(button.width() // 2, 60))
    assert upper.args == ["2026-11", 1]
    with qtbot.waitSignal(chart.pressed) as whole:
        press(button, Qt.Key.Key_Space)
    assert whole.args[0] == "2026-11"


def test_the_bars_share_one_scale(show: Shower) -> None:
    chart = BarChart(["件"], [Bar("a", "1", (10,)), Bar("b", "2", (20,)), Bar("c", "3", (0,))])
    show(chart)
    heights = [sum(box.height() for box in bar._boxes()) for bar in chart._bars._bars]
    assert heights[1] == pytest.approx(2 * heights[0], abs=1)
    assert heights[2] == 0


def test_counts_filter_and_a_second_press_shows_all(show: Shower) -> None:
    row = CountRow(
        [ResultCount("new", "new", 41, "新增"), ResultCount("fault", "fault", 5, "错误")]
    )
    show(row)
    told: list[str] = []
    row.chosen.connect(told.append)
    row._buttons["fault"].click()
    row.set_counts(
        [ResultCount("new", "new", 42, "新增"), ResultCount("fault", "fault", 4, "错误")]
    )
    assert row._buttons["fault"].isChecked()
    row._buttons["fault"].click()
    assert told == ["fault", ""]


def test_a_figure_opens_its_records(show: Shower, qtbot: QtBot) -> None:
    strip = FigureStrip([Figure("over", "已超期", "2", "件", "最久超 4 天", "over")])
    show(strip)
    with qtbot.waitSignal(strip.pressed) as pressed:
        strip._buttons[0].click()
    assert pressed.args == ["over"]
    assert strip._buttons[0].accessibleName() == "已超期 2 件，最久超 4 天"


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
