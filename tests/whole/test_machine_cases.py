"""The same village on machines set up otherwise: zone, language, folder (K03, K11, K12)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.conftest import PASSWORD, clock, folder, village
from village_app.village import Village

__all__ = ["clock", "folder", "village"]
ROOT = Path(__file__).resolve().parents[2]
LOOK = f"""
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from village_app.opening import open_village
from village_app.services.register.resident_list import PeopleFilter
from village_app.services.safety.audit import Filter

class Clock:
    def now(self):
        return datetime(2026, 3, 1, 16, 30, tzinfo=UTC)

with open_village(Path(sys.argv[1]), "陈丽珍", {PASSWORD!r}, clock=Clock()) as village:
    print(village.session.today(), village.session.stamp())
    for order in ("name_strokes", "pinyin"):
        listed = village.resident_list.listed(PeopleFilter(order=order))
        print([row.values["name"] for row in listed.window(0, 9)])
    print(re.sub("0x[0-9a-f]+", "", str(village.handover.paper().blocks)))
    print([(one.at.isoformat(), one.label) for one in village.audit.entries(Filter())][-3:])
"""
NAMES = ("何强志", "丁一", "余瑞莲", "阿明", "Ng Wai")


@pytest.fixture
def people(village: Village) -> Path:
    for name in NAMES:
        village.residents.register({"name": name})
    village.accounts.open_with(
        village.accounts.find("库存现金"), {"day": "2026-01-01", "amount": "3,250.60"}
    )
    village.close()
    return village.folder


def look(where: Path, **settings: str) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", LOOK, str(where)],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_k03_k11_zone_and_language_of_the_machine_change_no_day_number_or_order(
    people: Path, tmp_path: Path
) -> None:
    copies = [shutil.copytree(people, tmp_path / str(number)) for number in range(3)]
    usual = look(copies.pop(), TZ="Asia/Shanghai", LC_ALL="zh_CN.UTF-8")
    assert "2026-03-02" in usual.splitlines()[0]  # half past midnight in the village
    assert "3,250.60元" in usual
    for zone, language in (("America/New_York", "C"), ("Europe/Berlin", "de_DE.UTF-8")):
        assert look(copies.pop(), TZ=zone, LC_ALL=language, LANG=language) == usual


def test_k12_a_village_on_a_stick_leaves_nothing_on_the_machine(
    people: Path, tmp_path: Path
) -> None:
    home, passing = tmp_path / "家", tmp_path / "临时"
    home.mkdir()
    passing.mkdir()
    stick = tmp_path / "U 盘" / "村里的"
    stick.parent.mkdir()
    people.rename(stick)
    usual = {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "数据"),
        "TMPDIR": str(passing),
    }
    look(stick, **usual)
    assert list(home.rglob("*")) == []
    assert list(passing.rglob("*")) == []
