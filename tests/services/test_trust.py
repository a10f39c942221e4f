"""Backups, restores, users and keys as the program uses them: nothing lost, nothing quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.conftest import PASSWORD, TurningClock
from village_app.db import opening
from village_app.db.engine import Store
from village_app.db.files import is_passing
from village_app.db.key_file import FILE_NAME, SECOND_NAME
from village_app.db.problems import map_os_error
from village_app.db.shelf import LOCAL_FOLDER, SUSPECT
from village_app.errors import EnvironmentProblem, Refused
from village_app.opening import DATABASE, open_village
from village_app.services.safety.audit import Filter
from village_app.village import Village

OTHER = "四头水牛过沙洲去吃草"


def names(village: Village) -> list[str]:
    return [one.name for one in village.places.groups()]


def test_a_restore_brings_the_records_back_and_owns_up_in_the_journal(
    village: Village, clock: TurningClock
) -> None:
    village.places.add("一组")
    backup = village.backups.make("手动备份")
    village.places.add("二组")
    clock.turn_to(2026, 1, 13)
    note = village.backups.restore(backup)
    assert names(village) == ["一组"]
    assert (village.folder / note.safety).exists()
    newest = village.audit.entries(Filter())[0]
    assert newest.label.startswith("恢复了第 1 份备份")
    assert village.audit.verify().is_whole


def test_a_restore_from_outside_is_owned_up_to_at_the_next_opening(
    village: Village, folder: Path, clock: TurningClock
) -> None:
    from village_app.db.restore import restore_backup

    village.places.add("一组")
    backup = village.backups.make("手动备份")
    village.places.add("二组")
    keys = village.session.keys()
    village.close()
    restore_backup(backup, folder, keys, now=clock.now())
    with open_village(folder, "陈丽珍", PASSWORD, clock=clock) as again:
        assert names(again) == ["一组"]
        assert again.audit.verify().is_whole
        first = again.journal.head()
    with open_village(folder, "陈丽珍", PASSWORD, clock=clock) as once_more:
        assert once_more.journal.head() == first


def test_an_older_file_put_back_by_hand_shows_against_the_seal(
    village: Village, folder: Path, clock: TurningClock
) -> None:
    village.places.add("一组")
    village.lock()
    old = (folder / DATABASE).read_bytes()
    village.unlock(PASSWORD)
    village.places.add("二组")
    village.close()
    (folder / DATABASE).write_bytes(old)
    with open_village(folder, "陈丽珍", PASSWORD, clock=clock) as again:
        found = again.audit.verify()
    assert not found.is_whole
    assert "换成了旧的" in found.reason


def test_users_stay_todays_after_a_restore(village: Village) -> None:
    backup = village.backups.make("手动备份")
    village.users.add("李会计", OTHER, "accountant", "李美玲")
    village.backups.restore(backup)
    assert {one.name for one in village.users.listed() if one.is_active} == {"陈丽珍", "李会计"}


def test_who_was_taken_out_opens_neither_the_file_nor_a_new_backup(
    village: Village, folder: Path, clock: TurningClock, tmp_path: Path
) -> None:
    account = village.users.add("李会计", OTHER, "accountant")
    before = village.session.keys().dek
    village.users.remove(account)
    stick = tmp_path / "U盘"
    stick.mkdir()
    backup = village.backups.make("手动备份", stick)
    assert village.session.keys().dek != before
    assert village.audit.verify().is_whole
    village.close()
    with pytest.raises(EnvironmentProblem) as caught:
        Store(backup.database, before)
    assert caught.value.code == "damaged"
    with pytest.raises(Refused) as refused:
        open_village(folder, "李会计", OTHER, clock=clock)
    assert refused.value.code == "wrong_password"
    with open_village(folder, "陈丽珍", PASSWORD, clock=clock) as again:
        states = {one.name: one.is_active for one in again.users.listed()}
    assert states == {"陈丽珍": True, "李会计": False}


def test_a_change_of_keys_cut_short_is_finished_at_the_next_opening(
    village: Village, folder: Path, clock: TurningClock
) -> None:
    village.places.add("一组")
    pending = village.vault.begin_rotation()
    village.close()
    with open_village(folder, "陈丽珍", PASSWORD, clock=clock) as again:
        assert again.session.keys().dek == pending
        assert not again.vault.is_rotating
        assert names(again) == ["一组"]
        assert again.audit.verify().is_whole


def test_j04_nobody_takes_himself_or_the_last_administrator_out(village: Village) -> None:
    own = village.users.listed()[0]
    with pytest.raises(Refused) as caught:
        village.users.remove(own)
    assert caught.value.code == "own_account"
    with pytest.raises(Refused) as caught:
        village.users.set_role(own, "clerk")
    assert caught.value.code == "last_administrator"


def test_a_new_role_and_a_new_password_hold_at_the_next_sign_in(
    village: Village, folder: Path, clock: TurningClock
) -> None:
    account = village.users.add("李会计", OTHER, "accountant")
    account = village.users.set_role(account, "accountant+clerk")
    village.users.reset_password(account, PASSWORD)
    village.close()
    with open_village(folder, "李会计", PASSWORD, clock=clock) as again:
        assert again.user.role == "accountant+clerk"
        assert again.session.keys().must_change
        again.users.change_own_password(PASSWORD, OTHER)
        assert not again.session.keys().must_change


def test_a_damaged_file_is_no_wrong_password(
    village: Village, folder: Path, clock: TurningClock
) -> None:
    village.close()
    raw = bytearray((folder / DATABASE).read_bytes())
    raw[100:4000] = bytes(3900)
    (folder / DATABASE).write_bytes(raw)
    with pytest.raises(EnvironmentProblem) as caught:
        open_village(folder, "陈丽珍", PASSWORD, clock=clock)
    assert caught.value.code == "damaged"
    assert "密码是对的" in caught.value.message


def test_key_files_of_another_village_are_named_as_such(
    village: Village, folder: Path, clock: TurningClock, tmp_path: Path
) -> None:
    from tests.services.conftest import QUICK
    from village_app.opening import NewVillage, create_village

    other, _ = create_village(
        tmp_path / "别村", NewVillage("别村", "", "陈丽珍", PASSWORD), clock=clock, cost=QUICK
    )
    other.close()
    village.close()
    for name in (FILE_NAME, SECOND_NAME):
        (folder / name).write_bytes((other.folder / name).read_bytes())
    with pytest.raises(EnvironmentProblem) as caught:
        open_village(folder, "陈丽珍", PASSWORD, clock=clock)
    assert caught.value.code == "foreign_key_file"


def test_what_a_cut_left_is_swept_at_the_opening(
    village: Village, folder: Path, clock: TurningClock
) -> None:
    village.close()
    half = [folder / ".~half.part", folder / LOCAL_FOLDER / ".~backup.part" / "village.db"]
    for path in half:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    with open_village(folder, "陈丽珍", PASSWORD, clock=clock):
        assert not [path for path in folder.rglob("*") if is_passing(path)]


def test_records_on_a_network_drive_are_refused(
    folder: Path, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from village_app.db.places import look_at

    village.close()
    monkeypatch.setattr(opening, "look_at", lambda path: replace(look_at(path), is_remote=True))
    with pytest.raises(EnvironmentProblem) as caught:
        open_village(folder, "陈丽珍", PASSWORD)
    assert caught.value.code == "remote_folder"


def test_an_older_file_is_backed_up_before_it_is_changed(
    village: Village, folder: Path, clock: TurningClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from village_app.db import migrations

    village.places.add("一组")
    village.close()
    steps = (*migrations.MIGRATIONS, lambda store: store.sql('CREATE TABLE "later" ("id" INTEGER)'))
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    with open_village(folder, "陈丽珍", PASSWORD, clock=clock) as again:
        made = again.backups.listed()
        assert [one.manifest.reason for one in made] == ["升级程序前"]
        assert made[0].manifest.schema_version == len(steps) - 1
        assert again.store.schema_version == len(steps)


def test_the_light_counts_work_and_believes_no_date_of_the_future(
    village: Village, clock: TurningClock
) -> None:
    assert village.backups.state().word == "还没有备份"
    village.backups.make("手动备份")
    assert village.backups.state().kind == "done"
    clock.turn_to(2026, 1, 15)
    assert not village.backups.is_due()
    assert village.backups.state().kind == "done"
    village.places.add("一组")
    assert village.backups.is_due()
    assert village.backups.is_due_at_closing()
    assert (village.backups.state().kind, village.backups.state().word) == ("soon", "该备份了")
    clock.turn_to(2031, 1, 1)
    village.backups.make("钟坏了")
    clock.turn_to(2026, 1, 16)
    village.places.add("二组")
    village.backups.make("钟修好了")
    assert any(one.path.name.startswith(SUSPECT) for one in village.backups.listed())
    newest = village.backups.newest()
    assert newest is not None
    assert newest.manifest.reason == "钟修好了"


def test_a_failed_backup_turns_the_light_red_and_says_why(village: Village, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        village.backups.make("手动备份", tmp_path / "拔掉的U盘")
    assert village.backups.state().kind == "fault"
    assert "拔掉的U盘" in village.backups.failure
    village.backups.make("手动备份")
    assert village.backups.state().kind == "done"


def test_a_copy_on_a_stick_is_due_after_a_week(
    village: Village, clock: TurningClock, tmp_path: Path
) -> None:
    assert village.backups.is_stick_due()
    village.backups.make("手动备份", tmp_path)
    assert not village.backups.is_stick_due()
    clock.turn_to(2026, 1, 21)
    assert village.backups.is_stick_due()


def test_nothing_is_copied_again_before_an_import_when_nothing_changed(village: Village) -> None:
    assert village.backups.before("导入前") is not None
    assert village.backups.before("导入前") is None
    village.places.add("一组")
    made = village.backups.before("导入前")
    assert made is not None
    assert made.path.parent == village.folder / LOCAL_FOLDER


def test_too_little_memory_is_said_in_a_sentence(village: Village) -> None:
    with pytest.raises(EnvironmentProblem) as caught, village.store.reading():
        raise MemoryError
    assert caught.value.code == "no_memory"
    assert map_os_error(MemoryError(), "a", "读").code == "no_memory"


def test_the_list_of_changes_is_printed_with_the_head_of_the_chain(village: Village) -> None:
    village.places.add("一组")
    paper = village.audit.paper(Filter(words="一组"))
    assert "校验过全部" in str(paper.blocks[0])
    assert paper.footer.startswith("修改记录封印：")
    assert village.audit.spreadsheet(Filter()).startswith(b"PK")
    listing = village.audit.listed(Filter(user="陈丽珍"))
    newest = listing.window(0, 1)[0]
    assert newest.id == listing.ids()[0] == listing.count()
    listing.sort("at", descending=False)
    assert listing.ids()[0] == 1


def test_a_folder_that_is_copied_to_the_net_is_warned_of(
    village: Village, clock: TurningClock, tmp_path: Path
) -> None:
    assert village.backups.place_warning() == ""
    village.close()
    cloud = tmp_path / "OneDrive"
    cloud.mkdir()
    village.folder.rename(cloud / "村")
    with open_village(cloud / "村", "陈丽珍", PASSWORD, clock=clock) as moved:
        assert "OneDrive" in moved.backups.place_warning()


def test_the_list_of_changes_speaks_no_codes(village: Village) -> None:
    village.users.add("李会计", OTHER, "accountant+clerk", "李美玲")
    village.settings.write(supervision_phone="0769-83730000", posting_day_counts=False)
    told = [
        (one.label, word)
        for entry in village.audit.entries(Filter())
        for one in village.audit.touched(entry.number)
        for word in (one.old, one.new)
    ]
    assert ("角色", "会计、文书") in told
    assert ("项目", "监督电话") in told
    assert ("项目", "张贴当天算第一天") in told
    assert ("内容", "否") in told
    codes = {word for _, word in told if word.isascii() and any(mark in word for mark in "_{[")}
    assert codes == set()
