"""The import wizard's ways in, back and out: locked, pasted, dropped, half looked at, stopped."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLineEdit

from tests.ui.hands import CTRL, press, type_text
from tests.whole.import_hall import (
    CHEN,
    HEAD,
    LI,
    LONG,
    Hall,
    application,
    counts,
    hall,
    opened,
    phones,
    wear,
    workbook,
)
from village_app.db.records.residents import Resident
from village_app.ui.asking import Question
from village_app.ui.pages.imports.locked import PasswordSheet
from village_app.ui.pages.imports.page import ImportPage
from village_app.ui.pages.tick_dialog import TickDialog

__all__ = ["application", "hall", "wear"]

PEOPLE = [["陈大文", CHEN, "13812341234", "三组"], ["李花", LI, "", "三组"]]
WRONG = [HEAD, ["陈大文", CHEN[:-1] + "1", "13812341234", "三组"], ["李花", LI, "", "三组"]]


def locked(path: Path, password: str) -> Path:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = workbook(path, [HEAD, *PEOPLE]).read_bytes()
    with path.open("wb") as target:
        OOXMLFile(io.BytesIO(plain)).encrypt(password, target)
    return path


def sheet_of(page: ImportPage) -> PasswordSheet:
    return [one for one in page.window().findChildren(PasswordSheet) if one.isVisible()][-1]


def asked_for_password(page: ImportPage) -> bool:
    return any(one.isVisible() for one in page.window().findChildren(PasswordSheet))


def test_a_locked_workbook_is_opened_by_the_second_password(hall: Hall, tmp_path: Path) -> None:
    page = hall.go("import")
    page.read(locked(tmp_path / "镇里发来.xlsx", "litchi2026"))
    hall.qtbot.waitUntil(lambda: asked_for_password(page), timeout=LONG)
    first = sheet_of(page)
    assert not first.wrong.isVisible()
    assert not first.open_button.isEnabled()
    type_text(first.line, "litchi2025")
    press(first.line, Qt.Key.Key_Return)
    assert first.line.text() == ""
    hall.rest(page)
    second = sheet_of(page)
    assert second is not first
    assert second.wrong.isVisible()
    type_text(second.line, "litchi2026")
    press(second.line, Qt.Key.Key_Return)
    hall.qtbot.waitUntil(lambda: page.wizard.step == 1, timeout=LONG)
    assert counts(page)["new"] == 2


def test_who_has_no_password_goes_back_and_nothing_happened(hall: Hall, tmp_path: Path) -> None:
    page = hall.go("import")
    page.read(locked(tmp_path / "镇里发来.xlsx", "litchi2026"))
    hall.qtbot.waitUntil(lambda: asked_for_password(page), timeout=LONG)
    sheet = sheet_of(page)
    sheet.activateWindow()
    hall.qtbot.waitUntil(sheet.isActiveWindow)
    press(sheet, Qt.Key.Key_Escape)
    hall.qtbot.waitUntil(lambda: not asked_for_password(page))
    assert page.wizard.step == 0


def test_rows_copied_in_a_spreadsheet_are_pasted_on_the_first_step(hall: Hall) -> None:
    page = hall.go("import")
    rows = "\r\n".join("\t".join(row) for row in [HEAD, *PEOPLE])
    QGuiApplication.clipboard().setText(rows)
    page.choosing.paste_button.click()
    hall.qtbot.waitUntil(lambda: page.wizard.step == 1, timeout=LONG)
    assert hall.trial(page)["new"] == 2
    hall.write(page)
    assert set(phones(hall.village)) == {CHEN, LI}


def test_a_clipboard_without_text_is_told_what_to_do(hall: Hall) -> None:
    page = hall.go("import")
    QGuiApplication.clipboard().clear()
    page.choosing.paste_button.click()
    asked = hall.answers.asked[-1]
    assert "复制" in asked.lines[0][1]
    assert page.wizard.step == 0


def test_a_file_dropped_on_the_page_is_read(hall: Hall, tmp_path: Path) -> None:
    page = hall.go("import")
    what = QMimeData()
    what.setUrls([QUrl.fromLocalFile(str(workbook(tmp_path / "册.xlsx", [HEAD, *PEOPLE])))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(9, 9).toPoint(), action, what, button, none)
    page.choosing.dragEnterEvent(entering)
    assert entering.isAccepted()
    page.choosing.dropEvent(QDropEvent(QPointF(9, 9), action, what, button, none))
    hall.qtbot.waitUntil(lambda: page.wizard.step == 1, timeout=LONG)


def test_a_list_left_half_way_is_gone_on_with_and_keeps_what_was_decided(
    hall: Hall, tmp_path: Path
) -> None:
    page = hall.read(workbook(tmp_path / "册.xlsx", WRONG))
    hall.trial(page)
    page.trial.take_way("skip")
    hall.rest(page)
    page.away_button.click()
    assert hall.window.shell is not None
    assert hall.window.shell.page() is not page
    page = hall.go("import")
    assert page.choosing.half_done.isVisible()
    assert "您改过的、定过的都还在" in page.choosing.half_done.accessibleName()
    page.choosing.half_done.pressed.emit()
    assert page.wizard.step == 1
    assert hall.trial(page)["skipped"] == 1


def test_ctrl_z_takes_a_repair_back_and_leaves_the_register_alone(
    hall: Hall, tmp_path: Path
) -> None:
    hall.village.residents.register({"name": "何三"})
    page = hall.read(workbook(tmp_path / "册.xlsx", WRONG))
    hall.trial(page)
    hall.window.activateWindow()
    hall.qtbot.waitActive(hall.window)
    page.trial.take_way("skip")
    hall.rest(page)
    assert counts(page)["skipped"] == 1
    press(page.trial.grid.view, Qt.Key.Key_Z, CTRL)
    hall.rest(page)
    assert counts(page)["skipped"] == 0
    press(page.trial.grid.view, Qt.Key.Key_Z, CTRL)
    hall.rest(page)
    assert hall.village.residents.count() == 1


def test_going_back_by_the_step_bar_tells_head_keys_and_foot(hall: Hall, tmp_path: Path) -> None:
    page = hall.read(workbook(tmp_path / "册.xlsx", WRONG))
    hall.trial(page)
    assert page.errors_button.isVisible()
    page.wizard.back.click()
    assert page.wizard.step == 1
    assert not page.errors_button.isVisible()
    assert page.keys[0].does == "选一列"
    page.wizard.steps.pressed.emit(0)
    assert page.wizard.step == 0
    assert page.choosing.half_done.isVisible()


def test_what_is_written_cannot_be_written_again(hall: Hall, tmp_path: Path) -> None:
    page = hall.bring(workbook(tmp_path / "册.xlsx", [HEAD, *PEOPLE]))
    page.wizard.steps.pressed.emit(2)
    assert page.wizard.step == 4
    assert not page.wizard.back.isVisible()


def test_writing_that_is_stopped_stands_at_the_dry_run_and_nothing_is_written(
    hall: Hall, tmp_path: Path
) -> None:
    page = hall.read(workbook(tmp_path / "册.xlsx", [HEAD, *PEOPLE]))
    hall.trial(page)
    page.wizard.on.click()
    assert page.wizard.step == 3
    page.writing.panel._cancel.click()
    hall.rest(page)
    assert page.wizard.step == 2
    assert phones(hall.village) == {}
    hall.write(page)
    assert set(phones(hall.village)) == {CHEN, LI}


def test_a_file_saved_again_meanwhile_is_asked_about(hall: Hall, tmp_path: Path) -> None:
    path = workbook(tmp_path / "册.xlsx", [HEAD, *PEOPLE])
    page = hall.read(path)
    hall.trial(page)
    workbook(path, [HEAD, PEOPLE[0]])
    hall.answers.answers.append("again")
    page.wizard.on.click()
    hall.qtbot.waitUntil(lambda: page.wizard.step == 1, timeout=LONG)
    assert hall.trial(page)["new"] == 1
    hall.write(page)
    assert set(phones(hall.village)) == {CHEN}


def test_a_long_number_is_seen_in_full_only_while_it_is_put_right_and_under_a_name(
    hall: Hall, tmp_path: Path
) -> None:
    page = hall.read(workbook(tmp_path / "册.xlsx", WRONG))
    hall.trial(page)
    view, mark = page.trial.grid.view, page.trial._revealed.mark
    assert not mark.isVisible()
    view.edit(view.currentIndex())
    editor = view.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == CHEN[:-1] + "1"
    assert mark.isVisible()
    assert mark.words.startswith("陈丽珍")
    press(editor, Qt.Key.Key_Escape)
    assert not mark.isVisible()
    buttons = [way.words for way in page._the_session().ways(0, "id_number")]
    assert buttons[0] == "末位改成 X"


def test_rows_with_errors_never_overwrite_the_list_they_come_from(
    hall: Hall, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "册.xlsx", WRONG)
    before = path.read_bytes()
    page = hall.read(path)
    hall.trial(page)
    hall.answers.answers.append(path)
    page.errors_button.click()
    assert path.read_bytes() == before
    assert isinstance(hall.answers.asked[-1], Question)
    target = tmp_path / "错.xlsx"
    hall.answers.answers.append(target)
    page.errors_button.click()
    hall.rest(page)
    assert load_workbook(target).worksheets[0].max_row == 2


@pytest.mark.parametrize("also", [False, True])
def test_what_was_edited_since_is_decided_when_an_import_is_taken_back(
    hall: Hall, tmp_path: Path, *, also: bool
) -> None:
    page = hall.bring(workbook(tmp_path / "册.xlsx", [HEAD, *PEOPLE]))
    people = hall.village.store.rows(hall.village.store.select(Resident))
    chen = next(person for person in people if person.id_number == CHEN)
    hall.village.residents.correct(chen, {"address": "三组99号"})
    page.done.take_back_button.click()
    hall.rest(page)
    dialog = opened(page, TickDialog)
    assert len(dialog.boxes) == 1
    dialog.boxes[0].setChecked(also)
    dialog.save()
    hall.rest(page)
    assert set(phones(hall.village)) == (set() if also else {CHEN})
    assert page.wizard.step == 0


def test_a_stop_that_comes_when_all_is_written_does_not_say_that_nothing_was(
    hall: Hall, tmp_path: Path
) -> None:
    page = hall.read(workbook(tmp_path / "册.xlsx", [HEAD, *PEOPLE]))
    hall.trial(page)
    stop = page.writing.panel.cancelled
    commit = page._the_session().imports.commit

    def late(*wished: object, **named: object) -> object:
        batch = commit(*wished, **named)  # type: ignore[arg-type]  # handed on as they come
        stop.emit()
        return batch

    page._the_session().imports.commit = late  # type: ignore[method-assign, assignment]  # a late wish
    hall.write(page)
    assert set(phones(hall.village)) == {CHEN, LI}
