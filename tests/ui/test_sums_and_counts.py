"""Parts whose sums must be right: money, quorum, charts, counts, figures."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Shower
from tests.ui.hands import click, press
from village_app.ui.kit.banner import Banner
from village_app.ui.kit.chart import Bar, BarChart
from village_app.ui.kit.counts import CountRow, ResultCount
from village_app.ui.kit.figures import Figure, FigureStrip
from village_app.ui.kit.money_bar import Money, MoneyBar, MoneyPanel
from village_app.ui.kit.quorum import Quorum, QuorumPanel


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
