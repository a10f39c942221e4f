"""Every page of a 社区 speaks its words (UX-12): labels, buttons, chips, heads, tips, help."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import application
from tests.whole.test_every_page import KEYS, NOW, open_shell
from village_app.demo.sample_village import make_village
from village_app.domain.resources import load_json
from village_app.ui.help_sheet import help_paragraphs
from village_app.ui.own_words import choose_words
from village_app.village import Village

__all__ = ["application"]
WORDS = tuple(word for word, _ in load_json("rules", "community-words.json")["words"])
_HORIZONTAL = Qt.Orientation.Horizontal


@pytest.fixture(scope="module")
def community(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    village = make_village(tmp_path_factory.mktemp("sample") / "示范村", now=NOW)
    village.settings.write(unit_word="社区")
    yield village
    village.close()
    choose_words(())


def said(widget: QWidget) -> Iterator[str]:
    """Give every text of the program's own on a page."""
    for label in widget.findChildren(QLabel):
        yield label.text()
    for button in widget.findChildren(QAbstractButton):
        yield from (button.text(), button.toolTip(), button.accessibleName())
    for table in widget.findChildren(QTableView):
        model = table.model()
        for at in range(model.columnCount()):
            yield str(model.headerData(at, _HORIZONTAL))


@pytest.mark.parametrize("page", KEYS)
def test_a_page_says_nothing_of_a_village(
    community: Village, page: str, application: object, qtbot: QtBot
) -> None:
    shell = open_shell(community, qtbot, page)
    shown = shell.page()
    assert shown is not None
    found = {
        text
        for part in (shown, shell.navigation, shell.strip)
        for text in said(part)
        if any(word in text for word in WORDS)
    }
    found |= {text for _, text in help_paragraphs(shown.topic) if any(w in text for w in WORDS)}
    assert found == set()
    shell.leave()
