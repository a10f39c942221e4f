"""Parts that show how far something is: steps, wizard, chain, stages, timeline."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Shower
from tests.ui.hands import press, settle
from village_app.ui.kit.chain import Chain, Link
from village_app.ui.kit.stages import Stage, StageTrack
from village_app.ui.kit.steps import StepBar
from village_app.ui.kit.text import Text
from village_app.ui.kit.timeline import Event, Timeline
from village_app.ui.kit.wizard import WizardFrame


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
