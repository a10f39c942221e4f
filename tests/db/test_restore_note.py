"""The note of a restore is believed only under its seal."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from village_app.db.key_ring import Unlocked
from village_app.db.restore_note import NAME, RestoreNote, last_restore, write_note

KEYS = Unlocked("刘会计", "", "vault", "village", {1: bytes(range(32))}, 1)
OTHERS = Unlocked("刘会计", "", "vault", "village", {1: bytes(32)}, 1)
NOTE = RestoreNote(datetime(2026, 4, 10, tzinfo=UTC), 3, (7, "ab" * 32), "换下的数据-000001.db")


def test_a_note_comes_back_under_the_same_keys_alone(tmp_path: Path) -> None:
    write_note(tmp_path, NOTE, KEYS)
    assert last_restore(tmp_path, KEYS) == NOTE
    assert last_restore(tmp_path, OTHERS) is None


def test_a_note_still_opens_after_a_change_of_the_data_key(tmp_path: Path) -> None:
    write_note(tmp_path, NOTE, KEYS)
    turned = Unlocked("刘会计", "", "vault", "village", {1: bytes(range(32)), 2: bytes(32)}, 2)
    assert last_restore(tmp_path, turned) == NOTE


def test_d08_a_note_that_somebody_wrote_himself_counts_as_none(tmp_path: Path) -> None:
    write_note(tmp_path, NOTE, KEYS)
    kept = json.loads((tmp_path / NAME).read_bytes())
    kept["said"] = kept["said"].replace("7", "6", 1)
    (tmp_path / NAME).write_text(json.dumps(kept), encoding="utf-8")
    assert last_restore(tmp_path, KEYS) is None


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b'{"said": 3}', b'{"said": "", "seal": ""}'])
def test_an_unreadable_note_counts_as_none(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / NAME).write_bytes(raw)
    assert last_restore(tmp_path, KEYS) is None
