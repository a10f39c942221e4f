"""A backup that an older program made is restored into today's (D12)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.conftest import PASSWORD, QUICK
from village_app.db import migrations
from village_app.db.migrations import MIGRATIONS
from village_app.opening import NewVillage, create_village, open_village
from village_app.village import Village


def groups(village: Village) -> list[str]:
    return [one.name for one in village.places.groups()]


def test_d12_the_backup_of_an_older_program_is_upgraded_and_todays_data_is_kept_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "隔坑村 资料"
    with monkeypatch.context() as old:
        old.setattr(migrations, "MIGRATIONS", MIGRATIONS[:-1])
        wish = NewVillage("隔坑村", "横沥镇", "陈丽珍", PASSWORD)
        village, _ = create_village(folder, wish, cost=QUICK)
        village.places.add("一组")
        backup = village.backups.make("手动备份")
        assert backup.manifest.schema_version == len(MIGRATIONS) - 1
        village.close()
    with open_village(folder, "陈丽珍", PASSWORD) as village:
        assert village.store.schema_version == len(MIGRATIONS)
        village.places.add("二组")
        before = {one.manifest.sequence for one in village.backups.listed()}
        assert len(before) == 2, "one more was made before the upgrade"
        note = village.backups.restore(backup)
        assert village.store.schema_version == len(MIGRATIONS)
        assert groups(village) == ["一组"]
        assert village.audit.verify().is_whole
        assert village.selfcheck.run().is_sound
        assert (folder / note.safety).is_file()
        label = village.store.scalar('SELECT label FROM "change" ORDER BY id DESC LIMIT 1')
        assert (
            label == f"恢复了第 {backup.manifest.sequence} 份备份，恢复前的数据另存为 {note.safety}"
        )
    with open_village(folder, "陈丽珍", PASSWORD) as village:
        assert groups(village) == ["一组"]
