"""F1: the keys of the page, and its help from the texts that travel with the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_app.resources import resource_folder
from village_app.ui.asking import Asking
from village_app.ui.help_paper import KeyTable, put_on_paper, written
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.dialog import Sheeted
from village_app.ui.kit.keys import Key, KeyCap
from village_app.ui.kit.sheets import Scroll
from village_app.ui.kit.text import Text
from village_app.ui.own_words import own
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

# The keys by where they work, for the sheet that is laid beside the keyboard.
KEYS: tuple[KeyTable, ...] = (
    ("到处都能用", (Key("Ctrl+J", "记一件事"), *EVERYWHERE)),
    (
        "在列表里",
        (
            Key("↑ ↓", "选一条"),
            Key("Home / End", "到第一条、最后一条"),
            Key("Enter", "打开这一条"),
            Key("Ctrl+N", "新增一条"),
            Key("Ctrl+T", "给这一条添一步、添一笔"),
            Key("Ctrl+C", "复制，可以粘到表格里"),
        ),
    ),
    (
        "填写时",
        (
            Key("Enter", "到下一项，写了的不会丢"),
            Key("Tab", "到下一处"),
            Key("Ctrl+S", "保存"),
            Key("Ctrl+Enter", "做完这一页，走下一步"),
            Key("F8", "到下一处要改的地方"),
            Key("Esc", "关上、返回"),
        ),
    ),
    (
        "在表格里",
        (
            Key("F2", "改这一格"),
            Key("Ctrl+V", "把 Excel、WPS 里复制的几行粘进来"),
            Key("F8", "到下一处有问题的格"),
        ),
    ),
    (
        "其他",
        (
            Key("Alt+1…9", "这一页编了号的东西"),
            Key("Ctrl+M", "更多"),
            Key("Ctrl+P", "打印"),
            Key("F11", "投到大屏"),
        ),
    ),
)


def help_paragraphs(topic: str) -> list[tuple[Role, str]]:
    """Give the help of a topic as (role of the type, text); empty where there is none.

    Of Markdown it knows what the texts use: a title (left out, the sheet has its own), headings,
    paragraphs, lists and bold words.
    """
    path = resource_folder() / "help" / f"{topic}.md"
    text = own(path.read_text(encoding="utf-8")) if topic and path.is_file() else ""
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
    """The help of one page over the window: a picture, the words, the keys. Esc closes it."""

    def __init__(
        self,
        title: str,
        topic: str,
        keys: tuple[Key, ...],
        window: QWidget,
        asking: Asking | None = None,
    ) -> None:
        super().__init__(f"{title}：怎么用", None, window)
        self._title = f"{title}：怎么用"
        self._paragraphs = help_paragraphs(topic)
        self._tables = (("这一页的按键", keys), ("每一页都有的按键", EVERYWHERE))
        self._asking = asking
        self._window = window
        picture = _picture(topic)
        parts: list[QWidget] = [picture] if picture is not None else []
        parts += [Text(words, role, wrap=True) for role, words in self._paragraphs]
        _fill(self, parts, self._tables, window)
        _finish(self, self.print_out if asking is not None else None)

    def print_out(self) -> str:
        """Put this help on paper; gives what is said about it."""
        assert self._asking is not None  # the button is not there without
        html = written(self._title, self._paragraphs, self._tables)
        return put_on_paper(html, self._title, self._asking, self._window)


class KeysSheet(Sheeted):
    """Every key at one look, to be printed and laid beside the keyboard."""

    def __init__(self, pages: Sequence[Key], window: QWidget, asking: Asking) -> None:
        super().__init__("按键一览", None, window)
        self._tables = (("去哪一页", pages), *KEYS)
        self._asking = asking
        self._window = window
        said = "手不离键盘，办事快一半。打印一张放在桌上，用几天就记住了。"
        _fill(self, [Text(said, "body", "ink2", wrap=True)], self._tables, window)
        _finish(self, self.print_out)

    def print_out(self) -> str:
        """Put the keys on paper; gives what is said about it."""
        html = written("共治通 按键一览", [], self._tables)
        return put_on_paper(html, "共治通 按键一览", self._asking, self._window)


def _picture(topic: str) -> QLabel | None:
    """Give the picture of a page that travels with the program, None where there is none."""
    path = resource_folder() / "help" / "pictures" / f"{topic}.png"
    pixmap = QPixmap(str(path)) if topic and path.is_file() else QPixmap()
    if pixmap.isNull():
        return None
    label = QLabel()
    width = theme().px(520)
    label.setPixmap(pixmap.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
    label.setAccessibleName("这一页的样子，里面的人和事都是编的")
    return label


def _fill(
    sheet: Sheeted, parts: Sequence[QWidget], tables: Sequence[KeyTable], window: QWidget
) -> None:
    px = theme().px
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, px(8), 0)
    column.setSpacing(px(8))
    for part in parts:
        column.addWidget(part)
    for heading, keys in tables:
        column.addWidget(Text(heading, "h3"))
        column.addLayout(_table(keys))
    column.addStretch(1)
    scroll = Scroll(inside)
    scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    scroll.setAccessibleName("帮助")
    scroll.setMinimumHeight(min(px(420), round(window.height() * 0.6)))
    sheet.body.addWidget(scroll, 1)


def _finish(sheet: Sheeted, print_out: Callable[[], str] | None) -> None:
    """Add the buttons below: print where that was asked for, and close."""
    row = QHBoxLayout()
    note = Text("", "small", "ink2", wrap=True)
    if print_out is not None:
        row.addWidget(Button("打印", icon="printer", press=lambda: note.setText(print_out())))
    row.addWidget(note, 1)
    close = Button("看完了", key="Esc", press=sheet.reject)
    close.setDefault(True)
    row.addWidget(close)
    sheet.body.addLayout(row)


def _table(keys: Sequence[Key]) -> QGridLayout:
    grid = QGridLayout()
    grid.setColumnStretch(1, 1)
    grid.setHorizontalSpacing(theme().px(12))
    for row, key in enumerate(keys):
        grid.addWidget(KeyCap(key.keys), row, 0)
        grid.addWidget(Text(key.does, wrap=True), row, 1)
    return grid
