"""Everything that can be reached by keyboard says what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.lists import CountedList
from tests.ui.pretend import PreparedAnswers, PretendDoor, PretendVillage
from tests.ui.samples import SAMPLES, sample_entries
from village_app.ui.first_start import FirstStart
from village_app.ui.gallery import Gallery
from village_app.ui.jobs import JobRunner
from village_app.ui.kit.table import RecordTable
from village_app.ui.preferences import Preferences
from village_app.ui.setup import SetupPage
from village_app.ui.shell import Shell
from village_app.ui.unlock import UnlockPage

NAME = QAccessible.Text.Name


def interface(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


def reachable(widget: QWidget) -> Iterator[QWidget]:
    for part in widget.findChildren(QWidget):
        if part.isVisibleTo(widget) and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield part


def nameless(widget: QWidget) -> list[str]:
    return [
        f"{type(part).__name__} in {type(part.parentWidget()).__name__}"
        for part in reachable(widget)
        if not interface(part).text(NAME).strip()
    ]


Maker = Callable[[JobRunner], QWidget]


def _shell(page: str) -> Maker:
    def make(jobs: JobRunner) -> QWidget:
        shell = Shell(PretendVillage(), sample_entries(), PreparedAnswers(), jobs, Preferences())
        shell.go(page)
        return shell

    return make


MAKERS: dict[str, Maker] = {
    "gallery": lambda _jobs: Gallery(),
    "unlock": lambda jobs: UnlockPage(PretendDoor(), jobs, PretendDoor().open),
    "first": lambda _jobs: FirstStart(PretendDoor().sign()),
    "setup": lambda _jobs: SetupPage(PretendDoor(), lambda *_: ""),
    **{page: _shell(page) for page in SAMPLES},
}


@pytest.mark.parametrize("what", MAKERS)
def test_whatever_the_keyboard_reaches_has_a_name(
    what: str, application: QApplication, jobs: JobRunner, qtbot: QtBot
) -> None:
    widget = MAKERS[what](jobs)
    qtbot.addWidget(widget)
    widget.resize(1366, 768)
    widget.show()
    assert len(list(reachable(widget))) > 3
    assert nameless(widget) == []


def test_buttons_chips_and_seats_are_buttons_and_boxes_for_those_who_listen(
    application: QApplication, qtbot: QtBot
) -> None:
    gallery = Gallery()
    qtbot.addWidget(gallery)
    roles = {interface(part).role() for part in reachable(gallery)}
    for role in (QAccessible.Role.Button, QAccessible.Role.EditableText, QAccessible.Role.Table):
        assert role in roles


def test_a_faulty_field_tells_its_fault(application: QApplication, qtbot: QtBot) -> None:
    gallery = Gallery()
    qtbot.addWidget(gallery)
    described = [interface(part).text(QAccessible.Text.Description) for part in reachable(gallery)]
    assert "校验位应为 X，请核对最后一位" in described


def test_a_list_reads_its_cells_and_heads(application: QApplication, qtbot: QtBot) -> None:
    table = RecordTable(CountedList(3), name="issues", title="诉求台账")
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    seen = interface(table.view)
    assert seen.text(NAME) == "诉求台账"
    texts = [seen.child(number).text(NAME) for number in range(seen.childCount())]
    assert "期限" in texts
    assert "超期 1 天" in texts
    assert "事项 1 市政设施" in texts
    assert "1.00" in texts
