"""G14: what people typed is shown letter by letter, in tooltips and labels too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from village_app.ui.kit.buttons import Button
from village_app.ui.kit.text import Line, Text, plain_tip


@pytest.mark.parametrize(
    "text", ["<b>路灯</b>", '<img src="/etc/passwd">', "<a href='file:///c'>x</a>"]
)
def test_g14_markup_in_data_is_no_markup_in_a_tooltip(text: str, qtbot: QtBot) -> None:
    button = Button("打印")
    qtbot.addWidget(button)
    button.forbid(text)
    assert button.toolTip() == plain_tip(text)
    assert "&lt;" in button.toolTip()
    line = Line(text * 40, "body")
    qtbot.addWidget(line)
    line.resize(60, 20)
    line.set_text(text * 40)
    assert "<img" not in line.toolTip()
    assert "<b>" not in line.toolTip()


def test_g14_ordinary_words_stay_as_they_are() -> None:
    assert plain_tip("收入多于支出 & 结余") == "收入多于支出 & 结余"


def test_g14_labels_read_no_markup(qtbot: QtBot) -> None:
    label = Text("<b>路灯</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
