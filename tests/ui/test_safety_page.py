"""备份与设置: changes, users, settings, rules, the check, personal data, the bin."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pytestqt.qtbot import QtBot

from tests.ui.money_desk import Shown, put_up
from tests.ui.safety_desk import (
    OTHER,
    SetAnswers,
    asking,
    desk,
    finish,
    page,
    shown,
    village,
)
from village_app.services.session import User
from village_app.ui.page import Desk
from village_app.ui.pages.safety.backups import BackupPart
from village_app.ui.pages.safety.changes import ChangesPart
from village_app.ui.pages.safety.check import CheckPart
from village_app.ui.pages.safety.privacy import PrivacyPart
from village_app.ui.pages.safety.rules import RulesPart
from village_app.ui.pages.safety.safety import SafetyPage
from village_app.ui.pages.safety.settings import SettingsPart
from village_app.ui.pages.safety.trash import TrashPart
from village_app.ui.pages.safety.users import UsersPart
from village_app.village import Village

__all__ = ["asking", "desk", "page", "shown", "village"]


def test_changes_are_filtered_shown_and_verified(
    page: SafetyPage, village: Village, desk: Desk, asking: SetAnswers, qtbot: QtBot
) -> None:
    village.settings.write(hall="议事厅")
    page.show_section("changes")
    part = page.part()
    assert isinstance(part, ChangesPart)
    part.words.setText("修改设置")
    assert part.table.count() == 1
    assert part.fields.count() == 2  # 项目 and 内容 of the new setting
    part.verify()
    finish(desk, qtbot)
    assert "前后相接" in part.banner.accessibleName()
    part.print_list()
    part.export()
    finish(desk, qtbot)
    assert (asking.folder / "修改记录清单.pdf").read_bytes().startswith(b"%PDF")
    assert (asking.folder / "修改记录清单.xlsx").read_bytes().startswith(b"PK")


def test_an_edited_journal_is_named_by_its_first_broken_link(
    page: SafetyPage, village: Village, desk: Desk, qtbot: QtBot
) -> None:
    village.settings.write(hall="议事厅")
    number = village.journal.head().number
    database = village.store.database
    database.execute_sql("DROP TRIGGER change_stays")
    database.execute_sql('UPDATE "change" SET user = ? WHERE id = ?', ("别人", number))
    page.show_section("changes")
    part = page.part()
    assert isinstance(part, ChangesPart)
    part.verify()
    finish(desk, qtbot)
    assert f"第 {number} 条对不上" in part.banner.accessibleName()


def test_a_user_is_added_changed_and_taken_out(
    page: SafetyPage, village: Village, desk: Desk, asking: SetAnswers, qtbot: QtBot
) -> None:
    page.show_section("users")
    part = page.part()
    assert isinstance(part, UsersPart)
    part.add()
    assert part.dialog is not None
    for name, text in {
        "name": "李会计",
        "full_name": "李美玲",
        "password": OTHER,
        "accountant": "是",
    }.items():
        part.dialog.form.editor(name).set_raw(text)
    part.dialog.save()
    assert [one.role for one in village.users.listed()][-1] == "accountant"
    account = village.users.listed()[-1]
    part.table.choose(account.id)
    part.change_role()
    part.dialog.form.editor("clerk").set_raw("是")
    part.dialog.save()
    assert village.users.get(account.id).role == "accountant+clerk"
    asking.answer = "remove"
    before = village.session.keys().generation
    part.remove()
    finish(desk, qtbot)
    assert not village.users.get(account.id).is_active
    assert village.session.keys().generation == before + 1


def test_a_new_recovery_code_must_be_typed_back(
    page: SafetyPage, desk: Desk, asking: SetAnswers, qtbot: QtBot
) -> None:
    page.show_section("users")
    part = page.part()
    assert isinstance(part, UsersPart)
    asking.answer = "renew"
    part.renew_code()
    qtbot.waitUntil(lambda: part.code is not None, timeout=20_000)
    assert part.code is not None
    part.code.reject()
    assert part.code.isVisible()
    assert not part.code.on.isEnabled()
    part.code.accept()
    finish(desk, qtbot)


def test_settings_are_saved_and_a_bad_pattern_stands_under_its_field(
    page: SafetyPage, village: Village
) -> None:
    page.show_section("settings")
    part = page.part()
    assert isinstance(part, SettingsPart)
    part.form.editor("hall").set_raw("百姓议事厅")
    part.form.editor("own_words").set_raw("村民小组：片区")
    part.form.editor("disclosure_since").set_raw("2026.4.1")
    part.form.editor("patterns").set_raw("公示：{简称}示〔{年}〕号")
    part.save_settings()
    fault = part.form.fault_of("patterns")
    assert fault is not None
    assert "{序号}" in fault.message
    part.form.editor("patterns").set_raw("公示：{简称}示〔{年}〕{序号}号")
    part.save_settings()
    settings = village.settings.read()
    assert (settings.hall, settings.word("村民小组")) == ("百姓议事厅", "片区")
    assert village.numbers.preview("notice", 2026) == "隔村示〔2026〕1号"
    assert settings.disclosure_since == "2026-04-01"
    part.show_stored()
    part.save_settings()
    assert village.settings.read() == settings


def test_a_rule_is_revised_from_a_day_on(page: SafetyPage, village: Village) -> None:
    page.show_section("rules")
    part = page.part()
    assert isinstance(part, RulesPart)
    rule = village.rules.on("notice_posting")
    part.table.choose(rule.id)
    part.revise()
    assert part.dialog is not None
    part.dialog.form.editor("effective_from").set_raw("2026-05-01")
    part.dialog.form.editor("minimum_days").set_raw("10")
    part.dialog.save()
    assert village.rules.on("notice_posting")["minimum_days"] == 7
    later = village.rules.on("notice_posting", datetime(2026, 5, 2, tzinfo=UTC).date())
    assert later["minimum_days"] == 10


def test_the_check_finds_mends_and_prints(
    page: SafetyPage, village: Village, desk: Desk, asking: SetAnswers, qtbot: QtBot
) -> None:
    village.settings.write(hall="议事厅")
    village.store.database.execute_sql("UPDATE setting SET value = '\"x\"' WHERE key = 'hall'")
    village.residents.register({"name": "何强志"})
    page.show_section("check")
    part = page.part()
    assert isinstance(part, CheckPart)
    part.check()
    finish(desk, qtbot)
    assert part.mend_button.isEnabled()
    assert part.table.count() == 3
    assert part.mend_button.text() == "修复"
    part.print_report()
    finish(desk, qtbot)
    assert (asking.folder / "自检报告.pdf").exists()
    asking.answer = "mend"
    part.mend()
    finish(desk, qtbot)
    qtbot.waitUntil(lambda: "一切正常" in part.banner.accessibleName(), timeout=20_000)
    assert village.settings.read().hall == "议事厅"


def test_every_gap_of_the_register_opens_its_record(
    page: SafetyPage, village: Village, shown: Shown
) -> None:
    person = village.residents.register({"name": "何强志"})
    page.show_section("check")
    part = page.part()
    assert isinstance(part, CheckPart)
    assert part.table.count() == 2
    part.table.verb_pressed.emit(1, "verb")
    assert part.table.count() == 1
    assert not part.back_button.isHidden()
    part.table.verb_pressed.emit(1, "verb")
    assert shown.gone == [("residents", person.id)]
    part.back_button.click()
    assert part.table.count() == 2


def test_what_was_deleted_is_brought_back(
    page: SafetyPage, village: Village, shown: Shown, asking: SetAnswers
) -> None:
    person = village.residents.register({"name": "何强志"})
    village.residents.remove(person)
    page.show_section("trash")
    part = page.part()
    assert isinstance(part, TrashPart)
    part.restore()
    assert shown.said == ["取回了 1 条"]
    assert village.residents.get(person.id).name == "何强志"
    village.residents.remove(village.residents.get(person.id))
    part.refresh()
    asking.answer = "empty"
    part.empty()
    assert part.table.count() == 0


def test_a_supervisor_sees_changes_and_check_and_can_press_nothing_that_changes(
    village: Village, desk: Desk, qtbot: QtBot
) -> None:
    village.session.user = User("叶志坚", "叶志坚", "supervisor")
    page = SafetyPage(replace(desk, village=village))
    put_up(page, qtbot)
    words = [button.chip.key for button in page.chips.buttons()]
    assert words == ["backups", "changes", "settings", "issues", "rules", "check"]
    backups = page.part()
    assert isinstance(backups, BackupPart)
    assert not backups.make_button.isEnabled()
    assert not backups.restore_button.isEnabled()
    page.show_section("settings")
    settings = page.part()
    assert isinstance(settings, SettingsPart)
    assert not settings.save_button.isEnabled()


def test_a_persons_data_is_printed_and_cleared(
    page: SafetyPage,
    village: Village,
    desk: Desk,
    asking: SetAnswers,
    shown: Shown,
    qtbot: QtBot,
) -> None:
    village.residents.register({"name": "何强志", "phone": "13800138000", "status": "moved_out"})
    page.show_section("privacy")
    part = page.part()
    assert isinstance(part, PrivacyPart)
    assert not part.print_button.isEnabled()
    part.words.setText("何强志")
    part.print_person()
    finish(desk, qtbot)
    assert (asking.folder / "个人信息查阅单 何强志.pdf").exists()
    village.notebook.write("何强志来电，13800138000")
    asking.answer = "clear"
    part.clear()
    assert shown.said[-1] == "已清除"
    assert list(asking.asked[-1].lines) == [("别处写到的也清掉了", "记事 1 处。")]
    assert part.table.count() == 0
