"""自检, recycle bin, only some records from a backup: what is wrong is found and comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.services.conftest import PASSWORD, TurningClock
from tests.services.money_books import book_first_quarter, open_purses
from village_app.db.cipher_file import opened
from village_app.errors import Refused
from village_app.opening import DATABASE, open_village
from village_app.village import Village


def test_what_was_changed_outside_the_program_is_found_and_put_back(village: Village) -> None:
    """A total edited by hand and a record deleted by hand in a copy (BS-12)."""
    village.places.add("一组")
    gone = village.places.add("二组")
    village.settings.write(hall="议事厅")
    database = village.store.database
    database.execute_sql("UPDATE setting SET value = '\"大会堂\"' WHERE key = 'hall'")
    database.execute_sql("DELETE FROM place WHERE id = ?", (gone.id,))
    found = village.selfcheck.run()
    codes = [one.code for one in found.findings]
    assert codes == ["outside", "outside"]
    assert any("设置的内容和修改记录不一致" in one.message for one in found.findings)
    assert {one.where for one in found.findings} == {"设置", "地点二组"}
    paper = village.selfcheck.paper(found)
    assert "发现2处问题" in str(paper.blocks[0])
    assert village.selfcheck.put_back() == 2
    assert [one.name for one in village.places.groups()] == ["一组", "二组"]
    assert village.settings.read().hall == "议事厅"
    assert village.selfcheck.run().is_sound


def test_bs12_a_broken_link_and_a_wrong_total_in_a_copy_are_found_repaired_and_printed(
    village: Village, folder: Path, clock: TurningClock
) -> None:
    """Somebody with the key and another tool edits the file; the program was not running."""
    clock.turn_to(2026, 4, 10)
    group = village.places.add("一组")
    person = village.residents.register({"name": "何强志", "group_id": str(group.id)})
    open_purses(village)
    book_first_quarter(village)
    (entry,) = village.ledger.entries(date(2026, 3, 31), date(2026, 3, 31))
    key = village.session.keys().dek
    village.close()
    with opened(folder / DATABASE, key, read_only=False) as tool:
        tool.execute("PRAGMA foreign_keys = OFF")
        tool.execute("UPDATE resident SET group_id = 99999 WHERE id = ?", (person.id,))
        tool.execute("UPDATE ledger_entry SET amount = amount + 100000 WHERE id = ?", (entry.id,))
    with open_village(folder, "陈丽珍", PASSWORD, clock=clock) as again:
        found = {(one.code, one.where) for one in again.selfcheck.run().findings}
        assert found == {
            ("broken_link", "居民何强志 → 地点"),
            ("outside", "居民何强志"),
            ("outside", entry.describe()),
        }
        assert again.selfcheck.put_back() == 2
        report = again.selfcheck.run()
        assert report.is_sound
        assert again.ledger.get(entry.id).amount == entry.amount
        assert again.residents.get(person.id).group_id == group.id
        paper = again.selfcheck.paper(report)
        assert "没有发现问题" in str(paper.blocks[0])
        assert "还要补登的" in str(paper.blocks[1])


def test_a_deleted_record_lies_in_the_bin_and_comes_back(village: Village) -> None:
    person = village.residents.register({"name": "何强志"})
    village.residents.remove(person)
    found = village.trash.listed()
    assert [(one.what, one.user) for one in found] == [("居民 何强志", "陈丽珍")]
    village.trash.restore(found[0].number)
    assert village.residents.get(person.id).name == "何强志"
    assert village.trash.listed() == []


def test_an_emptied_bin_keeps_nothing_and_leaves_the_chain_whole(village: Village) -> None:
    person = village.residents.register({"name": "何强志"})
    village.residents.remove(person)
    number = village.trash.listed()[0].number
    assert village.trash.empty() == 1
    assert village.trash.listed() == []
    assert village.audit.verify().is_whole
    with pytest.raises(Refused) as caught:
        village.trash.restore(number)
    assert caught.value.code == "erased"


def test_gaps_of_the_register_are_counted(village: Village) -> None:
    village.residents.register({"name": "何强志"})
    assert {one.code: one.count for one in village.health.lines()} == {
        "no_identity": 1,
        "no_group": 1,
    }


def test_every_gap_names_the_records_that_it_counts(village: Village) -> None:
    group = village.places.add("一组")
    number = "440301198808089999"
    first = village.residents.register({"name": "何强志", "group_id": str(group.id)})
    second = village.residents.register({"name": "余瑞莲"})
    with village.change("同号") as change:
        for one in (first, second):
            change.update(one, id_number=number)
    lines = {one.code: one.count for one in village.health.lines()}
    assert lines == {"no_group": 1, "same_number": 2}
    for code, count in lines.items():
        assert len(village.health.gaps(code)) == count
    (gap,) = village.health.gaps("no_group")
    assert (gap.page, gap.record, gap.title, gap.where) == ("residents", second.id, "余瑞莲", "")
    assert [one.where for one in village.health.gaps("same_number")] == ["一组", ""]


def test_only_some_records_come_back_from_an_old_backup(village: Village) -> None:
    kept, gone, changed = (
        village.residents.register({"name": name}) for name in ("何强志", "余瑞莲", "吴国标")
    )
    backup = village.backups.make("手动备份")
    village.residents.remove(gone)
    village.residents.correct(changed, {"phone": "13800138000"})
    village.residents.correct(kept, {"note": "今天才写的"})
    found = {one.record_id: one for one in village.past_records.differing(backup, "resident")}
    assert (found[gone.id].name, found[gone.id].kind) == ("余瑞莲", "gone")
    assert found[changed.id].differences == (("电话", "", "138****8000"),)
    assert village.past_records.take_back(backup, "resident", [gone.id, changed.id]) == 2
    assert village.residents.get(gone.id).name == "余瑞莲"
    assert village.residents.get(changed.id).phone is None
    assert village.residents.get(kept.id).note == "今天才写的"
    assert village.selfcheck.run().is_sound
    assert village.undo() == "从第 1 份备份取回 2 条居民"
    assert village.residents.get(changed.id).phone == "13800138000"


def test_a_record_whose_household_is_gone_waits_for_it(village: Village) -> None:
    place = village.places.add("一组")
    child = village.places.add("网格一", kind="grid", parent_id=place.id)
    backup = village.backups.make("手动备份")
    with village.change("删") as change:
        change.delete(child)
        change.delete(place)
    with pytest.raises(Refused) as caught:
        village.past_records.take_back(backup, "place", [child.id])
    assert caught.value.code == "owner_gone"
    assert village.past_records.take_back(backup, "place", [place.id, child.id]) == 2
