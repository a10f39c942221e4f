"""Kills where a service does more than one thing: clearing a person, publishing, starting."""

from __future__ import annotations

import os
import random
import select
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.whole.killing import killed_in, new_folder, opened
from village_app.db.files import is_passing
from village_app.db.records.notices import Notice
from village_app.db.records.residents import Resident
from village_app.services.safety.person_words import CLEARED
from village_app.village import Village

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="要用 fork 和 SIGKILL")
GIVEN = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"
PEOPLE, NOTICES, STARTS = 40, 12, 10


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return new_folder(tmp_path / "隔坑村 资料")


def name_of(number: int) -> str:
    return f"何{GIVEN[number]}志"


def test_a18_a_person_is_cleared_with_his_trace_or_not_at_all(folder: Path) -> None:
    phone = "1380013{:04}"
    with opened(folder) as village:
        for number in range(PEOPLE):
            person = village.residents.register(
                {"name": name_of(number), "phone": phone.format(number)}
            )
            village.residents.correct(person, {"status": "moved_out"})

    def clear(village: Village) -> Iterator[object]:
        people = village.store.rows(
            village.store.select(Resident).where(Resident.name != CLEARED).order_by(Resident.id)
        )
        for person in people:
            yield village.privacy.clear(person)

    for seed in range(8):
        killed_in(folder, clear, seed)
        with opened(folder) as village:
            kept = {one.name for one in village.store.rows(village.store.select(Resident))}
            text = str(village.store.sql('SELECT "before", "after" FROM change_row'))
            labels = str(village.store.sql('SELECT label FROM "change"'))
            for number in range(PEOPLE):
                is_kept = name_of(number) in kept
                assert (phone.format(number) in text) == is_kept, number
                assert (name_of(number) in labels) == is_kept, number
            assert village.audit.verify().is_whole
            assert village.privacy.finish_clearing() == 0


def test_a15_a_notice_has_its_number_with_its_paper_or_neither(folder: Path) -> None:
    with opened(folder) as village:
        for _ in range(NOTICES):
            notice = village.writing.begin("publicity", "关于路灯安装的公示")
            written = village.writing.written(notice)
            body = "环塘装路灯24盏。\n公示期：｛公示期｝。"
            notice = village.writing.edit(notice, replace(written, body=body))
            village.notices.check(notice, agrees=True)
            village.notices.approve(notice)

    def publish(village: Village) -> Iterator[object]:
        query = village.store.select(Notice).where(Notice.state == "approved")
        for notice in village.store.rows(query.order_by(Notice.id)):
            yield village.notices.publish(notice)

    for seed in range(4):
        killed_in(folder, publish, seed)
        with opened(folder) as village:
            for notice in village.store.rows(village.store.select(Notice)):
                assert (
                    (notice.number is None)
                    == (notice.frozen is None)
                    == (notice.state == "approved")
                )
                if notice.frozen:
                    assert village.notices.reprint(notice).startswith(b"%PDF")
            assert village.selfcheck.run().is_sound


def test_a20_after_ten_kills_while_starting_the_next_start_works_and_nothing_piles_up(
    folder: Path,
) -> None:
    before = {path.name for path in folder.iterdir()}
    for seed in range(STARTS):
        child = os.fork()
        if child == 0:
            try:
                opened(folder)
            finally:
                os._exit(0)
        select.select([], [], [], random.Random(seed).random() * 0.15)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with opened(folder) as village:
        assert village.selfcheck.run().is_sound
    after = {path.name for path in folder.iterdir()}
    assert not [path for path in folder.rglob("*") if is_passing(path)]
    assert after - before <= {"village.lock"}, after - before
