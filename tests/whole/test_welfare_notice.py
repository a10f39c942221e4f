"""Story 4 in the real window on a real village: 低保公示, what must not hang, one objection.

Twelve people, two of one name in one group, a girl of eleven. Days and refusals are those of the
story; forms are typed into, buttons are clicked, the list of the office is pasted with Ctrl+V.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.papers.printed import Printed
from tests.papers.sample_papers import identity
from tests.papers.welfare_list import PEOPLE, card
from tests.services.conftest import PASSWORD, QUICK, TurningClock
from tests.services.welfare_people import register
from tests.ui.conftest import application, wear
from tests.ui.hands import CTRL, click, press, retype
from tests.ui.pretend import PreparedAnswers
from village_app.entrance import FolderDoor
from village_app.opening import NewVillage, create_village
from village_app.ui.page import Page
from village_app.ui.pages import entries
from village_app.ui.pages.aid.aid import AidPage
from village_app.ui.pages.notices.notices import NoticesPage
from village_app.ui.preferences import Preferences
from village_app.ui.theme import Theme
from village_app.ui.unlock import UnlockPage
from village_app.ui.window import MainWindow

__all__ = ["application", "wear"]
LONG = 60_000


@pytest.fixture
def clock() -> TurningClock:
    return TurningClock(datetime(2026, 4, 28, 1, tzinfo=UTC))


@pytest.fixture
def window(
    tmp_path: Path,
    clock: TurningClock,
    application: QApplication,
    qtbot: QtBot,
    wear: Callable[[Theme], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    monkeypatch.setattr("village_app.opening.SystemClock", lambda: clock)
    folder = tmp_path / "隔坑村 资料"
    role = "admin+secretary+accountant+clerk+supervisor"
    wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD, role=role)
    create_village(folder, wish, clock=clock, cost=QUICK)[0].close()
    made = MainWindow(FolderDoor(folder), entries, Preferences(), PreparedAnswers())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    page = made.front()
    assert isinstance(page, UnlockPage)
    page.password.setText(PASSWORD)
    page.button.click()
    qtbot.waitUntil(lambda: made.village is not None, timeout=LONG)
    yield made
    made.watches.idle.end()
    made.jobs.cancel_all()
    if made.village is not None:
        made.village.close()


def go(window: MainWindow, key: str) -> Page:
    assert window.shell is not None
    window.shell.go(key)
    page = window.shell.page()
    assert page is not None
    return page


def answers_of(window: MainWindow) -> PreparedAnswers:
    assert isinstance(window.asking, PreparedAnswers)
    return window.asking


def fill_in(dialog: Any, **texts: str) -> None:
    """Type into an open form and save it; no fault may be left."""
    for name, text in texts.items():
        editor = dialog.form.editor(name)
        if isinstance(editor.control, QLineEdit):
            retype(editor.control, text)
        else:
            editor.set_raw(text)
    dialog.save()
    notes = [dialog.form.note_of(name) for name in texts]
    left = dialog.isVisible()
    dialog.reject()
    assert not left, (notes, dialog.refusal.text())


def press_and_fill(button: Any, dialog_of: Callable[[], Any], **texts: str) -> None:
    """Click a button that opens a form, and fill it in."""
    problems: list[BaseException] = []

    def answer() -> None:
        try:
            fill_in(dialog_of(), **texts)
        except BaseException as problem:  # noqa: BLE001  # a dialog left open would wait for ever
            problems.append(problem)

    QTimer.singleShot(0, answer)
    click(button)
    if problems:
        raise problems[0]


def draft_from_the_list(window: MainWindow) -> NoticesPage:
    """Enter the list of the second quarter from the register and draft its notice."""
    page = go(window, "aid")
    assert isinstance(page, AidPage)
    page.enter()
    fill_in(page.dialog, name="最低生活保障金", kind="低保", period="2026年二季度")
    for index, (name, group, birth, _) in enumerate(PEOPLE):
        page.record.add()
        fill_in(
            page.dialog,
            name=name,
            id_number=identity(birth, 100 + index),
            group_name=group,
            bank_account=card(index),
            amount=f"{780 + index}.00",
        )
    page.record.publish()
    assert window.shell is not None
    notices = window.shell.page()
    assert isinstance(notices, NoticesPage)
    return notices


def office_list() -> str:
    """Write the office's list as it comes out of a spreadsheet."""
    rows = ["姓名\t村民小组\t证件号码\t电话\t银行卡号\t致贫原因\t月保障金（元）"]
    for at, (name, group, birth, why) in enumerate(PEOPLE):
        number, phone = identity(birth, 100 + at), f"135123422{at:02d}"
        rows.append("\t".join((name, group, number, phone, card(at), why, "780.00")))
    return "\n".join(rows)


def test_what_hangs_names_no_number_no_reason_and_no_child(window: MainWindow) -> None:
    assert window.village is not None
    village = window.village.subjects  # type: ignore[attr-defined]  # the real door's village
    register(village)
    notices = draft_from_the_list(window)
    document = notices.document
    assert document.gate.held == ()
    printed = Printed(village.notices.preview(document.kept())).text
    for at, (name, _, birth, why) in enumerate(PEOPLE):
        assert identity(birth, 100 + at) not in printed
        assert card(at) not in printed
        assert f"135123422{at:02d}" not in printed
        assert why not in printed
        assert name not in printed
    assert "周*芸" not in printed
    first, second = (
        identity(birth, 100 + at)[-4:] for at, (_, _, birth, _) in enumerate(PEOPLE[:2])
    )
    assert f"陈*（三组，证件尾号{first}）" in printed
    assert f"陈*（三组，证件尾号{second}）" in printed
    assert "陈*（一组）" in printed


def test_the_office_list_pasted_for_the_wall_is_stopped_cell_by_cell(window: MainWindow) -> None:
    notices = go(window, "notices")
    assert isinstance(notices, NoticesPage)
    notices.begin_by_template("publicity", "低保对象名单")
    document = notices.document
    body = document.form.editor("body").control
    assert isinstance(body, QPlainTextEdit)
    QGuiApplication.clipboard().setText(f"{office_list()}\n公示期：｛公示期｝。")
    body.setFocus()
    press(body, Qt.Key.Key_A, CTRL)
    press(body, Qt.Key.Key_V, CTRL)
    click(document.save_button)
    held = document.gate.held
    sentences = "\n".join(point.sentence for point in held)
    for row in (1, 12):
        for label in ("证件号码", "电话", "银行卡号", "致贫原因"):
            assert f"表 1 第 {row} 行 {label}" in sentences or f"表 1 {label}" in sentences
    assert not document.print_button.isEnabled()
    assert not any(button.isEnabled() for button in document.file_buttons.values())
    assert not document.release_button.isVisible()
    click(document.check_button)
    click(document.approve_button)
    answers_of(window).answers.append("publish")
    click(document.publish_button)
    assert "公开前把关" in answers_of(window).asked[-1].lines[0][1]
    assert document.kept().number is None


def test_seven_work_days_an_objection_and_no_end_before_it_is_answered(
    window: MainWindow, clock: TurningClock
) -> None:
    assert window.village is not None
    village = window.village.subjects  # type: ignore[attr-defined]  # the real door's village
    register(village)
    notices = draft_from_the_list(window)
    document = notices.document
    document.form.editor("period_days").set_raw("7")
    document.form.editor("period_unit").set_raw("工作日")
    village.settings.write(posting_day_counts=False)
    assert document._period_words(7) == "今天贴出：2026年4月29日至2026年5月11日（共7个工作日）"
    village.settings.write(posting_day_counts=True)
    assert document._period_words(7) == "今天贴出：2026年4月28日至2026年5月9日（共7个工作日）"
    document.form.edited.emit()
    click(document.save_button)
    click(document.check_button)
    click(document.approve_button)
    answers_of(window).answers.append("publish")
    click(document.publish_button)
    notice = document.kept()
    assert (notice.period_from, notice.period_to) == (date(2026, 4, 28), date(2026, 5, 9))

    life = document.life
    clock.turn_to(2026, 5, 6)
    press_and_fill(
        life.buttons["object"],
        lambda: life.dialog,
        way="当面",
        raised_on="2026-05-06",
        content="有一户的收入没有算全。",
    )
    clock.turn_to(2026, 5, 12)
    document.reload()
    assert life.buttons["statement"].toolTip() == "还有 1 件异议没有答复"
    (objection,) = village.objections.of(document.kept())
    village.objections.look_into(objection, "入户看过，已经算进去了。", is_founded=False)
    village.objections.reply(objection, "kept", "维持原公示。")
    document.reload()
    click(life.buttons["statement"])
    statement = document.kept()
    assert statement.kind == "statement"
    words = Printed(village.notices.preview(statement)).text
    assert "异议1件" in words
    assert "没有收到异议" not in words
