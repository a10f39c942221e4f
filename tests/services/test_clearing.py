"""Clearing a person reaches every text that names him, and nobody else's; the chain stays whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.services.family import Family, family_of_six
from village_app.db.attachment_files import path_of, stored
from village_app.db.records.register import HouseholdStep
from village_app.db.records.residents import Resident
from village_app.services.safety.clearing import Cleared
from village_app.services.safety.person_mentions import LEFT, SAME_NAME
from village_app.services.safety.person_words import PersonWords
from village_app.village import Village

PHONE = "13800138000"


@pytest.fixture
def family(village: Village) -> Family:
    return family_of_six(village)


def everything_in(village: Village) -> str:
    """Give all text of all tables, the journal's included."""
    tables = village.store.sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    return "\n".join(
        str(row)
        for (table,) in tables
        for row in village.store.database.execute_sql(f'SELECT * FROM "{table}"').fetchall()
    )


def make_head(village: Village, family: Family, head: Resident) -> None:
    moves = village.household_moves
    proposed = moves.proposal(family.household, head.id, [one.id for one in family.all])
    codes = {key: found.code or "99" for key, found in proposed.items()}
    moves.change_head(family.household, head.id, codes, date(2026, 1, 5))


def fresh(village: Village, person: Resident) -> Resident:
    return village.residents.get(person.id)


def gone(village: Village, person: Resident) -> Cleared:
    left = village.residents.correct(fresh(village, person), {"status": "moved_out"})
    return village.privacy.clear(left)


def titles(found: Cleared) -> dict[str, int]:
    return {place.title: place.count for place in found.texts}


def test_the_household_history_events_notes_and_labels_name_him_no_more(
    village: Village, family: Family, tmp_path: Path
) -> None:
    son = village.residents.correct(family.son, {"phone": PHONE})
    name = son.name
    make_head(village, family, son)
    village.life_events.enter(
        fresh(village, family.mother),
        {"kind": "move_out", "day": "2026-01-06", "note": f"随{name}迁出"},
    )
    village.notebook.write(f"{name}来电，{PHONE}，说路灯不亮")
    village.residents.correct(fresh(village, family.father), {"note": f"儿子{name}，电话{PHONE}"})
    village.drafts.keep("residents", {"name": name})
    letter = tmp_path / f"{name}的申请.txt"
    letter.write_text("路灯不亮", encoding="utf-8")
    village.attachments.attach(family.household, letter)
    done = gone(village, son)
    assert titles(done) == {"户的变动": 1, "人口变动": 1, "居民": 1, "附件": 1, "记事": 1}
    assert done.remains == ()
    everything = everything_in(village)
    assert name not in everything
    assert PHONE not in everything
    assert village.residents.get(family.father.id).note == "儿子（已清除），电话（已清除）"
    (label,) = village.store.sql(
        "SELECT label FROM \"change\" WHERE label LIKE '清除个人信息%' ORDER BY id DESC LIMIT 1"
    )
    assert label[0].startswith(f"清除个人信息：居民 {son.id}，")
    assert "，户的变动 1 处，人口变动 1 处" in label[0]
    assert village.audit.verify().is_whole
    assert village.selfcheck.run().is_sound


def test_texts_of_one_with_the_same_name_stay_and_are_listed(village: Village) -> None:
    one = village.residents.register({"name": "何强志", "phone": PHONE})
    village.residents.register({"name": "何强志", "phone": "13900139000"})
    village.notebook.write("何强志要补办证明")
    village.notebook.write(f"何强志来电，{PHONE}")
    done = gone(village, one)
    assert titles(done) == {"记事": 1}
    assert [(place.title, place.count, place.why) for place in done.remains] == [
        ("居民", 1, SAME_NAME),
        ("记事", 1, SAME_NAME),
    ]
    texts = {text for (text,) in village.store.sql("SELECT text FROM notebook_line")}
    assert texts == {"何强志要补办证明", "（已清除）来电，（已清除）"}
    assert PHONE not in everything_in(village)
    assert "13900139000" in everything_in(village)


def test_a_longer_name_and_a_shared_telephone_are_somebody_elses(village: Village) -> None:
    short = village.residents.register({"name": "何强", "phone": PHONE})
    village.residents.register({"name": "何强志", "phone": PHONE})
    village.notebook.write(f"何强和何强志来电，{PHONE}")
    gone(village, short)
    ((text,),) = village.store.sql("SELECT text FROM notebook_line")
    assert text == f"（已清除）和何强志来电，{PHONE}"


def test_what_the_law_keeps_is_left_and_said(village: Village) -> None:
    person = village.residents.register({"name": "何强志"})
    accounts = village.accounts
    typed = {"day": "2026-01-06", "summary": "工钱", "amount": "100", "party": "何强志"}
    village.accounts.open_with(accounts.find("库存现金"), {"day": "2026-01-01", "amount": "500"})
    village.ledger.spend(accounts.find("库存现金"), accounts.find("管理费用"), typed)
    done = gone(village, person)
    assert [(place.title, place.why) for place in done.remains] == [("账目", LEFT["ledger_entry"])]
    assert village.store.scalar("SELECT party FROM ledger_entry") == "何强志"
    assert village.audit.verify().is_whole


def test_the_content_of_his_files_leaves_the_disk_and_a_shared_one_stays(
    village: Village, tmp_path: Path
) -> None:
    one = village.residents.register({"name": "何强志"})
    other = village.residents.register({"name": "吴瑞莲"})
    for name, text, owners in (("便条.txt", "只有他", [one]), ("合照.txt", "两个人", [one, other])):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        for owner in owners:
            village.attachments.attach(owner, path)
    codes = set(stored(village.session.folder))
    assert len(codes) == 2
    unnamed = path_of(village.session.folder, "0" * 64)
    unnamed.parent.mkdir(exist_ok=True)
    unnamed.touch()  # a replaced database beside may name it
    gone(village, one)
    (left,) = set(stored(village.session.folder)) & codes
    assert unnamed.exists()
    (kept,) = village.attachments.of(other)
    assert kept.fingerprint == left
    assert village.attachments.read(kept).decode() == "两个人"


def test_steps_of_other_households_stay_as_they_are(village: Village, family: Family) -> None:
    make_head(village, family, family.son)
    before = [one.text for one in village.store.rows(village.store.select(HouseholdStep))]
    gone(village, village.residents.register({"name": "吴瑞莲"}))
    assert [one.text for one in village.store.rows(village.store.select(HouseholdStep))] == before


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("何强", "已清除"),
        (PHONE, "已清除"),
        ("户主何强", "户主（已清除）"),
        ("何强志", "何强志"),
        ("何强志与何强", "何强志与（已清除）"),
        ("没有人", "没有人"),
    ],
)
def test_only_his_own_words_are_taken_out(text: str, taken: str) -> None:
    words = PersonWords("何强", [PHONE], longer=["何强志"], is_shared=False)
    assert words.taken_out_of(text) == taken
    assert words.are_in(text) == (taken != text)
