"""Help: on every page, in Chinese, with keys; the sheet of all keys; both on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import village_app.ui
from tests.ui.hands import click
from tests.ui.pretend import PreparedAnswers
from village_app.resources import resource_folder
from village_app.ui.help_sheet import KEYS, HelpSheet, KeysSheet, help_paragraphs
from village_app.ui.kit.buttons import Button
from village_app.ui.kit.keys import Key

SHEET = "help_sheet.py"
CODE = tuple(Path(village_app.ui.__path__[0]).rglob("*.py"))
TOPICS = sorted(path.stem for path in (resource_folder() / "help").glob("*.md"))
# Names of keys and of file formats are what stands on the keyboard and on the file.
_ALLOWED = re.compile(
    r"(Ctrl|Alt|Shift|Enter|Delete|Del|Tab|Esc|Home|End|F\d+|PgDn|PgUp|U 盘|PDF|Excel|WPS|CSV|"
    r"GB\w*|SHA-256|JSON|OCDS|Word|wgb|xlsx?|docx?|pdf|[A-Z](?=[ ，。、；])|LED|CUPS|"
    r"[a-z]{2,3}(?= →))"
)


@pytest.fixture
def window(application: QApplication, qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.mark.parametrize("topic", TOPICS)
def test_help_is_chinese(topic: str) -> None:
    words = " ".join(text for _, text in help_paragraphs(topic))
    assert len(words) > 60
    assert re.findall(r"[A-Za-z]{3,}", _ALLOWED.sub("", words)) == []


def test_help_goes_on_paper(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    target = tmp_path / "首页.pdf"
    sheet = HelpSheet("首页", "home", (Key("Ctrl+J", "记一件事"),), window, PreparedAnswers(target))
    qtbot.addWidget(sheet)
    sheet.open()
    click(next(one for one in sheet.findChildren(Button) if one.text() == "打印"))
    text = PdfDocument(target)[0].get_textpage().get_text_bounded()
    assert "首页：怎么用" in text
    assert "记一件事" in text


def test_all_keys_go_on_one_page(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    target = tmp_path / "按键.pdf"
    pages = tuple(Key(f"Ctrl+{number}", f"第 {number} 页") for number in range(1, 10))
    sheet = KeysSheet(pages, window, PreparedAnswers(target))
    qtbot.addWidget(sheet)
    assert sheet.print_out() == "没有打印机，已存成“按键.pdf”"
    document = PdfDocument(target)
    assert len(document) <= 2
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    for words in ("Ctrl+K", "Ctrl+9", "F8", "粘进来"):
        assert words in text


def test_the_sheet_names_only_keys_that_something_listens_to() -> None:
    """A key of the sheet is bound by its name, or is one of those a control knows by itself."""
    by_control = {"Home / End", "Enter", "Ctrl+C", "Tab", "Esc", "Ctrl+V", "F2", "↑ ↓"}
    by_number = {"Ctrl+1…9", "Alt+1…9"}
    code = "".join(path.read_text(encoding="utf-8") for path in CODE if path.name != SHEET)
    named = {key.keys for _, keys in KEYS for key in keys} - by_control - by_number
    unbound = {key for key in named if f'"{key.replace("Enter", "Return")}"' not in code}
    assert {key for key in unbound if f'"{key}"' not in code} == set()


def test_a_button_with_a_key_teaches_it(application: QApplication) -> None:
    button = Button("记一件事", key="Ctrl+J", bind=False)
    assert button.toolTip() == "记一件事（Ctrl+J）"
    button.forbid("先选一件")
    assert button.toolTip() == "先选一件"
    button.forbid("")
    assert button.toolTip() == "记一件事（Ctrl+J）"
    button.set_words("写一句")
    assert button.toolTip() == "写一句（Ctrl+J）"
