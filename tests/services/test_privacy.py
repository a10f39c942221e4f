"""Everything about one person at his request, and nothing of him when its time is over (SA-09)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.conftest import TurningClock
from village_app.db.records.residents import Resident
from village_app.errors import Refused
from village_app.papers.pdf import write_pdf
from village_app.services.safety.audit import Filter
from village_app.village import Village

NUMBER = "13800138000"


@pytest.fixture
def person(village: Village, tmp_path: Path) -> Resident:
    made = village.residents.register({"name": "何强志", "phone": NUMBER})
    note = tmp_path / "便条.txt"
    note.write_text("路灯不亮", encoding="utf-8")
    village.attachments.attach(made, note)
    village.residents.reveal(made, "核对电话")
    return made


def test_the_paper_holds_all_that_is_kept_and_who_looked(
    village: Village, person: Resident
) -> None:
    paper = village.privacy.paper(person)
    text = str(paper.blocks)
    for sought in ("何强志", NUMBER, "便条.txt", "新增居民", "核对电话", "第四十五条"):
        assert sought in text
    assert write_pdf(paper).pages >= 1
    assert village.audit.entries(Filter())[0].label == "打印个人信息：何强志"


def test_sa12_the_paper_with_full_numbers_carries_user_and_time_on_every_page(
    village: Village, person: Resident
) -> None:
    import pypdfium2

    stamp = village.session.stamp()
    document = pypdfium2.PdfDocument(write_pdf(village.privacy.paper(person)).data)
    for page in document:
        text = page.get_textpage().get_text_range().replace("\r\n", "")
        assert text.count(stamp) == 8
    plain = pypdfium2.PdfDocument(write_pdf(village.handover.paper()).data)
    assert stamp not in plain[0].get_textpage().get_text_range()


def test_a_person_of_the_village_is_not_cleared(village: Village, person: Resident) -> None:
    with pytest.raises(Refused) as caught:
        village.privacy.clear(person)
    assert caught.value.code == "still_here"


def test_i08_clearing_leaves_nothing_of_him_and_the_chain_whole(
    village: Village, person: Resident
) -> None:
    moved = village.residents.correct(person, {"status": "moved_out"})
    done = village.privacy.clear(moved)
    assert done.attachments == 1
    assert done.remains == ()
    kept = village.residents.get(person.id)
    assert (kept.name, kept.phone, kept.spellings) == ("已清除", None, None)
    everything = str(village.store.sql('SELECT label FROM "change"')) + str(
        village.store.sql('SELECT "before", "after" FROM change_row')
    )
    assert "何强志" not in everything
    assert NUMBER not in everything
    assert village.audit.verify().is_whole
    assert village.selfcheck.run().is_sound
    assert village.trash.listed() == []


def test_who_is_gone_longer_than_the_rule_says_is_due(
    village: Village, person: Resident, clock: TurningClock
) -> None:
    village.residents.correct(person, {"status": "moved_out"})
    assert village.privacy.due() == []
    clock.turn_to(2031, 3, 1)
    assert [one.id for one in village.privacy.due()] == [person.id]


def test_the_handover_lists_what_goes_to_the_next_committee(village: Village) -> None:
    village.residents.register({"name": "何强志"})
    village.accounts.open_with(
        village.accounts.find("库存现金"), {"day": "2026-01-01", "amount": "3,250.60"}
    )
    village.backups.make("手动备份")
    paper = village.handover.paper()
    text = str(paper.blocks)
    for sought in (
        "居民",
        "3,250.60元",
        "恢复码",
        "第1份",
        "移交人",
        "接收人",
        "监交人",
        "第二十条",
    ):
        assert sought in text
    assert write_pdf(paper).pages >= 1


def test_a18_a_clearing_cut_between_record_and_journal_is_finished_at_the_next_opening(
    village: Village, person: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    from village_app.db import erasing

    class PlugPulledError(Exception):
        pass

    def pull(*_given: object) -> None:
        raise PlugPulledError

    moved = village.residents.correct(person, {"status": "moved_out"})
    with monkeypatch.context() as cut:
        cut.setattr(erasing, "erase_payloads", pull)
        with pytest.raises(PlugPulledError):
            village.privacy.clear(moved)
    kept = str(village.store.sql('SELECT "before", "after" FROM change_row'))
    assert NUMBER in kept
    assert village.privacy.finish_clearing() == 1
    kept = str(village.store.sql('SELECT "before", "after" FROM change_row'))
    for sought in (NUMBER, "何强志", "便条.txt"):
        assert sought not in kept
    assert village.privacy.finish_clearing() == 0
    assert village.audit.verify().is_whole
