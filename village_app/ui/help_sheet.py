"""F1: the keys of the page, and its help from the texts that travel with the program."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from village_app.resources import resource_folder
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.keys import Key, KeyCap
from village_app.ui.kit.sheets import Scroll
from village_app.ui.kit.text import Text
from village_app.ui.theme import Role, theme

EVERYWHERE = (
    Key("Ctrl+K", "搜人、事、项目、编号"),
    Key("Ctrl+1…9", "换栏目"),
    Key("F6", "换到这一页的下一栏"),
    Key("Ctrl+Z", "撤销，会说明撤的是什么"),
    Key("Ctrl+Y", "重做"),
    Key("Ctrl+L", "锁屏"),
    Key("F1", "本页帮助"),
)


def help_paragraphs(topic: str) -> list[tuple[Role, str]]:
    """Give the help of a topic as (role of the type, text); empty where there is none.

    Of Markdown it knows what the texts use: a title (left out, the sheet has its own), headings,
    paragraphs, lists and bold words.
    """
    path = resource_folder() / "help" / f"{topic}.md"
    text = path.read_text(encoding="utf-8") if topic and path.is_file() else ""
    found: list[tuple[Role, str]] = []
    for is_heading, lines in groupby(text.splitlines(), lambda line: line.startswith("#")):
        if is_heading:
            found += [("h3", line[3:]) for line in lines if line.startswith("## ")]
        else:
            parts = "\n".join(map(_plain, lines)).split("\n\n")
            found += [("body", part.strip()) for part in parts if part.strip()]
    return found


def _plain(line: str) -> str:
    shown = line.replace("**", "").rstrip()
    return f"· {shown[2:]}" if shown.startswith("- ") else shown


class HelpSheet(Sheeted):
    """The help of one page over the window; Esc closes it."""

    def __init__(self, title: str, topic: str, keys: tuple[Key, ...], window: QWidget) -> None:
        super().__init__(f"{title}：怎么用", None, window)
        px = theme().px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(8))
        for role, paragraph in help_paragraphs(topic):
            column.addWidget(Text(paragraph, role, wrap=True))
        column.addWidget(Text("这一页的按键", "h3"))
        column.addLayout(_table(keys))
        column.addWidget(Text("每一页都有的按键", "h3"))
        column.addLayout(_table(EVERYWHERE))
        column.addStretch(1)
        scroll = Scroll(inside)
        scroll.setMinimumHeight(min(px(380), round(window.height() * 0.6)))
        self.body.addWidget(scroll, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = Button("看完了", key="Esc", press=self.reject)
        close.setDefault(True)
        row.addWidget(close)
        self.body.addLayout(row)


def _table(keys: tuple[Key, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setColumnStretch(1, 1)
    grid.setHorizontalSpacing(theme().px(12))
    for row, key in enumerate(keys):
        grid.addWidget(KeyCap(key.keys), row, 0)
        grid.addWidget(Text(key.does, wrap=True), row, 1)
    return grid
